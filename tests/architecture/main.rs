//! Holds the house to its plan: a room imports only from rooms below it, and the lower rooms keep out what they must
//! not know. The reader of imports is itself tested with planted violations.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

mod reader;

use std::fs;
use std::path::{Path, PathBuf};

use reader::{Named, paths_in};

/// Each room with the rooms that it may import from.
const ROOMS: [(&str, &[&str]); 6] = [
    ("plan", &["plan"]),
    ("engine", &["engine", "plan"]),
    ("store", &["store", "plan"]),
    ("report", &["report", "plan", "engine"]),
    ("tui", &["tui", "plan", "engine", "store", "report"]),
    ("cli", &["cli", "plan", "engine", "store", "report", "tui"]),
];

/// What a room must not name, with the reason.
const FORBIDDEN: [(&str, &str, &str); 14] = [
    ("plan", "ratatui", "no screen"),
    ("plan", "crossterm", "no screen"),
    ("plan", "ron", "no file format"),
    ("plan", "std::fs", "no disk"),
    ("plan", "std::time", "no clock"),
    ("plan", "rand", "no chance"),
    ("engine", "ratatui", "no screen"),
    ("engine", "crossterm", "no screen"),
    ("engine", "ron", "no file format"),
    ("engine", "std::fs", "no disk"),
    ("engine", "std::time", "no clock"),
    ("engine", "thread_rng", "no chance without a seed"),
    ("report", "ratatui", "no screen"),
    ("store", "ratatui", "no screen"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module that a file holds: `["tui", "view", "funnel"]`.
fn module_of(file: &Path, src: &Path) -> Vec<String> {
    let inside = file.strip_prefix(src).unwrap().with_extension("");
    let mut parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// What is wrong with a file of `room`: imports from above, and things that it must not name.
fn violations(room: &str, text: &str, module: &[String]) -> Vec<String> {
    let allowed = ROOMS.iter().find(|(name, _)| *name == room).map_or(&[][..], |(_, allowed)| allowed);
    let mut wrong = Vec::new();
    for Named { line, path } in paths_in(text, module) {
        let inside = path.strip_prefix("crate::").or_else(|| path.strip_prefix("funnel_tui::"));
        let target = inside.and_then(|inside| inside.split("::").next());
        let room_of_target = target.filter(|target| ROOMS.iter().any(|(name, _)| name == target));
        if room_of_target.is_some_and(|target| !allowed.contains(&target)) {
            wrong.push(format!("line {line}: {room} imports {path}"));
        }
        for (_, name, reason) in FORBIDDEN.iter().filter(|(of, _, _)| *of == room) {
            if path == *name || path.starts_with(&format!("{name}::")) || path.ends_with(&format!("::{name}")) {
                wrong.push(format!("line {line}: {room} names {path}: {reason}"));
            }
        }
        if path.starts_with("crossterm::") {
            wrong.push(format!("line {line}: {path}: say ratatui::crossterm, there is one version of it"));
        }
    }
    wrong
}

#[test]
fn every_room_imports_only_from_rooms_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in sources(&src) {
        let module = module_of(&file, &src);
        let Some(room) = module.first().cloned() else { continue };
        assert!(ROOMS.iter().any(|(name, _)| *name == room), "{} belongs to no room", file.display());
        seen += 1;
        let text = fs::read_to_string(&file).unwrap();
        wrong.extend(violations(&room, &text, &module).into_iter().map(|each| format!("{}: {each}", file.display())));
    }
    assert!(seen > 40, "only {seen} files were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tree_holds_one_crossterm() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let versions = lock.lines().filter(|line| *line == "name = \"crossterm\"").count();
    assert_eq!(versions, 1, "crossterm stands {versions} times in Cargo.lock");
}

fn module(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

fn found(room: &str, at: &str, text: &str) -> bool {
    !violations(room, text, &module(at)).is_empty()
}

#[test]
fn a_planted_violation_is_found_however_it_is_written() {
    for planted in [
        "use crate::tui::state::State;",
        "use crate::{plan::Plan, tui};",
        "use crate::{\n    plan::Plan,\n    store::{\n        Home,\n    },\n};",
        "pub use crate::report::json;",
        "use super::super::store::Home;",
        "fn f() { crate::store::Home::find(None); }",
        "fn f(home: &crate::store::Home) {}",
        "mod tests {\n    use super::super::super::report::json;\n}",
        "use ratatui::buffer::Buffer;",
        "use ::ron::Options;",
        "use ron;",
        "use ron as r;",
        "use std::{fmt, fs};",
        "use std::time::Instant;",
        "fn f() { std::fs::read(\"x\"); }",
        "let dice = rand::thread_rng();",
    ] {
        assert!(found("engine", "engine::special", planted), "not found: {planted}");
    }
    assert!(found("report", "report::text", "use crate::tui::theme::Theme;"));
    assert!(found("tui", "tui::run", "use crossterm::event::Event;"));
    assert!(found("plan", "plan::brief", "use crate::engine::Scope;"));
}

#[test]
fn what_is_allowed_is_not_reported() {
    for fine in [
        "use crate::plan::{Field, Link};",
        "use super::chain::Per;",
        "mod tests {\n    use super::*;\n    use super::super::chain::Per;\n}",
        "// use crate::tui::State;",
        "/* crate::tui::State */ /// [`run`](crate::tui::run)",
        "let text = \"use crate::tui::State; ron::from_str\";",
        "let raw = r#\"crate::store::Home \"quoted\" \"#;",
        "let quote = '\"'; // crate::tui\nlet life: &'static str = \"std::fs::read\";",
        "use std::sync::Arc;",
    ] {
        assert_eq!(violations("engine", fine, &module("engine::special")), Vec::<String>::new(), "{fine}");
    }
    assert!(!found("tui", "tui::run", "use ratatui::crossterm::event::Event;"));
}
