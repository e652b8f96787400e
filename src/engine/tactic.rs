//! Worth doing: what a tactic gains, when it pays back, and what it did (model, "Worth doing: effort").

use jiff::civil::Date;

use crate::plan::{Lever, Link, Plan, Split, Tactic, Tested};

use super::analysis::Analysis;
use super::believed::Dispersion;
use super::chain::{Per, add, finite, ratio};
use super::improve::ChannelLevers;
use super::levers::headroom_gain;
use super::posterior;
use super::reference::probability_below;
use super::split::{Comparison, SplitVerdict};
use super::tally::known_pairs;

/// At least so many periods before a tactic was done are compared with those after it.
const PERIODS_BEFORE: usize = 3;

/// What a tactic is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TacticWorth {
    /// Gain per period of reaching the expected rate, in the unit of gains; 0 where it is already there. `None` where
    /// no rate is expected, for Spend, and where the link was not measured.
    pub gain: Option<f64>,
    /// How sure it is that the rates lie below the expected one, 0..=1: the channels' mean, weighted by gain.
    pub sure: Option<f64>,
    /// Spend and hours, currency; `None` where neither is said.
    pub cost: Option<f64>,
    /// Cost / gain, in periods; `None` where the gain is unknown, 0, or counted in orders.
    pub payback: Option<f64>,
}

impl TacticWorth {
    /// What follows from one tactic of `plan`.
    pub fn of(plan: &Plan, tactic: &Tactic, analysis: &Analysis) -> Self {
        let mut total = None;
        let (mut weighted, mut weights) = (0.0, 0.0);
        for levers in levers_of(plan, tactic, analysis) {
            let gain = gain_of(tactic, levers);
            add(&mut total, gain);
            if let Some((sure, gain)) = sure_of(tactic, levers).zip(gain) {
                weighted += sure * gain;
                weights += gain;
            }
        }
        let gain = total.map(|total: f64| total / analysis.improve.periods as f64);
        let cost = cost_of(plan, tactic);
        let money = analysis.improve.unit == super::improve::GainUnit::Money;
        let payback = ratio(cost, gain.filter(|gain| money && *gain > 0.0));
        Self { gain, sure: ratio(Some(weighted), Some(weights)), cost, payback }
    }

    /// Sureness × gain, by which tactics can be ranked.
    pub fn sure_gain(&self) -> Option<f64> {
        Some(self.gain? * self.sure?)
    }
}

/// The shortest payback, in periods, of the tactics on `lever` that are still to be done, of the channel in that place
/// (those for all channels included) or of the whole plan; `None` where none of them has one.
pub fn soonest_payback(plan: &Plan, analysis: &Analysis, channel: Option<usize>, lever: Lever) -> Option<f64> {
    let name = match channel {
        Some(at) => Some(plan.channels.get(at)?.name.as_str()),
        None => None,
    };
    let here = |tactic: &Tactic| name.is_none() || tactic.channel.is_none() || tactic.channel.as_deref() == name;
    let open = plan.tactics.iter().filter(|tactic| tactic.link == lever && tactic.state.is_open() && here(tactic));
    open.filter_map(|tactic| TacticWorth::of(plan, tactic, analysis).payback).min_by(f64::total_cmp)
}

/// The levers of the active channels that a tactic works on.
fn levers_of<'a>(plan: &Plan, tactic: &Tactic, analysis: &'a Analysis) -> impl Iterator<Item = &'a ChannelLevers> {
    let only = tactic.channel.as_deref().map(|name| plan.channel_index(name));
    analysis.improve.channels.iter().filter(move |levers| only.is_none_or(|only| only == Some(levers.channel)))
}

/// Headroom with the expected rate as reference, over the chosen periods.
fn gain_of(tactic: &Tactic, levers: &ChannelLevers) -> Option<f64> {
    let lever = levers.get(tactic.link)?;
    let link = lever.lever.link()?;
    headroom_gain(levers.worth.base(link)?, lever.believed_rate()?, expected(tactic)?, lever.carry)
}

fn sure_of(tactic: &Tactic, levers: &ChannelLevers) -> Option<f64> {
    Some(probability_below(&levers.get(tactic.link)?.believed?, expected(tactic)?))
}

/// The expected rate on the scale of the lever's: of Invest it is said as cost per method, like a target.
fn expected(tactic: &Tactic) -> Option<f64> {
    match tactic.link {
        Lever::Link(Link::Invest) => ratio(Some(1.0), tactic.expected),
        _ => tactic.expected,
    }
}

fn cost_of(plan: &Plan, tactic: &Tactic) -> Option<f64> {
    if tactic.spend.is_none() && tactic.hours.is_none() {
        return None;
    }
    let channel = tactic.channel.as_deref().and_then(|name| plan.channel_index(name));
    let economics = channel.map_or(plan.brief.economics, |at| plan.economics_of(&plan.channels[at]));
    finite(tactic.spend.unwrap_or(0.0) + tactic.hours.unwrap_or(0.0) * economics.hourly_cost.unwrap_or(0.0))
}

/// What losing `rate` of a link would cost per period, in the unit of gains: the money side of an expected loss. Over
/// the channel in that place, or over all active ones; `None` where the link's worth is not known.
pub fn worth_of_rate(analysis: &Analysis, channel: Option<usize>, link: Link, rate: f64) -> Option<f64> {
    let mut total = None;
    for levers in analysis.improve.channels.iter().filter(|levers| channel.is_none_or(|only| only == levers.channel)) {
        let gain = levers.get(Lever::Link(link)).and_then(|lever| {
            let from = lever.believed_rate()?;
            headroom_gain(levers.worth.base(link)?, from, from + rate, lever.carry)
        });
        add(&mut total, gain);
    }
    total.map(|total: f64| total / analysis.improve.periods as f64)
}

/// A rate over some periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateOver {
    /// How many periods.
    pub periods: usize,
    /// Numerator and denominator.
    pub counts: (f64, f64),
    /// The rate as counted.
    pub rate: f64,
    /// 10 % quantile.
    pub low: f64,
    /// 90 % quantile.
    pub high: f64,
}

/// The rate before and after a tactic was done. Other things may have changed too: a split test says more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BeforeAfter {
    /// What the rate is counted per.
    pub per: Per,
    /// As many periods that ended by the day as there are after it, at least three where there are.
    pub before: RateOver,
    /// The periods that began on the day or later.
    pub after: RateOver,
    /// P(the rate rose), 0..=1.
    pub p_rose: f64,
    /// After / before − 1; `None` where it was 0 before.
    pub lift: Option<f64>,
    /// 2.5 % and 97.5 % quantiles of after / before − 1.
    pub lift_interval: (f64, f64),
}

impl BeforeAfter {
    /// From the actual records around the day on which `tactic` was done; `None` without a day, for a link without
    /// counts, and where either side has none. Counts are divided by the dispersion of the channels' counts, so that
    /// what scatters from period to period anyway does not look like an effect.
    pub fn of(plan: &Plan, tactic: &Tactic, analysis: &Analysis) -> Option<Self> {
        let (done, link) = (tactic.done?, tactic.link.link()?);
        let place = super::chain::counted_index(link)?;
        let only = match tactic.channel.as_deref() {
            Some(name) => Some(plan.channel_index(name)?),
            None => None,
        };
        let figures = only.map_or(&analysis.active, |at| &analysis.channels[at].figures);
        let per = figures.link(link).counts.map(|_| figures.link(link).per)?;
        let chosen = |at: usize| {
            let same = analysis.channels[at].tally.pairs[place].per == Some(per);
            only.map_or(plan.channels[at].active && same, |only| only == at)
        };
        let records = (0..plan.channels.len()).filter(|&at| chosen(at)).flat_map(|at| plan.channels[at].actual.iter());
        let mut counts = Counts::default();
        let ends = |start: Date| plan.brief.cadence.next(start).unwrap_or(Date::MAX);
        for (day, record) in records {
            if let Some((x, n, _)) = known_pairs(link, Some(per), std::iter::once((day, record))).next() {
                counts.add(day, x, n);
            }
        }
        let after = counts.over(|day| day >= done, usize::MAX);
        let before = counts.over(|day| ends(day) <= done, after.periods.max(PERIODS_BEFORE));
        let dispersion = Dispersion { factor: figures.link(link).dispersion, measured: true }.factor;
        let side = |sum: Sum| rate_over(link, sum, dispersion);
        let arm = |sum: Sum| Tested { seen: sum.n / dispersion, acted: sum.x / dispersion };
        let found = Comparison::of(comparable(link, before, after), arm(before), arm(after)).ok()?;
        Some(Self {
            per,
            before: side(before)?,
            after: side(after)?,
            p_rose: found.p_better,
            lift: found.lift,
            lift_interval: (found.lift_low, found.lift_high),
        })
    }
}

/// A proportion that passed 1 (deals without a consultation) is compared like the rates that may.
fn comparable(link: Link, before: Sum, after: Sum) -> Link {
    if link.is_proportion() && (before.x > before.n || after.x > after.n) { Link::Repurchase } else { link }
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    periods: usize,
    x: f64,
    n: f64,
}

/// Numerators and denominators by period, ascending.
#[derive(Default)]
struct Counts(std::collections::BTreeMap<Date, (f64, f64)>);

impl Counts {
    fn add(&mut self, day: Date, x: f64, n: f64) {
        let sum = self.0.entry(day).or_default();
        sum.0 += x;
        sum.1 += n;
    }

    /// The sum of the newest `most` periods for which `chosen` holds.
    fn over(&self, chosen: impl Fn(Date) -> bool, most: usize) -> Sum {
        let mut sum = Sum::default();
        for (_, (x, n)) in self.0.iter().rev().filter(|(day, _)| chosen(**day)).take(most) {
            sum.periods += 1;
            sum.x += x;
            sum.n += n;
        }
        sum
    }
}

fn rate_over(link: Link, sum: Sum, dispersion: f64) -> Option<RateOver> {
    let rate = ratio(Some(sum.x), Some(sum.n))?;
    let interval = posterior::interval(link, sum.x / dispersion, sum.n / dispersion)?;
    Some(RateOver { periods: sum.periods, counts: (sum.x, sum.n), rate, low: interval.low, high: interval.high })
}

/// What a split test says of a tactic that names it as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The plan has no split test of that name.
    Missing,
    /// It is not known yet.
    Open,
    /// The variant is better.
    Supports {
        /// However often one looked.
        firm: bool,
    },
    /// The variant is worse.
    Contradicts {
        /// However often one looked.
        firm: bool,
    },
}

impl Evidence {
    /// What the split test of that name says.
    pub fn of(plan: &Plan, name: &str) -> Self {
        let Some(split) = plan.tests.iter().find_map(|test| split_named(test, name)) else {
            return Self::Missing;
        };
        let confidence = plan.brief.goals.confidence;
        let Ok(found) = Comparison::of(split.link, split.control, split.variant) else { return Self::Open };
        let verdict = found.likely(confidence);
        let firm = found.is_firm(confidence, verdict);
        match verdict {
            SplitVerdict::Adopt => Self::Supports { firm },
            SplitVerdict::Drop => Self::Contradicts { firm },
            SplitVerdict::KeepTesting => Self::Open,
        }
    }
}

fn split_named<'a>(test: &'a crate::plan::Test, name: &str) -> Option<&'a Split> {
    match test {
        crate::plan::Test::Split(split) if split.name == name => Some(split),
        _ => None,
    }
}
