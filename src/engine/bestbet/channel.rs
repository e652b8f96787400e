//! The joint draws of one channel.

use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

use crate::plan::{Lever, Link};

use super::super::believed::{Believed, Scale};
use super::super::chain::Per;
use super::super::improve::ChannelLevers;
use super::super::tally::{STAGES, Tally};
use super::{CHUNK, Draws, LINKS};

/// Beyond e⁵⁰ on any scale there is no rate that can be meant; it keeps products finite.
const FARTHEST: f64 = 50.0;

/// What is drawn for one link of one channel.
#[derive(Debug, Clone, Copy)]
struct LinkBet {
    believed: Believed,
    /// The rate to reach and the share of a lift that carries through; `None` where the link has no reference.
    goal: Option<(f64, f64)>,
}

/// How one stage of a group of records follows from the drawn rates.
#[derive(Debug, Clone, Copy)]
enum Step {
    Unknown,
    Counted(f64),
    /// The stage in that place × the rate drawn for this stage's link.
    Above(usize),
}

/// What is drawn for one channel.
#[derive(Debug, Clone)]
pub(super) struct ChannelBet {
    links: [Option<LinkBet>; LINKS],
    groups: Vec<[Step; STAGES.len()]>,
    per_order: f64,
}

/// Room for the draws of one channel, used again for the next.
pub(super) struct Scratch {
    rates: Draws,
    stages: [[f64; CHUNK]; STAGES.len()],
    /// Orders, repeat orders, referrals.
    orders: [[f64; CHUNK]; 3],
}

impl Default for Scratch {
    fn default() -> Self {
        Self { rates: [[0.0; CHUNK]; LINKS], stages: [[0.0; CHUNK]; STAGES.len()], orders: [[0.0; CHUNK]; 3] }
    }
}

impl ChannelBet {
    /// `None` where no link of the channel has anything to reach, or an order has no known value.
    pub(super) fn of(levers: &ChannelLevers, tally: &Tally) -> Option<Self> {
        let links = Link::COUNTED.map(|link| {
            let lever = levers.get(Lever::Link(link))?;
            let goal = lever.reference.map(|reference| (reference.rate, lever.carry));
            lever.believed.map(|believed| LinkBet { believed, goal })
        });
        let anything = links.iter().flatten().any(|link| link.goal.is_some());
        let groups = tally.patterns.iter().map(|(known, counts)| steps(*known, counts, tally, &links)).collect();
        levers.worth.per_order.filter(|_| anything).map(|per_order| Self { links, groups, per_order })
    }

    /// Adds this channel's gains, and what of them each link's own rate explains, to those of the others.
    pub(super) fn draw(&self, random: &mut Pcg64, scratch: &mut Scratch, gains: &mut Draws, rooms: &mut Draws) {
        for (link, rates) in self.links.iter().zip(&mut scratch.rates) {
            if let Some(link) = link {
                draw_rates(&link.believed, random, rates);
            }
        }
        self.count(scratch);
        for (at, link) in self.links.iter().enumerate() {
            let Some((believed, (goal, carry))) = link.and_then(|link| Some((link.believed, link.goal?))) else {
                continue;
            };
            let orders = match Link::COUNTED[at] {
                Link::Repurchase => &scratch.orders[1],
                Link::Refer => &scratch.orders[2],
                _ => &scratch.orders[0],
            };
            let mean = orders.iter().sum::<f64>() / CHUNK as f64;
            let each = self.per_order * mean / believed.rate;
            let lift = |rate: f64| (goal / rate).max(1.0);
            let drawn = gains[at].iter_mut().zip(&mut rooms[at]).zip(&scratch.rates[at]).zip(orders);
            for (((gain, room), &rate), &orders) in drawn {
                *gain += orders * self.per_order * (lift(rate) - 1.0);
                *room += each * (goal - rate).max(0.0);
            }
            if carry != 1.0 {
                for ((gain, &rate), &orders) in gains[at].iter_mut().zip(&scratch.rates[at]).zip(orders) {
                    *gain += orders * self.per_order * (lift(rate).powf(carry) - lift(rate));
                }
            }
        }
    }

    /// Orders, repeat orders and referrals by the drawn rates, record by record, downwards.
    fn count(&self, scratch: &mut Scratch) {
        scratch.orders = [[0.0; CHUNK]; 3];
        let Scratch { rates, stages, orders } = scratch;
        for group in &self.groups {
            for (at, step) in group.iter().enumerate() {
                match *step {
                    Step::Unknown => {}
                    Step::Counted(count) => stages[at] = [count; CHUNK],
                    Step::Above(above) => {
                        let (higher, lower) = stages.split_at_mut(at);
                        for ((below, above), rate) in lower[0].iter_mut().zip(&higher[above]).zip(&rates[at - 1]) {
                            *below = above * rate;
                        }
                    }
                }
            }
            let known = |at: usize| !matches!(group[at], Step::Unknown);
            for (stage, sums) in [(3, &[0][..]), (4, &[0, 1]), (5, &[0, 2])] {
                // Without deals there are no orders; repeat orders and referrals count for themselves all the same.
                for &sum in sums.iter().filter(|&&sum| known(stage) && (sum != 0 || known(3))) {
                    orders[sum].iter_mut().zip(&stages[stage]).for_each(|(sum, count)| *sum += count);
                }
            }
        }
    }
}

/// Draws come in pairs, one as far above the believed rate as the other lies below it (antithetic variates): half the
/// random numbers, and steadier means.
fn draw_rates(believed: &Believed, random: &mut Pcg64, rates: &mut [f64; CHUNK]) {
    let deviation = believed.variance.sqrt();
    let centre = believed.on_scale.clamp(-FARTHEST, FARTHEST).exp();
    let (above, below) = rates.split_at_mut(CHUNK / 2);
    for step in above.iter_mut() {
        let normal: f64 = StandardNormal.sample(random);
        *step = (deviation * normal).clamp(-FARTHEST, FARTHEST);
    }
    for (above, below) in above.iter_mut().zip(below) {
        let step = above.exp();
        (*above, *below) = (centre * step, centre / step);
    }
    match believed.scale {
        Scale::Log => {}
        Scale::LogAfterFirst => rates.iter_mut().for_each(|rate| *rate += 1.0),
        Scale::Logit => rates.iter_mut().for_each(|odds| *odds /= 1.0 + *odds),
    }
}

/// As believed counts are: each stage is the stage above × the rate where both are known, else as counted.
fn steps(
    known: u8,
    counts: &[f64; STAGES.len()],
    tally: &Tally,
    links: &[Option<LinkBet>; LINKS],
) -> [Step; STAGES.len()] {
    let mut steps =
        std::array::from_fn(|at| if known & (1 << at) == 0 { Step::Unknown } else { Step::Counted(counts[at]) });
    for (at, link) in links.iter().enumerate() {
        let start = tally.pairs[at].per.and_then(Per::field);
        let above = STAGES.iter().position(|&stage| Some(stage) == start);
        if let Some(above) = above.filter(|&above| link.is_some() && !matches!(steps[above], Step::Unknown)) {
            steps[at + 1] = Step::Above(above);
        }
    }
    steps
}
