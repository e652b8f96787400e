//! One window writes a plan at a time: a lock beside the plan's file, `.autumn.ron.lock`.
//!
//! The operating system's own lock decides, so a process that was killed, or a computer that lost its power, leaves none
//! behind, whatever process has its number by now. The file's content only says who has it. Where a disk knows no locks
//! (some network folders), the content decides; where nothing can be written beside the plan, there is no lock at all,
//! and a change by somebody else is still noticed before a save.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;

use crate::plan::printable;

use super::disk::{Disk, Opening};
use super::file::{folder_of, real_path};
use super::format::{Ink, as_text, read_ron};
use super::library::Library;

/// How often a lock that was taken away in the same moment is tried again.
const TRIES: usize = 16;

/// Where no lock can be asked, a name from another computer is believed for so long after it was written.
const BELIEVED: Duration = Duration::from_secs(24 * 60 * 60);

/// Who has a plan open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The number of the process.
    pub pid: u32,
    /// The computer.
    pub host: String,
    /// The user.
    pub user: String,
    /// Since when, as `2026-09-01 10:00`.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pid, host, user, since } = self;
        write!(f, "{} on {} (process {pid}) has it open since {}", printable(user), printable(host), printable(since))
    }
}

impl Holder {
    /// This process.
    fn me(disk: &dyn Disk) -> Self {
        let named = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
        let user = named.or_else(|| Some(super::home::stem_of(Path::new(&std::env::var_os("HOME")?))));
        Self {
            pid: std::process::id(),
            host: host(),
            user: user.unwrap_or_else(|| "somebody".to_owned()),
            since: disk.now().strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }

    /// True unless it is known that the process is gone.
    fn may_live(&self, age: Duration) -> bool {
        if self.host == host() { is_alive(self.pid) } else { age < BELIEVED }
    }

    fn write(&self) -> String {
        let mut ink = Ink::with_capacity(256);
        ink.raw("(\n");
        ink.line("pid", |ink| ink.number(f64::from(self.pid)));
        ink.line("host", |ink| ink.text(&self.host));
        ink.line("user", |ink| ink.text(&self.user));
        ink.line("since", |ink| ink.text(&self.since));
        ink.raw(")\n");
        ink.into_text()
    }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "this computer".to_owned())
}

#[cfg(unix)]
fn is_alive(pid: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    true
}

/// The right to write a plan, until it is dropped.
pub struct Lock {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// Holds the operating system's lock while it is open.
    _file: File,
}

impl Drop for Lock {
    /// The file goes first and the lock after it: who comes in between finds the name gone and makes a new file.
    fn drop(&mut self) {
        let _ = self.disk.remove(&self.path);
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lock").field("path", &self.path).finish_non_exhaustive()
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Locking {
    /// This process may write.
    Mine(Lock),
    /// Another process has the plan open; `None` where it does not say who it is.
    Theirs(Option<Holder>),
    /// There can be no lock here: the folder cannot be written, or its disk is odd.
    Without,
}

impl Library {
    /// Asks for the right to write the plan in `path`, whatever links lead there.
    pub fn lock(&self, path: &Path) -> Locking {
        let path = lock_path(self.disk.as_ref(), path);
        for _ in 0..TRIES {
            if let Some(answer) = self.try_lock(&path) {
                return answer;
            }
        }
        Locking::Without
    }

    /// True where another window has the plan in `path` open; `own` is the lock that this one has.
    pub fn is_open_elsewhere(&self, path: &Path, own: Option<&Lock>) -> bool {
        let lock = lock_path(self.disk.as_ref(), path);
        let is_own = own.is_some_and(|own| own.path == lock);
        !is_own && self.disk.facts(&lock).is_ok() && matches!(self.lock(path), Locking::Theirs(_))
    }

    /// `None` where the file was taken away in the same moment.
    fn try_lock(&self, path: &Path) -> Option<Locking> {
        let disk = self.disk.as_ref();
        let Ok(mut file) = disk.open(path, Opening::Any) else { return Some(Locking::Without) };
        match disk.lock(&file) {
            Ok(true) => {}
            Ok(false) => return Some(Locking::Theirs(holder(disk, path))),
            Err(_) => {
                let age = disk.facts(path).ok().and_then(|facts| facts.modified.elapsed().ok()).unwrap_or_default();
                let other = holder(disk, path).filter(|other| other.pid != std::process::id() && other.may_live(age));
                if other.is_some() {
                    return Some(Locking::Theirs(other));
                }
            }
        }
        match disk.is_named(&file, path) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
            Err(_) => {
                let _ = disk.remove(path);
                return Some(Locking::Without);
            }
        }
        // On a full disk the lock holds all the same; it only cannot say whose it is.
        let me = Holder::me(disk).write();
        let _ = disk.cut(&file, 0).and_then(|()| disk.append(&mut file, me.as_bytes()));
        Some(Locking::Mine(Lock { disk: Arc::clone(&self.disk), path: path.to_owned(), _file: file }))
    }
}

fn holder(disk: &dyn Disk, path: &Path) -> Option<Holder> {
    let bytes = disk.read(path).ok()?;
    read_ron(as_text(&bytes, "").ok()?, "").ok()
}

fn lock_path(disk: &dyn Disk, plan: &Path) -> PathBuf {
    let real = real_path(disk, plan);
    let mut name = std::ffi::OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".lock");
    folder_of(&real).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Home;
    use crate::store::faulty::FaultyDisk;
    use std::io::ErrorKind;

    fn library(folder: &Path) -> Library {
        Library::new(Home::in_folder(folder.join("home")))
    }

    #[test]
    fn the_second_window_is_told_who_has_the_plan_and_gets_it_after_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("百度.ron");
        let (first, second) = (library(folder.path()), library(folder.path()));
        let Locking::Mine(lock) = first.lock(&plan) else { panic!("the first one gets it") };
        let Locking::Theirs(Some(holder)) = second.lock(&plan) else { panic!("the second one does not") };
        assert_eq!((holder.pid, holder.host), (std::process::id(), host()));
        assert!(folder.path().join(".百度.ron.lock").exists());
        drop(lock);
        assert!(!folder.path().join(".百度.ron.lock").exists(), "nothing is left behind");
        assert!(matches!(second.lock(&plan), Locking::Mine(_)));
    }

    #[cfg(unix)]
    #[test]
    fn two_ways_to_one_file_are_one_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, link) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        std::os::unix::fs::symlink("a.ron", &link).unwrap();
        let _lock = library(folder.path()).lock(&plan);
        assert!(matches!(library(folder.path()).lock(&link), Locking::Theirs(_)));
    }

    #[test]
    fn a_lock_that_a_dead_process_left_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("a.ron");
        // Also where another process has its number by now.
        let dead = Holder { pid: 1, host: host(), user: "mia".into(), since: "2026-09-01 10:00".into() };
        for left in [dead.write().as_str(), "", "\u{1b}[31m", "(pid: -1"] {
            std::fs::write(folder.path().join(".a.ron.lock"), left).unwrap();
            assert!(matches!(library(folder.path()).lock(&plan), Locking::Mine(_)), "{left:?}");
        }
    }

    #[test]
    fn where_the_disk_knows_no_locks_the_name_decides() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("a.ron");
        let holder = |pid, host: &str| Holder { pid, host: host.into(), user: "mia".into(), since: String::new() };
        for (holder, mine) in [
            (holder(1, &host()), false),
            (holder(0x3fff_ffff, &host()), true),
            (holder(1, "another computer"), false),
            (holder(std::process::id(), &host()), true),
        ] {
            std::fs::write(folder.path().join(".a.ron.lock"), holder.write()).unwrap();
            let disk = Arc::new(FaultyDisk::default());
            let library = Library::on(Home::in_folder(folder.path().join("home")), disk.clone());
            disk.fail_at(1, ErrorKind::Unsupported);
            let locking = library.lock(&plan);
            assert_eq!(disk.heal(), Some("lock"));
            assert_eq!(matches!(locking, Locking::Mine(_)), mine, "{holder}");
        }
    }

    #[test]
    fn whatever_step_fails_the_answer_is_gentle_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("a.ron");
        for at in 0.. {
            let disk = Arc::new(FaultyDisk::default());
            let library = Library::on(Home::in_folder(folder.path().join("home")), disk.clone());
            disk.fail_at(at, ErrorKind::StorageFull);
            let locking = library.lock(&plan);
            let failed = disk.heal();
            assert!(!matches!(locking, Locking::Theirs(_)), "{failed:?}");
            drop(locking);
            if failed.is_none() {
                break;
            }
        }
        let Locking::Mine(_lock) = library(folder.path()).lock(&plan) else { panic!("nothing is held any more") };
    }

    #[test]
    fn a_folder_that_is_gone_has_no_locks() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(library(folder.path()).lock(&folder.path().join("not/there.ron")), Locking::Without));
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        let holder = Holder { pid: 1, host: "\u{1b}[31m".into(), user: "\u{202e}".into(), since: "\u{9b}".into() };
        assert!(!holder.to_string().contains(crate::plan::steers));
    }
}
