//! Importing: what a key changes in the preview, row by row; each change is read anew at once.

use super::super::import::change::Change;
use super::super::import::choices::{Around, Does, for_column, for_name, for_setting};
use super::super::import::settings::{Setting, settings};
use super::super::state::{Choice, ImportPane, Mode, PromptFor, State};
use super::{import, prompt, refuse, say};
use crate::store::import::Reason;

/// Changes what stands in the row of the cursor.
pub(super) fn change_row(state: &mut State, toggle: bool) {
    let Some(import) = &state.import else { return };
    let row = import.row();
    match import.pane {
        ImportPane::Settings => match settings(import).get(row).copied() {
            Some(Setting::Take) => import::take(state),
            Some(setting) => change_setting(state, setting),
            None => {}
        },
        ImportPane::Columns => open(state, for_column(import, row)),
        ImportPane::Channels => open(state, for_name(import, row)),
        ImportPane::Rows | ImportPane::LeftOut => leave_row(state),
        ImportPane::Notes if toggle => refuse(state, "notes are only read"),
        ImportPane::Notes => {}
    }
}

fn change_setting(state: &mut State, setting: Setting) {
    let choice = choice_of(state, setting);
    match choice {
        // A line alone needs no choice before it.
        Some(Choice { offers, .. }) if offers.len() == 1 => {
            if let Some(offer) = offers.into_iter().next() {
                does(state, offer.does);
            }
        }
        None => refuse(state, "a plan keeps its periods: they can be made longer in its settings"),
        some => open(state, some),
    }
}

fn choice_of(state: &State, setting: Setting) -> Option<Choice> {
    let around = Around { open: state.plan(), plans: state.plans.list.as_deref().unwrap_or_default() };
    for_setting(setting, state.import.as_ref()?, around)
}

fn open(state: &mut State, choice: Option<Choice>) {
    match choice {
        Some(choice) => state.mode = Mode::Choice(choice),
        None => refuse(state, "there is nothing to change here"),
    }
}

/// What follows from an answer.
pub(super) fn does(state: &mut State, does: Does) {
    match does {
        Does::Change(change) => self::change(state, change),
        Does::Type(ask, proposed) => prompt::propose(state, PromptFor::Import(ask), proposed),
        Does::Show(file) => {
            if let Some(import) = &mut state.import {
                import.file = file;
            }
        }
    }
}

/// Changes the wishes, and reads anew what follows.
pub(super) fn change(state: &mut State, change: Change) {
    let Some(import) = &mut state.import else { return };
    let before = import.wishes.clone();
    change.apply(&mut import.wishes, import.file);
    if import.wishes != before {
        import.past.push(before);
        import.future.clear();
        import::request(state);
    }
}

/// Takes back what was said of the row of the cursor.
pub(super) fn as_recognised(state: &mut State) {
    let Some(import) = &state.import else { return };
    let row = import.row();
    let choice = match import.pane {
        ImportPane::Settings => settings(import).get(row).and_then(|setting| choice_of(state, *setting)),
        ImportPane::Columns => for_column(import, row),
        ImportPane::Channels => for_name(import, row),
        ImportPane::Rows | ImportPane::LeftOut => return leave_row(state),
        ImportPane::Notes => None,
    };
    match choice.and_then(|choice| choice.offers.into_iter().next()) {
        Some(offer) if matches!(offer.does, Does::Change(_)) => does(state, offer.does),
        _ => refuse(state, "there is nothing to take back here"),
    }
}

/// Leaves the row of the cursor out, or takes it in.
fn leave_row(state: &mut State) {
    let Some(import) = &state.import else { return };
    let Some(Ok(rows)) = import.shown().map(|file| &file.rows) else { return };
    let Some(options) = import.wishes.options.get(import.file) else { return };
    let changed = if import.pane == ImportPane::Rows {
        let line = rows.first_rows.get(import.row()).map(|row| row.line);
        line.map(|line| Change::LeaveOut(line, (!options.rows_in.contains(&line)).then_some(true)))
    } else {
        let row = rows.left_out.get(import.row());
        if row.is_some_and(|row| row.reason == Reason::Title) {
            return refuse(state, "a title is no row: say another header instead");
        }
        row.map(|row| Change::LeaveOut(row.line, (row.reason != Reason::Chosen).then_some(false)))
    };
    if let Some(changed) = changed {
        change(state, changed);
    }
}

/// Undoes or does again a change of the wishes.
pub(super) fn step_back(state: &mut State, back: bool) {
    let Some(import) = &mut state.import else { return };
    let (from, to) = if back { (&mut import.past, &mut import.future) } else { (&mut import.future, &mut import.past) };
    match from.pop() {
        Some(wishes) => {
            to.push(std::mem::replace(&mut import.wishes, wishes));
            say(state, if back { "the last change was taken back" } else { "changed again" });
            import::request(state);
        }
        None => refuse(state, if back { "nothing was changed yet: Esc leaves" } else { "nothing to do again" }),
    }
}
