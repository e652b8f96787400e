//! Believed rates: what the counts say, given what channels are like (partial pooling by empirical Bayes).

use crate::plan::Link;

use super::chain::Per;

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
