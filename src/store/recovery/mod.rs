//! Unsaved edits survive a crash: each window writes down what happens to its plan, and repeats it at the next start.
//!
//! ```text
//! deeds of the history ─▶ Journal (append, sync) ─▶ recovery/KEY-1.journal      gone after a save or a discard
//!                                                   recovery/KEY-1.ron          the plan that the deeds began with
//! next start ─▶ Library::unsaved_edits ─▶ Found: the history, as far as the journal is whole
//! ```
//!
//! Only what an edit changed is written, so an edit of one channel among ten thousand costs a few kilobytes. A journal is
//! locked by the window that writes it, so one that can be locked was left by a crash.

mod entry;
mod journal;
mod names;
mod replay;
mod splice;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::plan::{History, Plan, printable};

use super::disk::{Disk, Opening};
use super::file::{SaveError, Stamp};
use super::library::Library;
use super::sum::Sum;
use entry::{Entries, Entry, Reach, Turn};
use names::{JOURNAL, Names, has_key, keys_of};
use replay::{Replayed, UNKNOWN_TIME, replay};

pub use journal::Journal;

/// A journal that a crash left behind. It stays until its edits are taken, discarded or saved elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// The journal's file.
    pub journal: PathBuf,
    /// The plan's file, as absolute path; `None` where it lay nowhere.
    pub place: Option<PathBuf>,
    /// How much of the journal is whole, in bytes.
    pub whole: u64,
    /// What the plan's file held when they began; when it was written is not known.
    pub began_with: Stamp,
    turn: Turn,
    reach: Reach,
}

/// Unsaved edits that a crash left behind.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where they were found.
    pub leftover: Leftover,
    /// When the first of them was made, as `2026-09-01 10:00`.
    pub began: String,
    /// The plan with its edits, which undo takes back one by one.
    pub history: History,
    /// True where something of it could not be read: the last edit, or all after a damaged place.
    pub damaged: bool,
}

impl PartialEq for Found {
    /// Of the same journal, as far as that is whole.
    fn eq(&self, other: &Self) -> bool {
        self.leftover == other.leftover
    }
}

/// Why a journal cannot be repeated. One that is damaged was put aside, where a person can still look into it; one that
/// the disk does not give now stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unsaved edits of {began} cannot be recovered: {}. What there is lies in {}", printable(.why), printable(&.lies.to_string_lossy()))]
pub struct Broken {
    /// When they were made, as far as it is known.
    pub began: String,
    /// What is wrong.
    pub why: String,
    /// Where the journal lies now.
    pub lies: PathBuf,
}

impl Broken {
    /// One that the disk does not give.
    fn unread(lies: &Path, error: &std::io::Error) -> Self {
        Self { began: UNKNOWN_TIME.to_owned(), why: error.to_string(), lies: lies.to_owned() }
    }
}

/// The file of a journal's plan, as the journal says.
fn plan_of(disk: &dyn Disk, journal: &Path) -> Option<PathBuf> {
    match Entries::of(&disk.read(journal).ok()?)?.next()? {
        Entry::Open(opened) => opened.plan.map(PathBuf::from),
        _ => None,
    }
}

impl Library {
    /// The newest unsaved edits that a crash left of the plan in `path`. `now` is what the file holds: where the edits
    /// began with just that, undoing all of them leads to a plan that counts as saved.
    pub fn unsaved_edits(&self, path: &Path, now: Option<&Stamp>) -> Option<Result<Found, Broken>> {
        let disk = self.disk.as_ref();
        let (keys, real) = (keys_of(disk, path), disk.canonical(path).ok());
        // The plan may have been opened by a link when they were made.
        let leads_here = |journal: &Path| real.is_some() && plan_of(disk, journal) == real;
        self.newest(|journal| keys.iter().any(|key| has_key(journal, key)) || leads_here(journal), |_| true, now)
    }

    /// The newest unsaved edits of a plan that lay nowhere, or that cannot be opened any more: nobody would find them there.
    pub fn lost_edits(&self) -> Option<Result<Found, Broken>> {
        let is_lost = |found: &Found| found.leftover.place.as_ref().is_none_or(|place| self.open(place).is_err());
        self.newest(|_| true, is_lost, None)
    }

    /// Takes a journal away whose edits are not wanted, or lie elsewhere by now.
    pub fn discard_edits(&self, journal: &Path) {
        Names::of_journal(journal).remove(self.disk.as_ref());
    }

    /// Puts recovered edits into the list of plans, as a plan of their own; their journal goes.
    ///
    /// # Errors
    /// A [`SaveError`]; the journal then stays.
    pub fn rescue(&self, plan: &Plan, journal: &Path) -> Result<PathBuf, SaveError> {
        let saved = self.create(plan)?;
        self.discard_edits(journal);
        Ok(saved.path)
    }

    /// Takes away first plans whose journals are gone: a window was killed while it took both away.
    pub(super) fn sweep_bases(&self) {
        let files = self.disk.list(&self.home.recovery_dir).unwrap_or_default();
        let names = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "ron"));
        for base in names.filter(|base| Names::is_alone(base, &files)) {
            let _ = self.disk.remove(base);
        }
    }

    fn newest(
        &self,
        is_candidate: impl Fn(&Path) -> bool,
        is_wanted: impl Fn(&Found) -> bool,
        now: Option<&Stamp>,
    ) -> Option<Result<Found, Broken>> {
        let folder = &self.home.recovery_dir;
        let files = match self.disk.list(folder) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => return Some(Err(Broken::unread(folder, &error))),
        };
        let is_journal = |path: &PathBuf| path.extension().is_some_and(|extension| extension == JOURNAL);
        let mut journals: Vec<_> = files
            .into_iter()
            .filter(|path| is_journal(path) && is_candidate(path))
            .map(|path| (self.disk.facts(&path).map_or(SystemTime::UNIX_EPOCH, |facts| facts.modified), path))
            .collect();
        journals.sort();
        let mut found: Vec<_> = journals.iter().rev().filter_map(|(_, path)| self.read_journal(path, now)).collect();
        let turns: Vec<Turn> = found.iter().flatten().map(|found| found.leftover.turn.clone()).collect();
        let is_outdated = |Leftover { turn, .. }: &Leftover| {
            turns.iter().any(|other| other.window == turn.window && other.nth > turn.nth)
        };
        // The window had begun another one, and was killed before it could take this one away.
        let outdated = found.extract_if(.., |found| found.as_ref().is_ok_and(|found| is_outdated(&found.leftover)));
        for found in outdated.flatten() {
            self.discard_edits(&found.leftover.journal);
        }
        found.into_iter().find(|found| found.as_ref().map_or(true, &is_wanted))
    }

    /// `None` where a living window writes it, or nothing was ever done in it.
    fn read_journal(&self, path: &Path, now: Option<&Stamp>) -> Option<Result<Found, Broken>> {
        let disk = self.disk.as_ref();
        let names = Names::of_journal(path);
        let file = match disk.open(path, Opening::Old) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => return Some(Err(Broken::unread(path, &error))),
        };
        if matches!(disk.lock(&file), Ok(false)) {
            return None;
        }
        let bytes = match disk.read(path) {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(Broken::unread(path, &error))),
        };
        let mut unread = None;
        let base = |opened: &entry::Opened| {
            let own = opened.plan.as_deref().map(Path::new);
            own.into_iter().chain([names.base.as_path()]).find_map(|file| match disk.read(file) {
                Ok(bytes) => (Sum::of(&bytes) == opened.base).then_some(bytes),
                Err(error) => {
                    unread = unread.take().or(Some(error)).filter(|error| error.kind() != ErrorKind::NotFound);
                    None
                }
            })
        };
        match replay(&bytes, base, now.map(Stamp::sum)) {
            Ok(Some(Replayed { opened, history, whole, damaged })) => {
                let place = opened.plan.map(PathBuf::from);
                let Sum { len, checksum } = opened.base;
                let began_with = Stamp { modified: SystemTime::UNIX_EPOCH, len, checksum };
                let (back, forth) = history.reach();
                let (reach, turn) = (Reach { back, forth }, opened.turn);
                let leftover = Leftover { journal: path.to_owned(), place, whole, began_with, turn, reach };
                Some(Ok(Found { leftover, began: opened.began, history, damaged }))
            }
            Ok(None) => {
                names.remove(disk);
                None
            }
            Err((began, why)) => Some(Err(match unread {
                Some(error) => Broken { began, ..Broken::unread(path, &error) },
                None => Broken { began, why: why.to_owned(), lies: names.put_aside(disk) },
            })),
        }
    }
}
