//! Tests and tactics on paper.

use std::sync::Arc;

use crate::engine::{Analysis, SplitResult, TacticWorth, TestResult, TrialResult, tests};
use crate::plan::{Link, Plan, Test, printable};

use super::super::figures::{Column, Part, Table};
use super::super::format::{self, known, money, multiple, probability};
use super::super::words;
use super::{Said, SplitInputs, split, trial, verdict};

/// The plan's tests: a table of trials, one of split tests, then why each verdict is what it is.
pub fn parts(plan: &Plan, analysis: &Analysis) -> Vec<Part> {
    let results = tests(plan, analysis);
    let mut parts = Vec::new();
    parts.extend(trials(plan, &results).map(Part::Table));
    parts.extend(splits(plan, &results).map(Part::Table));
    for (test, result) in plan.tests.iter().zip(&results) {
        parts.push(Part::Line(format!("{}: {}.", printable(test.name()), verdict(result))));
        parts.push(Part::List(told(plan, analysis, test, result).into_iter().map(sentence).collect()));
    }
    parts
}

fn told(plan: &Plan, analysis: &Analysis, test: &Test, result: &TestResult) -> Vec<Said> {
    match (test, result) {
        (Test::Trial(each), TestResult::Trial(result)) => {
            let mut said = trial::trial(plan, each, result);
            if result.counts.is_none() {
                said.extend(trial::planning(each, result));
            }
            said
        }
        (Test::Split(each), TestResult::Split(result)) => {
            split::split(plan, analysis, each, result, SplitInputs::default())
        }
        _ => Vec::new(),
    }
}

fn sentence(said: Said) -> String {
    if said.label.is_empty() { said.text } else { format!("{}: {}", said.label.trim_end_matches('?'), said.text) }
}

fn trials(plan: &Plan, results: &[Arc<TestResult>]) -> Option<Table> {
    let rows: Vec<Vec<String>> = results
        .iter()
        .filter_map(|result| match result.as_ref() {
            TestResult::Trial(trial) => Some(trial_row(plan, trial, result)),
            TestResult::Split(_) => None,
        })
        .collect();
    let columns = vec![
        Column::words("Trial"),
        Column::words("State"),
        Column::words("Verdict"),
        Column::number("Multiple"),
        Column::number("80% interval"),
        Column::number("Pays"),
        Column::number(format!("Reaches {}", multiple(plan.brief.goals.target_multiple))),
        Column::number("Spent"),
        Column::number("Budget"),
        Column::number("Deals"),
        Column::number("Still to spend"),
    ];
    (!rows.is_empty()).then_some(Table::new(columns, rows).titled("Trials: does the channel pay?"))
}

fn trial_row(plan: &Plan, trial: &TrialResult, result: &TestResult) -> Vec<String> {
    let judged = trial.judgement.as_ref().ok();
    let channel = trial.channel.and_then(|at| plan.channels.get(at)).map(|channel| channel.name.as_str());
    let name = match channel.filter(|channel| !trial.name.contains(channel)) {
        Some(channel) => format!("{} ({})", printable(&trial.name), printable(channel)),
        None => printable(&trial.name).into_owned(),
    };
    vec![
        name,
        super::trial::state(trial).to_owned(),
        verdict(result),
        known(judged.map(|each| each.mean), multiple),
        judged
            .map_or_else(|| format::BLANK.to_owned(), |each| format!("{}–{}", multiple(each.low), multiple(each.high))),
        known(judged.map(|each| each.p_pays), probability),
        known(judged.map(|each| each.p_target), probability),
        known(trial.spend, money),
        money(trial.budget),
        known(trial.deals, format::count),
        known(judged.and_then(|each| each.still_to_spend), money),
    ]
}

fn splits(plan: &Plan, results: &[Arc<TestResult>]) -> Option<Table> {
    let rows: Vec<Vec<String>> = results
        .iter()
        .filter_map(|result| match result.as_ref() {
            TestResult::Split(split) => Some(split_row(plan, split, result)),
            TestResult::Trial(_) => None,
        })
        .collect();
    let columns = vec![
        Column::words("Split test"),
        Column::words("Link"),
        Column::words("Verdict"),
        Column::number("B better"),
        Column::number("Lift"),
        Column::number("95% interval"),
        Column::number("p"),
    ];
    (!rows.is_empty()).then_some(Table::new(columns, rows).titled("Split tests: is B better than A?"))
}

fn split_row(plan: &Plan, split: &SplitResult, result: &TestResult) -> Vec<String> {
    let found = split.comparison.as_ref().ok();
    let percent = |value| format::signed(value, format::percent);
    let channel = split.channel.and_then(|at| plan.channels.get(at)).map(|channel| printable(&channel.name));
    let name = printable(&split.name);
    vec![
        channel
            .filter(|channel| !name.contains(channel.as_ref()))
            .map_or_else(|| name.to_string(), |channel| format!("{name} ({channel})")),
        split.link.title().to_owned(),
        verdict(result),
        known(found.map(|each| each.p_better), probability),
        known(found.and_then(|each| each.lift), percent),
        found.map_or_else(
            || format::BLANK.to_owned(),
            |each| format!("{} to {}", percent(each.lift_low), percent(each.lift_high)),
        ),
        known(found.and_then(|each| each.p_value), format::p_value),
    ]
}

/// The plan's tactics: a table of what each is worth, then what each did and what its split tests say.
pub fn tactic_parts(plan: &Plan, analysis: &Analysis) -> Vec<Part> {
    let mut parts = vec![Part::Table(tactics(plan, analysis))];
    let mut did = Vec::new();
    for tactic in &plan.tactics {
        let known = super::tactic::before_after(plan, analysis, tactic).into_iter();
        let known: Vec<String> = known.chain(super::tactic::evidence(plan, tactic)).map(sentence).collect();
        if !known.is_empty() {
            did.push(format!("{}: {}", printable(&tactic.title), known.join(" ")));
        }
    }
    if !did.is_empty() {
        parts.push(Part::List(did));
    }
    parts
}

fn tactics(plan: &Plan, analysis: &Analysis) -> Table {
    let columns = vec![
        Column::words("Tactic"),
        Column::words("Link"),
        Column::words("Channel"),
        Column::words("State"),
        Column::words("Owner"),
        Column::words("Due"),
        Column::number("Expected"),
        Column::number(format!("Gain {}", words::per_period(plan.brief.cadence))),
        Column::number("Costs"),
        Column::number(format!("Payback, {}s", plan.brief.cadence.key())),
    ];
    let rows = plan.tactics.iter().map(|tactic| {
        let worth = TacticWorth::of(plan, tactic, analysis);
        vec![
            printable(&tactic.title).into_owned(),
            tactic.link.title().to_owned(),
            tactic.channel.as_deref().map_or_else(|| "all".to_owned(), |name| printable(name).into_owned()),
            tactic.state.key().to_owned(),
            printable(&tactic.owner).into_owned(),
            tactic.due.map_or_else(String::new, |day| day.to_string()),
            known(tactic.expected, |rate| expected(tactic.link.link(), rate)),
            known(worth.gain, |gain| words::gain(analysis.improve.unit, gain)),
            known(worth.cost, money),
            known(worth.payback, format::count),
        ]
    });
    Table::new(columns, rows.collect())
}

/// The rate that a tactic should bring, as it is typed: of Invest the cost per method.
fn expected(link: Option<Link>, rate: f64) -> String {
    match link {
        Some(Link::Invest) | None => money(rate),
        Some(link) => super::split::rate_text(link, rate),
    }
}
