//! What follows from every change for the case of a crash, and for other windows: deeds go to the journal, and the right
//! to write goes with the plan's place.

use super::super::effect::{Effect, Keep};
use super::super::state::{Document, State};
use super::conflict;
use crate::plan::Plan;

pub(super) fn settle(state: &mut State) {
    if let Some(document) = &mut state.document {
        let deeds = document.history.take_deeds();
        if !deeds.is_empty() {
            state.effects.push(Effect::Keep(Keep::Deeds(deeds)));
        }
    }
    let place = state.document.as_ref().and_then(Document::path);
    if place != state.held.as_ref() {
        let stamp = state.document.as_ref().and_then(|document| document.stamp.clone());
        state.held = place.cloned();
        state.effects.push(Effect::Hold(state.held.clone().zip(stamp)));
    }
    if state.quitting {
        state.effects.push(Effect::Keep(Keep::Forget));
    } else {
        conflict::settle(state);
    }
}

/// The plan of the open document lies on the disk as `saved`, or begins there: what happens from here on is kept, with
/// what has happened since the state of that revision.
pub(super) fn begin(state: &mut State, saved: Plan, revision: u64) {
    let Some(document) = &mut state.document else { return };
    document.history.take_deeds();
    let deeds = document.history.deeds_since(revision);
    let lies = document.path().cloned().zip(document.stamp.clone());
    state.effects.push(Effect::Keep(Keep::Begin { plan: Box::new(saved), lies, deeds }));
}
