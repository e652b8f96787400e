//! Undo and redo without limit: a stack of plans that share all but what changed.

use super::brief::Plan;
use super::edit::{Edit, Refusal};

/// A state of the plan, and what was done to reach it.
#[derive(Debug, Clone)]
struct Moment {
    plan: Plan,
    /// What the edit that led here did, for the status line: "SEO · deals 30 → 33".
    done: String,
    /// Never given twice, so that "saved" can be told after undo and redo.
    revision: u64,
}

/// Something that happened to a history. Who repeats all deeds on the plan it began with has the same history.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// The plan became this one, and what was done, in words.
    Done(Plan, String),
    /// The last deed was taken back; the plan is this one again. A history may go back to before the plan that its deeds
    /// are told from.
    Undone(Plan),
    /// What was taken back was done again; the plan is this one again.
    Redone(Plan),
}

impl Deed {
    /// The plan after it.
    pub fn plan(&self) -> &Plan {
        match self {
            Self::Done(plan, _) | Self::Undone(plan) | Self::Redone(plan) => plan,
        }
    }
}

/// The plan as it is, with everything it was and could be again.
#[derive(Debug, Clone)]
pub struct History {
    past: Vec<Moment>,
    now: Moment,
    future: Vec<Moment>,
    last_revision: u64,
    saved_revision: Option<u64>,
    /// What happened since somebody asked last.
    deeds: Vec<Deed>,
}

impl History {
    /// A history that begins with a plan as it lies on disk.
    pub fn of_saved(plan: Plan) -> Self {
        Self { saved_revision: Some(0), ..Self::of_unsaved(plan) }
    }

    /// A history that begins with a plan that lies nowhere yet.
    pub fn of_unsaved(plan: Plan) -> Self {
        let now = Moment { plan, done: String::new(), revision: 0 };
        Self { past: Vec::new(), now, future: Vec::new(), last_revision: 0, saved_revision: None, deeds: Vec::new() }
    }

    /// The plan as it is.
    pub fn plan(&self) -> &Plan {
        &self.now.plan
    }

    /// The plan that it began with.
    pub fn first(&self) -> &Plan {
        &self.past.first().unwrap_or(&self.now).plan
    }

    /// How many deeds can be undone, and how many done again.
    pub fn reach(&self) -> (usize, usize) {
        (self.past.len(), self.future.len())
    }

    /// A number that names this very state of the plan in this history.
    pub fn revision(&self) -> u64 {
        self.now.revision
    }

    /// Applies an edit; `done` says what it does. An edit that changes nothing leaves no trace.
    ///
    /// # Errors
    /// The edit's [`Refusal`]; the plan is then as it was.
    pub fn edit(&mut self, edit: &Edit, done: impl Into<String>) -> Result<(), Refusal> {
        let plan = edit.apply(&self.now.plan)?;
        if plan == self.now.plan {
            return Ok(());
        }
        self.replace(plan, done);
        Ok(())
    }

    /// Puts a whole plan in place of the present one, which undo brings back. It must be valid.
    pub fn replace(&mut self, plan: Plan, done: impl Into<String>) {
        self.last_revision += 1;
        let next = Moment { plan, done: done.into(), revision: self.last_revision };
        self.deeds.push(Deed::Done(next.plan.clone(), next.done.clone()));
        self.past.push(std::mem::replace(&mut self.now, next));
        self.future.clear();
    }

    /// Goes back by one edit and says what was undone; `None` at the beginning.
    pub fn undo(&mut self) -> Option<&str> {
        let before = self.past.pop()?;
        self.future.push(std::mem::replace(&mut self.now, before));
        self.deeds.push(Deed::Undone(self.now.plan.clone()));
        self.future.last().map(|moment| moment.done.as_str())
    }

    /// Goes forward by one undone edit and says what was done again; `None` at the end.
    pub fn redo(&mut self) -> Option<&str> {
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.now, after));
        self.deeds.push(Deed::Redone(self.now.plan.clone()));
        Some(self.now.done.as_str())
    }

    /// Keeps so many of the deeds that can be undone, the last ones.
    pub fn keep_last(&mut self, deeds: usize) {
        self.past.drain(..self.past.len().saturating_sub(deeds));
    }

    /// Notes that the state of that revision lies on disk now.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved_revision = Some(revision);
    }

    /// Notes that no state of the plan lies on disk any more. Where this one did, it becomes a deed, so that who keeps
    /// deeds keeps what is now nowhere else.
    pub fn mark_lost(&mut self) {
        if !self.is_unsaved() {
            self.replace(self.now.plan.clone(), "the loss of the file");
        }
        self.saved_revision = None;
    }

    /// What happened since this was asked last, the oldest first.
    pub fn take_deeds(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.deeds)
    }

    /// The deeds that lead from the plan of `revision` to all that is known now, with what was undone; where that
    /// revision is no longer among what can be undone, the present plan as one undo: the states before it are others.
    pub fn deeds_since(&self, revision: u64) -> Vec<Deed> {
        if self.now.revision == revision && self.future.is_empty() {
            return Vec::new();
        }
        let Some(at) = self.past.iter().chain([&self.now]).position(|moment| moment.revision == revision) else {
            return vec![Deed::Undone(self.now.plan.clone())];
        };
        let later = self.past.iter().chain([&self.now]).skip(at + 1).chain(self.future.iter().rev());
        let done = later.map(|moment| Deed::Done(moment.plan.clone(), moment.done.clone()));
        // The plan before each of what was undone, the last one first.
        let before = self.future.iter().skip(1).chain([&self.now]).filter(|_| !self.future.is_empty());
        done.chain(before.map(|moment| Deed::Undone(moment.plan.clone()))).collect()
    }

    /// True if the state of that revision is this one, or lies in its past.
    pub fn came_by(&self, revision: u64) -> bool {
        self.past.iter().chain([&self.now]).any(|moment| moment.revision == revision)
    }

    /// True where the plan is not what lies on disk.
    pub fn is_unsaved(&self) -> bool {
        self.saved_revision != Some(self.now.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Brief, Cadence, Channel};
    use std::sync::Arc;

    fn add(name: &str) -> Edit {
        Edit::InsertChannel { at: usize::MAX, channel: Arc::new(Channel::new(name)) }
    }

    #[test]
    fn undo_leads_back_and_redo_forward_and_saved_is_remembered() {
        let mut history = History::of_saved(Plan::new(Brief::new("p", Cadence::Month)));
        let begin = history.plan().clone();
        history.edit(&add("a"), "added a").unwrap();
        history.edit(&add("b"), "added b").unwrap();
        assert!(history.is_unsaved());
        assert_eq!(history.undo(), Some("added b"));
        assert_eq!(history.undo(), Some("added a"));
        assert_eq!(history.undo(), None);
        assert_eq!(history.plan(), &begin);
        assert!(!history.is_unsaved());
        assert_eq!(history.redo(), Some("added a"));
        assert_eq!(history.plan().channels.len(), 1);
        history.edit(&add("c"), "added c").unwrap();
        assert_eq!(history.redo(), None, "a new edit ends what could be redone");
    }

    #[test]
    fn deeds_repeated_give_the_same_history() {
        let begin = Plan::new(Brief::new("p", Cadence::Month));
        let mut history = History::of_saved(begin.clone());
        for name in ["a", "b", "c", "d"] {
            history.edit(&add(name), format!("added {name}")).unwrap();
        }
        history.undo();
        history.undo();
        history.redo();
        let deeds = history.take_deeds();
        assert!(history.take_deeds().is_empty());
        for deeds in [deeds, history.deeds_since(0)] {
            let mut again = repeated(&begin, &deeds);
            assert_eq!(again.plan(), history.plan());
            assert_eq!(again.redo(), Some("added d"));
            assert_eq!(again.redo(), None);
            assert_eq!(again.undo(), Some("added d"));
            assert_eq!(again.undo(), Some("added c"));
        }
        let from_one = repeated(&history.past[1].plan, &history.deeds_since(1));
        assert_eq!(from_one.plan(), history.plan());
        assert!(History::of_saved(begin).deeds_since(0).is_empty());
        // A state that was saved and can be reached by redo alone.
        let jump = history.deeds_since(4);
        assert!(matches!(jump.as_slice(), [Deed::Undone(plan)] if plan == history.plan()));
    }

    fn repeated(begin: &Plan, deeds: &[Deed]) -> History {
        let mut history = History::of_saved(begin.clone());
        for deed in deeds {
            match deed {
                Deed::Done(plan, done) => history.replace(plan.clone(), done.clone()),
                Deed::Undone(_) => drop(history.undo()),
                Deed::Redone(_) => drop(history.redo()),
            }
            assert_eq!(history.plan(), deed.plan());
        }
        history
    }

    #[test]
    fn an_edit_that_changes_nothing_leaves_no_trace() {
        let mut history = History::of_saved(Plan::new(Brief::new("p", Cadence::Month)));
        let brief = history.plan().brief.clone();
        history.edit(&Edit::ReplaceBrief(Box::new(brief)), "nothing").unwrap();
        assert!(!history.is_unsaved());
        assert_eq!(history.undo(), None);
    }
}
