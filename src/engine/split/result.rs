//! One split test: what its counts say.

use crate::plan::{Link, Plan, Split, Test, Tested};

use super::evidence::{Arm, ln_evidence};
use super::lift::lift_quantile;
use super::posterior::Posterior;
use super::size;

/// The variant is adopted only while choosing it wrongly would cost less than this share of the control's rate.
const TOLERABLE_LOSS: f64 = 0.01;
/// Below this p the shares are not what was set: something is wrong with how people were told apart.
const RATIO_ALARM: f64 = 0.001;

/// What a split test says of its variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SplitVerdict {
    /// The variant is better, or as good as that.
    Adopt,
    /// The variant is worse.
    Drop,
    /// Not known yet.
    KeepTesting,
}

impl SplitVerdict {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Adopt => "adopt",
            Self::Drop => "drop",
            Self::KeepTesting => "keep testing",
        }
    }
}

/// Why a split test has no figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitBlank {
    /// An arm was seen by nobody.
    NobodySaw,
    /// More acted than saw it, of a rate that cannot pass 1.
    MoreActedThanSaw,
    /// The link has no rate that is counted.
    NotCounted,
}

impl SplitBlank {
    /// What to do about it, in words.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NobodySaw => "one of the two was seen by nobody yet",
            Self::MoreActedThanSaw => "more acted than saw it; check the counts",
            Self::NotCounted => "only Depth, Consult, Close, Repurchase and Refer can be split-tested",
        }
    }
}

/// Two arms of one link compared: rates as counted by the posterior, losses in units of the rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Posterior mean rate of the control.
    pub control: f64,
    /// Posterior mean rate of the variant.
    pub variant: f64,
    /// P(B > A), 0..=1.
    pub p_better: f64,
    /// ln P(B > A), exact where the number is long 0 or 1.
    pub ln_p_better: f64,
    /// ln P(A > B).
    pub ln_p_worse: f64,
    /// Expected loss of choosing the variant, E[max(0, A − B)].
    pub loss_variant: f64,
    /// Expected loss of choosing the control, E[max(0, B − A)].
    pub loss_control: f64,
    /// Rate of B as counted / rate of A as counted − 1; `None` where nobody acted on A.
    pub lift: Option<f64>,
    /// 2.5 % quantile of B/A − 1.
    pub lift_low: f64,
    /// 97.5 % quantile of B/A − 1.
    pub lift_high: f64,
    /// Two-sided p of the pooled z-test; `None` where nobody or everybody acted.
    pub p_value: Option<f64>,
    /// ln of the evidence that stays valid at every look, that B beats A.
    pub ln_evidence_better: f64,
    /// ln of the evidence that stays valid at every look, that A beats B.
    pub ln_evidence_worse: f64,
}

impl Comparison {
    /// `control` and `variant` on `link`; counts may be fractional.
    ///
    /// Consult and Close have Beta(x+1, n−x+1) posteriors, rates that may pass 1 Gamma(x+1, n+1).
    ///
    /// # Errors
    /// Why there is nothing to compare.
    pub fn of(link: Link, control: Tested, variant: Tested) -> Result<Self, SplitBlank> {
        if !Link::COUNTED.contains(&link) {
            return Err(SplitBlank::NotCounted);
        }
        let proportion = link.is_proportion();
        let (control, variant) = (arm(control), arm(variant));
        for arm in [control, variant] {
            if !(arm.seen > 0.0 && arm.seen.is_finite() && arm.acted.is_finite()) {
                return Err(SplitBlank::NobodySaw);
            }
            if proportion && arm.acted > arm.seen {
                return Err(SplitBlank::MoreActedThanSaw);
            }
        }
        let (a, b) = (posterior(control, proportion), posterior(variant, proportion));
        let (better, worse) = (b.beats(&a), a.beats(&b));
        let p_better = if better.ln_p < worse.ln_p { better.ln_p.exp() } else { -worse.ln_p.exp_m1() };
        let lift = variant.acted * control.seen / (control.acted * variant.seen) - 1.0;
        Ok(Self {
            control: a.mean(),
            variant: b.mean(),
            p_better: p_better.clamp(0.0, 1.0),
            ln_p_better: better.ln_p.min(0.0),
            ln_p_worse: worse.ln_p.min(0.0),
            loss_variant: worse.excess,
            loss_control: better.excess,
            lift: lift.is_finite().then_some(lift),
            lift_low: lift_quantile(&a, &b, 0.025),
            lift_high: lift_quantile(&a, &b, 0.975),
            p_value: size::z_test(control, variant, proportion),
            ln_evidence_better: ln_evidence(variant, control, proportion),
            ln_evidence_worse: ln_evidence(control, variant, proportion),
        })
    }

    /// The likely verdict at the confidence `q`: adopt when P ≥ q and the variant's expected loss is under 1 % of the
    /// control's rate, drop when P ≤ 1 − q.
    pub fn likely(&self, confidence: f64) -> SplitVerdict {
        let hardly = (-confidence).ln_1p();
        if self.ln_p_better <= hardly {
            SplitVerdict::Drop
        } else if self.ln_p_worse <= hardly && self.loss_variant < TOLERABLE_LOSS * self.control {
            SplitVerdict::Adopt
        } else {
            SplitVerdict::KeepTesting
        }
    }

    /// True where evidence that stays valid however often one looks says the verdict too.
    pub fn is_firm(&self, confidence: f64, verdict: SplitVerdict) -> bool {
        let enough = -(-confidence).ln_1p();
        match verdict {
            SplitVerdict::Adopt => self.ln_evidence_better >= enough,
            SplitVerdict::Drop => self.ln_evidence_worse >= enough,
            SplitVerdict::KeepTesting => false,
        }
    }
}

fn arm(tested: Tested) -> Arm {
    Arm { seen: tested.seen, acted: tested.acted }
}

fn posterior(arm: Arm, proportion: bool) -> Posterior {
    if proportion {
        Posterior::Beta { a: arm.acted + 1.0, b: arm.seen - arm.acted + 1.0 }
    } else {
        Posterior::Gamma { shape: arm.acted + 1.0, rate: arm.seen + 1.0 }
    }
}

/// A split test of a plan with everything that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitResult {
    /// The test's name.
    pub name: String,
    /// The link that is tested.
    pub link: Link,
    /// Its channel's place in the plan; `None` for all channels.
    pub channel: Option<usize>,
    /// True where a decision was written down.
    pub decided: bool,
    /// What its counts say, or why they say nothing.
    pub comparison: Result<Comparison, SplitBlank>,
    /// The likely verdict.
    pub verdict: SplitVerdict,
    /// True where the verdict stays valid however often one looks.
    pub firm: bool,
    /// The p of the check of the two denominators against the share that was set; `None` where nobody saw either.
    pub sample_ratio_p: Option<f64>,
    /// How many must see each variant for the lift that was seen to be found at 5 % with 80 % power.
    pub size_for_seen: Option<f64>,
    /// σ: how much two such variants' rates deviate, in units of the rate, by the plan's other split tests.
    pub usual_deviation: Option<f64>,
}

impl SplitResult {
    /// What follows from one split test of `plan`.
    pub fn of(plan: &Plan, split: &Split) -> Self {
        let comparison = Comparison::of(split.link, split.control, split.variant);
        let confidence = plan.brief.goals.confidence;
        let verdict = comparison.map_or(SplitVerdict::KeepTesting, |found| found.likely(confidence));
        let rate = |tested: Tested| tested.acted / tested.seen;
        Self {
            name: split.name.clone(),
            link: split.link,
            channel: split.channel.as_deref().and_then(|name| plan.channel_index(name)),
            decided: split.decision.is_some(),
            verdict,
            firm: comparison.is_ok_and(|found| found.is_firm(confidence, verdict)),
            sample_ratio_p: size::sample_ratio(arm(split.control), arm(split.variant), split.share),
            size_for_seen: size::sample_size(rate(split.control), rate(split.variant), split.link.is_proportion()),
            usual_deviation: comparison.ok().map(|found| found.control * usual_deviation(plan, Some(&split.name))),
            comparison,
        }
    }

    /// True where the two arms' shares are not what was set (p below 0.001): nothing else of the test can be trusted.
    pub fn ratio_is_off(&self) -> bool {
        self.sample_ratio_p.is_some_and(|p| p < RATIO_ALARM)
    }

    /// How many of each variant should see the test where `audience` are still to come (Test & Roll); `deviation` is
    /// the user's σ, else the usual one. `None` for rates that may pass 1.
    pub fn test_and_roll(&self, audience: f64, deviation: Option<f64>) -> Option<f64> {
        let rate = self.comparison.ok()?.control;
        size::test_and_roll(audience, rate, deviation.or(self.usual_deviation)?)
    }
}

/// What the rates of two variants deviate by, relative to the rate, by the plan's decided split tests other than the
/// one named.
pub fn usual_deviation(plan: &Plan, except: Option<&str>) -> f64 {
    size::usual_deviation(plan.tests.iter().filter_map(|test| match test.as_ref() {
        Test::Split(split) if split.decision.is_some() && Some(split.name.as_str()) != except => {
            Some((arm(split.control), arm(split.variant), split.link.is_proportion()))
        }
        _ => None,
    }))
}
