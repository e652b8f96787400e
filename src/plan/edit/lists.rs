//! Edits of a plan's lists: its tests and its tactics.

use std::sync::Arc;

use imbl::Vector;

use super::Refusal;
use crate::plan::brief::Plan;
use crate::plan::tactic::Tactic;
use crate::plan::tests::{Split, Test};
use crate::plan::validate::{validate_tactic, validate_test};

/// A change to one item of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum ListEdit<T> {
    /// A new item before place `at` (the list's length puts it last).
    Insert {
        /// Its place.
        at: usize,
        /// The item.
        item: Arc<T>,
    },
    /// Takes an item out.
    Remove {
        /// Its place.
        at: usize,
    },
    /// Another item in that place.
    Replace {
        /// Its place.
        at: usize,
        /// The item as it shall be.
        item: Arc<T>,
    },
    /// Moves an item to another place.
    Move {
        /// From here …
        from: usize,
        /// … to there.
        to: usize,
    },
}

impl<T> ListEdit<T> {
    /// The item that comes in; `None` where none does.
    fn item(&self) -> Option<&T> {
        match self {
            Self::Insert { item, .. } | Self::Replace { item, .. } => Some(item),
            Self::Remove { .. } | Self::Move { .. } => None,
        }
    }

    /// The place of the item that goes or is replaced; `None` where none is.
    const fn old(&self) -> Option<usize> {
        match self {
            Self::Remove { at } | Self::Replace { at, .. } => Some(*at),
            Self::Insert { .. } | Self::Move { .. } => None,
        }
    }

    fn apply(&self, list: &mut Vector<Arc<T>>) -> Result<(), Refusal> {
        let there = |at: usize| if at < list.len() { Ok(()) } else { Err(Refusal::NoItem(at)) };
        match self {
            Self::Insert { at, item } => list.insert((*at).min(list.len()), Arc::clone(item)),
            Self::Remove { at } => {
                there(*at)?;
                list.remove(*at);
            }
            Self::Replace { at, item } => {
                there(*at)?;
                list.set(*at, Arc::clone(item));
            }
            Self::Move { from, to } => {
                there(*from)?;
                there(*to)?;
                let moved = list.remove(*from);
                list.insert(*to, moved);
            }
        }
        Ok(())
    }
}

/// Tests have names of their own, since tactics name them as evidence; a new name is carried to those tactics, and a
/// test that goes is forgotten there.
pub(super) fn edit_tests(plan: &mut Plan, edit: &ListEdit<Test>) -> Result<(), Refusal> {
    if let Some(test) = edit.item() {
        super::first_problem(validate_test(plan, test))?;
        check_name(plan, edit.old(), test)?;
    }
    let old = edit.old().and_then(|at| plan.tests.get(at)).cloned();
    edit.apply(&mut plan.tests)?;
    if let Some(old) = old.as_deref().and_then(split) {
        let new = edit.item().and_then(split).map(|split| split.name.as_str());
        if new != Some(old.name.as_str()) {
            rename_evidence(plan, &old.name, new);
        }
    }
    Ok(())
}

fn check_name(plan: &Plan, at: Option<usize>, test: &Test) -> Result<(), Refusal> {
    let name = test.name();
    if name.trim().is_empty() {
        return Err(Refusal::Unnamed("test"));
    }
    // A name that stood there twice already, in a file, may stay.
    let keeps = at.and_then(|at| plan.tests.get(at)).is_some_and(|old| old.name() == name);
    let taken = !keeps && plan.tests.iter().any(|other| other.name() == name);
    if taken { Err(Refusal::TestNameTaken(name.to_owned())) } else { Ok(()) }
}

fn split(test: &Test) -> Option<&Split> {
    match test {
        Test::Split(split) => Some(split),
        Test::Trial(_) => None,
    }
}

fn rename_evidence(plan: &mut Plan, old: &str, new: Option<&str>) {
    for tactic in &mut plan.tactics {
        if !tactic.evidence.iter().any(|name| name == old) {
            continue;
        }
        let evidence = &mut Arc::make_mut(tactic).evidence;
        match new {
            Some(new) => evidence.iter_mut().filter(|name| *name == old).for_each(|name| new.clone_into(name)),
            None => evidence.retain(|name| name != old),
        }
    }
}

pub(super) fn edit_tactics(plan: &mut Plan, edit: &ListEdit<Tactic>) -> Result<(), Refusal> {
    if let Some(tactic) = edit.item() {
        if tactic.title.trim().is_empty() {
            return Err(Refusal::Unnamed("tactic"));
        }
        super::first_problem(validate_tactic(plan, tactic))?;
    }
    edit.apply(&mut plan.tactics)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Edit;
    use super::*;
    use crate::plan::{Brief, Cadence, Channel, Lever, Link, Play, Tested, Trial};

    fn split_named(name: &str) -> Arc<Test> {
        Arc::new(Test::Split(Split::new(name, Link::Consult)))
    }

    fn plan() -> Plan {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.channels.push_back(Arc::new(Channel::new("SEO")));
        plan.tests.push_back(split_named("Pop-up"));
        plan.tests.push_back(Arc::new(Test::Trial(Trial::new("Ads", "SEO", 100.0))));
        let play = Play {
            title: "Ask".into(),
            link: Lever::Link(Link::Consult),
            how: String::new(),
            beware: String::new(),
            split_test: true,
        };
        let tactic = Tactic { evidence: vec!["Pop-up".into()], ..play.tactic() };
        plan.tactics.push_back(Arc::new(tactic));
        plan
    }

    fn refusal(edit: &Edit) -> String {
        edit.apply(&plan()).unwrap_err().to_string()
    }

    #[test]
    fn a_new_name_of_a_split_test_reaches_the_tactics_that_rest_on_it() {
        let renamed = Edit::Test(ListEdit::Replace { at: 0, item: split_named("Softer pop-up") });
        assert_eq!(renamed.apply(&plan()).unwrap().tactics[0].evidence, ["Softer pop-up"]);
        let gone = Edit::Test(ListEdit::Remove { at: 0 }).apply(&plan()).unwrap();
        assert!(gone.tactics[0].evidence.is_empty());
    }

    #[test]
    fn what_may_not_be_is_refused_with_what_and_where() {
        let trial = |change: fn(&mut Trial)| {
            let mut trial = Trial::new("Mail", "SEO", 100.0);
            change(&mut trial);
            refusal(&Edit::Test(ListEdit::Insert { at: 9, item: Arc::new(Test::Trial(trial)) }))
        };
        assert!(
            trial(|trial| trial.channel = "SEa".into()).contains("no channel is named \"SEa\": did you mean \"SEO\"?")
        );
        let early = trial(|trial| {
            (trial.started, trial.ended) = (Some(date(2026, 9, 2)), Some(date(2026, 9, 1)));
        });
        assert!(early.contains("it ends on 2026-09-01, before its start on 2026-09-02"), "{early}");
        assert!(trial(|trial| trial.budget = f64::NAN).contains("budget is NaN"));
        assert!(trial(|trial| trial.name = " ".into()).contains("give the test a name"));
        assert!(trial(|trial| trial.name = "Ads".into()).contains("another test is named \"Ads\""));
        let mut split = Split::new("More than all", Link::Close);
        split.variant = Tested { seen: 10.0, acted: 11.0 };
        let split = refusal(&Edit::Test(ListEdit::Insert { at: 0, item: Arc::new(Test::Split(split)) }));
        assert!(split.contains("11 acted of 10 who saw it"), "{split}");
        assert!(refusal(&Edit::Test(ListEdit::Remove { at: 2 })).contains("nothing stands in place 3"));
        let untitled = Tactic { title: String::new(), ..plan().tactics[0].as_ref().clone() };
        let untitled = refusal(&Edit::Tactic(ListEdit::Replace { at: 0, item: Arc::new(untitled) }));
        assert!(untitled.contains("give the tactic a name"), "{untitled}");
    }

    #[test]
    fn every_edit_of_a_list_is_undone_as_one() {
        let before = plan();
        let tactic = Arc::clone(&before.tactics[0]);
        let mut history = crate::plan::History::of_saved(before.clone());
        let edits = [
            Edit::Test(ListEdit::Insert { at: 0, item: split_named("A") }),
            Edit::Test(ListEdit::Move { from: 0, to: 2 }),
            Edit::Test(ListEdit::Remove { at: 1 }),
            Edit::Tactic(ListEdit::Insert { at: 1, item: tactic }),
            Edit::Tactic(ListEdit::Remove { at: 0 }),
        ];
        for edit in &edits {
            history.edit(edit, "edit").unwrap();
            assert!(crate::plan::validate(history.plan()).is_empty());
        }
        assert_eq!(history.plan().tests.iter().map(|test| test.name()).collect::<Vec<_>>(), ["Pop-up", "A"]);
        for _ in &edits {
            history.undo();
        }
        assert_eq!(history.plan(), &before);
    }
}
