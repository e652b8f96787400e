//! Words that would steer a terminal, in every place where a person can put words: no command sends them on.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::path::Path;
use std::process::Command;

use funnel_tui::plan::steers;

/// The words of the hostile plan: a title, a link, the clipboard, colours, the screen wiped; the C1 forms; what turns the
/// direction of writing; a bell and a carriage return; what takes no room.
const HOSTILE: &str = "x\u{1b}]0;owned\u{7}\u{1b}]8;;http://evil\u{7}\u{1b}]52;c;AA==\u{7}\u{1b}[31m\u{9b}2J\u{9d}0;owned\u{9c}\u{202e}\u{2066}\u{200f}\u{d}\u{8}\u{7f}\u{200b}\u{2060}y";

/// A plan that has them wherever words can stand.
const PLAN: &str = include_str!("fixtures/hostile.ron");

/// The same as a RON text.
fn quoted(words: &str) -> String {
    words.chars().flat_map(char::escape_unicode).collect()
}

struct User {
    home: tempfile::TempDir,
}

impl User {
    /// All that a command says, on both its outputs.
    fn says(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_funnel-tui"));
        command.args(arguments).current_dir(self.home.path()).env("FUNNEL_TUI_HOME", self.home.path().join("home"));
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        // Whether or not it could be done is not asked here.
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    #[track_caller]
    fn steers_nothing(&self, arguments: &[&str]) {
        let said = self.says(arguments);
        let bad = said.chars().find(|each| steers(*each) && *each != '\n');
        assert_eq!(bad, None, "{arguments:?} says:\n{said:?}");
    }
}

fn user() -> User {
    let user = User { home: tempfile::tempdir().unwrap() };
    std::fs::write(user.home.path().join("plan.ron"), PLAN).unwrap();
    user
}

#[test]
fn no_report_list_or_check_steers_the_terminal() {
    let user = user();
    for format in ["text", "markdown"] {
        for layer in ["actual", "planned"] {
            user.steers_nothing(&["report", "plan.ron", "--format", format, "--layer", layer]);
        }
    }
    user.steers_nothing(&["check", "plan.ron"]);
    user.says(&["new", HOSTILE, "--no-open"]);
    user.steers_nothing(&["new", "copy", "--from", "plan.ron", "--no-open"]);
    user.steers_nothing(&["list"]);
}

#[test]
fn scripts_get_the_words_without_a_byte_that_steers() {
    let user = user();
    // JSON escapes what steers; a table of records is a file for a spreadsheet, and its cells are made harmless.
    user.steers_nothing(&["report", "plan.ron", "--format", "json"]);
    let csv = user.says(&["report", "plan.ron", "--format", "csv"]);
    assert!(!csv.contains('\u{1b}') && !csv.contains('\u{9b}'), "{csv:?}");
}

#[test]
fn no_error_steers_the_terminal() {
    let user = user();
    let path = |name: &str| user.home.path().join(name);
    for arguments in [
        &["report", HOSTILE][..],
        &["report", "plan.ron", "--format", HOSTILE],
        &["report", "plan.ron", "--period", HOSTILE],
        &["report", "plan.ron", "--output", HOSTILE],
        &["report", "plan.ron", HOSTILE],
        &[HOSTILE],
        &["--option", HOSTILE],
        &[concat!("--", "\u{1b}[31m")],
        &["check", HOSTILE],
        &["new", "x\u{1b}", "--from", HOSTILE, "--no-open"],
        &["import", HOSTILE, "--into", HOSTILE],
        &["import", HOSTILE, "--into", "plan.ron", "--map", HOSTILE],
        &["import", HOSTILE, "--into", "plan.ron", "--date", HOSTILE],
        &["completions", HOSTILE],
    ] {
        user.steers_nothing(arguments);
    }
    // Files whose names, words and mistakes are hostile.
    let named = format!("a{}.ron", HOSTILE.replace('/', ""));
    for text in [
        "(version: 1, name: \"HOSTILE\"",
        "(HOSTILE: 1)",
        "HOSTILE",
        "(version: 1, name: \"p\", cadence: HOSTILE)",
        "(version: 1, name: \"p\", cadence: Month, channels: [(name: \"HOSTILE\"), (name: \"HOSTILE\")])",
        "(version: 1, name: \"p\", cadence: Month, tactics: [(title: \"t\", link: Close, channel: \"HOSTILE\")])",
        "(version: 1, name: \"p\", cadence: Month, channels: [(name: \"a\", actual: {\"HOSTILE\": ()})])",
    ] {
        for words in [HOSTILE.to_owned(), quoted(HOSTILE)] {
            std::fs::write(path(&named), text.replace("HOSTILE", &words)).unwrap();
            user.steers_nothing(&["check", &named]);
            user.steers_nothing(&["report", &named]);
        }
    }
}

#[test]
fn no_import_steers_the_terminal() {
    let user = user();
    let rows = format!(
        "Day,Campaign,{HOSTILE},Cost,Clicks\n2026-09-01,{HOSTILE},{HOSTILE},12.5,7\n2026-09-02,b,x,{HOSTILE},\n"
    );
    let name = format!("e{}.csv", HOSTILE.replace('/', ""));
    std::fs::write(user.home.path().join(&name), rows.replace('\r', "")).unwrap();
    for extra in [&["--dry-run"][..], &["--dry-run", "--format", "json"], &["--dry-run", "--map", "Cost=spend"], &[]] {
        user.steers_nothing(&[&["import", name.as_str(), "--into", "plan.ron"], extra].concat());
    }
    assert!(Path::new(&user.home.path().join(&name)).exists());
}
