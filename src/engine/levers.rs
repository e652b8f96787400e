//! What lifting a lever is worth (docs/model.md, "Levers: what +h is worth").
//!
//! An equal lift of Invest, Reach, Depth, Consult, Close or Value is worth exactly the same as long as nothing is
//! capped and all of it carries through: what ranks links is how much room each has.

use std::cmp::Ordering;

use crate::plan::{Field, Lever, Link, Plan};

use super::believed::{Beliefs, BelievedCounts, Pool};
use super::chain::{Per, add, counted_index, finite, ratio};
use super::figures::Figures;
use super::improve::{BelievedWorth, ChannelLever, ChannelLevers, GainUnit, PlanLever};
use super::reference::{self, Reference};
use super::response::beta_of;

/// One percentage point.
const POINT: f64 = 0.01;

/// What the levers of one channel are computed from.
pub(super) struct Inputs<'a> {
    pub(super) plan: &'a Plan,
    pub(super) channel: usize,
    pub(super) figures: &'a Figures,
    pub(super) beliefs: &'a Beliefs,
    pub(super) believed: BelievedCounts,
    pub(super) pools: &'a [Pool],
    pub(super) good_period: Option<Reference>,
    pub(super) unit: GainUnit,
    pub(super) lift: f64,
}

/// What a channel brings, in the unit of gains.
struct Worth {
    /// Gross profit (or orders) as counted.
    gross: Option<f64>,
    /// Gross profit per order as counted.
    per_order: Option<f64>,
    /// By the believed rates.
    believed: BelievedWorth,
}

impl Inputs<'_> {
    fn worth(&self) -> Worth {
        let (gross, per_order, per_believed_order) = match self.unit {
            GainUnit::Orders => (self.figures.orders, Some(1.0), Some(1.0)),
            GainUnit::Money => {
                let observed = self.figures.link(Link::Value).rate;
                let economics = self.plan.economics_of(&self.plan.channels[self.channel]);
                let expected = economics.order_value.map(|value| value * economics.margin.unwrap_or(1.0));
                (self.figures.gross_profit, observed, observed.or(expected))
            }
        };
        let of = |orders: Option<f64>| orders.zip(per_believed_order).map(|(orders, each)| orders * each);
        let believed = BelievedWorth {
            per_order: per_believed_order,
            gross: of(self.believed.orders),
            repeats: of(self.believed.repeats),
            referrals: of(self.believed.referrals),
        };
        Worth { gross, per_order, believed }
    }

    fn carry(&self, lever: Lever) -> f64 {
        lever.link().map_or(1.0, |link| self.plan.brief.carry(link))
    }

    /// The rate on which reference and headroom are measured: Reach as visitors per unit of cost.
    fn rate(&self, link: Link) -> Option<f64> {
        match link {
            Link::Reach => self.figures.visitors_per_cost(),
            _ => self.figures.link(link).rate,
        }
    }

    fn reference(&self, link: Link) -> Option<Reference> {
        let channel = &self.plan.channels[self.channel];
        reference::target(self.plan, channel, link).or_else(|| {
            if link == Link::Reach {
                return self.good_period;
            }
            let believed = self.beliefs[counted_index(link)?].as_ref()?;
            let pool = reference::pool_of(self.pools, link, self.figures.link(link).per)?;
            reference::good_channel(pool, believed, self.plan.brief.goals.stretch)
        })
    }

    fn gain_lift(&self, lever: Lever, worth: &Worth) -> Option<f64> {
        let gross = worth.gross?;
        let h = self.lift;
        let Lever::Link(link) = lever else { return self.gain_of_spend(gross) };
        let carried = |h: f64| carried(h, self.carry(lever));
        let gain = match link {
            Link::Value if self.unit == GainUnit::Orders => return None,
            Link::Invest | Link::Value => h * gross,
            Link::Reach | Link::Depth => carried(h) * gross,
            Link::Consult | Link::Close => carried(capped(h, self.rate(link))) * gross,
            Link::Repurchase => h * self.figures.get(Field::Repeats)? * worth.per_order?,
            Link::Refer => h * self.figures.get(Field::Referrals)? * worth.per_order?,
        };
        finite(gain)
    }

    /// G · ((1+h)^β − 1) − h · spend; the orders alone where the plan knows no money.
    fn gain_of_spend(&self, gross: f64) -> Option<f64> {
        let spend = self.figures.get(Field::Spend).filter(|spend| *spend > 0.0)?;
        let beta = beta_of(self.plan.channels[self.channel].doubling);
        let price = if self.unit == GainUnit::Money { self.lift * spend } else { 0.0 };
        finite(gross * ((1.0 + self.lift).powf(beta) - 1.0) - price)
    }

    fn gain_point(&self, lever: Lever, worth: &Worth) -> Option<f64> {
        let link = lever.link()?;
        let gain = match link {
            Link::Consult | Link::Close => {
                let rate = self.rate(link).filter(|rate| *rate > 0.0 && *rate <= 1.0)?;
                worth.gross? * carried(POINT.min(1.0 - rate) / rate, self.carry(lever))
            }
            Link::Repurchase | Link::Refer => {
                worth.gross?;
                POINT * self.figures.get(Field::Deals)? * worth.per_order?
            }
            _ => return None,
        };
        finite(gain)
    }

    fn gain_headroom(&self, lever: Lever, reference: Option<&Reference>, worth: &Worth) -> Option<f64> {
        let link = lever.link()?;
        let from = match counted_index(link) {
            Some(at) => self.beliefs[at]?.rate,
            None => self.rate(link)?,
        };
        if link == Link::Value && self.unit == GainUnit::Orders {
            return None;
        }
        headroom_gain(worth.believed.base(link)?, from, reference?.rate, self.carry(lever))
    }

    fn lever(&self, lever: Lever, worth: &Worth) -> ChannelLever {
        let link = lever.link();
        let believed = link.and_then(counted_index).and_then(|at| self.beliefs[at]);
        let reference = link.and_then(|link| self.reference(link));
        ChannelLever {
            lever,
            per: link.map(|link| if link == Link::Reach { Per::Cost } else { self.figures.link(link).per }),
            rate: link.and_then(|link| self.rate(link)),
            believed,
            reference,
            gain_lift: self.gain_lift(lever, worth),
            gain_point: self.gain_point(lever, worth),
            gain_headroom: self.gain_headroom(lever, reference.as_ref(), worth),
            sure: believed.zip(reference).map(|(believed, reference)| reference::sureness(&believed, &reference)),
            carry: self.carry(lever),
        }
    }

    /// The nine levers of this channel, best first.
    pub(super) fn levers(&self) -> ChannelLevers {
        let worth = self.worth();
        let mut levers = Lever::ALL.map(|lever| self.lever(lever, &worth));
        levers.sort_by(|left, right| {
            best_first(
                (left.gain_headroom, left.gain_lift, left.lever),
                (right.gain_headroom, right.gain_lift, right.lever),
            )
        });
        ChannelLevers { channel: self.channel, levers: levers.into(), worth: worth.believed }
    }
}

/// The gain of lifting a rate `from` where it is `to` a reference: a share of `base`, 0 where it is already there.
pub(super) fn headroom_gain(base: f64, from: f64, to: f64, carry: f64) -> Option<f64> {
    // From nothing no lift leads anywhere.
    let room = (ratio(Some(to), Some(from))? - 1.0).max(0.0);
    finite(base * carried(room, carry))
}

/// What of a lift carries through: (1+h)^carry − 1.
fn carried(h: f64, carry: f64) -> f64 {
    if carry == 1.0 { h } else { (1.0 + h).powf(carry) - 1.0 }
}

/// A proportion cannot pass 100 %.
fn capped(h: f64, rate: Option<f64>) -> f64 {
    match rate {
        Some(rate) if rate <= 1.0 => h.min(1.0 / rate - 1.0),
        _ => h,
    }
}

/// By headroom gain, blanks last; then by gain of the lift; then in the order of the chain, Spend last.
fn best_first(left: (Option<f64>, Option<f64>, Lever), right: (Option<f64>, Option<f64>, Lever)) -> Ordering {
    descending(left.0, right.0).then(descending(left.1, right.1)).then(left.2.cmp(&right.2))
}

fn descending(left: Option<f64>, right: Option<f64>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => without_noise(right).total_cmp(&without_noise(left)),
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

/// Gains that are equal on paper may differ in their last bits; those bits may not rank levers.
fn without_noise(gain: f64) -> f64 {
    const NOISE: u64 = 0xFFF;
    f64::from_bits(gain.to_bits().saturating_add(NOISE / 2) & !NOISE)
}

/// The nine levers over all active channels, best first. `total` holds the active channels alone.
pub(super) fn plan_levers(channels: &[ChannelLevers], total: &Figures) -> Vec<PlanLever> {
    let mut levers: Vec<PlanLever> = Lever::ALL.iter().map(|&lever| plan_lever(lever, channels, total)).collect();
    levers.sort_by(|left, right| {
        best_first(
            (left.gain_headroom, left.gain_lift, left.lever),
            (right.gain_headroom, right.gain_lift, right.lever),
        )
    });
    levers
}

fn plan_lever(lever: Lever, channels: &[ChannelLevers], total: &Figures) -> PlanLever {
    let link = lever.link().map(|link| total.link(link));
    let mut sum = PlanLever {
        lever,
        per: link.map(|link| link.per),
        rate: link.and_then(|link| link.rate),
        gain_lift: None,
        gain_point: None,
        gain_headroom: None,
        sure: None,
        coverage: link.and_then(|link| link.coverage),
        unmeasured: 0,
        referenced: 0,
        below: 0,
        references_from: Vec::new(),
        cut: false,
        first_referenced: None,
        best: Vec::with_capacity(PlanLever::BEST + 1),
    };
    let (mut weighted, mut weights) = (0.0, 0.0);
    for (channel, each) in channels.iter().filter_map(|levers| Some((levers.channel, levers.get(lever)?))) {
        add(&mut sum.gain_lift, each.gain_lift);
        add(&mut sum.gain_point, each.gain_point);
        add(&mut sum.gain_headroom, each.gain_headroom);
        if let (Some(sure), Some(headroom)) = (each.sure, each.gain_headroom) {
            weighted += sure * headroom;
            weights += headroom;
        }
        sum.unmeasured += usize::from(link.is_some() && each.rate.is_none());
        if let Some(gain) = each.gain_headroom.filter(|gain| *gain > 0.0) {
            let place = sum.best.iter().position(|(_, known)| gain > *known).unwrap_or(sum.best.len());
            sum.best.insert(place, (channel, gain));
            sum.best.truncate(PlanLever::BEST);
        }
        if let Some(reference) = each.reference {
            sum.referenced += 1;
            sum.below += usize::from(each.gain_headroom.is_some_and(|gain| gain > 0.0));
            sum.cut |= reference.is_cut();
            sum.first_referenced = sum.first_referenced.or(Some(channel));
            if !sum.references_from.contains(&reference.from) {
                sum.references_from.push(reference.from);
            }
        }
    }
    sum.sure = (weights > 0.0).then(|| weighted / weights);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proportion_is_lifted_to_all_and_no_further() {
        assert_eq!(capped(0.1, Some(0.5)), 0.1);
        assert!((capped(0.5, Some(0.8)) - 0.25).abs() < 1e-15);
        assert_eq!(capped(0.1, Some(1.2)), 0.1, "a rate above one knows no cap");
        assert_eq!(capped(0.1, None), 0.1);
        assert_eq!(capped(0.1, Some(0.0)), 0.1);
    }

    #[test]
    fn blanks_come_last_and_spend_after_its_equals() {
        let order = |left, right| best_first(left, right);
        let close = Lever::Link(Link::Close);
        assert_eq!(order((Some(0.0), None, close), (None, Some(9.0), close)), Ordering::Less);
        assert_eq!(order((None, Some(1.0), Lever::Spend), (None, Some(1.0), close)), Ordering::Greater);
    }
}
