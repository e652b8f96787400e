//! What the user may say about a file: everything that is otherwise found out.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use jiff::civil::Date;

use crate::plan::{Cadence, Field, nearest};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// One of a record's ten numbers.
    Field(Field),
    /// The day, week, month or range of a row.
    Date,
    /// The last day of a row's range, where the first stands in a column of its own.
    DateEnd,
    /// The name of the channel: a campaign, a source.
    Channel,
    /// The currency of a row.
    Currency,
    /// What tells one order or lead from another.
    Order,
    /// "Results", of which another column says what they are.
    Result,
    /// What the "results" of a row are.
    ResultKind,
    /// People reached: known, and no field of a record.
    Reach,
    /// Names, mail addresses, telephone numbers: never written, never shown.
    Person,
    /// Nothing that the plan has a place for.
    Ignored,
}

impl Role {
    /// Roles other than fields, by the word that names them on the command line and in `columns.ron`.
    const WORDS: [(&'static str, Self); 10] = [
        ("date", Self::Date),
        ("date_end", Self::DateEnd),
        ("channel", Self::Channel),
        ("currency", Self::Currency),
        ("order", Self::Order),
        ("result", Self::Result),
        ("result_kind", Self::ResultKind),
        ("reach", Self::Reach),
        ("person", Self::Person),
        ("ignore", Self::Ignored),
    ];

    /// The word that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            _ => Self::WORDS.iter().find(|(_, role)| *role == self).map_or("ignore", |(word, _)| word),
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let field = Field::ALL.into_iter().find(|field| field.key() == word).map(Self::Field);
        let other = Self::WORDS.iter().find(|(key, _)| *key == word).map(|(_, role)| *role);
        field.or(other).ok_or_else(|| {
            let words = Field::ALL.iter().map(|field| field.key()).chain(Self::WORDS.iter().map(|(key, _)| *key));
            match nearest(word, words.clone()) {
                Some(near) => format!("no field is named {word:?}: did you mean {near:?}?"),
                None => format!("no field is named {word:?}: it is one of {}", words.collect::<Vec<_>>().join(", ")),
            }
        })
    }
}

/// Where a row's channel comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelFrom {
    /// The column of that header.
    Column(String),
    /// One channel of that name for the whole file.
    Name(String),
}

/// Where a row's day comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFrom {
    /// The column of that header.
    Column(String),
    /// All rows belong to the period that holds this day.
    Day(Date),
}

/// In which order a date's numbers stand where it is written as `1/2/2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl DateOrder {
    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }
}

/// Which sign stands before the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.56`
    Point,
    /// `1.234,56`
    Comma,
}

impl Decimal {
    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }
}

/// What becomes of a number that is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merge {
    /// The file's takes its place.
    #[default]
    Replace,
    /// It stays; only blanks are filled.
    Keep,
    /// The file's is added to it.
    Add,
}

impl Merge {
    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Keep => "keep",
            Self::Add => "add",
        }
    }
}

/// What the user says about a file. All of it may stay unsaid; a screen changes it and recognises the file again.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportOptions {
    /// The encoding, by a label such as `gbk` or `utf-16le`.
    pub encoding: Option<String>,
    /// The sign between two cells.
    pub separator: Option<u8>,
    /// The line of the header, from 1; in a workbook its row.
    pub header_line: Option<u64>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The platform, by its name in `columns.ron`; [`NO_PLATFORM`](super::NO_PLATFORM) for a table of nobody's.
    pub platform: Option<String>,
    /// Columns by their headers (`Cost`, or `Cost#2` for the second of that name) and what they are.
    pub map: Vec<(String, Role)>,
    /// Where a row's channel comes from.
    pub channel: Option<ChannelFrom>,
    /// Where a row's day comes from.
    pub date: Option<DateFrom>,
    /// How dates such as `1/2/2026` are read.
    pub date_order: Option<DateOrder>,
    /// How numbers are read.
    pub decimal: Option<Decimal>,
    /// The currency, where the file's own must not count.
    pub currency: Option<String>,
    /// Lines that are data though they look like titles or totals.
    pub rows_in: BTreeSet<u64>,
    /// Lines that are left out though they look like data.
    pub rows_out: BTreeSet<u64>,
    /// The periods' length in a plan that is new; `None`: as fits the file.
    pub cadence: Option<Cadence>,
    /// What becomes of numbers that are stored already.
    pub merge: Merge,
    /// Channels of the file that shall have another name: found name → name.
    pub rename: BTreeMap<String, String>,
    /// True where names that differ only in case, spaces, hyphens and underscores are to stay apart.
    pub keep_spellings: bool,
    /// True to add a file that was added before.
    pub again: bool,
}

impl ImportOptions {
    /// What of this a reading of the file depends on; the rest tells what becomes of it in a plan.
    #[must_use]
    pub fn for_reading(&self) -> Self {
        Self { merge: Merge::default(), rename: BTreeMap::new(), keep_spellings: false, again: false, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_named_by_its_field_or_its_word() {
        assert_eq!("spend".parse(), Ok(Role::Field(Field::Spend)));
        assert_eq!("ignore".parse(), Ok(Role::Ignored));
        for (word, role) in Role::WORDS {
            assert_eq!(role.key(), word);
        }
        assert_eq!("spent".parse::<Role>(), Err("no field is named \"spent\": did you mean \"spend\"?".to_owned()));
    }
}
