//! Where a plan named on the command line is read from.

use std::path::{Path, PathBuf};

use crate::plan::Plan;
use crate::store::{Home, Library, Opened, read_plan};

use super::failure::Failure;

/// The word for the built-in example.
pub(super) const DEMO: &str = "demo";

/// A plan that was read, and the file it came from.
#[derive(Debug)]
pub(super) struct Source {
    /// The plan.
    pub plan: Plan,
    /// `None` for the built-in example.
    pub path: Option<PathBuf>,
}

/// The user's plans.
pub(super) fn library() -> Result<Library, Failure> {
    Home::find(std::env::var_os("FUNNEL_TUI_HOME")).map(Library::new).ok_or(Failure::NoHome)
}

/// Reads the plan that the user means: `demo`, a path, or a name in the list.
pub(super) fn read(wanted: &Path) -> Result<Source, Failure> {
    if wanted == Path::new(DEMO) {
        return Ok(Source { plan: demo()?, path: None });
    }
    let Opened { plan, path, .. } = open(&library()?, wanted)?;
    Ok(Source { plan, path: Some(path) })
}

/// Opens the plan of that path, or of that name in the list.
pub(super) fn open(library: &Library, wanted: &Path) -> Result<Opened, Failure> {
    Ok(library.open(&find(library, wanted)?)?)
}

/// The file of that path, or of the plan of that name in the list.
pub(super) fn find(library: &Library, wanted: &Path) -> Result<PathBuf, Failure> {
    // What is no text can be no name in the list, but it can be a path.
    match wanted.to_str() {
        Some(text) => Ok(library.resolve(text)?),
        None => Ok(wanted.to_owned()),
    }
}

/// The built-in example, fresh.
pub(super) fn demo() -> Result<Plan, Failure> {
    Ok(read_plan(include_str!("../../assets/demo.ron"), "the built-in example")?.plan)
}
