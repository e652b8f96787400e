//! Which link to improve: nine levers for the plan and for each active channel, best first.

use std::sync::Arc;

use crate::plan::{Lever, Link};

use super::believed::Believed;
use super::chain::Per;
use super::fault::Fault;
use super::reference::{Reference, ReferenceFrom};

/// What gains are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GainUnit {
    /// Profit, in the plan's currency.
    Money,
    /// Orders, because the plan knows no money.
    Orders,
}

impl GainUnit {
    /// The name in reports for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Orders => "orders",
        }
    }
}

/// Sureness × gain, by which levers can be ranked; a gain whose sureness is not known counts as a coin's toss.
pub fn sure_gain(gain: Option<f64>, sure: Option<f64>) -> Option<f64> {
    Some(gain? * sure.unwrap_or(0.5))
}

/// One lever, over all active channels. Gains are sums over the chosen periods, in the unit of [`Improve::unit`].
#[derive(Debug, Clone, PartialEq)]
pub struct PlanLever {
    /// The lever.
    pub lever: Lever,
    /// What the plan's rate is counted per; `None` for Spend.
    pub per: Option<Per>,
    /// The plan's pooled rate; `None` for Spend and where it is unknown.
    pub rate: Option<f64>,
    /// Gain of lifting it by the chosen lift.
    pub gain_lift: Option<f64>,
    /// Gain of one percentage point (Consult, Close, Repurchase, Refer).
    pub gain_point: Option<f64>,
    /// Gain of lifting every channel from its believed rate to its reference.
    pub gain_headroom: Option<f64>,
    /// How sure it is that the rates lie below their references, 0..=1: the channels' mean, weighted by headroom.
    pub sure: Option<f64>,
    /// Share of cost that the rate rests on, 0..=1.
    pub coverage: Option<f64>,
    /// Active channels in which this link was not measured.
    pub unmeasured: usize,
    /// Active channels in which it has a reference.
    pub referenced: usize,
    /// Of these, those that lie below it: with a headroom gain above 0.
    pub below: usize,
    /// Where those references come from, each once.
    pub references_from: Vec<ReferenceFrom>,
    /// True where one of them was cut to the plan's stretch.
    pub cut: bool,
    /// The first channel that has a reference, by its place in the plan.
    pub first_referenced: Option<usize>,
    /// The channels in which most headroom is to be gained, by their places in the plan, with that gain: best first, at
    /// most [`PlanLever::BEST`]. Fewer where fewer lie below their reference.
    pub best: Vec<(usize, f64)>,
}

impl PlanLever {
    /// So many of the best channels are known.
    pub const BEST: usize = 3;

    /// True where no channel measured the stage above, so that the plan's rate starts further up.
    pub fn is_bridged(&self) -> bool {
        match (self.lever, self.per) {
            (Lever::Link(Link::Reach), _) => false,
            (Lever::Link(link), Some(per)) => self.rate.is_some() && per != Per::nominal(link),
            _ => false,
        }
    }
}

/// One lever in one channel. Gains are sums over the chosen periods, in the unit of [`Improve::unit`].
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelLever {
    /// The lever.
    pub lever: Lever,
    /// What its rate is counted per; `None` for Spend.
    pub per: Option<Per>,
    /// The rate as counted; Reach as visitors per unit of cost. `None` where the link was not measured.
    pub rate: Option<f64>,
    /// The believed rate, with its distribution; `None` for Spend, Invest, Reach, Value and what was not measured.
    pub believed: Option<Believed>,
    /// What it could reach, on the scale of the rate (Invest in methods per unit of cost).
    pub reference: Option<Reference>,
    /// Gain of lifting it by the chosen lift.
    pub gain_lift: Option<f64>,
    /// Gain of one percentage point (Consult, Close, Repurchase, Refer).
    pub gain_point: Option<f64>,
    /// Gain of lifting it from the believed rate to the reference; 0 where it is already there.
    pub gain_headroom: Option<f64>,
    /// P(rate < reference), 0..=1.
    pub sure: Option<f64>,
    /// Share of a lift that carries through to the result, 0..=1.
    pub carry: f64,
}

impl ChannelLever {
    /// The rate that headroom starts from: the believed one; as counted for Invest, Reach and Value, which are no
    /// counts out of counts. `None` for Spend and what was not measured.
    pub fn believed_rate(&self) -> Option<f64> {
        match self.lever {
            Lever::Link(Link::Invest | Link::Reach | Link::Value) => self.rate,
            _ => self.believed.map(|believed| believed.rate),
        }
    }
}

/// The levers of one active channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelLevers {
    /// The channel's place in the plan.
    pub channel: usize,
    /// All nine, best first.
    pub levers: Arc<[ChannelLever]>,
    pub(super) worth: BelievedWorth,
}

/// What a channel brings by its believed rates: what headroom gains are shares of. In the unit of gains.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct BelievedWorth {
    /// The value of an order: as observed, else margin × order value.
    pub(super) per_order: Option<f64>,
    /// Gross profit of the believed orders.
    pub(super) gross: Option<f64>,
    /// Of the believed repeat orders.
    pub(super) repeats: Option<f64>,
    /// Of the believed referrals.
    pub(super) referrals: Option<f64>,
}

impl BelievedWorth {
    /// What the gain of lifting `link` is a share of.
    pub(super) fn base(&self, link: Link) -> Option<f64> {
        match link {
            Link::Repurchase => self.repeats,
            Link::Refer => self.referrals,
            _ => self.gross,
        }
    }
}

impl ChannelLevers {
    /// One of the nine.
    pub fn get(&self, lever: Lever) -> Option<&ChannelLever> {
        self.levers.iter().find(|each| each.lever == lever)
    }
}

/// What one more method would add to profit over the chosen periods, currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneMore {
    /// A method like the median of the active channels.
    pub median: f64,
    /// A method like the best of them.
    pub best: f64,
    /// A method like the worst of them.
    pub worst: f64,
}

/// Which link to improve, what it is worth, and how sure that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Improve {
    /// The relative lift that `gain_lift` speaks of, e.g. 0.1.
    pub lift: f64,
    /// What gains are counted in.
    pub unit: GainUnit,
    /// How many chosen periods hold a record: gains per period are gains divided by this. At least 1.
    pub periods: usize,
    /// The nine levers of the plan, best first.
    pub levers: Vec<PlanLever>,
    /// The levers of each active channel, in the plan's order.
    pub channels: Vec<ChannelLevers>,
    /// What one more method would add; `None` where no active channel's profit is known.
    pub one_more: Option<OneMore>,
    /// Whose fault a low rate is, one line a link where it can be said.
    pub faults: Vec<Fault>,
}

impl Improve {
    /// The levers of the channel in that place of the plan; `None` where it is inactive.
    pub fn channel(&self, channel: usize) -> Option<&ChannelLevers> {
        let at = self.channels.binary_search_by_key(&channel, |each| each.channel).ok()?;
        self.channels.get(at)
    }

    /// No levers.
    pub(super) fn empty(unit: GainUnit, periods: usize) -> Self {
        let (levers, channels, faults) = (Vec::new(), Vec::new(), Vec::new());
        Self { lift: 0.0, unit, periods: periods.max(1), levers, channels, one_more: None, faults }
    }

    /// What it says of the plan as a whole.
    pub(super) fn without_channels(&self) -> Self {
        Self { levers: self.levers.clone(), channels: Vec::new(), faults: Vec::new(), ..*self }
    }

    /// The links that have a headroom in some channel, in the order of the chain: the columns of a heat map.
    pub fn mapped(&self) -> Vec<Link> {
        // The plan's is the sum of the channels': known where one of them is.
        let known = |link: &Link| self.lever(Lever::Link(*link)).is_some_and(|lever| lever.gain_headroom.is_some());
        Link::ALL.into_iter().filter(known).collect()
    }

    /// One of the plan's nine levers.
    pub fn lever(&self, lever: Lever) -> Option<&PlanLever> {
        self.levers.iter().find(|each| each.lever == lever)
    }
}
