//! Files found by the beginning of their names: for a line in which a path is typed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use directories::UserDirs;

/// The endings of files that tables come in.
const TABLES: [&str; 9] = ["csv", "tsv", "tab", "txt", "psv", "xlsx", "xlsm", "ods", "dat"];
/// Files that are found at most.
const MOST: usize = 200;
/// Entries of a folder that are looked at.
const LOOKED_AT: usize = 20_000;

/// What a line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// Tables, to be imported.
    Tables,
    /// Any file, to see what is there where one is to be written.
    Files,
}

/// A file or folder that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Its path, beginning as it was typed: `~/Downloads/ads.csv`.
    pub path: String,
    /// True for a folder, whose path ends with a separator.
    pub is_folder: bool,
    /// Its length in bytes; 0 for a folder.
    pub len: u64,
    /// When it was written; the epoch where the disk does not say.
    pub modified: SystemTime,
}

/// The path with `~` replaced by the user's own folder.
pub fn expanded(path: &Path) -> PathBuf {
    let home = || UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match path.strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.to_owned(), |home| home.join(rest)),
        Err(_) => path.to_owned(),
    }
}

/// Files and folders whose paths go on from `typed`, the newest first; of tables, with a star in the last part, all of
/// that form, and of nothing typed those in the current folder and among the downloads.
pub fn find(sought: Sought, typed: &str) -> Vec<FoundFile> {
    let mut found = match (sought, typed) {
        (Sought::Tables, "") => tables_at_hand(),
        _ => going_on(sought, typed),
    };
    found.truncate(MOST);
    found
}

fn tables_at_hand() -> Vec<FoundFile> {
    let tables = |folder: &str| entries(Sought::Tables, folder, &|name| goes_on(name, ""));
    let mut found = tables("");
    found.extend(downloads().iter().flat_map(|folder| tables(folder)));
    found.retain(|file| !file.is_folder);
    sort(&mut found);
    found
}

fn going_on(sought: Sought, typed: &str) -> Vec<FoundFile> {
    let (folder, beginning) = typed.split_at(typed.rfind(std::path::is_separator).map_or(0, |at| at + 1));
    let exact = entries(sought, folder, &|name| name == beginning && !beginning.is_empty());
    let mut found = if sought == Sought::Tables && beginning.contains('*') {
        entries(sought, folder, &|name| matches(name, beginning))
    } else {
        entries(sought, folder, &|name| name != beginning && goes_on(name, beginning))
    };
    sort(&mut found);
    // Who types capitals means them.
    found.sort_by_key(|file| !file.path.starts_with(typed));
    found.splice(0..0, exact);
    found
}

/// Files before folders, the newest first.
fn sort(found: &mut [FoundFile]) {
    found.sort_by(|a, b| (a.is_folder, b.modified, &a.path).cmp(&(b.is_folder, a.modified, &b.path)));
}

/// The downloads, as the user would type them.
fn downloads() -> Option<String> {
    let dirs = UserDirs::new()?;
    let downloads = dirs.download_dir().map_or_else(|| dirs.home_dir().join("Downloads"), Path::to_owned);
    // The current folder is looked at anyway.
    if std::env::current_dir().is_ok_and(|here| here == downloads) {
        return None;
    }
    let shown = match downloads.strip_prefix(dirs.home_dir()) {
        Ok(rest) => Path::new("~").join(rest),
        Err(_) => downloads,
    };
    Some(format!("{}{}", shown.display(), std::path::MAIN_SEPARATOR))
}

fn is_table(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
    TABLES.contains(&ending.as_str())
}

/// True if a name goes on from its beginning, in any case; hidden ones only where a dot is typed.
fn goes_on(name: &str, beginning: &str) -> bool {
    let hidden = name.starts_with('.') && !beginning.starts_with('.');
    !hidden && name.to_lowercase().starts_with(&beginning.to_lowercase())
}

/// True if a name has a form such as `ads-*.csv`.
fn matches(name: &str, form: &str) -> bool {
    let mut parts = form.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last) && !name.starts_with('.')
}

/// The entries of a folder, as it was typed, whose names are wanted: folders, and files of what is sought.
fn entries(sought: Sought, folder: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<FoundFile> {
    let place = if folder.is_empty() { PathBuf::from(".") } else { expanded(Path::new(folder)) };
    let Ok(read) = fs::read_dir(place) else { return Vec::new() };
    let named = read.take(LOOKED_AT).flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok().filter(|name| wanted(name))?;
        // Of a link, what it leads to.
        let facts = fs::metadata(entry.path()).ok()?;
        let is_folder = facts.is_dir();
        let end = if is_folder { std::path::MAIN_SEPARATOR_STR } else { "" };
        let modified = facts.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        let len = if is_folder { 0 } else { facts.len() };
        (is_folder || sought == Sought::Files || is_table(&name)).then(|| FoundFile {
            path: format!("{folder}{name}{end}"),
            is_folder,
            len,
            modified,
        })
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["ads one.csv", "Ads2.XLSX", "notes.pdf", ".hidden.csv", "orders.tsv"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("archive")).unwrap();
        let typed = format!("{}/", folder.path().display());
        (folder, typed)
    }

    fn names(sought: Sought, typed: &str, under: &str) -> Vec<String> {
        let mut names: Vec<_> = find(sought, typed).into_iter().map(|file| file.path.replace(under, "")).collect();
        names.sort();
        names
    }

    #[test]
    fn tables_and_folders_are_found_by_their_beginnings() {
        let (_kept, typed) = folder();
        let tables = |more: &str| names(Sought::Tables, &format!("{typed}{more}"), &typed);
        assert_eq!(tables(""), ["Ads2.XLSX", "ads one.csv", "archive/", "orders.tsv"]);
        assert_eq!(tables("a"), ["Ads2.XLSX", "ads one.csv", "archive/"]);
        assert_eq!(tables(".h"), [".hidden.csv"]);
        assert_eq!(tables("*.csv"), ["ads one.csv"]);
        assert_eq!(tables("none"), [""; 0]);
    }

    #[test]
    fn any_file_is_found_where_one_is_to_be_written() {
        let (_kept, typed) = folder();
        assert_eq!(names(Sought::Files, &format!("{typed}n"), &typed), ["notes.pdf"]);
        assert_eq!(names(Sought::Files, &format!("{typed}*"), &typed), [""; 0]);
    }

    #[test]
    fn files_stand_before_folders_and_the_exact_name_first() {
        let (kept, typed) = folder();
        fs::write(kept.path().join("orders.tsv.csv"), "x").unwrap();
        assert_eq!(find(Sought::Tables, &format!("{typed}orders.tsv"))[0].path, format!("{typed}orders.tsv"));
        assert!(find(Sought::Tables, &typed).last().unwrap().is_folder);
    }

    #[test]
    fn the_own_folder_is_written_as_a_tilde() {
        let home = UserDirs::new().unwrap().home_dir().to_owned();
        assert_eq!(expanded(Path::new("~/a.csv")), home.join("a.csv"));
        assert_eq!(expanded(Path::new("/~/a.csv")), Path::new("/~/a.csv"));
    }
}
