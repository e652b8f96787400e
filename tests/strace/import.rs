//! An import by command, which reads a plan, changes it and saves it.

use std::path::PathBuf;
use std::process::{Command, Output};

use funnel_tui::store::read_plan;

use super::{can_trace, strays};

const PLAN: &str = "#![enable(implicit_some)]\n(\n    version: 1,\n    name: \"Old\",\n    cadence: Month,\n)\n";
const EXPORT: &str = "Day,Campaign,Cost,Clicks\n2026-09-01,a,12.5,7\n";

struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(bench.folder.path().join("plans")).unwrap();
        std::fs::write(bench.plan(), PLAN).unwrap();
        std::fs::write(bench.folder.path().join("export.csv"), EXPORT).unwrap();
        bench
    }

    fn plan(&self) -> PathBuf {
        self.folder.path().join("plans/plan.ron")
    }

    /// An import under strace.
    fn import(&self, strace: &[String]) -> Output {
        let mut command = Command::new("strace");
        command.args(["-f", "-o"]).arg(self.folder.path().join("trace")).args(strace);
        command.arg(env!("CARGO_BIN_EXE_funnel-tui"));
        command.arg("import").arg(self.folder.path().join("export.csv")).arg("--into").arg(self.plan());
        command.env("FUNNEL_TUI_HOME", self.folder.path().join("home")).output().unwrap()
    }

    fn trace(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("trace")).unwrap()
    }
}

/// How often each call was made from the moment at which the export was opened; what is before only starts the program.
fn calls_of_the_save(trace: &str, name: &str) -> std::ops::Range<usize> {
    let calls = |text: &str| text.lines().filter(|line| line.contains(&format!(" {name}("))).count();
    let begins = trace.find("export.csv").unwrap();
    let begins = trace[begins..].find("plan.ron").map_or(begins, |at| begins + at);
    calls(&trace[..begins]) + 1..calls(trace) + 1
}

#[test]
fn whatever_system_call_of_a_save_fails_the_plan_is_whole() {
    if !can_trace() {
        return;
    }
    let first = Bench::new();
    assert!(first.import(&[]).status.success());
    let trace = first.trace();
    let mut injected = 0;
    for (call, error) in [
        ("openat", "ENOSPC"),
        ("openat", "EACCES"),
        ("write", "ENOSPC"),
        ("write", "EIO"),
        ("fsync", "EIO"),
        ("fchmod", "EPERM"),
        ("rename", "EROFS"),
        ("renameat2", "ENOSPC"),
        ("renameat", "EROFS"),
        ("linkat", "ENOSPC"),
        ("mkdir", "EACCES"),
        ("statx", "EACCES"),
        ("unlink", "EACCES"),
    ] {
        for at in calls_of_the_save(&trace, call) {
            let bench = Bench::new();
            let inject = format!("inject={call}:error={error}:when={at}");
            let output = bench.import(&["-e".to_owned(), inject.clone()]);
            if !bench.trace().contains("INJECTED") {
                continue;
            }
            injected += 1;
            let text = std::fs::read_to_string(bench.plan()).unwrap();
            let plan = read_plan(&text, "plan").unwrap_or_else(|bad| panic!("{inject}: {}", bad.render(false))).plan;
            if output.status.success() {
                assert!(call == "write" || plan.channels.len() == 1, "{inject}: said to be done, and it is not");
            } else {
                let reason = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(!reason.is_empty() || call == "write", "{inject}: no reason is told");
                assert!(!reason.contains("panicked"), "{inject}: {reason}");
            }
            if call != "unlink" {
                assert_eq!(strays(&bench.folder.path().join("plans")), Vec::<PathBuf>::new(), "{inject}");
            }
        }
    }
    assert!(injected > 10, "only {injected} calls were made to fail");
}
