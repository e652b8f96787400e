//! Who may write a plan, what else happened to its file, and what a crash left of it.

use std::path::{Path, PathBuf};

use super::super::message::{Failure, Holding, Outcome, Seen};
use super::{Desk, failure_of_file, failure_of_save};
use crate::store::{Broken, Found, Library, Locking, SaveError, Since, Stamp};

impl Desk {
    /// Takes the right to write a plan, and gives up any other.
    pub(super) fn hold(&mut self, place: Option<&(PathBuf, Stamp)>) -> Option<Outcome> {
        self.lock = None;
        let (path, stamp) = place?;
        let holding = match self.library.lock(path) {
            Locking::Theirs(holder) => {
                Holding::Theirs(holder.map_or_else(|| "another window has it open".to_owned(), |who| who.to_string()))
            }
            locking => {
                if let Locking::Mine(lock) = locking {
                    self.lock = Some(lock);
                }

                Holding::Mine(self.library.unsaved_edits(path, Some(stamp)).map(found))
            }
        };
        self.library.sweep(path);
        Some(Outcome::Held(path.clone(), holding))
    }
}

pub(super) fn found(found: Result<Found, Broken>) -> Result<Box<Found>, Failure> {
    found.map(Box::new).map_err(|broken| Failure { short: broken.to_string(), full: Vec::new() })
}

/// What became of a plan's file; `None` where it is the same and nobody wants to hear that.
pub(super) fn look(library: &Library, path: &Path, stamp: &Stamp, even_if_same: bool) -> Option<Outcome> {
    let seen = match library.since(path, stamp) {
        Since::Same => {
            let now = library.dated(path, stamp);
            if !even_if_same && now == *stamp {
                return None;
            }
            Seen::Same(now)
        }
        Since::Gone => Seen::Gone,
        Since::Changed => match library.open(path) {
            // It could not be read for a moment.
            Ok(opened) if opened.stamp.is_of_same_bytes(stamp) => Seen::Same(opened.stamp),
            opened => Seen::Changed(opened.map(Box::new).map_err(|bad| failure_of_file(&bad))),
        },
    };
    Some(Outcome::Looked(path.to_owned(), seen))
}

/// Does something to a plan's file, unless another window has it open.
pub(super) fn unless_open<T>(
    library: &Library,
    path: &Path,
    action: impl FnOnce() -> Result<T, SaveError>,
) -> Result<T, Failure> {
    let locking = library.lock(path);
    if let Locking::Theirs(holder) = &locking {
        let who = holder.as_ref().map_or_else(|| "another window has it open".to_owned(), ToString::to_string);
        return Err(Failure { short: format!("not while {who}"), full: Vec::new() });
    }
    action().map_err(|error| failure_of_save(&error))
}
