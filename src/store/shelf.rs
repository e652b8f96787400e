//! Plans made, copied, renamed and put away.

use std::io;
use std::path::{Path, PathBuf};

use crate::plan::Plan;

use super::content::CopyOf;
use super::file::{Put, SaveError, Stamp, folder_of, put, sum_of};
use super::home::stem_of;
use super::library::{Library, Saved};
use super::names::{dated, free_path, slug};

/// How often another free name is tried where somebody else takes it in the same moment.
const TRIES: usize = 100;

impl Library {
    /// Puts a new plan into the list, in a file named after it that is not there yet.
    ///
    /// # Errors
    /// A [`SaveError`] where it could not be written.
    pub fn create(&self, plan: &Plan) -> Result<Saved, SaveError> {
        let folder = &self.home.plans_dir;
        self.disk.create_folders(folder).map_err(SaveError::disk("make the folder", folder))?;
        self.put_new(folder, plan)
    }

    fn put_new(&self, folder: &Path, plan: &Plan) -> Result<Saved, SaveError> {
        let disk = self.disk.as_ref();
        let stem = slug(&plan.brief.name);
        let mut tried = 0;
        loop {
            let path = free_path(disk, folder, &stem);
            tried += 1;
            match put(disk, &path, plan, Put::New) {
                Err(SaveError::Taken(_)) if tried < TRIES => {}
                Err(error) => return Err(error),
                Ok(sum) => {
                    let stamp = Stamp::of(disk, &path, sum);
                    return Ok(Saved { path, stamp, commented_original: None, backup_failed: None });
                }
            }
        }
    }

    /// Copies the plan in a file into the list under another name.
    ///
    /// # Errors
    /// A [`SaveError`] where it could not be read or written.
    pub fn duplicate(&self, path: &Path, name: &str) -> Result<Saved, SaveError> {
        self.create(&self.named(path, name)?)
    }

    /// Gives a plan another name, its file one after it in the same folder; its backups move along.
    ///
    /// # Errors
    /// A [`SaveError`]; the plan then still has its old file, under the old name or the new.
    pub fn rename(&self, path: &Path, name: &str) -> Result<Saved, SaveError> {
        let opened = self.open(path).map_err(|diagnosis| SaveError::Unreadable(Box::new(diagnosis)))?;
        let mut plan = opened.plan;
        name.clone_into(&mut plan.brief.name);
        let saved = self.save(&plan, path, Some(&opened.stamp))?;
        let stem = slug(name);
        if is_numbered(&stem_of(path), &stem) {
            return Ok(saved);
        }
        let to = free_path(self.disk.as_ref(), folder_of(path), &stem);
        self.disk.rename(path, &to).map_err(SaveError::disk("rename", path))?;
        let (old_backups, new_backups) = (self.home.backups_of(path), self.home.backups_of(&to));
        // Where they cannot move they stay under the old name, and new ones begin.
        let _ = self.disk.rename(&old_backups, &new_backups);
        let moved = |kept: PathBuf| {
            let there = kept.file_name().map(|file| new_backups.join(file)).unwrap_or_default();
            if self.disk.facts(&there).is_ok() { there } else { kept }
        };
        Ok(Saved { path: to, commented_original: saved.commented_original.map(moved), ..saved })
    }

    fn named(&self, path: &Path, name: &str) -> Result<Plan, SaveError> {
        let mut plan = self.open(path).map_err(|diagnosis| SaveError::Unreadable(Box::new(diagnosis)))?.plan;
        name.clone_into(&mut plan.brief.name);
        Ok(plan)
    }

    /// Moves a plan's file to the trash, dated, and says where it lies there. Nothing is deleted.
    ///
    /// # Errors
    /// A [`SaveError`]; the file is then still where it was.
    pub fn trash(&self, path: &Path) -> Result<PathBuf, SaveError> {
        let disk = self.disk.as_ref();
        let trash = &self.home.trash_dir;
        disk.create_folders(trash).map_err(SaveError::disk("make the folder", trash))?;
        let to = free_path(disk, trash, &format!("{}-{}", stem_of(path), dated(disk.now())));
        match disk.rename(path, &to) {
            Ok(()) => Ok(to),
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => self.carry(path, &to),
            Err(error) => Err(SaveError::disk("move", path)(error)),
        }
    }

    /// Moves a file to another file system: the original goes only once the copy is safe and the same.
    fn carry(&self, path: &Path, to: &Path) -> Result<PathBuf, SaveError> {
        let disk = self.disk.as_ref();
        let sum = put(disk, to, &CopyOf { disk, path }, Put::New)?;
        if sum_of(disk, to).map_err(SaveError::disk("read", to))? != sum {
            return Err(SaveError::disk("move", path)(io::ErrorKind::InvalidData.into()));
        }
        disk.remove(path).map_err(SaveError::disk("move", path))?;
        Ok(to.to_owned())
    }
}

/// True for `plan`, `plan-2`, `plan-3` … of the stem `plan`.
fn is_numbered(stem: &str, of: &str) -> bool {
    stem.strip_prefix(of).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u64>().is_ok())
    })
}
