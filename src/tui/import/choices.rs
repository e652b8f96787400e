//! What can be chosen for each setting, column, row and name of an import.

use super::change::{Ask, Change};
use super::settings::{
    Setting, cadence_words, decimal_words, form, merge_words, order_words, role_meaning, role_words, value,
};
use super::{Destination, shown};
use crate::plan::{Cadence, Field, Plan};
use crate::store::import::{
    ChannelFrom, DateFrom, DateOrder, Decimal, Merge, NO_PLATFORM, Role, platforms, separator_words,
};
use crate::tui::state::{Choice, ImportState, Listed};

/// What follows from an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    /// That change.
    Change(Change),
    /// A line is asked for, with this proposed.
    Type(Ask, String),
    /// That file is shown.
    Show(usize),
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// What it is called.
    pub label: String,
    /// What it means, beside it; "" where it says it all.
    pub says: String,
    /// What follows from it.
    pub does: Does,
}

impl Offer {
    fn new(label: impl Into<String>, says: impl Into<String>, change: Change) -> Self {
        Self { label: label.into(), says: says.into(), does: Does::Change(change) }
    }

    fn typed(label: &str, ask: Ask, proposed: String) -> Self {
        Self { label: label.to_owned(), says: String::new(), does: Does::Type(ask, proposed) }
    }
}

/// What the choices may name besides the import itself.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The open plan.
    pub open: Option<&'a Plan>,
    /// The plans of the list.
    pub plans: &'a [Listed],
}

/// What can be chosen for a setting; `None` where it is changed otherwise or not at all.
pub fn for_setting(setting: Setting, import: &ImportState, around: Around<'_>) -> Option<Choice> {
    let options = import.wishes.options.get(import.file)?;
    let proposed = || value(setting, import, around.open).text;
    let offers = match setting {
        Setting::Take => return None,
        Setting::Name => vec![Offer::typed("", Ask::PlanName, import.wishes.name.clone())],
        Setting::Currency => {
            let proposed = options.currency.clone().unwrap_or_default();
            vec![Offer::new("as found", "", Change::Currency(None)), Offer::typed("another …", Ask::Currency, proposed)]
        }
        Setting::File => {
            let files = import.files.iter().enumerate();
            files.map(|(at, file)| Offer { label: shown(file), says: String::new(), does: Does::Show(at) }).collect()
        }
        Setting::Into => into(import, around),
        Setting::Periods if import.wishes.into != Destination::New => return None,
        Setting::Periods => {
            let each = |cadence| Offer::new(cadence_words(cadence), "", Change::Cadence(Some(cadence)));
            let mut offers = vec![Offer::new("as fits the files", "", Change::Cadence(None))];
            offers.extend([Cadence::Day, Cadence::Week, Cadence::Month].map(each));
            offers
        }
        Setting::Stored => [
            (Merge::Replace, "the file's take their place; what it does not bring stays"),
            (Merge::Keep, "only blanks are filled"),
            (Merge::Add, "the file's are added"),
        ]
        .map(|(merge, says)| Offer::new(merge_words(merge), says, Change::Merge(merge)))
        .to_vec(),
        Setting::Again => vec![
            Offer::new("no", "a file that was added before is not added twice", Change::Again(false)),
            Offer::new("yes", "it is counted twice", Change::Again(true)),
        ],
        Setting::Spelling => vec![
            Offer::new("joined", "names that differ only in case, blanks, - and _", Change::Apart(false)),
            Offer::new("kept apart", "", Change::Apart(true)),
        ],
        Setting::Platform => platform(),
        Setting::Sheet => {
            let sheets = form(import).map_or(&[][..], |form| &form.sheets);
            let each = |sheet: &String| Offer::new(sheet.clone(), "", Change::Sheet(Some(sheet.clone())));
            recognised(Change::Sheet(None), sheets.iter().map(each))
        }
        Setting::Header => {
            let lines = form(import).map_or(&[][..], |form| &form.beginning);
            let each = |(line, text): &(u64, String)| {
                Offer::new(format!("line {line}"), text.clone(), Change::Header(Some(*line)))
            };
            recognised(Change::Header(None), lines.iter().map(each))
        }
        Setting::Separator => {
            let each = |sign| Offer::new(separator_words(sign), "", Change::Separator(Some(sign)));
            let mut offers = recognised(Change::Separator(None), [b',', b'\t', b';', b'|'].map(each));
            offers.push(Offer::typed("another sign …", Ask::Separator, String::new()));
            offers
        }
        Setting::Encoding => encoding(proposed()),
        Setting::Decimal => {
            let each = |decimal| Offer::new(decimal_words(decimal), "", Change::Decimal(Some(decimal)));
            recognised(Change::Decimal(None), [Decimal::Point, Decimal::Comma].map(each))
        }
        Setting::Order => {
            let each = |order| Offer::new(order_words(order), "", Change::Order(Some(order)));
            recognised(Change::Order(None), [DateOrder::Dmy, DateOrder::Mdy].map(each))
        }
        Setting::Days => {
            let column = |name: String| Change::Days(Some(DateFrom::Column(name)));
            let mut offers = columns(import, Change::Days(None), column);
            offers.push(Offer::typed("one day for all rows …", Ask::Day, String::new()));
            offers
        }
        Setting::Channel => {
            let column = |name: String| Change::Channel(Some(ChannelFrom::Column(name)));
            let mut offers = columns(import, Change::Channel(None), column);
            let title = form(import).map_or_else(String::new, |form| form.channel_title.clone());
            offers.push(Offer::typed("one channel for the file …", Ask::Channel, title));
            offers
        }
    };
    Some(choice(setting.title(), offers, &proposed()))
}

/// The cursor begins on what holds now.
fn choice(title: &str, offers: Vec<Offer>, now: &str) -> Choice {
    let row = offers.iter().position(|offer| !now.is_empty() && offer.label == now).unwrap_or(0);
    Choice { title: title.to_owned(), offers, row }
}

fn recognised(none: Change, offers: impl IntoIterator<Item = Offer>) -> Vec<Offer> {
    let mut all = vec![Offer::new("as recognised", "", none)];
    all.extend(offers);
    all
}

fn into(import: &ImportState, around: Around<'_>) -> Vec<Offer> {
    let mut offers = vec![Offer::new("a new plan", import.wishes.name.clone(), Change::Into(Destination::New))];
    let open = around.open.map(|plan| plan.brief.name.clone());
    offers.extend(open.clone().map(|name| Offer::new(name, "the open plan", Change::Into(Destination::Open))));
    let readable = around.plans.iter().filter(|plan| plan.content.is_ok() && Some(&plan.name) != open.as_ref());
    offers.extend(readable.map(|plan| {
        let into = Destination::Listed(plan.path.clone(), plan.name.clone());
        Offer::new(plan.name.clone(), plan.changed.clone(), Change::Into(into))
    }));
    offers
}

fn platform() -> Vec<Offer> {
    let each = |name: String| Offer::new(name.clone(), "", Change::Platform(Some(name)));
    let mut offers = recognised(Change::Platform(None), platforms().into_iter().map(each));
    let plain = Change::Platform(Some(NO_PLATFORM.to_owned()));
    offers.insert(1, Offer::new("a plain table", "by the words of its headers alone", plain));
    offers
}

fn encoding(now: String) -> Vec<Offer> {
    let each = |(label, says): (&str, &str)| Offer::new(label, says, Change::Encoding(Some(label.to_owned())));
    let known = [
        ("utf-8", ""),
        ("utf-16le", "Google Ads, LinkedIn"),
        ("utf-16be", ""),
        ("gb18030", "Chinese, also GBK"),
        ("big5", "Chinese, traditional"),
        ("shift_jis", "Japanese"),
        ("euc-jp", "Japanese"),
        ("euc-kr", "Korean"),
        ("windows-1252", "Western Europe, also Latin-1"),
        ("windows-1250", "Central Europe"),
        ("windows-1251", "Cyrillic"),
    ];
    let mut offers = recognised(Change::Encoding(None), known.map(each));
    offers.push(Offer::typed("another …", Ask::Encoding, now));
    offers
}

fn columns(import: &ImportState, none: Change, column: impl Fn(String) -> Change) -> Vec<Offer> {
    let Some(form) = form(import) else { return vec![Offer::new("as recognised", "", none)] };
    let offered = form.columns.iter().filter(|each| each.role != Role::Person);
    let each = |each: &crate::store::import::MappedColumn| {
        let example = form.examples.get(each.column).cloned().unwrap_or_default();
        Offer::new(each.header.clone(), example, column(form.column_name(each.column)))
    };
    recognised(none, offered.map(each))
}

/// What the column in that row may be.
pub fn for_column(import: &ImportState, row: usize) -> Option<Choice> {
    let form = form(import)?;
    let column = form.columns.get(row)?;
    let name = form.column_name(row);
    let each = |role: Role| Offer::new(role_words(role), role_meaning(role), Change::Column(name.clone(), Some(role)));
    let others = [Role::Date, Role::DateEnd, Role::Channel, Role::Currency, Role::Order, Role::Ignored];
    let roles = Field::ALL.into_iter().map(Role::Field).chain(others);
    let mut offers = vec![Offer::new("as recognised", "", Change::Column(name.clone(), None))];
    offers.extend(roles.map(each));
    Some(choice(&format!("What {:?} is", column.header), offers, role_words(column.role)))
}

/// The channels that the name in that row may go to.
pub fn for_name(import: &ImportState, row: usize) -> Option<Choice> {
    let preview = import.preview.as_ref()?;
    let name = import.shown()?.summary.as_ref()?.channels.get(row)?;
    let rename = |to: Option<String>| Change::Rename(name.found.clone(), to);
    let mut offers = vec![
        Offer::new("as recognised", "", rename(None)),
        Offer::typed("another name …", Ask::Rename(name.found.clone()), name.channel.clone()),
    ];
    let plan = preview.base.iter().flat_map(|plan| plan.channels.iter().map(|channel| channel.name.clone()));
    offers.extend(plan.map(|channel| Offer::new(channel.clone(), "of the plan", rename(Some(channel)))));
    Some(choice(&format!("The channel of {:?}", name.found), offers, &name.channel))
}
