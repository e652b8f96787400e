//! Best bets: which link to improve, given all that is not known (model, "How sure").
//!
//! Every believed rate is drawn from its distribution (ŷ + √p · normal on its scale, links and channels independent),
//! the headroom gains are recomputed from the drawn rates, and the link with the largest gain is counted. It holds
//! given the references and the value of an order.
//!
//! ```text
//! Analysis ─▶ Bets (owned, can be sent to a worker) ─▶ BestBets (shares, regret, what to measure first)
//! ```
//!
//! The draws come in chunks with a random stream each, so the result is the same on any number of threads.

mod channel;

use std::num::NonZeroUsize;

use rand_pcg::Pcg64;

use crate::plan::Link;

use super::analysis::Analysis;
use super::chain::counted_index;
use super::improve::GainUnit;
use channel::{ChannelBet, Scratch};

/// Joint draws.
const DRAWS: usize = 10_000;
/// Draws that are computed together: few enough to stay in the nearest cache.
const CHUNK: usize = 250;
/// Links that compete: Depth to Refer.
const LINKS: usize = Link::COUNTED.len();
/// The same for the same seed.
const SEED: u128 = 0x2026_0901_f0e1;
/// What is known of one link is told from its draws in this many groups, from its least to its greatest room.
const GROUPS: usize = 20;
/// A link leads clearly from this share of draws on.
const CLEARLY: f64 = 0.5;

/// One number for each competing link and draw.
type Draws = [[f64; CHUNK]; LINKS];

/// Everything that best bets are computed from, apart from the plan and its analysis.
#[derive(Debug, Clone)]
pub struct Bets {
    channels: Vec<ChannelBet>,
    unit: GainUnit,
}

/// Which link leads in how many draws, and what it is worth to know better. Gains are sums over the chosen periods.
#[derive(Debug, Clone, PartialEq)]
pub struct BestBets {
    /// Share of draws in which each link of [`Link::COUNTED`] has the largest gain, and that above 0; 0..=1.
    shares: [f64; LINKS],
    /// Mean gain of each.
    gains: [f64; LINKS],
    /// What knowing each one's rates exactly would be worth.
    information: [f64; LINKS],
    /// Share of draws in which no link has anything to gain: with it the shares sum to 1.
    pub none: f64,
    /// Mean of the largest gain − the gain of the link that leads on average: what knowing everything would be worth
    /// (EVPI).
    pub regret: f64,
    /// What gains are counted in.
    pub unit: GainUnit,
}

impl BestBets {
    /// The share of draws in which `link` leads, 0..=1; `None` for Invest, Reach and Value, which do not compete.
    pub fn share(&self, link: Link) -> Option<f64> {
        counted_index(link).map(|at| self.shares[at])
    }

    /// The mean gain of `link` over the draws.
    pub fn mean_gain(&self, link: Link) -> Option<f64> {
        counted_index(link).map(|at| self.gains[at])
    }

    /// What knowing all rates of `link` exactly would be worth, in the unit of gains: the expected value of partial
    /// perfect information (EVPPI), by grouping the draws by that link's room (M. Strong & J. Oakley, *An efficient
    /// method for computing single-parameter partial expected value of perfect information*, Medical Decision Making
    /// 33, 2013).
    pub fn worth_knowing(&self, link: Link) -> Option<f64> {
        counted_index(link).map(|at| self.information[at])
    }

    /// The link that leads on average; `None` where there is nothing to gain.
    pub fn leader(&self) -> Option<Link> {
        largest(&self.gains).map(|at| Link::COUNTED[at])
    }

    /// The link whose share passes 50 %; `None` where no link leads clearly.
    pub fn clear_leader(&self) -> Option<Link> {
        (0..LINKS).find(|&at| self.shares[at] > CLEARLY).map(|at| Link::COUNTED[at])
    }

    /// The link whose rates are most worth knowing better; `None` where knowing any of them would change nothing.
    pub fn measure_first(&self) -> Option<Link> {
        largest(&self.information).map(|at| Link::COUNTED[at])
    }
}

/// The place of the largest number above 0; the first of equals.
fn largest(numbers: &[f64; LINKS]) -> Option<usize> {
    let mut best = None;
    let mut most = 0.0;
    for (at, &number) in numbers.iter().enumerate() {
        if number > most {
            (best, most) = (Some(at), number);
        }
    }
    best
}

impl Bets {
    /// A snapshot of what `analysis` believes.
    pub fn of(analysis: &Analysis) -> Self {
        let channels = analysis
            .improve
            .channels
            .iter()
            .filter_map(|levers| ChannelBet::of(levers, &analysis.channels.get(levers.channel)?.tally));
        Self { channels: channels.collect(), unit: analysis.improve.unit }
    }

    /// Draws on two threads; the same for the same snapshot.
    pub fn draw(&self) -> BestBets {
        self.draw_on(NonZeroUsize::MIN.saturating_add(1))
    }

    /// As [`Bets::draw`], on so many threads: the result does not depend on their number.
    pub fn draw_on(&self, threads: NonZeroUsize) -> BestBets {
        self.summarise(&self.chunks(threads, &|| false))
    }

    /// As [`Bets::draw_on`], unless nobody needs the result any more: `None` soon after `stop` says so.
    pub fn draw_unless(&self, threads: NonZeroUsize, stop: &(dyn Fn() -> bool + Sync)) -> Option<BestBets> {
        let chunks = self.chunks(threads, stop);
        (!stop()).then(|| self.summarise(&chunks))
    }

    /// The draws, chunk by chunk; once `stop` says so, the rest stays 0.
    fn chunks(&self, threads: NonZeroUsize, stop: &(dyn Fn() -> bool + Sync)) -> Vec<(Draws, Draws)> {
        let mut chunks: Vec<(Draws, Draws)> = vec![([[0.0; CHUNK]; LINKS], [[0.0; CHUNK]; LINKS]); DRAWS / CHUNK];
        let share = chunks.len().div_ceil(threads.get());
        std::thread::scope(|scope| {
            for (thread, part) in chunks.chunks_mut(share).enumerate() {
                scope.spawn(move || {
                    let mut scratch = Scratch::default();
                    for (at, chunk) in part.iter_mut().enumerate() {
                        if stop() {
                            break;
                        }
                        self.draw_chunk(thread * share + at, chunk, &mut scratch);
                    }
                });
            }
        });
        chunks
    }

    fn draw_chunk(&self, number: usize, (gains, rooms): &mut (Draws, Draws), scratch: &mut Scratch) {
        let mut random = Pcg64::new(SEED, number as u128);
        for channel in &self.channels {
            channel.draw(&mut random, scratch, gains, rooms);
        }
    }

    fn summarise(&self, chunks: &[(Draws, Draws)]) -> BestBets {
        let mut shares = [0.0; LINKS];
        let mut gains = [0.0; LINKS];
        let (mut none, mut largest_gains) = (0.0, 0.0);
        let each = 1.0 / DRAWS as f64;
        for draw in 0..DRAWS {
            let (drawn, _) = &chunks[draw / CHUNK];
            let here: [f64; LINKS] = std::array::from_fn(|at| drawn[at][draw % CHUNK]);
            gains.iter_mut().zip(here).for_each(|(sum, gain)| *sum += gain * each);
            match largest(&here) {
                Some(at) => {
                    shares[at] += each;
                    largest_gains += here[at] * each;
                }
                None => none += each,
            }
        }
        let leading = gains.iter().copied().fold(0.0, f64::max);
        let information = std::array::from_fn(|at| worth_knowing(at, chunks, leading));
        let regret = (largest_gains - leading).max(0.0);
        BestBets { shares, gains, information, none, regret, unit: self.unit }
    }
}

/// Mean over groups of the largest mean gain in the group − the largest mean gain of all. What chance alone would give
/// with as many groups is small beside it, and below a hundredth of the leading gain it is left at 0.
fn worth_knowing(link: usize, chunks: &[(Draws, Draws)], leading: f64) -> f64 {
    let rooms = chunks.iter().flat_map(|(_, rooms)| rooms[link]);
    let mut order: Vec<(f64, u32)> = rooms.zip(0u32..).collect();
    order.sort_unstable_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
    let mut total = 0.0;
    for group in order.chunks(DRAWS / GROUPS) {
        let mut means = [0.0; LINKS];
        for &(_, draw) in group {
            let (chunk, draw) = (draw as usize / CHUNK, draw as usize % CHUNK);
            means.iter_mut().zip(&chunks[chunk].0).for_each(|(sum, gains)| *sum += gains[draw]);
        }
        total += means.into_iter().fold(0.0, f64::max);
    }
    let worth = total / DRAWS as f64 - leading;
    if worth > 0.01 * leading { worth } else { 0.0 }
}
