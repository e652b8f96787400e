//! Trials: does this channel pay? (model, "Trials: does this channel pay?")
//!
//! A trial of cost C that brought D deals, each worth g₁ of gross profit, has the multiple M = g₁ λ with the rate of
//! deals λ ~ Gamma(D + ½, C) (Jeffreys prior). Deals come as a Poisson process in money spent.
//!
//! A verdict is *likely* when the posterior says it, and *firm* when evidence that stays valid however often one
//! looks says it too: the mixture supermartingales of Robbins (*Statistical methods related to the law of the iterated
//! logarithm*, 1970) for the Poisson process, with an exponential prior on λ truncated at the rate in question; by
//! Ville's inequality they pass 1/(1−q) with probability 1−q at most, at whatever look.
//!
//! # What the two are worth
//!
//! 4,000 simulated trials of 60 daily looks each, half a g₁ of cost a day, T = 1.5, q = 0.9: the share in % that was
//! called so at any look. (`operating_characteristics` in the tests computes and holds them.)
//!
//! | true multiple | scale, likely | scale, firm | stop, likely | stop, firm |
//! | --- | --- | --- | --- | --- |
//! | 0.5 | 2.6 | 0.0 | 99.2 | 81.0 |
//! | 1 | 11.9 | 0.2 | 44.1 | 6.6 |
//! | 1.5 | 44.8 | 3.5 | 12.8 | 0.6 |
//! | 2 | 92.7 | 47.0 | 5.2 | 0.1 |
//! | 2.25 | 99.0 | 77.3 | 3.2 | 0.1 |
//! | 3 | 100.0 | 100.0 | 1.2 | 0.0 |
//!
//! So who looks daily and acts on the first likely verdict is fooled about one time in eight on a channel that only
//! breaks even; who waits for a firm one, hardly ever.

mod outlook;
mod planning;
mod result;

pub use outlook::{AtStake, Changes};
pub use planning::{Chance, Planning, days_at};
pub use result::{Judgement, TrialBlank, TrialResult, TrialState, gross_per_deal};
pub(super) use result::{Untested, untested};

use crate::plan::Goals;

use super::special::{gamma_quantile, ln_gamma_density, ln_gamma_pq};

/// More deals than this nobody expects; it keeps sums finite whatever was spent.
const MOST_EXPECTED: f64 = 1e12;

/// What a trial says of its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It reaches the target: spend more on it.
    Scale,
    /// It pays, and will not reach the target: improve its links.
    Hold,
    /// It does not pay: spend no more on it.
    Stop,
    /// Not known yet.
    KeepTesting,
}

impl Verdict {
    /// All four, the best first.
    pub const ALL: [Self; 4] = [Self::Scale, Self::Hold, Self::Stop, Self::KeepTesting];

    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Hold => "hold",
            Self::Stop => "stop",
            Self::KeepTesting => "keep testing",
        }
    }

    /// The rule that speaks for it, in words.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Scale => "it reaches the target with the confidence asked for, and has brought a deal",
            Self::Hold => "it pays with the confidence asked for, and will hardly reach the target",
            Self::Stop => "it will hardly pay",
            Self::KeepTesting => "neither is it sure enough that it pays, nor that it does not",
        }
    }
}

/// What a trial is judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// g₁: gross profit that one deal brings with it, currency, above 0.
    pub gross_per_deal: f64,
    /// T: the multiple of cost that is good enough, ≥ 1.
    pub target: f64,
    /// q: how sure a verdict must be, 0.5..1 exclusive.
    pub confidence: f64,
}

impl Terms {
    /// `None` where a deal brings nothing, so that nothing can be judged.
    pub fn new(gross_per_deal: f64, goals: &Goals) -> Option<Self> {
        (gross_per_deal.is_finite() && gross_per_deal > 0.0).then_some(Self {
            gross_per_deal,
            target: goals.target_multiple,
            confidence: goals.confidence,
        })
    }

    /// How many deals `cost` brings if the multiple is `multiple`.
    fn expected(&self, cost: f64, multiple: f64) -> f64 {
        (cost / self.gross_per_deal * multiple).min(MOST_EXPECTED)
    }

    /// The cost that brings so many deals if the multiple is `multiple`.
    fn cost_of(&self, expected: f64, multiple: f64) -> f64 {
        expected / multiple * self.gross_per_deal
    }

    /// ln P(M ≥ multiple) and ln P(M < multiple), cost > 0.
    fn ln_reaches(&self, cost: f64, deals: f64, multiple: f64) -> (f64, f64) {
        let (below, above) = ln_gamma_pq(deals + 0.5, self.expected(cost, multiple));
        (above, below)
    }

    /// P(M ≥ multiple), 0..=1; cost > 0.
    pub fn reaches(&self, cost: f64, deals: f64, multiple: f64) -> f64 {
        self.ln_reaches(cost, deals, multiple).0.exp()
    }

    /// The posterior mean of the multiple; cost > 0.
    pub fn mean(&self, cost: f64, deals: f64) -> f64 {
        self.gross_per_deal / cost * (deals + 0.5)
    }

    /// The multiple below which M lies with probability `p`, 0 < p < 1; cost > 0.
    pub fn quantile(&self, cost: f64, deals: f64, p: f64) -> f64 {
        self.gross_per_deal / cost * gamma_quantile(deals + 0.5, p)
    }

    /// ln q and ln(1 − q).
    fn ln_confidence(&self) -> (f64, f64) {
        (self.confidence.ln(), (-self.confidence).ln_1p())
    }

    /// The likely verdict; cost > 0.
    pub fn likely(&self, cost: f64, deals: f64) -> Verdict {
        let (sure, hardly) = self.ln_confidence();
        let pays = self.ln_reaches(cost, deals, 1.0).0;
        if pays <= hardly {
            return Verdict::Stop;
        }
        if deals < 1.0 || pays < sure {
            return Verdict::KeepTesting;
        }
        let reaches = self.ln_reaches(cost, deals, self.target).0;
        if reaches >= sure {
            Verdict::Scale
        } else if reaches <= hardly {
            Verdict::Hold
        } else {
            Verdict::KeepTesting
        }
    }

    /// ln `E_above`: evidence that M > multiple, valid at every look; cost > 0.
    ///
    /// With z = (C + b) λ₀ = C λ₀ + 1 and a = D + 1 the model's product is Q(a, z) / (zᵃ e⁻ᶻ / Γ(a)).
    pub fn ln_evidence_above(&self, cost: f64, deals: f64, multiple: f64) -> f64 {
        let (a, z) = (deals + 1.0, self.expected(cost, multiple) + 1.0);
        ln_gamma_pq(a, z).1 - ln_gamma_density(a, z)
    }

    /// ln `E_below`: evidence that M < multiple, valid at every look; cost > 0.
    ///
    /// With z and a as above it is P(a, z) / (zᵃ e⁻ᶻ / Γ(a)) / (e − 1).
    pub fn ln_evidence_below(&self, cost: f64, deals: f64, multiple: f64) -> f64 {
        let (a, z) = (deals + 1.0, self.expected(cost, multiple) + 1.0);
        ln_gamma_pq(a, z).0 - ln_gamma_density(a, z) - 1f64.exp_m1().ln()
    }

    /// True where evidence that stays valid however often one looks says the likely verdict too.
    pub fn is_firm(&self, cost: f64, deals: f64, verdict: Verdict) -> bool {
        let enough = -self.ln_confidence().1;
        let above = |multiple| self.ln_evidence_above(cost, deals, multiple) >= enough;
        let below = |multiple| self.ln_evidence_below(cost, deals, multiple) >= enough;
        match verdict {
            Verdict::Scale => above(self.target),
            Verdict::Stop => below(1.0),
            Verdict::Hold => above(1.0) && below(self.target),
            Verdict::KeepTesting => false,
        }
    }
}

#[cfg(test)]
mod tests;
