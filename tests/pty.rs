//! The whole program in a real pseudo-terminal: what a person types, what stands on the screen, what lies on disk, and
//! how the terminal is left. Every step waits for text, never for time.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(unix)]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use funnel_tui::plan::{Field, Layer};
use funnel_tui::store::read_plan;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// So long a text may take to appear: far more than it needs, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(60);

const ROWS: NonZeroU16 = NonZeroU16::new(24).unwrap();
const COLUMNS: NonZeroU16 = NonZeroU16::new(80).unwrap();

/// What the terminal shows, and all bytes that it got.
#[derive(Default)]
struct Seen {
    parser: Option<vt100::Parser>,
    bytes: Vec<u8>,
    ended: bool,
    /// Nobody looks any more: the reader closes its end after the next bytes.
    closing: bool,
}

/// The program in a terminal of its own.
struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    reader: Option<JoinHandle<()>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

impl Session {
    fn start(home: &Path, arguments: &[&str]) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: ROWS.get(), cols: COLUMNS.get(), ..PtySize::default() })
            .unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_funnel-tui"));
        command.args(arguments);
        command.env("FUNNEL_TUI_HOME", home);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new((
            Mutex::new(Seen { parser: Some(vt100::Parser::new(ROWS, COLUMNS, 0)), ..Seen::default() }),
            Condvar::new(),
        ));
        let mut source = pair.master.try_clone_reader().unwrap();
        let told = Arc::clone(&seen);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let count = source.read(&mut buffer).unwrap_or(0);
                let mut seen = told.0.lock().unwrap();
                if let Some(parser) = &mut seen.parser {
                    parser.process(&buffer[..count]);
                }
                seen.bytes.extend_from_slice(&buffer[..count]);
                seen.ended |= count == 0 || seen.closing;
                told.1.notify_all();
                if seen.ended {
                    return;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Self { master: Some(pair.master), child, writer, reader: Some(reader), seen }
    }

    fn screen(&self) -> String {
        self.seen.0.lock().unwrap().parser.as_ref().map(|parser| parser.screen().contents()).unwrap_or_default()
    }

    /// Waits until `holds` does for what the screen shows.
    fn wait(&self, what: &str, holds: impl Fn(&str) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.seen.0.lock().unwrap();
        loop {
            let shown = seen.parser.as_ref().map(|parser| parser.screen().contents()).unwrap_or_default();
            if holds(&shown) {
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.ended, "waited for {what}; the screen shows:\n{shown}");
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?}"), |shown| shown.contains(text));
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits for the end of the program.
    fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "it goes on; the screen shows:\n{}", self.screen());
            std::thread::yield_now();
        }
    }

    /// The bytes after the program ended.
    fn all_bytes(&self) -> String {
        let mut seen = self.seen.0.lock().unwrap();
        while !seen.ended {
            let (next, timeout) = self.seen.1.wait_timeout(seen, PATIENCE).unwrap();
            assert!(!timeout.timed_out(), "the terminal stays open");
            seen = next;
        }
        String::from_utf8_lossy(&seen.bytes).into_owned()
    }

    /// Closes every end of the terminal but the program's own, as a closed window does.
    fn close_the_terminal(&mut self) {
        self.seen.0.lock().unwrap().closing = true;
        self.send("C");
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.writer = Box::new(std::io::sink());
        self.master = None;
    }

    fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &process]).status().unwrap().success());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Every mode that was entered is undone at the end, and the caret is shown.
fn assert_terminal_is_given_back(bytes: &str) {
    for (on, off) in [("[?1049h", "[?1049l"), ("[?2004h", "[?2004l"), ("[?25l", "[?25h"), ("[?1000h", "[?1000l")] {
        let (entered, left) = (bytes.rfind(on), bytes.rfind(off));
        assert!(entered.is_some(), "{on} was never entered");
        assert!(left > entered, "{on} is not undone at the end");
    }
}

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
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut session = Session::start(home.path(), &["demo"]);
        session.wait_for("Funnel");
        session.signal(signal);
        assert!(!session.end().success(), "{signal}");
        assert_terminal_is_given_back(&session.all_bytes());
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
    let path = home.path().join("hostile.ron");
    let hostile = "(version: 1, name: \"\\u{1b}]0;owned\\u{7}x\", cadence: Month, channels: [(name: \"a\\u{1b}[31mred\", actual: {\"2026-09-01\": (spend: 1)})])";
    std::fs::write(&path, hostile).unwrap();
    let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
    session.wait_for("Funnel");
    for view in ["C", "I", "F"] {
        session.send(view);
    }
    session.send("q");
    assert!(session.end().success());
    let bytes = session.all_bytes();
    assert!(!bytes.contains("\u{1b}]0;"), "a title was set");
    assert!(!bytes.contains("\u{1b}[31mred"));
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
