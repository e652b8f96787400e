//! What is told of tests and tactics, the same on paper and on screen: verdicts with their reasons, what would change
//! them, what is at stake, and what a test still needs.

mod split;
mod tables;
mod tactic;
mod trial;

pub use split::{SplitInputs, rate_text as rate, split, state as split_state};
pub use tables::{parts, tactic_parts};
pub use tactic::{evidence, tactic};
pub use trial::{planning, state, trial};

use super::Said;
use crate::engine::{SplitVerdict, TestResult, Verdict};

/// "stop, firm", "scale, likely", "keep testing".
pub fn verdict(result: &TestResult) -> String {
    let open = match result {
        TestResult::Trial(trial) => trial.verdict == Verdict::KeepTesting,
        TestResult::Split(split) => split.verdict == SplitVerdict::KeepTesting,
    };
    match (open, result.is_firm()) {
        (true, _) => result.verdict().to_owned(),
        (false, true) => format!("{}, firm", result.verdict()),
        (false, false) => format!("{}, likely", result.verdict()),
    }
}

/// How verdicts come about, for whoever asks.
pub const RULES: [&str; 4] = [
    "A trial's multiple is what a deal brings × the rate of deals in money spent (Gamma posterior, Jeffreys prior). \
     Scale: it reaches the target with the confidence asked for. Hold: it pays, and hardly reaches the target. Stop: it \
     hardly pays.",
    "A split test compares two Beta posteriors exactly. Adopt: B is better with the confidence asked for, and would \
     cost under 1% of A's rate if that were wrong. Drop: B is hardly better.",
    "Likely: the posterior says so now. Who looks daily sees such a verdict too often by chance.",
    "Firm: evidence that stays valid at every look (a supermartingale, by Ville's inequality) says so too.",
];

/// What a likely verdict is worth, and what a firm one.
fn how_firm(open: bool, firm: bool) -> String {
    match (open, firm) {
        (true, _) => {
            "no verdict yet. A likely one will be right for one look that was planned before, a firm one however often \
             one looks."
        }
        (false, true) => "yes: it holds however often one looked, and may be acted on now.",
        (false, false) => {
            "not yet: the likely verdict is right for one look that was planned before. Who looks daily and acts on the \
             first likely verdict is fooled about one time in eight on something that only breaks even."
        }
    }
    .to_owned()
}
