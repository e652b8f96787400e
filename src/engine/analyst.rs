//! Computes analyses and remembers what did not change between them.

use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use crate::plan::{Field, Layer, Places, Plan};

use super::analysis::{Analysis, ChannelAnalysis, figures_of};
use super::believed::{Beliefs, BelievedCounts, Pooled, pool_all};
use super::blanks::Blanks;
use super::blocks::Totals;
use super::checks;
use super::fault::faults;
use super::figures::Figures;
use super::forecast::Basis;
use super::improve::{ChannelLevers, GainUnit, Improve, OneMore};
use super::levers::{Inputs, plan_levers};
use super::reference::of_good_period;
use super::scope::{Scope, Span};
use super::sums::Sums;
use super::tally::Tally;
use super::variance::Variance;

/// How many choices of records are remembered at once: the shown one, the one before, both sides of a variance,
/// and the Actual layer that forecasts rest on.
const SCOPES_KEPT: usize = 6;
/// Of large plans fewer, so that no more channels than this are remembered, but always two.
const CHANNELS_KEPT: usize = 20_000;

/// Computes analyses and remembers what did not change between them: a channel is recognised by its pointer.
#[derive(Debug, Default)]
pub struct Analyst {
    memos: Vec<Memo>,
}

/// What is remembered of one scope.
#[derive(Debug)]
struct Memo {
    sums: Arc<Sums>,
    /// Empty where only the sums were asked for.
    channels: Vector<Arc<ChannelAnalysis>>,
}

impl Analyst {
    /// All figures of `plan` over the records of `scope`; `lift` is the relative lift of the levers, e.g. 0.1.
    pub fn analyse(&mut self, plan: &Plan, scope: &Scope, lift: f64) -> Arc<Analysis> {
        self.analyse_with(plan, scope, Some(lift))
    }

    /// The same, to compare others with: without levers and checks, which make up half of the effort and the memory.
    pub fn compared(&mut self, plan: &Plan, scope: &Scope) -> Arc<Analysis> {
        self.analyse_with(plan, scope, None)
    }

    fn analyse_with(&mut self, plan: &Plan, scope: &Scope, lift: Option<f64>) -> Arc<Analysis> {
        let sums = self.sums(plan, scope);
        let pooled = pool(&sums);
        let channels = self.channels(&sums, &pooled);
        let active: Vec<bool> = plan.channels.iter().map(|channel| channel.active).collect();
        let Totals { all, active: active_sum, one_unit } = sums.blocks.totals();
        let days = sums.days();
        let total = figures_of(&all, one_unit, &channels, |_| true);
        let active =
            active_sum.map_or_else(|| total.clone(), |sum| figures_of(&sum, one_unit, &channels, |at| active[at]));
        let improve = match lift {
            Some(lift) => improve(plan, lift, &sums, &pooled, &channels, &active, &days),
            None => Improve::empty(gain_unit(plan, &sums), days.len()),
        };
        let members: Vec<_> = sums.channels.iter().zip(&sums.counted).collect();
        let records = |at: usize| scope.span.of(members[at].1.records(members[at].0, scope));
        let checks = lift.map(|_| checks::checks(plan, &channels, &total, records)).unwrap_or_default();
        self.remember(Memo { sums: Arc::clone(&sums), channels: channels.clone() });
        Arc::new(Analysis {
            scope: scope.clone(),
            periods: days,
            total,
            active,
            channels,
            pools: pooled.pools.into(),
            improve: Arc::new(improve),
            checks: checks.into(),
            is_old: false,
            sums,
        })
    }

    /// Both layers over the periods of `span` that both have.
    pub fn variance(&mut self, plan: &Plan, span: &Span, lift: f64) -> Variance {
        let days = |layer| plan.periods(layer).into_iter().filter(|day| span.contains(*day));
        let planned: Vec<Date> = days(Layer::Planned).collect();
        let both: Vec<Date> = days(Layer::Actual).filter(|day| planned.binary_search(day).is_ok()).collect();
        let span = Span::Only(both.as_slice().into());
        let mut layer = |layer| self.analyse(plan, &Scope { layer, span: span.clone() }, lift);
        Variance { actual: layer(Layer::Actual), planned: layer(Layer::Planned), periods: both }
    }

    fn sums(&mut self, plan: &Plan, scope: &Scope) -> Arc<Sums> {
        let bases = match scope.layer {
            Layer::Actual => Vec::new(),
            Layer::Planned => self.forecast_bases(plan),
        };
        Sums::of(plan, scope, &bases, self.memo(scope).map(|memo| memo.sums.as_ref()))
    }

    /// What each active channel's forecast rests on: all its actual periods.
    fn forecast_bases(&mut self, plan: &Plan) -> Vec<Option<Basis>> {
        let sums = self.sums(plan, &Scope { layer: Layer::Actual, span: Span::All });
        let bases = sums.bases(&pool(&sums).beliefs);
        let channels = self.memo(&sums.scope).map(|memo| memo.channels.clone()).unwrap_or_default();
        self.remember(Memo { sums, channels });
        bases
    }

    fn channels(&self, sums: &Sums, pooled: &Pooled) -> Vector<Arc<ChannelAnalysis>> {
        let memo = self.memo(&sums.scope);
        let places = memo.map(|memo| Places::between(&memo.sums.channels, &sums.channels));
        let known = |at: usize| memo?.channels.get(places.as_ref()?.old_place(at)?);
        let mut blanks = Blanks::new();
        let each = sums.channels.iter().zip(&sums.counted).enumerate();
        each.map(|(at, (channel, counted))| {
            let analysis = ChannelAnalysis::of(counted, channel.active, &pooled.pools, known(at));
            if counted.is_blank() { blanks.one_of(analysis, ChannelAnalysis::is_same) } else { analysis }
        })
        .collect()
    }

    fn memo(&self, scope: &Scope) -> Option<&Memo> {
        self.memos.iter().find(|memo| memo.sums.scope == *scope)
    }

    fn remember(&mut self, memo: Memo) {
        self.memos.retain(|other| other.sums.scope != memo.sums.scope);
        let most = CHANNELS_KEPT / memo.sums.channels.len().max(1);
        self.memos.insert(0, memo);
        self.memos.truncate(most.clamp(2, SCOPES_KEPT));
    }
}

fn pool(sums: &Sums) -> Pooled {
    let members: Vec<_> = sums.channels.iter().zip(&sums.counted).collect();
    let active: Vec<bool> = members.iter().map(|(channel, _)| channel.active).collect();
    let tallies: Vec<&Tally> = members.iter().map(|(_, counted)| &counted.tally).collect();
    pool_all(&tallies, &active, |at| sums.scope.span.of(members[at].1.records(members[at].0, &sums.scope)))
}

fn gain_unit(plan: &Plan, sums: &Sums) -> GainUnit {
    let knows = |(channel, tally): (&crate::plan::Channel, &Tally)| {
        channel.economics.order_value.is_some() || tally.sums[Field::Revenue as usize].is_some()
    };
    let mut active = sums.channels.iter().zip(&sums.counted).filter(|(channel, _)| channel.active);
    let knows_value =
        plan.brief.economics.order_value.is_some() || active.any(|(channel, counted)| knows((channel, &counted.tally)));
    if knows_value { GainUnit::Money } else { GainUnit::Orders }
}

fn improve(
    plan: &Plan,
    lift: f64,
    sums: &Sums,
    pooled: &Pooled,
    channels: &Vector<Arc<ChannelAnalysis>>,
    total: &Figures,
    days: &[Date],
) -> Improve {
    let unit = gain_unit(plan, sums);
    let each = plan.channels.iter().zip(&sums.counted).zip(channels).zip(&pooled.beliefs).enumerate();
    let active = each.filter(|(_, (((channel, _), _), _))| channel.active);
    let mut blanks = Blanks::new();
    let levers: Vec<ChannelLevers> = active
        .map(|(at, (((_, counted), analysis), beliefs))| {
            let beliefs: &Beliefs = beliefs;
            let figures = &analysis.figures;
            let found = Inputs {
                plan,
                channel: at,
                figures,
                beliefs,
                believed: BelievedCounts::of(&counted.tally, beliefs),
                pools: &pooled.pools,
                good_period: counted
                    .good_period
                    .zip(figures.visitors_per_cost())
                    .map(|(lift, rate)| of_good_period(lift, rate, plan.brief.goals.stretch)),
                unit,
                lift,
            }
            .levers();
            if counted.is_blank() {
                return ChannelLevers { levers: blanks.one_of(found.levers, |one, other| one == other), ..found };
            }
            found
        })
        .collect();
    Improve {
        lift,
        unit,
        periods: days.len().max(1),
        levers: plan_levers(&levers, total),
        one_more: one_more(levers.iter().filter_map(|each| channels[each.channel].figures.profit())),
        faults: faults(plan, &pooled.beliefs, &pooled.pools),
        channels: levers,
    }
}

/// What one more method like the median, the best and the worst would add.
fn one_more(profits: impl Iterator<Item = f64>) -> Option<OneMore> {
    let mut profits: Vec<f64> = profits.collect();
    profits.sort_by(f64::total_cmp);
    let (worst, best) = (*profits.first()?, *profits.last()?);
    let upper = profits[profits.len() / 2];
    let lower = profits[(profits.len() - 1) / 2];
    Some(OneMore { median: f64::midpoint(lower, upper), best, worst })
}
