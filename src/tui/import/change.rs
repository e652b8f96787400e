//! What the user may change about an import, as data, and what each change does to the wishes.

use super::{Destination, Wishes};
use crate::plan::{Cadence, parse_day};
use crate::store::import::{ChannelFrom, DateFrom, DateOrder, Decimal, ImportOptions, Merge, Role};

/// A change to the wishes; `None` always leaves it to the program again.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The plan that the files go into.
    Into(Destination),
    /// What a new plan is called.
    Name(String),
    /// The periods of a new plan.
    Cadence(Option<Cadence>),
    /// What becomes of numbers that are stored already.
    Merge(Merge),
    /// Whether a file is added once more.
    Again(bool),
    /// The platform.
    Platform(Option<String>),
    /// The sheet of a workbook.
    Sheet(Option<String>),
    /// The line of the header.
    Header(Option<u64>),
    /// The sign between cells.
    Separator(Option<u8>),
    /// The encoding, by its label.
    Encoding(Option<String>),
    /// The sign before a fraction.
    Decimal(Option<Decimal>),
    /// The order of day and month.
    Order(Option<DateOrder>),
    /// Where days come from.
    Days(Option<DateFrom>),
    /// Where channels come from.
    Channel(Option<ChannelFrom>),
    /// The currency.
    Currency(Option<String>),
    /// Whether spellings of one name are kept apart.
    Apart(bool),
    /// What a column is, by its name.
    Column(String, Option<Role>),
    /// Whether a line is left out (`Some(true)`) or taken in (`Some(false)`).
    LeaveOut(u64, Option<bool>),
    /// The channel that a name of the file goes to.
    Rename(String, Option<String>),
}

impl Change {
    /// Changes the wishes; what concerns one file concerns that one.
    pub fn apply(self, wishes: &mut Wishes, file: usize) {
        match self {
            Self::Into(into) => wishes.into = into,
            Self::Name(name) => wishes.name = name,
            Self::Cadence(cadence) => wishes.cadence = cadence,
            Self::Merge(merge) => wishes.options.iter_mut().for_each(|options| options.merge = merge),
            Self::Again(again) => wishes.options.iter_mut().for_each(|options| options.again = again),
            other => {
                if let Some(options) = wishes.options.get_mut(file) {
                    other.apply_to_file(options);
                }
            }
        }
    }

    fn apply_to_file(self, options: &mut ImportOptions) {
        match self {
            Self::Platform(platform) => options.platform = platform,
            Self::Sheet(sheet) => {
                forget_places(options);
                (options.sheet, options.header_line) = (sheet, None);
            }
            Self::Header(line) => {
                forget_places(options);
                options.header_line = line;
            }
            Self::Separator(sign) => {
                forget_places(options);
                options.separator = sign;
            }
            Self::Encoding(label) => {
                forget_places(options);
                options.encoding = label;
            }
            Self::Decimal(decimal) => options.decimal = decimal,
            Self::Order(order) => options.date_order = order,
            Self::Days(days) => options.date = days,
            Self::Channel(channel) => options.channel = channel,
            Self::Currency(currency) => options.currency = currency,
            Self::Apart(apart) => options.keep_spellings = apart,
            Self::Column(name, role) => column(options, name, role),
            Self::LeaveOut(line, out) => {
                options.rows_in.remove(&line);
                options.rows_out.remove(&line);
                match out {
                    Some(true) => _ = options.rows_out.insert(line),
                    Some(false) => _ = options.rows_in.insert(line),
                    None => {}
                }
            }
            Self::Rename(found, Some(name)) => _ = options.rename.insert(found, name),
            Self::Rename(found, None) => _ = options.rename.remove(&found),
            Self::Into(_) | Self::Name(_) | Self::Cadence(_) | Self::Merge(_) | Self::Again(_) => {}
        }
    }
}

/// A column has one meaning: what was said of it elsewhere is taken back.
fn column(options: &mut ImportOptions, name: String, role: Option<Role>) {
    options.map.retain(|(other, _)| *other != name);
    if options.channel == Some(ChannelFrom::Column(name.clone())) {
        options.channel = None;
    }
    if options.date == Some(DateFrom::Column(name.clone())) {
        options.date = None;
    }
    match role {
        Some(Role::Channel) => options.channel = Some(ChannelFrom::Column(name)),
        Some(Role::Date) => options.date = Some(DateFrom::Column(name)),
        Some(role) => options.map.push((name, role)),
        None => {}
    }
}

/// Columns and lines are other ones where the table begins elsewhere.
fn forget_places(options: &mut ImportOptions) {
    options.map.clear();
    options.rows_in.clear();
    options.rows_out.clear();
    if matches!(options.channel, Some(ChannelFrom::Column(_))) {
        options.channel = None;
    }
    if matches!(options.date, Some(DateFrom::Column(_))) {
        options.date = None;
    }
}

/// What is asked for in a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// The name of the new plan.
    PlanName,
    /// The sign between cells.
    Separator,
    /// The label of an encoding.
    Encoding,
    /// The day of all rows.
    Day,
    /// The channel of all rows.
    Channel,
    /// The currency.
    Currency,
    /// The channel that this name of the file goes to.
    Rename(String),
}

impl Ask {
    /// What stands above the line.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::PlanName => "Name of the new plan",
            Self::Separator => "The sign between two cells",
            Self::Encoding => "Encoding, such as euc-kr or windows-1251",
            Self::Day => "A day of the period of all rows, as 2026-09-01",
            Self::Channel => "One channel for all rows of this file",
            Self::Currency => "Currency, as EUR",
            Self::Rename(_) => "The channel that this name goes to",
        }
    }

    /// The change that a typed line asks for.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(&self, text: &str) -> Result<Change, String> {
        let text = text.trim();
        Ok(match self {
            Self::PlanName => Change::Name(text.to_owned()),
            Self::Separator => match text.as_bytes() {
                [sign] if sign.is_ascii() && *sign != b'"' => Change::Separator(Some(*sign)),
                _ => return Err("one sign, such as ; or |".to_owned()),
            },
            Self::Encoding => Change::Encoding(Some(text.to_owned())),
            Self::Day => {
                let day = parse_day(text).ok_or("write it as 2026-09-01")?;
                Change::Days(Some(DateFrom::Day(day)))
            }
            Self::Channel => Change::Channel(Some(ChannelFrom::Name(text.to_owned()))),
            Self::Currency => Change::Currency(Some(text.to_owned())),
            Self::Rename(found) => Change::Rename(found.clone(), Some(text.to_owned())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Field;

    fn changed(changes: impl IntoIterator<Item = Change>) -> ImportOptions {
        let mut wishes = Wishes::of(&["a.csv".into()], Destination::New);
        for change in changes {
            change.apply(&mut wishes, 0);
        }
        wishes.options.remove(0)
    }

    #[test]
    fn a_column_has_one_meaning() {
        let cost = || "Cost".to_owned();
        let options = changed([
            Change::Column(cost(), Some(Role::Channel)),
            Change::Column(cost(), Some(Role::Field(Field::Spend))),
            Change::Column(cost(), Some(Role::Field(Field::Revenue))),
        ]);
        assert_eq!((options.channel, options.map), (None, vec![(cost(), Role::Field(Field::Revenue))]));
    }

    #[test]
    fn another_header_line_takes_back_what_was_said_of_columns_and_lines() {
        let options = changed([
            Change::Column("Cost".to_owned(), Some(Role::Field(Field::Spend))),
            Change::LeaveOut(3, Some(true)),
            Change::Currency(Some("EUR".to_owned())),
            Change::Header(Some(2)),
        ]);
        assert!(options.map.is_empty() && options.rows_out.is_empty());
        assert_eq!((options.header_line, options.currency.as_deref()), (Some(2), Some("EUR")));
    }

    #[test]
    fn a_line_is_left_out_or_taken_in_and_never_both() {
        let options = changed([Change::LeaveOut(3, Some(true)), Change::LeaveOut(3, Some(false))]);
        assert!(options.rows_out.is_empty() && options.rows_in.contains(&3));
        let options = changed([Change::LeaveOut(3, Some(true)), Change::LeaveOut(3, None)]);
        assert_eq!(options, ImportOptions::default());
    }

    #[test]
    fn what_is_typed_is_refused_with_a_reason() {
        assert_eq!(Ask::Separator.read("|"), Ok(Change::Separator(Some(b'|'))));
        assert!(Ask::Separator.read("||").is_err() && Ask::Day.read("1.9.").is_err());
    }
}
