//! All that the screen depends on. [`update`](fn@super::update) alone changes it; the views only read it.
//!
//! ```text
//! State ─┬─ view            which view is in front
//!        ├─ mode            what is open above it: a cell, a prompt, the palette, a dialog … each with its own data
//!        ├─ document        the open plan: history, where it lies, the records looked at, its figures
//!        ├─ plans, funnel, channels, improve, tests, playbook, settings     each view's own
//!        ├─ sheet           the open fields of a test or a tactic
//!        ├─ status          one line of news
//!        └─ learned         what the last drawing told: where things stand on screen, how much fits
//! ```

mod channels;
mod document;
mod figures;
mod funnel;
mod importing;
mod improve;
mod mode;
mod plans;
mod settings;
mod slow;
mod testing;
mod watch;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use ratatui::layout::Position;

pub use channels::{ChannelsState, Clip, Sort};
pub use document::{Age, Basis, Document, Layers, Look, Period, Place, Prepared, Records, is_large};
pub use figures::{LARGE, Shown, Wanted};
pub use funnel::FunnelState;
pub use importing::{Choice, FilePrompt, ImportPane, ImportState};
pub use improve::{ImproveState, Rank};
pub use mode::{
    Answer, Arrows, CellEdit, Confirm, Decision, Export, Mode, Palette, Prompt, PromptFor, Question, Scrolled,
};
pub use plans::{Listed, Opening, PlansState, Row, Summary};
pub use settings::{FieldEdit, Pane, SettingsState};
pub use slow::{Newest, Slow};
pub use testing::{PlaybookPane, PlaybookState, SheetState, TacticRank, TestsState};
pub use watch::Watch;

use super::action::Action;
use super::effect::Effect;
use super::keymap::{self, Keymap};
use super::learned::Learned;
use super::theme::ThemeName;
use crate::engine::Analysis;
use crate::plan::Plan;
use crate::store::{Found, Opened};

/// One of the views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
pub enum View {
    /// The list of plans.
    Plans,
    /// The nine factors as a picture and as a table.
    Funnel,
    /// The table: a row a channel.
    Channels,
    /// Which link to improve.
    Improve,
    /// Trials and split tests.
    Tests,
    /// Tactics: the plan's own, and what the trade knows.
    Playbook,
    /// Settings of the plan and of the channel under the cursor.
    Settings,
    /// Exports that are about to become records, as they would be.
    Import,
}

impl View {
    /// Those whose names stand in the title line.
    pub const TABS: [Self; 5] = [Self::Funnel, Self::Channels, Self::Improve, Self::Tests, Self::Playbook];

    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Plans,
        Self::Funnel,
        Self::Channels,
        Self::Improve,
        Self::Tests,
        Self::Playbook,
        Self::Settings,
        Self::Import,
    ];

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Plans => "Plans",
            Self::Funnel => "Funnel",
            Self::Channels => "Channels",
            Self::Improve => "Improve",
            Self::Tests => "Tests",
            Self::Playbook => "Playbook",
            Self::Settings => "Settings",
            Self::Import => "Import",
        }
    }

    /// True where it shows the open plan.
    pub const fn shows_plan(self) -> bool {
        !matches!(self, Self::Plans | Self::Import)
    }

    /// Whether keys mean cells and rows there.
    pub const fn keys(self) -> keymap::Keys {
        match self {
            Self::Plans | Self::Channels | Self::Tests | Self::Playbook | Self::Settings | Self::Import => {
                keymap::Keys::Grid
            }
            Self::Funnel | Self::Improve => keymap::Keys::View,
        }
    }

    /// The action that goes there.
    pub const fn action(self) -> Action {
        match self {
            Self::Plans => Action::Plans,
            Self::Funnel => Action::Funnel,
            Self::Channels => Action::Channels,
            Self::Improve => Action::Improve,
            Self::Tests => Action::Tests,
            Self::Playbook => Action::Playbook,
            Self::Settings => Action::Settings,
            Self::Import => Action::Import,
        }
    }
}

/// One line of news.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing to tell.
    #[default]
    Quiet,
    /// Something was done.
    Done(String),
    /// Something was not done, and why. Stays until the next key.
    Refused(String),
}

impl Status {
    /// What it says; "" where there is nothing to tell.
    pub fn text(&self) -> &str {
        match self {
            Self::Quiet => "",
            Self::Done(text) | Self::Refused(text) => text,
        }
    }
}

/// The last click, so that a second one soon after it at the same place is a double click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Click {
    /// Where.
    pub at: Position,
    /// When, since the start.
    pub when: Duration,
}

/// All that the screen depends on.
#[derive(Debug)]
pub struct State {
    /// The view in front.
    pub view: View,
    /// The view to which Esc leads back from Settings.
    pub view_before: View,
    /// What is open above the view.
    pub mode: Mode,
    /// The open plan.
    pub document: Option<Document>,
    /// The view that comes to the front when a plan was opened, once; `None`: the Funnel.
    pub opens_in: Option<View>,
    /// The list of plans.
    pub plans: PlansState,
    /// The Funnel's own.
    pub funnel: FunnelState,
    /// The table's own.
    pub channels: ChannelsState,
    /// Improve's own.
    pub improve: ImproveState,
    /// Tests' own.
    pub tests: TestsState,
    /// Playbook's own.
    pub playbook: PlaybookState,
    /// The open sheet of a test or a tactic.
    pub sheet: Option<SheetState>,
    /// The forms' own.
    pub settings: SettingsState,
    /// The import that is being prepared.
    pub import: Option<ImportState>,
    /// How many previews were asked of the reader.
    pub imports: u64,
    /// Imports that were done since the plan was opened and not saved yet: the revision of each, and its files'
    /// checksums and lengths.
    pub imported: Vec<(u64, Vec<(u64, u64)>)>,
    /// One line of news.
    pub status: Status,
    /// Which colours.
    pub theme: ThemeName,
    /// `NO_COLOR` is set: no theme takes its place.
    pub no_color: bool,
    /// Where deleted plans lie, as shown.
    pub trash: String,
    /// The day of the start, from which an empty plan takes its first period.
    pub today: Date,
    /// Which key does what.
    pub keymap: Arc<Keymap>,
    /// What was copied last.
    pub clip: Option<Clip>,
    /// What the last drawing told.
    pub learned: Learned,
    /// The last click.
    pub click: Option<Click>,
    /// The number of the last request for figures that take long.
    pub last_request: u64,
    /// Done once what is unsaved has been saved.
    pub after_save: Option<AfterSave>,
    /// The file that this window has asked the right to write for.
    pub held: Option<PathBuf>,
    /// A plan that was opened or made, until it can take the place of the open one.
    pub arrived: Option<Arrival>,
    /// Why the last save failed, and what waited for it, until it can be told.
    pub not_saved: Option<(super::message::Unsaved, Option<AfterSave>)>,
    /// What somebody else wrote into the open plan's file, until the user has chosen.
    pub theirs: Option<Box<Opened>>,
    /// Unsaved edits that a crash left, until the user has chosen.
    pub found: Option<Leaving>,
    /// Set once the program shall end.
    pub quitting: bool,
    /// Asked for by an update's innards, handed out at its end.
    pub(super) effects: Vec<Effect>,
}

/// A plan that was opened or made.
#[derive(Debug)]
pub struct Arrival {
    /// The plan.
    pub opened: Box<super::message::Opened>,
    /// An import waits for just this one.
    pub for_import: bool,
}

/// Unsaved edits that a crash left.
#[derive(Debug)]
pub struct Leaving {
    /// The edits.
    pub found: Box<Found>,
    /// The plan that was open when they were looked for; `None` where they were found without one.
    pub of: Option<PathBuf>,
}

/// What waits for a save to succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterSave {
    /// The program ends.
    Quit,
    /// Another plan is opened.
    Open(super::effect::Source),
    /// A new plan is asked for.
    NewPlan,
    /// An import goes on into another plan.
    Import,
    /// The plan that came is shown.
    Show,
}

impl State {
    /// A state with no plan open, which shows the list of plans.
    pub fn new(keymap: Arc<Keymap>, today: Date, theme: ThemeName) -> Self {
        Self {
            view: View::Plans,
            view_before: View::Funnel,
            mode: Mode::Browse,
            document: None,
            opens_in: None,
            plans: PlansState::default(),
            funnel: FunnelState::default(),
            channels: ChannelsState::default(),
            improve: ImproveState::default(),
            tests: TestsState::default(),
            playbook: PlaybookState::default(),
            sheet: None,
            settings: SettingsState::default(),
            import: None,
            imports: 0,
            imported: Vec::new(),
            status: Status::Quiet,
            theme,
            no_color: false,
            trash: "the trash".to_owned(),
            today,
            keymap,
            clip: None,
            learned: Learned::default(),
            click: None,
            last_request: 0,
            after_save: None,
            held: None,
            arrived: None,
            not_saved: None,
            theirs: None,
            found: None,
            quitting: false,
            effects: Vec::new(),
        }
    }

    /// The open plan as it is.
    pub fn plan(&self) -> Option<&Plan> {
        self.document.as_ref().map(|document| document.history.plan())
    }

    /// The figures of the open plan, with what is being typed where it can be read already.
    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        self.document.as_ref().map(Document::analysis)
    }

    /// True where nothing is open above the view, and nothing is being typed: a question may be asked.
    pub fn is_free(&self) -> bool {
        matches!(self.mode, Mode::Browse) && self.settings.editing.is_none() && self.keys() != keymap::Keys::Text
    }

    /// What keys mean now.
    pub fn keys(&self) -> keymap::Keys {
        match &self.mode {
            Mode::Browse if self.settings.editing.is_some() && self.view == View::Settings => keymap::Keys::Text,
            Mode::Browse if self.sheet.as_ref().is_some_and(|sheet| sheet.editing.is_some()) => keymap::Keys::Text,
            Mode::Browse => self.view.keys(),
            Mode::Cell(_) | Mode::Prompt(_) | Mode::Files(_) | Mode::Palette(_) => keymap::Keys::Text,
            Mode::Confirm(_) | Mode::Choice(_) | Mode::Help(_) | Mode::Explain(_) | Mode::Diagnosis(_) => {
                keymap::Keys::Dialog
            }
        }
    }
}
