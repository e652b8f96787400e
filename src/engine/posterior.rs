//! Posteriors of rates as counted, with Jeffreys priors.

use crate::plan::Link;

/// The 80 % interval of a rate, and whether it is thin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 10 % quantile.
    pub low: f64,
    /// 90 % quantile.
    pub high: f64,
    /// True where half the interval is wider than a quarter of the rate.
    pub thin: bool,
    /// How many more events would make it solid; `None` where it is not thin.
    pub events_missing: Option<f64>,
}

pub(super) fn interval(link: Link, numerator: f64, denominator: f64) -> Option<Interval> {
    let _ = (link, numerator, denominator);
    None
}
