//! The whole program in a real pseudo-terminal: what a person types, what stands on the screen, what lies on disk, and
//! how the terminal is left. Every step waits for text, never for time.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(unix)]

mod session;

use std::path::Path;

use funnel_tui::plan::{Field, Layer, steers};
use funnel_tui::store::{Home, Library, read_plan};
use portable_pty::CommandBuilder;
use session::{Session, assert_terminal_is_given_back};

#[test]
fn a_new_user_makes_a_plan_saves_it_and_finds_it_tomorrow() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(home.path(), &[]);
    session.wait_for("English training");
    session.send("o");
    session.wait_for("The built-in example");
    session.send("a");
    session.wait_for("Enter take");
    session.send("Spring 百度\r");
    session.wait_for("This plan has no channels yet");
    session.send("a");
    session.wait_for("Enter take");
    session.send("SEO\r");
    session.wait_for("▸ SEO");
    session.send("a");
    session.wait_for("Enter take");
    session.send("Ads\r");
    session.wait_for("▸ Ads");
    // Tabs run to the right; Enter ends the run a row below its first column.
    session.send("k1200\t40\r");
    session.wait_for("Cost 1,200");
    session.send("=300*2\r");
    session.wait_for("Cost 1,800");
    session.send("\x13");
    session.wait("that it is saved", |shown| shown.contains("saved") && !shown.contains("unsaved"));
    session.send("q");
    assert!(session.end().success());
    assert_terminal_is_given_back(&session.all_bytes());

    let files: Vec<_> =
        std::fs::read_dir(home.path().join("plans")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let plan = read_plan(&std::fs::read_to_string(&files[0]).unwrap(), "saved").unwrap().plan;
    let spends: Vec<Option<f64>> = plan
        .channels
        .iter()
        .map(|channel| channel.records(Layer::Actual).iter().next().and_then(|(_, record)| record.get(Field::Spend)))
        .collect();
    assert_eq!(spends, [Some(1200.0), Some(600.0)]);

    let mut again = Session::start(home.path(), &["Spring 百度"]);
    again.wait_for("Cost 1,800");
    again.send("q");
    assert!(again.end().success());
}

#[test]
fn unsaved_edits_are_asked_about_and_can_be_thrown_away() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(home.path(), &["demo"]);
    session.wait_for("Funnel");
    session.send("C");
    session.wait_for("▸ SEO");
    session.send("9999\r");
    session.wait_for("9,999");
    session.send("q");
    session.wait("the question", |shown| shown.to_lowercase().contains("discard"));
    session.send("d");
    assert!(session.end().success());
    assert!(!home.path().join("plans").exists(), "nothing may be written that was not asked for");
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_as_that_signal_does() {
    let home = tempfile::tempdir().unwrap();
    for (signal, words) in [("-TERM", "Terminated"), ("-HUP", "Hangup"), ("-INT", "Interrupt")] {
        let mut session = Session::start(home.path(), &["demo"]);
        let before = modes_before(&session);
        session.wait_for("Funnel");
        assert_ne!(session.modes(), before, "the terminal is raw meanwhile");
        session.signal(signal);
        let status = session.end();
        assert_eq!(status.signal(), Some(words), "it ends by the signal itself");
        assert_terminal_is_given_back(&session.all_bytes());
        assert_eq!(session.modes(), before, "{signal}");
    }
}

#[test]
fn a_program_that_was_stopped_from_outside_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(home.path(), &["demo"]);
    session.wait_for("Cost");
    session.send("C");
    session.wait_for("▸ SEO");
    session.send("4321\r");
    session.wait_for("4,321");
    let raw = session.modes();
    session.signal("-STOP");
    session.send("5432\r");
    session.signal("-CONT");
    session.wait_for("5,432");
    assert_eq!(session.modes(), raw);
    session.send("q");
    session.wait_for("Discard");
    session.send("d");
    assert!(session.end().success());
    assert_terminal_is_given_back(&session.all_bytes());
}

/// The modes of a terminal in which nothing has run yet.
fn modes_before(_session: &Session) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut other = Session::run(home.path(), CommandBuilder::new("true"));
    other.end();
    other.modes()
}

#[test]
fn the_shell_gets_its_terminal_back_while_the_program_is_stopped_and_after_it() {
    if !Path::new("/bin/bash").exists() {
        eprintln!("skipped: there is no bash to stop the program from");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new("/bin/bash");
    command.args(["--norc", "--noprofile", "-i"]);
    command.env("PS1", "shell> ");
    command.env("PROGRAM", env!("CARGO_BIN_EXE_funnel-tui"));
    let mut shell = Session::run(home.path(), command);
    shell.wait_for("shell>");
    shell.send("stty -a | tr -d '\\n' > $FUNNEL_TUI_HOME/before; $PROGRAM demo\r");
    shell.wait_for("Cost");
    shell.send("C");
    shell.wait_for("▸ SEO");
    shell.send("\x1a");
    shell.wait_for("Stopped");
    shell.send("stty -a | tr -d '\\n' > $FUNNEL_TUI_HOME/stopped; fg\r");
    shell.wait_for("▸ SEO");
    shell.send("777\r");
    shell.wait_for("777");
    shell.send("q");
    shell.wait_for("Discard");
    shell.send("d");
    shell.wait("the shell", |shown| shown.matches("shell>").count() == 3);
    shell.send("echo status=$? ; stty -a | tr -d '\\n' > $FUNNEL_TUI_HOME/after; exit\r");
    shell.end();
    let bytes = shell.all_bytes();
    assert!(bytes.contains("status=0"), "{bytes}");
    assert_terminal_is_given_back(&bytes);
    let modes = |when: &str| std::fs::read_to_string(home.path().join(when)).unwrap();
    assert_eq!(modes("stopped"), modes("before"));
    assert_eq!(modes("after"), modes("before"));
}

#[test]
fn a_plan_that_cannot_be_read_leaves_the_terminal_alone() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("bad\u{1b}[31m.ron");
    std::fs::write(&path, "(version: 1, name: \"\u{1b}]0;x\u{7}").unwrap();
    let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
    assert_eq!(session.end().exit_code(), 1);
    let bytes = session.all_bytes();
    assert!(!bytes.contains("[?1049h") && !bytes.contains("\u{1b}]0;") && !bytes.contains("bad\u{1b}"), "{bytes:?}");
}

#[test]
fn a_signal_loses_no_edit() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    std::fs::write(&path, include_str!("../assets/demo.ron")).unwrap();
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
        session.wait_for("Cost");
        session.send("C");
        session.wait_for("▸ SEO");
        session.send("4321\r");
        session.wait_for("4,321");
        session.signal(signal);
        assert!(!session.end().success(), "{signal}");
        let mut next = Session::start(home.path(), &[path.to_str().unwrap()]);
        next.wait_for("Take them");
        next.wait_for("→ 4,321");
        next.send("\r");
        next.wait_for("the unsaved edits are back");
        next.send("C");
        next.wait_for("4,321");
        next.send("q");
        next.wait_for("Discard");
        next.send("d");
        assert!(next.end().success());
        assert_eq!(std::fs::read_dir(home.path().join("recovery")).unwrap().count(), 0, "what is discarded is gone");
    }
}

#[test]
fn a_second_window_may_not_write_until_the_first_is_closed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    std::fs::write(&path, include_str!("../assets/demo.ron")).unwrap();
    let mut first = Session::start(home.path(), &[path.to_str().unwrap()]);
    first.wait_for("Cost");
    wait_until(|| home.path().join(".plan.ron.lock").exists());
    let mut second = Session::start(home.path(), &[path.to_str().unwrap()]);
    second.wait_for("has it open since");
    second.wait_for(&format!("process {}", first.process()));
    second.send("C");
    second.wait_for("▸ SEO");
    second.send("5");
    second.wait_for("read-only");
    first.send("C");
    first.wait_for("▸ SEO");
    first.send("4321\r\x13");
    first.wait_for(" saved ");
    first.send("q");
    assert!(first.end().success());
    // Somebody goes on with the second window: it looks again at most once a second.
    let deadline = std::time::Instant::now() + session::PATIENCE;
    while !second.screen().contains("4,321") {
        assert!(std::time::Instant::now() < deadline, "{}", second.screen());
        second.send("j");
        std::thread::sleep(std::time::Duration::from_millis(100));
        second.send("k");
    }
    second.send("gg55\r");
    second.wait("its own edit", |shown| shown.contains(" 55 "));
    second.send("\x13");
    second.wait_for(" saved ");
    second.send("q");
    assert!(second.end().success());
    assert!(!home.path().join(".plan.ron.lock").exists(), "nothing is left behind");
}

fn wait_until(holds: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + session::PATIENCE;
    while !holds() {
        assert!(std::time::Instant::now() < deadline, "waited too long");
        std::thread::yield_now();
    }
}

#[test]
fn a_terminal_that_is_gone_ends_the_program() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(home.path(), &["demo"]);
    session.wait_for("Funnel");
    session.close_the_terminal();
    session.end();
}

#[test]
fn a_terminal_that_goes_while_somebody_types_and_saves_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("plan.ron");
    std::fs::write(&path, large_plan()).unwrap();
    let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
    session.wait_for("Cost");
    session.send("C");
    session.wait_for("▸ Channel 0");
    session.send("4321\r");
    session.wait_for("4,321");
    // A save is under way, figures are being computed, and keys are waiting.
    session.send("\x13");
    session.send(&"jk".repeat(500));
    session.close_the_terminal();
    let closed = std::time::Instant::now();
    session.end();
    assert!(closed.elapsed() < std::time::Duration::from_secs(20), "it went on for {:?}", closed.elapsed());
    let text = std::fs::read_to_string(&path).unwrap();
    let plan = read_plan(&text, "the plan").unwrap_or_else(|bad| panic!("it is whole: {}", bad.render(false))).plan;
    let library = Library::new(Home::in_folder(home.path()));
    let found = library.unsaved_edits(&path, None).map(|found| found.unwrap());
    let plan = found.map_or(plan, |found| found.history.plan().clone());
    let (_, record) = plan.channels[0].records(Layer::Actual).iter().next().unwrap();
    assert_eq!(record.get(Field::Spend), Some(4321.0));
    let beside = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = beside.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?} is left behind");
}

/// Twenty thousand channels with a number each.
fn large_plan() -> String {
    let channel = |at: usize| format!("(name: \"Channel {at}\", actual: {{\"2026-09-01\": (spend: {at}, uv: 9)}}),\n");
    let channels: String = (0..20_000).map(channel).collect();
    format!("(version: 1, name: \"Large\", cadence: Month, channels: [\n{channels}])\n")
}

#[test]
fn a_block_from_a_spreadsheet_is_pasted_in_one_step() {
    let home = tempfile::tempdir().unwrap();
    let mut session = Session::start(home.path(), &["demo"]);
    session.wait_for("Funnel");
    session.send("C");
    session.wait_for("▸ SEO");
    session.send("\x1b[200~7001\t11\n7002\t12\x1b[201~");
    session.wait("both rows", |shown| shown.contains("7,001") && shown.contains("7,002"));
    session.send("u");
    session.wait("neither row", |shown| !shown.contains("7,001") && !shown.contains("7,002"));
}

#[test]
fn escape_sequences_in_a_plan_never_reach_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("hostile\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}.ron");
    std::fs::write(&path, include_str!("fixtures/hostile.ron")).unwrap();
    let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
    session.wait_for("[Funnel]");
    for (keys, shown) in [
        ("x", "Formula"),
        ("\x1b", "? help"),
        ("C", "[Channels]"),
        ("x", "Formula"),
        ("\x1b", "? help"),
        ("[", "◂ Oct 2026"),
        ("7\r", "●"),
        ("I", "[Improve]"),
        ("T", "[Tests]"),
        ("P", "[Playbook]"),
        ("?", "Esc close"),
        ("\x1b", "? help"),
    ] {
        session.send(keys);
        session.wait_for(shown);
    }
    session.send("\x13");
    session.wait("the save", |shown| shown.replace("unsaved", "").contains("saved"));
    session.send("q");
    assert!(session.end().success());
    let bytes = session.all_bytes();
    assert!(!bytes.contains("\u{1b}]"), "a command to the terminal itself was sent: a title, a link, the clipboard");
    assert!(!bytes.contains("\u{1b}[31m"), "a colour of the plan's");
    let known = |each: char| matches!(each, '\u{1b}' | '\r' | '\n' | '\u{8}');
    let bad = bytes.chars().find(|each| steers(*each) && !known(*each));
    assert_eq!(bad, None);
}

#[test]
fn an_export_leads_to_what_to_improve_by_a_command_or_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("ads.csv");
    std::fs::write(&file, "Date,Campaign,Cost,Clicks,Leads\n2026-10-01,SEO,10,100,9\n2026-10-31,Fair,5.50,20,1\n")
        .unwrap();
    let path = file.to_str().unwrap();
    let mut session = Session::start(home.path(), &["import", path, "--into", "By command", "--open"]);
    session.wait_for("[Improve]");
    session.wait_for("all periods");
    session.send("o");
    session.wait_for("The built-in example");
    session.send("i");
    session.wait_for("Import which files?");
    session.send(&format!("{path}\r"));
    session.wait_for("Import 2 rows into a new plan \"ads\"");
    session.send("\r");
    session.wait_for("[Improve]");
    session.wait_for("saved");
    session.send("q");
    assert!(session.end().success());
    for name in ["by-command", "ads"] {
        let text = std::fs::read(home.path().join(format!("plans/{name}.ron"))).unwrap();
        let plan = read_plan(std::str::from_utf8(&text).unwrap(), name).unwrap().plan;
        assert_eq!(plan.channels.len(), 2, "{name}");
    }
}
