//! The list of plans, opening, saving, leaving.

use std::path::PathBuf;
use std::time::SystemTime;

use super::super::effect::{Source, Target};
use super::super::message::{Failure, Opened, SavedAt, Unsaved};
use super::super::state::{Listed, Prepared, Summary};
use super::*;
use crate::plan::History;
use crate::store::Stamp;

fn stamp() -> Stamp {
    Stamp { modified: SystemTime::UNIX_EPOCH, len: 1, checksum: 1 }
}

fn path() -> PathBuf {
    PathBuf::from("/plans/autumn.ron")
}

fn listed() -> Outcome {
    let summary = Summary { spend: Some(41850.0), multiple: Some(1.55), roi: Some(0.55), channels: 3 };
    let good = Listed { path: path(), name: "Autumn".into(), changed: "2026-10-04 14:02".into(), content: Ok(summary) };
    let bad = Listed {
        path: "/plans/bad.ron".into(),
        name: "bad".into(),
        changed: "2026-10-04 14:03".into(),
        content: Err("unknown field \"chanels\"\n\nerror: unknown field\n 3 | chanels: []".into()),
    };
    Outcome::Listed(Ok(vec![good, bad]))
}

fn opened_at(lies: Option<(PathBuf, Stamp)>, history: History) -> Box<Opened> {
    let prepared = Prepared::of(history.plan(), date(2026, 10, 4));
    Box::new(Opened { history, lies, read_only: None, note: None, prepared, leftover: None })
}

fn opened(plan: Plan) -> Outcome {
    Outcome::Opened(Source::File(path()), Ok(opened_at(Some((path(), stamp())), History::of_saved(plan))))
}

fn saved(revision: u64) -> Outcome {
    let saved = SavedAt { path: path(), stamp: stamp(), time: "14:02".into(), note: None };
    Outcome::Saved { revision, result: Ok(saved) }
}

fn save_of(effects: &[Effect]) -> Option<(&Target, &Option<Stamp>)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Save { target, expected, .. } => Some((target, expected)),
        _ => None,
    })
}

#[test]
fn the_list_tells_how_each_plan_is_doing_and_which_cannot_be_read() {
    Screen::plans()
        .shows("reading the list")
        .outcome(listed())
        .shows("41,850")
        .shows("+55.0%")
        .shows("unreadable: unknown field")
        .shows("The built-in example")
        .keys("j Enter")
        .shows("bad cannot be read")
        .shows("3 | chanels: []")
        .keys("Esc")
        .lacks("3 | chanels");
}

#[test]
fn an_empty_list_says_how_to_begin() {
    Screen::plans()
        .outcome(Outcome::Listed(Ok(Vec::new())))
        .shows("Enter opens the example")
        .shows("a makes an empty plan");
}

#[test]
fn enter_opens_the_plan_under_the_cursor() {
    let mut screen = Screen::plans().outcome(listed()).keys("Enter").shows("opening");
    assert_eq!(screen.effects(), [Effect::Open(Source::File(path()))]);
    screen.outcome(opened(sample())).in_view(View::Funnel).shows("◂ Oct 2026 ▸ Actual");
}

#[test]
fn deleting_a_plan_asks_and_the_first_answer_changes_nothing() {
    let mut screen = Screen::plans().outcome(listed()).keys("d").shows("to the trash?").keys("Enter");
    assert_eq!(screen.effects(), []);
    let mut screen = screen.keys("d Down Enter");
    assert_eq!(screen.effects(), [Effect::Trash(path())]);
}

#[test]
fn a_new_plan_is_made_by_its_name() {
    let mut screen = Screen::plans().outcome(listed()).keys("a \"Spring\" Enter");
    let effects = screen.effects();
    assert!(matches!(effects.as_slice(), [Effect::Create(plan)] if plan.brief.name == "Spring"), "{effects:?}");
}

#[test]
fn a_copy_and_another_name_are_asked_for() {
    let mut screen = Screen::plans().outcome(listed()).keys("D Enter r Ctrl-U \"Winter\" Enter");
    let copy = Effect::Duplicate { source: Source::File(path()), name: "Autumn 2".into() };
    assert_eq!(screen.effects(), [copy, Effect::Rename { path: path(), name: "Winter".into() }]);
}

#[test]
fn a_save_expects_the_file_as_it_was_read_and_says_when_it_was_done() {
    let mut screen =
        Screen::plans().outcome(opened(sample())).keys("C 5 Enter").shows("●").keys("Ctrl-S").shows("saving");
    assert_eq!(save_of(&screen.effects()), Some((&Target::Same(path()), &Some(stamp()))));
    screen.outcome(saved(1)).shows("saved 14:02").lacks("●");
}

#[test]
fn a_plan_that_lies_nowhere_asks_where() {
    let mut screen = Screen::table().keys("5 Enter Ctrl-S").shows("Save as").keys("Ctrl-U \"Mine\" Enter");
    assert_eq!(save_of(&screen.effects()), Some((&Target::List, &None)));
    assert_eq!(screen.plan().brief.name, "Mine");
    let mut screen = Screen::table().keys("Ctrl-S Ctrl-U \"./mine.ron\" Enter");
    assert_eq!(save_of(&screen.effects()), Some((&Target::New("./mine.ron".into()), &None)));
}

#[test]
fn a_file_that_somebody_else_changed_is_never_written_over_silently() {
    let changed = Outcome::Saved { revision: 1, result: Err(Unsaved::ChangedOnDisk) };
    let mut screen = Screen::plans()
        .outcome(opened(sample()))
        .keys("C 5 Enter Ctrl-S")
        .outcome(changed)
        .shows("somebody else changed the file");
    screen.effects();
    let mut screen = screen.keys("Enter").shows("●");
    assert_eq!(save_of(&screen.effects()), None);
}

#[test]
fn a_failed_save_keeps_the_edits_and_says_why() {
    let failure = Failure { short: "could not write /plans: make room".into(), full: Vec::new() };
    let failed = Outcome::Saved { revision: 1, result: Err(Unsaved::Failed(failure)) };
    Screen::plans()
        .outcome(opened(sample()))
        .keys("C 5 Enter Ctrl-S")
        .outcome(failed)
        .shows("not saved: could not write")
        .shows("●");
}

#[test]
fn leaving_asks_where_something_is_unsaved() {
    assert!(Screen::table().keys("q").inner.state.quitting);
    let screen = Screen::table().keys("5 Enter q").shows("unsaved changes");
    assert!(!screen.inner.state.quitting);
    let screen = screen.keys("Esc").lacks("unsaved changes");
    assert!(!screen.inner.state.quitting);
    assert!(screen.keys("q d").inner.state.quitting);
}

#[test]
fn save_and_quit_quits_once_it_is_saved() {
    let mut screen = Screen::plans().outcome(opened(sample())).keys("C 5 Enter q s");
    assert!(save_of(&screen.effects()).is_some());
    assert!(!screen.inner.state.quitting);
    assert!(screen.outcome(saved(1)).inner.state.quitting);
}

#[test]
fn ctrl_c_closes_what_is_open_and_else_leaves() {
    let screen = Screen::table().keys("5 Ctrl-C").holds(0, Field::Spend, Some(1210.0));
    assert!(!screen.inner.state.quitting);
    assert!(screen.keys("Ctrl-C").inner.state.quitting);
}

#[test]
fn opening_another_plan_asks_where_something_is_unsaved() {
    Screen::plans()
        .outcome(opened(sample()))
        .keys("C 5 Enter o")
        .outcome(listed())
        .keys("G Enter")
        .shows("save before opening another plan?");
}

#[test]
fn an_untouched_example_is_left_without_a_question() {
    let example = opened_at(None, History::of_unsaved(sample()));
    let screen = Screen::plans().outcome(Outcome::Opened(Source::Example, Ok(example))).lacks("●").keys("q");
    assert!(screen.inner.state.quitting);
}

#[test]
fn a_read_only_plan_says_so_instead_of_changing() {
    let mut outcome = opened(sample());
    if let Outcome::Opened(_, Ok(opened)) = &mut outcome {
        opened.read_only = Some("another window has it".into());
    }
    Screen::plans().outcome(outcome).keys("C 5").shows("read-only: another window has it").keys("d").shows("read-only");
}

#[test]
fn undo_in_the_list_changes_nothing_of_the_open_plan() {
    Screen::plans()
        .outcome(opened(sample()))
        .keys("C 5 Enter o")
        .outcome(listed())
        .keys("u")
        .shows("nothing to undo in the list")
        .keys("Ctrl-R")
        .shows("nothing to do again in the list")
        .holds(0, Field::Spend, Some(5.0));
}

#[test]
fn the_open_plan_is_renamed_as_an_edit_and_marked_unsaved() {
    let screen = Screen::plans().outcome(opened(sample())).keys("o").outcome(listed()).shows("• 百度推广计划");
    let mut screen = screen.keys("r Ctrl-U \"Winter\" Enter").shows("● Winter").shows("the open plan is now Winter");
    assert!(!screen.effects().iter().any(|effect| matches!(effect, Effect::Rename { .. })));
    assert_eq!(screen.keys("C u").plan().brief.name, sample().brief.name);
}

#[test]
fn what_is_proposed_gives_way_to_what_is_typed_and_stays_to_be_edited() {
    let mut screen = Screen::table().keys("5 Enter Ctrl-S \"Mine\" Enter");
    assert_eq!(save_of(&screen.effects()), Some((&Target::List, &None)));
    assert_eq!(screen.plan().brief.name, "Mine");
    let screen = Screen::table().keys("5 Enter Ctrl-S End \"!\" Enter");
    assert_eq!(screen.plan().brief.name, sample().brief.name + "!");
    let screen = Screen::table().keys("r \"!\" Enter");
    assert_eq!(screen.names()[0], "SEO!");
}

#[test]
fn plans_of_one_name_are_told_apart_by_their_files() {
    let Outcome::Listed(Ok(mut list)) = listed() else { panic!() };
    let twin = Listed { path: "/plans/autumn-2.ron".into(), ..list[0].clone() };
    list.push(twin);
    Screen::plans()
        .outcome(Outcome::Listed(Ok(list)))
        .shows("Autumn (autumn.ron)")
        .shows("Autumn (autumn-2.ron)")
        .lacks("bad (");
}
