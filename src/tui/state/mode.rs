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
use crate::plan::{Field, Layer, SplitDecision, TrialDecision};
use crate::report::Form;

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
    /// What may follow, after `Tab`.
    pub ahead: Option<String>,
    /// What stands there is only proposed: the first character typed takes its place.
    pub proposal: bool,
}

impl Prompt {
    /// A line that holds `text`.
    pub fn new(purpose: PromptFor, text: impl Into<String>) -> Self {
        Self { purpose, input: Input::new(text.into()), error: None, ahead: None, proposal: false }
    }

    /// A line with an answer that the first character typed replaces.
    pub fn proposing(purpose: PromptFor, text: impl Into<String>) -> Self {
        Self { proposal: true, ..Self::new(purpose, text) }
    }
}

/// What was decided on a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// On a trial.
    Trial(TrialDecision),
    /// On a split test.
    Split(SplitDecision),
}

impl Decision {
    /// The word for it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Trial(decision) => decision.key(),
            Self::Split(decision) => decision.key(),
        }
    }
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
    /// Another name for the test in that place.
    RenameTest(usize),
    /// A note on what was decided on the test in that place.
    DecisionNote {
        /// Its place in the plan.
        at: usize,
        /// What was decided.
        decision: Decision,
    },
    /// What a channel is to spend in a period.
    PlannedSpend {
        /// The channel's place in the plan.
        channel: usize,
        /// The first day of the period.
        day: Date,
        /// What stands before the line.
        title: String,
    },
    /// What a new tactic is.
    NewTactic,
    /// Another title for the tactic in that place.
    RenameTactic(usize),
    /// Where to write an export.
    Export(Export),
    /// Something about an import.
    Import(Ask),
    /// Where to save: a name in the list, or a path; then that is done.
    SaveAs(Option<super::AfterSave>),
}

impl PromptFor {
    /// True where a path is typed, which `Tab` completes.
    pub const fn is_path(&self) -> bool {
        matches!(self, Self::Export(_))
    }

    /// True where the line changes, or looks through, the open plan: saving it then saves what was typed.
    pub const fn is_of_open_plan(&self) -> bool {
        !matches!(self, Self::NewPlan | Self::DuplicatePlan(_) | Self::SaveAs(_) | Self::Export(_) | Self::Import(_))
    }

    /// What stands before the line.
    pub fn title(&self) -> &str {
        match self {
            Self::RenameTest(_) => "Rename the test",
            Self::DecisionNote { .. } => "A note on the decision (or none)",
            Self::PlannedSpend { title, .. } => title,
            Self::NewTactic => "New tactic: what to do",
            Self::RenameTactic(_) => "Rename the tactic",
            Self::NewChannel => "New channel",
            Self::RenameChannel(_) => "Rename the channel",
            Self::Filter(_) => "Filter",
            Self::NewPlan => "New plan",
            Self::DuplicatePlan(_) => "Name of the copy",
            Self::RenamePlan(_) => "Rename the plan",
            Self::Export(_) => "Write to which file?",
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
    /// What the choice is about, in lines that can be scrolled.
    pub lines: Vec<String>,
    /// Lines scrolled out of sight at the top.
    pub scroll: usize,
    /// The answer under the cursor.
    pub row: usize,
}

impl Confirm {
    /// A question that says it all, with its first answer under the cursor.
    pub const fn of(question: Question) -> Self {
        Self { question, lines: Vec::new(), scroll: 0, row: 0 }
    }
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
    /// What sort of test is to be planned?
    NewTest,
    /// What is decided on a test?
    Decide {
        /// Its place in the plan.
        at: usize,
        /// Its name.
        name: String,
        /// Its verdict, in words.
        verdict: String,
        /// It is a trial, not a split test.
        trial: bool,
    },
    /// Switch that channel off, now that it was decided to stop it?
    SwitchOff {
        /// Its place in the plan.
        channel: usize,
        /// Its name.
        name: String,
    },
    /// Mark the tactics that rest on that split test?
    MarkTactics {
        /// The split test's name.
        evidence: String,
        /// The variant stays.
        adopted: bool,
        /// How many rest on it.
        count: usize,
    },
    /// A save found that the file was changed by somebody else since it was read: which of both?
    Overwrite(Option<super::AfterSave>),
    /// The file was changed by somebody else, and here something is unsaved: which of both?
    Changed,
    /// A crash left unsaved edits.
    Recover {
        /// The plan's name.
        name: String,
        /// When the first of them was made.
        began: String,
        /// Where the plan lies or lay; `None` where it was never saved.
        place: Option<String>,
        /// True where not all of them could be read.
        damaged: bool,
    },
    /// There is a file there already: write over it?
    Replace(PathBuf, Option<super::AfterSave>),
    /// In which form to export what is seen?
    Export {
        /// True where the view shows a table.
        table: bool,
        /// What a report would be on; `None` where no plan is in sight.
        report: Option<String>,
    },
    /// There is a file where an export was to be written: write over it?
    ReplaceExport {
        /// Which file.
        path: PathBuf,
        /// What was asked for.
        export: Export,
    },
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
    /// A trial of a channel.
    NewTrial,
    /// A split test of a link.
    NewSplit,
    /// Spend more on the channel.
    Scale,
    /// Keep the channel as it is.
    Hold,
    /// Spend no more on the channel.
    Stop,
    /// The variant stays.
    Adopt,
    /// The control stays.
    Drop,
    /// The plan as somebody else wrote it.
    TakeTheirs,
    /// Go on with what was recovered.
    Recover,
    /// Put what was recovered into the list, as a plan of its own.
    Rescue,
    /// Take it out of the program in that form.
    Export(Export),
    /// Leave everything as it is.
    GoBack,
}

/// What is taken out of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The table that is seen, to the clipboard.
    Copy,
    /// The table that is seen, as CSV in a file.
    Table,
    /// A report of the chosen records.
    Report(Form),
}

const TABLE: [Answer; 2] = [Answer::Export(Export::Copy), Answer::Export(Export::Table)];
const REPORT: [Answer; 6] = [
    Answer::Export(Export::Report(Form::Html)),
    Answer::Export(Export::Report(Form::Xlsx)),
    Answer::Export(Export::Report(Form::Csv)),
    Answer::Export(Export::Report(Form::Markdown)),
    Answer::Export(Export::Report(Form::Text)),
    Answer::Export(Export::Report(Form::Json)),
];
const BOTH: [Answer; 8] = [TABLE[0], TABLE[1], REPORT[0], REPORT[1], REPORT[2], REPORT[3], REPORT[4], REPORT[5]];

impl Question {
    /// What is asked, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Unsaved(super::AfterSave::Quit) => "This plan has unsaved changes.".to_owned(),
            Self::Unsaved(_) => "Unsaved changes: save before opening another plan?".to_owned(),
            Self::DeletePlan { name, .. } => format!("Move the plan {name:?} to the trash?"),
            Self::NewTest => "What is to be tested?".to_owned(),
            Self::Decide { name, verdict, .. } => format!("Decide {name:?}. The verdict: {verdict}."),
            Self::SwitchOff { name, .. } => {
                format!("Switch {name:?} off? It still counts in money, not in Improve and forecasts.")
            }
            Self::MarkTactics { adopted, count, .. } => {
                let tactics = crate::report::words::counted(*count, "tactic");
                let state = if *adopted { "proven" } else { "rejected" };
                format!("This test is the evidence of {tactics}: mark as {state}?")
            }
            Self::Overwrite(_) => {
                "Not saved: somebody else changed the file since it was read here. From yours to theirs:".to_owned()
            }
            Self::Changed => {
                "Somebody else changed the file, and here something is unsaved. From yours to theirs:".to_owned()
            }
            Self::Recover { name, began, place, damaged } => recover_words(name, began, place.as_deref(), *damaged),
            Self::Export { report: Some(scope), .. } => format!("Export what is seen: {scope}"),
            Self::Export { report: None, .. } => "Export the list".to_owned(),
            Self::ReplaceExport { path, .. } | Self::Replace(path, _) => {
                format!("There is a file already: {}", path.display())
            }
        }
    }

    /// What can be answered; the first is under the cursor.
    pub const fn answers(&self) -> &'static [Answer] {
        match self {
            // It may come while somebody types.
            Self::Unsaved(super::AfterSave::Show) => &[Answer::GoBack, Answer::Save, Answer::Discard],
            Self::Unsaved(_) => &[Answer::Save, Answer::Discard, Answer::GoBack],
            Self::DeletePlan { .. } => &[Answer::GoBack, Answer::Yes],
            Self::NewTest => &[Answer::NewTrial, Answer::NewSplit, Answer::GoBack],
            Self::Decide { trial: true, .. } => &[Answer::Scale, Answer::Hold, Answer::Stop, Answer::GoBack],
            Self::Decide { trial: false, .. } => &[Answer::Adopt, Answer::Drop, Answer::GoBack],
            Self::SwitchOff { .. } | Self::MarkTactics { .. } => &[Answer::Yes, Answer::GoBack],
            Self::Overwrite(_) | Self::Changed => {
                &[Answer::GoBack, Answer::TakeTheirs, Answer::SaveElsewhere, Answer::Yes]
            }
            Self::Recover { .. } => &[Answer::Recover, Answer::Rescue, Answer::Discard, Answer::GoBack],
            Self::Export { table: true, report: None } => &TABLE,
            Self::Export { table: false, .. } => &REPORT,
            Self::Export { .. } => &BOTH,
            Self::Replace(..) | Self::ReplaceExport { .. } => &[Answer::GoBack, Answer::SaveElsewhere, Answer::Yes],
        }
    }

    /// The answer's words here.
    pub const fn label(&self, answer: Answer) -> &'static str {
        match (answer, self) {
            (Answer::Save, _) => "Save",
            (Answer::Discard, Self::Recover { .. }) => "Throw these edits away",
            (Answer::Discard, _) => "Discard changes",
            (Answer::Yes, Self::DeletePlan { .. }) => "Move to the trash",
            (Answer::Yes, Self::SwitchOff { .. }) => "Switch it off",
            (Answer::Yes, Self::MarkTactics { .. }) => "Mark them",
            (Answer::Yes, Self::Overwrite(_)) => "Keep mine: write over theirs (it goes to the backups)",
            (Answer::Yes, Self::Changed) => "Keep mine: the next save writes over theirs",
            (Answer::Yes, _) => "Write over it",
            (Answer::SaveElsewhere, Self::Overwrite(_) | Self::Changed) => "Save mine as a copy, under another name",
            (Answer::Export(Export::Copy), _) => "The table, to the clipboard",
            (Answer::Export(Export::Table), _) => "The table as a file (csv)",
            (Answer::Export(Export::Report(form)), _) => match form {
                Form::Html => "Report as a page with pictures (html)",
                Form::Xlsx => "Workbook with live formulas (xlsx)",
                Form::Csv => "The records as entered (csv)",
                Form::Markdown => "Report for documents (markdown)",
                Form::Text => "Report as plain text (txt)",
                Form::Json => "All figures for scripts (json)",
            },
            (Answer::SaveElsewhere, Self::ReplaceExport { .. }) => "Choose another name",
            (Answer::SaveElsewhere, _) => "Save under another name",
            (Answer::NewTrial, _) => "A channel, with a small budget: does it pay?",
            (Answer::NewSplit, _) => "A link, by a split test: does B convert better than A?",
            (Answer::Scale, _) => "Scale: spend more on it",
            (Answer::Hold, _) => "Hold: keep it as it is, improve its links",
            (Answer::Stop, _) => "Stop: spend no more on it",
            (Answer::Adopt, _) => "Adopt: the variant stays",
            (Answer::Drop, _) => "Drop: the control stays",
            (Answer::GoBack, Self::SwitchOff { .. } | Self::MarkTactics { .. }) => "Leave it",
            (Answer::TakeTheirs, _) => "Take theirs (undo brings mine back)",
            (Answer::Recover, _) => "Take them (undo takes them back one by one)",
            (Answer::Rescue, _) => "Save them as a copy, in the list of plans",
            (Answer::GoBack, Self::Changed) => "Go on; the next save asks again",
            (Answer::GoBack, Self::Recover { .. }) => "Decide later: the next start asks again",
            (Answer::GoBack, _) => "Go back",
        }
    }
}

fn recover_words(name: &str, began: &str, place: Option<&str>, damaged: bool) -> String {
    let which = match place {
        None => format!("of \"{name}\", which was never saved"),
        Some(place) => format!("of \"{name}\" ({place})"),
    };
    let cut = if damaged { " The last of them could not be read." } else { "" };
    format!("The program ended before these edits {which} were saved. They were begun {began}.{cut}")
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
