//! Any bytes as a plan or as settings, any text in a cell, any keys: an answer or an error, within bounded time and memory.
//! `fuzz/` asks the same without end.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fmt::Write as _;
use std::path::Path;

use funnel_tui::plan::{Plan, steers};
use funnel_tui::store::{Settings, read_plan, read_plan_bytes, write_plan};
use funnel_tui::tui::cell::{Kind, Reading, read};
use funnel_tui::tui::key::{Code, Key};
use funnel_tui::tui::script::Scripted;
use funnel_tui::tui::theme::ThemeName;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

const EXAMPLE: &str = include_str!("../assets/demo.ron");

/// The same cases on every run.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]))
}

/// What is read as a plan is written and read again the same; what is not is told in words that steer no terminal.
fn plan_or_words(bytes: &[u8]) {
    match read_plan_bytes(bytes, "hostile.ron") {
        Ok(found) => assert_eq!(read_plan(&write_plan(&found.plan), "again").unwrap().plan, found.plan),
        Err(diagnosis) => {
            let told = format!("{}{}", diagnosis.render(false), diagnosis.summary());
            assert!(!told.replace('\n', "").contains(steers), "{told:?}");
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Settings::read(text, "config.ron");
    }
}

#[test]
fn random_bytes_are_a_plan_or_an_error() {
    runner(400)
        .run(&prop::collection::vec(any::<u8>(), 0..600), |bytes| {
            plan_or_words(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_plan_with_bytes_changed_taken_out_or_put_in_is_a_plan_or_an_error() {
    let pieces =
        ["(", ")", "[", "{", "\"", "\\", "NaN", "-inf", "1e999", "Some(", "/*", "//", "\u{feff}", "\0", "r#\"", "9"];
    let change = (any::<prop::sample::Index>(), 0usize..40, prop::sample::select(pieces.to_vec()), 0usize..50);
    runner(1500)
        .run(&prop::collection::vec(change, 1..5), |changes| {
            let mut bytes = EXAMPLE.as_bytes().to_vec();
            for (at, gone, piece, times) in changes {
                let at = at.index(bytes.len());
                let end = (at + gone).min(bytes.len());
                bytes.splice(at..end, piece.repeat(times).into_bytes());
            }
            plan_or_words(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_cell_takes_a_finite_number_or_says_why_not() {
    let pieces = "0 1 9 . , % + - * / = ( ) e k m 万 千 ￥ $ € ， 。 ＝ ９ inf nan 1e308 9999999999999999999999 '";
    let piece = prop::sample::select(pieces.split(' ').collect::<Vec<_>>());
    let old = prop::option::of(prop_oneof![Just(0.0), Just(f64::MAX), 0.0..1e9f64]);
    runner(4000)
        .run(
            &(prop::collection::vec(prop_oneof![8 => piece.prop_map(str::to_owned), 1 => any::<String>()], 0..12), old),
            |(text, old)| {
                for kind in [Kind::Amount, Kind::Rate] {
                    match read(&text.concat(), old, kind) {
                        Reading::Value(value, _) => {
                            prop_assert!(value.is_finite() && value >= 0.0, "{text:?}: {value}");
                        }
                        Reading::Refused(reason) => prop_assert!(!reason.is_empty()),
                        Reading::Blank => {}
                    }
                }
                Ok(())
            },
        )
        .unwrap();
}

fn key() -> impl Strategy<Value = Key> {
    use Code::{Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};
    let codes = [Up, Down, Left, Right, Home, End, PageUp, PageDown, Enter, Esc, Tab, Backspace, Delete];
    prop_oneof![
        4 => prop::char::range(' ', '~').prop_map(Key::char),
        3 => prop::sample::select(codes.to_vec()).prop_map(|code| Key { code, ctrl: false, ..Key::char('a') }),
        1 => prop::char::range('a', 'z').prop_map(|letter| Key { ctrl: true, ..Key::char(letter) }),
    ]
}

#[test]
fn any_keys_lead_to_a_screen_without_nonsense() {
    let example = read_plan(EXAMPLE, "the example").unwrap().plan;
    runner(40)
        .run(&prop::collection::vec(key(), 1..60), |keys| {
            let mut screen = Scripted::open(example.clone(), date(2026, 11, 22), ThemeName::Mono, (80, 24)).unwrap();
            for key in keys {
                screen.press(&[key]);
                let text = screen.text();
                prop_assert!(!text.contains("NaN") && !text.contains("inf "), "after {key}:\n{text}");
            }
            let plan = screen.state.plan().cloned().unwrap();
            prop_assert_eq!(read_plan(&write_plan(&plan), "again").unwrap().plan, plan);
            Ok(())
        })
        .unwrap();
}

/// Files of about a megabyte each that ask for more than they are worth.
fn shapes() -> Vec<(&'static str, Vec<u8>)> {
    const LONG: usize = 1_000_000;
    let plan = |rest: &str| format!("(version: 1, name: \"x\", cadence: Month, {rest})").into_bytes();
    let many = |each: &dyn Fn(usize) -> String, until: usize| {
        (0..until).fold(String::new(), |mut all, at| {
            let _ = write!(all, "{}", each(at));
            all
        })
    };
    let channels = |rest: &str| many(&|at| format!("(name: \"c{at}\"{rest}),"), 100_000);
    let days = many(&|at| format!("\"{}-{:02}-01\": (),", 1 + at / 12, 1 + at % 12), 9_000);
    vec![
        ("open brackets", "(".repeat(LONG).into_bytes()),
        ("open lists", plan(&"channels: [".repeat(LONG / 11))),
        ("options in options", plan(&format!("hours_per_person: {}1", "Some(".repeat(LONG / 5)))),
        ("open comments", "/*".repeat(LONG / 2).into_bytes()),
        ("one long word", vec![b'a'; LONG]),
        ("one long text", plan(&format!("note: \"{}\"", "x".repeat(LONG)))),
        ("one long text without an end", plan(&format!("note: \"{}", "\\".repeat(LONG)))),
        ("escapes", plan(&format!("note: \"{}\"", "\\u{1b}".repeat(LONG / 6)))),
        ("a giant number", plan(&format!("hours_per_person: 1{}", "0".repeat(LONG)))),
        ("a number of many digits", plan(&format!("hours_per_person: 0.{}1", "0".repeat(LONG)))),
        ("a giant version", format!("(version: {})", "9".repeat(LONG)).into_bytes()),
        ("a hundred thousand channels", plan(&format!("channels: [{}]", channels("")))),
        ("a hundred thousand channels of one name", plan(&format!("channels: [{}]", "(name: \"c\"),".repeat(100_000)))),
        (
            "a hundred thousand channels with a record",
            plan(&format!("channels: [{}]", channels(", actual: {\"2026-09-01\": (uv: 1)}"))),
        ),
        ("a hundred thousand bad channels", plan(&format!("channels: [{}]", channels(", doubling: 9")))),
        ("many empty records", plan(&format!("channels: [(name: \"a\", actual: {{{}}})]", days.repeat(5)))),
        ("one key again and again", plan(&"note: \"x\",".repeat(LONG / 10))),
        ("unknown keys", plan(&many(&|at| format!("k{at}: 1,"), LONG / 10))),
        ("tactics", plan(&format!("tactics: [{}]", "(title: \"t\", link: Close),".repeat(LONG / 27)))),
        (
            "evidence",
            plan(&format!("tactics: [(title: \"t\", link: Close, evidence: [{}])]", "\"e\",".repeat(LONG / 4))),
        ),
        ("scenarios", plan(&format!("scenarios: [{}]", "(name: \"s\"),".repeat(LONG / 12)))),
        ("no text", vec![0xff; LONG]),
        ("NUL", vec![0; LONG]),
        ("byte order marks", "\u{feff}".repeat(LONG / 3).into_bytes()),
        ("line ends", vec![b'\n'; LONG]),
    ]
}

/// In a process of its own: reads the file that it is given and says how much memory that took, kB.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn reads_the_file_that_it_is_given() {
    let bytes = std::fs::read(std::env::var_os("HOSTILE_FILE").unwrap()).unwrap();
    let before = peak();
    let read = if std::env::var_os("HOSTILE_SETTINGS").is_some() {
        std::str::from_utf8(&bytes).is_ok_and(|text| Settings::read(text, "config.ron").is_ok())
    } else {
        read_plan_bytes(&bytes, "hostile.ron").map_err(|diagnosis| diagnosis.render(false).len()).is_ok()
    };
    println!("took {} read {read}", peak().saturating_sub(before));
}

/// The most memory that this process had so far, kB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}

fn child(file: &Path, settings: bool) -> (Option<u64>, String) {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "reads_the_file_that_it_is_given", "--ignored", "--nocapture"]).env("HOSTILE_FILE", file);
    if settings {
        command.env("HOSTILE_SETTINGS", "1");
    }
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let took = said.split("took ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
    (took.filter(|_| output.status.success()), said)
}

#[test]
fn no_file_takes_more_than_fifty_times_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (name, bytes) in shapes() {
        let file = folder.path().join("hostile.ron");
        std::fs::write(&file, &bytes).unwrap();
        for settings in [false, true] {
            let (took, said) = child(&file, settings);
            let times = took.map(|took| took as f64 * 1024.0 / bytes.len() as f64);
            if times.is_none_or(|times| times > 50.0) {
                wrong.push(format!("{name}: {times:?} times its {} bytes\n{said}", bytes.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_plan_of_a_hundred_thousand_channels_has_its_figures() {
    let mut text = String::from("(version: 1, name: \"x\", cadence: Month, channels: [");
    for at in 0..100_000 {
        let _ = write!(text, "(name: \"c{at}\", actual: {{\"2026-09-01\": (spend: 1, uv: {at})}}),");
    }
    let plan: Plan = read_plan(&(text + "])"), "x").unwrap().plan;
    let total = funnel_tui::engine::Figures::of_all(&plan, &funnel_tui::engine::Scope::default());
    assert_eq!((total.cost, total.methods), (Some(1e5), 1e5));
}
