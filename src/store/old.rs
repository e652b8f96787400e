//! What stands in a file that is to be written over, and whether it may be.

use std::io;
use std::path::Path;

use crate::plan::FILE_VERSION;

use super::disk::Disk;
use super::file::{SaveError, Stamp, read_if_there};
use super::format::{as_text, has_comments, version_of};
use super::sum::{Sum, Summing};

/// What stands there.
pub(super) struct Old {
    /// What its bytes come to.
    pub(super) sum: Sum,
    /// True where a person wrote comments into it.
    pub(super) has_comments: bool,
}

impl Old {
    /// What stands at `path`; `None` where there is nothing.
    ///
    /// # Errors
    /// A [`SaveError`] where it must stay: a file of a newer version, one that is read-only, one that has changed.
    pub(super) fn at(disk: &dyn Disk, path: &Path, expected: Option<&Stamp>) -> Result<Option<Self>, SaveError> {
        let Some(glance) = Glance::at(disk, path).map_err(SaveError::disk("read", path))? else { return Ok(None) };
        let sum = glance.summing.sum();
        let old = if expected.is_some_and(|stamp| stamp.sum() == sum) && !glance.may_hold_comments {
            // What this program has read or written itself is of a version that it knows.
            Self { sum, has_comments: false }
        } else {
            let Some(bytes) = read_if_there(disk, path)? else { return Ok(None) };
            refuse(path, &bytes, expected)?;
            Self { sum: Sum::of(&bytes), has_comments: as_text(&bytes, "").is_ok_and(has_comments) }
        };
        let facts = disk.facts(path).map_err(SaveError::disk("read", path))?;
        if facts.permissions.readonly() { Err(SaveError::ReadOnly(path.to_owned())) } else { Ok(Some(old)) }
    }
}

fn refuse(path: &Path, old: &[u8], expected: Option<&Stamp>) -> Result<(), SaveError> {
    let version = std::str::from_utf8(old).ok().and_then(version_of);
    if let Some(version) = version.filter(|version| *version > FILE_VERSION) {
        return Err(SaveError::Newer { path: path.to_owned(), version });
    }
    if expected.is_some_and(|stamp| !stamp.matches(old)) {
        return Err(SaveError::ChangedOnDisk(path.to_owned()));
    }
    Ok(())
}

/// What a look at a file part by part tells: a huge one need not be held as a whole.
#[derive(Default)]
struct Glance {
    summing: Summing,
    /// True where `//` or `/*` stands somewhere, be it within a text.
    may_hold_comments: bool,
    last: u8,
}

impl Glance {
    fn at(disk: &dyn Disk, path: &Path) -> io::Result<Option<Self>> {
        let mut glance = Self::default();
        match disk.read_in_parts(path, &mut |part| {
            glance.add(part);
            Ok(())
        }) {
            Ok(()) => Ok(Some(glance)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn add(&mut self, part: &[u8]) {
        self.summing.add(part);
        let begins = |pair: [u8; 2]| matches!(&pair, b"//" | b"/*");
        self.may_hold_comments |= part.first().is_some_and(|&first| begins([self.last, first]))
            || part.contains(&b'/') && part.windows(2).any(|pair| begins([pair[0], pair[1]]));
        self.last = part.last().copied().unwrap_or(self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::Glance;

    #[test]
    fn what_may_be_a_comment_is_seen_across_parts() {
        for (parts, seen) in [
            (&["(a: 1, // why", ")"][..], true),
            (&["(a: 1, /", "/ why\n)"], true),
            (&["(a: 1, /", "", "* why */)"], true),
            (&["(a: \"1/2\", b: ", "3/4)"], false),
        ] {
            let mut glance = Glance::default();
            for part in parts {
                glance.add(part.as_bytes());
            }
            assert_eq!(glance.may_hold_comments, seen, "{parts:?}");
        }
    }
}
