//! Earlier versions of a file, kept when it is saved.

use std::path::{Path, PathBuf};

use super::content::CopyOf;
use super::disk::Disk;
use super::file::{Put, SaveError, folder_of, put};
use super::names::{dated, free_path};

/// How many earlier versions of a plan are kept.
const KEPT: usize = 10;

/// What ends the name of a commented original.
const ORIGINAL: &str = "-original";

/// Copies a file into `folder`, dated, and takes the oldest copies away above ten.
pub(super) fn keep_version(disk: &dyn Disk, folder: &Path, old: &Path) -> Result<PathBuf, SaveError> {
    let kept = keep(disk, folder, old, &dated(disk.now()))?;
    let mut versions: Vec<_> = disk
        .list(folder)
        .map_err(SaveError::disk("read", folder))?
        .into_iter()
        .filter_map(|path| Some((order_of(&path)?, path)))
        .collect();
    versions.sort();
    for (_, path) in versions.iter().rev().skip(KEPT) {
        // One backup too many harms nobody.
        let _ = disk.remove(path);
    }
    Ok(kept)
}

/// Copies a file that holds comments into `folder`, outside the rotation.
pub(super) fn keep_original(disk: &dyn Disk, folder: &Path, old: &Path) -> Result<PathBuf, SaveError> {
    keep(disk, folder, old, &format!("{}{ORIGINAL}", dated(disk.now())))
}

fn keep(disk: &dyn Disk, folder: &Path, old: &Path, stem: &str) -> Result<PathBuf, SaveError> {
    disk.create_folders(folder).map_err(SaveError::disk("make the folder", folder))?;
    let path = free_path(disk, folder, stem);
    put(disk, &path, &CopyOf { disk, path: old }, Put::New)?;
    debug_assert_eq!(folder_of(&path), folder);
    Ok(path)
}

/// When a backup was made, and which it is of those made in one second; `None` for every other file.
fn order_of(path: &Path) -> Option<(String, u64)> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".ron")?;
    let (time, rest) = stem.split_at_checked("2026-09-01T10-00-00".len())?;
    let shape = time.bytes().zip(*b"0000-00-00T00-00-00").all(|(byte, shape)| match shape {
        b'0' => byte.is_ascii_digit(),
        _ => byte == shape,
    });
    let number = if rest.is_empty() { 1 } else { rest.strip_prefix('-')?.parse().ok()? };
    shape.then(|| (time.to_owned(), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dated_versions_take_part_in_the_rotation() {
        let order = |name: &str| order_of(Path::new(name)).map(|(_, number)| number);
        assert_eq!(order("b/2026-09-01T10-00-00.ron"), Some(1));
        assert_eq!(order("b/2026-09-01T10-00-00-12.ron"), Some(12));
        for other in [
            "b/2026-09-01T10-00-00-original.ron",
            "b/2026-09-01T10-00-00-original-2.ron",
            "b/my copy.ron",
            "b/百度百度百度百度.ron",
        ] {
            assert_eq!(order(other), None, "{other}");
        }
    }
}
