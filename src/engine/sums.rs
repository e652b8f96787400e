//! What is counted of each channel over the chosen records, and of all together: everything that needs no other channel.

use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use crate::plan::{Alike, Cadence, Calendar, Channel, Economics, Places, Plan, Records};

use super::believed::Beliefs;
use super::blanks::Blanks;
use super::blocks::{Blocks, may_end_block};
use super::forecast::{Basis, Forecast};
use super::reference::good_period;
use super::response::beta_of;
use super::scope::{Scope, Span};
use super::tally::Tally;

/// What is counted of one channel.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) tally: Tally,
    /// The forecast of the Planned layer; `None` in the Actual layer and for inactive channels.
    pub(super) forecast: Option<Arc<Forecast>>,
    /// What that forecast rests on.
    basis: Option<Basis>,
    /// See [`good_period`].
    pub(super) good_period: Option<f64>,
    /// See [`may_end_block`].
    pub(super) may_end_block: bool,
}

impl Counted {
    fn of(channel: &Channel, terms: Terms, scope: &Scope, basis: Option<Basis>) -> Arc<Self> {
        let economics = channel.economics.or(terms.economics);
        let forecast = basis.as_ref().map(|basis| basis.fill(&channel.planned));
        let filled = forecast.as_ref().map(|forecast| forecast.fields(|day| scope.span.contains(day)));
        let records = forecast.as_ref().map_or_else(|| channel.records(scope.layer), |forecast| &forecast.records);
        let tally = Tally::of(&scope.span.of(records), economics, filled.unwrap_or_default());
        let good_period = good_period(records.iter(), &scope.span, economics, terms.cadence, beta_of(channel.doubling));
        Arc::new(Self { tally, forecast, basis, good_period, may_end_block: may_end_block(&channel.name) })
    }

    /// True where no record was counted, nor forecast: it comes to the same for every such channel.
    pub(super) fn is_blank(&self) -> bool {
        let none_forecast = self.forecast.as_ref().is_none_or(|forecast| forecast.records.is_empty());
        self.tally.records == 0 && self.good_period.is_none() && none_forecast
    }

    /// True where one of two blank ones may stand for the other.
    fn is_same_blank(&self, other: &Self) -> bool {
        let kind = |blank: &Self| (blank.basis, blank.forecast.is_some(), blank.may_end_block);
        kind(self) == kind(other)
    }

    /// The records that the figures rest on: as recorded, or as planned with blanks forecast.
    pub(super) fn records<'a>(&'a self, channel: &'a Channel, scope: &Scope) -> &'a Records {
        self.forecast.as_ref().map_or_else(|| channel.records(scope.layer), |forecast| &forecast.records)
    }

    /// What the forecast of a channel that was edited rests on until its rates are pooled anew: on those pooled before.
    fn basis_after_edit(&self, channel: &Channel, terms: Terms) -> Option<Basis> {
        let basis = self.basis.filter(|_| channel.active)?;
        let economics = channel.economics.or(terms.economics);
        let actual = Tally::of(&Span::All.of(&channel.actual), economics, [false; 10]);
        Some(basis.after_edit(channel, &actual))
    }
}

/// What of a plan's brief its sums depend on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Terms {
    economics: Economics,
    cadence: Cadence,
}

impl Terms {
    fn of(plan: &Plan) -> Self {
        Self { economics: plan.brief.economics, cadence: plan.brief.cadence }
    }
}

/// The channels of a plan, what is counted of each over the records of a scope, and their sums.
#[derive(Debug)]
pub(super) struct Sums {
    pub(super) scope: Scope,
    terms: Terms,
    pub(super) channels: Vector<Arc<Channel>>,
    /// In the order of the channels.
    pub(super) counted: Vector<Arc<Counted>>,
    pub(super) blocks: Blocks,
    /// The periods of the plan.
    calendar: Calendar,
}

impl Sums {
    /// The sums of `plan`; those of `before` are taken over for the channels that it shares. `bases` holds what the
    /// forecast of each channel rests on; none in the Actual layer.
    pub(super) fn of(plan: &Plan, scope: &Scope, bases: &[Option<Basis>], before: Option<&Self>) -> Arc<Self> {
        let terms = Terms::of(plan);
        let before = before.filter(|before| before.terms == terms && before.scope == *scope);
        let places = before.map(|before| Places::between(&before.channels, &plan.channels));
        let known = |at: usize| before?.counted.get(places.as_ref()?.old_place(at)?);
        let mut blanks = Blanks::new();
        let counted = plan.channels.iter().enumerate().map(|(at, channel)| {
            let basis = bases.get(at).copied().flatten();
            if let Some(known) = known(at).filter(|known| known.basis == basis) {
                return Arc::clone(known);
            }
            let counted = Counted::of(channel, terms, scope, basis);
            // Of others a block would have to know which they are.
            let is_plain = channel.active && channel.unit.is_empty() && counted.is_blank();
            if is_plain { blanks.one_of(counted, Counted::is_same_blank) } else { counted }
        });
        Arc::new(Self::together(plan, scope, terms, counted.collect(), before))
    }

    /// The sums of a plan whose channels came out of these by `places`. `None` where more than `most` channels are to
    /// be counted anew.
    pub(super) fn after(&self, plan: &Plan, places: &Places, most: usize) -> Option<Self> {
        let terms = Terms::of(plan);
        if terms != self.terms || places.fresh().count() > most {
            return None;
        }
        let anew = |at: usize| {
            let channel = &plan.channels[at];
            // Where nothing else came or went, what stands here now stood here before.
            let before = self.counted.get(at).filter(|_| places.keeps_places());
            let basis = before.and_then(|before| before.basis_after_edit(channel, terms));
            Counted::of(channel, terms, &self.scope, basis)
        };
        let counted = places.carry(&self.counted, anew);
        Some(Self::together(plan, &self.scope, terms, counted, Some(self)))
    }

    fn together(
        plan: &Plan,
        scope: &Scope,
        terms: Terms,
        counted: Vector<Arc<Counted>>,
        before: Option<&Self>,
    ) -> Self {
        let known = before.map(|before| (&before.counted, &before.blocks));
        let blocks = Blocks::of(&plan.channels, &counted, known);
        let mut calendar = before.map(|before| before.calendar.clone()).unwrap_or_default();
        calendar.follow(plan);
        Self { scope: scope.clone(), terms, channels: plan.channels.clone(), counted, blocks, calendar }
    }

    /// The chosen days on which any channel has a record, ascending.
    pub(super) fn days(&self) -> Vec<Date> {
        self.calendar.periods(self.scope.layer).filter(|day| self.scope.span.contains(*day)).collect()
    }

    /// True where these are the sums of that very plan.
    pub(super) fn are_of(&self, plan: &Plan) -> bool {
        let same = Alike::of(&self.channels, &plan.channels).begin;
        [self.channels.len(), plan.channels.len()] == [same; 2] && self.terms == Terms::of(plan)
    }

    /// What each active channel's forecast rests on, where these are the sums of all actual periods.
    pub(super) fn bases(&self, beliefs: &[Beliefs]) -> Vec<Option<Basis>> {
        let each = self.channels.iter().zip(&self.counted).zip(beliefs);
        each.map(|((channel, counted), beliefs)| channel.active.then(|| Basis::of(channel, &counted.tally, beliefs)))
            .collect()
    }
}
