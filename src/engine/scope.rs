//! Which records are looked at: one layer, some periods.

use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Layer, Record, Records};

/// Which periods of a layer are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Span {
    /// All that the layer has.
    #[default]
    All,
    /// From the first to the last, both included, by the first day of the period.
    Between {
        /// First day of the first period.
        first: Date,
        /// First day of the last period.
        last: Date,
    },
    /// These alone, ascending.
    Only(Arc<[Date]>),
}

impl Span {
    /// One period.
    pub const fn one(day: Date) -> Self {
        Self::Between { first: day, last: day }
    }

    /// True where the period that starts on `day` is chosen.
    pub fn contains(&self, day: Date) -> bool {
        match self {
            Self::All => true,
            Self::Between { first, last } => (*first..=*last).contains(&day),
            Self::Only(days) => days.binary_search(&day).is_ok(),
        }
    }

    /// The chosen ones of `records`, ascending.
    pub fn of<'a>(&'a self, records: &'a Records) -> impl Iterator<Item = (Date, &'a Record)> + Clone + 'a {
        let (first, last) = match self {
            Self::Between { first, last } => (*first, *last),
            Self::All | Self::Only(_) => (Date::MIN, Date::MAX),
        };
        records.between(first, last).filter(|(day, _)| self.contains(*day))
    }
}

/// A layer and the periods chosen in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Where the records are taken from.
    pub layer: Layer,
    /// Which of them.
    pub span: Span,
}
