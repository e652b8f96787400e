//! Reads plans, and any other RON file of the program, and says in plain words what is wrong with one.

use serde::de::DeserializeOwned;

use crate::plan::{FILE_VERSION, MOST_PROBLEMS, Plan, Step, validate};

use super::diagnosis::{Diagnosis, Place, Trouble};
use super::explain::explain;
use super::locate::{locate, unquoted};
use super::quick;
use super::token::{Kind, Tokens};

/// A plan as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPlan {
    /// The plan, valid.
    pub plan: Plan,
    /// True where the text holds comments, which writing the plan would drop.
    pub has_comments: bool,
}

/// Reads a plan from the text of its file. `file` is what messages call it.
///
/// # Errors
/// A [`Diagnosis`] of the first thing that is wrong; of a newer file version before anything else.
pub fn read_plan(text: &str, file: &str) -> Result<ReadPlan, Diagnosis> {
    let text = without_mark(text);
    check_version(text, file)?;
    let (plan, has_comments): (Plan, bool) = match quick::read(text) {
        Some(read) => read,
        None => (read_ron(text, file)?, has_comments(text)),
    };
    let problems = validate(&plan);
    let Some(problem) = problems.first() else {
        return Ok(ReadPlan { plan, has_comments });
    };
    let place = locate(text, &problem.path).map(|found| {
        let span = found.key.filter(|_| problem.of_key || !found.whole).unwrap_or(found.value);
        Box::new(Place::new(text, span))
    });
    let more = match problems.len() - 1 {
        0 => String::new(),
        1 => " (one more problem follows)".to_owned(),
        more if more + 1 >= MOST_PROBLEMS => format!(" (at least {more} more problems follow)"),
        more => format!(" ({more} more problems follow)"),
    };
    let help = format!("{}{more}", problem.help);
    Err(Diagnosis { file: file.to_owned(), trouble: Trouble::Invalid, what: problem.what.clone(), help, place })
}

/// Reads a plan from the bytes of its file.
///
/// # Errors
/// As [`read_plan`]; also where the bytes are no UTF-8.
pub fn read_plan_bytes(bytes: &[u8], file: &str) -> Result<ReadPlan, Diagnosis> {
    read_plan(as_text(bytes, file)?, file)
}

/// The version that a plan's text says it has; `None` where it says none. Looks no further than that.
pub(in crate::store) fn version_of(text: &str) -> Option<u64> {
    let text = without_mark(text);
    let found = locate(text, &[Step::Field("version")]).filter(|found| found.whole)?;
    let word = &text[found.value];
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a u64 holds are a newer version still.
        return Some(word.parse().unwrap_or(u64::MAX));
    }
    ron::from_str(word).ok()
}

/// The name that a plan's text gives itself, read without reading the plan.
pub(in crate::store) fn name_of(text: &str) -> Option<String> {
    let text = without_mark(text);
    let found = locate(text, &[Step::Field("name")]).filter(|found| found.whole)?;
    unquoted(&text[found.value])
}

/// Any value from the text of a RON file, optional values bare or in `Some`.
pub(in crate::store) fn read_ron<T: DeserializeOwned>(text: &str, file: &str) -> Result<T, Diagnosis> {
    let text = without_mark(text);
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).map_err(|error| {
        let explained = explain(text, &error);
        Diagnosis {
            file: file.to_owned(),
            trouble: Trouble::Invalid,
            what: explained.what,
            help: explained.help,
            place: Some(Box::new(Place::new(text, explained.span))),
        }
    })
}

/// Any value from a text that the program wrote itself: quickly, where nobody changed it.
pub(in crate::store) fn read_own<T: DeserializeOwned>(text: &str, file: &str) -> Result<T, Diagnosis> {
    quick::read(text).map_or_else(|| read_ron(text, file), |(value, _)| Ok(value))
}

/// The bytes as text, or a diagnosis of the first that is none.
pub(in crate::store) fn as_text<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, Diagnosis> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let line_end = bytes[good..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |at| good + at);
        // Up to the bad byte the lossy text has the same places as the bytes.
        let lossy = String::from_utf8_lossy(&bytes[..line_end]);
        let width = lossy[good..].chars().next().map_or(0, char::len_utf8);
        let bad = bytes.get(good).copied().unwrap_or_default();
        Diagnosis {
            file: file.to_owned(),
            trouble: Trouble::Invalid,
            what: format!("the byte {bad:#04x} is no UTF-8 text"),
            help: "save the file as UTF-8".to_owned(),
            place: Some(Box::new(Place::new(&lossy, good..good + width))),
        }
    })
}

/// Some editors begin a file with a byte order mark. It is no part of the text, nor of its columns.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A newer version may hold anything, so it is looked at before all else.
fn check_version(text: &str, file: &str) -> Result<(), Diagnosis> {
    let Some(version) = version_of(text) else { return Ok(()) };
    // Where it is missing or no number, reading the plan says so.
    let Some(found) = locate(text, &[Step::Field("version")]) else { return Ok(()) };
    let (trouble, what, help) = match version {
        0 => (Trouble::Invalid, "there is no file version 0".to_owned(), format!("expected {FILE_VERSION}")),
        1..=FILE_VERSION => return Ok(()),
        _ => (
            Trouble::Newer(version),
            "made by a newer funnel-tui".to_owned(),
            format!("this one knows file versions up to {FILE_VERSION}: update it to open the plan"),
        ),
    };
    let place = Some(Box::new(Place::new(text, found.value)));
    Err(Diagnosis { file: file.to_owned(), trouble, what, help, place })
}

pub(in crate::store) fn has_comments(text: &str) -> bool {
    // The quick look spares most files the walk.
    (text.contains("//") || text.contains("/*")) && Tokens::new(text).any(|token| token.kind == Kind::Comment)
}
