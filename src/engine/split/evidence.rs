//! Evidence that one arm beats the other that stays valid however often one looks.
//!
//! The *generic E-variables* of Turner, Ly and Grünwald (*Generic E-variables for exact sequential k-sample tests that
//! allow for optional stopping*, Journal of Statistical Planning and Inference 230, 2024): for any two rates
//! `θ_A`, `θ_B`, with w the share of those seen who saw B, and θ₀ = w `θ_B` + (1−w) `θ_A`,
//!
//! ```text
//! S = (θ_B/θ₀)^x_B ((1−θ_B)/(1−θ₀))^(n_B−x_B) (θ_A/θ₀)^x_A ((1−θ_A)/(1−θ₀))^(n_A−x_A)
//! ```
//!
//! expects at most 1 if both rates are the same, whatever it is (or, for `θ_B` > `θ_A`, if B's is the lower one). It is
//! multiplied from visitor to visitor, so by Ville's inequality it passes 1/(1−q) with probability 1−q at most, at
//! whatever look, and so does any weighted mean of such S that was fixed beforehand. Here it is taken over a grid of
//! middle rates θ₀ and of odds ratios. For rates that may pass 1 events are Poisson and θ₀ → 0: only the ratio counts.
//!
//! The share w is the one that was seen; where it wanders between looks the statement is no longer exact, which is why
//! the tests simulate it: of 4,000 tests of two equal arms with 60 daily looks at q = 0.9, 39 to 45 % were likely better
//! at some look (at rates of 0.002 to 0.9 and shares of 0.2 to 0.8), and under 1 % were ever firmly adopted.

/// Middle rates θ₀ with their weights. Any other rate lies near enough to one of them: what counts is the variance
/// p(1−p) + (θ₀−p)². At 0 only those who acted count, at 1 only those who did not.
const MIDDLES: [(f64, f64); 5] = [(0.0, 0.3), (0.2, 0.3), (0.5, 0.2), (0.8, 0.1), (1.0, 0.1)];
/// The differences bet on (of odds, as a logarithm): the smallest, and how many times the one before the next one is.
const SMALLEST: f64 = 0.001;
const GROWTH: f64 = 1.35;
const DIFFERENCES: i32 = 30;
/// Most split tests differ by about a tenth; others are not ruled out: weights as of a Cauchy distribution of the
/// logarithm around this one.
const USUAL: f64 = 0.1;

/// One arm: how many saw it, how many acted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arm {
    pub(super) seen: f64,
    pub(super) acted: f64,
}

/// ln of the evidence that `better` has the higher rate; 0 where there is nothing to compare.
pub(super) fn ln_evidence(better: Arm, worse: Arm, proportion: bool) -> f64 {
    let share = better.seen / (better.seen + worse.seen);
    if !(share > 0.0 && share < 1.0) {
        return 0.0;
    }
    let middles = if proportion { &MIDDLES[..] } else { &[(0.0, 1.0)] };
    let mut terms = Vec::with_capacity(middles.len() * DIFFERENCES as usize);
    for &(middle, weight) in middles {
        for step in 0..DIFFERENCES {
            let difference = SMALLEST * GROWTH.powi(step);
            let weight = weight / (1.0 + (difference / USUAL).ln().powi(2));
            terms.push((weight, Bet::new(difference, middle, share).ln_gain(better, worse)));
        }
    }
    ln_mean(&terms)
}

/// The logarithms of the four ratios of S.
struct Bet {
    acted_better: f64,
    acted_worse: f64,
    left_better: f64,
    left_worse: f64,
}

impl Bet {
    /// `θ_better` = θ₀ + (1−w) d and `θ_worse` = θ₀ − w d with d = rise · θ₀ (1−θ₀): the rise is about the logarithm of
    /// the odds ratio where the arms are of one size, and both rates stay between 0 and 1.
    fn new(ln_ratio: f64, middle: f64, share: f64) -> Self {
        let rise = (ln_ratio / 2.0).tanh() / share.max(1.0 - share);
        let difference = rise * (1.0 - middle);
        let fall = rise * middle;
        Self {
            acted_better: ((1.0 - share) * difference).ln_1p(),
            acted_worse: (-share * difference).ln_1p(),
            left_better: (-(1.0 - share) * fall).ln_1p(),
            left_worse: (share * fall).ln_1p(),
        }
    }

    /// ln S of these counts. Those who did not act say nothing where θ₀ is 0, and are not known for rates that may
    /// pass 1.
    fn ln_gain(&self, better: Arm, worse: Arm) -> f64 {
        let acted = better.acted * self.acted_better + worse.acted * self.acted_worse;
        if self.left_better == 0.0 {
            return acted;
        }
        acted + (better.seen - better.acted) * self.left_better + (worse.seen - worse.acted) * self.left_worse
    }
}

/// ln of the weighted mean of eᵗ, without overflow.
fn ln_mean(terms: &[(f64, f64)]) -> f64 {
    let most = terms.iter().map(|term| term.1).fold(f64::NEG_INFINITY, f64::max);
    let (mut weights, mut sum) = (0.0, 0.0);
    for (weight, term) in terms {
        weights += weight;
        sum += weight * (term - most).exp();
    }
    most + (sum / weights).ln()
}
