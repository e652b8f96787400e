//! Reads which paths a piece of Rust names. No parser: comments and strings are blanked, the trees of `use` taken
//! apart, `self` and `super` resolved.

/// A path that a file names, with `crate::`, `super::` and `self::` resolved to `crate::…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) line: usize,
    pub(crate) path: String,
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
pub(crate) fn paths_in(text: &str, module: &[String]) -> Vec<Named> {
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
