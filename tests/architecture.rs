//! Holds the house to its plan: a room imports only from rooms below it, and the lower rooms keep out what they must
//! not know. The reader of imports is itself tested with planted violations.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::fs;
use std::path::{Path, PathBuf};

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

/// A path that a file names, with `crate::`, `super::` and `self::` resolved to `crate::…`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    line: usize,
    path: String,
}

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

/// The text with comments and the contents of string and character literals blanked out, line ends kept.
fn code_only(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let blank = |character: char| if character == '\n' { '\n' } else { ' ' };
    while at < chars.len() {
        let rest = &chars[at..];
        let length = match rest {
            ['/', '/', ..] => rest.iter().position(|&each| each == '\n').unwrap_or(rest.len()),
            ['/', '*', ..] => block_comment(rest),
            ['r', '"' | '#', ..] if !after_word(&chars, at) => raw_string(rest),
            ['"', ..] => string(rest),
            ['\'', '\\', ..] => rest.iter().skip(2).position(|&each| each == '\'').map_or(rest.len(), |end| end + 3),
            ['\'', _, '\'', ..] => 3,
            _ => 0,
        };
        if length == 0 {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(rest[..length].iter().copied().map(blank));
            at += length;
        }
    }
    out
}

fn after_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != '"' {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of a raw string; 0 where it is a raw identifier.
fn raw_string(rest: &[char]) -> usize {
    let hashes = rest[1..].iter().take_while(|&&each| each == '#').count();
    if rest.get(1 + hashes) != Some(&'"') {
        return 0;
    }
    let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = 2 + hashes;
    rest[body..].windows(close.len()).position(|each| each == close).map_or(rest.len(), |end| body + end + close.len())
}

/// Every path with `::` in it that the code names, the trees of `use` taken apart.
fn paths_in(text: &str, module: &[String]) -> Vec<Named> {
    let code = code_only(text);
    let mut found = Vec::new();
    let mut module = module.to_vec();
    for (number, line) in statements(&code) {
        let line = line.trim();
        // `mod tests {` opens a module in the file; its `super` is the file itself.
        if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix('{')) {
            module.push(name.trim().to_owned());
            continue;
        }
        for path in take_apart(line) {
            found.push(Named { line: number, path: resolve(&path, &module) });
        }
    }
    found
}

/// The code in pieces that end with `;`, or at a line end outside of `use`, each with its line.
fn statements(code: &str) -> Vec<(usize, String)> {
    let mut pieces = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (at, line) in code.lines().enumerate() {
        let begins = line.trim_start().trim_start_matches("pub ").starts_with("use ");
        match open.take() {
            Some((start, mut piece)) => {
                piece.push_str(line.trim());
                if line.contains(';') { pieces.push((start, piece)) } else { open = Some((start, piece)) }
            }
            None if begins && !line.contains(';') => open = Some((at + 1, line.to_owned())),
            None => pieces.push((at + 1, line.to_owned())),
        }
    }
    pieces.extend(open);
    pieces
}

/// The paths of one piece of code; `a::{b, c::d}` gives `a::b` and `a::c::d`.
fn take_apart(piece: &str) -> Vec<String> {
    let imports = piece.trim_start().trim_start_matches("pub ").starts_with("use ");
    let mut paths = Vec::new();
    let mut stems: Vec<String> = vec![String::new()];
    let mut path = String::new();
    let close = |path: &mut String, stems: &[String], paths: &mut Vec<String>| {
        let whole = format!("{}{path}", stems.last().map_or("", String::as_str));
        if whole.contains("::") || imports {
            paths.push(whole.trim_matches(':').to_owned());
        }
        path.clear();
    };
    for character in piece.chars() {
        match character {
            '{' if path.ends_with("::") || stems.len() > 1 => {
                let stem = format!("{}{path}", stems.last().map_or("", String::as_str));
                stems.push(stem);
                path.clear();
            }
            '}' => {
                close(&mut path, &stems, &mut paths);
                if stems.len() > 1 {
                    stems.pop();
                }
            }
            _ if character.is_alphanumeric() || character == '_' || character == ':' => path.push(character),
            _ => close(&mut path, &stems, &mut paths),
        }
    }
    close(&mut path, &stems, &mut paths);
    paths
}

/// The path from the crate's root, where it begins with `self` or `super`.
fn resolve(path: &str, module: &[String]) -> String {
    let mut base = module.to_vec();
    let mut rest = path;
    let mut relative = false;
    loop {
        if let Some(after) = rest.strip_prefix("super::") {
            base.pop();
            rest = after;
        } else if let Some(after) = rest.strip_prefix("self::") {
            rest = after;
        } else {
            break;
        }
        relative = true;
    }
    if relative { format!("crate::{}::{rest}", base.join("::")).replace("::::", "::") } else { path.to_owned() }
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
