//! How many must see a split test, whether its shares are as they were set, and the classical p.

use super::evidence::Arm;

/// The 97.5 % quantile of the standard normal distribution: a two-sided test at 5 %.
const Z_TWO_SIDED: f64 = 1.959_963_984_540_054;
/// The 80 % quantile: a power of 80 %.
const Z_POWER: f64 = 0.841_621_233_572_914_3;
/// What two such variants differ by, relative to their rate, before the plan has split tests of its own.
pub(super) const ASSUMED_DIFFERENCE: f64 = 0.1;
/// How many split tests that assumption is worth.
const ASSUMED_TESTS: f64 = 3.0;

/// How many must see each variant so that a change of the rate from `rate` to `hoped` is found at 5 % (two-sided) with
/// a power of 80 %, rounded to the nearest; `None` where there is nothing to find, or a proportion leaves 0..1.
///
/// n = (z₀.₉₇₅ √(2 p (1−p)) + z₀.₈ √(p (1−p) + p′ (1−p′)))² / (p′ − p)²: the formula of Evan Miller's calculator
/// (*Sample Size Calculator*, evanmiller.org/ab-testing). Rates that may pass 1 have the variance p instead.
pub fn sample_size(rate: f64, hoped: f64, proportion: bool) -> Option<f64> {
    let fits = |p: f64| p > 0.0 && p.is_finite() && (!proportion || p < 1.0);
    if !(fits(rate) && fits(hoped)) || rate == hoped {
        return None;
    }
    let variance = |p: f64| if proportion { p * (1.0 - p) } else { p };
    let same = Z_TWO_SIDED * (2.0 * variance(rate)).sqrt();
    let apart = Z_POWER * (variance(rate) + variance(hoped)).sqrt();
    let size = ((same + apart) / (hoped - rate)).powi(2).round();
    size.is_finite().then_some(size)
}

/// How many of each variant should see a test before the better one is shown to all the rest, where `audience` are
/// still to come: n = √(N/4·κ + (¾κ)²) − ¾κ with κ = μ(1−μ)/σ² (E. Feit & R. Berman, *Test & Roll: Profit-Maximizing
/// A/B Tests*, Marketing Science 38, 2019, equation 11). `rate` is μ, 0..1 exclusive; `deviation` is σ, the standard
/// deviation of such variants' rates. `None` where one of them is 0.
pub fn test_and_roll(audience: f64, rate: f64, deviation: f64) -> Option<f64> {
    let noise = rate * (1.0 - rate) / (deviation * deviation);
    if !(audience > 0.0 && noise > 0.0 && noise.is_finite()) {
        return None;
    }
    let shift = 0.75 * noise;
    // √(x + s²) − s without cancellation.
    let more = audience / 4.0 * noise;
    let size = more / ((more + shift * shift).sqrt() + shift);
    size.is_finite().then_some(size)
}

/// What the rates of two variants deviate by, relative to the rate: 10 % at first, which is worth three split tests;
/// then what the plan's own past ones were, their scatter by chance taken off.
///
/// A difference of two variants has twice the variance of one: σ² = (3 · 0.1² + Σ max(0, d² − v)/2) / (3 + k), with d
/// the logarithm of the ratio of the two rates and v its variance.
pub(super) fn usual_deviation(past: impl Iterator<Item = (Arm, Arm, bool)>) -> f64 {
    let (mut weight, mut sum) = (ASSUMED_TESTS, ASSUMED_TESTS * ASSUMED_DIFFERENCE * ASSUMED_DIFFERENCE);
    for (control, variant, proportion) in past {
        if control.acted > 0.0 && variant.acted > 0.0 && control.seen > 0.0 && variant.seen > 0.0 {
            let of = |arm: Arm| 1.0 / arm.acted - if proportion { 1.0 / arm.seen } else { 0.0 };
            let difference = (variant.acted / variant.seen / (control.acted / control.seen)).ln();
            sum += (difference * difference - of(control) - of(variant)).max(0.0) / 2.0;
            weight += 1.0;
        }
    }
    (sum / weight).sqrt()
}

/// The two-sided p of the pooled two-proportion z-test (for rates that may pass 1, of the pooled two-rate test);
/// `None` where there is nothing to compare.
pub(super) fn z_test(control: Arm, variant: Arm, proportion: bool) -> Option<f64> {
    let pooled = (control.acted + variant.acted) / (control.seen + variant.seen);
    let variance = if proportion { pooled * (1.0 - pooled) } else { pooled };
    let error = (variance * (1.0 / control.seen + 1.0 / variant.seen)).sqrt();
    let z = (variant.acted / variant.seen - control.acted / control.seen) / error;
    z.is_finite().then(|| two_sided(z))
}

/// The p of the χ² test of the two denominators against the share of the variant that was set; `None` where nobody
/// saw either.
pub(super) fn sample_ratio(control: Arm, variant: Arm, share: f64) -> Option<f64> {
    let seen = control.seen + variant.seen;
    if seen <= 0.0 {
        return None;
    }
    // χ² with one degree of freedom is the square of this z.
    let z = (variant.seen - seen * share) / (seen * share * (1.0 - share)).sqrt();
    z.is_finite().then(|| two_sided(z))
}

/// P(|Z| ≥ |z|) of a standard normal Z.
fn two_sided(z: f64) -> f64 {
    statrs::function::erf::erfc(z.abs() / std::f64::consts::SQRT_2)
}
