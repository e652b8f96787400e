//! Words that would steer a terminal, in every view, every dialog and every message: they are shown, not sent.

use std::path::PathBuf;
use std::time::SystemTime;

use super::super::effect::Source;
use super::super::import::News;
use super::super::import::reader::read_now;
use super::super::keymap::Keys;
use super::super::message::{Failure, Holding, ListChange, NotExported, SavedAt, Seen, Unsaved};
use super::super::state::{Listed, Summary};
use super::super::worker::{opened_from, perform, prepared};
use super::sizes::SCENES;
use super::*;
use crate::plan::steers;
use crate::store::{self, Broken, Home, Library, Stamp, read_plan};

/// A plan that has them wherever words can stand.
fn plan() -> Plan {
    read_plan(include_str!("../../../tests/fixtures/hostile.ron"), "hostile").unwrap().plan
}

fn words() -> String {
    plan().brief.name
}

fn path() -> PathBuf {
    PathBuf::from(format!("/plans/{}.ron", words().replace('/', "")))
}

fn stamp(checksum: u64) -> Stamp {
    Stamp { modified: SystemTime::UNIX_EPOCH, len: 1, checksum }
}

fn failure() -> Failure {
    Failure { short: words(), full: vec![words(), String::new(), words()] }
}

fn in_a_line() -> Failure {
    Failure { full: Vec::new(), ..failure() }
}

fn opened() -> store::Opened {
    store::Opened { plan: plan(), path: path(), stamp: stamp(1), has_comments: false }
}

/// The hostile plan, open from a hostile file, with an unsaved edit.
fn edited() -> Screen {
    let outcome = Outcome::Opened(Source::File(path()), Ok(Box::new(opened_from(opened(), prepared))));
    Screen::plans().outcome(outcome).keys("C [ 7 Enter")
}

#[track_caller]
fn assert_harmless(screen: &Screen, what: &str) {
    for cell in screen.inner.buffer.content() {
        assert!(!cell.symbol().contains(steers), "{what} sends {:?}:\n{}", cell.symbol(), screen.inner.text());
    }
}

/// At the usual sizes, and at one at which most is cut.
#[track_caller]
fn assert_harmless_at_all_sizes(screen: &mut Screen, what: &str) {
    for size in [(80, 24), (120, 40), (47, 13)] {
        screen.inner.resize(size);
        assert_harmless(screen, what);
    }
}

#[test]
fn no_scene_sends_them() {
    for scene in SCENES {
        for begin in ["", "[ ", "A "] {
            let keys = format!("{begin}{scene}");
            assert_harmless_at_all_sizes(&mut Screen::of(plan(), (100, 30)).keys(&keys).compute(), &keys);
        }
    }
}

#[test]
fn no_command_sends_them_in_any_view() {
    for view in ["F", "C", "I", "T", "P", ",", "o"] {
        let front = Screen::of(plan(), (120, 40)).keys("[").keys(view);
        let keymap = Arc::clone(&front.inner.state.keymap);
        for command in keymap.commands() {
            for key in command.keys(front.inner.state.keys()).iter().take(1) {
                let mut screen = Screen::of(plan(), (120, 40)).keys("[").keys(view);
                screen.inner.press(&[*key]);
                assert_harmless_at_all_sizes(&mut screen, &format!("{view} {key}"));
                // What was opened is gone through.
                for next in ["Down", "Enter", "Down", "Right", "Enter", "Esc"] {
                    screen = screen.keys(next);
                    assert_harmless(&screen, &format!("{view} {key} … {next}"));
                }
            }
        }
    }
}

#[test]
fn no_text_that_is_typed_or_pasted_sends_them() {
    for scene in ["C a", "C r", "C /", "C :", "C 5", "C Enter", "F :", "o a", "i", ", Enter", "T a", "P Enter"] {
        let mut screen = Screen::of(plan(), (80, 24)).keys(scene).paste(&words());
        assert_harmless(&screen, scene);
        for each in words().chars() {
            screen.inner.press(&[super::super::key::Key::char(each)]);
            assert_harmless(&screen, scene);
        }
        for next in ["Left", "Home", "Enter", "Esc"] {
            screen = screen.keys(next);
            assert_harmless(&screen, &format!("{scene} … {next}"));
        }
    }
    assert_eq!(edited().inner.state.keys(), Keys::Grid);
}

/// Everything that can be told of a file, a disk, another window or a crash.
fn news() -> Vec<(&'static str, Outcome)> {
    let listed = |content| Listed { path: path(), name: words(), changed: words(), content };
    let saved = SavedAt { path: path(), stamp: stamp(2), time: words(), note: Some(words()) };
    let broken = Broken { began: words(), why: words(), lies: path() };
    let theirs = store::Opened { plan: Plan::new(Brief::new(words(), Cadence::Month)), ..opened() };
    let unsaved = |why| Outcome::Saved { revision: 1, result: Err(why) };
    vec![
        ("listed", Outcome::Listed(Ok(vec![listed(Ok(Summary::default())), listed(Err(words()))]))),
        ("not listed", Outcome::Listed(Err(in_a_line()))),
        ("opening", Outcome::Opening(Source::File(path()), 9_000_000)),
        ("not opened", Outcome::Opened(Source::File(path()), Err(failure()))),
        ("not created", Outcome::Created(Err(in_a_line()))),
        ("saved", Outcome::Saved { revision: 1, result: Ok(saved) }),
        ("changed on disk", unsaved(Unsaved::ChangedOnDisk)),
        ("there is one", unsaved(Unsaved::Exists(path()))),
        ("not saved", unsaved(Unsaved::Failed(in_a_line()))),
        ("not saved, in full", unsaved(Unsaved::Failed(failure()))),
        ("exported", Outcome::Exported(Ok(path()))),
        ("not exported", Outcome::Exported(Err(NotExported::Failed(words())))),
        ("list changed", Outcome::ListChanged(Ok(ListChange { done: words(), find: Some(path()) }))),
        ("list not changed", Outcome::ListChanged(Err(in_a_line()))),
        ("settings", Outcome::SettingsFailed(failure())),
        ("theirs", Outcome::Held(path(), Holding::Theirs(words()))),
        (
            "broken",
            Outcome::Held(path(), Holding::Mine(Some(Err(Failure { short: broken.to_string(), full: Vec::new() })))),
        ),
        ("gone", Outcome::Looked(path(), Seen::Gone)),
        ("spoilt", Outcome::Looked(path(), Seen::Changed(Err(failure())))),
        ("changed", Outcome::Looked(path(), Seen::Changed(Ok(Box::new(theirs))))),
        ("not kept", Outcome::Kept(Err(in_a_line()))),
    ]
}

#[test]
fn no_news_sends_them() {
    for (what, outcome) in news() {
        let mut screen = edited().outcome(outcome);
        assert_harmless_at_all_sizes(&mut screen, what);
        for next in ["Down", "Enter", "Esc", "o", "F"] {
            screen = screen.keys(next);
            assert_harmless(&screen, &format!("{what} … {next}"));
        }
    }
    let listed = news().swap_remove(0).1;
    let mut screen = Screen::plans().outcome(listed);
    for next in ["o", "Down", "Enter", "Esc", "d", "Esc", "r", "Esc", "D", "Esc"] {
        screen = screen.keys(next);
        assert_harmless_at_all_sizes(&mut screen, next);
    }
}

#[test]
fn no_edit_that_a_crash_left_sends_them() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path()));
    let mut history = crate::plan::History::of_saved(plan());
    history.replace(Plan { channels: imbl::Vector::new(), ..sample() }, words());
    let mut journal = library.journal();
    journal.begin(plan(), None, &history.take_deeds()).unwrap();
    drop(journal);
    let found = library.lost_edits().unwrap().unwrap();
    let mut screen = Screen::plans().outcome(Outcome::Lost(Ok(Box::new(found)))).shows("never saved");
    assert_harmless_at_all_sizes(&mut screen, "the question");
    let mut screen = screen.keys("Enter u");
    assert_harmless_at_all_sizes(&mut screen, "what was undone");
}

#[test]
fn no_import_sends_them() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(folder.path().join("home")));
    let words = words().replace(['\r', '/'], "");
    let file = folder.path().join(format!("{words}.csv"));
    let rows =
        format!("Day,Campaign,{words},Cost,Clicks\n2026-09-01,{words},{words},12.5,7\n2026-09-02,b,x,{words},\n");
    std::fs::write(&file, rows).unwrap();
    let mut screen = Screen::of(plan(), (100, 30)).keys("C i").paste(file.to_str().unwrap());
    for next in ["Enter", "F6", "Down", "Enter", "Down", "Enter", "F6", "End", "x", "Esc", "F6", "Enter", "C"] {
        screen = screen.keys(next);
        loop {
            let effects = screen.effects();
            if effects.is_empty() {
                break;
            }
            for effect in effects {
                let outcome = match &effect {
                    Effect::ReadImport(asked) => Some(Outcome::Import(News::Read(Box::new(read_now(&library, asked))))),
                    other => perform(&library, other),
                };
                if let Some(outcome) = outcome {
                    screen = screen.outcome(outcome);
                }
            }
        }
        assert_harmless_at_all_sizes(&mut screen, next);
    }
}
