//! What a planned spend should bring: blanks of the Planned layer are filled from the Actual one.

use jiff::civil::Date;

use crate::plan::{Field, Records};

/// The planned records of one channel with their blanks forecast.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forecast {
    /// The records as planned, with forecast numbers in place of blanks.
    pub records: Records,
    /// Which fields of which period are forecast, ascending by day.
    pub(super) marks: Vec<(Date, [bool; 10])>,
}

impl Forecast {
    /// True where the number in that cell is forecast, not typed.
    pub fn is_forecast(&self, day: Date, field: Field) -> bool {
        self.marks.binary_search_by_key(&day, |mark| mark.0).is_ok_and(|at| self.marks[at].1[field as usize])
    }

    /// True where any number is forecast.
    pub fn any(&self) -> bool {
        !self.marks.is_empty()
    }
}
