//! Starts the screen, where there is a terminal for it.

use std::io::{IsTerminal as _, stdin, stdout};
use std::path::{Path, PathBuf};

use crate::store::Library;
use crate::tui::{self, Begin};

use super::failure::Failure;
use super::source;

/// The list of plans, or the plan that is named.
pub(super) fn list_or(plan: Option<&Path>) -> Result<(), Failure> {
    need_terminal()?;
    let library = source::library()?;
    let begin = match plan {
        None => Begin::List,
        Some(plan) => {
            let path = source::find(&library, plan)?;
            // What takes a while is read with the screen there already.
            match library.large(&path) {
                Some(_) => Begin::File(path),
                None => Begin::Opened(Box::new(library.open(&path)?)),
            }
        }
    };
    run(library, begin)
}

/// A fresh copy of the built-in example.
pub(super) fn example() -> Result<(), Failure> {
    need_terminal()?;
    run(source::library()?, Begin::Example)
}

/// A plan that has just been made.
pub(super) fn file(library: Library, path: PathBuf) -> Result<(), Failure> {
    run(library, Begin::File(path))
}

/// A plan that something was just imported into: what to improve comes first.
pub(super) fn improve(library: Library, path: PathBuf) -> Result<(), Failure> {
    run(library, Begin::Improve(path))
}

/// Refuses where standard input or output is no terminal.
pub(super) fn need_terminal() -> Result<(), Failure> {
    if stdin().is_terminal() && stdout().is_terminal() { Ok(()) } else { Err(Failure::NoTerminal) }
}

/// Runs the screen until the user leaves it.
fn run(library: Library, begin: Begin) -> Result<(), Failure> {
    Ok(tui::run(tui::Start { library, begin })?)
}
