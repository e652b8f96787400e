//! The user's plans: listed, found, opened, saved.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::plan::{Plan, nearest, printable};

use super::backup::{keep_original, keep_version};
use super::content::Content;
use super::disk::{Disk, RealDisk};
use super::file::{Draft, Put, SaveError, Since, Stamp, facts_if_there, folder_of, real_path, sum_of};
use super::format::{Diagnosis, name_of, read_plan_bytes};
use super::home::{Home, stem_of};
use super::old::Old;
use super::sum::Sum;

/// Longer files take a while to read and to copy, bytes.
pub(super) const LARGE_FILE: u64 = 1_000_000;

/// The plans of one user, on one disk. Cheap to clone; may be handed to another thread.
#[derive(Clone)]
pub struct Library {
    pub(super) home: Home,
    pub(super) disk: Arc<dyn Disk>,
}

/// One plan of the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file's name without folder and extension.
    pub stem: String,
    /// The file.
    pub path: PathBuf,
    /// When it was last written; the epoch where the disk does not say.
    pub modified: SystemTime,
    /// The plan, or why it cannot be read.
    pub plan: Result<Plan, Diagnosis>,
}

/// A plan that was opened from a file.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The plan.
    pub plan: Plan,
    /// Its file, as it was asked for.
    pub path: PathBuf,
    /// What the file held, for [`Library::save`].
    pub stamp: Stamp,
    /// True where the file holds comments, which the first save drops (and keeps a copy of).
    pub has_comments: bool,
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The file, as it was asked for.
    pub path: PathBuf,
    /// What the file holds now, for the next save.
    pub stamp: Stamp,
    /// Where the version with comments, that the save replaced, is kept; `None` where it held none.
    pub commented_original: Option<PathBuf>,
    /// Why no backup of the version before was kept; `None` where all is well. The plan is saved nevertheless.
    pub backup_failed: Option<String>,
}

/// Why no plan was found for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What was asked for.
    pub name: String,
    /// Names in the list that come near.
    pub near: Vec<String>,
    /// Files of several plans that have the name; empty where none has.
    pub several: Vec<PathBuf>,
    /// True where it was asked for as a path.
    pub as_path: bool,
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = printable(&self.name);
        let quoted = |names: &[String]| -> String {
            let names: Vec<_> = names.iter().map(|name| format!("\"{}\"", printable(name))).collect();
            names.join(" or ")
        };
        if self.as_path {
            write!(f, "there is no file {name}")
        } else if !self.several.is_empty() {
            let stems: Vec<_> = self.several.iter().map(|path| stem_of(path)).collect();
            write!(f, "several plans are named \"{name}\": say {}", quoted(&stems))
        } else if self.near.is_empty() {
            write!(f, "no plan is named \"{name}\": see the list of plans, or give the path of a file")
        } else {
            write!(f, "no plan is named \"{name}\": did you mean {}?", quoted(&self.near))
        }
    }
}

impl std::error::Error for NotFound {}

impl Library {
    /// The plans of `home` on the computer's disk. Nothing is created before the first save.
    pub fn new(home: Home) -> Self {
        Self::on(home, Arc::new(RealDisk))
    }

    /// The plans of `home` on any disk; for tests that let it fail.
    pub fn on(home: Home, disk: Arc<dyn Disk>) -> Self {
        Self { home, disk }
    }

    /// Where things are kept.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// All plans of the list, the last changed first. One that cannot be read stands among them with the reason.
    ///
    /// # Errors
    /// Where the folder of plans is there but cannot be read. One that is not there yet is an empty list.
    pub fn list(&self) -> Result<Vec<Entry>, SaveError> {
        let mut entries: Vec<_> = self.files()?.into_iter().map(|path| self.entry(path)).collect();
        entries.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.stem.cmp(&b.stem)));
        Ok(entries)
    }

    /// The files of the list, in no order.
    fn files(&self) -> Result<Vec<PathBuf>, SaveError> {
        let plans = &self.home.plans_dir;
        let mut files = match self.disk.list(plans) {
            Ok(files) => files,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(SaveError::disk("list", plans)(error)),
        };
        // What begins with a dot is a temporary file, or an editor's.
        files.retain(|path| is_ron(path) && !stem_of(path).starts_with('.'));
        Ok(files)
    }

    fn entry(&self, path: PathBuf) -> Entry {
        let modified = self.disk.facts(&path).map_or(SystemTime::UNIX_EPOCH, |facts| facts.modified);
        let plan = self.open(&path).map(|opened| opened.plan);
        Entry { stem: stem_of(&path), path, modified, plan }
    }

    /// The file that the user means: a path (with a separator or `.ron`), else a file's stem in the list, else the name
    /// that a plan gives itself, else a file of that very name.
    ///
    /// # Errors
    /// [`NotFound`], with the nearest names.
    pub fn resolve(&self, wanted: &str) -> Result<PathBuf, NotFound> {
        let as_path = Path::new(wanted);
        let is_file = self.disk.facts(as_path).is_ok_and(|facts| !facts.is_dir);
        let looks_like_path = is_ron(as_path) || as_path.components().count() > 1 || as_path.is_absolute();
        let failed = |near, several, as_path| NotFound { name: wanted.to_owned(), near, several, as_path };
        // A folder is something to be told of when it is opened, not something that is not there.
        if looks_like_path && self.disk.facts(as_path).is_ok() {
            return Ok(as_path.to_owned());
        }
        let files = self.files().unwrap_or_default();
        let wanted_stem = if is_ron(as_path) { stem_of(as_path) } else { wanted.to_owned() };
        if let Some(path) = files.iter().find(|path| stem_of(path) == wanted_stem) {
            return Ok(path.clone());
        }
        if looks_like_path {
            return Err(failed(Vec::new(), Vec::new(), true));
        }
        let named: Vec<_> = files.iter().map(|path| (self.name_in(path).unwrap_or_default(), path)).collect();
        let same: Vec<_> = named.iter().filter(|(name, _)| name == wanted).map(|(_, path)| (*path).clone()).collect();
        match same.as_slice() {
            [path] => return Ok(path.clone()),
            [] if is_file => return Ok(as_path.to_owned()),
            [] => {}
            _ => return Err(failed(Vec::new(), same, false)),
        }
        let stems: Vec<_> = files.iter().map(|path| stem_of(path)).collect();
        let names = stems.iter().chain(named.iter().map(|(name, _)| name));
        let near = nearest(wanted, names.map(String::as_str));
        Err(failed(near.map(str::to_owned).into_iter().collect(), Vec::new(), false))
    }

    /// The name that the plan in a file gives itself, without reading the whole plan.
    fn name_in(&self, path: &Path) -> Option<String> {
        name_of(std::str::from_utf8(&self.disk.read(path).ok()?).ok()?)
    }

    /// The length of a file, bytes, where it takes a while to read; `None` of all others.
    pub fn large(&self, path: &Path) -> Option<u64> {
        self.disk.facts(path).ok().filter(|facts| !facts.is_dir).map(|facts| facts.len).filter(|len| *len > LARGE_FILE)
    }

    /// Opens the plan in a file.
    ///
    /// # Errors
    /// A [`Diagnosis`] of why it cannot be read.
    pub fn open(&self, path: &Path) -> Result<Opened, Diagnosis> {
        let file = path.to_string_lossy();
        // Reading a folder fails with different words on every system.
        let bytes = match self.disk.facts(path) {
            Ok(facts) if facts.is_dir => Err(ErrorKind::IsADirectory.into()),
            _ => self.disk.read(path),
        };
        let bytes = bytes.map_err(|error| Diagnosis::unreadable(&file, &error))?;
        let read = read_plan_bytes(&bytes, &file)?;
        let stamp = Stamp::of(self.disk.as_ref(), path, Sum::of(&bytes));
        Ok(Opened { plan: read.plan, path: path.to_owned(), stamp, has_comments: read.has_comments })
    }

    /// Saves a plan to a file: as a whole or not at all, the version before kept among the backups.
    ///
    /// `expected` is the stamp of the file when it was opened or last saved; `None` writes over whatever is there (but
    /// never over a file of a newer version). Where the file is gone, it is made again.
    ///
    /// # Errors
    /// A [`SaveError`]; the file is then as it was.
    pub fn save(&self, plan: &Plan, path: &Path, expected: Option<&Stamp>) -> Result<Saved, SaveError> {
        self.replace(path, plan, expected)
    }

    /// Whether a file still holds what it held when `stamp` was made. Reads it only where its date or length differ. One
    /// that is there and may not be read counts as changed.
    pub fn since(&self, path: &Path, stamp: &Stamp) -> Since {
        let same = self.disk.facts(path).and_then(|facts| {
            let untouched = facts.modified == stamp.modified && facts.len == stamp.len;
            Ok(untouched || stamp.sum() == sum_of(self.disk.as_ref(), path)?)
        });
        match same {
            Ok(true) => Since::Same,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Since::Gone,
            Ok(false) | Err(_) => Since::Changed,
        }
    }

    /// The stamp of a file whose bytes are still those of `stamp`, with its present date.
    pub fn dated(&self, path: &Path, stamp: &Stamp) -> Stamp {
        let modified = self.disk.facts(path).map_or(stamp.modified, |facts| facts.modified);
        Stamp { modified, ..stamp.clone() }
    }

    /// Puts something in place of a file, what it held among the backups.
    pub(super) fn replace(
        &self,
        path: &Path,
        content: &dyn Content,
        expected: Option<&Stamp>,
    ) -> Result<Saved, SaveError> {
        let disk = self.disk.as_ref();
        let real = real_path(disk, path);
        // Asked before it is read, so that a change in between is noticed.
        let facts = facts_if_there(disk, &real)?;
        let old = Old::at(disk, &real, expected)?;
        // A backup and half a hundred megabytes take their time: whoever writes the file meanwhile is not overwritten.
        let how = match (&old, facts) {
            (Some(_), Some(facts)) => Put::IfStill(facts.modified, facts.len),
            (Some(_), None) => return Err(SaveError::ChangedOnDisk(path.to_owned())),
            (None, _) => Put::New,
        };
        if folder_of(path) == self.home.plans_dir || *path == self.home.config_file {
            let folder = folder_of(path);
            disk.create_folders(folder).map_err(SaveError::disk("make the folder", folder))?;
        }
        let draft = Draft::of(disk, &real, content)?;
        let sum = draft.sum;
        let mut kept = Kept::default();
        // The same bytes again would push a real version out of the backups.
        if old.as_ref().is_none_or(|old| old.sum != sum) {
            if let Some(old) = old {
                kept = self.keep(path, &real, &old)?;
            }
            draft.put(disk, &real, how).map_err(|error| match error {
                SaveError::Taken(path) => SaveError::ChangedOnDisk(path),
                error => error,
            })?;
        }
        let stamp = Stamp::of(disk, &real, sum);
        Ok(Saved { path: path.to_owned(), stamp, commented_original: kept.original, backup_failed: kept.failed })
    }

    /// Copies what is about to be written over: the plan in `path`, whose file is `real`.
    fn keep(&self, path: &Path, real: &Path, old: &Old) -> Result<Kept, SaveError> {
        let (disk, folder) = (self.disk.as_ref(), self.home.backups_of(path));
        // Comments are somebody's words, kept nowhere else: without a copy of them nothing is written.
        let original = old.has_comments.then(|| keep_original(disk, &folder, real)).transpose()?;
        let failed = keep_version(disk, &folder, real).err().map(|error| error.to_string());
        Ok(Kept { original, failed })
    }
}

/// What became of the copies of a file that is written over.
#[derive(Default)]
struct Kept {
    /// Where its commented original lies.
    original: Option<PathBuf>,
    /// Why there is no backup.
    failed: Option<String>,
}

fn is_ron(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}
