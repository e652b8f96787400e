//! What a user takes out of the program: reports and tables, written as a whole or not at all, and never over anything
//! unasked.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::file::folder_of;
use super::find::expanded;

/// Why a report was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is something already, and nobody said that it may go.
    #[error("there is a file already: {}", crate::plan::printable(&.0.to_string_lossy()))]
    Exists(PathBuf),
    /// It would take the place of the plan that it was made from.
    #[error("{} is the plan itself: choose another name", crate::plan::printable(&.0.to_string_lossy()))]
    IsPlan(PathBuf),
    /// The folder that it would lie in is not there.
    #[error("there is no folder {}", crate::plan::printable(&.0.to_string_lossy()))]
    NoFolder(PathBuf),
    /// The disk did not take it.
    #[error("{} cannot be written: {source}", crate::plan::printable(&path.to_string_lossy()))]
    Failed {
        /// Where to.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The file; `~/` at its beginning is the home folder.
    pub path: PathBuf,
    /// True where it may take the place of a file that is there.
    pub replace: bool,
    /// The plan that it was made from, which it must not take the place of.
    pub plan: Option<PathBuf>,
}

/// Writes an export; gives where it lies.
///
/// # Errors
/// [`ExportError`] where something is in the way or the disk does not take it; then nothing has changed.
pub fn export(disk: &dyn Disk, to: &Destination, bytes: &[u8]) -> Result<PathBuf, ExportError> {
    let path = expanded(&to.path);
    let failed = |source| ExportError::Failed { path: path.clone(), source };
    let path = std::path::absolute(&path).map_err(failed)?;
    if to.plan.as_deref().is_some_and(|plan| is_same(plan, &path)) {
        return Err(ExportError::IsPlan(path));
    }
    let written = if to.replace { replace(disk, &path, bytes) } else { place(disk, &path, bytes) };
    match written {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(ExportError::Exists(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !folder_of(&path).exists() => {
            Err(ExportError::NoFolder(folder_of(&path).to_owned()))
        }
        Err(source) => Err(ExportError::Failed { path, source }),
    }
}

/// True where both names lead to one file.
fn is_same(plan: &Path, path: &Path) -> bool {
    match (plan.canonicalize(), path.canonicalize()) {
        (Ok(plan), Ok(path)) => plan == path,
        _ => plan == path,
    }
}

/// Puts `bytes` where nothing lies yet.
fn place(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    // Asked first, so that the reason names no temporary file.
    disk.facts(folder)?;
    let mut file = disk.temporary(folder)?;
    disk.write(&mut file, bytes)?;
    disk.sync(&file)?;
    disk.place(file.into_temp_path(), path)
}

/// Puts `bytes` in place of what lies at `path`, if anything. A symbolic link stays one: the file that it points to is
/// replaced. What is no plain file (a device, a pipe) is written to as it is.
///
/// # Errors
/// What the disk says; then the file is as it was.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let found = std::fs::metadata(path).ok();
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        return std::fs::write(path, bytes);
    }
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder_of(&target);
    disk.facts(folder)?;
    let mut file = disk.temporary(folder)?;
    disk.write(&mut file, bytes)?;
    disk.sync(&file)?;
    if let Some(found) = found {
        disk.permit(&file, found.permissions())?;
    }
    disk.replace(file.into_temp_path(), &target)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::disk::RealDisk;
    use super::*;

    fn to(path: PathBuf, replace: bool) -> Destination {
        Destination { path, replace, plan: None }
    }

    #[test]
    fn nothing_is_written_over_unasked_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.html");
        assert_eq!(export(&RealDisk, &to(path.clone(), false), b"one").unwrap(), path);
        let again = export(&RealDisk, &to(path.clone(), false), b"two");
        assert!(matches!(again, Err(ExportError::Exists(there)) if there == path));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        export(&RealDisk, &to(path.clone(), true), b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_report_never_takes_the_place_of_its_plan() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("plan.ron");
        fs::write(&plan, "plan").unwrap();
        let to = Destination { path: folder.path().join("./plan.ron"), replace: true, plan: Some(plan.clone()) };
        assert!(matches!(export(&RealDisk, &to, b"report"), Err(ExportError::IsPlan(_))));
        assert_eq!(fs::read(plan).unwrap(), b"plan");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nowhere/report.html");
        let error = export(&RealDisk, &to(path, false), b"x").unwrap_err().to_string();
        assert!(error.contains("nowhere") && !error.contains(".funnel-tui-"), "{error}");
    }
}
