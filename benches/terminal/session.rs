//! A program in a pseudo-terminal of 120 × 40: what is sent to it, when its bytes come, what the system says of it.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// After so long without a byte a frame is over.
const QUIET: Duration = Duration::from_millis(25);
/// So long a program may take for anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// The end of a synchronized update.
const FRAME_END: &str = "\x1b[?2026l";

/// A program in a terminal of its own.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    began: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// What came after something was sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// From the sending to the end of the first frame, where the program marks it.
    pub(crate) frame: Option<Duration>,
    /// From the sending to the last byte before the quiet.
    pub(crate) time: Duration,
    /// How many bytes.
    pub(crate) len: usize,
    /// The bytes as text.
    pub(crate) text: String,
}

impl Session {
    pub(crate) fn start(program: &Path, arguments: &[&str], home: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let size = PtySize { rows: 40, cols: 120, ..PtySize::default() };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("FUNNEL_TUI_HOME", home);
        command.env("TERM", "xterm-256color");
        let mut source = pair.master.try_clone_reader()?;
        let (sender, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = source.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let began = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        Ok(Self { child, writer: pair.master.take_writer()?, bytes, began, _master: pair.master })
    }

    /// What came since the start, until it is quiet after `text` was seen.
    pub(crate) fn first(&mut self, text: &str) -> Answer {
        self.until(self.began, text)
    }

    /// Sends keys and takes what comes until it is quiet.
    pub(crate) fn press(&mut self, keys: &str) -> Answer {
        self.press_until(keys, "")
    }

    /// Sends keys and takes what comes until it is quiet after `text` was seen.
    pub(crate) fn press_until(&mut self, keys: &str, text: &str) -> Answer {
        // What came late of the key before.
        while self.bytes.try_recv().is_ok() {}
        let sent = Instant::now();
        self.send(keys);
        self.until(sent, text)
    }

    /// Sends keys and waits for nothing.
    pub(crate) fn send(&mut self, keys: &str) {
        let written = self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush());
        assert!(written.is_ok(), "the program is gone");
    }

    fn until(&mut self, from: Instant, text: &str) -> Answer {
        let mut answer = Answer::default();
        loop {
            let seen = answer.len > 0 && answer.text.contains(text);
            match self.bytes.recv_timeout(if seen { QUIET } else { PATIENCE }) {
                Ok((when, bytes)) => {
                    answer.time = when - from;
                    answer.len += bytes.len();
                    answer.text.push_str(&String::from_utf8_lossy(&bytes));
                    if answer.frame.is_none() && answer.text.contains(FRAME_END) {
                        answer.frame = Some(answer.time);
                    }
                }
                Err(RecvTimeoutError::Timeout) if seen => return answer,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("waited for {text:?}; it said {:?}", answer.text)
                }
            }
        }
    }

    /// A line of `/proc/PID/status` of the process, such as `VmHWM`; kB.
    pub(crate) fn memory(&self, key: &str) -> u64 {
        self.process().map(|process| number(&format!("/proc/{process}/status"), key)).unwrap_or_default()
    }

    /// Ticks of CPU time and switches of context of all threads until now.
    pub(crate) fn work(&self) -> (u64, u64) {
        let threads = self.process().and_then(|process| std::fs::read_dir(format!("/proc/{process}/task")).ok());
        let (mut ticks, mut switches) = (0, 0);
        for thread in threads.into_iter().flatten().flatten() {
            let path = thread.path();
            let status = path.join("status").display().to_string();
            switches += number(&status, "voluntary_ctxt_switches") + number(&status, "nonvoluntary_ctxt_switches");
            let stat = std::fs::read_to_string(path.join("stat")).unwrap_or_default();
            // After the name in brackets; user and system time are the fields 14 and 15.
            let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace()).into_iter().flatten();
            ticks += fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
        }
        (ticks, switches)
    }

    fn process(&self) -> Option<u32> {
        self.child.process_id()
    }
}

fn number(file: &str, key: &str) -> u64 {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
