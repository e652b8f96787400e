//! A plan that comes takes the place of the open one only where nothing of that is lost.

use std::path::PathBuf;

use super::super::effect::{Source, Target};
use super::super::message::{Failure, Opened, SavedAt, Seen, Unsaved};
use super::super::state::Prepared;
use super::*;
use crate::plan::History;
use crate::store::{self, Stamp};

fn path(name: &str) -> PathBuf {
    PathBuf::from(format!("/plans/{name}.ron"))
}

fn stamp() -> Stamp {
    stamp_of(1)
}

fn stamp_of(checksum: u64) -> Stamp {
    Stamp { modified: std::time::SystemTime::UNIX_EPOCH, len: 1, checksum }
}

/// The sample under that name, read from its file.
fn opened(name: &str) -> Outcome {
    let mut plan = sample();
    plan.brief.name = name.to_owned();
    let prepared = Prepared::of(&plan, date(2026, 10, 4));
    let lies = Some((path(name), stamp()));
    let opened =
        Opened { history: History::of_saved(plan), lies, read_only: None, note: None, prepared, leftover: None };
    Outcome::Opened(Source::File(path(name)), Ok(Box::new(opened)))
}

fn saved(name: &str, revision: u64) -> Outcome {
    let saved = SavedAt { path: path(name), stamp: stamp(), time: "14:02".into(), note: None };
    Outcome::Saved { revision, result: Ok(saved) }
}

fn not_saved(revision: u64) -> Outcome {
    let failure = Failure { short: "the disk is full".into(), full: Vec::new() };
    Outcome::Saved { revision, result: Err(Unsaved::Failed(failure)) }
}

/// "first" is open in the table; its first number was typed anew.
fn edited() -> Screen {
    Screen::plans().outcome(opened("first")).keys("C 5 Enter")
}

fn open_plan(screen: &Screen) -> &str {
    &screen.inner.state.plan().unwrap().brief.name
}

#[test]
fn a_new_plan_is_asked_for_after_the_open_one_is_safe() {
    let screen = edited().keys("o a").shows("save before opening another plan?");
    let screen = screen.keys("d").shows("New plan").keys("\"second\" Enter");
    let screen = screen.outcome(opened("second"));
    assert_eq!(open_plan(&screen), "second", "what was given up is not asked about again");
    let mut screen = edited().keys("o a s");
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Save { .. })));
    screen.outcome(saved("first", 1)).shows("New plan");
}

#[test]
fn what_was_typed_while_another_plan_is_read_is_asked_about() {
    let screen = edited().outcome(opened("second")).shows("save before opening another plan?");
    assert_eq!(open_plan(&screen), "first");
    let stayed = screen.keys("Esc").shows("your changes are still here");
    assert_eq!(open_plan(&stayed), "first");
    let deleting = edited().outcome(opened("second")).keys("d").shows("save before opening another plan?");
    assert_eq!(open_plan(&deleting), "first", "a key that was meant for the table answers nothing");
    assert_eq!(open_plan(&edited().outcome(opened("second")).keys("Down Down Enter")), "second");
    let screen = edited().outcome(opened("second")).keys("s");
    assert_eq!(open_plan(&screen), "first", "not before it is saved");
    assert_eq!(open_plan(&screen.outcome(saved("first", 1))), "second");
    let screen = edited().outcome(opened("second")).keys("s").outcome(not_saved(1)).shows("the disk is full");
    assert_eq!(open_plan(&screen), "first");
}

#[test]
fn whoever_types_is_not_interrupted_by_a_plan_that_comes() {
    let screen = Screen::plans().outcome(opened("first")).keys("C 5").outcome(opened("second"));
    assert_eq!(open_plan(&screen), "first");
    let screen = screen.keys("6 Enter").shows("save before opening another plan?").keys("Esc");
    screen.holds(0, Field::Spend, Some(56.0));
    let put_back = Screen::plans().outcome(opened("first")).keys("C 5").outcome(opened("second")).keys("Esc");
    assert_eq!(open_plan(&put_back), "second");
}

#[test]
fn a_save_under_way_is_of_the_plan_that_it_began_with() {
    let screen = edited().keys("Ctrl-S").outcome(opened("second"));
    assert_eq!(open_plan(&screen), "first");
    let mut screen = screen.outcome(saved("first", 1));
    assert_eq!(open_plan(&screen), "second");
    screen.effects();
    let mut screen = screen.keys("C 7 Enter Ctrl-S");
    let to_second =
        |effect: &Effect| matches!(effect, Effect::Save { target: Target::Same(to), .. } if *to == path("second"));
    assert!(screen.effects().iter().any(to_second));
    let screen = edited().keys("Ctrl-S").outcome(opened("second")).outcome(not_saved(1)).shows("the disk is full");
    assert_eq!(open_plan(&screen), "first");
}

#[test]
fn a_new_plans_name_is_no_reason_to_save_what_was_given_up() {
    let mut screen = edited().keys("o a d \"second\"");
    screen.effects();
    let mut screen = screen.keys("Ctrl-S");
    let effects = screen.effects();
    assert!(matches!(effects.as_slice(), [Effect::Create(_)]), "{effects:?}");
}

#[test]
fn what_was_given_up_for_a_plan_that_does_not_come_is_kept() {
    for script in ["o a d Esc", "o a d \"second\" Enter"] {
        let failure = Failure { short: "the disk is full".into(), full: Vec::new() };
        let screen = edited().keys(script).outcome(Outcome::Created(Err(failure)));
        let screen = screen.outcome(opened("third")).shows("save before opening another plan?");
        assert_eq!(open_plan(&screen), "first", "{script}");
    }
}

#[test]
fn a_field_that_is_typed_is_not_interrupted_by_a_plan_that_comes() {
    let screen = Screen::plans().outcome(opened("first")).keys("T Enter");
    assert!(screen.inner.state.sheet.is_some());
    let screen = screen.keys("Enter").outcome(opened("second"));
    assert_eq!(open_plan(&screen), "first");
    assert_eq!(open_plan(&screen.keys("Esc")), "second");
}

#[test]
fn a_refused_save_waits_until_nothing_is_typed() {
    let changed = || Outcome::Saved { revision: 1, result: Err(Unsaved::ChangedOnDisk) };
    let screen = edited().keys("Ctrl-S 6").outcome(changed()).lacks("somebody else changed");
    let screen = screen.keys("7 Enter").shows("somebody else changed the file");
    screen.keys("Esc").holds(1, Field::Spend, Some(67.0));
}

#[test]
fn theirs_taken_while_leaving_stays_here_with_mine_to_be_brought_back() {
    let theirs = || {
        let mut plan = sample();
        plan.brief.note = "theirs".to_owned();
        let opened = store::Opened { plan, path: path("first"), stamp: stamp_of(2), has_comments: false };
        Outcome::Looked(path("first"), Seen::Changed(Ok(Box::new(opened))))
    };
    let refused = Outcome::Saved { revision: 1, result: Err(Unsaved::ChangedOnDisk) };
    let screen = edited().keys("q s").outcome(refused).outcome(theirs()).keys("Down Enter");
    assert!(!screen.inner.state.quitting);
    screen.shows("theirs was taken").keys("u").holds(0, Field::Spend, Some(5.0));
}

#[test]
fn nothing_is_left_while_a_save_is_under_way() {
    let screen = edited().keys("Ctrl-S u q");
    assert!(!screen.inner.state.quitting);
    screen.shows("This plan has unsaved changes");
    edited().keys("Ctrl-S :").keys("\"save under\" Enter Enter").shows("a save is under way");
}

#[test]
fn leaving_from_a_cell_takes_what_is_typed_first() {
    let screen = Screen::plans().outcome(opened("first")).keys("C 4 4 4 Ctrl-Q").shows("This plan has unsaved changes");
    screen.keys("Esc").holds(0, Field::Spend, Some(444.0));
}

#[test]
fn a_plan_that_a_crash_left_is_at_stake_however_few_its_edits_are() {
    let prepared = Prepared::of(&sample(), date(2026, 10, 4));
    let history = History::of_unsaved(sample());
    let folder = tempfile::tempdir().unwrap();
    let leftover = left_by_a_crash(folder.path());
    let opened = Opened { history, lies: None, read_only: None, note: None, prepared, leftover: Some(leftover) };
    let screen = Screen::plans().outcome(Outcome::Recovered(Box::new(opened))).shows("●").keys("q");
    assert!(!screen.inner.state.quitting);
}

/// A real journal of a plan that lay nowhere.
fn left_by_a_crash(folder: &std::path::Path) -> store::Leftover {
    let library = store::Library::new(store::Home::in_folder(folder));
    let mut history = History::of_saved(sample());
    history.replace(sample(), "something");
    library.journal().begin(sample(), None, &history.take_deeds()).unwrap();
    library.lost_edits().unwrap().unwrap().leftover
}

#[test]
fn a_command_that_is_looked_for_is_not_run_by_a_save() {
    let mut screen = edited().keys(": \"delete\"");
    screen.effects();
    let mut screen = screen.keys("Ctrl-S");
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Save { .. })));
    assert_eq!(screen.inner.state.plan().unwrap().channels.len(), sample().channels.len());
}
