//! Every system call of a save, of a lock, of a journal and of its recovery fails once, as the kernel would have it: the
//! old file stays whole, the reason is told, no edit is lost, and nothing is left behind. Where there is no strace, or it
//! may not trace, this says so and looks at nothing.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(target_os = "linux")]

mod import;
mod planner;
#[path = "../session/mod.rs"]
mod session;

use std::path::{Path, PathBuf};
use std::process::Command;

/// Says so where not.
fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).output();
    let can = traced.is_ok_and(|output| output.status.success());
    if !can {
        eprintln!("skipped: there is no strace here, or it may not trace");
    }
    can
}

/// What lies beside plans and is none.
fn strays(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_none_or(|extension| extension != "ron")).collect()
}
