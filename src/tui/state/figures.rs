//! The figures that the screen shows of the open plan.
//!
//! Of most plans all of them are computed before the next frame. Of a large plan the sums follow an edit at once, exactly;
//! what its channels have in common, and any other choice of records, comes from the thread that computes. Until then the
//! last figures are shown, as old.

use std::sync::Arc;

use jiff::civil::Date;

use super::document::{Look, Period};
use crate::engine::{Analysis, Analyst, Scope, Span, Variance};
use crate::plan::{Calendar, Layer, Plan};

/// Plans with more channels than this are large.
pub const LARGE: usize = 250;

/// What figures are to be of.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    plan: Plan,
    look: Look,
    /// The period to compare with.
    before: Option<Date>,
}

/// The figures that the screen shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Over the chosen records; those of the Actual layer under Variance.
    pub analysis: Arc<Analysis>,
    /// Of the period before, without levers.
    pub before: Option<(Date, Arc<Analysis>)>,
    /// Both layers, where Variance is chosen.
    pub variance: Option<Variance>,
}

impl PartialEq for Shown {
    /// The very same, not merely equal ones.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.analysis, &other.analysis)
    }
}

impl Shown {
    /// True where both are over the same choice of records.
    pub fn same_records(&self, other: &Self) -> bool {
        self.analysis.scope == other.analysis.scope && self.variance.is_some() == other.variance.is_some()
    }
}

impl Wanted {
    /// The figures over the records that `look` chooses; `calendar` is that of `plan`.
    pub fn new(plan: &Plan, look: Look, with_before: bool, calendar: &Calendar) -> Self {
        let before = match (look.layers.edited().filter(|_| with_before), look.period) {
            (Some(layer), Period::One(chosen)) => calendar.periods(layer).rfind(|day| *day < chosen),
            _ => None,
        };
        Self { plan: plan.clone(), look, before }
    }

    /// Computes them.
    pub fn compute(&self, analyst: &mut Analyst) -> Shown {
        let (plan, lift) = (&self.plan, self.look.lift);
        let scope = scope_of(&self.look);
        let span_before = |day| Scope { layer: scope.layer, span: Span::one(day) };
        let before = self.before.map(|day| (day, analyst.compared(plan, &span_before(day))));
        if self.look.layers.edited().is_none() {
            let variance = analyst.variance(plan, &scope.span, lift);
            return Shown { analysis: Arc::clone(&variance.actual), before, variance: Some(variance) };
        }
        Shown { analysis: analyst.analyse(plan, &scope, lift), before, variance: None }
    }
}

impl Shown {
    /// The figures as they can be told at once after an edit led to `plan`.
    #[must_use]
    pub fn after(&self, plan: &Plan) -> Self {
        let before = self.before.as_ref().map(|(day, analysis)| (*day, after(analysis, plan)));
        let variance = self.variance.as_ref().map(|variance| Variance {
            periods: variance.periods.clone(),
            actual: after(&variance.actual, plan),
            planned: after(&variance.planned, plan),
        });
        let analysis = variance.as_ref().map(|variance| Arc::clone(&variance.actual));
        Self { analysis: analysis.unwrap_or_else(|| after(&self.analysis, plan)), before, variance }
    }
}

/// Where too much changed, the figures stay as they were and count as old.
fn after(analysis: &Arc<Analysis>, plan: &Plan) -> Arc<Analysis> {
    Arc::new(analysis.after(plan).unwrap_or_else(|| analysis.as_old()))
}

/// The records that `look` chooses; those of the Actual layer under Variance.
pub(super) fn scope_of(look: &Look) -> Scope {
    let span = match look.period {
        Period::All => Span::All,
        Period::One(day) => Span::one(day),
    };
    Scope { layer: look.layers.edited().unwrap_or(Layer::Actual), span }
}
