//! Posteriors of rates as counted, with Jeffreys priors (docs/model.md, "How sure").

use crate::plan::Link;

use super::special::{beta_quantile, gamma_quantile};

/// A rate is thin where half its 80 % interval is wider than this share of the rate.
const THIN: f64 = 0.25;
/// So many events are never thin.
const SURELY: f64 = 100.0;
/// The 90 % quantile of the standard normal distribution.
const Z90: f64 = 1.281_551_565_544_600_4;

/// The 80 % interval of a rate, and whether it is thin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Interval {
    /// 10 % quantile.
    pub(super) low: f64,
    /// 90 % quantile.
    pub(super) high: f64,
    /// True where half the interval is wider than a quarter of the rate.
    pub(super) thin: bool,
    /// How many times its events a thin rate lacks, and how many events it lacks if it has none.
    pub(super) missing: Option<f64>,
}

/// The interval of `numerator` / `denominator`, both divided by the dispersion; the denominator is above 0.
///
/// Beta(x+½, n−x+½) for Consult and Close while x ≤ n; 1 + Gamma(x−n+½, n) for Depth while x ≥ n; else
/// Gamma(x+½, n).
pub(super) fn interval(link: Link, numerator: f64, denominator: f64) -> Option<Interval> {
    let (x, n) = (numerator, denominator);
    let quantile = |p: f64| {
        if link.is_proportion() && x <= n {
            beta_quantile(x + 0.5, n - x + 0.5, p)
        } else if link == Link::Depth && x >= n {
            1.0 + gamma_quantile(x - n + 0.5, p) / n
        } else {
            gamma_quantile(x + 0.5, p) / n
        }
    };
    let (low, high) = (quantile(0.1), quantile(0.9));
    if !(low.is_finite() && high.is_finite()) {
        return None;
    }
    let events = events_of(link, x, n);
    let half = (high - low) / 2.0;
    let thin = half > THIN * (events / n);
    let missing = thin.then(|| {
        if events > 0.0 { events * ((half / (events / n) / THIN).powi(2) - 1.0) } else { (Z90 / THIN).powi(2) }
    });
    Some(Interval { low, high, thin, missing })
}

/// The events that a rate rests on: for Depth the pages after each visitor's first.
fn events_of(link: Link, x: f64, n: f64) -> f64 {
    if link == Link::Depth && x >= n { x - n } else { x }
}

/// True where a rate rests on so many events that it is not thin, whatever its posterior: half the interval of a hundred
/// is an eighth of the rate. Quantiles of large counts take long, and a table of rates asks for nothing else.
pub(super) fn is_surely_solid(link: Link, numerator: f64, denominator: f64) -> bool {
    events_of(link, numerator, denominator) >= SURELY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-6 * expected.abs(), "{got} is not {expected}");
    }

    #[test]
    fn intervals_agree_with_scipy() {
        let cases: Vec<serde_json::Value> =
            serde_json::from_str(include_str!("../../tests/fixtures/special.json")).unwrap();
        let mut checked = 0;
        for case in &cases {
            let link = match case["f"].as_str().unwrap() {
                "jeffreys_beta" => Link::Close,
                "jeffreys_gamma" => Link::Refer,
                "jeffreys_depth" => Link::Depth,
                _ => continue,
            };
            let number = |value: &serde_json::Value| value.as_f64().unwrap();
            let found = interval(link, number(&case["args"][0]), number(&case["args"][1])).unwrap();
            close(found.low, number(&case["value"][0]));
            close(found.high, number(&case["value"][1]));
            checked += 1;
        }
        assert_eq!(checked, 60);
    }

    #[test]
    fn about_26_events_make_a_small_rate_solid() {
        assert!(interval(Link::Close, 25.0, 100_000.0).unwrap().thin);
        assert!(!interval(Link::Close, 28.0, 100_000.0).unwrap().thin);
        let none = interval(Link::Close, 0.0, 100.0).unwrap();
        assert!(none.thin);
        close(none.missing.unwrap(), 26.277_99);
    }

    #[test]
    fn what_is_surely_solid_is_not_thin() {
        for link in Link::COUNTED {
            for events in [100.0, 130.5, 1e3, 1e6] {
                for more in [0.0, 1.0, 1e3, 1e9] {
                    for (x, n) in [(events, events + more), (events + more, events), (more + events, more + 0.5)] {
                        let thin = interval(link, x, n).is_some_and(|found| found.thin);
                        assert!(!(thin && is_surely_solid(link, x, n)), "{link:?} {x} of {n}");
                    }
                }
            }
        }
    }

    #[test]
    fn depth_is_thin_by_the_pages_after_the_first() {
        let depth = interval(Link::Depth, 1003.0, 1000.0).unwrap();
        assert!(depth.thin, "three further pages of a thousand visitors say little");
        assert!(depth.low > 1.0);
    }
}
