//! Where a plan named on the command line is read from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::plan::Plan;
use crate::store::read_plan_bytes;

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
    let bytes = fs::read(path).map_err(|error| Failure::Other(format!("{}: {error}", path.display())))?;
    let read =
        read_plan_bytes(&bytes, &path.display().to_string()).map_err(|error| Failure::Other(error.to_string()))?;
    Ok(Source { plan: read.plan, path: Some(path.to_owned()) })
}
