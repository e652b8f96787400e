//! What actions do in an open sheet: the fields of a test or a tactic.

use std::sync::Arc;

use tui_input::Input;

use super::super::action::Action;
use super::super::sheet::{Change, Context, Line, Subject};
use super::super::state::{FieldEdit, SheetState, State, Status, View};
use super::{Typed, browse, line, refuse};
use crate::engine::TestResult;
use crate::plan::{Edit, ListEdit, Plan, Tactic, TacticState, Test, Trial};
use crate::report::format::BLANK;

/// Opens the sheet of a test or a tactic.
pub(super) fn open(state: &mut State, subject: Subject) {
    state.sheet = Some(SheetState { subject, row: 0, editing: None });
}

/// What a sheet needs to know; `None` where no plan is open.
fn context(state: &State) -> Option<Context<'_>> {
    Some(Context { plan: state.plan()?, inputs: state.tests.inputs, today: state.today })
}

/// The fields of the open sheet; empty where there is none.
pub(crate) fn lines(state: &State) -> Vec<Line> {
    let lines = state.sheet.as_ref().and_then(|sheet| Some(context(state)?.lines(sheet.subject)));
    lines.unwrap_or_default()
}

/// The sheet of something that is gone, or of another view, is closed.
pub(super) fn settle(state: &mut State) {
    let Some(sheet) = &state.sheet else { return };
    let here = match sheet.subject {
        Subject::Test(_) => state.view == View::Tests,
        Subject::Tactic(_) => state.view == View::Playbook,
    };
    let fields = if here { lines(state).len() } else { 0 };
    if fields == 0 {
        state.sheet = None;
    } else if let Some(sheet) = &mut state.sheet {
        sheet.row = sheet.row.min(fields - 1);
    }
}

pub(super) fn act(state: &mut State, action: Action) {
    let last = lines(state).len().saturating_sub(1);
    let page = state.learned.page.max(2) - 1;
    let Some(sheet) = &mut state.sheet else { return };
    let row = &mut sheet.row;
    match action {
        Action::Up | Action::PreviousCell => *row = row.saturating_sub(1),
        Action::Down | Action::NextCell => *row = (*row + 1).min(last),
        Action::PageUp => *row = row.saturating_sub(page),
        Action::PageDown => *row = (*row + page).min(last),
        Action::Home | Action::First => *row = 0,
        Action::End | Action::Last => *row = last,
        Action::Left | Action::Right => {}
        Action::Edit => start(state, None),
        Action::Toggle => next(state),
        Action::Blank => take(state, ""),
        other => browse::nothing(state, other),
    }
}

fn current(state: &State) -> Option<Line> {
    let row = state.sheet.as_ref()?.row;
    lines(state).into_iter().nth(row)
}

/// The next of a few.
fn next(state: &mut State) {
    match current(state).and_then(|line| line.next) {
        Some(next) if super::writable(state).is_some() => take(state, &next),
        Some(_) => {}
        None => refuse(state, "Enter edits this"),
    }
}

/// Begins to edit the field under the cursor; of a few, the next is taken at once.
pub(super) fn start(state: &mut State, first: Option<char>) {
    let Some(field) = current(state) else { return };
    if super::writable(state).is_none() {
        return;
    }
    if field.choice {
        return next(state);
    }
    if first.is_some() && !field.number {
        return refuse(state, "words and days are edited by Enter");
    }
    let text = first.map_or(field.text, String::from);
    if let Some(sheet) = &mut state.sheet {
        sheet.editing = Some(FieldEdit { input: Input::new(text), error: None });
    }
}

/// Types into the field; false where none is being edited.
pub(super) fn typed(state: &mut State, what: &Typed) -> bool {
    let Some(sheet) = &mut state.sheet else { return false };
    let Some(editing) = &mut sheet.editing else { return false };
    let text = editing.input.value().to_owned();
    match what {
        Typed::Action(Action::PutBack) => sheet.editing = None,
        Typed::Action(Action::Take | Action::TakeRight | Action::Down) => take_and_go(state, &text, Action::Down),
        Typed::Action(Action::TakeLeft | Action::Up) => take_and_go(state, &text, Action::Up),
        _ => {
            editing.error = None;
            line::typed(&mut editing.input, what);
        }
    }
    true
}

fn take_and_go(state: &mut State, text: &str, way: Action) {
    take(state, text);
    if state.sheet.as_ref().is_some_and(|sheet| sheet.editing.is_none()) {
        act(state, way);
    }
}

/// Takes what was typed; where it is refused, the reason stands under the field and the text stays.
fn take(state: &mut State, text: &str) {
    let (Some(sheet), Some(field), Some(context)) = (&state.sheet, current(state), context(state)) else { return };
    let (subject, row) = (sheet.subject, sheet.row);
    let refused = match context.change(subject, row, text) {
        Err(reason) => Some(reason),
        Ok(Change::Inputs(inputs)) => {
            state.tests.inputs = inputs;
            None
        }
        Ok(Change::Edit(edit)) => {
            let edit = completed(state, *edit);
            let shown = |text: &str| if text.is_empty() { BLANK.to_owned() } else { text.to_owned() };
            let name = name_of(state.plan(), subject);
            let done = format!("{name} · {} {} → {}", field.title, shown(&field.text), shown(text.trim()));
            (!super::edit(state, &edit, done)).then(|| state.status.text().to_owned())
        }
    };
    let editing = state.sheet.as_mut().and_then(|sheet| sheet.editing.as_mut());
    match (refused, editing) {
        (Some(reason), Some(editing)) => {
            editing.error = Some(reason);
            state.status = Status::Quiet;
        }
        (Some(reason), None) => refuse(state, reason),
        (None, _) => {
            if let Some(sheet) = &mut state.sheet {
                sheet.editing = None;
            }
        }
    }
}

fn name_of(plan: Option<&Plan>, subject: Subject) -> String {
    let name = plan.and_then(|plan| match subject {
        Subject::Test(at) => Some(plan.tests.get(at)?.name().to_owned()),
        Subject::Tactic(at) => Some(plan.tactics.get(at)?.title.clone()),
    });
    name.unwrap_or_default()
}

/// The edit with what follows from it: a trial that starts fixes what a deal brings, counts that are typed begin with
/// those of the records, and what is decided or done has a day.
fn completed(state: &State, edit: Edit) -> Edit {
    let Some(plan) = state.plan() else { return edit };
    match edit {
        Edit::Test(ListEdit::Replace { at, item }) => {
            let item = match (item.as_ref(), plan.tests.get(at).map(Arc::as_ref)) {
                (Test::Trial(after), Some(Test::Trial(before))) => {
                    Arc::new(Test::Trial(completed_trial(state, at, before, after)))
                }
                (Test::Split(after), Some(Test::Split(before))) => {
                    let mut split = after.clone();
                    if before.decision.is_none() && split.decision.is_some() {
                        split.decided = split.decided.or(Some(state.today));
                    }
                    Arc::new(Test::Split(split))
                }
                _ => item,
            };
            Edit::Test(ListEdit::Replace { at, item })
        }
        Edit::Tactic(ListEdit::Replace { at, item }) => {
            let before = plan.tactics.get(at).map_or(TacticState::Idea, |tactic| tactic.state);
            Edit::Tactic(ListEdit::Replace { at, item: Arc::new(completed_tactic(state, before, &item)) })
        }
        other => other,
    }
}

/// A trial that starts fixes what a deal brings, so that evidence is not moved by what it measures.
pub(super) fn completed_trial(state: &State, at: usize, before: &Trial, after: &Trial) -> Trial {
    let result = state.document.as_ref().and_then(|document| document.tests().get(at)).map(Arc::as_ref);
    let mut trial = after.clone();
    let Some(TestResult::Trial(result)) = result else { return trial };
    if before.started.is_none() && trial.started.is_some() {
        trial.gross_per_deal = trial.gross_per_deal.or(result.gross_per_deal);
    }
    if before.counts.is_none() && trial.counts.as_ref().is_some_and(crate::plan::Record::is_empty) {
        trial.counts = result.counts.clone().or(trial.counts);
    }
    if before.decision.is_none() && trial.decision.is_some() {
        trial.decided = trial.decided.or(Some(state.today));
    }
    trial
}

/// A tactic that is done has the day on which it was.
pub(super) fn completed_tactic(state: &State, before: TacticState, after: &Tactic) -> Tactic {
    let mut tactic = after.clone();
    if before.is_open() && matches!(tactic.state, TacticState::Done | TacticState::Proven) {
        tactic.done = tactic.done.or(Some(state.today));
    }
    tactic
}
