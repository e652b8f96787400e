//! One file, saved as a whole or not at all.
//!
//! ```text
//! follow links ▶ look at what is there: newer? changed? ▶ temporary file ▶ keep a backup ▶ fsync ▶ rename ▶ fsync of the folder
//! ```
//!
//! At whatever step it fails, the old file is as it was and the temporary one gone.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::plan::{FILE_VERSION, printable};

use super::content::Content;
use super::disk::{Disk, FileFacts};
use super::format::Diagnosis;
use super::sum::{Sum, Summing};

/// What a file held when it was opened or saved, to tell later whether somebody else has changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When it was written, as its disk says.
    pub modified: SystemTime,
    /// Its length in bytes.
    pub len: u64,
    /// A checksum of its bytes.
    pub checksum: u64,
}

impl Stamp {
    /// Of bytes just read from, or written to, `path`.
    pub(super) fn of(disk: &dyn Disk, path: &Path, sum: Sum) -> Self {
        let modified = disk.facts(path).map_or(SystemTime::UNIX_EPOCH, |facts| facts.modified);
        Self { modified, len: sum.len, checksum: sum.checksum }
    }

    pub(super) fn sum(&self) -> Sum {
        Sum { len: self.len, checksum: self.checksum }
    }

    /// True if both were made of the same bytes, whenever those were written.
    pub fn is_of_same_bytes(&self, other: &Self) -> bool {
        self.sum() == other.sum()
    }

    /// True if `bytes` are those that the stamp was made of. When they were written does not matter: the same bytes
    /// written again are no change.
    pub fn matches(&self, bytes: &[u8]) -> bool {
        self.sum() == Sum::of(bytes)
    }
}

/// Whether a file is still what it was when a [`Stamp`] was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The same bytes.
    Same,
    /// Other bytes.
    Changed,
    /// No file.
    Gone,
}

/// Why a file, or a plan in the library, was not written, moved or made. What was on the disk is as it was.
#[derive(Debug)]
pub enum SaveError {
    /// The operating system refused a step.
    Disk {
        /// What was being done, as in "could not … ": `write`, `read`, `move`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Somebody else has written the file since it was opened.
    ChangedOnDisk(PathBuf),
    /// A newer funnel-tui made the file.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its file version.
        version: u64,
    },
    /// The file is marked as read-only.
    ReadOnly(PathBuf),
    /// There is a file of that name already.
    Taken(PathBuf),
    /// The plan in the file could not be read, so it cannot be changed.
    Unreadable(Box<Diagnosis>),
}

impl SaveError {
    pub(super) fn disk(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { doing, path, source }
    }
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| printable(&path.to_string_lossy()).into_owned();
        match self {
            Self::Disk { doing, path, source } => {
                let advice = if *doing == "list" { "look at its permissions" } else { advice(source.kind()) };
                write!(f, "could not {doing} {}: {}: {advice}", shown(path), printable(&source.to_string()))
            }
            Self::ChangedOnDisk(path) => {
                write!(f, "{} has changed on disk since it was opened: reload it, or save as a copy", shown(path))
            }
            Self::Newer { path, version } => write!(
                f,
                "{} was made by a newer funnel-tui (file version {version}, this one knows {FILE_VERSION}): save as a copy",
                shown(path)
            ),
            Self::ReadOnly(path) => write!(f, "{} is read-only: allow writing, or save as a copy", shown(path)),
            Self::Taken(path) => write!(f, "there is a file {} already: choose another name", shown(path)),
            Self::Unreadable(diagnosis) => f.write_str(&diagnosis.summary()),
        }
    }
}

impl std::error::Error for SaveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            Self::Unreadable(diagnosis) => Some(diagnosis),
            _ => None,
        }
    }
}

fn advice(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk, or save as a copy elsewhere"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "you may not write there; save as a copy elsewhere"
        }
        io::ErrorKind::NotFound => "its folder is gone; make it again, or save as a copy elsewhere",
        _ => "the file is as it was; try again, or save as a copy elsewhere",
    }
}

/// The file that a path stands for: links are followed, also one that leads to a file not yet there.
pub(super) fn real_path(disk: &dyn Disk, path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // As many as Linux follows. A circle of links ends here, and opening it fails with the system's own words.
    for _ in 0..40 {
        let Ok(target) = disk.link_target(&path) else { break };
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    path
}

/// The bytes of a file; `None` where there is none.
pub(super) fn read_if_there(disk: &dyn Disk, path: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    match disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SaveError::disk("read", path)(error)),
    }
}

/// What a file's bytes come to.
pub(super) fn sum_of(disk: &dyn Disk, path: &Path) -> io::Result<Sum> {
    let mut summing = Summing::default();
    disk.read_in_parts(path, &mut |part| {
        summing.add(part);
        Ok(())
    })?;
    Ok(summing.sum())
}

/// What is known of a file; `None` where there is none.
pub(super) fn facts_if_there(disk: &dyn Disk, path: &Path) -> Result<Option<FileFacts>, SaveError> {
    match disk.facts(path) {
        Ok(facts) => Ok(Some(facts)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SaveError::disk("read", path)(error)),
    }
}

/// Whether there may be a file already where bytes are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// It is replaced; its permissions are kept.
    Replacing,
    /// It is replaced if it is still of that date and length: nobody may have written it meanwhile.
    IfStill(SystemTime, u64),
    /// It stays, and the bytes are not put.
    New,
}

/// Puts something at `path` in one step, and says what its bytes come to: readers see the old file or the new one, also
/// after a power cut.
pub(super) fn put(disk: &dyn Disk, path: &Path, content: &dyn Content, how: Put) -> Result<Sum, SaveError> {
    let draft = Draft::of(disk, path, content)?;
    let sum = draft.sum;
    draft.put(disk, path, how).map(|()| sum)
}

/// A file written beside the one that it is to become; gone where it is not put there.
pub(super) struct Draft {
    file: NamedTempFile,
    /// What its bytes come to.
    pub(super) sum: Sum,
}

impl Draft {
    /// One for `path`.
    pub(super) fn of(disk: &dyn Disk, path: &Path, content: &dyn Content) -> Result<Self, SaveError> {
        let failed = |error| SaveError::disk("write", path)(error);
        let mut file = disk.temporary(folder_of(path)).map_err(failed)?;
        let mut summing = Summing::default();
        let written = content.pour(&mut |part| {
            summing.add(part);
            disk.write(&mut file, part)
        });
        written.map_err(failed)?;
        Ok(Self { file, sum: summing.sum() })
    }

    /// Puts it at the `path` that it was written for.
    pub(super) fn put(self, disk: &dyn Disk, path: &Path, how: Put) -> Result<(), SaveError> {
        let failed = |doing| SaveError::disk(doing, path);
        match disk.facts(path) {
            Ok(old) if how != Put::New => disk.permit(&self.file, old.permissions).map_err(failed("write"))?,
            _ => {}
        }
        disk.sync(&self.file).map_err(failed("write"))?;
        // Windows renames no file that is open.
        let file = self.file.into_temp_path();
        match how {
            Put::Replacing => disk.replace(file, path).map_err(failed("write"))?,
            Put::IfStill(modified, len) => {
                let now = disk.facts(path).map_err(failed("read"))?;
                if (now.modified, now.len) != (modified, len) {
                    return Err(SaveError::ChangedOnDisk(path.to_owned()));
                }
                disk.replace(file, path).map_err(failed("write"))?;
            }
            Put::New => disk.place(file, path).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => SaveError::Taken(path.to_owned()),
                _ => failed("write")(error),
            })?,
        }
        // The file is in place. Where the folder cannot be synced (network disks), there is nothing better to do.
        let _ = disk.sync_folder(folder_of(path));
        Ok(())
    }
}

/// The folder that a file is in; `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
