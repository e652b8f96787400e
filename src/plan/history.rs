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

/// The plan as it is, with everything it was and could be again.
#[derive(Debug, Clone)]
pub struct History {
    past: Vec<Moment>,
    now: Moment,
    future: Vec<Moment>,
    last_revision: u64,
    saved_revision: Option<u64>,
}

impl History {
    /// A history that begins with a plan as it lies on disk.
    pub fn of_saved(plan: Plan) -> Self {
        Self { saved_revision: Some(0), ..Self::of_unsaved(plan) }
    }

    /// A history that begins with a plan that lies nowhere yet.
    pub fn of_unsaved(plan: Plan) -> Self {
        let now = Moment { plan, done: String::new(), revision: 0 };
        Self { past: Vec::new(), now, future: Vec::new(), last_revision: 0, saved_revision: None }
    }

    /// The plan as it is.
    pub fn plan(&self) -> &Plan {
        &self.now.plan
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
        self.last_revision += 1;
        let next = Moment { plan, done: done.into(), revision: self.last_revision };
        self.past.push(std::mem::replace(&mut self.now, next));
        self.future.clear();
        Ok(())
    }

    /// Goes back by one edit and says what was undone; `None` at the beginning.
    pub fn undo(&mut self) -> Option<&str> {
        let before = self.past.pop()?;
        self.future.push(std::mem::replace(&mut self.now, before));
        self.future.last().map(|moment| moment.done.as_str())
    }

    /// Goes forward by one undone edit and says what was done again; `None` at the end.
    pub fn redo(&mut self) -> Option<&str> {
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.now, after));
        Some(self.now.done.as_str())
    }

    /// Notes that the state of that revision lies on disk now.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved_revision = Some(revision);
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
    fn an_edit_that_changes_nothing_leaves_no_trace() {
        let mut history = History::of_saved(Plan::new(Brief::new("p", Cadence::Month)));
        let brief = history.plan().brief.clone();
        history.edit(&Edit::ReplaceBrief(Box::new(brief)), "nothing").unwrap();
        assert!(!history.is_unsaved());
        assert_eq!(history.undo(), None);
    }
}
