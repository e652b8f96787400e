//! The import preview's own state.

use std::path::PathBuf;

use tui_input::Input;

use super::super::found::Listing;
use super::super::import::choices::Offer;
use super::super::import::{FileRead, Preview, Progress, Wishes};
use super::View;

/// A part of the preview that the cursor can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportPane {
    /// What was recognised, and the plan that it goes into.
    #[default]
    Settings,
    /// What each column is.
    Columns,
    /// The first rows as they will be.
    Rows,
    /// The rows that are left out.
    LeftOut,
    /// The file's names and the channels that they go to.
    Channels,
    /// What is to be told.
    Notes,
}

impl ImportPane {
    /// All of them, in the order of F6.
    pub const ALL: [Self; 6] = [Self::Settings, Self::Columns, Self::Rows, Self::LeftOut, Self::Channels, Self::Notes];

    /// What stands above it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Settings => "What was recognised",
            Self::Columns => "Columns",
            Self::Rows => "First rows as they will be",
            Self::LeftOut => "Left out",
            Self::Channels => "Channels",
            Self::Notes => "Notes",
        }
    }

    /// The pane `by` places further, round and round.
    #[must_use]
    pub fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// An import that is being prepared. Nothing of it is written before it is taken.
#[derive(Debug, Clone)]
pub struct ImportState {
    /// The files.
    pub files: Vec<PathBuf>,
    /// What is said of them.
    pub wishes: Wishes,
    /// What was said of them before, for undo.
    pub past: Vec<Wishes>,
    /// What was undone, for redo.
    pub future: Vec<Wishes>,
    /// The file that is shown.
    pub file: usize,
    /// The pane of the cursor.
    pub pane: ImportPane,
    /// The rows of the cursor, by pane.
    pub rows: [usize; ImportPane::ALL.len()],
    /// The newest request.
    pub number: u64,
    /// How far it has come; `None` once it was answered.
    pub reading: Option<Progress>,
    /// What was read last.
    pub preview: Option<Box<Preview>>,
    /// True once the user took it: it is done as soon as it was read and the plan is there.
    pub taken: bool,
    /// The view that was in front before.
    pub came_from: View,
}

impl ImportState {
    /// The row of the cursor in its pane.
    pub const fn row(&self) -> usize {
        self.rows[self.pane as usize]
    }

    /// What was read of the file that is shown.
    pub fn shown(&self) -> Option<&FileRead> {
        self.preview.as_ref()?.files.get(self.file)
    }
}

/// The line in which files are named, with those that the last word may become.
#[derive(Debug, Clone, Default)]
pub struct FilePrompt {
    /// What is typed.
    pub input: Input,
    /// What was found last; of another word until the answer for this one is there.
    pub listing: Option<Listing>,
    /// The row of the cursor; `None`: what is typed holds.
    pub row: Option<usize>,
    /// Why it was not taken.
    pub error: Option<String>,
}

/// Answers to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is chosen.
    pub title: String,
    /// The answers.
    pub offers: Vec<Offer>,
    /// The row of the cursor.
    pub row: usize,
}
