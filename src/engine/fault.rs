//! Whose fault is a low rate: the offer's and the site's, or one channel's?

use crate::plan::{Link, Plan};

use super::believed::{Beliefs, Believed, Pool};
use super::chain::counted_index;

/// A channel lies below the others where its believed rate is below their mean with this much probability (z value
/// of 90 %).
const CLEARLY: f64 = 1.281_551_565_544_600_4;

/// Where to look for the cause of a low rate.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Most channels lie below their target in this link: the offer or the site is at fault.
    Offer {
        /// The link.
        link: Link,
        /// How many channels lie below.
        below: usize,
        /// Of how many with a target and a believed rate.
        of: usize,
    },
    /// One channel lies below the others: that channel is at fault.
    Channel {
        /// The link.
        link: Link,
        /// The channel's place in the plan.
        channel: usize,
    },
}

impl Fault {
    /// The link it speaks of.
    pub const fn link(&self) -> Link {
        match self {
            Self::Offer { link, .. } | Self::Channel { link, .. } => *link,
        }
    }
}

/// One line a link, where it can be said.
pub(super) fn faults(plan: &Plan, beliefs: &[Beliefs], pools: &[Pool]) -> Vec<Fault> {
    Link::COUNTED.iter().filter_map(|&link| fault(link, plan, beliefs, pools)).collect()
}

fn fault(link: Link, plan: &Plan, beliefs: &[Beliefs], pools: &[Pool]) -> Option<Fault> {
    let at = counted_index(link)?;
    let known: Vec<(usize, Believed)> =
        beliefs.iter().enumerate().filter_map(|(channel, beliefs)| Some((channel, beliefs[at]?))).collect();
    let judged: Vec<(usize, bool)> = known
        .iter()
        .filter_map(|(channel, believed)| {
            Some((*channel, believed.rate < plan.target_of(&plan.channels[*channel], link)?))
        })
        .collect();
    let below = judged.iter().filter(|(_, below)| *below).count();
    if below * 2 > judged.len() && below > 1 {
        return Some(Fault::Offer { link, below, of: judged.len() });
    }
    if below == 1 {
        return judged.iter().find(|(_, below)| *below).map(|&(channel, _)| Fault::Channel { link, channel });
    }
    let mut lagging = known.iter().filter(|(_, believed)| lags(link, believed, pools));
    let (channel, _) = lagging.next()?;
    lagging.next().is_none().then_some(Fault::Channel { link, channel: *channel })
}

/// True where a believed rate lies clearly below the mean of its pool.
fn lags(link: Link, believed: &Believed, pools: &[Pool]) -> bool {
    pools
        .iter()
        .filter(|pool| pool.link == link && pool.scale == believed.scale && !pool.of_periods)
        .filter_map(|pool| pool.mean)
        .any(|mean| believed.on_scale + CLEARLY * believed.variance.sqrt() < mean)
}
