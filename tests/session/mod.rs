//! The program in a pseudo-terminal of its own: what a person types, what stands on the screen, how it ends.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![allow(dead_code, reason = "each test program that shares this uses a part of it")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// So long a text may take to appear: far more than it needs, for machines that are busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

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
pub(crate) struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    reader: Option<JoinHandle<()>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

impl Session {
    pub(crate) fn start(home: &Path, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_funnel-tui"));
        command.args(arguments);
        Self::run(home, command)
    }

    /// Runs any command in a terminal of its own.
    pub(crate) fn run(home: &Path, mut command: CommandBuilder) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows: ROWS.get(), cols: COLUMNS.get(), ..PtySize::default() })
            .unwrap();
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

    pub(crate) fn screen(&self) -> String {
        self.seen.0.lock().unwrap().parser.as_ref().map(|parser| parser.screen().contents()).unwrap_or_default()
    }

    /// Waits until `holds` does for what the screen shows.
    pub(crate) fn wait(&self, what: &str, holds: impl Fn(&str) -> bool) {
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

    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(&format!("{text:?}"), |shown| shown.contains(text));
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits for the end of the program.
    pub(crate) fn end(&mut self) -> ExitStatus {
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
    pub(crate) fn all_bytes(&self) -> String {
        let mut seen = self.seen.0.lock().unwrap();
        while !seen.ended {
            let (next, timeout) = self.seen.1.wait_timeout(seen, PATIENCE).unwrap();
            assert!(!timeout.timed_out(), "the terminal stays open");
            seen = next;
        }
        String::from_utf8_lossy(&seen.bytes).into_owned()
    }

    /// Closes every end of the terminal but the program's own, as a closed window does.
    pub(crate) fn close_the_terminal(&mut self) {
        self.seen.0.lock().unwrap().closing = true;
        self.send("C");
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.writer = Box::new(std::io::sink());
        self.master = None;
    }

    pub(crate) fn signal(&self, name: &str) {
        let process = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &process]).status().unwrap().success());
    }
}

impl Session {
    /// The number of the program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// How the terminal treats what is typed: what `stty` shows, without the size.
    pub(crate) fn modes(&self) -> String {
        let termios = self.master.as_ref().unwrap().get_termios().unwrap();
        format!("{:?}", (termios.input_flags, termios.output_flags, termios.local_flags))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Every mode that was entered is undone at the end, and the caret is shown.
pub(crate) fn assert_terminal_is_given_back(bytes: &str) {
    for (on, off) in [
        ("[?1049h", "[?1049l"),
        ("[?2004h", "[?2004l"),
        ("[?25l", "[?25h"),
        ("[?1000h", "[?1000l"),
        ("[?1004h", "[?1004l"),
    ] {
        let (entered, left) = (bytes.rfind(on), bytes.rfind(off));
        assert!(entered.is_some(), "{on} was never entered");
        assert!(left > entered, "{on} is not undone at the end");
    }
}
