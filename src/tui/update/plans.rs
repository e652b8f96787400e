//! What actions do in the list of plans.

use super::super::action::Action;
use super::super::effect::Source;
use super::super::state::{AfterSave, Listed, Mode, PromptFor, Question, Row, Scrolled, State};
use super::{browse, dialog, files, prompt, refuse};

pub(super) fn act(state: &mut State, action: Action) {
    let last = state.plans.rows().len().saturating_sub(1);
    let page = state.learned.page.max(2) - 1;
    let row = &mut state.plans.row;
    match action {
        Action::Up => *row = row.saturating_sub(1),
        Action::Down => *row = (*row + 1).min(last),
        Action::PageUp => *row = row.saturating_sub(page),
        Action::PageDown => *row = (*row + page).min(last),
        Action::Home | Action::First => *row = 0,
        Action::End | Action::Last => *row = last,
        Action::Left | Action::Right => {}
        Action::Edit => open(state),
        Action::Add => files::after_asking(state, AfterSave::NewPlan),
        Action::Duplicate => duplicate(state),
        Action::Rename => rename(state),
        Action::Delete => delete(state),
        Action::Filter => {
            let filter = state.plans.filter.clone();
            prompt::ask(state, PromptFor::Filter(filter.clone()), filter);
        }
        other => browse::nothing(state, other),
    }
}

/// Opens the plan under the cursor; of one that cannot be read, the full diagnosis.
fn open(state: &mut State) {
    match current(state) {
        None => {}
        Some(Ok(listed)) => match &listed.content {
            Ok(_) => files::open_after_asking(state, Source::File(listed.path)),
            Err(diagnosis) => {
                let lines = diagnosis.lines().map(str::to_owned).collect();
                let title = format!("{} cannot be read", listed.name);
                state.mode = Mode::Diagnosis(Scrolled { title, lines, scroll: 0 });
            }
        },
        Some(Err(())) => files::open_after_asking(state, Source::Example),
    }
}

/// The plan under the cursor; the built-in example is `Err`.
fn current(state: &State) -> Option<Result<Listed, ()>> {
    match state.plans.current()? {
        Row::Plan(listed) => Some(Ok(listed.clone())),
        Row::Example => Some(Err(())),
    }
}

fn is_being_opened(state: &State, listed: &Listed) -> bool {
    let opening = state.plans.opening.as_ref().map(|opening| &opening.source);
    let arrived = state.arrived.as_ref().and_then(|arrival| arrival.opened.lies.as_ref()).map(|(path, _)| path);
    opening == Some(&Source::File(listed.path.clone())) || arrived == Some(&listed.path)
}

fn duplicate(state: &mut State) {
    match current(state) {
        None => {}
        Some(Ok(listed)) => prompt::duplicate_plan(state, Source::File(listed.path), &listed.name),
        Some(Err(())) => prompt::propose(state, PromptFor::DuplicatePlan(Source::Example), "My campaign".to_owned()),
    }
}

fn rename(state: &mut State) {
    match current(state) {
        Some(Ok(listed)) if is_being_opened(state, &listed) => refuse(state, "this plan is being opened"),
        Some(Ok(listed)) if listed.content.is_ok() => {
            let open = state.document.as_ref().filter(|document| document.path() == Some(&listed.path));
            let name = open.map_or(listed.name, |document| document.plan().brief.name.clone());
            if open.is_none() || super::writable(state).is_some() {
                prompt::ask(state, PromptFor::RenamePlan(listed.path), name);
            }
        }
        Some(Ok(_)) => refuse(state, "this file cannot be read: Enter says why"),
        _ => refuse(state, "the built-in example keeps its name: D makes a copy"),
    }
}

fn delete(state: &mut State) {
    match current(state) {
        Some(Ok(listed)) => {
            let open = state.document.as_ref().is_some_and(|document| document.path() == Some(&listed.path));
            if open {
                return refuse(state, "this plan is open: open another one first");
            }
            if is_being_opened(state, &listed) {
                return refuse(state, "this plan is being opened");
            }
            dialog::ask(state, Question::DeletePlan { path: listed.path, name: listed.name });
        }
        _ => refuse(state, "the built-in example is part of the program"),
    }
}

/// The list was read: the cursor stays with its plan, or goes to the one that was just made.
pub(super) fn listed(state: &mut State, list: Vec<Listed>) {
    let wanted = state.plans.find.take().or_else(|| match state.plans.current() {
        Some(Row::Plan(listed)) => Some(listed.path.clone()),
        _ => state.document.as_ref().and_then(|document| document.path().cloned()),
    });
    let first_time = state.plans.list.is_none();
    state.plans.list = Some(list);
    let at = wanted.and_then(|wanted| {
        let rows = state.plans.rows();
        rows.iter().position(|row| matches!(row, Row::Plan(listed) if listed.path == wanted))
    });
    if let Some(at) = at {
        state.plans.row = at;
    } else if first_time {
        state.plans.row = 0;
    }
}
