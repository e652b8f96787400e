//! What a link could reach (docs/model.md, "Headroom: what reaching the reference is worth").

use crate::plan::{Cadence, Channel, Economics, Field, Link, Plan};

use super::believed::{Believed, Cell, Pool, shrink};
use super::chain::ratio;
use super::scope::Span;
use super::tally::{Chosen, Money};

/// The level that one in five passes: the 80 % quantile of the standard normal distribution.
const GOOD: f64 = 0.8416;
/// A good period is told from this many periods on.
const PERIODS_FOR_GOOD: usize = 3;

/// Where a reference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceFrom {
    /// The user set it.
    Target,
    /// A good channel of this plan reaches it: the level that one in five passes.
    GoodChannel,
    /// The same level, but no channel reaches it yet: the spread is the expected one.
    ExpectedSpread,
    /// A good period of this very channel (Reach).
    GoodPeriod,
}

impl ReferenceFrom {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::GoodChannel => "good channel",
            Self::ExpectedSpread => "expected spread",
            Self::GoodPeriod => "good period",
        }
    }
}

/// What a link in a channel could reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// The rate to reach, after the cut to `stretch` times the believed rate.
    pub rate: f64,
    /// The rate before that cut; equal to `rate` where nothing was cut.
    pub uncut: f64,
    /// Where it comes from.
    pub from: ReferenceFrom,
    /// The best believed rate among the channels (or periods) compared; `None` for targets and Reach.
    pub best_believed: Option<f64>,
}

impl Reference {
    /// A rate that was not cut.
    const fn as_is(rate: f64, from: ReferenceFrom) -> Self {
        Self { rate, uncut: rate, from, best_believed: None }
    }

    /// True where `stretch` keeps the rate below what was found.
    pub fn is_cut(&self) -> bool {
        self.rate != self.uncut
    }
}

/// The user's target of a link, on the scale of its rate: cost per method becomes methods per unit of cost.
pub(super) fn target(plan: &Plan, channel: &Channel, link: Link) -> Option<Reference> {
    let target = plan.target_of(channel, link)?;
    let rate = if link == Link::Invest { ratio(Some(1.0), Some(target))? } else { target };
    Some(Reference::as_is(rate, ReferenceFrom::Target))
}

/// What a good channel (or a good period of the only one) would reach, cut to `stretch` times the believed rate.
pub(super) fn good_channel(pool: &Pool, believed: &Believed, stretch: f64) -> Option<Reference> {
    let level = pool.mean? + GOOD * pool.spread?;
    let uncut = pool.scale.rate(level);
    let reached = pool.best >= level;
    let from = if reached { ReferenceFrom::GoodChannel } else { ReferenceFrom::ExpectedSpread };
    let best_believed = Some(pool.scale.rate(pool.best));
    Some(Reference { rate: uncut.min(stretch * believed.rate), uncut, from, best_believed })
}

/// How much more Reach a good period of a channel has than the chosen ones, once the spend is allowed for: a relative
/// lift, from all its periods in the layer. `None` by day, and with fewer than three periods that know visitors and
/// cost above 0.
pub(super) fn good_period<'a>(
    records: impl Chosen<'a>,
    span: &Span,
    economics: Economics,
    cadence: Cadence,
    beta: f64,
) -> Option<f64> {
    if cadence == Cadence::Day {
        return None;
    }
    let (mut cells, mut chosen) = (Vec::new(), Vec::new());
    for (day, record) in records {
        let uv = record.get(Field::Uv).filter(|uv| *uv > 0.0);
        let cost = Money::of(record, economics).cost.filter(|cost| *cost > 0.0);
        if let (Some(uv), Some(cost)) = (uv, cost) {
            let cell = Cell { y: (uv + 0.5).ln() - beta * cost.ln(), v: 1.0 / (uv + 0.5) };
            cells.push(cell);
            if span.contains(day) {
                chosen.push(cell.y);
            }
        }
    }
    if cells.len() < PERIODS_FOR_GOOD {
        return None;
    }
    let mean_chosen = ratio(Some(chosen.iter().sum()), Some(chosen.len() as f64))?;
    let shrunk = shrink(&cells);
    Some((shrunk.mean + GOOD * shrunk.spread - mean_chosen).exp() - 1.0)
}

/// Visitors per unit of cost in a good period, cut to `stretch` times the rate.
pub(super) fn of_good_period(lift: f64, rate: f64, stretch: f64) -> Reference {
    Reference {
        rate: (1.0 + lift.min(stretch - 1.0)) * rate,
        uncut: (1.0 + lift) * rate,
        from: ReferenceFrom::GoodPeriod,
        best_believed: None,
    }
}

/// P(rate < reference) of a believed rate: 1 where the reference lies above the scale, 0 below it.
pub(super) fn sureness(believed: &Believed, reference: &Reference) -> f64 {
    probability_below(believed, reference.rate)
}

/// P(rate < `rate`) of a believed rate: 1 where `rate` lies above the scale, 0 below it.
pub(super) fn probability_below(believed: &Believed, rate: f64) -> f64 {
    let distance = believed.scale.of_rate(rate) - believed.on_scale;
    super::special::normal_cdf(distance / believed.variance.sqrt())
}

/// The pool that a channel's link belongs to.
pub(super) fn pool_of(pools: &[Pool], link: Link, per: super::chain::Per) -> Option<&Pool> {
    pools.iter().find(|pool| pool.link == link && pool.per == per)
}

#[cfg(test)]
mod tests {
    use super::super::believed::Scale;
    use super::*;

    fn believed(rate: f64) -> Believed {
        Believed { rate, on_scale: Scale::Logit.of_rate(rate), variance: 0.04, scale: Scale::Logit }
    }

    #[test]
    fn nobody_quadruples_a_rate_in_one_go() {
        let pool = Pool {
            link: Link::Close,
            per: super::super::chain::Per::Consults,
            scale: Scale::Logit,
            cells: 3,
            of_periods: false,
            mean: Some(Scale::Logit.of_rate(0.1)),
            spread: Some(1.0),
            best: Scale::Logit.of_rate(0.15),
        };
        let reference = good_channel(&pool, &believed(0.05), 2.0).unwrap();
        assert_eq!(reference.rate, 0.1);
        assert!(reference.uncut > 0.2);
        assert_eq!(reference.from, ReferenceFrom::ExpectedSpread, "no channel reaches that level");
    }

    #[test]
    fn a_target_at_the_end_of_the_scale_is_sure() {
        let reference = Reference::as_is(1.0, ReferenceFrom::Target);
        assert_eq!(sureness(&believed(0.2), &reference), 1.0);
    }
}
