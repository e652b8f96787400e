//! What was on the screen is found after any deeds, whenever the plan was saved between them.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::store::Saved;

/// A window that keeps what happens to its plan.
struct Window {
    bench: Bench,
    journal: Journal,
    history: History,
    path: PathBuf,
    stamp: Stamp,
}

impl Window {
    fn new() -> Self {
        let bench = bench();
        let Saved { path, stamp, .. } = bench.library.create(&plan()).unwrap();
        let journal = bench.library.journal();
        let mut window = Self { bench, journal, history: History::of_saved(plan()), path, stamp };
        window.told_saved(plan(), 0);
        window
    }

    /// The program hears that a state is saved; what happened since begins a new journal.
    fn told_saved(&mut self, saved: Plan, revision: u64) {
        self.history.mark_saved(revision);
        self.history.take_deeds();
        let lies = Some((self.path.clone(), self.stamp.clone()));
        self.journal.begin(saved, lies, &self.history.deeds_since(revision)).unwrap();
    }

    /// Saves; `meanwhile` happens before the program hears of it.
    fn save(&mut self, meanwhile: impl FnOnce(&mut History)) {
        let (plan, revision) = (self.history.plan().clone(), self.history.revision());
        self.stamp = self.bench.library.save(&plan, &self.path, Some(&self.stamp)).unwrap().stamp;
        meanwhile(&mut self.history);
        self.told_saved(plan, revision);
    }

    fn keep(&mut self) {
        self.journal.keep(&self.history.take_deeds()).unwrap();
    }

    /// The plan that is found after the window was killed.
    fn found(self) -> Plan {
        drop(self.journal);
        match self.bench.left(&self.path, Some(&self.stamp)) {
            Some(found) => found.unwrap().history.plan().clone(),
            None => self.bench.library.open(&self.path).unwrap().plan,
        }
    }
}

#[test]
fn undo_after_undo_beyond_the_last_save_is_found() {
    let mut window = Window::new();
    for value in [1.0, 2.0] {
        window.history.edit(&typed(0, value), "before the save").unwrap();
    }
    window.save(|_| {});
    window.history.undo();
    window.history.undo();
    window.keep();
    assert_eq!(window.found(), plan());
}

#[test]
fn an_undo_beyond_the_last_save_is_found_too() {
    let bench = bench();
    let mut history = History::of_saved(plan());
    history.edit(&typed(0, 1.0), "before the save").unwrap();
    let saved = bench.library.create(history.plan()).unwrap();
    history.mark_saved(history.revision());
    history.take_deeds();
    let mut journal = bench.library.journal();
    journal.begin(history.plan().clone(), Some((saved.path.clone(), saved.stamp)), &[]).unwrap();
    history.undo();
    journal.keep(&history.take_deeds()).unwrap();
    history.redo();
    history.undo();
    history.edit(&typed(1, 2.0), "after it").unwrap();
    history.undo();
    history.redo();
    journal.keep(&history.take_deeds()).unwrap();
    drop(journal);
    let found = bench.library.unsaved_edits(&saved.path, None).unwrap().unwrap();
    assert_eq!(found.history.plan(), history.plan());
    assert!(!found.damaged);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(12), failure_persistence: None, ..ProptestConfig::default() })]

    /// Edits, undo, redo and saves in any order, also saves that are told late.
    #[test]
    fn what_was_on_the_screen_is_found_after_any_deeds(deeds in prop::collection::vec(0..8u8, 1..40)) {
        let mut window = Window::new();
        for (deed, nth) in deeds.into_iter().zip(1u8..) {
            let edit = |history: &mut History| history.edit(&typed(usize::from(nth % 3), f64::from(nth)), "typed").unwrap();
            match deed {
                0..2 => edit(&mut window.history),
                2..4 => drop(window.history.undo()),
                4 => drop(window.history.redo()),
                5 => window.save(|_| {}),
                6 => window.save(|history| {
                    history.undo();
                    history.undo();
                }),
                _ => window.save(|history| {
                    history.undo();
                    edit(history);
                }),
            }
            window.keep();
        }
        let expected = window.history.plan().clone();
        prop_assert_eq!(window.found(), expected);
    }
}
