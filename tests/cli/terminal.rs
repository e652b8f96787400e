//! What reaches a terminal, a pipe, nobody.

use std::fs;
use std::process::Command;

use super::user::{Ran, SMALL, User};

#[test]
fn nothing_that_steers_a_terminal_reaches_it() {
    let user = User::new();
    let evil = SMALL
        .replace("A|B", "red\\u{1b}[31m\\u{9b}2J\\u{202e}")
        .replace("name: \"Small\"", "name: \"evil\\u{1b}]0;title\\u{7}\\u{85}\"")
        .replace("=1+1", "\\u{1b}c");
    user.plan("evil.ron", &evil);
    fs::create_dir_all(user.path("home/plans")).unwrap();
    fs::write(user.path("home/plans/evil.ron"), &evil).unwrap();
    let steers = |text: &str| text.chars().find(|&each| funnel_tui::plan::steers(each) && each != '\n');
    for args in [
        &["report", "evil.ron"][..],
        &["report", "evil.ron", "--format", "markdown"],
        &["report", "evil.ron", "--format", "html"],
        &["report", "evil.ron", "--format", "csv"],
        &["report", "evil.ron", "--format", "json"],
        &["check", "evil.ron"],
        &["list"],
        &["list", "--format", "json"],
        &["report", "no\u{1b}[31m plan"],
        &["report", "evil.ron", "--period", "\u{1b}[31m"],
        &["check", "\u{1b}[31m/x.ron"],
        &["new", "x\u{1b}[31m", "--from", "evil\u{1b}[31m.ron", "--no-open"],
    ] {
        let ran = user.run(args);
        assert_eq!(steers(&ran.out), None, "{args:?}: {:?}", ran.out);
        assert_eq!(steers(&ran.err), None, "{args:?}: {:?}", ran.err);
    }
    let json = user.run(&["report", "evil.ron", "--format", "json"]).answer();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["channels"][0]["name"], "red\u{1b}[31m\u{9b}2J\u{202e}", "scripts get the name as it is");
}

#[cfg(unix)]
#[test]
fn a_workbook_is_not_poured_onto_a_terminal() {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read as _;

    let user = User::new();
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(assert_cmd::cargo::cargo_bin!("funnel-tui"));
    command.args(["report", "demo", "--format", "xlsx"]);
    command.env("FUNNEL_TUI_HOME", user.path("home"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut shown = Vec::new();
    // A terminal whose other end is gone ends in an error.
    let _ = pair.master.try_clone_reader().unwrap().read_to_end(&mut shown);
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains("xlsx is no text for a terminal: give a file with --output FILE, or pipe it"), "{shown}");
    assert_eq!(child.wait().unwrap().exit_code(), 1);
}

#[test]
fn a_workbook_goes_through_a_pipe_and_to_a_file_alike() {
    let user = User::new();
    let piped = user.command(&["report", "demo", "--format", "xlsx"]).output().unwrap();
    assert!(piped.status.success() && piped.stdout.starts_with(b"PK"));
    user.run(&["report", "demo", "--format", "xlsx", "--output", "demo.xlsx"]).answer();
    assert!(fs::read(user.path("demo.xlsx")).unwrap() == piped.stdout);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let user = User::new();
    let program = assert_cmd::cargo::cargo_bin!("funnel-tui").display().to_string();
    for args in ["report demo --format json", "report demo", "completions bash", "man", "--help", "list"] {
        let script = format!("'{program}' {args} | head -n 1; echo \"${{PIPESTATUS[0]}}\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script]).env("FUNNEL_TUI_HOME", user.path("home"));
        let ran = Ran::of(&command.output().unwrap());
        assert!(ran.out.ends_with("0\n"), "{args}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{args}: {ran:?}");
    }
    let closed = format!("'{program}' report demo >&-; '{program}' report nowhere.ron 2>&-; echo $?");
    let ran = Ran::of(&Command::new("bash").args(["-c", &closed]).output().unwrap());
    assert!(ran.out.ends_with("1\n") && !ran.err.contains("panicked"), "{ran:?}");
}

#[test]
fn output_has_no_colour_where_there_is_no_terminal() {
    let user = User::new();
    user.plan("bad.ron", "(");
    for (variable, value) in [("NO_COLOR", "1"), ("CLICOLOR", "1"), ("TERM", "xterm-256color")] {
        for args in [&["report", "demo"][..], &["check", "bad.ron"], &["--help"], &["report"]] {
            let ran = Ran::of(&user.command(args).env(variable, value).output().unwrap());
            assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "{args:?}: {ran:?}");
        }
    }
}
