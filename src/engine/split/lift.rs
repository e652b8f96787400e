//! By how much B passes A: the quantiles of B/A − 1.

use super::posterior::{Posterior, Value};
use super::quadrature::integral;

/// What lies this far below the peak, in logarithms, is left out.
const NEGLIGIBLE: f64 = 34.0;
/// Pieces that the integral starts with, before it halves those that need it.
const PIECES: u32 = 8;
const TOLERANCE: f64 = 1e-11;

/// The lift below which B/A − 1 lies with probability `p`.
///
/// The logit of P(B ≤ r A) is nearly a straight line in ln r: the secant method, kept inside a bracket.
pub(super) fn lift_quantile(a: &Posterior, b: &Posterior, p: f64) -> f64 {
    let spread = a.relative_spread().hypot(b.relative_spread());
    let middle = (b.mean() / a.mean()).ln();
    let wanted = logit(p);
    let miss = |ln_ratio: f64| logit(below(a, b, ln_ratio.exp())) - wanted;
    // The logistic distribution's standard deviation is 1.8.
    let mut now = middle + spread * wanted / 1.8;
    let mut missed = miss(now);
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut slope = 1.8 / spread;
    for _ in 0..100 {
        if missed.abs() < 1e-10 {
            break;
        }
        if missed < 0.0 {
            low = now;
        } else {
            high = now;
        }
        let mut next = now - (missed / slope).clamp(-4.0 * spread, 4.0 * spread);
        if !(next > low && next < high) {
            next = f64::midpoint(low, high);
        }
        if (next - now).abs() <= 1e-13 {
            break;
        }
        let missed_next = miss(next);
        let secant = (missed_next - missed) / (next - now);
        if secant > 0.0 && secant.is_finite() {
            slope = secant;
        }
        (now, missed) = (next, missed_next);
    }
    now.exp_m1()
}

fn logit(p: f64) -> f64 {
    // A probability that was integrated may leave its range by its last digit.
    const EDGE: f64 = 1e-12;
    let p = p.clamp(EDGE, 1.0 - EDGE);
    (p / (1.0 - p)).ln()
}

/// P(B ≤ ratio × A): the density of the better known arm times the other's tail, on the scale of the first.
fn below(a: &Posterior, b: &Posterior, ratio: f64) -> f64 {
    let outer_is_a = a.relative_spread() <= b.relative_spread();
    let (outer, inner, factor) = if outer_is_a { (a, b, ratio) } else { (b, a, 1.0 / ratio) };
    let proportion = matches!(inner, Posterior::Beta { .. });
    let integrand = |place: f64| {
        let at = outer.value(place);
        let other = Value::new(at.x * factor);
        // A proportion never passes 1.
        let (ln_below, ln_above) =
            if proportion && other.y <= 0.0 { (0.0, f64::NEG_INFINITY) } else { inner.ln_tails(other) };
        (outer.ln_density(at) + if outer_is_a { ln_below } else { ln_above }).exp()
    };
    integral(integrand, &breaks(outer, inner, factor), TOLERANCE)
}

/// From where the density begins to where it ends, in pieces, with a break where the other arm's tail turns and where
/// it ends at 1.
fn breaks(outer: &Posterior, inner: &Posterior, factor: f64) -> Vec<f64> {
    let centre = outer.centre();
    let top = outer.ln_density(outer.value(centre));
    let end = |direction: f64| {
        let falls_to = |far: f64| outer.ln_density(outer.value(centre + direction * far)) - top;
        let mut far = 1e-3;
        while falls_to(far) > -NEGLIGIBLE && far < 700.0 {
            far *= 1.5;
        }
        centre + direction * far
    };
    let (low, high) = (end(-1.0), end(1.0));
    let mut breaks: Vec<f64> = (0..=PIECES).map(|at| low + (high - low) * f64::from(at) / f64::from(PIECES)).collect();
    let place = |x: f64| match outer {
        Posterior::Beta { .. } => (x / (1.0 - x)).ln(),
        Posterior::Gamma { .. } => x.ln(),
    };
    let turns = [inner.mean() / factor, 1.0 / factor].map(place);
    breaks.extend(turns.into_iter().filter(|turn| *turn > low && *turn < high));
    breaks.sort_by(f64::total_cmp);
    breaks
}
