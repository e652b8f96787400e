//! The planner in a terminal of its own, with strace at one of its threads.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use funnel_tui::plan::{Field, Layer, Plan};
use funnel_tui::store::{Home, Library, read_plan};

use super::session::{PATIENCE, Session};
use super::{can_trace, strays};

const PLAN: &str = include_str!("../../assets/demo.ron");

/// How disks fail.
const ERRORS: [&str; 5] = ["ENOSPC", "EROFS", "EACCES", "EIO", "EDQUOT"];

/// What has to do with memory, threads and the computer, not with a disk.
const OTHERS: [&str; 15] = [
    "futex",
    "mmap",
    "munmap",
    "mremap",
    "brk",
    "madvise",
    "mprotect",
    "close",
    "sched_yield",
    "restart_syscall",
    "rt_sigprocmask",
    "sigaltstack",
    "exit",
    "getpid",
    "uname",
];

/// A thread of a running program under strace.
struct Traced {
    strace: Child,
    log: PathBuf,
}

impl Traced {
    /// `None` where a process that runs already may not be traced.
    fn attach(session: &Session, thread: &str, folder: &Path, inject: Option<&str>) -> Option<Self> {
        let log = folder.join("trace");
        let mut command = Command::new("strace");
        command.args(["-p", &number_of(session, thread), "-o"]).arg(&log);
        if let Some(inject) = inject {
            command.args(["-e", inject]);
        }
        let mut strace = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut byte = [0];
        while !said.contains("attached") {
            if strace.stderr.as_mut().unwrap().read(&mut byte).unwrap() == 0 {
                eprintln!("skipped: {said}");
                strace.wait().unwrap();
                return None;
            }
            said.push(char::from(byte[0]));
        }
        Some(Self { strace, log })
    }

    /// What was called, once the program has ended.
    fn log(mut self) -> String {
        self.strace.wait().unwrap();
        std::fs::read_to_string(&self.log).unwrap()
    }
}

/// The number by which the system knows the thread of that name.
fn number_of(session: &Session, name: &str) -> String {
    let tasks = PathBuf::from(format!("/proc/{}/task", session.process()));
    let mut tasks = std::fs::read_dir(tasks).unwrap().map(|task| task.unwrap().path());
    let task = tasks.find(|task| std::fs::read_to_string(task.join("comm")).unwrap().trim() == name).unwrap();
    task.file_name().unwrap().to_str().unwrap().to_owned()
}

/// How often each call was made that has to do with a disk.
fn calls(log: &str) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for name in log.lines().filter_map(|line| Some(line.split_once('(')?.0)) {
        if name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_') && !OTHERS.contains(&name) {
            *calls.entry(name.to_owned()).or_default() += 1;
        }
    }
    calls
}

/// Lets each of the calls fail once, with one error after another; `run` says whether it came to that.
fn each_fails(calls: &BTreeMap<String, usize>, run: impl Fn(&str) -> bool) {
    let mut errors = ERRORS.iter().cycle();
    let mut failed = 0;
    for (call, times) in calls {
        for at in 1..=*times {
            let error = errors.next().unwrap();
            failed += usize::from(run(&format!("inject={call}:error={error}:when={at}")));
        }
    }
    eprintln!("{failed} of the calls failed: {calls:?}");
    assert!(failed > 10, "only {failed} of {calls:?} failed");
}

fn wait_until(what: &str, session: &Session, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "waited for {what}; the screen shows:\n{}", session.screen());
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["plans", "elsewhere"] {
            std::fs::create_dir(bench.at(folder)).unwrap();
        }
        std::fs::write(bench.plan(), PLAN).unwrap();
        bench
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn plan(&self) -> PathBuf {
        self.at("plans/plan.ron")
    }

    fn library(&self) -> Library {
        Library::new(Home::in_folder(self.folder.path()))
    }

    /// The plan in the table, once its lock is there.
    fn opened(&self) -> Session {
        let mut session = Session::start(self.folder.path(), &[self.plan().to_str().unwrap()]);
        session.wait_for("Cost");
        session.send("C");
        session.wait_for("▸ SEO");
        wait_until("the lock", &session, || self.at("plans/.plan.ron.lock").exists());
        session
    }

    /// True where some journal holds those words.
    fn is_kept(&self, words: &str) -> bool {
        let files = std::fs::read_dir(self.at("recovery")).into_iter().flatten();
        let journals = files.map(|file| file.unwrap().path()).filter(|path| path.extension().unwrap() == "journal");
        journals.filter_map(|path| std::fs::read(path).ok()).any(|text| String::from_utf8_lossy(&text).contains(words))
    }
}

fn type_edit(session: &mut Session) {
    session.send("4321\r");
    session.wait_for("4,321");
}

/// What the first channels spend in the newest period.
fn spends(plan: &Plan) -> Vec<Option<f64>> {
    let newest = |channel: &std::sync::Arc<funnel_tui::plan::Channel>| {
        channel.records(Layer::Actual).iter().next_back().and_then(|(_, record)| record.get(Field::Spend))
    };
    plan.channels.iter().take(2).map(newest).collect()
}

fn spend_in(path: &Path) -> Option<f64> {
    let text = std::fs::read_to_string(path).unwrap();
    spends(&read_plan(&text, "the plan").unwrap_or_else(|bad| panic!("{}", bad.render(false))).plan)[0]
}

/// What came of a save; `None` as long as that is not known.
fn was_saved(shown: &str) -> Option<bool> {
    if shown.contains("not saved") {
        return Some(false);
    }
    shown.replace("unsaved", "").contains("saved").then_some(true)
}

#[test]
fn whatever_call_of_a_save_fails_the_edits_are_there_and_can_be_saved_elsewhere() {
    if !can_trace() {
        return;
    }
    let save = |inject: Option<&str>| {
        let bench = Bench::new();
        let mut session = bench.opened();
        type_edit(&mut session);
        let traced = Traced::attach(&session, "disk", bench.folder.path(), inject)?;
        session.send("\x13");
        session.wait(&format!("the save with {inject:?}"), |shown| was_saved(shown).is_some());
        if was_saved(&session.screen()) == Some(false) {
            let text = std::fs::read_to_string(bench.plan()).unwrap();
            assert!(text == PLAN, "{inject:?}: the old file is whole");
            // It stays until it was read, and something else can be done meanwhile.
            session.send("gg");
            session.wait_for("▸ SEO");
            assert_eq!(was_saved(&session.screen()), Some(false), "{inject:?}: {}", session.screen());
            session.send(":");
            session.send("save under another\r");
            session.wait_for("Save as");
            let elsewhere = bench.at("elsewhere/mine.ron");
            session.send(&format!("{}\r", elsewhere.display()));
            wait_until("the copy", &session, || elsewhere.exists());
            assert_eq!(spend_in(&elsewhere), Some(4321.0), "{inject:?}");
        } else {
            assert_eq!(spend_in(&bench.plan()), Some(4321.0), "{inject:?}: said to be saved, and it is not");
        }
        session.wait("all is saved", |shown| was_saved(shown) == Some(true));
        session.send("q");
        assert!(session.end().success(), "{inject:?}");
        let strays = strays(&bench.at("plans"));
        assert!(strays.is_empty() || inject.is_some_and(|inject| inject.contains("unlink")), "{inject:?}: {strays:?}");
        Some(traced.log())
    };
    let Some(log) = save(None) else { return };
    each_fails(&calls(&log), |inject| save(Some(inject)).unwrap().contains("INJECTED"));
}

#[test]
fn whatever_call_of_a_journal_fails_the_next_edit_keeps_both() {
    if !can_trace() {
        return;
    }
    let edit = |inject: Option<&str>| {
        let bench = Bench::new();
        let mut session = bench.opened();
        let traced = Traced::attach(&session, "keeper", bench.folder.path(), inject)?;
        type_edit(&mut session);
        let told = || session.screen().contains("a crash would lose");
        wait_until("the first edit", &session, || bench.is_kept("4321") || told());
        if inject.is_some() {
            session.send("5432\r");
            session.wait_for("5,432");
            wait_until("both edits", &session, || {
                bench.is_kept("5432") && !session.screen().contains("a crash would lose")
            });
        }
        session.signal("-KILL");
        session.end();
        let found = bench.library().unsaved_edits(&bench.plan(), None);
        let found = found.unwrap_or_else(|| panic!("{inject:?}: no edits are found"));
        let found = found.unwrap_or_else(|broken| panic!("{inject:?}: {broken}"));
        let second = if inject.is_some() { Some(5432.0) } else { spends(found.history.first())[1] };
        assert_eq!(spends(found.history.plan()), [Some(4321.0), second], "{inject:?}");
        assert!(std::fs::read_to_string(bench.plan()).unwrap() == PLAN, "{inject:?}: the plan's file is as it was");
        Some(traced.log())
    };
    let Some(log) = edit(None) else { return };
    each_fails(&calls(&log), |inject| edit(Some(inject)).unwrap().contains("INJECTED"));
}

#[test]
fn whatever_call_of_opening_locking_and_recovering_fails_no_edit_is_lost() {
    if !can_trace() {
        return;
    }
    let open = |inject: Option<&str>| {
        let bench = Bench::new();
        let mut crashed = bench.opened();
        type_edit(&mut crashed);
        wait_until("the edit", &crashed, || bench.is_kept("4321"));
        crashed.signal("-KILL");
        crashed.end();
        let mut session = Session::start(bench.folder.path(), &[]);
        session.wait_for("The built-in example");
        session.wait_for("English training");
        let traced = Traced::attach(&session, "disk", bench.folder.path(), inject)?;
        session.send("\r");
        session.wait(&format!("an answer to {inject:?}"), |shown| {
            ["Take them", "cannot be recovered", "error: "].iter().any(|answer| shown.contains(answer))
        });
        assert!(inject.is_some() || session.screen().contains("Take them"));
        session.signal("-KILL");
        session.end();
        let found = bench.library().unsaved_edits(&bench.plan(), None);
        let found = found.unwrap_or_else(|| panic!("{inject:?}: no edits are found"));
        let found = found.unwrap_or_else(|broken| panic!("{inject:?}: {broken}"));
        assert_eq!(spends(found.history.plan())[0], Some(4321.0), "{inject:?}");
        assert!(std::fs::read_to_string(bench.plan()).unwrap() == PLAN, "{inject:?}: the plan's file is as it was");
        Some(traced.log())
    };
    let Some(log) = open(None) else { return };
    each_fails(&calls(&log), |inject| open(Some(inject)).unwrap().contains("INJECTED"));
}
