//! Names of journals: one of its own for each window, all of one plan beside each other.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::plan::Plan;
use crate::store::content::{Content as _, CopyOf};
use crate::store::disk::{Disk, Opening};
use crate::store::file::{Put, SaveError, folder_of, put, real_path};
use crate::store::home::stem_of;
use crate::store::names::slug;
use crate::store::sum::Sum;

/// What ends the name of a journal.
pub(super) const JOURNAL: &str = "journal";

/// What ends the name of one that could not be read and was put aside.
const BROKEN: &str = "broken";

/// The files of one journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// The deeds.
    pub(super) journal: PathBuf,
    /// The plan that they began with: a plan file like any other.
    pub(super) base: PathBuf,
}

impl Names {
    pub(super) fn of_journal(journal: &Path) -> Self {
        Self { journal: journal.to_owned(), base: journal.with_extension("ron") }
    }

    /// True for a first plan beside which none of the files of a folder is its journal. A journal is made before it.
    pub(super) fn is_alone(base: &Path, files: &[PathBuf]) -> bool {
        ![JOURNAL, BROKEN].iter().any(|extension| files.contains(&base.with_extension(extension)))
    }

    pub(super) fn write_base(&self, disk: &dyn Disk, plan: &Plan) -> Result<Sum, SaveError> {
        put(disk, &self.base, plan, Put::Replacing)
    }

    /// Holds on to the file that the plan has now: a save puts another one in its place, and leaves this one whole.
    pub(super) fn hold_base(&self, disk: &dyn Disk, plan: &Path) -> std::io::Result<()> {
        let _ = disk.remove(&self.base);
        disk.link(&disk.canonical(plan)?, &self.base)
    }

    /// Copies the plan's file, which somebody may write into.
    pub(super) fn copy_base(&self, disk: &dyn Disk, plan: &Path) -> std::io::Result<()> {
        let mut copy = disk.temporary(folder_of(&self.base))?;
        CopyOf { disk, path: plan }.pour(&mut |part| disk.write(&mut copy, part))?;
        disk.replace(copy.into_temp_path(), &self.base)
    }

    /// Takes both files away, the deeds first: a plan without deeds is nothing to recover.
    pub(super) fn remove(&self, disk: &dyn Disk) {
        let _ = disk.remove(&self.journal);
        let _ = disk.remove(&self.base);
    }

    /// Puts a journal that cannot be read aside, where nobody looks for journals; gives its new name.
    pub(super) fn put_aside(&self, disk: &dyn Disk) -> PathBuf {
        let aside = self.journal.with_extension(BROKEN);
        let _ = disk.remove(&aside);
        match disk.rename(&self.journal, &aside) {
            Ok(()) => aside,
            Err(_) => self.journal.clone(),
        }
    }
}

/// What the names of all journals of a plan begin with: of the one in `path`, or of those that lie nowhere.
pub(super) fn key_of(disk: &dyn Disk, path: Option<&Path>, name: &str) -> String {
    path.map_or_else(|| format!("{}-{UNPLACED}", slug(name)), |path| key_of_file(disk, path))
}

/// The keys under which journals of the plan in `path` may lie: that of the path itself, whatever has been put there
/// since, and that of the file that links lead to.
pub(super) fn keys_of(disk: &dyn Disk, path: &Path) -> [String; 2] {
    [key_of_file(disk, path), key_of_file(disk, &real_path(disk, path))]
}

fn key_of_file(disk: &dyn Disk, file: &Path) -> String {
    // A plan that is gone has a folder still, and else at least an absolute path.
    let folder = disk.canonical(folder_of(file));
    let absolute = folder.map(|folder| folder.join(file.file_name().unwrap_or_default()));
    let absolute = absolute.or_else(|_| std::path::absolute(file)).unwrap_or_else(|_| file.to_owned());
    format!("{}-{:016x}", slug(&stem_of(&absolute)), Sum::of(absolute.as_os_str().as_encoded_bytes()).checksum)
}

/// What ends the key of a plan that lies nowhere yet.
const UNPLACED: &str = "unplaced";

/// True for a journal of that plan.
pub(super) fn has_key(journal: &Path, key: &str) -> bool {
    let stem = stem_of(journal);
    let number = stem.strip_prefix(key).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| number.parse::<u64>().is_ok())
}

/// A new journal that nobody has yet, locked.
pub(super) fn new_journal(disk: &dyn Disk, folder: &Path, key: &str) -> Result<(Names, File), SaveError> {
    for number in 1..u64::MAX {
        let names = Names::of_journal(&folder.join(format!("{key}-{number}.{JOURNAL}")));
        match disk.open(&names.journal, Opening::New) {
            Ok(file) => match disk.lock(&file) {
                // Somebody who looks for lost journals has it in this moment, finds it empty, and takes it away.
                Ok(false) => {}
                // A disk that knows no locks keeps journals all the same.
                Ok(true) | Err(_) => return Ok((names, file)),
            },
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(SaveError::disk("keep unsaved edits in", &names.journal)(error)),
        }
    }
    Err(SaveError::disk("keep unsaved edits in", folder)(ErrorKind::AlreadyExists.into()))
}
