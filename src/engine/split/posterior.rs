//! The rate of one arm, and how likely it is to pass another: exact, by quadrature, at any counts.
//!
//! P(B > A) is the integral of one arm's density times the other's tail. On the scale where a beta density is
//! p^a (1−p)^b (the logit) and a gamma density xᵃe⁻ⁿˣ (the logarithm), both factors are log-concave and die away
//! exponentially, so the trapezoidal rule converges faster than any power of its step (Trefethen & Weideman, *The
//! exponentially convergent trapezoidal rule*, SIAM Review 2014). It is laid around the peak of the product, in
//! logarithms, so that a probability of 1e-300 has as many digits as one of a half.

use super::super::special::{ln_beta_density, ln_beta_pq, ln_gamma_density, ln_gamma_pq};

/// Steps of the rule per standard deviation of the narrower factor at the peak.
const STEPS_A_DEVIATION: f64 = 3.0;
/// What lies this far below the peak, in logarithms, is left out.
const NEGLIGIBLE: f64 = 42.0;
/// The peak of a product lies no further than this outside the peaks of its factors, on the scale.
const BEYOND: f64 = 3.0;
/// A guard: the sum ends after some hundred steps.
const MOST_STEPS: usize = 100_000;

/// The distribution of an arm's rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Posterior {
    /// Of a proportion: Beta(a, b).
    Beta { a: f64, b: f64 },
    /// Of a rate that may pass 1: Gamma(shape, rate).
    Gamma { shape: f64, rate: f64 },
}

/// ln P(winner > loser) and E[max(0, winner − loser)].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Win {
    pub(super) ln_p: f64,
    pub(super) excess: f64,
}

/// A value on the natural scale, with its complement to 1 (for proportions).
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Value {
    pub(super) fn new(x: f64) -> Self {
        Self { x, y: 1.0 - x }
    }
}

impl Posterior {
    pub(super) fn mean(&self) -> f64 {
        match *self {
            Self::Beta { a, b } => a / (a + b),
            Self::Gamma { shape, rate } => shape / rate,
        }
    }

    /// Standard deviation relative to the mean.
    pub(super) fn relative_spread(&self) -> f64 {
        match *self {
            Self::Beta { a, b } => (b / (a * (a + b + 1.0))).sqrt(),
            Self::Gamma { shape, .. } => 1.0 / shape.sqrt(),
        }
    }

    /// Where the density on the scale peaks.
    pub(super) fn centre(&self) -> f64 {
        match *self {
            Self::Beta { a, b } => (a / b).ln(),
            Self::Gamma { shape, rate } => (shape / rate).ln(),
        }
    }

    /// The value at a place on the scale.
    pub(super) fn value(&self, on_scale: f64) -> Value {
        match self {
            Self::Beta { .. } => Value { x: 1.0 / (1.0 + (-on_scale).exp()), y: 1.0 / (1.0 + on_scale.exp()) },
            Self::Gamma { .. } => Value::new(on_scale.exp()),
        }
    }

    /// ln of the density on the scale.
    pub(super) fn ln_density(&self, at: Value) -> f64 {
        match *self {
            Self::Beta { a, b } => ln_beta_density(a, b, at.x, at.y),
            Self::Gamma { shape, rate } => ln_gamma_density(shape, rate * at.x),
        }
    }

    /// ln P(rate < x) and ln P(rate > x).
    pub(super) fn ln_tails(&self, at: Value) -> (f64, f64) {
        match *self {
            Self::Beta { a, b } => ln_beta_pq(a, b, at.x, at.y),
            Self::Gamma { shape, rate } => ln_gamma_pq(shape, rate * at.x),
        }
    }

    /// Minus the second derivative of the log density on the scale.
    fn curvature(&self, at: Value) -> f64 {
        match *self {
            Self::Beta { a, b } => (a + b) * at.x * at.y,
            Self::Gamma { rate, .. } => rate * at.x,
        }
    }

    /// E[max(0, X − x)] / P(X > x), or E[max(0, x − X)] / P(X < x), from the density and the tail at x:
    /// ∫ₓ (t − x) f(t) dt = (m − x) P(X > x) + m d / a, since raising a by one moves the tail by d / a.
    fn excess_given(&self, at: Value, ln_tail: f64, upper: bool) -> f64 {
        let a = match *self {
            Self::Beta { a, .. } => a,
            Self::Gamma { shape, .. } => shape,
        };
        let short = if upper { self.mean() - at.x } else { at.x - self.mean() };
        (short + self.mean() * (self.ln_density(at) - ln_tail).exp() / a).max(0.0)
    }

    /// How sure it is that this rate passes `loser`'s, and by how much on average.
    pub(super) fn beats(&self, loser: &Self) -> Win {
        let outer_wins = self.information() >= loser.information();
        let (outer, inner) = if outer_wins { (self, loser) } else { (loser, self) };
        let ln_tail = |at: Value| {
            let (below, above) = inner.ln_tails(at);
            if outer_wins { below } else { above }
        };
        let ln_product = |place: f64| {
            let at = outer.value(place);
            outer.ln_density(at) + ln_tail(at)
        };
        let width = |place: f64| {
            let at = outer.value(place);
            1.0 / (outer.curvature(at) + inner.curvature(at)).sqrt()
        };
        let low = outer.centre().min(inner.centre()) - BEYOND;
        let high = outer.centre().max(inner.centre()) + BEYOND;
        let peak = peak(low, high, &ln_product, width);
        let top = ln_product(peak);
        let step = width(peak) / STEPS_A_DEVIATION;
        let (mut mass, mut excess) = (0.0, 0.0);
        let mut add = |place: f64| {
            let at = outer.value(place);
            let tail = ln_tail(at);
            let ln_here = outer.ln_density(at) + tail - top;
            let here = ln_here.exp();
            if here > 0.0 {
                mass += here;
                excess += here * inner.excess_given(at, tail, !outer_wins);
            }
            ln_here > -NEGLIGIBLE
        };
        add(peak);
        for direction in [-step, step] {
            for steps in 1..MOST_STEPS {
                if !add(peak + direction * steps as f64) {
                    break;
                }
            }
        }
        Win { ln_p: top + (step * mass).ln(), excess: top.exp() * step * excess }
    }

    /// Curvature of the log density at its own peak: the narrower of two has more.
    fn information(&self) -> f64 {
        match *self {
            Self::Beta { a, b } => a / (a + b) * b,
            Self::Gamma { shape, .. } => shape,
        }
    }
}

/// The peak of a log-concave product between two places, near enough for a grid to be laid around it, by golden
/// section; `width` is its width at a place.
fn peak(low: f64, high: f64, ln_product: &impl Fn(f64) -> f64, width: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let (mut low, mut high) = (low, high);
    let (mut left, mut right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_left, mut at_right) = (ln_product(left), ln_product(right));
    while right - left > 0.2 * width(f64::midpoint(left, right)).max(1e-14) {
        if at_left > at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - GOLDEN * (high - low);
            at_left = ln_product(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + GOLDEN * (high - low);
            at_right = ln_product(right);
        }
    }
    f64::midpoint(left, right)
}
