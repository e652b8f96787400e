//! What was recognised of a file, as data: for the command to print and for a screen to show and change.

use jiff::civil::Date;

use std::sync::Arc;

use crate::plan::{Cadence, Field, Record};

use super::date::Days;
use super::form::Form;
use super::options::{DateOrder, Decimal};
use super::own::Own;
use super::tally::Tally;
use super::totals::TotalsCheck;
use super::words::Warning;

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A line above the header.
    Title,
    /// A line of text among the rows or below them.
    Text,
    /// The sum of other rows.
    Total,
    /// The header once more.
    Header,
    /// No figures at all.
    Empty,
    /// Further lines of an order that was counted.
    Continued,
    /// More cells than the header has.
    TooWide,
    /// Its date cannot be read.
    BadDate,
    /// It belongs to another table below the first.
    OtherTable,
    /// The user left it out.
    Chosen,
}

impl Reason {
    /// The reason in a few words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Title => "a title above the header",
            Self::Text => "a title or footer",
            Self::Total => "a total of other rows",
            Self::Header => "the header once more",
            Self::Empty => "no figures",
            Self::Continued => "a further line of an order",
            Self::TooWide => "more cells than the header",
            Self::BadDate => "no date that can be read",
            Self::OtherTable => "another table below the first",
            Self::Chosen => "left out by hand",
        }
    }

    /// A stable name for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Text => "text",
            Self::Total => "total",
            Self::Header => "header",
            Self::Empty => "empty",
            Self::Continued => "continued",
            Self::TooWide => "too-wide",
            Self::BadDate => "bad-date",
            Self::OtherTable => "other-table",
            Self::Chosen => "chosen",
        }
    }
}

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line.
    pub line: u64,
    /// Why.
    pub reason: Reason,
    /// What it begins with; never anything personal.
    pub text: String,
}

/// One of the first rows, as it will be.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Its line.
    pub line: u64,
    /// Its channel.
    pub channel: String,
    /// Its days; `None` where it has none.
    pub days: Option<Days>,
    /// Its numbers.
    pub record: Record,
}

/// What was recognised of a file. Nothing has been written; [`super::merge`] makes it part of a plan.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// The file's name, for channels and messages.
    pub name: String,
    /// How it is written, and what its columns are.
    pub form: Form,
    /// The currency; "" where nothing says it.
    pub currency: String,
    /// True where it is only what the platform usually has.
    pub currency_assumed: bool,
    /// How numbers are read.
    pub decimal: Decimal,
    /// How dates such as `1/2/2026` are read; `None` where there are none.
    pub date_order: Option<DateOrder>,
    /// The days that the file covers, by its titles and its rows.
    pub range: Option<Days>,
    /// How many rows count.
    pub rows: u64,
    /// How many rows were left out, by reason.
    pub left_out_counts: Vec<(Reason, u64)>,
    /// The first of those rows.
    pub left_out: Vec<LeftOut>,
    /// The first rows that count, as they will be.
    pub first_rows: Vec<Preview>,
    /// What the platform's own totals say.
    pub totals: TotalsCheck,
    /// The sum of all rows, exact to the last digit that a number holds.
    pub sums: Record,
    /// Everything that the user should know.
    pub warnings: Vec<Warning>,
    /// The cadence that fits the file.
    pub cadence: Cadence,
    /// A checksum of the file's bytes, by which it is recognised when it comes again.
    pub checksum: u64,
    /// The length of the file.
    pub len: u64,
    /// Fields that count people, who must not be summed silently.
    pub people: Vec<Field>,
    /// Days that rows cover where they cover more than one, distinct, not all of very many.
    pub spans: Vec<Days>,
    /// The day that undated rows belong to.
    pub today: Date,
    /// The table, where it is one that this program wrote.
    pub(super) own: Option<Arc<Own>>,
    pub(super) tally: Tally,
}

impl Recognised {
    /// The names of its channels as they stand in the file, in the order in which they come.
    pub fn channels(&self) -> Vec<String> {
        let mut seen = std::collections::BTreeSet::new();
        let numbers = self.tally.cells().filter(|(channel, ..)| seen.insert(*channel)).map(|(channel, ..)| channel);
        numbers.map(|channel| self.tally.name(channel).to_owned()).collect()
    }

    /// How many rows were left out in all.
    pub fn left_out_total(&self) -> u64 {
        self.left_out_counts.iter().map(|(_, count)| count).sum()
    }
}
