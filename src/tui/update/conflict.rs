//! Two at once, and what a crash left: the file changed by somebody else, another window that has the plan, unsaved edits
//! that were found. What was typed is never lost, and nobody else's work is written over unasked.

use std::path::PathBuf;

use super::super::differences;
use super::super::effect::{Effect, Keep};
use super::super::message::{Failure, Holding, Seen};
use super::super::state::{Answer, Confirm, Document, Leaving, Mode, Question, State, Status};
use super::super::worker;
use super::{arrive, dialog, files, keeping, refuse, say, table};
use crate::store::{self, Found};

/// Somebody is at the keyboard: is the file still what it was, and is it still somebody else's?
pub(super) fn look(state: &mut State) {
    let Some(document) = state.document.as_ref().filter(|document| !document.saving) else { return };
    let Some((path, stamp)) = document.path().cloned().zip(document.stamp.clone()) else { return };
    state.effects.push(if document.watch.elsewhere {
        Effect::Hold(Some((path, stamp)))
    } else {
        Effect::Look { path, stamp, even_if_same: document.watch.file.is_some() }
    });
}

/// The open plan, if it lies there.
fn document_at<'a>(state: &'a mut State, path: &PathBuf) -> Option<&'a mut Document> {
    state.document.as_mut().filter(|document| document.path() == Some(path))
}

pub(super) fn on_held(state: &mut State, path: &PathBuf, holding: Holding) {
    let Some(document) = document_at(state, path) else { return };
    let was_elsewhere = document.watch.elsewhere;
    match holding {
        Holding::Theirs(who) => {
            document.watch.elsewhere = true;
            document.read_only = Some(format!("{who}; closed there, it can be changed here"));
            if !was_elsewhere {
                refuse(state, format!("read-only: {who}"));
            }
        }
        Holding::Mine(found) => {
            document.watch.elsewhere = false;
            if was_elsewhere {
                document.read_only = None;
                say(state, "the other window is closed: the plan can be changed here now");
                look(state);
            }
            if let Some(found) = found {
                on_found(state, found, Some(path.clone()));
            }
        }
    }
}

/// Unsaved edits were found, of the open plan in the file `of`, or of one that lies nowhere. What is wrong is seen before
/// what was just done.
pub(super) fn on_found(state: &mut State, found: Result<Box<Found>, Failure>, of: Option<PathBuf>) {
    match found {
        Ok(found) => {
            let left = Leaving { found, of };
            if is_of_open_plan(state, &left) && state.plan() == Some(left.found.history.plan()) {
                // They had been saved when the program ended.
                state.effects.push(Effect::DiscardEdits(left.found.leftover.journal));
            } else {
                state.found = Some(left);
            }
        }
        Err(failure) => match &mut state.document {
            Some(document) => {
                document.watch.unsaved = Some(failure.short);
                state.status = Status::Quiet;
            }
            None => refuse(state, failure.short),
        },
    }
}

/// True where they are edits of the plan that is open now.
fn is_of_open_plan(state: &State, left: &Leaving) -> bool {
    left.of.is_some() && state.document.as_ref().and_then(Document::path) == left.of.as_ref()
}

pub(super) fn on_looked(state: &mut State, path: &PathBuf, seen: Seen) {
    let Some(document) = document_at(state, path).filter(|document| !document.saving) else { return };
    let watch = &mut document.watch;
    let was_well = watch.file.is_none();
    match seen {
        Seen::Same(stamp) => {
            watch.file = None;
            document.stamp = Some(stamp);
            if watch.lost == Some(document.history.revision()) {
                on_disk_again(state);
            }
            show_differences(state);
        }
        Seen::Gone => {
            watch.file = Some(format!("{} is gone from the disk: Ctrl-S writes it anew", path.display()));
            lose(document);
        }
        Seen::Changed(Err(failure)) => {
            watch.file = Some(format!("the file was changed and cannot be read now: {}", failure.short));
            lose(document);
            show_differences(state);
        }
        Seen::Changed(Ok(theirs)) => {
            watch.file = None;
            state.theirs = Some(theirs);
            show_differences(state);
        }
    }
    if was_well && state.document.as_ref().is_some_and(|document| document.watch.file.is_some()) {
        state.status = Status::Quiet;
    }
}

/// What was saved lies nowhere any more: it counts as unsaved, and is kept.
fn lose(document: &mut Document) {
    let was_saved = !document.is_unsaved();
    document.history.mark_lost();
    if was_saved {
        document.watch.lost = Some(document.history.revision());
    }
}

/// The plan as it is lies in its file.
fn on_disk_again(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    let revision = document.history.revision();
    document.history.mark_saved(revision);
    let plan = document.plan().clone();
    keeping::begin(state, plan, revision);
}

/// Asks what waits to be asked, once nothing else is open.
pub(super) fn settle(state: &mut State) {
    if !state.is_free() {
        return;
    }
    // What was found takes the place of what is here: that is saved first.
    if state.found.is_some() && !arrive::is_busy(state) {
        ask_for_found(state);
    } else if state.theirs.is_some() && !state.document.as_ref().is_some_and(|document| document.saving) {
        settle_theirs(state);
    }
}

fn ask_for_found(state: &mut State) {
    let Some(left) = &state.found else { return };
    let found = &left.found;
    let before = state.plan().filter(|_| is_of_open_plan(state, left)).unwrap_or(found.history.first());
    let lines = differences::lines(before, found.history.plan());
    let place = found.leftover.place.as_ref();
    let question = Question::Recover {
        name: found.history.plan().brief.name.clone(),
        began: found.began.clone(),
        place: place.map(|place| place.display().to_string()),
        damaged: found.damaged,
    };
    state.mode = Mode::Confirm(Confirm { question, lines, scroll: 0, row: 0 });
}

/// What was decided about edits that a crash left.
pub(super) fn answer_found(state: &mut State, answer: Answer) {
    let Some(left) = state.found.take() else { return };
    if answer == Answer::Recover && arrive::is_busy(state) {
        // The file of the open plan was spoilt while this was asked.
        state.found = Some(left);
        return refuse(state, "save what is here first: these edits are offered again then");
    }
    let (plan, journal) = (left.found.history.plan(), &left.found.leftover.journal);
    match answer {
        Answer::Recover => recover(state, left),
        Answer::Rescue => state.effects.push(Effect::Rescue(Box::new(plan.clone()), journal.clone())),
        Answer::Discard => state.effects.push(Effect::DiscardEdits(journal.clone())),
        _ => say(state, "the unsaved edits are kept: the next start asks again"),
    }
}

fn recover(state: &mut State, left: Leaving) {
    let kept = table::name_under_cursor(state);
    let is_open = is_of_open_plan(state, &left);
    let Some(document) = state.document.as_mut().filter(|_| is_open) else {
        return state.effects.push(Effect::Recover(left.found));
    };
    let Found { leftover, history, .. } = *left.found;
    let plan = Box::new(history.plan().clone());
    // What somebody else wrote since is to be noticed, for the edits know nothing of it.
    let is_other = !document.stamp.as_ref().is_some_and(|stamp| stamp.is_of_same_bytes(&leftover.began_with));
    if is_other {
        document.stamp = Some(leftover.began_with.clone());
    }
    document.history = history;
    state.sheet = None;
    table::structure_changed(state, kept);
    state.effects.push(Effect::Keep(Keep::GoOn(leftover, plan)));
    say(state, worker::RECOVERED);
    if is_other {
        look(state);
    }
}

/// Somebody else wrote the file: what is saved here gives way, what is unsaved is asked about.
fn settle_theirs(state: &mut State) {
    let (Some(document), Some(theirs)) = (&mut state.document, &state.theirs) else { return };
    if theirs.plan == *document.plan() {
        document.stamp = Some(theirs.stamp.clone());
        state.theirs = None;
        return on_disk_again(state);
    }
    let nothing_typed = !document.is_unsaved() || document.watch.lost == Some(document.history.revision());
    if nothing_typed {
        take_theirs(state);
        return say(state, "somebody else changed the file: it was read again; u brings back what stood here");
    }
    if document.watch.put_off.as_ref().is_some_and(|seen| seen.is_of_same_bytes(&theirs.stamp)) {
        state.theirs = None;
        return;
    }
    dialog::ask(state, Question::Changed);
    show_differences(state);
}

/// Fills in what differs, where it is asked which of both shall stay.
pub(super) fn show_differences(state: &mut State) {
    let Mode::Confirm(confirm) = &mut state.mode else { return };
    if !matches!(confirm.question, Question::Changed | Question::Overwrite(_)) {
        return;
    }
    let Some(document) = &state.document else { return };
    confirm.lines = match (&state.theirs, &document.watch.file) {
        (Some(theirs), _) => differences::lines(document.plan(), &theirs.plan),
        (None, Some(trouble)) => vec![trouble.clone()],
        (None, None) => Vec::new(),
    };
}

/// Puts what somebody else wrote in place of the plan, as a deed that undo takes back; false where it is not known.
pub(super) fn take_theirs(state: &mut State) -> bool {
    let kept = table::name_under_cursor(state);
    let (Some(document), Some(theirs)) = (&mut state.document, state.theirs.take()) else { return false };
    let store::Opened { plan, stamp, .. } = *theirs;
    document.history.replace(plan.clone(), "what somebody else wrote");
    let revision = document.history.revision();
    document.history.mark_saved(revision);
    document.stamp = Some(stamp);
    document.saved_at = None;
    document.watch.put_off = None;
    keeping::begin(state, plan, revision);
    state.sheet = None;
    table::structure_changed(state, kept);
    true
}

/// What was decided about a change by somebody else, noticed before a save.
pub(super) fn answer_changed(state: &mut State, answer: Answer) {
    match answer {
        Answer::TakeTheirs => {
            take_theirs(state);
        }
        Answer::SaveElsewhere => {
            state.theirs = None;
            files::ask_where(state, None);
        }
        Answer::Yes => {
            if let (Some(document), Some(theirs)) = (&mut state.document, state.theirs.take()) {
                document.stamp = Some(theirs.stamp);
                say(state, "yours is kept: Ctrl-S writes it over theirs");
            }
        }
        _ => put_off(state),
    }
}

/// Nothing is asked again before the next save, unless the file changes once more.
pub(super) fn put_off(state: &mut State) {
    if let (Some(document), Some(theirs)) = (&mut state.document, state.theirs.take()) {
        document.watch.put_off = Some(theirs.stamp);
    }
}

/// A save found that somebody else has changed the file: what did they change?
pub(super) fn compare(state: &mut State) {
    let Some(document) = &state.document else { return };
    if let Some((path, stamp)) = document.path().cloned().zip(document.stamp.clone()) {
        state.effects.push(Effect::Look { path, stamp, even_if_same: true });
    }
}
