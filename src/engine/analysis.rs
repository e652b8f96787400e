//! All figures of one plan for one choice of records, remembered channel by channel.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Cadence, Channel, Economics, Field, Layer, Link, Plan, Records};

use super::believed::{Beliefs, BelievedCounts, Dispersion, Pool, Pooled, Scale, pool_all, scale_for};
use super::checks::{self, Check};
use super::fault::faults;
use super::figures::{Figures, total_of};
use super::forecast::{Basis, Forecast};
use super::improve::{ChannelLevers, GainUnit, Improve, OneMore};
use super::levers::{Inputs, plan_levers};
use super::reference::{good_period, of_good_period};
use super::response::beta_of;
use super::scope::{Scope, Span};
use super::tally::Tally;
use super::variance::Variance;

/// How many choices of records are remembered at once: the shown one, the one before, both sides of a variance,
/// and the Actual layer that forecasts rest on.
const SCOPES_KEPT: usize = 6;

/// One channel's figures.
#[derive(Debug, Clone)]
pub struct ChannelAnalysis {
    /// Sums, money and rates over the chosen records.
    pub figures: Figures,
    /// The forecast of the Planned layer (all its periods); `None` in the Actual layer and for inactive channels.
    pub forecast: Option<Arc<Forecast>>,
    /// The sums that the figures were computed from.
    pub(super) tally: Arc<Tally>,
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
    /// The active channels together: the rates that Improve speaks of.
    pub active: Figures,
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
pub struct Analyst {
    memos: Vec<Memo>,
}

/// What is remembered of one scope.
#[derive(Debug)]
struct Memo {
    scope: Scope,
    /// By the channel's address; each entry keeps its channel alive, so that no address is used twice.
    channels: HashMap<*const Channel, Remembered>,
}

#[derive(Debug, Clone)]
struct Remembered {
    channel: Arc<Channel>,
    economics: Economics,
    basis: Option<Basis>,
    tally: Arc<Tally>,
    forecast: Option<Arc<Forecast>>,
    /// See [`good_period`].
    good_period: Option<f64>,
    analysis: Option<([Scale; 5], Arc<ChannelAnalysis>)>,
}

impl Remembered {
    /// The records that the figures rest on: as recorded, or as planned with blanks forecast.
    fn records(&self, layer: Layer) -> &Records {
        self.forecast.as_ref().map_or_else(|| self.channel.records(layer), |forecast| &forecast.records)
    }

    fn still_holds(&self, channel: &Arc<Channel>, economics: Economics, basis: Option<&Basis>) -> bool {
        Arc::ptr_eq(&self.channel, channel) && self.economics == economics && self.basis.as_ref() == basis
    }

    fn of(channel: &Arc<Channel>, economics: Economics, cadence: Cadence, basis: Option<Basis>, scope: &Scope) -> Self {
        let forecast = basis.as_ref().map(|basis| basis.fill(&channel.planned));
        let filled = forecast.as_ref().map(|forecast| forecast.fields(|day| scope.span.contains(day)));
        let records = forecast.as_ref().map_or_else(|| channel.records(scope.layer), |forecast| &forecast.records);
        let tally = Tally::of(&scope.span.of(records), economics, filled.unwrap_or_default());
        let beta = beta_of(channel.doubling);
        let good_period = good_period(records.iter(), &scope.span, economics, cadence, beta);
        Self { channel: Arc::clone(channel), economics, basis, tally, forecast, good_period, analysis: None }
    }
}

/// The channels of a plan in one scope, summed and pooled.
struct Summed {
    channels: Vec<Remembered>,
    active: Vec<bool>,
    pooled: Pooled,
}

impl Analyst {
    /// All figures of `plan` over the records of `scope`; `lift` is the relative lift of the levers, e.g. 0.1.
    pub fn analyse(&mut self, plan: &Plan, scope: &Scope, lift: f64) -> Arc<Analysis> {
        let mut summed = self.sum(plan, scope);
        let channels: Vec<Arc<ChannelAnalysis>> =
            summed.channels.iter_mut().map(|channel| channel_analysis(channel, &summed.pooled.pools)).collect();
        let total = total(plan, &summed.channels, &channels, |_| true);
        let active = if summed.active.contains(&false) {
            self::total(plan, &summed.channels, &channels, |at| summed.active[at])
        } else {
            total.clone()
        };
        let improve = improve(plan, scope, lift, &summed, &channels, &active);
        let records = |at: usize| scope.span.of(summed.channels[at].records(scope.layer));
        let checks = checks::checks(plan, &channels, &total, records);
        let periods = periods(summed.channels.iter().map(|channel| channel.channel.records(scope.layer)), &scope.span);
        self.remember(scope, summed.channels);
        Arc::new(Analysis {
            scope: scope.clone(),
            periods,
            total,
            active,
            channels,
            pools: summed.pooled.pools,
            improve,
            checks,
        })
    }

    /// Both layers over the periods of `span` that both have.
    pub fn variance(&mut self, plan: &Plan, span: &Span, lift: f64) -> Variance {
        let planned = periods(plan.channels.iter().map(|channel| &channel.planned), span);
        let mut both = periods(plan.channels.iter().map(|channel| &channel.actual), span);
        both.retain(|day| planned.binary_search(day).is_ok());
        let span = Span::Only(both.as_slice().into());
        let mut layer = |layer| self.analyse(plan, &Scope { layer, span: span.clone() }, lift);
        Variance { actual: layer(Layer::Actual), planned: layer(Layer::Planned), periods: both }
    }

    fn sum(&mut self, plan: &Plan, scope: &Scope) -> Summed {
        let bases = match scope.layer {
            Layer::Actual => vec![None; plan.channels.len()],
            Layer::Planned => self.forecast_bases(plan),
        };
        let memo = self.memos.iter().find(|memo| memo.scope == *scope);
        let channels: Vec<Remembered> = plan
            .channels
            .iter()
            .zip(bases)
            .map(|(channel, basis)| {
                let economics = plan.economics_of(channel);
                memo.and_then(|memo| memo.channels.get(&Arc::as_ptr(channel)))
                    .filter(|known| known.still_holds(channel, economics, basis.as_ref()))
                    .cloned()
                    .unwrap_or_else(|| Remembered::of(channel, economics, plan.brief.cadence, basis, scope))
            })
            .collect();
        let active: Vec<bool> = plan.channels.iter().map(|channel| channel.active).collect();
        let tallies: Vec<&Tally> = channels.iter().map(|each| each.tally.as_ref()).collect();
        let pooled = pool_all(&tallies, &active, |at| scope.span.of(channels[at].records(scope.layer)));
        Summed { channels, active, pooled }
    }

    /// What each active channel's forecast rests on: all its actual periods.
    fn forecast_bases(&mut self, plan: &Plan) -> Vec<Option<Basis>> {
        let scope = Scope { layer: Layer::Actual, span: Span::All };
        let summed = self.sum(plan, &scope);
        let bases = summed
            .channels
            .iter()
            .zip(&summed.pooled.beliefs)
            .map(|(each, beliefs)| each.channel.active.then(|| Basis::of(&each.channel, &each.tally, beliefs)))
            .collect();
        self.remember(&scope, summed.channels);
        bases
    }

    fn remember(&mut self, scope: &Scope, channels: Vec<Remembered>) {
        let channels = channels.into_iter().map(|each| (Arc::as_ptr(&each.channel), each)).collect();
        self.memos.retain(|memo| memo.scope != *scope);
        self.memos.insert(0, Memo { scope: scope.clone(), channels });
        self.memos.truncate(SCOPES_KEPT);
    }
}

fn channel_analysis(channel: &mut Remembered, pools: &[Pool]) -> Arc<ChannelAnalysis> {
    let scales: [Scale; 5] =
        std::array::from_fn(|at| scale_for(Link::COUNTED[at], &channel.tally.pairs[at], pools, channel.channel.active));
    match &channel.analysis {
        Some((known, analysis)) if *known == scales => Arc::clone(analysis),
        _ => {
            let figures = Figures::of_channel(&channel.tally, scales);
            let analysis = Arc::new(ChannelAnalysis {
                figures,
                forecast: channel.forecast.clone(),
                tally: Arc::clone(&channel.tally),
            });
            channel.analysis = Some((scales, Arc::clone(&analysis)));
            analysis
        }
    }
}

/// The channels for which `counts` holds, together.
fn total(
    plan: &Plan,
    channels: &[Remembered],
    analyses: &[Arc<ChannelAnalysis>],
    counts: impl Fn(usize) -> bool,
) -> Figures {
    let mut units = plan.channels.iter().map(|channel| &channel.unit);
    let first = units.next();
    let one_unit = units.all(|unit| Some(unit) == first);
    let counted: Vec<usize> = (0..channels.len()).filter(|&at| counts(at)).collect();
    let tallies: Vec<&Tally> = counted.iter().map(|&at| channels[at].tally.as_ref()).collect();
    let total = total_of(&tallies, one_unit);
    let dispersions = std::array::from_fn(|at| {
        let start = total.pairs[at].per;
        let same = counted.iter().filter(|&&channel| channels[channel].tally.pairs[at].per == start);
        Dispersion::pooled(same.map(|&channel| {
            let rate = analyses[channel].figures.link(Link::COUNTED[at]);
            let dispersion = Dispersion { factor: rate.dispersion, measured: rate.dispersion_measured };
            (dispersion, channels[channel].tally.pairs[at].x)
        }))
    });
    Figures::of_plan(&total, dispersions, &tallies)
}

/// The chosen days on which any channel has a record, ascending.
fn periods<'a>(channels: impl Iterator<Item = &'a Records>, span: &Span) -> Vec<Date> {
    let mut days: Vec<Date> = Vec::new();
    for records in channels {
        // Most channels have the same days as those before: then nothing needs sorting.
        let mut known = days.iter();
        let fresh: Vec<Date> =
            span.of(records).map(|(day, _)| day).filter(|day| !known.by_ref().any(|other| other == day)).collect();
        if !fresh.is_empty() {
            days.extend(fresh);
            days.sort_unstable();
            days.dedup();
        }
    }
    days
}

fn gain_unit(plan: &Plan, channels: &[Remembered]) -> GainUnit {
    let knows_value = plan.brief.economics.order_value.is_some()
        || channels
            .iter()
            .filter(|each| each.channel.active)
            .any(|each| each.economics.order_value.is_some() || each.tally.sums[Field::Revenue as usize].is_some());
    if knows_value { GainUnit::Money } else { GainUnit::Orders }
}

fn improve(
    plan: &Plan,
    scope: &Scope,
    lift: f64,
    summed: &Summed,
    channels: &[Arc<ChannelAnalysis>],
    total: &Figures,
) -> Improve {
    let unit = gain_unit(plan, &summed.channels);
    let levers: Vec<ChannelLevers> = (0..channels.len())
        .filter(|&at| summed.active[at])
        .map(|at| {
            let figures = &channels[at].figures;
            let beliefs: &Beliefs = &summed.pooled.beliefs[at];
            Inputs {
                plan,
                channel: at,
                figures,
                beliefs,
                believed: BelievedCounts::of(&summed.channels[at].tally, beliefs),
                pools: &summed.pooled.pools,
                good_period: summed.channels[at]
                    .good_period
                    .zip(figures.visitors_per_cost())
                    .map(|(lift, rate)| of_good_period(lift, rate, plan.brief.goals.stretch)),
                unit,
                lift,
            }
            .levers()
        })
        .collect();
    let chosen = periods(summed.channels.iter().map(|channel| channel.channel.records(scope.layer)), &scope.span);
    Improve {
        lift,
        unit,
        periods: chosen.len().max(1),
        levers: plan_levers(&levers, total),
        one_more: one_more(levers.iter().filter_map(|each| channels[each.channel].figures.profit())),
        faults: faults(plan, &summed.pooled.beliefs, &summed.pooled.pools),
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
