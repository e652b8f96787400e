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
        let mut waiting = None;
        while let Some(keep) = waiting.take().or_else(|| receiver.recv().ok()) {
            let keep = with_what_follows(keep, &receiver, &mut waiting);
            if let Some(outcome) = keeper.perform(keep) {
                tell(outcome);
            }
        }
    })?;
    Ok(sender)
}

/// Deeds together with those that came while others were written: they wait for the disk once, so that no haste leaves the
/// journal behind. What comes behind them is put into `waiting`.
fn with_what_follows(mut keep: Keep, receiver: &Receiver<Keep>, waiting: &mut Option<Keep>) -> Keep {
    if let Keep::Deeds(deeds) = &mut keep {
        while let Ok(next) = receiver.try_recv() {
            match next {
                Keep::Deeds(more) => deeds.extend(more),
                other => {
                    *waiting = Some(other);
                    break;
                }
            }
        }
    }
    keep
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Brief, Cadence, Deed, Plan};

    #[test]
    fn deeds_that_wait_are_written_together_and_in_order() {
        let deeds = |count: usize| {
            let plan = Plan::new(Brief::new("p", Cadence::Month));
            Keep::Deeds((0..count).map(|at| Deed::Done(plan.clone(), at.to_string())).collect())
        };
        let (sender, receiver) = channel();
        for keep in [deeds(2), deeds(3), Keep::Forget, deeds(1)] {
            sender.send(keep).unwrap();
        }
        let mut waiting = None;
        let first = with_what_follows(deeds(1), &receiver, &mut waiting);
        assert!(matches!(first, Keep::Deeds(deeds) if deeds.len() == 6));
        let next = waiting.take().unwrap();
        assert_eq!(with_what_follows(next, &receiver, &mut waiting), Keep::Forget);
        assert!(waiting.is_none());
        assert_eq!(receiver.try_recv(), Ok(deeds(1)));
    }
}
