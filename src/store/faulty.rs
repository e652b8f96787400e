//! For tests: a disk on which a chosen step fails, with a clock that a test sets.

use std::fs::{File, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::{DateTime, datetime};
use tempfile::{NamedTempFile, TempPath};

use super::disk::{Disk, FileFacts, Opening, RealDisk, Take};

/// Something that another program does.
type Meanwhile = Box<dyn Fn(&Path) + Send>;

/// The computer's disk, but for one step.
pub(crate) struct FaultyDisk {
    now: Mutex<DateTime>,
    steps: AtomicUsize,
    /// The number of the step that fails, from 0, and how: with that error, or with a panic.
    fault: Mutex<Option<(usize, Option<io::ErrorKind>)>>,
    /// The name of the step that failed.
    failed: Mutex<Option<&'static str>>,
    /// What happens right before a temporary file is made in a folder.
    meanwhile: Mutex<Option<Meanwhile>>,
    /// Every rename across two folders fails as between file systems.
    folders_are_file_systems: bool,
}

impl Default for FaultyDisk {
    fn default() -> Self {
        Self {
            now: Mutex::new(datetime(2026, 9, 1, 10, 0, 0, 0)),
            steps: AtomicUsize::new(0),
            fault: Mutex::new(None),
            failed: Mutex::new(None),
            meanwhile: Mutex::new(None),
            folders_are_file_systems: false,
        }
    }
}

impl FaultyDisk {
    /// If so, no file can be renamed into another folder.
    pub(super) fn over_file_systems(folders_are_file_systems: bool) -> Self {
        Self { folders_are_file_systems, ..Self::default() }
    }

    /// Counts from here; step number `at` fails.
    pub(super) fn fail_at(&self, at: usize, kind: io::ErrorKind) {
        self.set_fault(at, Some(kind));
    }

    /// Counts from here; step number `at` panics, as a defect in the program would.
    pub(crate) fn panic_at(&self, at: usize) {
        self.set_fault(at, None);
    }

    fn set_fault(&self, at: usize, kind: Option<io::ErrorKind>) {
        self.steps.store(0, Ordering::SeqCst);
        *self.fault.lock().unwrap() = Some((at, kind));
        *self.failed.lock().unwrap() = None;
    }

    /// Lets everything succeed again; gives the name of the step that failed, if one did.
    pub(crate) fn heal(&self) -> Option<&'static str> {
        *self.fault.lock().unwrap() = None;
        self.failed.lock().unwrap().take()
    }

    pub(super) fn wait(&self, seconds: i64) {
        use jiff::ToSpan as _;
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(seconds.seconds()).unwrap();
    }

    /// Does something right before a temporary file is made in a folder, which it is told.
    pub(super) fn before_temporary(&self, meanwhile: impl Fn(&Path) + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(meanwhile));
    }

    fn step(&self, name: &'static str) -> io::Result<()> {
        let number = self.steps.fetch_add(1, Ordering::SeqCst);
        let fault = *self.fault.lock().unwrap();
        match fault {
            Some((at, kind)) if at == number => {
                *self.failed.lock().unwrap() = Some(name);
                Err(kind.unwrap_or_else(|| panic!("{name} panics")).into())
            }
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn now(&self) -> DateTime {
        *self.now.lock().unwrap()
    }

    fn read_in_parts(&self, path: &Path, take: &mut Take<'_>) -> io::Result<()> {
        self.step("read_in_parts")?;
        RealDisk.read_in_parts(path, take)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.step("read")?;
        RealDisk.read(path)
    }

    fn facts(&self, path: &Path) -> io::Result<FileFacts> {
        self.step("facts")?;
        RealDisk.facts(path)
    }

    fn link_target(&self, path: &Path) -> io::Result<PathBuf> {
        RealDisk.link_target(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.step("list")?;
        RealDisk.list(folder)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        self.step("create_folders")?;
        RealDisk.create_folders(folder)
    }

    fn temporary(&self, folder: &Path) -> io::Result<NamedTempFile> {
        self.step("temporary")?;
        if let Some(meanwhile) = self.meanwhile.lock().unwrap().as_ref() {
            meanwhile(folder);
        }
        RealDisk.temporary(folder)
    }

    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step("write") {
            // A full disk takes a part.
            RealDisk.write(file, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.write(file, bytes)
    }

    fn permit(&self, file: &NamedTempFile, permissions: Permissions) -> io::Result<()> {
        self.step("permit")?;
        RealDisk.permit(file, permissions)
    }

    fn sync(&self, file: &NamedTempFile) -> io::Result<()> {
        self.step("sync")?;
        RealDisk.sync(file)
    }

    fn replace(&self, file: TempPath, path: &Path) -> io::Result<()> {
        self.step("replace")?;
        RealDisk.replace(file, path)
    }

    fn place(&self, file: TempPath, path: &Path) -> io::Result<()> {
        self.step("place")?;
        RealDisk.place(file, path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename")?;
        if self.folders_are_file_systems && from.parent() != to.parent() {
            return Err(io::ErrorKind::CrossesDevices.into());
        }
        RealDisk.rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step("sync_folder")?;
        RealDisk.sync_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step("remove")?;
        RealDisk.remove(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.step("canonical")?;
        RealDisk.canonical(path)
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<File> {
        self.step("open")?;
        RealDisk.open(path, how)
    }

    fn lock(&self, file: &File) -> io::Result<bool> {
        self.step("lock")?;
        RealDisk.lock(file)
    }

    fn is_named(&self, file: &File, path: &Path) -> io::Result<bool> {
        self.step("is_named")?;
        RealDisk.is_named(file, path)
    }

    fn append(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step("append") {
            // A full disk takes a part.
            RealDisk.append(file, &bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        RealDisk.append(file, bytes)
    }

    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        self.step("cut")?;
        RealDisk.cut(file, len)
    }

    fn sync_open(&self, file: &File) -> io::Result<()> {
        self.step("sync_open")?;
        RealDisk.sync_open(file)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link")?;
        RealDisk.link(from, to)
    }
}
