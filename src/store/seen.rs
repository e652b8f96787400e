//! Files that were imported before: `imports.ron`, beside the recovery folder of unsaved edits.
//!
//! It is the program's own memory, no part of any plan: a checksum for each file and plan, and the day. Losing it loses
//! no more than the word "imported before".

use std::path::Path;

use serde::Deserialize;

use super::file::SaveError;
use super::format::{Ink, as_text, read_ron};
use super::library::Library;

/// How many imports are remembered; the oldest are forgotten.
const REMEMBERED: usize = 2000;

/// An import that was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenImport {
    /// A checksum of the file's bytes.
    checksum: String,
    /// Its length.
    len: u64,
    /// The plan, by its absolute path.
    plan: String,
    /// The day of the import.
    on: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenFile {
    imports: Vec<SeenImport>,
}

impl Library {
    /// The day on which a file of that checksum and length was imported into the plan in `plan`; `None` where it was
    /// not, or nobody remembers.
    pub fn imported_before(&self, plan: &Path, checksum: u64, len: u64) -> Option<String> {
        let (plan, checksum) = (absolute(plan), format!("{checksum:016x}"));
        let seen = self.seen().imports.into_iter().rev();
        let same = |import: &SeenImport| import.checksum == checksum && import.len == len && import.plan == plan;
        seen.filter(same).map(|import| import.on).next()
    }

    /// Remembers that a file was imported into the plan in `plan`.
    ///
    /// # Errors
    /// A [`SaveError`]; nothing depends on it but the word "imported before".
    pub fn remember_import(&self, plan: &Path, checksum: u64, len: u64) -> Result<(), SaveError> {
        let mut seen = self.seen();
        let on = self.disk.now().date().to_string();
        seen.imports.push(SeenImport { checksum: format!("{checksum:016x}"), len, plan: absolute(plan), on });
        let surplus = seen.imports.len().saturating_sub(REMEMBERED);
        seen.imports.drain(..surplus);
        let path = &self.home.imports_file;
        if let Some(folder) = path.parent() {
            self.disk.create_folders(folder).map_err(SaveError::disk("make the folder", folder))?;
        }
        super::file::put(self.disk.as_ref(), path, &seen.write().as_bytes(), super::file::Put::Replacing).map(|_| ())
    }

    /// What is remembered; nothing where the file is missing or bad.
    fn seen(&self) -> SeenFile {
        let path = &self.home.imports_file;
        let file = path.to_string_lossy();
        let Ok(bytes) = self.disk.read(path) else { return SeenFile::default() };
        as_text(&bytes, &file).and_then(|text| read_ron(text, &file)).unwrap_or_default()
    }
}

impl SeenFile {
    fn write(&self) -> String {
        let mut ink = Ink::with_capacity(64 + 120 * self.imports.len());
        ink.raw("#![enable(implicit_some)]\n(\n    imports: [\n");
        for import in &self.imports {
            ink.raw("        (checksum: ");
            ink.text(&import.checksum);
            ink.raw(&format!(", len: {}, plan: ", import.len));
            ink.text(&import.plan);
            ink.raw(", on: ");
            ink.text(&import.on);
            ink.raw("),\n");
        }
        ink.raw("    ],\n)\n");
        ink.into_text()
    }
}

fn absolute(plan: &Path) -> String {
    std::path::absolute(plan).unwrap_or_else(|_| plan.to_owned()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Home;

    #[test]
    fn a_file_is_known_again_for_its_plan_alone() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::new(Home::in_folder(folder.path()));
        let (plan, other) = (Path::new("/x/a \"b\".ron"), Path::new("/x/c.ron"));
        assert_eq!(library.imported_before(plan, 7, 3), None);
        library.remember_import(plan, 7, 3).unwrap();
        assert!(library.imported_before(plan, 7, 3).is_some());
        assert_eq!(library.imported_before(other, 7, 3), None);
        assert_eq!(library.imported_before(plan, 8, 3), None);
        std::fs::write(folder.path().join("imports.ron"), "(impor").unwrap();
        assert_eq!(library.imported_before(plan, 7, 3), None, "a bad memory is none");
        library.remember_import(plan, 8, 3).unwrap();
        assert!(library.imported_before(plan, 8, 3).is_some());
    }
}
