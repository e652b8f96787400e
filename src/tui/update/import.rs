//! Importing: the preview is asked for, moved about in, taken or left. Nothing is written before it is taken.

use std::path::PathBuf;

use super::super::action::Action;
use super::super::effect::{Effect, Source};
use super::super::import::notes::notes;
use super::super::import::settings::{form, settings};
use super::super::import::{Base, Destination, News, Preview, Progress, Request, Wishes};
use super::super::state::{AfterSave, ImportPane, ImportState, Period, State, View};
use super::{arrive, browse, files, import_change, import_files, refuse, say, table};

/// `i`: asks for files, or takes the import that is in front.
pub(super) fn begin_or_take(state: &mut State) {
    if state.view == View::Import { take(state) } else { import_files::ask(state) }
}

/// Begins an import of these files: into the open plan; into a new one where the list of plans is in front, or the
/// built-in example as it comes.
pub(super) fn start(state: &mut State, files: Vec<PathBuf>) {
    let own = state.document.as_ref().is_some_and(|document| !document.is_bare_example());
    let into = if own && state.view != View::Plans { Destination::Open } else { Destination::New };
    let wishes = Wishes::of(&files, into);
    state.import = Some(ImportState {
        files,
        wishes,
        past: Vec::new(),
        future: Vec::new(),
        file: 0,
        pane: ImportPane::default(),
        rows: [0; ImportPane::ALL.len()],
        number: 0,
        reading: None,
        preview: None,
        taken: false,
        came_from: state.view,
    });
    state.view = View::Import;
    request(state);
}

/// Asks the reader for a preview of the wishes as they are.
pub(super) fn request(state: &mut State) {
    let Some(import) = &mut state.import else { return };
    state.imports += 1;
    import.number = state.imports;
    import.reading = Some(Progress { number: import.number, file: 0, percent: 0 });
    let new = || Base::New { name: import.wishes.name.clone(), cadence: import.wishes.cadence };
    let base = match &import.wishes.into {
        Destination::New => new(),
        Destination::Open => state
            .document
            .as_ref()
            .map_or_else(new, |document| Base::Open(Box::new(document.plan().clone()), document.path().cloned())),
        Destination::Listed(path, _) => Base::Listed(path.clone()),
    };
    let request = Request {
        number: import.number,
        files: import.files.clone(),
        options: import.wishes.options.clone(),
        base,
        today: state.today,
    };
    state.effects.push(Effect::ReadImport(Box::new(request)));
}

pub(super) fn on_news(state: &mut State, news: News) {
    match news {
        News::Progress(progress) => {
            if let Some(import) = state.import.as_mut().filter(|import| import.number == progress.number) {
                import.reading = Some(progress);
            }
        }
        News::Read(preview) => read(state, preview),
    }
}

fn read(state: &mut State, preview: Box<Preview>) {
    let Some(import) = state.import.as_mut().filter(|import| import.number == preview.number) else { return };
    import.reading = None;
    import.preview = Some(preview);
    if import.taken {
        take(state);
    }
}

/// Once the view is left nobody waits for the reader; and cursors stay within their rows.
pub(super) fn settle(state: &mut State) {
    if state.view != View::Import
        && let Some(import) = state.import.take()
    {
        state.effects.push(Effect::StopImport);
        if import.taken {
            arrive::keep_after_all(state);
        }
    }
    let Some(import) = &mut state.import else { return };
    for pane in ImportPane::ALL {
        let last = rows_in(pane, import).saturating_sub(1);
        let row = &mut import.rows[pane as usize];
        *row = (*row).min(last);
    }
}

/// How many rows a pane has.
fn rows_in(pane: ImportPane, import: &ImportState) -> usize {
    let rows = || import.shown().and_then(|file| file.rows.as_ref().ok());
    match pane {
        ImportPane::Settings => settings(import).len(),
        ImportPane::Columns => form(import).map_or(0, |form| form.columns.len()),
        ImportPane::Rows => rows().map_or(0, |rows| rows.first_rows.len()),
        ImportPane::LeftOut => rows().map_or(0, |rows| rows.left_out.len()),
        ImportPane::Channels => {
            import.shown().and_then(|file| file.summary.as_ref()).map_or(0, |summary| summary.channels.len())
        }
        ImportPane::Notes => notes(import).len(),
    }
}

/// What an action does in the preview; false where it does there what it does everywhere.
pub(super) fn act(state: &mut State, action: Action) -> bool {
    let page = state.learned.page.max(2) - 1;
    let Some(import) = &mut state.import else { return false };
    let last = rows_in(import.pane, import).saturating_sub(1);
    let row = &mut import.rows[import.pane as usize];
    match action {
        Action::Up => *row = row.saturating_sub(1),
        Action::Down => *row = (*row + 1).min(last),
        Action::PageUp => *row = row.saturating_sub(page),
        Action::PageDown => *row = (*row + page).min(last),
        Action::Home | Action::First => *row = 0,
        Action::End | Action::Last => *row = last,
        Action::NextPane | Action::NextCell => import.pane = import.pane.step(1),
        Action::PreviousCell => import.pane = import.pane.step(ImportPane::ALL.len() - 1),
        Action::Right if import.pane == ImportPane::Settings => import.pane = ImportPane::Columns,
        Action::Left if import.pane == ImportPane::Columns => import.pane = ImportPane::Settings,
        Action::PreviousPeriod | Action::NextPeriod => {
            let files = import.files.len();
            let step = if action == Action::NextPeriod { 1 } else { files - 1 };
            import.file = (import.file + step) % files;
        }
        Action::Edit => import_change::change_row(state, false),
        Action::Toggle => import_change::change_row(state, true),
        Action::Blank => import_change::as_recognised(state),
        Action::Undo => import_change::step_back(state, true),
        Action::Redo => import_change::step_back(state, false),
        Action::Back => leave(state),
        Action::Left | Action::Right => {}
        _ => return false,
    }
    true
}

/// Leaves the preview; nothing was written.
pub(super) fn leave(state: &mut State) {
    let Some(import) = &state.import else { return };
    state.view = import.came_from;
    say(state, "the import was left: nothing was changed");
}

/// Does the import, once it was read and its plan is there.
pub(super) fn take(state: &mut State) {
    let Some(import) = &mut state.import else { return };
    if import.reading.is_some() {
        import.taken = true;
        return say(state, "it is done as soon as it was read; Esc leaves");
    }
    import.taken = false;
    let Some(preview) = &import.preview else { return };
    let channels = match &preview.outlook {
        Ok(outlook) => outlook.channels,
        Err(reason) => {
            let reason = reason.clone();
            return refuse(state, format!("not yet: {reason}"));
        }
    };
    if channels == 0 {
        let none = preview.rows() == 0;
        let words = if none { "there are no rows to import" } else { "nothing would change: the plan holds all of it" };
        return refuse(state, words);
    }
    if import.wishes.into == Destination::Open {
        return finish(state);
    }
    files::after_asking(state, AfterSave::Import);
}

/// Asks for the plan that the import goes into: a new one, or one of the list.
pub(super) fn fetch_plan(state: &mut State) {
    let Some(import) = &mut state.import else { return };
    let Some(base) = import.preview.as_ref().and_then(|preview| preview.base.clone()) else { return };
    import.taken = true;
    let effect = match &import.wishes.into {
        Destination::New => Effect::Create(Box::new(base)),
        Destination::Listed(path, _) => Effect::Open(Source::File(path.clone())),
        Destination::Open => return finish(state),
    };
    state.effects.push(effect);
}

/// True where an import waits for what is opened from there, or made.
pub(super) fn waits_for(state: &State, source: Option<&Source>) -> bool {
    let taken = state.import.as_ref().filter(|import| import.taken && import.reading.is_none());
    taken.is_some_and(|import| match (&import.wishes.into, source) {
        (Destination::New, None) => true,
        (Destination::Listed(path, _), Some(Source::File(opened))) => path == opened,
        _ => false,
    })
}

/// The plan that an import waited for was opened.
pub(super) fn plan_is_there(state: &mut State, mut import: ImportState) {
    let new = import.wishes.into == Destination::New;
    import.wishes.into = Destination::Open;
    import.came_from = View::Improve;
    state.view = View::Import;
    state.import = Some(import);
    finish(state);
    if new && state.import.is_none() {
        files::save(state);
    }
}

/// The plan that an import waited for is not there: the preview stays.
pub(super) fn plan_is_missing(state: &mut State) {
    if let Some(import) = &mut state.import {
        import.taken = false;
    }
}

/// Applies the edit to the open plan; where that is no longer the one that was read for, it is read anew.
fn finish(state: &mut State) {
    let (Some(import), Some(document)) = (&mut state.import, &state.document) else { return };
    let Some(preview) = &import.preview else { return };
    if preview.base.as_ref() != Some(document.plan()) {
        import.taken = true;
        return request(state);
    }
    let Ok(outlook) = preview.outlook.clone() else { return };
    let (marks, rows) = (preview.marks(), preview.rows());
    let (came_from, names) = (import.came_from, import.files.len());
    let what = match import.files.as_slice() {
        [file] => super::super::import::shown(file),
        _ => format!("{names} files"),
    };
    let channels = outlook.channels;
    if !super::edit(state, &outlook.edit, format!("import of {what}")) {
        return;
    }
    state.import = None;
    state.effects.push(Effect::StopImport);
    if let Some(document) = &mut state.document {
        state.imported.push((document.history.revision(), marks));
        if came_from == View::Improve {
            // What just came may cover many periods: the last one alone says least.
            document.look.period = Period::All;
        }
    }
    table::structure_changed(state, None);
    let to = if came_from == View::Plans { View::Improve } else { came_from };
    browse::go(state, to);
    let rows = crate::report::format::count(rows as f64);
    let channels = if channels == 1 { "1 channel".to_owned() } else { format!("{channels} channels") };
    say(state, format!("imported {rows} rows into {channels}: u takes it back"));
}
