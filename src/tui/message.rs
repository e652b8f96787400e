//! Everything that can happen to the state: from the terminal, from the worker, from the drawing.

use std::any::Any;
use std::path::PathBuf;
use std::time::Duration;

use ratatui::layout::Position;

use super::compute::{Answer, Kind};
use super::effect::Source;
use super::found::Listing;
use super::import::News;
use super::key::Key;
use super::learned::Learned;
use super::panic::words;
use super::state::{Export, Listed, Prepared};
use crate::plan::History;
use crate::store::{self, Found, Leftover, Stamp};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text came in one piece from the terminal's clipboard.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// Somebody is at the keyboard again, or still: at most once a second.
    Awake,
    /// The screen was drawn, and this was learned by it.
    Drawn(Learned),
    /// What was asked for was done, or not.
    Outcome(Outcome),
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// Where.
    pub at: Position,
    /// When, since the start.
    pub when: Duration,
    /// What.
    pub what: MouseAction,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseAction {
    /// The left button was pressed.
    Press,
    /// The wheel was turned towards the hand.
    ScrollDown,
    /// The wheel was turned away from the hand.
    ScrollUp,
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In one line.
    pub short: String,
    /// In full, with the line of the file shown where there is one; empty where the line says it all.
    pub full: Vec<String>,
}

impl Failure {
    /// A defect in the program, in the words of its panic.
    pub(super) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let short = format!("a defect in the program: {}", words(panic).unwrap_or("no reason given"));
        Self { short, full: Vec::new() }
    }
}

/// A plan that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The plan, with an empty past.
    pub history: History,
    /// Where it lies, and what the file held; `None`: nowhere yet.
    pub lies: Option<(PathBuf, Stamp)>,
    /// Why it may not be written; `None` where it may.
    pub read_only: Option<String>,
    /// News for the status line.
    pub note: Option<String>,
    /// What was computed of it already.
    pub prepared: Prepared,
    /// Where its edits are kept already, which a crash left.
    pub leftover: Option<Leftover>,
}

/// Why a plan was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsaved {
    /// The file was changed by somebody else since it was read.
    ChangedOnDisk,
    /// There is a file already where a new one was to be written.
    Exists(PathBuf),
    /// Something else.
    Failed(Failure),
}

/// Why a report or a table was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExported {
    /// There is a file already.
    Exists {
        /// Where.
        path: PathBuf,
        /// What was asked for.
        export: Export,
    },
    /// It cannot be written there.
    NotThere {
        /// Where, as it was typed.
        path: PathBuf,
        /// What was asked for.
        export: Export,
        /// Why not, in words.
        reason: String,
    },
    /// It cannot be written at all, in words.
    Failed(String),
}

/// What came of an effect.
#[derive(Debug)]
pub enum Outcome {
    /// The list of plans was read.
    Listed(Result<Vec<Listed>, Failure>),
    /// A plan of so many bytes is being opened, which takes a while.
    Opening(Source, u64),
    /// A plan was opened.
    Opened(Source, Result<Box<Opened>, Failure>),
    /// A plan was put into the list and is opened.
    Created(Result<Box<Opened>, Failure>),
    /// What a crash left of a plan that is not open is to be shown.
    Recovered(Box<Opened>),
    /// The plan was saved: where, and when as shown.
    Saved {
        /// Which state of the history it was.
        revision: u64,
        /// Where and when, or why not.
        result: Result<SavedAt, Unsaved>,
    },
    /// A report or a table was written: where, or why not.
    Exported(Result<PathBuf, NotExported>),
    /// Something was done to the list, which is to be read anew.
    ListChanged(Result<ListChange, Failure>),
    /// Files that go on from what was typed.
    Found(Listing),
    /// Something happened to an import.
    Import(News),
    /// The settings could not be kept.
    SettingsFailed(Failure),
    /// The right to write that file was asked for.
    Held(PathBuf, Holding),
    /// Unsaved edits of a plan that lies nowhere were found, or could not be read.
    Lost(Result<Box<Found>, Failure>),
    /// That file was looked at.
    Looked(PathBuf, Seen),
    /// Unsaved edits are kept again, or cannot be kept. Told when it changes.
    Kept(Result<(), Failure>),
    /// Figures that take long were computed, or could not be.
    Computed {
        /// The number of the request.
        number: u64,
        /// The kind of its question.
        kind: Kind,
        /// What was found.
        answer: Result<Answer, Failure>,
    },
}

/// Who may write a plan.
#[derive(Debug)]
pub enum Holding {
    /// This window; with the unsaved edits that a crash left of the plan, where there are any.
    Mine(Option<Result<Box<Found>, Failure>>),
    /// Another one: who has it, in words.
    Theirs(String),
}

/// What a look at a plan's file showed.
#[derive(Debug)]
pub enum Seen {
    /// What it held; the stamp has its present date.
    Same(Stamp),
    /// Something else: the plan in it, or why that cannot be read.
    Changed(Result<Box<store::Opened>, Failure>),
    /// No file.
    Gone,
}

/// Where and when a plan was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedAt {
    /// The file.
    pub path: PathBuf,
    /// What it holds now.
    pub stamp: Stamp,
    /// The time of day as shown: `14:02`.
    pub time: String,
    /// News besides: that comments were dropped and where the original is kept.
    pub note: Option<String>,
}

/// What was done to the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChange {
    /// What, in words.
    pub done: String,
    /// The plan that the cursor shall go to.
    pub find: Option<PathBuf>,
}
