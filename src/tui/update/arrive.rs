//! A plan that was opened or made takes the place of the open one: never while that one is being saved, nor over changes
//! that nobody gave up.

use super::super::message::Opened;
use super::super::state::{AfterSave, Arrival, Document, Question, State};
use super::{dialog, files, import, say};

/// Takes in a plan that came; it is shown as soon as it may be.
pub(super) fn came(state: &mut State, opened: Box<Opened>, for_import: bool) {
    state.arrived = Some(Arrival { opened, for_import });
}

/// Shows the plan that came, or asks first. Whoever is typing is not interrupted, nor whoever looks at an import that goes
/// elsewhere.
pub(super) fn settle(state: &mut State) {
    let Some(arrival) = &state.arrived else { return };
    if !state.is_free() || is_saving(state) || state.import.is_some() && !arrival.for_import {
        return;
    }
    if state.document.as_ref().is_some_and(Document::is_at_stake) {
        dialog::ask(state, Question::Unsaved(AfterSave::Show));
    } else {
        show(state);
    }
}

/// Shows the plan that came, whatever becomes of the open one.
pub(super) fn show(state: &mut State) {
    let Some(Arrival { opened, for_import }) = state.arrived.take() else { return };
    let waiting = state.import.take().filter(|_| for_import);
    files::opened_plan(state, *opened);
    if let Some(waiting) = waiting {
        import::plan_is_there(state, waiting);
    }
}

/// The open plan stays.
pub(super) fn stay(state: &mut State) {
    if state.arrived.take().is_some() {
        state.plans.opening = None;
        import::plan_is_missing(state);
        say(state, "not opened: your changes are still here");
    }
}

/// No other plan comes: what was given up for it is kept.
pub(super) fn keep_after_all(state: &mut State) {
    if let Some(document) = &mut state.document {
        document.keep_after_all();
    }
}

/// True while the open plan must not give way unasked.
pub(super) fn is_busy(state: &State) -> bool {
    is_saving(state) || state.document.as_ref().is_some_and(Document::is_at_stake)
}

fn is_saving(state: &State) -> bool {
    state.document.as_ref().is_some_and(|document| document.saving)
}
