//! What an import takes of memory: never more than four times the file's size, and 16 MB besides, whatever is in it.
//!
//! Alone in its process, so that nobody else's memory is counted.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

use funnel_tui::plan::{Brief, Cadence, Plan};
use funnel_tui::store::import::{ImportOptions, Source, merge, recognise};
use jiff::civil::date;

/// What the program's own tables take, and the pieces that files are read in.
const FLOOR: u64 = 16 << 20;
/// The length of each file.
const LENGTH: usize = 4 << 20;

/// A line of the process' own account, in bytes.
fn account(of: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(of)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

/// How much more memory an import needed than there was before, at its worst.
fn needed(path: &Path) -> u64 {
    // From here on the highest mark is counted anew.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = account("VmRSS");
    let options = ImportOptions::default();
    if let Ok(file) = recognise(&Source::file(path), &options, date(2026, 9, 15), &mut |_| true) {
        let _ = merge(&Plan::new(Brief::new("p", Cadence::Month)), &file, &options);
    }
    account("VmHWM").saturating_sub(before)
}

fn repeated(head: &str, each: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = head.as_bytes().to_vec();
    for number in 0.. {
        if text.len() >= LENGTH {
            break;
        }
        text.extend_from_slice(each(number).as_bytes());
    }
    text
}

#[test]
fn no_file_takes_more_than_four_times_its_size() {
    const HEAD: &str = "Date,Campaign,Cost\n";
    let shapes: [(&str, Vec<u8>); 11] = [
        ("ordinary rows", repeated(HEAD, |row| format!("2026-09-{:02},Campaign {},1.5\n", row % 28 + 1, row % 50))),
        ("a channel a row", repeated(HEAD, |row| format!("2026-09-01,C{},1\n", row % 19_000))),
        ("many days", repeated(HEAD, |row| format!("{}-{:02}-03,C{},1\n", 1990 + row % 90, row % 12 + 1, row % 9000))),
        ("one line", repeated(HEAD, |_| "a".to_owned())),
        ("quotes", repeated(HEAD, |_| "\"".to_owned())),
        ("an open quote", repeated(&format!("{HEAD}2026-09-01,\"A,1\n"), |_| "2026-09-01,B,1\n".to_owned())),
        ("separators", repeated(HEAD, |_| ",".to_owned())),
        ("a wide header", repeated("", |_| "Cost,".to_owned())),
        ("no numbers at all", repeated(HEAD, |row| format!("x{row},y,z{row}\n"))),
        ("a new order a row", repeated("Name,Financial Status,Total\n", |row| format!("#{row},paid,1.5\n"))),
        ("line ends", repeated("", |_| "\n".to_owned())),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    for (name, bytes) in shapes {
        fs::write(&path, &bytes).unwrap();
        let allowed = 4 * bytes.len() as u64 + FLOOR;
        drop(bytes);
        let needed = needed(&path);
        assert!(needed <= allowed, "{name}: {} MB of {} MB", needed >> 20, allowed >> 20);
    }
}
