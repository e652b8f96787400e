//! The table that a view shows, as values for another program: what is exported and copied is what is seen, in its
//! order and with its filter, with all digits.

use super::columns::{self, Column};
use super::state::{Document, Row, State, TestsState, View};
use super::update::number_in;
use crate::engine::{Improve, Judgement, LinkRate, SplitResult, TacticWorth, TestResult, TrialResult};
use crate::plan::{Lever, Link, Stage, printable};
use crate::report::grid::{Grid, Value};
use crate::report::{shown, testing, words};

/// The table of the view in front; `None` where it shows none.
pub fn table(state: &State) -> Option<Grid> {
    let rows = match state.view {
        View::Plans => plans(state),
        View::Channels => channels(state, state.document.as_ref()?),
        View::Funnel => funnel(state.document.as_ref()?),
        View::Improve => improve(state, state.document.as_ref()?),
        View::Tests => tests(state.document.as_ref()?),
        View::Playbook => tactics(state, state.document.as_ref()?),
        View::Settings | View::Import => return None,
    };
    (rows.len() > 1).then_some(Grid { rows })
}

fn text(words: &str) -> Value {
    Value::Text(printable(words).into_owned())
}

fn headings<'a>(titles: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
    titles.into_iter().map(text).collect()
}

fn plans(state: &State) -> Vec<Vec<Value>> {
    let mut rows = vec![headings(["Plan", "Spend", "Multiple", "ROI", "Channels", "Changed"])];
    for row in state.plans.rows() {
        let Row::Plan(listed) = row else { continue };
        let content = listed.content.as_ref().ok();
        rows.push(vec![
            text(&listed.name),
            content.and_then(|found| found.spend).into(),
            content.and_then(|found| found.multiple).into(),
            content.and_then(|found| found.roi).into(),
            content.map(|found| found.channels as f64).into(),
            text(&listed.changed),
        ]);
    }
    rows
}

/// The rows that the filter leaves, in their order, and the totals at the foot.
fn channels(state: &State, document: &Document) -> Vec<Vec<Value>> {
    let plan = document.plan();
    let all: Vec<Column> = (0..columns::COUNT).map(columns::column).collect();
    let mut rows = vec![all.iter().map(|column| text(&column.title(&plan.brief))).collect()];
    for &at in &state.channels.order {
        let Some(channel) = plan.channels.get(at) else { continue };
        let note = document.editable().ok().and_then(|(layer, day)| channel.records(layer).get(day));
        rows.push(
            all.iter()
                .map(|column| match column {
                    Column::Name => text(&channel.name),
                    Column::Note => text(note.map_or("", |record| record.note())),
                    _ => number_in(document, at, *column).into(),
                })
                .collect(),
        );
    }
    let total = |column: &Column| match (column, document.variance()) {
        (Column::Name, _) => text("Total"),
        (_, Some(variance)) => variance.of_total(|figures| column.value(figures)).into(),
        (_, None) => column.value(&document.analysis().total).into(),
    };
    rows.push(all.iter().map(total).collect());
    rows
}

/// The factors with their amounts, then the links with their rates.
fn funnel(document: &Document) -> Vec<Vec<Value>> {
    let (plan, analysis) = (document.plan(), document.analysis());
    let unit = analysis.improve.unit;
    let mut rows = vec![headings(["Factor or link", "Number", "80% from", "80% to", "Coverage", "Which is"])];
    for stage in Stage::ALL {
        let number = shown::stage_number(&analysis.total, stage, unit);
        let name = text(shown::stage_name(&plan.brief, stage, unit));
        rows.push(vec![name, number.into(), None.into(), None.into(), None.into(), text("")]);
    }
    for link in Link::ALL {
        let rate = analysis.total.link(link);
        let interval = rate.interval();
        let number = if link == Link::Invest { analysis.total.cost_per_method() } else { rate.rate };
        rows.push(vec![
            text(link.title()),
            number.into(),
            interval.map(|interval| interval.0).into(),
            interval.map(|interval| interval.1).into(),
            rate.coverage.into(),
            text(words::rate_of(link, rate.per)),
        ]);
    }
    rows
}

/// The levers of the plan or of the chosen channel, in the order shown.
fn improve(state: &State, document: &Document) -> Vec<Vec<Value>> {
    let improve = &document.analysis().improve;
    let lift = format!("+{}", words::lift(improve.lift));
    let titles = ["Lever", "Rate", "Which is", "Reference", lift.as_str(), "+1 point", "Headroom", "Sure", "Coverage"];
    let mut rows = vec![headings(titles)];
    for lever in state.improve.levers(document.plan(), document.analysis()) {
        rows.extend(lever_row(state, document, improve, lever));
    }
    rows
}

fn lever_row(state: &State, document: &Document, improve: &Improve, lever: Lever) -> Option<Vec<Value>> {
    let rate_is = |per| lever.link().zip(per).map_or("", |(link, per)| words::rate_of(link, per));
    let coverage = |rate: Option<&LinkRate>| rate.and_then(|rate| rate.coverage);
    let analysis = document.analysis();
    Some(match state.improve.channel {
        None => {
            let found = improve.lever(lever)?;
            let gains = [found.gain_lift, found.gain_point, found.gain_headroom, found.sure, found.coverage];
            let start = [text(lever.title()), found.rate.into(), text(rate_is(found.per)), None.into()];
            start.into_iter().chain(gains.map(Value::from)).collect()
        }
        Some(channel) => {
            let found = improve.channel(channel)?.get(lever)?;
            let figures = &analysis.channels.get(channel)?.figures;
            let covered = coverage(lever.link().map(|link| figures.link(link)));
            let gains = [found.gain_lift, found.gain_point, found.gain_headroom, found.sure, covered];
            let reference = found.reference.map(|reference| reference.rate);
            let start = [text(lever.title()), found.rate.into(), text(rate_is(found.per)), reference.into()];
            start.into_iter().chain(gains.map(Value::from)).collect()
        }
    })
}

/// Trials, then split tests, as they are listed; what one kind does not have is blank.
fn tests(document: &Document) -> Vec<Vec<Value>> {
    let titles =
        ["Test", "Channel or link", "Verdict", "Mean multiple", "80% from", "80% to", "Pays", "Reaches target"];
    let more = ["Spent", "Deals", "Still to spend", "B better", "Lift", "95% from", "95% to", "p"];
    let mut rows = vec![headings(titles.into_iter().chain(more))];
    for at in TestsState::order(document.plan()) {
        let Some(result) = document.tests().get(at) else { continue };
        rows.push(match result.as_ref() {
            TestResult::Trial(trial) => trial_row(document, trial, result),
            TestResult::Split(split) => split_row(split, result),
        });
    }
    rows
}

fn trial_row(document: &Document, trial: &TrialResult, result: &TestResult) -> Vec<Value> {
    let judged = trial.judgement.as_ref().ok();
    let channel = trial.channel.and_then(|at| document.plan().channels.get(at));
    let of = |number: fn(&Judgement) -> f64| judged.map(number);
    let numbers = [
        of(|each| each.mean),
        of(|each| each.low),
        of(|each| each.high),
        of(|each| each.p_pays),
        of(|each| each.p_target),
        trial.spend,
        trial.deals,
        judged.and_then(|each| each.still_to_spend),
    ];
    let start = [text(&trial.name), text(channel.map_or("", |each| &each.name)), text(&testing::verdict(result))];
    start.into_iter().chain(numbers.into_iter().chain([None; 5]).map(Value::from)).collect()
}

fn split_row(split: &SplitResult, result: &TestResult) -> Vec<Value> {
    let found = split.comparison.as_ref().ok();
    let numbers = [
        found.map(|each| each.p_better),
        found.and_then(|each| each.lift),
        found.map(|each| each.lift_low),
        found.map(|each| each.lift_high),
        found.and_then(|each| each.p_value),
    ];
    let start = [text(&split.name), text(split.link.title()), text(&testing::verdict(result))];
    start.into_iter().chain([None; 8].into_iter().chain(numbers).map(Value::from)).collect()
}

/// The plan's tactics in the order shown, with what each is worth.
fn tactics(state: &State, document: &Document) -> Vec<Vec<Value>> {
    let (plan, analysis) = (document.plan(), document.analysis());
    let titles =
        ["Tactic", "Lever", "Channel", "State", "Owner", "Due", "Spend", "Hours", "Expected", "Gain", "Payback"];
    let mut rows = vec![headings(titles)];
    for at in state.playbook.order(plan, analysis) {
        let Some(tactic) = plan.tactics.get(at) else { continue };
        let worth = TacticWorth::of(plan, tactic, analysis);
        let due = tactic.due.map_or_else(String::new, |day| day.to_string());
        let words = [
            &tactic.title,
            tactic.link.title(),
            tactic.channel.as_deref().unwrap_or_default(),
            tactic.state.key(),
            &tactic.owner,
            &due,
        ];
        let numbers = [tactic.spend, tactic.hours, tactic.expected, worth.gain, worth.payback];
        rows.push(words.into_iter().map(text).chain(numbers.map(Value::from)).collect());
    }
    rows
}
