//! Taking what is seen out of the program: the table to the clipboard or to a file, a report of the chosen records.

use std::path::{Path, PathBuf};

use super::super::effect::{Content, Effect};
use super::super::message::NotExported;
use super::super::seen;
use super::super::state::{Document, Export, Layers, Mode, Period, Prompt, PromptFor, Question, State, Status};
use super::{dialog, prompt, refuse, say};
use crate::report::Form;
use crate::store::{Destination, slug};

/// Asks in which form.
pub(super) fn ask(state: &mut State) {
    let table = seen::table(state).is_some();
    let report = state.document.as_ref().filter(|_| state.view.shows_plan()).map(scope_in_words);
    if !table && report.is_none() {
        return refuse(state, "there is nothing to export here yet");
    }
    dialog::ask(state, Question::Export { table, report });
}

/// What a report is on: "Actual, Oct 2026".
fn scope_in_words(document: &Document) -> String {
    let layer = document.analysis().scope.layer.title();
    let period = match document.look.period {
        Period::All => "all periods".to_owned(),
        Period::One(day) => document.plan().brief.cadence.label(day),
    };
    format!("{layer}, {period}")
}

/// Does what was chosen: the clipboard at once, a file after asking where.
pub(super) fn chosen(state: &mut State, export: Export) {
    if export == Export::Copy {
        let Some(table) = seen::table(state) else { return };
        let rows = table.rows.len().saturating_sub(1);
        state.effects.push(Effect::Copy(table.tsv()));
        return say(state, format!("the table is copied, {rows} rows: paste it into a spreadsheet"));
    }
    let proposed = proposed(state, export).display().to_string();
    prompt::propose(state, PromptFor::Export(export), proposed);
}

/// Beside the plan, named after it and what is looked at.
fn proposed(state: &State, export: Export) -> PathBuf {
    let extension = match export {
        Export::Report(form) => form.extension(),
        Export::Table | Export::Copy => Form::Csv.extension(),
    };
    let Some(document) = state.document.as_ref().filter(|_| state.view.shows_plan()) else {
        return PathBuf::from(format!("plans.{extension}"));
    };
    let stem = document.path().and_then(|path| path.file_stem()).map(|stem| stem.to_string_lossy().into_owned());
    let mut parts = vec![stem.unwrap_or_else(|| slug(&document.plan().brief.name))];
    if export == Export::Table {
        parts.push(state.view.title().to_lowercase());
    }
    if document.look.layers != Layers::Actual {
        parts.push(document.look.layers.title().to_lowercase());
    }
    if let Period::One(day) = document.look.period {
        parts.push(day.to_string());
    }
    let file = format!("{}.{extension}", parts.join("-"));
    document.path().map_or_else(|| PathBuf::from(&file), |path| path.with_file_name(&file))
}

/// Takes the path; a name without an ending gets the usual one.
pub(super) fn take(state: &mut State, export: Export, typed: &str) {
    let mut path = PathBuf::from(typed);
    if path.extension().is_none()
        && let Some(usual) = proposed(state, export).extension()
    {
        path.set_extension(usual);
    }
    write(state, export, path, false);
}

/// Asks for the file to be written.
pub(super) fn write(state: &mut State, export: Export, path: PathBuf, replace: bool) {
    let content = match export {
        Export::Report(form) => {
            let Some(document) = &state.document else { return };
            let (plan, scope) = (Box::new(document.plan().clone()), document.analysis().scope.clone());
            Content::Report { plan, scope, lift: document.look.lift, form }
        }
        Export::Table | Export::Copy => {
            let Some(table) = seen::table(state) else { return };
            Content::Text(table.csv())
        }
    };
    let plan = state.document.as_ref().and_then(|document| document.path().cloned());
    say(state, "writing …");
    state.effects.push(Effect::Export { content, to: Destination { path, replace, plan }, export });
}

/// What came of it.
pub(super) fn done(state: &mut State, result: Result<PathBuf, NotExported>) {
    match result {
        Ok(path) => say(state, format!("written: {}", path.display())),
        // Somebody who went on meanwhile is not interrupted by a question.
        Err(NotExported::Exists { path, .. }) if !matches!(state.mode, Mode::Browse) => {
            refuse(state, format!("not exported: there is a file already: {}", path.display()));
        }
        Err(NotExported::Exists { path, export }) => dialog::ask(state, Question::ReplaceExport { path, export }),
        Err(NotExported::NotThere { path, export, reason }) if matches!(state.mode, Mode::Browse) => {
            state.status = Status::Quiet;
            elsewhere(state, export, &path, Some(reason));
        }
        Err(NotExported::NotThere { path, reason, .. }) => {
            refuse(state, format!("not exported: {}: {reason}", path.display()));
        }
        Err(NotExported::Failed(reason)) => refuse(state, format!("not exported: {reason}")),
    }
}

/// Asks for another path, beginning with the one that was refused.
pub(super) fn elsewhere(state: &mut State, export: Export, path: &Path, why: Option<String>) {
    let asked = Prompt::new(PromptFor::Export(export), path.display().to_string());
    state.mode = Mode::Prompt(Prompt { error: why, ..asked });
}
