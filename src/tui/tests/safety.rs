//! Crashes, other windows, other programs, failing disks: what the user sees and can choose.

use std::path::PathBuf;
use std::time::SystemTime;

use super::super::effect::{Keep, Source, Target};
use super::super::keeper::Keeper;
use super::super::message::{Failure, Holding, Opened, SavedAt, Seen, Unsaved};
use super::super::state::Prepared;
use super::super::worker::Desk;
use super::*;
use crate::plan::{Edit, History};
use crate::store::faulty::FaultyDisk;
use crate::store::{self, Home, Library, Stamp};

fn path() -> PathBuf {
    PathBuf::from("/plans/autumn.ron")
}

fn stamp(checksum: u64) -> Stamp {
    Stamp { modified: SystemTime::UNIX_EPOCH, len: 1, checksum }
}

fn opened_at(lies: Option<(PathBuf, Stamp)>, history: History) -> Box<Opened> {
    let prepared = Prepared::of(history.plan(), date(2026, 10, 4));
    Box::new(Opened { history, lies, read_only: None, note: None, prepared, leftover: None })
}

/// The sample, open from its file, in the table.
fn opened() -> Screen {
    let lies = Some((path(), stamp(1)));
    let opened = opened_at(lies, History::of_saved(sample()));
    Screen::plans().outcome(Outcome::Opened(Source::File(path()), Ok(opened))).keys("C")
}

/// Somebody else's plan: 百度竞价 spends 1 in October.
fn theirs() -> Plan {
    let value = crate::plan::CellValue::Number(Field::Spend, Some(1.0));
    let change = crate::plan::CellChange { channel: 1, layer: Layer::Actual, day: date(2026, 10, 1), value };
    Edit::Cells(vec![change]).apply(&sample()).unwrap()
}

fn changed() -> Outcome {
    let opened = store::Opened { plan: theirs(), path: path(), stamp: stamp(2), has_comments: false };
    Outcome::Looked(path(), Seen::Changed(Ok(Box::new(opened))))
}

fn failure(short: &str) -> Failure {
    Failure { short: short.to_owned(), full: Vec::new() }
}

#[test]
fn every_edit_is_kept_and_a_quit_forgets_them() {
    let mut screen = opened();
    let begun = |effect: &Effect| matches!(effect, Effect::Keep(Keep::Begin { lies: Some(_), .. }));
    assert!(screen.effects().iter().any(begun));
    let mut screen = screen.keys("5 Enter u");
    let kept: Vec<_> = screen.effects().into_iter().filter(|effect| matches!(effect, Effect::Keep(_))).collect();
    assert!(
        matches!(kept.as_slice(), [Effect::Keep(Keep::Deeds(one)), Effect::Keep(Keep::Deeds(two))]
        if one.len() == 1 && two.len() == 1),
        "{kept:?}"
    );
    let mut screen = screen.keys("q");
    assert!(screen.effects().contains(&Effect::Keep(Keep::Forget)));
}

#[test]
fn a_save_begins_anew_with_what_was_done_while_it_was_under_way() {
    let mut screen = opened().keys("5 Enter Ctrl-S 6 Enter");
    screen.effects();
    let saved = SavedAt { path: path(), stamp: stamp(3), time: "14:02".into(), note: None };
    let mut screen = screen.outcome(Outcome::Saved { revision: 1, result: Ok(saved) }).shows("●");
    let effects = screen.effects();
    let [Effect::Keep(Keep::Begin { plan, lies, deeds })] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(plan.channels[0].actual.get(date(2026, 10, 1)).unwrap().get(Field::Spend), Some(5.0));
    assert_eq!((lies.as_ref(), deeds.len()), (Some(&(path(), stamp(3))), 1));
}

#[test]
fn a_save_that_is_asked_for_during_another_follows_it() {
    let mut screen = opened().keys("5 Enter Ctrl-S 6 Enter Ctrl-S");
    let saves = |effects: Vec<Effect>| -> Vec<Option<Stamp>> {
        let saves = effects.into_iter().filter_map(|effect| match effect {
            Effect::Save { expected, .. } => Some(expected),
            _ => None,
        });
        saves.collect()
    };
    assert_eq!(saves(screen.effects()), [Some(stamp(1))]);
    let saved = |revision, checksum| {
        let saved = SavedAt { path: path(), stamp: stamp(checksum), time: "14:02".into(), note: None };
        Outcome::Saved { revision, result: Ok(saved) }
    };
    let mut screen = screen.outcome(saved(1, 3));
    assert_eq!(saves(screen.effects()), [Some(stamp(3))], "it expects what the first one wrote");
    let mut screen = screen.outcome(saved(2, 4)).lacks("●");
    assert_eq!(saves(screen.effects()), []);
}

#[test]
fn the_right_to_write_goes_with_the_place() {
    let mut screen = opened();
    assert!(screen.effects().contains(&Effect::Hold(Some((path(), stamp(1))))));
    let example = opened_at(None, History::of_unsaved(sample()));
    let mut screen = screen.outcome(Outcome::Opened(Source::Example, Ok(example)));
    assert!(screen.effects().contains(&Effect::Hold(None)));
}

#[test]
fn another_window_is_named_and_this_one_writes_once_it_is_closed() {
    let who = "mia on laptop (process 7) has it open since 2026-09-01 10:00";
    let mut screen = opened()
        .outcome(Outcome::Held(path(), Holding::Theirs(who.into())))
        .shows("read-only: mia on laptop")
        .keys("5")
        .shows("mia on laptop (process 7)")
        .keys("d")
        .shows("read-only")
        .holds(0, Field::Spend, Some(1210.0));
    screen.effects();
    screen.inner.tell(Message::Awake);
    assert_eq!(screen.effects(), [Effect::Hold(Some((path(), stamp(1))))]);
    let mut screen = screen.outcome(Outcome::Held(path(), Holding::Mine(None))).shows("can be changed here now");
    assert!(matches!(screen.effects().as_slice(), [Effect::Look { .. }]), "it looks what the other one wrote");
    screen.outcome(changed()).shows("read again").keys("5 Enter").holds(0, Field::Spend, Some(5.0));
}

#[test]
fn a_changed_file_is_read_again_where_nothing_is_unsaved() {
    let screen =
        opened().keys("j l").outcome(changed()).shows("somebody else changed the file").cursor(1, 2).lacks("●");
    let screen = screen.holds(1, Field::Spend, Some(1.0));
    screen.keys("u").shows("undone: what somebody else wrote").holds(1, Field::Spend, Some(9010.0)).shows("●");
}

#[test]
fn what_is_being_typed_is_not_disturbed_by_a_changed_file() {
    let screen = opened().keys("7 7").outcome(changed()).lacks("somebody else").keys("Enter");
    screen.shows("SEO · Oct 2026 · spend 77 → 1,210").keys("Esc").holds(0, Field::Spend, Some(77.0));
}

#[test]
fn a_changed_file_and_unsaved_edits_are_the_users_choice() {
    let asked = || opened().keys("7 7 Enter").outcome(changed()).shows("Somebody else").shows("spend 9,010 → 1");
    let screen = asked().keys("Esc").holds(0, Field::Spend, Some(77.0)).outcome(changed());
    screen.lacks("theirs:").shows("●");
    let screen = asked().keys("Down Enter").holds(1, Field::Spend, Some(1.0)).holds(0, Field::Spend, Some(1210.0));
    screen.lacks("●").keys("u").holds(0, Field::Spend, Some(77.0));
    asked().keys("Down Down Enter").shows("Save as");
    let mut screen = asked().keys("Down Down Down Enter").shows("yours is kept");
    screen.effects();
    let mut screen = screen.keys("Ctrl-S");
    let expected = screen.effects().into_iter().find_map(|effect| match effect {
        Effect::Save { expected, .. } => expected,
        _ => None,
    });
    assert_eq!(expected, Some(stamp(2)), "it writes over what was seen, and over nothing else");
}

#[test]
fn a_save_over_a_changed_file_shows_what_differs_before_it_asks() {
    let refused = Outcome::Saved { revision: 1, result: Err(Unsaved::ChangedOnDisk) };
    let mut screen = opened().keys("7 7 Enter q s").outcome(refused).shows("Not saved");
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Look { even_if_same: true, .. })));
    let screen = screen.outcome(changed()).shows("spend 9,010 → 1").keys("End Enter");
    let saved = SavedAt { path: path(), stamp: stamp(3), time: "14:02".into(), note: None };
    assert!(screen.outcome(Outcome::Saved { revision: 1, result: Ok(saved) }).inner.state.quitting);
}

#[test]
fn a_file_that_is_gone_or_broken_is_told_until_it_is_mended() {
    let screen = opened().outcome(Outcome::Looked(path(), Seen::Gone)).shows("is gone from the disk").shows("●");
    let mut screen = screen.keys("j k l").shows("is gone from the disk");
    screen.effects();
    screen.inner.tell(Message::Awake);
    assert!(matches!(screen.effects().as_slice(), [Effect::Look { even_if_same: true, .. }]));
    screen.outcome(Outcome::Looked(path(), Seen::Same(stamp(1)))).lacks("is gone");
    let bad = Outcome::Looked(path(), Seen::Changed(Err(failure("autumn.ron:3:1: unexpected"))));
    opened()
        .outcome(bad)
        .shows("cannot be read now")
        .keys("j")
        .shows("autumn.ron:3:1")
        .keys("Esc")
        .lacks("cannot be read");
}

#[test]
fn a_failed_save_is_told_until_it_was_read() {
    let failed = Outcome::Saved { revision: 1, result: Err(Unsaved::Failed(failure("could not write: make room"))) };
    let screen = opened().keys("7 7 Enter Ctrl-S").outcome(failed).shows("not saved: could not write");
    let screen = screen.keys("j l 5 Enter").shows("not saved: could not write").shows("●");
    screen.keys("Esc").lacks("could not write").shows("●");
}

#[test]
fn edits_that_cannot_be_kept_are_told() {
    let screen =
        opened().outcome(Outcome::Kept(Err(failure("no room")))).shows("a crash would lose unsaved edits: no room");
    screen.outcome(Outcome::Kept(Ok(()))).lacks("no room");
}

/// What a crash left: the sample with a spend of 77 for SEO.
fn left(library: &Library, place: Option<(PathBuf, Stamp)>) -> Box<store::Found> {
    let mut history = History::of_saved(sample());
    let value = crate::plan::CellValue::Number(Field::Spend, Some(77.0));
    let change = crate::plan::CellChange { channel: 0, layer: Layer::Actual, day: date(2026, 10, 1), value };
    history.edit(&Edit::Cells(vec![change]), "SEO · Spend → 77").unwrap();
    let mut journal = library.journal();
    journal.begin(sample(), place.clone(), &history.take_deeds()).unwrap();
    drop(journal);
    let found = place.map_or_else(|| library.lost_edits(), |(path, _)| library.unsaved_edits(&path, None));
    Box::new(found.unwrap().unwrap())
}

#[test]
fn what_a_crash_left_is_offered_with_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let saved = library.create(&sample()).unwrap();
    let found = left(&library, Some((saved.path, saved.stamp)));
    let asked = || {
        let holding = Holding::Mine(Some(Ok(found.clone())));
        let mut screen = opened().outcome(Outcome::Held(path(), holding)).shows("ended before these edits");
        screen.effects();
        screen.shows("SEO · Oct 2026 · spend 1,210 → 77")
    };
    let mut screen = asked().keys("Enter").shows("the unsaved edits are back").holds(0, Field::Spend, Some(77.0));
    assert!(matches!(screen.effects().as_slice(), [Effect::Keep(Keep::GoOn(..)), Effect::Look { .. }]));
    screen.keys("u").shows("undone: SEO · Spend → 77").holds(0, Field::Spend, Some(1210.0));
    let mut screen = asked().keys("Down Enter").holds(0, Field::Spend, Some(1210.0));
    assert!(matches!(screen.effects().as_slice(), [Effect::Rescue(..)]));
    let mut screen = asked().keys("d s 5").shows("ended before these edits").keys("Down Down Enter");
    assert!(matches!(screen.effects().as_slice(), [Effect::DiscardEdits(_)]));
    let mut screen = asked().keys("Esc").shows("the next start asks again");
    assert_eq!(screen.effects(), []);
}

#[test]
fn edits_of_a_plan_that_was_never_saved_come_back_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let found = left(&library, None);
    let mut screen = Screen::plans().outcome(Outcome::Lost(Ok(found))).shows("never saved").keys("Enter");
    let effects = screen.effects();
    let [effect @ Effect::Recover(_)] = effects.as_slice() else { panic!("{effects:?}") };
    let mut screen = screen.outcome(Desk::new(library).perform(effect).unwrap());
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Keep(Keep::GoOn(..)))));
    screen
        .in_view(View::Funnel)
        .shows("●")
        .keys("C")
        .holds(0, Field::Spend, Some(77.0))
        .keys("Ctrl-S")
        .shows("Save as");
}

#[test]
fn edits_that_were_saved_before_the_crash_are_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let saved = library.create(&sample()).unwrap();
    let mut found = left(&library, Some((saved.path, saved.stamp)));
    found.history.undo();
    let mut screen = opened().outcome(Outcome::Held(path(), Holding::Mine(Some(Ok(found))))).lacks("ended before");
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::DiscardEdits(_))));
}

/// An edit of the sample: SEO spends so much in October.
fn spent(history: &mut History, spend: f64) -> Vec<crate::plan::Deed> {
    let value = crate::plan::CellValue::Number(Field::Spend, Some(spend));
    let change = crate::plan::CellChange { channel: 0, layer: Layer::Actual, day: date(2026, 10, 1), value };
    history.edit(&Edit::Cells(vec![change]), "SEO · Spend").unwrap();
    history.take_deeds()
}

#[test]
fn a_defect_in_a_helper_costs_one_request_and_no_edit() {
    for at in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let disk = Arc::new(FaultyDisk::default());
        let library = Library::on(Home::in_folder(folder.path()), disk.clone());
        let saved = library.create(&sample()).unwrap();
        let lies = Some((saved.path.clone(), saved.stamp.clone()));
        let (mut desk, mut keeper) = (Desk::new(library.clone()), Keeper::new(&library));
        let mut history = History::of_saved(sample());
        assert!(keeper.perform(Keep::Begin { plan: Box::new(sample()), lies, deeds: Vec::new() }).is_none());
        disk.panic_at(at);
        let told = keeper.perform(Keep::Deeds(spent(&mut history, 77.0)));
        let kept_badly = disk.heal();
        if let Some(step) = kept_badly {
            let Some(Outcome::Kept(Err(failure))) = told else { panic!("{step}: {told:?}") };
            assert!(failure.short.contains(&format!("a defect in the program: {step} panics")), "{}", failure.short);
        }
        keeper.perform(Keep::Deeds(spent(&mut history, 78.0)));
        disk.panic_at(at);
        let plan = Box::new(history.plan().clone());
        let target = Target::Same(saved.path.clone());
        let save = Effect::Save { plan, revision: history.revision(), target, expected: Some(saved.stamp.clone()) };
        let outcome = desk.perform(&save);
        let saved_badly = disk.heal();
        if let Some(step) = saved_badly {
            let Some(Outcome::Saved { result: Err(Unsaved::Failed(failure)), .. }) = outcome else { panic!("{step}") };
            assert!(failure.short.contains("a defect in the program"), "{}", failure.short);
        }
        let now = library.open(&saved.path).unwrap().plan;
        assert!(now == sample() || now == *history.plan(), "{saved_badly:?}: the file is whole");
        let plans = std::fs::read_dir(saved.path.parent().unwrap()).unwrap();
        assert_eq!(plans.count(), 1, "{saved_badly:?}: nothing is left behind");
        drop(keeper);
        let found = library.unsaved_edits(&saved.path, None).unwrap().unwrap();
        assert_eq!(found.history.plan(), history.plan(), "{kept_badly:?}");
        if kept_badly.is_none() && saved_badly.is_none() {
            break;
        }
    }
}

#[test]
fn a_spoilt_file_makes_the_plan_unsaved_and_is_read_again_once_it_is_mended() {
    let spoilt = || opened().outcome(Outcome::Looked(path(), Seen::Changed(Err(failure("rubbish"))))).shows("●");
    assert!(spoilt().keys("q").shows("Discard").inner.state.document.is_some(), "it lies nowhere else");
    let mut screen = spoilt();
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Keep(Keep::Deeds(_)))));
    spoilt().outcome(changed()).shows("read again").holds(1, Field::Spend, Some(1.0)).lacks("●");
    let mut screen = spoilt().outcome(Outcome::Looked(path(), Seen::Same(stamp(1)))).lacks("●").lacks("rubbish");
    assert!(screen.effects().iter().any(|effect| matches!(effect, Effect::Keep(Keep::Begin { .. }))));
    spoilt().keys("7 7 Enter").outcome(changed()).shows("Somebody else");
}

#[test]
fn edits_that_a_crash_left_never_go_into_another_plan() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let saved = library.create(&sample()).unwrap();
    let found = left(&library, Some((saved.path, saved.stamp)));
    // Its plan is gone, another one is open.
    let mut screen = opened().outcome(Outcome::Lost(Ok(found))).shows("ended before these edits");
    screen.effects();
    let mut screen = screen.keys("Enter");
    let effects = screen.effects();
    let [effect @ Effect::Recover(_)] = effects.as_slice() else { panic!("{effects:?}") };
    let screen = screen.outcome(Desk::new(library).perform(effect).unwrap());
    assert_eq!(screen.inner.state.document.as_ref().unwrap().path(), None);
    screen.shows("●").keys("C").holds(0, Field::Spend, Some(77.0));
}

#[test]
fn recovered_edits_know_that_somebody_wrote_the_file_since() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let saved = library.create(&sample()).unwrap();
    let found = left(&library, Some((saved.path, saved.stamp.clone())));
    let screen = opened().outcome(Outcome::Held(path(), Holding::Mine(Some(Ok(found))))).keys("Enter");
    let stamp = screen.inner.state.document.as_ref().unwrap().stamp.clone().unwrap();
    assert!(stamp.is_of_same_bytes(&saved.stamp), "a save expects what the edits began with");
    screen.outcome(changed()).shows("From yours to theirs").shows("SEO · Oct 2026 · spend 77 → 1,210");
}

#[test]
fn a_plan_that_another_window_has_open_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let saved = library.create(&sample()).unwrap();
    let lock = library.lock(&saved.path);
    assert!(matches!(lock, store::Locking::Mine(_)));
    let mut desk = Desk::new(library.clone());
    for target in [Target::Same(saved.path.clone()), Target::New(saved.path.clone())] {
        let save = Effect::Save { plan: Box::new(theirs()), revision: 1, target, expected: None };
        let outcome = desk.perform(&save);
        let Some(Outcome::Saved { result: Err(Unsaved::Failed(failure)), .. }) = outcome else { panic!("{outcome:?}") };
        assert!(failure.short.contains("another window has this plan open"), "{}", failure.short);
    }
    assert_eq!(library.open(&saved.path).unwrap().plan, sample());
    drop(lock);
    let target = Target::Same(saved.path.clone());
    let save = Effect::Save { plan: Box::new(theirs()), revision: 1, target, expected: None };
    assert!(matches!(desk.perform(&save), Some(Outcome::Saved { result: Ok(_), .. })));
}
