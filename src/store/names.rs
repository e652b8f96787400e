//! Names of files: from a plan's name, from the time, free ones beside those that are taken.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use super::disk::Disk;

/// Names that Windows keeps for devices, whatever the extension.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A file's stem for a plan of that name: letters and digits of any script in small letters, all else a hyphen. Never
/// empty, never hidden, never a path.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || character == '_' {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        // File systems allow 255 bytes; some are left for "-12.ron", dates and checksums.
        if slug.len() > 120 {
            break;
        }
    }
    let slug = slug.trim_matches(['-', '_']);
    let device = slug.strip_prefix("com").or_else(|| slug.strip_prefix("lpt"));
    if slug.is_empty() {
        "plan".to_owned()
    } else if RESERVED.contains(&slug) || device.is_some_and(|number| number.chars().count() == 1) {
        format!("plan-{slug}")
    } else {
        slug.to_owned()
    }
}

/// `2026-09-01T10-00-00`: sorts by time and is a legal name everywhere.
pub(super) fn dated(now: DateTime) -> String {
    now.strftime("%Y-%m-%dT%H-%M-%S").to_string()
}

/// `folder/stem.ron`, or with `-2`, `-3` … the first that is not there yet.
pub(super) fn free_path(disk: &dyn Disk, folder: &Path, stem: &str) -> PathBuf {
    let taken = |path: &PathBuf| disk.facts(path).is_ok() || disk.link_target(path).is_ok();
    let first = folder.join(format!("{stem}.ron"));
    if !taken(&first) {
        return first;
    }
    let numbered = |number: u64| folder.join(format!("{stem}-{number}.ron"));
    (2..u64::MAX).map(numbered).find(|path| !taken(path)).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("English training, autumn term", "english-training-autumn-term")]
    #[case("百度 推广", "百度-推广")]
    #[case("Ünïcode №5", "ünïcode-5")]
    #[case("../../etc/passwd", "etc-passwd")]
    #[case("C:\\x\0y", "c-x-y")]
    #[case(".hidden", "hidden")]
    #[case("", "plan")]
    #[case("///", "plan")]
    #[case("CON", "plan-con")]
    #[case("lpt1", "plan-lpt1")]
    #[case("company", "company")]
    fn a_name_becomes_a_safe_file_name(#[case] name: &str, #[case] stem: &str) {
        assert_eq!(slug(name), stem);
    }

    #[test]
    fn a_very_long_name_is_cut_between_characters() {
        assert!(slug(&"百".repeat(500)).len() <= 125);
    }
}
