//! What the program asks of a disk, one small step at a time, so that tests can let each step fail.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::DateTime;
use tempfile::{NamedTempFile, TempPath};

/// What is known of a file without reading it.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// When it was last written; the epoch where the disk does not say.
    pub modified: SystemTime,
    /// Its length in bytes.
    pub len: u64,
    /// True for a folder.
    pub is_dir: bool,
    /// Who may do what with it.
    pub permissions: Permissions,
}

/// Takes parts, one after the other, until one cannot be taken.
pub type Take<'a> = dyn FnMut(&[u8]) -> io::Result<()> + 'a;

/// A disk, and the clock that dates what is put on it. Everything that this room reads or writes goes through it.
///
/// Errors are those of the operating system, as [`std::io::Error`].
#[expect(clippy::missing_errors_doc, reason = "said once for all methods above")]
pub trait Disk: Send + Sync {
    /// The time of day where the user is; dates backups and deleted plans.
    fn now(&self) -> DateTime;
    /// All of a file, part by part.
    fn read_in_parts(&self, path: &Path, take: &mut Take<'_>) -> io::Result<()>;
    /// All of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// What is known of a file, links followed.
    fn facts(&self, path: &Path) -> io::Result<FileFacts>;
    /// Where a symbolic link points; an error for everything else.
    fn link_target(&self, path: &Path) -> io::Result<PathBuf>;
    /// The files and folders in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>>;
    /// Makes a folder and those above it; nothing where it is there already.
    fn create_folders(&self, folder: &Path) -> io::Result<()>;
    /// A new empty file beside others, gone when dropped unless it is put in place.
    fn temporary(&self, folder: &Path) -> io::Result<NamedTempFile>;
    /// Writes all of `bytes` to a temporary file.
    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()>;
    /// Gives a temporary file the permissions of another.
    fn permit(&self, file: &NamedTempFile, permissions: Permissions) -> io::Result<()>;
    /// Waits until a file's bytes are on the disk itself.
    fn sync(&self, file: &NamedTempFile) -> io::Result<()>;
    /// Puts a temporary file in place of `path` in one step.
    fn replace(&self, file: TempPath, path: &Path) -> io::Result<()>;
    /// Puts a temporary file at `path`; an error if there is something already.
    fn place(&self, file: TempPath, path: &Path) -> io::Result<()>;
    /// Gives a file or folder another name; an error if that is taken, or on another file system.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk itself.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Takes a file away: an old backup, or what was moved to another file system.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// The one true path of a file or folder: absolute, without links.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// Opens a file to be read and written bit by bit: an error where it is not as `how` says.
    fn open(&self, path: &Path, how: Opening) -> io::Result<File>;
    /// Locks a file for this process until it is closed; false where another process has it.
    fn lock(&self, file: &File) -> io::Result<bool>;
    /// True where the open file is the one that has that name now.
    fn is_named(&self, file: &File, path: &Path) -> io::Result<bool>;
    /// Puts all of `bytes` at the end of a file.
    fn append(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Cuts a file to its first `len` bytes.
    fn cut(&self, file: &File, len: u64) -> io::Result<()>;
    /// Waits until a file's bytes are on the disk itself.
    fn sync_open(&self, file: &File) -> io::Result<()>;
    /// Gives a file a second name that is not there yet; an error on a disk that knows no such thing.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
}

/// How a file is opened that is read and written bit by bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It must not be there yet.
    New,
    /// It must be there.
    Old,
    /// It is made where it is not there.
    Any,
}

/// How the names of temporary files begin and end.
pub(super) const TEMPORARY: (&str, &str) = (".funnel-tui-", ".tmp");

/// So many bytes of a file are read or written at once.
pub(super) const PART: usize = 1 << 18;

/// The disk of the computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn now(&self) -> DateTime {
        super::clock::now().datetime()
    }

    fn read_in_parts(&self, path: &Path, take: &mut Take<'_>) -> io::Result<()> {
        let mut file = File::open(path)?;
        let mut part = vec![0; PART];
        loop {
            match file.read(&mut part) {
                Ok(0) => return Ok(()),
                Ok(len) => take(&part[..len])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn facts(&self, path: &Path) -> io::Result<FileFacts> {
        let metadata = fs::metadata(path)?;
        Ok(FileFacts {
            modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            len: metadata.len(),
            is_dir: metadata.is_dir(),
            permissions: metadata.permissions(),
        })
    }

    fn link_target(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn temporary(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
        // A new plan gets what the user's umask leaves, as from any editor; temporary files are private by default.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder)?;
        // Tells the living from the dead; where the disk knows no locks, the dead stay.
        let _ = file.as_file().try_lock();
        Ok(file)
    }

    fn write(&self, file: &mut NamedTempFile, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)?;
        file.flush()
    }

    fn permit(&self, file: &NamedTempFile, permissions: Permissions) -> io::Result<()> {
        file.as_file().set_permissions(permissions)
    }

    fn sync(&self, file: &NamedTempFile) -> io::Result<()> {
        file.as_file().sync_all()
    }

    fn replace(&self, file: TempPath, path: &Path) -> io::Result<()> {
        file.persist(path).map_err(|error| error.error)
    }

    fn place(&self, file: TempPath, path: &Path) -> io::Result<()> {
        file.persist_noclobber(path).map_err(|error| error.error)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if fs::symlink_metadata(from)?.is_dir() {
            return if to.try_exists()? { Err(io::ErrorKind::AlreadyExists.into()) } else { fs::rename(from, to) };
        }
        // An empty file takes the name first, so that nothing that comes meanwhile is overwritten.
        fs::File::create_new(to)?;
        fs::rename(from, to).inspect_err(|_| {
            let _ = fs::remove_file(to);
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix opens folders.
        if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn open(&self, path: &Path, how: Opening) -> io::Result<File> {
        let mut options = File::options();
        options.read(true).write(true);
        match how {
            Opening::New => options.create_new(true),
            Opening::Old => &mut options,
            Opening::Any => options.create(true).truncate(false),
        };
        options.open(path)
    }

    fn lock(&self, file: &File) -> io::Result<bool> {
        match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    #[cfg(unix)]
    fn is_named(&self, file: &File, path: &Path) -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt as _;
        let (open, named) = (file.metadata()?, fs::metadata(path)?);
        Ok((open.dev(), open.ino()) == (named.dev(), named.ino()))
    }

    /// Elsewhere no file that is open loses its name.
    #[cfg(not(unix))]
    fn is_named(&self, _: &File, path: &Path) -> io::Result<bool> {
        path.try_exists()
    }

    fn append(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)
    }

    fn cut(&self, file: &File, len: u64) -> io::Result<()> {
        file.set_len(len)
    }

    fn sync_open(&self, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }
}
