//! Temporary files that a process left when it was killed in the middle of a save.

use std::path::Path;
use std::time::Duration;

use super::disk::{Disk, Opening, TEMPORARY};
use super::file::{folder_of, real_path};
use super::library::Library;

/// Younger ones may belong to a process that has not locked them yet.
const YOUNG: Duration = Duration::from_secs(10);

impl Library {
    /// Takes away what a killed process left beside the plan in `path`, and where the program keeps its own files.
    pub fn sweep(&self, path: &Path) {
        let disk = self.disk.as_ref();
        let home = &self.home;
        let real = real_path(disk, path);
        let backups = home.backups_of(path);
        let mut folders = vec![folder_of(&real), &home.plans_dir, &backups, &home.recovery_dir];
        folders.extend(home.config_file.parent());
        folders.sort();
        folders.dedup();
        for folder in folders {
            sweep_folder(disk, folder);
        }
        self.sweep_bases();
    }
}

fn sweep_folder(disk: &dyn Disk, folder: &Path) {
    let files = disk.list(folder).unwrap_or_default();
    for file in files.iter().filter(|file| is_temporary(file)) {
        let is_old = disk.facts(file).is_ok_and(|facts| facts.modified.elapsed().is_ok_and(|age| age > YOUNG));
        // Whoever still writes it has it locked.
        let is_left = is_old && disk.open(file, Opening::Old).and_then(|open| disk.lock(&open)).unwrap_or(false);
        if is_left {
            let _ = disk.remove(file);
        }
    }
}

fn is_temporary(file: &Path) -> bool {
    let (first, last) = TEMPORARY;
    file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(first) && name.ends_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Home, RealDisk};
    use std::fs;
    use std::time::SystemTime;

    #[test]
    fn what_a_killed_process_left_goes_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(Home::in_folder(folder.path().join("home")));
        let plan = folder.path().join("plan.ron");
        let old = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, "half").unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
            path
        };
        let left = old(".funnel-tui-abc123.tmp");
        let stays = [old(".other-abc123.tmp"), old("funnel-tui-abc123.tmp"), old("plan.ron"), old(".funnel-tui-x.ron")];
        let young = folder.path().join(".funnel-tui-young1.tmp");
        fs::write(&young, "half").unwrap();
        let mut written = RealDisk.temporary(folder.path()).unwrap();
        RealDisk.write(&mut written, b"half").unwrap();
        let recovery = &library.home().recovery_dir;
        fs::create_dir_all(recovery).unwrap();
        let files = ["a-1.ron", "b-1.ron", "b-1.journal", "c-1.ron", "c-1.broken"].map(|name| recovery.join(name));
        for path in &files {
            fs::write(path, "").unwrap();
        }
        written.as_file().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        library.sweep(&plan);
        assert!(!left.exists() && !files[0].exists());
        assert!(files[1..].iter().all(|path| path.exists()), "what a journal needs stays");
        assert!(young.exists() && written.path().exists() && stays.iter().all(|path| path.exists()));
    }
}
