//! Where the program keeps things.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::sum::Sum;

/// The folders and files of one user. Naming them creates none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Plans, one `.ron` file each.
    pub plans_dir: PathBuf,
    /// Deleted plans, dated.
    pub trash_dir: PathBuf,
    /// The last saved versions of each plan, in a folder of its own.
    pub backups_dir: PathBuf,
    /// Unsaved edits of plans that are open.
    pub recovery_dir: PathBuf,
    /// The settings.
    pub config_file: PathBuf,
    /// What was imported before.
    pub imports_file: PathBuf,
}

impl Home {
    /// All under one folder, as `FUNNEL_TUI_HOME` asks for.
    pub fn in_folder(folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref();
        Self {
            plans_dir: folder.join("plans"),
            trash_dir: folder.join("trash"),
            backups_dir: folder.join("backups"),
            recovery_dir: folder.join("recovery"),
            config_file: folder.join("config.ron"),
            imports_file: folder.join("imports.ron"),
        }
    }

    /// From the value of `FUNNEL_TUI_HOME`, else where the system keeps such things. `None` where the variable is
    /// unset or empty and the user has no home folder.
    pub fn find(funnel_tui_home: Option<OsString>) -> Option<Self> {
        if let Some(folder) = funnel_tui_home.filter(|folder| !folder.is_empty()) {
            // Absolute, so that a later change of the working folder does not move the plans.
            return Some(Self::in_folder(std::path::absolute(&folder).unwrap_or_else(|_| folder.into())));
        }
        let dirs = ProjectDirs::from("", "", "funnel-tui")?;
        let data = dirs.data_dir();
        Some(Self {
            plans_dir: data.join("plans"),
            trash_dir: data.join("trash"),
            backups_dir: data.join("backups"),
            recovery_dir: dirs.state_dir().unwrap_or(dirs.data_local_dir()).join("recovery"),
            config_file: dirs.config_dir().join("config.ron"),
            imports_file: dirs.state_dir().unwrap_or(dirs.data_local_dir()).join("imports.ron"),
        })
    }

    /// The folder of a file's backups: its stem for a plan in the list, with a checksum of the path for one that
    /// lies elsewhere, so that two plans of one name never share it.
    pub(super) fn backups_of(&self, path: &Path) -> PathBuf {
        if path == self.config_file {
            return self.backups_dir.join("config.ron");
        }
        let stem = stem_of(path);
        if path.parent() == Some(&self.plans_dir) {
            return self.backups_dir.join(stem);
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let sum = Sum::of(path.as_os_str().as_encoded_bytes()).checksum;
        self.backups_dir.join(format!("{stem}-{:08x}", (sum ^ (sum >> 32)) as u32))
    }
}

/// A file's name without folder and extension, as the list of plans shows it.
pub(super) fn stem_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_variable_puts_everything_under_one_folder() {
        let home = Home::find(Some("/stick/funnel".into())).unwrap();
        assert_eq!(home, Home::in_folder("/stick/funnel"));
        assert_eq!(home.config_file, Path::new("/stick/funnel/config.ron"));
        assert_ne!(Home::find(Some("".into())), Some(Home::in_folder("")), "an empty variable counts as unset");
    }

    #[test]
    fn plans_of_one_name_in_two_folders_have_backups_of_their_own() {
        let home = Home::in_folder("/home");
        let here = home.backups_of(Path::new("/home/plans/a.ron"));
        let there = home.backups_of(Path::new("/elsewhere/a.ron"));
        let third = home.backups_of(Path::new("/third/a.ron"));
        assert_eq!(here, Path::new("/home/backups/a"));
        assert!(here != there && there != third && there.parent() == Some(&home.backups_dir));
    }
}
