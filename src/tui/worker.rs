//! What touches the disk, on a thread of its own: the screen never waits for it.

mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::SystemTime;

use jiff::civil::Date;

use super::compute::Preparer;
use super::effect::{Content, Effect, Source, Target};
use super::found;
use super::import::reader::Reader;
use super::message::{Failure, ListChange, NotExported, Opened, Outcome, SavedAt, Unsaved};
use super::state::{Export, Listed, Prepared, Summary};
use super::theme::ThemeName;
use crate::engine::{Figures, Scope, Span};
use crate::plan::{History, Layer, Plan};
use crate::report;
use crate::store::{
    self, Destination, Diagnosis, Entry, ExportError, Found, FoundFile, Library, Lock, RealDisk, SaveError, Saved,
    Sought, clock,
};

/// The built-in example.
const EXAMPLE: &str = include_str!("../../assets/demo.ron");

/// What is said once edits that a crash left are back.
pub(super) const RECOVERED: &str = "the unsaved edits are back: u takes them back one by one, Ctrl-S saves them";

/// Starts the thread; it ends when the sender of effects is dropped, and `end` with it. Outcomes go through `answer`.
pub(super) fn start(
    library: Library,
    preparer: Preparer,
    end: End,
    answer: impl Fn(Outcome) + Clone + Send + 'static,
) -> std::io::Result<Sender<Effect>> {
    let (sender, receiver): (_, Receiver<Effect>) = channel();
    thread::Builder::new().name("disk".to_owned()).spawn(move || {
        let _end = end;
        let reader = Reader::new(library.clone());
        let mut desk = Desk { preparer: Some(preparer), ..Desk::new(library) };
        for effect in receiver {
            if let Effect::Open(Source::File(path)) = &effect
                && let Some(bytes) = desk.library.large(path)
            {
                answer(Outcome::Opening(Source::File(path.clone()), bytes));
            }
            let Some(effect) = for_reader(&reader, effect, &answer) else { continue };
            if let Some(outcome) = desk.perform(&effect) {
                answer(outcome);
            }
        }
    })?;
    Ok(sender)
}

/// Dropped by a helping thread when it ends.
pub(super) type End = Sender<()>;

/// The user's plans, and the right to write the one that is open.
pub(super) struct Desk {
    library: Library,
    lock: Option<Lock>,
    /// Computes what is to be known of a plan before it is shown; `None`: that is done here.
    preparer: Option<Preparer>,
}

impl Desk {
    pub(super) fn new(library: Library) -> Self {
        Self { library, lock: None, preparer: None }
    }

    /// Performs what concerns the disk; `None` where there is nothing to tell.
    pub(super) fn perform(&mut self, effect: &Effect) -> Option<Outcome> {
        // A defect in here may cost this one request, never the plan on the screen.
        let outcome = catch_unwind(AssertUnwindSafe(|| match effect {
            Effect::Hold(place) => self.hold(place.as_ref()),
            Effect::Open(Source::File(path)) => {
                Some(Outcome::Opened(Source::File(path.clone()), self.open(path).map(Box::new)))
            }
            Effect::Save { revision, target: Target::Same(path) | Target::New(path), .. }
                if self.library.is_open_elsewhere(path, self.lock.as_ref()) =>
            {
                let short = "another window has this plan open".to_owned();
                let result = Err(Unsaved::Failed(Failure { short, full: Vec::new() }));
                Some(Outcome::Saved { revision: *revision, result })
            }
            Effect::Recover(found) => Some(Outcome::Recovered(Box::new(self.recovered(found)))),
            _ => perform(&self.library, effect),
        }));
        outcome.unwrap_or_else(|panic| Some(broken(effect, Failure::of_panic(panic.as_ref()))))
    }

    fn open(&self, path: &Path) -> Result<Opened, Failure> {
        let opened = self.library.open(path).map_err(|error| failure_of_file(&error))?;
        Ok(opened_from(opened, |plan| self.prepared(plan)))
    }

    fn recovered(&self, found: &Found) -> Opened {
        let history = found.history.clone();
        let prepared = self.prepared(history.plan());
        let note = Some(RECOVERED.to_owned());
        Opened { history, lies: None, read_only: None, note, prepared, leftover: Some(found.leftover.clone()) }
    }

    fn prepared(&self, plan: &Plan) -> Prepared {
        let elsewhere = self.preparer.as_ref().and_then(|preparer| preparer.prepare(plan, today()));
        elsewhere.unwrap_or_else(|| prepared(plan))
    }
}

/// Hands over what concerns the reader of imports, which has threads of its own; gives everything else back.
fn for_reader(reader: &Reader, effect: Effect, answer: &(impl Fn(Outcome) + Clone + Send + 'static)) -> Option<Effect> {
    match effect {
        Effect::ReadImport(request) => {
            let answer = answer.clone();
            reader.begin(*request, move |news| answer(Outcome::Import(news)));
            None
        }
        Effect::StopImport => {
            reader.stop();
            None
        }
        other => Some(other),
    }
}

fn broken(effect: &Effect, failure: Failure) -> Outcome {
    match effect {
        Effect::Save { revision, .. } => Outcome::Saved { revision: *revision, result: Err(Unsaved::Failed(failure)) },
        Effect::Open(source) => Outcome::Opened(source.clone(), Err(failure)),
        Effect::Create(_) => Outcome::Created(Err(failure)),
        Effect::List => Outcome::Listed(Err(failure)),
        Effect::Export { .. } => Outcome::Exported(Err(NotExported::Failed(failure.short))),
        _ => Outcome::ListChanged(Err(failure)),
    }
}

/// Performs what concerns the disk; `None` where there is nothing to tell.
pub(super) fn perform(library: &Library, effect: &Effect) -> Option<Outcome> {
    Some(match effect {
        Effect::List => Outcome::Listed(list(library)),
        Effect::Open(Source::Example) => Outcome::Opened(Source::Example, example().map(Box::new)),
        Effect::Create(plan) => Outcome::Created(create(library, plan)),
        Effect::Save { plan, revision, target, expected } => {
            Outcome::Saved { revision: *revision, result: save(library, plan, target, expected.as_ref()) }
        }
        Effect::Duplicate { source, name } => Outcome::ListChanged(duplicate(library, source, name)),
        Effect::Rename { path, name } => {
            let renamed = watch::unless_open(library, path, || library.rename(path, name));
            Outcome::ListChanged(renamed.map(|saved| change(format!("renamed to {name}"), Some(saved.path))))
        }
        Effect::Trash(path) => {
            let moved = watch::unless_open(library, path, || library.trash(path));
            Outcome::ListChanged(moved.map(|there| change(format!("moved to {}", there.display()), None)))
        }
        Effect::KeepTheme(theme) => return keep_theme(library, *theme).err().map(Outcome::SettingsFailed),
        Effect::Look { path, stamp, even_if_same } => return watch::look(library, path, stamp, *even_if_same),
        Effect::FindLost => Outcome::Lost(watch::found(library.lost_edits()?)),
        Effect::Rescue(plan, journal) => {
            let rescued = library.rescue(plan, journal).map_err(|error| failure_of_save(&error));
            Outcome::ListChanged(rescued.map(|path| change(format!("kept as {}", path.display()), Some(path))))
        }
        Effect::DiscardEdits(journal) => {
            library.discard_edits(journal);
            return None;
        }
        Effect::Export { content, to, export } => Outcome::Exported(self::export(content, to, *export)),
        Effect::FindFiles(sought, word) => Outcome::Found(files(*sought, word)),
        Effect::RememberImports(path, marks) => {
            for (checksum, len) in marks {
                // Only the word "imported before" would be missing next time.
                let _ = library.remember_import(path, *checksum, *len);
            }
            return None;
        }
        // Others do these.
        Effect::Hold(_)
        | Effect::Recover(_)
        | Effect::Open(Source::File(_))
        | Effect::Keep(_)
        | Effect::Compute(_)
        | Effect::Forget(_)
        | Effect::Copy(_)
        | Effect::Suspend
        | Effect::ReadImport(_)
        | Effect::StopImport => return None,
    })
}

fn export(content: &Content, to: &Destination, export: Export) -> Result<PathBuf, NotExported> {
    let bytes = match content {
        Content::Text(text) => text.clone().into_bytes(),
        Content::Report { plan, scope, lift, form } => {
            report::render(plan, scope, *lift, *form).map_err(|error| NotExported::Failed(error.to_string()))?
        }
    };
    let not_there = |reason| NotExported::NotThere { path: to.path.clone(), export, reason };
    store::export(&RealDisk, to, &bytes).map_err(|error| match error {
        ExportError::Exists(path) => NotExported::Exists { path, export },
        // The path stands beside it.
        ExportError::Failed { source, .. } => not_there(format!("it cannot be written: {source}")),
        other => not_there(other.to_string()),
    })
}

fn change(done: String, find: Option<PathBuf>) -> ListChange {
    ListChange { done, find }
}

fn list(library: &Library) -> Result<Vec<Listed>, Failure> {
    let entries = library.list().map_err(|error| failure_of_save(&error))?;
    Ok(entries.into_iter().map(listed).collect())
}

fn listed(entry: Entry) -> Listed {
    let changed = shown_time(entry.modified);
    match entry.plan {
        Ok(plan) => Listed { name: plan.brief.name.clone(), path: entry.path, changed, content: Ok(summary(&plan)) },
        Err(diagnosis) => {
            let reason = format!("{}\n\n{}", diagnosis.reason(), diagnosis.render(false));
            Listed { name: entry.stem, path: entry.path, changed, content: Err(reason) }
        }
    }
}

fn summary(plan: &Plan) -> Summary {
    let scope = Scope { layer: Layer::Actual, span: Span::All };
    let total = Figures::of_all(plan, &scope);
    Summary {
        spend: total.get(crate::plan::Field::Spend),
        multiple: total.multiple(),
        roi: total.roi(),
        channels: plan.channels.len(),
    }
}

/// Files that go on from a word.
fn files(sought: Sought, word: &str) -> found::Listing {
    let listed = |file: FoundFile| found::Listed { when: shown_time(file.modified), file };
    found::Listing { word: word.to_owned(), files: store::find(sought, word).into_iter().map(listed).collect() }
}

fn shown_time(time: SystemTime) -> String {
    clock::local(time).map(|time| time.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

fn example() -> Result<Opened, Failure> {
    let read = store::read_plan(EXAMPLE, "the built-in example").map_err(|error| failure_of_file(&error))?;
    let note = "the example: change anything, nothing is kept unless you save it · o: your own plans".to_owned();
    let history = History::of_unsaved(read.plan);
    let prepared = prepared(history.plan());
    Ok(Opened { history, lies: None, read_only: None, note: Some(note), prepared, leftover: None })
}

/// A plan that was read from a file, as the screen takes it.
pub(super) fn opened_from(opened: store::Opened, prepare: impl FnOnce(&Plan) -> Prepared) -> Opened {
    let note = opened
        .has_comments
        .then(|| "the file holds comments: the first save drops them and keeps a copy of it".to_owned());
    let history = History::of_saved(opened.plan);
    let prepared = prepare(history.plan());
    Opened { history, lies: Some((opened.path, opened.stamp)), read_only: None, note, prepared, leftover: None }
}

/// What of a plan is computed here, so that the screen need not wait for it.
pub(super) fn prepared(plan: &Plan) -> Prepared {
    Prepared::of(plan, today())
}

fn today() -> Date {
    clock::now().date()
}

fn create(library: &Library, plan: &Plan) -> Result<Box<Opened>, Failure> {
    refuse_taken(library, &plan.brief.name)?;
    let saved = library.create(plan).map_err(|error| failure_of_save(&error))?;
    let (history, prepared) = (History::of_saved(plan.clone()), prepared(plan));
    Ok(Box::new(Opened {
        history,
        lies: Some((saved.path, saved.stamp)),
        read_only: None,
        note: None,
        prepared,
        leftover: None,
    }))
}

fn save(library: &Library, plan: &Plan, target: &Target, expected: Option<&store::Stamp>) -> Result<SavedAt, Unsaved> {
    let saved = match target {
        Target::Same(path) => library.save(plan, path, expected),
        Target::New(path) if is_there(path) => return Err(Unsaved::Exists(path.clone())),
        Target::New(path) => library.save(plan, path, None),
        Target::List => {
            // A second plan of one name could not be told from the first in the list.
            if let Ok(path) = library.resolve(&plan.brief.name) {
                return Err(Unsaved::Exists(path));
            }
            library.create(plan)
        }
    };
    match saved {
        Ok(saved) => Ok(saved_at(saved)),
        Err(SaveError::ChangedOnDisk(_)) => Err(Unsaved::ChangedOnDisk),
        Err(SaveError::Taken(path)) => Err(Unsaved::Exists(path)),
        Err(error) => Err(Unsaved::Failed(failure_of_save(&error))),
    }
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn saved_at(saved: Saved) -> SavedAt {
    let original =
        saved.commented_original.map(|path| format!("saved; the original with its comments: {}", path.display()));
    let note = original.or(saved.backup_failed.map(|reason| format!("saved, but no backup was kept: {reason}")));
    SavedAt { path: saved.path, stamp: saved.stamp, time: clock::now().strftime("%H:%M").to_string(), note }
}

fn refuse_taken(library: &Library, name: &str) -> Result<(), Failure> {
    match library.resolve(name) {
        Ok(path) => {
            let short = format!("a plan is named so already: {}", path.display());
            Err(Failure { short, full: Vec::new() })
        }
        Err(_) => Ok(()),
    }
}

fn duplicate(library: &Library, source: &Source, name: &str) -> Result<ListChange, Failure> {
    refuse_taken(library, name)?;
    let copied = match source {
        Source::File(path) => library.duplicate(path, name),
        Source::Example => {
            let read = store::read_plan(EXAMPLE, "the built-in example").map_err(|error| failure_of_file(&error))?;
            let mut plan = read.plan;
            name.clone_into(&mut plan.brief.name);
            library.create(&plan)
        }
    };
    let saved = copied.map_err(|error| failure_of_save(&error))?;
    Ok(change(format!("{name} made"), Some(saved.path)))
}

fn keep_theme(library: &Library, theme: ThemeName) -> Result<(), Failure> {
    let (mut settings, bad) = library.settings();
    // A settings file that somebody is mending is not written over.
    if let Some(diagnosis) = bad {
        return Err(failure_of_file(&diagnosis));
    }
    settings.theme = Some(match theme {
        ThemeName::Dark => store::ThemeName::Dark,
        ThemeName::Light => store::ThemeName::Light,
        ThemeName::Sixteen => store::ThemeName::Ansi,
        ThemeName::Mono => store::ThemeName::Mono,
    });
    library.save_settings(&settings).map(|_| ()).map_err(|error| failure_of_save(&error))
}

/// Why a file cannot be read, in full.
pub(super) fn failure_of_file(diagnosis: &Diagnosis) -> Failure {
    let full = diagnosis.render(false).lines().map(str::to_owned).collect();
    Failure { short: diagnosis.summary(), full }
}

fn failure_of_save(error: &SaveError) -> Failure {
    if let SaveError::Unreadable(diagnosis) = error {
        return failure_of_file(diagnosis);
    }
    Failure { short: error.to_string(), full: Vec::new() }
}
