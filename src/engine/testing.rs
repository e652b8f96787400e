//! The tests of a plan, each with what follows from it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Channel, Economics, Field, Goals, Link, Plan, Records, Test};

use super::analysis::Analysis;
use super::split::{SplitResult, usual_deviation};
use super::trial::{TrialResult, gross_per_deal};

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
pub fn tests(plan: &Plan, analysis: &Analysis) -> Vec<Arc<TestResult>> {
    Tester::default().tests(plan, analysis)
}

/// Computes what follows from tests and remembers those that did not change.
#[derive(Debug, Default)]
pub struct Tester {
    /// By the test's address; each entry keeps its test alive, so that no address is used twice.
    known: HashMap<*const Test, Known>,
}

#[derive(Debug)]
struct Known {
    test: Arc<Test>,
    basis: Basis,
    result: Arc<TestResult>,
}

/// What a result rests on besides the test itself.
#[derive(Debug, Clone)]
enum Basis {
    Trial { channel: Option<(usize, Arc<Channel>)>, plan: Economics, goals: Goals, gross_per_deal: Option<f64> },
    Split { channel: Option<usize>, confidence: f64, deviation: f64 },
}

impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Trial { channel, plan, goals, gross_per_deal },
                Self::Trial { channel: of, plan: its, goals: aims, gross_per_deal: gross },
            ) => same(channel.as_ref(), of.as_ref()) && (plan, goals, gross_per_deal) == (its, aims, gross),
            (
                Self::Split { channel, confidence, deviation },
                Self::Split { channel: of, confidence: asked, deviation: usual },
            ) => (channel, confidence, deviation) == (of, asked, usual),
            _ => false,
        }
    }
}

/// The same channel, recognised by its pointer, in the same place.
fn same(left: Option<&(usize, Arc<Channel>)>, right: Option<&(usize, Arc<Channel>)>) -> bool {
    match (left, right) {
        (Some((at, channel)), Some((place, other))) => at == place && Arc::ptr_eq(channel, other),
        (left, right) => left.is_none() && right.is_none(),
    }
}

impl Basis {
    fn of(plan: &Plan, test: &Test, analysis: &Analysis) -> Self {
        match test {
            Test::Trial(trial) => {
                let place = plan.channel_index(&trial.channel);
                let channel = place.map(|at| (at, Arc::clone(&plan.channels[at])));
                let economics =
                    channel.as_ref().map_or(plan.brief.economics, |(_, channel)| plan.economics_of(channel));
                let gross_per_deal = trial.gross_per_deal.or_else(|| gross_per_deal(economics, &analysis.total));
                Self::Trial { channel, plan: plan.brief.economics, goals: plan.brief.goals, gross_per_deal }
            }
            Test::Split(split) => Self::Split {
                channel: split.channel.as_deref().and_then(|name| plan.channel_index(name)),
                confidence: plan.brief.goals.confidence,
                deviation: usual_deviation(plan, Some(&split.name)),
            },
        }
    }
}

impl Tester {
    /// As [`tests`].
    pub fn tests(&mut self, plan: &Plan, analysis: &Analysis) -> Vec<Arc<TestResult>> {
        let mut known = HashMap::with_capacity(plan.tests.len());
        let mut results = Vec::with_capacity(plan.tests.len());
        for test in &plan.tests {
            let basis = Basis::of(plan, test, analysis);
            let old = self.known.remove(&Arc::as_ptr(test)).filter(|old| old.basis == basis);
            let each = old.unwrap_or_else(|| {
                let result = match test.as_ref() {
                    Test::Trial(trial) => TestResult::Trial(Box::new(TrialResult::of(plan, trial, &analysis.total))),
                    Test::Split(split) => TestResult::Split(Box::new(SplitResult::of(plan, split))),
                };
                Known { test: Arc::clone(test), basis, result: Arc::new(result) }
            });
            results.push(Arc::clone(&each.result));
            known.insert(Arc::as_ptr(&each.test), each);
        }
        self.known = known;
        results
    }
}

/// How many a day come to the stage that a link starts from: the mean over the actual records that count it, of one
/// channel or of all active ones. `None` where it was never counted.
pub fn seen_a_day(plan: &Plan, channel: Option<usize>, link: Link) -> Option<f64> {
    let chosen = |at: usize| channel.map_or(plan.channels[at].active, |only| only == at);
    let channels = (0..plan.channels.len()).filter(|&at| chosen(at)).map(|at| &plan.channels[at].actual);
    let (mut seen, mut periods) = (0.0, BTreeSet::new());
    for (day, record) in channels.flat_map(Records::iter) {
        if let Some(count) = stage_above(link).and_then(|field| record.get(field)) {
            seen += count;
            periods.insert(day);
        }
    }
    let hours = |start: Date| Some(plan.brief.cadence.next(start)?.duration_since(start).as_hours());
    let days = periods.into_iter().filter_map(hours).sum::<i64>() / 24;
    (days > 0 && seen > 0.0).then(|| seen / days as f64)
}

/// The stage that those are counted at who can see a split test of the link: visitors for Consult, since a test shows
/// something to people, not to pages.
const fn stage_above(link: Link) -> Option<Field> {
    match link {
        Link::Depth | Link::Consult => Some(Field::Uv),
        Link::Close => Some(Field::Consults),
        Link::Repurchase | Link::Refer => Some(Field::Deals),
        Link::Invest | Link::Reach | Link::Value => None,
    }
}
