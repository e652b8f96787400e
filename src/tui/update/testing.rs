//! What actions do in Tests: trials and split tests are made, started, ended, moved, deleted.

use std::sync::Arc;

use super::super::action::Action;
use super::super::sheet::Subject;
use super::super::state::{PromptFor, Question, State, TestsState};
use super::{browse, decide, dialog, edit, prompt, refuse, say, sheet};
use crate::engine::TestResult;
use crate::plan::{Edit, Lever, Link, ListEdit, Plan, Split, Test, Trial};

/// How far the columns can be scrolled.
const COLUMNS: usize = 9;

pub(super) fn act(state: &mut State, action: Action) {
    if state.sheet.is_some() && !matches!(action, Action::Decide) {
        return sheet::act(state, action);
    }
    let last = state.plan().map_or(0, |plan| plan.tests.len()).saturating_sub(1);
    let (page, limit) = (state.learned.page.max(2) - 1, state.learned.scroll_limit);
    let row = state.tests.row;
    match action {
        Action::Up => to(state, row.saturating_sub(1)),
        Action::Down => to(state, (row + 1).min(last)),
        Action::Home | Action::First => to(state, 0),
        Action::End | Action::Last => to(state, last),
        Action::PageUp => state.tests.scroll = state.tests.scroll.saturating_sub(page),
        Action::PageDown => state.tests.scroll = (state.tests.scroll + page).min(limit),
        Action::Left => state.tests.column = state.tests.column.saturating_sub(1),
        Action::Right => state.tests.column = (state.tests.column + 1).min(COLUMNS),
        Action::Add => add(state),
        Action::Edit => with_chosen(state, |state, at| sheet::open(state, Subject::Test(at))),
        Action::Rename => with_chosen(state, rename),
        Action::Delete => with_chosen(state, delete),
        Action::Toggle => with_chosen(state, start_or_end),
        Action::Decide => with_chosen(state, decide::ask),
        Action::MoveUp => with_chosen(state, |state, at| shift(state, at, false)),
        Action::MoveDown => with_chosen(state, |state, at| shift(state, at, true)),
        other => browse::nothing(state, other),
    }
}

pub(super) fn to(state: &mut State, row: usize) {
    state.tests.row = row;
    state.tests.scroll = 0;
}

/// Keeps the cursor within the list.
pub(super) fn settle(state: &mut State) {
    let last = state.plan().map_or(0, |plan| plan.tests.len()).saturating_sub(1);
    state.tests.row = state.tests.row.min(last);
}

fn with_chosen(state: &mut State, what: impl FnOnce(&mut State, usize)) {
    match state.plan().and_then(|plan| state.tests.chosen(plan)) {
        Some(at) => what(state, at),
        None => refuse(state, "there is no test yet: a plans one"),
    }
}

/// Puts the cursor on the test in that place of the plan.
pub(super) fn show(state: &mut State, at: usize) {
    let row = state.plan().and_then(|plan| TestsState::order(plan).iter().position(|place| *place == at));
    to(state, row.unwrap_or(0));
}

fn add(state: &mut State) {
    let Some(document) = super::writable(state) else { return };
    if document.plan().channels.is_empty() {
        return refuse(state, "a test needs a channel: C, then a adds one");
    }
    dialog::ask(state, Question::NewTest);
}

/// A trial of the channel under the table's cursor, planned with as much as is enough to tell whether it pays.
pub(super) fn add_trial(state: &mut State) {
    let Some(plan) = state.plan() else { return };
    let at = state.channels.channel().unwrap_or(0);
    let Some(channel) = plan.channels.get(at) else { return };
    let name = free_name(plan, &format!("Trial of {}", channel.name));
    let mut trial = Trial::new(name, channel.name.clone(), 0.0);
    if let Some(analysis) = state.analysis() {
        let planning = crate::engine::TrialResult::of(plan, &trial, &analysis.total).planning;
        trial.budget = planning.and_then(|planning| planning.enough).map_or(0.0, f64::ceil);
    }
    insert(state, Test::Trial(trial));
}

/// A split test of the link that is most worth improving.
pub(super) fn add_split(state: &mut State) {
    let Some(plan) = state.plan() else { return };
    let chosen = state.analysis().and_then(|analysis| state.improve.chosen(plan, analysis));
    let link = chosen.and_then(Lever::link).filter(|link| Link::COUNTED.contains(link)).unwrap_or(Link::Consult);
    let name = free_name(plan, &format!("Split test of {}", link.title()));
    insert(state, Test::Split(Split::new(name, link)));
}

/// The name itself, or with the first number that is free.
fn free_name(plan: &Plan, name: &str) -> String {
    let taken = |name: &str| plan.tests.iter().any(|test| test.name() == name);
    let mut numbered = (2..).map(|number| format!("{name} {number}"));
    if taken(name) { numbered.find(|name| !taken(name)).unwrap_or_default() } else { name.to_owned() }
}

/// Puts a new test last, and opens its sheet.
fn insert(state: &mut State, test: Test) {
    let Some(at) = state.plan().map(|plan| plan.tests.len()) else { return };
    let done = format!("{} added", test.name());
    if edit(state, &Edit::Test(ListEdit::Insert { at, item: Arc::new(test) }), done) {
        show(state, at);
        sheet::open(state, Subject::Test(at));
        say(state, "planned: Enter edits a field, Esc leads back to the list, Space there starts it");
    }
}

fn test(state: &State, at: usize) -> Option<Arc<Test>> {
    state.plan()?.tests.get(at).map(Arc::clone)
}

fn rename(state: &mut State, at: usize) {
    if let Some(test) = test(state, at).filter(|_| super::writable(state).is_some()) {
        prompt::ask(state, PromptFor::RenameTest(at), test.name().to_owned());
    }
}

/// The test under another name.
pub(super) fn renamed(test: &Test, name: &str) -> Test {
    let mut test = test.clone();
    match &mut test {
        Test::Trial(trial) => name.clone_into(&mut trial.name),
        Test::Split(split) => name.clone_into(&mut split.name),
    }
    test
}

fn delete(state: &mut State, at: usize) {
    let Some(test) = test(state, at) else { return };
    let done = format!("{} deleted", test.name());
    if edit(state, &Edit::Test(ListEdit::Remove { at }), done.clone()) {
        say(state, format!("{done}: u brings it back"));
    }
}

/// A planned test starts today, a running one ends today, an ended one goes on.
fn start_or_end(state: &mut State, at: usize) {
    let Some(test) = test(state, at) else { return };
    let today = state.today;
    let (started, ended, decided) = match test.as_ref() {
        Test::Trial(trial) => (trial.started, trial.ended, trial.decision.is_some()),
        Test::Split(split) => (split.started, split.ended, split.decision.is_some()),
    };
    if decided {
        return refuse(state, "it is decided: Enter opens it, where the decision can be taken back");
    }
    let (started, ended, word) = match (started, ended) {
        (None, _) => (Some(today), None, "started today"),
        (Some(day), None) if day > today => return refuse(state, format!("it starts on {day}: Enter changes that")),
        (Some(day), None) => (Some(day), Some(today), "ended today: c writes down the decision"),
        (Some(day), Some(_)) => (Some(day), None, "goes on"),
    };
    let after = match test.as_ref() {
        Test::Trial(trial) => {
            Test::Trial(sheet::completed_trial(state, at, trial, &Trial { started, ended, ..trial.clone() }))
        }
        Test::Split(split) => Test::Split(Split { started, ended, ..split.clone() }),
    };
    let done = format!("{} {word}", test.name());
    if edit(state, &Edit::Test(ListEdit::Replace { at, item: Arc::new(after) }), done.clone()) {
        say(state, done);
    }
}

/// Moves a test among those of its kind.
fn shift(state: &mut State, at: usize, down: bool) {
    let Some(plan) = state.plan() else { return };
    let kind = |at: usize| matches!(plan.tests[at].as_ref(), Test::Trial(_));
    let name = plan.tests[at].name().to_owned();
    let order: Vec<usize> = (0..plan.tests.len()).filter(|&other| kind(other) == kind(at)).collect();
    let place = order.iter().position(|&other| other == at).unwrap_or(0);
    let target = if down { order.get(place + 1) } else { place.checked_sub(1).and_then(|place| order.get(place)) };
    let Some(&target) = target else {
        return refuse(state, format!("{name} is the {} already", if down { "last" } else { "first" }));
    };
    let done = format!("{name} moved {}", if down { "down" } else { "up" });
    if edit(state, &Edit::Test(ListEdit::Move { from: at, to: target }), done.clone()) {
        show(state, target);
        say(state, done);
    }
}

/// The result of the test in that place.
pub(super) fn result(state: &State, at: usize) -> Option<Arc<TestResult>> {
    state.document.as_ref()?.tests().get(at).map(Arc::clone)
}
