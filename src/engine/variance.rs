//! Actual − planned, over the periods that both layers have.

use std::sync::Arc;

use jiff::civil::Date;

use super::analysis::Analysis;
use super::figures::Figures;

/// Both layers over the periods that both have.
#[derive(Debug, Clone)]
pub struct Variance {
    /// The chosen periods that both layers have, ascending.
    pub periods: Vec<Date>,
    /// What happened.
    pub actual: Arc<Analysis>,
    /// What was meant to happen, blanks forecast.
    pub planned: Arc<Analysis>,
}

impl Variance {
    /// Actual − planned of any figure of the plan's total; `None` where either is unknown.
    pub fn of_total(&self, figure: impl Fn(&Figures) -> Option<f64>) -> Option<f64> {
        Some(figure(&self.actual.total)? - figure(&self.planned.total)?)
    }

    /// Actual − planned of any figure of the channel in that place; `None` where either is unknown.
    pub fn of_channel(&self, channel: usize, figure: impl Fn(&Figures) -> Option<f64>) -> Option<f64> {
        let actual = self.actual.channels.get(channel)?;
        let planned = self.planned.channels.get(channel)?;
        Some(figure(&actual.figures)? - figure(&planned.figures)?)
    }
}
