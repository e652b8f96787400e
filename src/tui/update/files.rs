//! Opening, saving, leaving; and what came of it.

use std::path::PathBuf;

use super::super::effect::{Effect, Keep, Source, Target};
use super::super::message::{Failure, Opened, Outcome, SavedAt, Unsaved};
use super::super::state::{
    AfterSave, ChannelsState, Document, FunnelState, ImproveState, Mode, Opening, Period, Place, PromptFor, Question,
    Scrolled, SettingsState, State, Status, View, Watch,
};
use super::{arrive, conflict, dialog, export, import, import_files, keeping, plans, prompt, refuse, say, slow};
use crate::store::Stamp;

/// Ends the program, after asking where something is unsaved.
pub(super) fn quit(state: &mut State) {
    if has_unsaved(state) {
        close_preview(state);
        return dialog::ask(state, Question::Unsaved(AfterSave::Quit));
    }
    state.quitting = true;
}

/// What is being typed is put back before a question is asked.
fn close_preview(state: &mut State) {
    state.settings.editing = None;
    if let Some(document) = &mut state.document {
        document.set_preview(None);
    }
}

fn has_unsaved(state: &State) -> bool {
    state.document.as_ref().is_some_and(|document| document.is_unsaved() || document.saving)
}

/// Opens a plan, after asking where something is unsaved.
pub(super) fn open_after_asking(state: &mut State, source: Source) {
    let same = match (&source, &state.document) {
        (Source::File(path), Some(document)) => document.path() == Some(path),
        _ => false,
    };
    if same {
        state.view = View::Channels;
    } else {
        after_asking(state, AfterSave::Open(source));
    }
}

/// Goes on to another plan, after asking where something is unsaved.
pub(super) fn after_asking(state: &mut State, then: AfterSave) {
    if has_unsaved(state) {
        dialog::ask(state, Question::Unsaved(then));
    } else {
        dialog::go_on(state, then);
    }
}

pub(super) fn open(state: &mut State, source: Source) {
    state.plans.opening = Some(Opening { source: source.clone(), bytes: None });
    state.effects.push(Effect::Open(source));
}

/// Gives up what is being opened; false where nothing is.
pub(super) fn give_up(state: &mut State) -> bool {
    let Some(opening) = state.plans.opening.take() else { return false };
    if state.arrived.take().is_none() {
        state.plans.given_up.push(opening.source);
    }
    arrive::keep_after_all(state);
    if state.plans.list.is_none() {
        state.effects.push(Effect::List);
    }
    say(state, "not opened");
    true
}

/// True where what was opened, or could not be, was given up.
fn was_given_up(state: &mut State, source: &Source) -> bool {
    let at = state.plans.given_up.iter().position(|other| other == source);
    at.map(|at| state.plans.given_up.swap_remove(at)).is_some()
}

/// Saves the plan where it lies; one that lies nowhere asks where.
pub(super) fn save(state: &mut State) {
    let Some(document) = &state.document else { return refuse(state, "no plan is open") };
    if let Some(reason) = &document.read_only {
        let reason = format!("read-only: {reason}; \"save under another name\" is in the commands (:)");
        state.after_save = None;
        return refuse(state, reason);
    }
    if document.saving {
        // Until it is done nobody knows what the file holds, which the next one must expect.
        if let Some(document) = &mut state.document {
            document.watch.save_again = true;
        }
        return;
    }
    match &document.place {
        Place::Nowhere => {
            let then = state.after_save.take();
            ask_where(state, then);
        }
        Place::File(path) => {
            let target = Target::Same(path.clone());
            save_to(state, target, state.document.as_ref().and_then(|document| document.stamp.clone()));
        }
    }
}

pub(super) fn ask_where(state: &mut State, then: Option<AfterSave>) {
    let Some(plan) = state.plan() else { return refuse(state, "no plan is open") };
    let name = plan.brief.name.clone();
    prompt::propose(state, PromptFor::SaveAs(then), name);
}

pub(super) fn save_to(state: &mut State, target: Target, expected: Option<Stamp>) {
    let Some(document) = &mut state.document else { return };
    state.not_saved = None;
    document.saving = true;
    document.keep_after_all();
    let plan = Box::new(document.plan().clone());
    document.watch.saving = Some(document.plan().clone());
    let revision = document.history.revision();
    state.effects.push(Effect::Save { plan, revision, target, expected });
}

/// Writes over what lies in the plan's file, or in that one: what the user has seen there, or whatever it is.
pub(super) fn overwrite(state: &mut State, path: Option<PathBuf>, seen: Option<Stamp>) {
    let Some(document) = &state.document else { return };
    // Its own file is expected to be what it was, by whatever name it was asked for.
    let own = document.stamp.clone().filter(|_| path.is_some() && path.as_ref() == document.path());
    if let Some(path) = path.or_else(|| document.path().cloned()) {
        save_to(state, Target::Same(path), seen.or(own));
    }
}

pub(super) fn on_outcome(state: &mut State, outcome: Outcome) {
    match outcome {
        Outcome::Listed(Ok(list)) => {
            // Somebody who has no plan yet sees at once what one looks like; the list is a key away.
            if list.is_empty() && state.plans.list.is_none() && state.document.is_none() {
                state.effects.push(Effect::Open(Source::Example));
            }
            plans::listed(state, list);
        }
        Outcome::Listed(Err(failure)) => {
            state.plans.list.get_or_insert_default();
            fail(state, failure);
        }
        Outcome::Opening(source, bytes) => {
            if !state.plans.given_up.contains(&source) {
                state.plans.opening = Some(Opening { source, bytes: Some(bytes) });
            }
        }
        Outcome::Opened(source, _) if was_given_up(state, &source) => {}
        Outcome::Opened(source, Ok(opened)) => {
            let for_import = import::waits_for(state, Some(&source));
            arrive::came(state, opened, for_import);
        }
        Outcome::Created(Ok(opened)) => {
            let for_import = import::waits_for(state, None);
            arrive::came(state, opened, for_import);
        }
        Outcome::Recovered(opened) => arrive::came(state, opened, false),
        Outcome::Opened(_, Err(failure)) | Outcome::Created(Err(failure)) => {
            state.plans.opening = None;
            arrive::keep_after_all(state);
            import::plan_is_missing(state);
            fail(state, failure);
        }
        Outcome::Saved { revision, result: Ok(saved) } => saved_plan(state, revision, saved),
        Outcome::Saved { result: Err(reason), .. } => not_saved(state, reason),
        Outcome::Exported(result) => export::done(state, result),
        Outcome::Found(listing) => match &mut state.mode {
            Mode::Files(asked) => import_files::found(asked, listing),
            Mode::Prompt(asked) => prompt::found(asked, &listing),
            _ => {}
        },
        Outcome::Import(news) => import::on_news(state, news),
        Outcome::ListChanged(Ok(change)) => {
            state.plans.find = change.find;
            say(state, change.done);
            state.effects.push(Effect::List);
        }
        Outcome::ListChanged(Err(failure)) | Outcome::SettingsFailed(failure) => fail(state, failure),
        Outcome::Held(path, holding) => conflict::on_held(state, &path, holding),
        Outcome::Lost(found) => conflict::on_found(state, found, None),
        Outcome::Looked(path, seen) => conflict::on_looked(state, &path, seen),
        Outcome::Kept(kept) => on_kept(state, kept),
        Outcome::Computed { number, kind, answer } => slow::on_computed(state, number, kind, answer),
    }
}

/// What went wrong: in one line, and in full where there is more to say.
fn fail(state: &mut State, failure: Failure) {
    if failure.full.is_empty() || !state.is_free() {
        return refuse(state, failure.short);
    }
    state.mode = Mode::Diagnosis(Scrolled { title: failure.short, lines: failure.full, scroll: 0 });
}

pub(super) fn opened_plan(state: &mut State, opened: Opened) {
    let (place, stamp) = match opened.lies {
        Some((path, stamp)) => (Place::File(path), Some(stamp)),
        None => (Place::Nowhere, None),
    };
    let mut document = Document::prepared(opened.history, place, opened.prepared);
    document.stamp = stamp;
    document.is_example = document.place == Place::Nowhere && opened.leftover.is_none();
    document.read_only = opened.read_only;
    state.plans.opening = None;
    state.mode = Mode::Browse;
    state.channels = ChannelsState { column: 1, stale: true, ..ChannelsState::default() };
    state.funnel = FunnelState::default();
    state.improve = ImproveState::default();
    state.settings = SettingsState::default();
    state.sheet = None;
    let first = if document.plan().channels.is_empty() { View::Channels } else { View::Funnel };
    state.view = state.opens_in.take().unwrap_or(first);
    if state.view == View::Improve {
        // What was just imported may cover many periods: the last one alone says least.
        document.look.period = Period::All;
    }
    match opened.note {
        Some(note) => say(state, note),
        None => prompt::greet(state, &document),
    }
    let plan = document.plan().clone();
    let revision = document.history.revision();
    state.imported.clear();
    state.document = Some(document);
    (state.theirs, state.found) = (None, None);
    match opened.leftover {
        Some(leftover) => state.effects.push(Effect::Keep(Keep::GoOn(leftover, Box::new(plan)))),
        None => keeping::begin(state, plan, revision),
    }
}

/// Whether unsaved edits would survive a crash.
fn on_kept(state: &mut State, kept: Result<(), Failure>) {
    if kept.is_err() {
        state.status = Status::Quiet;
    }
    if let Some(document) = &mut state.document {
        document.watch.unkept =
            kept.err().map(|failure| format!("a crash would lose unsaved edits: {}", failure.short));
    }
}

fn saved_plan(state: &mut State, revision: u64, saved: SavedAt) {
    let Some(document) = &mut state.document else { return };
    document.saving = false;
    document.history.mark_saved(revision);
    let done = |imported: &mut (u64, Vec<(u64, u64)>)| imported.0 <= revision && document.history.came_by(imported.0);
    let imported = state.imported.extract_if(.., done).flat_map(|(_, marks)| marks).collect::<Vec<_>>();
    if !imported.is_empty() {
        state.effects.push(Effect::RememberImports(saved.path.clone(), imported));
    }
    if document.read_only.take().is_some() {
        // Whether this file may be written is asked for anew.
        state.held = None;
    }
    let saved_plan = document.watch.saving.take();
    let again = document.watch.save_again;
    document.watch = Watch { unkept: document.watch.unkept.take(), ..Watch::default() };
    document.place = Place::File(saved.path.clone());
    document.stamp = Some(saved.stamp);
    document.saved_at = Some(saved.time.clone());
    let shown = saved.path.display();
    let words = saved.note.unwrap_or_else(|| format!("saved {} in {shown}", saved.time));
    say(state, words);
    state.theirs = None;
    if let Some(plan) = saved_plan {
        keeping::begin(state, plan, revision);
    }
    let unsaved = has_unsaved(state);
    if again && unsaved {
        return save(state);
    }
    if let Some(then) = state.after_save.take().filter(|_| !unsaved) {
        dialog::go_on(state, then);
    }
}

fn not_saved(state: &mut State, reason: Unsaved) {
    if let Some(document) = &mut state.document {
        document.saving = false;
        document.watch.saving = None;
        document.watch.save_again = false;
        if let Unsaved::Failed(failure) = &reason {
            // A key may come before anybody has read it.
            document.watch.unsaved = Some(format!("not saved: {}", failure.short));
        }
    }
    state.not_saved = Some((reason, state.after_save.take()));
}

/// Tells why the last save failed, and asks what to do, once nothing is being typed.
pub(super) fn settle(state: &mut State) {
    if !state.is_free() {
        return;
    }
    match state.not_saved.take() {
        None => {}
        Some((Unsaved::ChangedOnDisk, then)) => {
            dialog::ask(state, Question::Overwrite(then));
            conflict::compare(state);
        }
        Some((Unsaved::Exists(path), then)) => dialog::ask(state, Question::Replace(path, then)),
        Some((Unsaved::Failed(failure), _)) => {
            let short = format!("not saved: {}", failure.short);
            fail(state, Failure { short, ..failure });
        }
    }
}
