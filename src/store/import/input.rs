//! A file to be imported, and what a first look at all its bytes tells.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use tempfile::TempPath;

use super::error::ImportError;

/// Bytes read at once.
const CHUNK: usize = 1 << 18;
/// Bytes at the beginning that headers, separators and encodings are found in.
const HEAD: usize = 1 << 18;

/// A file to be imported: one on a disk, or bytes.
#[derive(Debug, Clone)]
pub struct Source {
    /// What messages and plans call it: the file's name without folder and extension.
    pub name: String,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    File(PathBuf),
    Spooled(Arc<TempPath>),
    Bytes(Arc<[u8]>),
}

/// What can be read and wound back.
pub(super) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

impl Source {
    /// A file on the disk; nothing is read yet.
    pub fn file(path: &Path) -> Self {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Self { name, content: Content::File(path.to_owned()) }
    }

    /// Bytes that are there already.
    pub fn bytes(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.to_owned(), content: Content::Bytes(bytes.into()) }
    }

    /// What can be read only once, such as standard input: written to a temporary file, which is gone with the last
    /// copy of this source.
    ///
    /// # Errors
    /// Where it cannot be read, or there is no room for the temporary file.
    pub fn spooled(name: &str, mut reader: impl Read) -> Result<Self, ImportError> {
        let failed = ImportError::reading(Path::new(name));
        let mut file = tempfile::NamedTempFile::new().map_err(&failed)?;
        io::copy(&mut reader, &mut file).map_err(&failed)?;
        file.flush().map_err(&failed)?;
        Ok(Self { name: name.to_owned(), content: Content::Spooled(Arc::new(file.into_temp_path())) })
    }

    /// The file on the disk, if it is one of the user's.
    pub fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) => Some(path),
            _ => None,
        }
    }

    /// When it was written and how long it is, as its disk says; `None` where it lies on none.
    pub fn written(&self) -> Option<(SystemTime, u64)> {
        let facts = self.path()?.metadata().ok()?;
        Some((facts.modified().ok()?, facts.len()))
    }

    pub(super) fn open(&self) -> Result<Box<dyn ReadSeek>, ImportError> {
        let path: &Path = match &self.content {
            Content::Bytes(bytes) => return Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Content::File(path) => path,
            Content::Spooled(path) => path,
        };
        let failed = self.failed();
        // Opening a folder succeeds on some systems, and reading it fails with odd words.
        if path.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path).map_err(failed)?)))
    }

    pub(super) fn failed(&self) -> impl Fn(io::Error) -> ImportError + use<> {
        ImportError::reading(self.path().unwrap_or(Path::new(&self.name)))
    }
}

/// Tells how far into a file its reader has come.
pub(super) struct Watched {
    inner: Box<dyn ReadSeek>,
    at: Arc<AtomicU64>,
}

impl Watched {
    pub(super) fn new(inner: Box<dyn ReadSeek>, at: &Arc<AtomicU64>) -> Self {
        Self { inner, at: Arc::clone(at) }
    }
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(out)?;
        self.at.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.inner.seek(to)?;
        self.at.store(at, Ordering::Relaxed);
        Ok(at)
    }
}

/// How far the reading of a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub done: u64,
    /// Bytes to be read in all; a second look doubles neither.
    pub of: u64,
}

/// What the bytes of a file are, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Utf8 {
    /// All of it.
    Valid,
    /// All but the last few bytes: cut in the middle of a character.
    Cut,
    /// It is not.
    Invalid,
}

/// What a first look at a file tells.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    /// Its length.
    pub len: u64,
    /// A checksum of its bytes.
    pub checksum: u64,
    /// Whether it is UTF-8.
    pub utf8: Utf8,
    /// Bytes of a character that was cut off at the end.
    pub cut: u64,
    /// Zero bytes in even and odd places of the beginning.
    pub zeros: [usize; 2],
    /// The first bytes.
    pub head: Vec<u8>,
    /// Bytes around those that are no ASCII, for telling encodings apart.
    pub foreign: Vec<u8>,
}

impl Survey {
    fn new() -> Self {
        let zeros = [0; 2];
        let checksum = 0xcbf2_9ce4_8422_2325;
        Self { len: 0, checksum, utf8: Utf8::Valid, cut: 0, zeros, head: Vec::new(), foreign: Vec::new() }
    }

    /// Looks at the beginning and the last bytes of a large file, and at all of a small one; says whether it was all.
    pub(super) fn begin(source: &Source) -> Result<(Self, bool), ImportError> {
        let mut input = source.open()?;
        let failed = source.failed();
        let len = input.seek(SeekFrom::End(0)).map_err(&failed)?;
        if len <= 8 * CHUNK as u64 {
            return Ok((Self::of(source)?, true));
        }
        let mut end = [0; 4];
        input.seek(SeekFrom::End(-4)).and_then(|_| input.read_exact(&mut end)).map_err(&failed)?;
        input.seek(SeekFrom::Start(0)).map_err(&failed)?;
        let mut survey = Self::new();
        let mut buffer = vec![0; CHUNK];
        let length = read_full(&mut input, &mut buffer).map_err(&failed)?;
        survey.look(&buffer[..length], &mut Vec::new());
        survey.len = len;
        // A character that begins in the last bytes and does not end there.
        let unfinished = (0..4).find(|&at| {
            std::str::from_utf8(&end[at..]).is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
        });
        if let (Some(at), Utf8::Valid) = (unfinished, survey.utf8) {
            (survey.utf8, survey.cut) = (Utf8::Cut, 4 - at as u64);
        }
        Ok((survey, false))
    }

    /// Reads a file once from end to end.
    pub(super) fn of(source: &Source) -> Result<Self, ImportError> {
        let mut input = source.open()?;
        let mut survey = Self::new();
        let mut buffer = vec![0; CHUNK];
        let mut carried = Vec::with_capacity(4);
        loop {
            let length = read_full(&mut input, &mut buffer).map_err(source.failed())?;
            if length == 0 {
                break;
            }
            survey.look(&buffer[..length], &mut carried);
        }
        if !carried.is_empty() && survey.utf8 == Utf8::Valid {
            (survey.utf8, survey.cut) = (Utf8::Cut, carried.len() as u64);
        }
        Ok(survey)
    }

    fn look(&mut self, chunk: &[u8], carried: &mut Vec<u8>) {
        if self.len == 0 {
            self.head = chunk[..chunk.len().min(HEAD)].to_vec();
            for (at, _) in self.head.iter().enumerate().filter(|(_, byte)| **byte == 0) {
                self.zeros[at % 2] += 1;
            }
        }
        self.len += chunk.len() as u64;
        self.checksum = checksum(self.checksum, chunk);
        if chunk.is_ascii() && carried.is_empty() {
            return;
        }
        if self.foreign.len() < HEAD {
            let foreign = chunk.split(|&byte| byte == b'\n').filter(|line| !line.is_ascii());
            for line in foreign.take(2000) {
                self.foreign.extend_from_slice(&line[..line.len().min(4096)]);
                self.foreign.push(b'\n');
            }
        }
        if self.utf8 == Utf8::Valid {
            self.validate(chunk, carried);
        }
    }

    /// Characters may stand across the border of two chunks.
    fn validate(&mut self, chunk: &[u8], carried: &mut Vec<u8>) {
        let mut rest = chunk;
        while !carried.is_empty() && !rest.is_empty() {
            carried.push(rest[0]);
            rest = &rest[1..];
            match std::str::from_utf8(carried) {
                Ok(_) => carried.clear(),
                Err(error) if error.error_len().is_none() && carried.len() < 4 => {}
                Err(_) => {
                    self.utf8 = Utf8::Invalid;
                    return;
                }
            }
        }
        match std::str::from_utf8(rest) {
            Ok(_) => {}
            Err(error) if error.error_len().is_none() => carried.extend_from_slice(&rest[error.valid_up_to()..]),
            Err(_) => self.utf8 = Utf8::Invalid,
        }
    }
}

/// Fills the buffer unless the file ends.
fn read_full(input: &mut dyn ReadSeek, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match input.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// FNV-1a over words of eight bytes instead of bytes: as good for telling files apart, and several times as fast.
fn checksum(seed: u64, chunk: &[u8]) -> u64 {
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
    let mut words = chunk.chunks_exact(8);
    let sum = words.by_ref().fold(seed, |sum, word| mix(sum, u64::from_le_bytes(word.try_into().unwrap_or_default())));
    words.remainder().iter().fold(sum, |sum, &byte| mix(sum, u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(bytes: &[u8]) -> Survey {
        Survey::of(&Source::bytes("x", bytes)).unwrap()
    }

    #[test]
    fn a_character_across_two_chunks_is_valid_and_a_cut_one_is_seen() {
        let mut text = "x".repeat(CHUNK - 1);
        text.push_str("百度");
        assert_eq!(survey(text.as_bytes()).utf8, Utf8::Valid);
        let cut = survey(&text.as_bytes()[..text.len() - 1]);
        assert_eq!((cut.utf8, cut.cut), (Utf8::Cut, 2));
        assert_eq!(survey(b"caf\xe9;1").utf8, Utf8::Invalid);
        assert_ne!(survey(b"a").checksum, survey(b"b").checksum);
    }

    #[test]
    fn spooled_input_can_be_read_again() {
        let source = Source::spooled("stdin", &b"a,b\n1,2\n"[..]).unwrap();
        assert_eq!(Survey::of(&source).unwrap().len, 8);
        assert_eq!(Survey::of(&source).unwrap().head, b"a,b\n1,2\n");
    }
}
