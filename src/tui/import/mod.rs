//! Importing on screen: what is asked of the reader, what it answers, and the user's wishes between the two.
//!
//! ```text
//!  i ─▶ FilePrompt ─▶ files are listed and chosen
//!    ─▶ Wishes ─▶ Request ─▶ reader.rs (a thread): recognise, merge ─▶ Preview ─▶ view/import
//!         ▲                                                              │
//!         └── change.rs ◀── choices.rs, settings.rs ◀── a row is changed ◀┘      Enter: the Preview's edit is applied
//! ```

pub mod change;
pub mod choices;
pub mod notes;
pub mod reader;
pub mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Cadence, Edit, Plan};
use crate::store::import::{Form, ImportOptions, Recognised, Summary};

/// The plan that files go into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// One that is new, with the name of the wishes.
    New,
    /// The open one.
    Open,
    /// One of the list, with its name.
    Listed(PathBuf, String),
}

/// Everything that the user may say about an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Wishes {
    /// The plan.
    pub into: Destination,
    /// What a new plan is called.
    pub name: String,
    /// The periods of a new plan; `None`: as fits the files.
    pub cadence: Option<Cadence>,
    /// What is said of each file, in their order.
    pub options: Vec<ImportOptions>,
}

impl Wishes {
    /// Nothing said yet of `files`; a new plan would be called like the first of them.
    pub fn of(files: &[PathBuf], into: Destination) -> Self {
        let name = files
            .first()
            .and_then(|file| file.file_stem())
            .map_or_else(String::new, |stem| stem.to_string_lossy().replace('_', " ").trim().to_owned());
        let name = if name.is_empty() { "Import".to_owned() } else { name };
        Self { into, name, cadence: None, options: vec![ImportOptions::default(); files.len()] }
    }
}

/// The plan that a reader merges files into.
#[derive(Debug, Clone, PartialEq)]
pub enum Base {
    /// An empty one.
    New {
        /// Its name.
        name: String,
        /// Its periods; `None`: as fits the files.
        cadence: Option<Cadence>,
    },
    /// The open one, with its file.
    Open(Box<Plan>, Option<PathBuf>),
    /// The one in that file.
    Listed(PathBuf),
}

/// What is asked of the reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Its number: the newest one is answered.
    pub number: u64,
    /// The files.
    pub files: Vec<PathBuf>,
    /// What is said of each.
    pub options: Vec<ImportOptions>,
    /// The plan.
    pub base: Base,
    /// The day that rows without any date belong to.
    pub today: Date,
}

/// What was read of one file.
#[derive(Debug, Clone)]
pub struct FileRead {
    /// How it is written; `None` where not even that could be found out.
    pub form: Option<Form>,
    /// What was recognised of it, or why nothing.
    pub rows: Result<Arc<Recognised>, String>,
    /// The day on which it was imported into the plan before.
    pub before: Option<String>,
    /// What it does to the plan.
    pub summary: Option<Summary>,
}

/// What would be done to the plan.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The edit; undone as one.
    pub edit: Edit,
    /// How many channels it changes or adds.
    pub channels: usize,
}

/// An import as it would be.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The request that it answers.
    pub number: u64,
    /// What was read of each file.
    pub files: Vec<FileRead>,
    /// The plan without it; `None` where it cannot be read.
    pub base: Option<Plan>,
    /// What would be done to it, or why nothing can be.
    pub outlook: Result<Outlook, String>,
}

impl Preview {
    /// The checksums and lengths of the files, by which they are told when they come again.
    pub fn marks(&self) -> Vec<(u64, u64)> {
        self.files.iter().filter_map(|file| file.rows.as_ref().ok()).map(|file| (file.checksum, file.len)).collect()
    }

    /// How many rows count, over all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().filter_map(|file| file.rows.as_ref().ok()).map(|file| file.rows).sum()
    }
}

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The request.
    pub number: u64,
    /// The file, from 0.
    pub file: usize,
    /// Bytes read of it, in hundredths of its length.
    pub percent: u8,
}

/// News of an import.
#[derive(Debug)]
pub enum News {
    /// How far reading has come.
    Progress(Progress),
    /// The files were read.
    Read(Box<Preview>),
}

/// A file's name as shown.
pub fn shown(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
