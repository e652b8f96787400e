//! What is put into a file, part by part: the text of a huge plan is never held as a whole.

use std::io;
use std::path::Path;

use crate::plan::Plan;

use super::disk::{Disk, Take};
use super::format::pour_plan;

/// Something that can be told in parts.
pub(super) trait Content {
    /// Hands all parts to `take`, in order.
    ///
    /// # Errors
    /// What `take` says, or the disk that the parts come from.
    fn pour(&self, take: &mut Take<'_>) -> io::Result<()>;
}

impl Content for &[u8] {
    fn pour(&self, take: &mut Take<'_>) -> io::Result<()> {
        take(self)
    }
}

impl Content for Plan {
    fn pour(&self, take: &mut Take<'_>) -> io::Result<()> {
        pour_plan(self, take)
    }
}

/// What another file holds.
pub(super) struct CopyOf<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) path: &'a Path,
}

impl Content for CopyOf<'_> {
    fn pour(&self, take: &mut Take<'_>) -> io::Result<()> {
        self.disk.read_in_parts(self.path, take)
    }
}
