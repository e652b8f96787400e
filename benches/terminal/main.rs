//! What a person feels, measured in a real pseudo-terminal of 120 × 40: `cargo bench --bench terminal`.
//!
//! Beside it, in the same run, stands a bare ratatui table: the least that a key can take.

#[cfg(unix)]
mod bare;
#[cfg(unix)]
#[path = "../plans/mod.rs"]
mod plans;
#[cfg(unix)]
mod session;

#[cfg(not(unix))]
fn main() {}

#[cfg(unix)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::args().nth(1).as_deref() == Some("bare") {
        return Ok(bare::table(&plans::made(24, 12))?);
    }
    measure::all()
}

#[cfg(unix)]
mod measure {
    use std::path::{Path, PathBuf};
    use std::thread;
    use std::time::{Duration, Instant};

    use funnel_tui::store::write_plan;

    use super::plans;
    use super::session::{Answer, Session};

    type Failed = Box<dyn std::error::Error>;

    const DOWN: &str = "\x1b[B";
    const UP: &str = "\x1b[A";
    /// Keys whose median is told.
    const KEYS: usize = 60;
    /// Keys whose median and worst are told.
    const ROUNDS: usize = 20;
    /// After so long everything that a key has set going is done.
    const SETTLED: Duration = Duration::from_millis(300);
    /// Longer than any save.
    const LONG: Duration = Duration::from_secs(1);
    const IDLE: Duration = Duration::from_secs(10);

    pub(crate) fn all() -> Result<(), Failed> {
        let home = tempfile::tempdir()?;
        println!("| what | measured |");
        println!("| --- | --- |");
        small(home.path())?;
        large(home.path())
    }

    fn program() -> &'static Path {
        Path::new(env!("CARGO_BIN_EXE_funnel-tui"))
    }

    /// A made plan on disk.
    fn plan(home: &Path, channels: usize, periods: usize) -> Result<PathBuf, Failed> {
        let path = home.join(format!("{channels}x{periods}.ron"));
        std::fs::write(&path, write_plan(&plans::made(channels, periods)))?;
        Ok(path)
    }

    fn told(what: &str, measured: impl std::fmt::Display) {
        println!("| {what} | {measured} |");
    }

    fn milliseconds(time: Duration) -> String {
        format!("{:.2} ms", time.as_secs_f64() * 1e3)
    }

    /// The median of as many keys, pressed in turn.
    fn median(session: &mut Session, keys: [&str; 2]) -> Answer {
        let mut answers: Vec<Answer> = (0..KEYS).map(|at| session.press(keys[at % 2])).collect();
        answers.sort_by_key(|answer| answer.time);
        answers.swap_remove(KEYS / 2)
    }

    /// The median and the worst time to the first frame after `keys`, in turn; before each, `first` is typed, unmeasured.
    fn frames(session: &mut Session, first: [&str; 2], keys: [&str; 2]) -> String {
        let mut frames = Vec::new();
        for at in 0..ROUNDS {
            if !first[at % 2].is_empty() {
                session.press(first[at % 2]);
            }
            frames.extend(session.press(keys[at % 2]).frame);
            thread::sleep(SETTLED);
        }
        frames.sort();
        match frames[..] {
            [] => "no frame".to_owned(),
            [.., worst] => format!("{} ({})", milliseconds(frames[frames.len() / 2]), milliseconds(worst)),
        }
    }

    /// From an edit's last key to its deed in the journal, the worst of as many: after a save, and right after `Ctrl-S`.
    fn kept(session: &mut Session, home: &Path, plan: &str) {
        let worst = |session: &mut Session, first: &str, numbers: std::ops::Range<u32>| {
            let each = numbers.map(|number| {
                if !first.is_empty() {
                    session.send(first);
                }
                let sent = Instant::now();
                session.send(&format!("{number}\r"));
                while !is_kept(home, number) {
                    assert!(sent.elapsed() < LONG, "{number} is not kept");
                    thread::sleep(Duration::from_micros(500));
                }
                let took = sent.elapsed();
                thread::sleep(LONG);
                session.press_until("\x13", "saved ");
                took
            });
            each.max().unwrap_or_default()
        };
        let quiet = worst(session, "", 7_654_000..7_654_008);
        told(&format!("{plan}: an edit to its place in the journal, worst of 8"), milliseconds(quiet));
        session.press("8\r");
        let saving = worst(session, "\x13", 8_654_000..8_654_008);
        told(&format!("{plan}: the same while a save is under way, worst of 8"), milliseconds(saving));
    }

    fn is_kept(home: &Path, number: u32) -> bool {
        let files = std::fs::read_dir(home.join("recovery")).into_iter().flatten().flatten();
        let journals =
            files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "journal"));
        let number = number.to_string();
        journals
            .filter_map(|path| std::fs::read(path).ok())
            .any(|bytes| String::from_utf8_lossy(&bytes).contains(&number))
    }

    fn small(home: &Path) -> Result<(), Failed> {
        let path = plan(home, 24, 12)?;
        let path = path.to_string_lossy();
        let mut starts = Vec::new();
        for _ in 0..9 {
            let first = Session::start(program(), &[&path], home)?.first("Funnel");
            starts.push(first.frame.unwrap_or(first.time));
        }
        starts.sort();
        let (least, middle) = (milliseconds(starts[0]), milliseconds(starts[4]));
        told("24 × 12: start to the first frame, median (least) of 9", format!("{middle} ({least})"));

        let mut bare = Session::start(&std::env::current_exe()?, &["bare"], home)?;
        bare.first("Channels");
        let mut session = Session::start(program(), &[&path], home)?;
        session.first("Funnel");
        session.press("C");
        session.press("l");
        // In turn, so that both see the machine in the same mood.
        let mut ratios = Vec::new();
        for round in 0..5 {
            let (least, own) = (median(&mut bare, [DOWN, UP]), median(&mut session, [DOWN, UP]));
            ratios.push(own.time.as_secs_f64() / least.time.as_secs_f64());
            if round == 4 {
                told(
                    "a bare ratatui table: an arrow to its last byte",
                    format!("{}, {} bytes", milliseconds(least.time), least.len),
                );
                told("24 × 12: an arrow to its last byte", format!("{}, {} bytes", milliseconds(own.time), own.len));
            }
        }
        ratios.sort_by(f64::total_cmp);
        told("the same as a multiple of the bare table's, median of 5 rounds", format!("{:.2}", ratios[2]));
        told(
            "24 × 12: Enter after a digit to its frame, median (worst) of 20",
            frames(&mut session, ["7", "8"], ["\r"; 2]),
        );
        let bursts = frames(&mut session, [""; 2], [&DOWN.repeat(200), &UP.repeat(200)]);
        told("200 arrows at once to their frame, median (worst) of 20", bursts);
        told(
            "24 × 12: memory (RSS) now, at most",
            format!("{:.1} MiB, {:.1} MiB", mebibytes(&session, "VmRSS"), mebibytes(&session, "VmHWM")),
        );
        let before = session.work();
        thread::sleep(IDLE);
        let after = session.work();
        told(
            "ticks of CPU and switches of context in 10 s of idleness",
            format!("{}, {}", after.0 - before.0, after.1 - before.1),
        );
        kept(&mut session, home, "24 × 12");
        Ok(())
    }

    fn mebibytes(session: &Session, key: &str) -> f64 {
        session.memory(key) as f64 / 1024.0
    }

    fn large(home: &Path) -> Result<(), Failed> {
        let path = plan(home, 10_000, 52)?;
        let mut session = Session::start(program(), &[&path.to_string_lossy()], home)?;
        told("10,000 × 52: start to the word that it is being opened", milliseconds(session.first("opening").time));
        told("10,000 × 52: start to the plan", milliseconds(session.first("gross profit").time));
        session.press("C");
        thread::sleep(SETTLED);
        session.press("l");
        let nothing = ["", ""];
        for (what, first, keys) in [
            ("an arrow", nothing, [DOWN, UP]),
            ("a digit", ["\x1b"; 2], ["7", "8"]),
            ("Enter after a digit", ["7", "8"], ["\r", "\r"]),
            ("undo and redo", nothing, ["u", "\x12"]),
            ("to the last row and the first", nothing, ["G", "g"]),
            ("deleting a channel and undoing it", nothing, ["d", "u"]),
            ("sorting by the next column and back", nothing, [">", "<"]),
            ("Funnel and Channels", nothing, ["F", "C"]),
            ("Improve and Channels", nothing, ["I", "C"]),
            ("Tests and Channels", nothing, ["T", "C"]),
            ("the period before and after", nothing, ["[", "]"]),
            ("all periods and one", nothing, ["A", "A"]),
            ("a letter of the filter", ["\x1b"; 2], ["/c", "/1"]),
        ] {
            let told_of = format!("10,000 × 52: {what}, to its frame, median (worst) of 20");
            told(&told_of, frames(&mut session, first, keys));
        }
        told(
            "10,000 × 52: memory (RSS) now, at most",
            format!("{:.0} MiB, {:.0} MiB", mebibytes(&session, "VmRSS"), mebibytes(&session, "VmHWM")),
        );
        // Out of the filter.
        session.press("\x1b");
        kept(&mut session, home, "10,000 × 52");
        session.press("9\r");
        let saved = session.press_until("\x13", "saved ");
        told("10,000 × 52: Ctrl-S to the word that it is saved", milliseconds(saved.time));
        told("10,000 × 52: memory (RSS) at most after the save", format!("{:.0} MiB", mebibytes(&session, "VmHWM")));
        Ok(())
    }
}
