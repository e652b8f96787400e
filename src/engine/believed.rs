//! Believed rates: what the counts say, given what channels are like (docs/model.md, "Believed rates").
//!
//! The rates of a plan's channels are taken to vary around a common mean with some spread (random effects, by
//! empirical Bayes), and each channel's rate is drawn towards that mean by as much as its own counts are few.

use crate::plan::{Field, Link, Record};

use super::chain::{Per, add};
use super::tally::{Chosen, Pair, STAGES, Tally, known_pairs};

/// Prior spread τ₀ on the scale, worth [`PRIOR_CELLS`] cells.
const PRIOR_SPREAD: f64 = 0.5;
const PRIOR_CELLS: f64 = 3.0;
/// A channel's dispersion is measured from this many periods on.
const PERIODS_FOR_DISPERSION: usize = 4;
const MOST_ROUNDS: usize = 100_000;

/// The scale on which rates are pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// ln(x / (n − x)): Consult and Close while no cell has more events than chances.
    Logit,
    /// Logarithm of the pages after the first: Depth.
    LogAfterFirst,
    /// Logarithm of the rate.
    Log,
}

impl Scale {
    /// The scale of a link whose cells all keep to its bound; the logarithm where one does not.
    fn of(link: Link, mut cells: impl Iterator<Item = (f64, f64)>) -> Self {
        match link {
            Link::Consult | Link::Close if cells.all(|(x, n)| x <= n) => Self::Logit,
            Link::Depth if cells.all(|(x, n)| x >= n) => Self::LogAfterFirst,
            _ => Self::Log,
        }
    }

    /// A cell's rate on the scale, and its variance there before dispersion. n > 0.
    fn cell(self, x: f64, n: f64) -> (f64, f64) {
        match self {
            Self::Logit => {
                let (hits, misses) = (x + 0.5, n - x + 0.5);
                ((hits / misses).ln(), 1.0 / hits + 1.0 / misses)
            }
            Self::LogAfterFirst => {
                let further = x - n + 0.5;
                ((further / n).ln(), 1.0 / further)
            }
            Self::Log => (((x + 0.5) / n).ln(), 1.0 / (x + 0.5)),
        }
    }

    /// A rate brought back from the scale.
    pub fn rate(self, on_scale: f64) -> f64 {
        match self {
            Self::Logit => 1.0 / (1.0 + (-on_scale).exp()),
            Self::LogAfterFirst => 1.0 + on_scale.exp(),
            Self::Log => on_scale.exp(),
        }
    }

    /// A rate on the scale; infinite where it lies above or below all that the scale can show.
    pub fn of_rate(self, rate: f64) -> f64 {
        let odds = match self {
            Self::Logit if rate >= 1.0 => return f64::INFINITY,
            Self::Logit => rate / (1.0 - rate),
            Self::LogAfterFirst => rate - 1.0,
            Self::Log => rate,
        };
        if odds > 0.0 { odds.ln() } else { f64::NEG_INFINITY }
    }

    /// What Pearson's χ² is divided by, of a pooled rate.
    fn variance_factor(self, rate: f64) -> f64 {
        match self {
            Self::Logit => rate * (1.0 - rate),
            Self::LogAfterFirst => rate - 1.0,
            Self::Log => rate,
        }
    }
}

/// How much more than coin flips a channel's counts scatter between its periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dispersion {
    /// φ ≥ 1.
    pub(super) factor: f64,
    /// False where there were too few periods, so that φ is taken as 1.
    pub(super) measured: bool,
}

impl Dispersion {
    pub(super) const UNKNOWN: Self = Self { factor: 1.0, measured: false };

    /// φ = max(1, χ²/(k−1)) from four periods on.
    pub(super) fn of(pair: &Pair, scale: Scale) -> Self {
        let Some(rate) = pair.rate().filter(|_| pair.periods >= PERIODS_FOR_DISPERSION) else {
            return Self::UNKNOWN;
        };
        let chi_square = pair.scatter / scale.variance_factor(rate);
        let factor = (chi_square / (pair.periods - 1) as f64).max(1.0);
        Self { factor: if factor.is_finite() { factor } else { 1.0 }, measured: true }
    }

    /// The mean of the channels' φ, weighted by their events.
    pub(super) fn pooled(parts: impl Iterator<Item = (Self, f64)>) -> Self {
        let (mut events, mut weighted, mut measured) = (0.0, 0.0, false);
        for (part, x) in parts {
            events += x;
            weighted += part.factor * x;
            measured |= part.measured;
        }
        Self { factor: if events > 0.0 { weighted / events } else { 1.0 }, measured }
    }
}

/// A rate drawn towards what the plan's channels have in common by as much as its own counts are few.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Believed {
    /// The believed rate.
    pub rate: f64,
    /// The rate on its scale.
    pub on_scale: f64,
    /// Its variance on the scale.
    pub variance: f64,
    /// The scale.
    pub scale: Scale,
}

/// What the channels (or the one channel's periods) have in common in one link.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pool {
    /// The link.
    pub link: Link,
    /// What its rates are counted per.
    pub per: Per,
    /// The scale on which they were pooled.
    pub scale: Scale,
    /// How many cells were pooled.
    pub cells: usize,
    /// True where the cells are the periods of the only channel with such counts.
    pub of_periods: bool,
    /// Common mean on the scale; `None` with fewer than two cells.
    pub mean: Option<f64>,
    /// Spread (standard deviation) between cells on the scale; `None` with fewer than two cells.
    pub spread: Option<f64>,
    /// The best believed rate among the cells, on the scale.
    pub best: f64,
}

/// A cell of a pool: a rate on the scale and its variance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) y: f64,
    pub(super) v: f64,
}

/// Mean, variance between cells, and each cell drawn towards the mean.
pub(super) struct Shrunk {
    pub(super) mean: f64,
    pub(super) spread: f64,
    /// (ŷ, p) in the order of the cells.
    pub(super) cells: Vec<(f64, f64)>,
}

/// The fixed point of the model's iteration over μ and τ²; two cells or more.
pub(super) fn shrink(cells: &[Cell]) -> Shrunk {
    let prior = PRIOR_SPREAD * PRIOR_SPREAD;
    let mut between = prior;
    for _ in 0..MOST_ROUNDS {
        let mean = weighted_mean(cells, between);
        let spread: f64 = cells
            .iter()
            .map(|cell| {
                let (drawn, variance) = draw_towards(*cell, mean, between);
                (drawn - mean).powi(2) + variance
            })
            .sum();
        let next = (PRIOR_CELLS * prior + spread) / (PRIOR_CELLS + cells.len() as f64);
        let moved = (next - between).abs();
        between = next;
        if moved < 1e-12 {
            break;
        }
    }
    let mean = weighted_mean(cells, between);
    let cells = cells.iter().map(|cell| draw_towards(*cell, mean, between)).collect();
    Shrunk { mean, spread: between.sqrt(), cells }
}

fn weighted_mean(cells: &[Cell], between: f64) -> f64 {
    let (mut weights, mut sum) = (0.0, 0.0);
    for cell in cells {
        let weight = 1.0 / (cell.v + between);
        weights += weight;
        sum += weight * cell.y;
    }
    sum / weights
}

fn draw_towards(cell: Cell, mean: f64, between: f64) -> (f64, f64) {
    let variance = 1.0 / (1.0 / cell.v + 1.0 / between);
    (variance * (cell.y / cell.v + mean / between), variance)
}

/// The believed rates of one channel, in the order of [`Link::COUNTED`].
pub(super) type Beliefs = [Option<Believed>; 5];

/// What pooling all active channels gives: the pools, and the beliefs of each channel of the plan.
pub(super) struct Pooled {
    pub(super) pools: Vec<Pool>,
    pub(super) beliefs: Vec<Beliefs>,
}

/// Pools every link over the channels with `active[i]`; `records_of(i)` gives the chosen records of channel i.
pub(super) fn pool_all<'a, R: Chosen<'a>>(
    tallies: &[&Tally],
    active: &[bool],
    records_of: impl Fn(usize) -> R,
) -> Pooled {
    let mut pooled = Pooled { pools: Vec::new(), beliefs: vec![[None; 5]; tallies.len()] };
    for (at, link) in Link::COUNTED.into_iter().enumerate() {
        let counted = (0..tallies.len()).filter(|&channel| active[channel]);
        let counted = counted.map(|channel| (channel, &tallies[channel].pairs[at])).filter(|(_, pair)| pair.n > 0.0);
        let mut by_start: [Vec<(usize, &Pair)>; Per::STARTS.len()] = Default::default();
        for member in counted {
            if let Some(start) = Per::STARTS.iter().position(|&per| Some(per) == member.1.per) {
                by_start[start].push(member);
            }
        }
        for (per, members) in Per::STARTS.into_iter().zip(by_start) {
            match members.as_slice() {
                [] => {}
                [(channel, pair)] => {
                    let (pool, believed) = lone(link, per, pair, records_of(*channel));
                    pooled.beliefs[*channel][at] = Some(believed);
                    pooled.pools.push(pool);
                }
                _ => pooled.pools.push(together(link, per, &members, |channel, believed| {
                    pooled.beliefs[channel][at] = Some(believed);
                })),
            }
        }
    }
    pooled
}

fn believed((on_scale, variance): (f64, f64), scale: Scale) -> Believed {
    Believed { rate: scale.rate(on_scale), on_scale, variance, scale }
}

/// Two channels or more: each is drawn towards their mean.
fn together(link: Link, per: Per, members: &[(usize, &Pair)], mut keep: impl FnMut(usize, Believed)) -> Pool {
    let scale = Scale::of(link, members.iter().map(|(_, pair)| (pair.x, pair.n)));
    let cells: Vec<Cell> = members
        .iter()
        .map(|(_, pair)| {
            let (y, v) = scale.cell(pair.x, pair.n);
            Cell { y, v: v * Dispersion::of(pair, scale).factor }
        })
        .collect();
    let shrunk = shrink(&cells);
    let mut best = f64::NEG_INFINITY;
    for ((channel, _), drawn) in members.iter().zip(&shrunk.cells) {
        best = best.max(drawn.0);
        keep(*channel, believed(*drawn, scale));
    }
    let (mean, spread) = (Some(shrunk.mean), Some(shrunk.spread));
    Pool { link, per, scale, cells: members.len(), of_periods: false, mean, spread, best }
}

/// The only channel with such counts: its periods are the cells, for the reference alone; its own rate is as counted.
fn lone<'a>(link: Link, per: Per, pair: &Pair, records: impl Chosen<'a>) -> (Pool, Believed) {
    let periods: Vec<(f64, f64)> =
        known_pairs(link, Some(per), records).filter(|(_, n, _)| *n > 0.0).map(|(x, n, _)| (x, n)).collect();
    // Its sums may break a bound that no period breaks: events of periods without a chance count there.
    let scale = Scale::of(link, periods.iter().copied().chain([(pair.x, pair.n)]));
    let dispersion = Dispersion::of(pair, scale).factor;
    let cell = |(x, n): (f64, f64)| {
        let (y, v) = scale.cell(x, n);
        Cell { y, v: v * dispersion }
    };
    let cells: Vec<Cell> = periods.into_iter().map(cell).collect();
    let shrunk = (cells.len() > 1).then(|| shrink(&cells));
    let own = cell((pair.x, pair.n));
    let pool = Pool {
        link,
        per,
        scale,
        cells: cells.len(),
        of_periods: true,
        mean: shrunk.as_ref().map(|shrunk| shrunk.mean),
        spread: shrunk.as_ref().map(|shrunk| shrunk.spread),
        best: cells.iter().map(|cell| cell.y).fold(f64::NEG_INFINITY, f64::max),
    };
    (pool, believed((own.y, own.v), scale))
}

/// The scale of one channel's counts in one link: that of its pool, or its own where it is in none (inactive).
pub(super) fn scale_for(link: Link, pair: &Pair, pools: &[Pool], active: bool) -> Scale {
    pools
        .iter()
        .find(|pool| active && pool.link == link && Some(pool.per) == pair.per)
        .map_or_else(|| Scale::of(link, std::iter::once((pair.x, pair.n))), |pool| pool.scale)
}

/// What a channel's orders would be if every link had its believed rate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct BelievedCounts {
    pub(super) orders: Option<f64>,
    pub(super) repeats: Option<f64>,
    pub(super) referrals: Option<f64>,
}

impl BelievedCounts {
    /// Record by record, downwards: visitors as counted; each stage is the believed stage above × the believed rate
    /// where both are known, else as counted. Records that know the same stages are taken together, for the counts
    /// are linear in them.
    pub(super) fn of(tally: &Tally, beliefs: &Beliefs) -> Self {
        let mut sum = Self::default();
        for (known, counts) in &tally.patterns {
            let mut stages: [Option<f64>; 6] = std::array::from_fn(|at| (known & (1 << at) != 0).then(|| counts[at]));
            for (at, believed) in beliefs.iter().enumerate() {
                let above = tally.pairs[at].per.and_then(Per::field).and_then(|field| stages[place(field)?]);
                if let (Some(above), Some(believed)) = (above, believed) {
                    stages[at + 1] = Some(above * believed.rate);
                }
            }
            let [_, _, _, deals, repeats, referrals] = stages;
            add(&mut sum.orders, deals.map(|deals| deals + repeats.unwrap_or(0.0) + referrals.unwrap_or(0.0)));
            add(&mut sum.repeats, repeats);
            add(&mut sum.referrals, referrals);
        }
        sum
    }
}

fn place(field: Field) -> Option<usize> {
    STAGES.iter().position(|&stage| stage == field)
}

/// Fills the blanks of one record downwards: each stage is the stage above × the believed rate.
pub(super) fn fill_downwards(record: &mut Record, starts: [Option<Per>; 5], rates: [Option<f64>; 5]) -> [bool; 10] {
    let mut filled = [false; 10];
    for (at, field) in STAGES.into_iter().skip(1).enumerate() {
        let above = starts[at].and_then(Per::field).and_then(|above| record.get(above));
        if let (None, Some(above), Some(rate)) = (record.get(field), above, rates[at]) {
            record.set(field, Some(above * rate));
            filled[field as usize] = true;
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_survives_the_way_to_its_scale_and_back() {
        for (scale, rate) in [(Scale::Logit, 0.3), (Scale::LogAfterFirst, 2.7), (Scale::Log, 1.4)] {
            assert!((scale.rate(scale.of_rate(rate)) - rate).abs() < 1e-12);
        }
    }

    #[test]
    fn few_counts_are_drawn_to_the_mean_and_many_stay() {
        let cell = |x, n| {
            let (y, v) = Scale::Logit.cell(x, n);
            Cell { y, v }
        };
        let shrunk = shrink(&[cell(1.0, 2.0), cell(1000.0, 10_000.0), cell(900.0, 10_000.0)]);
        let rate = |at: usize| Scale::Logit.rate(shrunk.cells[at].0);
        assert!(rate(0) < 0.3, "one deal of two consultations is no closing rate of 50 %: {}", rate(0));
        assert!((rate(1) - 0.1).abs() < 0.001);
        assert!((rate(2) - 0.09).abs() < 0.001);
    }

    #[test]
    fn a_target_beyond_the_scale_is_infinitely_far() {
        assert_eq!(Scale::Logit.of_rate(1.0), f64::INFINITY);
        assert_eq!(Scale::LogAfterFirst.of_rate(1.0), f64::NEG_INFINITY);
    }
}
