//! The settings of an import: which there are, and what each shows.

use super::{Destination, shown};
use crate::plan::{Cadence, Field, Plan};
use crate::store::import::{ChannelFrom, DateFrom, DateOrder, Decimal, Form, Merge, Role, separator_words};
use crate::tui::state::ImportState;

/// A setting of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Does it.
    Take,
    /// The file that is shown.
    File,
    /// The plan.
    Into,
    /// The name of a new plan.
    Name,
    /// The plan's periods.
    Periods,
    /// What becomes of stored numbers.
    Stored,
    /// Whether a file is added once more.
    Again,
    /// The platform.
    Platform,
    /// The sheet.
    Sheet,
    /// The line of the header.
    Header,
    /// The sign between cells.
    Separator,
    /// The encoding.
    Encoding,
    /// How numbers are written.
    Decimal,
    /// How dates are written.
    Order,
    /// Where days come from.
    Days,
    /// Where channels come from.
    Channel,
    /// The currency.
    Currency,
    /// Whether spellings are joined.
    Spelling,
}

impl Setting {
    /// Its name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Take => "Import",
            Self::File => "File",
            Self::Into => "Into",
            Self::Name => "Name",
            Self::Periods => "Periods",
            Self::Stored => "Stored numbers",
            Self::Again => "Once more",
            Self::Platform => "Platform",
            Self::Sheet => "Sheet",
            Self::Header => "Header",
            Self::Separator => "Cells parted by",
            Self::Encoding => "Encoding",
            Self::Decimal => "Numbers",
            Self::Order => "Dates",
            Self::Days => "Days",
            Self::Channel => "Channel",
            Self::Currency => "Currency",
            Self::Spelling => "Spellings",
        }
    }
}

/// The settings that there are now.
pub fn settings(import: &ImportState) -> Vec<Setting> {
    let new = import.wishes.into == Destination::New;
    let workbook = form(import).is_some_and(|form| form.separator == 0);
    let options = import.wishes.options.get(import.file);
    let adds = options.is_some_and(|options| options.merge == Merge::Add);
    let before = import.preview.iter().flat_map(|preview| &preview.files).any(|file| file.before.is_some());
    let mut settings = vec![Setting::Take];
    settings.extend((import.files.len() > 1).then_some(Setting::File));
    settings.push(Setting::Into);
    settings.extend(new.then_some(Setting::Name));
    settings.extend([Setting::Periods, Setting::Platform]);
    settings.extend([Setting::Channel, Setting::Days, Setting::Order, Setting::Decimal, Setting::Currency]);
    settings.push(Setting::Stored);
    settings.extend((adds && before).then_some(Setting::Again));
    settings.push(Setting::Spelling);
    settings.push(Setting::Header);
    if workbook {
        settings.push(Setting::Sheet);
    } else {
        settings.extend([Setting::Separator, Setting::Encoding]);
    }
    settings
}

/// How the file that is shown is written, where that is known.
pub fn form(import: &ImportState) -> Option<&Form> {
    import.shown()?.form.as_ref()
}

/// What stands beside a setting, and whether the user said so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The value in words; "" where it is not known.
    pub text: String,
    /// True where it is the user's own word.
    pub said: bool,
}

impl Shown {
    fn found(text: impl Into<String>) -> Self {
        Self { text: text.into(), said: false }
    }

    fn either(said: Option<String>, found: Option<String>) -> Self {
        let is_said = said.is_some();
        Self { text: said.or(found).unwrap_or_default(), said: is_said }
    }
}

/// What a setting shows; `open` is the open plan.
pub fn value(setting: Setting, import: &ImportState, open: Option<&Plan>) -> Shown {
    let wishes = &import.wishes;
    match setting {
        Setting::Take => Shown::default(),
        Setting::File => {
            let name = import.files.get(import.file).map_or_else(String::new, |file| shown(file));
            Shown::found(format!("{} of {}: {name}", import.file + 1, import.files.len()))
        }
        Setting::Into => Shown::found(match &wishes.into {
            Destination::New => "a new plan".to_owned(),
            Destination::Open => open.map_or_else(String::new, |plan| plan.brief.name.clone()),
            Destination::Listed(_, name) => name.clone(),
        }),
        Setting::Name => Shown::found(wishes.name.clone()),
        Setting::Periods => periods(import),
        _ => value_of_file(setting, import),
    }
}

fn periods(import: &ImportState) -> Shown {
    let base = import.preview.as_ref().and_then(|preview| preview.base.as_ref());
    let fits = base.map(|plan| cadence_words(plan.brief.cadence).to_owned());
    match (&import.wishes.into, import.wishes.cadence) {
        (Destination::New, said) => Shown::either(said.map(|cadence| cadence_words(cadence).to_owned()), fits),
        _ => Shown::found(fits.unwrap_or_default()),
    }
}

/// What a setting of one file shows.
fn value_of_file(setting: Setting, import: &ImportState) -> Shown {
    let Some(options) = import.wishes.options.get(import.file) else { return Shown::default() };
    let form = form(import);
    let rows = import.shown().and_then(|file| file.rows.as_ref().ok());
    let found = |write: &dyn Fn(&Form) -> String| form.map(write);
    match setting {
        Setting::Stored => Shown { text: merge_words(options.merge).to_owned(), said: options.merge != Merge::Replace },
        Setting::Again => Shown { text: yes(options.again), said: options.again },
        Setting::Platform => {
            let words = |form: &Form| platform_words(&form.platform);
            Shown { text: found(&words).unwrap_or_default(), said: options.platform.is_some() }
        }
        Setting::Sheet => Shown::either(options.sheet.clone(), form.and_then(|form| form.sheet.clone())),
        Setting::Header => {
            let line = options.header_line.or(form.map(|form| form.header_line));
            let text = line.map_or_else(String::new, |line| format!("line {line}"));
            Shown { text, said: options.header_line.is_some() }
        }
        Setting::Separator => {
            let words = |form: &Form| separator_words(form.separator);
            Shown::either(options.separator.map(separator_words), found(&words))
        }
        Setting::Encoding => {
            let mark = |form: &Form| if form.marked { ", with a mark" } else { "" };
            let words = |form: &Form| format!("{}{}", form.encoding, mark(form));
            Shown::either(options.encoding.clone(), found(&words))
        }
        Setting::Decimal => {
            let decimal = options.decimal.or(rows.map(|rows| rows.decimal));
            Shown { text: decimal.map_or("", decimal_words).to_owned(), said: options.decimal.is_some() }
        }
        Setting::Order => {
            let order = options.date_order.or(rows.and_then(|rows| rows.date_order));
            let none = match rows {
                Some(rows) if rows.range.is_some() => "in no doubt",
                Some(_) => "none",
                None => "",
            };
            Shown { text: order.map_or(none, order_words).to_owned(), said: options.date_order.is_some() }
        }
        Setting::Days => Shown { text: days(import), said: options.date.is_some() },
        Setting::Channel => Shown { text: channel(import), said: options.channel.is_some() },
        Setting::Currency => {
            let assumed =
                |text: &str, assumed: bool| if assumed { format!("{text}, assumed") } else { text.to_owned() };
            let found = rows.map(|rows| assumed(&rows.currency, rows.currency_assumed && !rows.currency.is_empty()));
            let found = found.map(|text| if text.is_empty() { "not said".to_owned() } else { text });
            Shown::either(options.currency.clone(), found)
        }
        Setting::Spelling => {
            let text = if options.keep_spellings { "kept apart" } else { "joined" };
            Shown { text: text.to_owned(), said: options.keep_spellings }
        }
        Setting::Take | Setting::File | Setting::Into | Setting::Name | Setting::Periods => Shown::default(),
    }
}

/// Where the days of the rows come from.
fn days(import: &ImportState) -> String {
    let said = import.wishes.options.get(import.file).and_then(|options| options.date.as_ref());
    if let Some(DateFrom::Day(day)) = said {
        return format!("all: {day}");
    }
    let Some(form) = form(import) else { return String::new() };
    let columns = form.columns.iter().filter(|column| matches!(column.role, Role::Date | Role::DateEnd));
    let columns: Vec<&str> = columns.map(|column| column.header.as_str()).collect();
    if !columns.is_empty() {
        return columns.join(", ");
    }
    let Some(Ok(rows)) = import.shown().map(|file| &file.rows) else { return String::new() };
    match rows.range {
        Some(_) => "from the titles".to_owned(),
        None => format!("none: {}", rows.today),
    }
}

/// Where the channels of the rows come from.
fn channel(import: &ImportState) -> String {
    let said = import.wishes.options.get(import.file).and_then(|options| options.channel.as_ref());
    if let Some(ChannelFrom::Name(name)) = said {
        return format!("all: {name}");
    }
    let Some(form) = form(import) else { return String::new() };
    match form.columns.iter().find(|column| column.role == Role::Channel) {
        Some(column) => column.header.clone(),
        None => format!("all: {}", form.channel_title),
    }
}

fn yes(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// A platform's name, or what stands for none.
pub fn platform_words(platform: &str) -> String {
    if platform.is_empty() { "a plain table".to_owned() } else { platform.to_owned() }
}

/// The periods of a cadence.
pub const fn cadence_words(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Day => "days",
        Cadence::Week => "weeks",
        Cadence::Month => "months",
    }
}

/// What becomes of stored numbers.
pub const fn merge_words(merge: Merge) -> &'static str {
    match merge {
        Merge::Replace => "are replaced",
        Merge::Keep => "are kept",
        Merge::Add => "are added to",
    }
}

/// How numbers are written.
pub const fn decimal_words(decimal: Decimal) -> &'static str {
    match decimal {
        Decimal::Point => "1,234.56",
        Decimal::Comma => "1.234,56",
    }
}

/// How dates are written.
pub const fn order_words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::Dmy => "day/month/year",
        DateOrder::Mdy => "month/day/year",
    }
}

/// What a column is, in a few words.
pub const fn role_words(role: Role) -> &'static str {
    match role {
        Role::Field(field) => field.key(),
        Role::Date => "day",
        Role::DateEnd => "last day",
        Role::Channel => "channel",
        Role::Currency => "currency",
        Role::Order => "order",
        Role::Result => "result",
        Role::ResultKind => "kind of result",
        Role::Reach => "reach, not summed",
        Role::Person => "personal, not read",
        Role::Ignored => "—",
    }
}

/// The same, explained.
pub const fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::Field(Field::Actions) => "impressions, or how often else the method was applied",
        Role::Field(Field::Uv) => "clicks, or visitors",
        Role::Field(field) => field.meaning(),
        Role::Date => "the day, week, month or range of a row",
        Role::DateEnd => "the last day of a range that begins in another column",
        Role::Channel => "the name of the channel: a campaign, a source",
        Role::Currency => "the currency of a row",
        Role::Order => "what tells one order or lead from another",
        Role::Result => "\"results\", of which another column says what they are",
        Role::ResultKind => "what the results are",
        Role::Reach => "people reached, who must not be summed",
        Role::Person => "names, addresses, telephone numbers: never written",
        Role::Ignored => "not imported",
    }
}
