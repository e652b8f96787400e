//! What is open above a view. Each mode owns its data.

use std::path::PathBuf;

use jiff::civil::Date;
use tui_input::Input;

use super::super::action::Action;
use super::super::cell::Reading;
use super::super::effect::Source;
use super::super::explain::Explanation;
use super::super::import::change::Ask;
use super::importing::{Choice, FilePrompt};
use crate::plan::{Field, Layer};

/// What is open above the view.
#[derive(Debug, Clone, Default)]
pub enum Mode {
    /// Nothing: keys go to the view.
    #[default]
    Browse,
    /// A cell of the table is being typed into.
    Cell(CellEdit),
    /// A line is asked for: a name, a filter.
    Prompt(Prompt),
    /// Files to be imported are asked for.
    Files(FilePrompt),
    /// One of several answers is chosen.
    Choice(Choice),
    /// All commands by name.
    Palette(Palette),
    /// A question with answers.
    Confirm(Confirm),
    /// The keys of the view.
    Help(Scrolled),
    /// A number explained.
    Explain(Box<Explanation>),
    /// Why a file cannot be read, in full.
    Diagnosis(Scrolled),
}

/// What the arrows do while a cell is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrows {
    /// Take what is typed and move: editing began by typing.
    Move,
    /// Move the caret: editing began by Enter.
    Caret,
}

/// A cell that is being typed into.
#[derive(Debug, Clone)]
pub struct CellEdit {
    /// The channel's place in the plan.
    pub channel: usize,
    /// Which of its numbers; `None` is the record's note.
    pub field: Option<Field>,
    /// The layer of the record.
    pub layer: Layer,
    /// The first day of its period.
    pub day: Date,
    /// The number that stands there.
    pub old: Option<f64>,
    /// What is typed.
    pub input: Input,
    /// What the arrows do.
    pub arrows: Arrows,
    /// What the text comes to, or why to nothing.
    pub reading: Reading,
    /// True once it was refused: then the reason is shown.
    pub refused: bool,
}

/// A line that is asked for.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What it is for.
    pub purpose: PromptFor,
    /// What is typed.
    pub input: Input,
    /// Why it was not taken.
    pub error: Option<String>,
    /// What stands there is only proposed: the first character typed takes its place.
    pub proposal: bool,
}

/// What a line is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptFor {
    /// The name of a new channel.
    NewChannel,
    /// Another name for the channel in that place.
    RenameChannel(usize),
    /// Rows that contain it stay; as it was before.
    Filter(String),
    /// The name of a new plan.
    NewPlan,
    /// The name of a copy of the plan that lies there.
    DuplicatePlan(Source),
    /// Another name for the plan that lies there.
    RenamePlan(PathBuf),
    /// Something about an import.
    Import(Ask),
    /// Where to save: a name in the list, or a path; then that is done.
    SaveAs(Option<super::AfterSave>),
}

impl PromptFor {
    /// What stands before the line.
    pub fn title(&self) -> &'static str {
        match self {
            Self::NewChannel => "New channel",
            Self::RenameChannel(_) => "Rename the channel",
            Self::Filter(_) => "Filter",
            Self::NewPlan => "New plan",
            Self::DuplicatePlan(_) => "Name of the copy",
            Self::RenamePlan(_) => "Rename the plan",
            Self::Import(ask) => ask.title(),
            Self::SaveAs(_) => "Save as (a name, or a path)",
        }
    }
}

/// All commands by name.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// What was found, best first.
    pub found: Vec<Action>,
    /// The row of the cursor.
    pub row: usize,
}

/// A question with answers.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// What is asked.
    pub question: Question,
    /// The answer under the cursor.
    pub row: usize,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Something is unsaved: save it first?
    Unsaved(super::AfterSave),
    /// Delete that plan to the trash?
    DeletePlan {
        /// Where it lies.
        path: PathBuf,
        /// Its name.
        name: String,
    },
    /// The file was changed by somebody else since it was read: write over it?
    Overwrite(Option<super::AfterSave>),
    /// There is a file there already: write over it?
    Replace(PathBuf, Option<super::AfterSave>),
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Do it.
    Yes,
    /// Save under another name.
    SaveElsewhere,
    /// Leave everything as it is.
    GoBack,
}

impl Question {
    /// What is asked, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Unsaved(super::AfterSave::Quit) => "This plan has unsaved changes.".to_owned(),
            Self::Unsaved(super::AfterSave::Open(_) | super::AfterSave::Import) => {
                "Unsaved changes: save before opening another plan?".to_owned()
            }
            Self::DeletePlan { name, .. } => format!("Move the plan {name:?} to the trash?"),
            Self::Overwrite(_) => "The file was changed by somebody else since it was read here.".to_owned(),
            Self::Replace(path, _) => format!("There is a file already: {}", path.display()),
        }
    }

    /// What can be answered; the first is under the cursor.
    pub const fn answers(&self) -> &'static [Answer] {
        match self {
            Self::Unsaved(_) => &[Answer::Save, Answer::Discard, Answer::GoBack],
            Self::DeletePlan { .. } => &[Answer::GoBack, Answer::Yes],
            Self::Overwrite(_) | Self::Replace(..) => &[Answer::GoBack, Answer::SaveElsewhere, Answer::Yes],
        }
    }

    /// The answer's words here.
    pub const fn label(&self, answer: Answer) -> &'static str {
        match (answer, self) {
            (Answer::Save, _) => "Save",
            (Answer::Discard, _) => "Discard changes",
            (Answer::Yes, Self::DeletePlan { .. }) => "Move to the trash",
            (Answer::Yes, _) => "Write over it",
            (Answer::SaveElsewhere, _) => "Save under another name",
            (Answer::GoBack, _) => "Go back",
        }
    }
}

/// Text that is scrolled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scrolled {
    /// Above the text.
    pub title: String,
    /// The text; empty for help, which is made from the keymap.
    pub lines: Vec<String>,
    /// Lines scrolled out of sight at the top.
    pub scroll: usize,
}
