//! What keeps unsaved edits, on a thread of its own: an edit is on the disk soon, however long a save takes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::effect::Keep;
use super::message::{Failure, Outcome};
use super::worker::End;
use crate::store::{Journal, Library, SaveError};

/// Starts the thread; it ends when the sender is dropped, and `end` with it. Troubles go through `tell`.
pub(super) fn start(
    library: &Library,
    end: End,
    tell: impl Fn(Outcome) + Send + 'static,
) -> std::io::Result<Sender<Keep>> {
    let (sender, receiver): (_, Receiver<Keep>) = channel();
    let mut keeper = Keeper::new(library);
    thread::Builder::new().name("keeper".to_owned()).spawn(move || {
        let _end = end;
        for keep in receiver {
            if let Some(outcome) = keeper.perform(keep) {
                tell(outcome);
            }
        }
    })?;
    Ok(sender)
}

/// The journal, and whether the user knows that it cannot be written.
pub(super) struct Keeper {
    journal: Journal,
    failing: bool,
}

impl Keeper {
    pub(super) fn new(library: &Library) -> Self {
        Self { journal: library.journal(), failing: false }
    }

    /// Performs it; tells only where it cannot be done for the first time, or can be done again.
    pub(super) fn perform(&mut self, keep: Keep) -> Option<Outcome> {
        let done = catch_unwind(AssertUnwindSafe(|| self.write(keep)));
        let kept = match done {
            Ok(kept) => kept.map_err(|error| Failure { short: error.to_string(), full: Vec::new() }),
            Err(panic) => Err(Failure::of_panic(panic.as_ref())),
        };
        let changed = std::mem::replace(&mut self.failing, kept.is_err()) != kept.is_err();
        changed.then_some(Outcome::Kept(kept))
    }

    fn write(&mut self, keep: Keep) -> Result<(), SaveError> {
        match keep {
            Keep::Begin { plan, lies, deeds } => self.journal.begin(*plan, lies, &deeds),
            Keep::Deeds(deeds) => self.journal.keep(&deeds),
            Keep::GoOn(leftover, plan) => self.journal.go_on(&leftover, *plan),
            Keep::Forget => {
                self.journal.forget();
                Ok(())
            }
        }
    }
}
