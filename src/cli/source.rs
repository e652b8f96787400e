//! Where a plan named on the command line is read from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::plan::{Plan, validate};

use super::failure::Failure;

/// A plan that was read, and the file it came from.
#[derive(Debug)]
pub(super) struct Source {
    pub plan: Plan,
    /// `None` for the built-in example.
    pub path: Option<PathBuf>,
}

/// Reads the plan of that path.
pub(super) fn read(path: &Path) -> Result<Source, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::Other(format!("{}: {error}", path.display())))?;
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let plan: Plan = options.from_str(&text).map_err(|error| Failure::Other(format!("{}: {error}", path.display())))?;
    match validate(&plan) {
        problems if problems.is_empty() => Ok(Source { plan, path: Some(path.to_owned()) }),
        problems => Err(Failure::Other(format!("{}: {}", path.display(), problems[0]))),
    }
}
