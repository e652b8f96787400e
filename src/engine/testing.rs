//! The tests of a plan, each with what follows from it.

use crate::plan::{Plan, Test};

use super::analysis::Analysis;
use super::split::SplitResult;
use super::trial::TrialResult;

/// What follows from one test of a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum TestResult {
    /// Of a trial.
    Trial(Box<TrialResult>),
    /// Of a split test.
    Split(Box<SplitResult>),
}

impl TestResult {
    /// The test's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Trial(trial) => &trial.name,
            Self::Split(split) => &split.name,
        }
    }

    /// The word of the likely verdict.
    pub fn verdict(&self) -> &'static str {
        match self {
            Self::Trial(trial) => trial.verdict.key(),
            Self::Split(split) => split.verdict.key(),
        }
    }

    /// True where the verdict stays valid however often one looks.
    pub fn is_firm(&self) -> bool {
        match self {
            Self::Trial(trial) => trial.firm,
            Self::Split(split) => split.firm,
        }
    }
}

/// All tests of `plan` in its order. `analysis` gives the pooled rates where a trial has not fixed what a deal brings;
/// trials count from the actual records, whatever is chosen in it.
pub fn tests(plan: &Plan, analysis: &Analysis) -> Vec<TestResult> {
    plan.tests
        .iter()
        .map(|test| match test.as_ref() {
            Test::Trial(trial) => TestResult::Trial(Box::new(TrialResult::of(plan, trial, &analysis.total))),
            Test::Split(split) => TestResult::Split(Box::new(SplitResult::of(plan, split))),
        })
        .collect()
}
