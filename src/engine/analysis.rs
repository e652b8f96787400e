//! All figures of one plan for one choice of records, remembered channel by channel.

use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::Plan;

use super::believed::Pool;
use super::checks::Check;
use super::figures::Figures;
use super::forecast::Forecast;
use super::improve::Improve;
use super::scope::{Scope, Span};
use super::variance::Variance;

/// One channel's figures.
#[derive(Debug, Clone)]
pub struct ChannelAnalysis {
    /// Sums, money and rates over the chosen records.
    pub figures: Figures,
    /// The forecast of the Planned layer (all its periods); `None` in the Actual layer and for inactive channels.
    pub forecast: Option<Arc<Forecast>>,
}

/// All figures of one plan for one choice of records.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The records looked at.
    pub scope: Scope,
    /// The chosen periods in which any channel has a record, ascending.
    pub periods: Vec<Date>,
    /// All channels together, inactive ones included.
    pub total: Figures,
    /// Each channel in the plan's order, inactive ones included.
    pub channels: Vec<Arc<ChannelAnalysis>>,
    /// What the active channels have in common, one entry a link and start.
    pub pools: Vec<Pool>,
    /// Which link to improve.
    pub improve: Improve,
    /// What the plan tells its owner unasked.
    pub checks: Vec<Check>,
}

/// Computes analyses and remembers what did not change between them: a channel is recognised by its pointer.
#[derive(Debug, Default)]
pub struct Analyst {}

impl Analyst {
    /// All figures of `plan` over the records of `scope`; `lift` is the relative lift of the levers, e.g. 0.1.
    pub fn analyse(&mut self, plan: &Plan, scope: &Scope, lift: f64) -> Arc<Analysis> {
        let _ = (plan, scope, lift);
        unimplemented!()
    }

    /// Both layers over the periods of `span` that both have.
    pub fn variance(&mut self, plan: &Plan, span: &Span, lift: f64) -> Variance {
        let _ = (plan, span, lift);
        unimplemented!()
    }
}
