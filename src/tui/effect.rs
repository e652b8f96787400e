//! What an update asks for. [`run`](mod@super::run) performs it; the outcome comes back as a message.

use std::path::PathBuf;

use super::compute::Request;
use super::import;
use super::state::{Export, Shown};
use super::theme::ThemeName;
use crate::engine::Scope;
use crate::plan::{Deed, Plan};
use crate::report::Form;
use crate::store::{Destination, Found, Leftover, Sought, Stamp};

/// Where a plan is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// That file.
    File(PathBuf),
    /// The built-in example.
    Example,
}

/// Where a plan is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// That file, which was read or written before.
    Same(PathBuf),
    /// That file, in which nothing may lie yet.
    New(PathBuf),
    /// A new file in the list, named after the plan.
    List,
}

/// What an export holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// That text.
    Text(String),
    /// A report on a plan.
    Report {
        /// The plan as it is now.
        plan: Box<Plan>,
        /// The chosen records.
        scope: Scope,
        /// The relative lift of the levers.
        lift: f64,
        /// In which form.
        form: Form,
    },
}

/// What an update asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read the list of plans.
    List,
    /// Open a plan.
    Open(Source),
    /// Put a new plan into the list and open it.
    Create(Box<Plan>),
    /// Write the plan.
    Save {
        /// The plan as it is now.
        plan: Box<Plan>,
        /// Which state of the history it is.
        revision: u64,
        /// Where to.
        target: Target,
        /// What the file is expected to hold; `None` writes over whatever it holds.
        expected: Option<Stamp>,
    },
    /// Copy a plan into the list under that name.
    Duplicate {
        /// Which one.
        source: Source,
        /// The copy's name.
        name: String,
    },
    /// Give a plan of the list another name.
    Rename {
        /// Where it lies.
        path: PathBuf,
        /// Its new name.
        name: String,
    },
    /// Move a plan to the trash.
    Trash(PathBuf),
    /// Take the right to write the plan in that file, which held that, and give up any other; `None` gives it up alone.
    Hold(Option<(PathBuf, Stamp)>),
    /// Look whether a plan's file is still what it was.
    Look {
        /// The file.
        path: PathBuf,
        /// What it held.
        stamp: Stamp,
        /// Whether it is to be told, too, that nothing has changed.
        even_if_same: bool,
    },
    /// Look for unsaved edits that a crash left of a plan that lies nowhere.
    FindLost,
    /// Show recovered edits, of a plan that is not open, as the open plan.
    Recover(Box<Found>),
    /// Put recovered edits into the list, as a plan of their own, and take their journal away.
    Rescue(Box<Plan>, PathBuf),
    /// Take a journal away whose edits are not wanted.
    DiscardEdits(PathBuf),
    /// Keep what is unsaved, so that it survives a crash.
    Keep(Keep),
    /// Write a report or a table to a file.
    Export {
        /// What is written.
        content: Content,
        /// Where to.
        to: Destination,
        /// What was asked for, should it have to be asked again.
        export: Export,
    },
    /// Look for files that go on from what is typed.
    FindFiles(Sought, String),
    /// Read files, and see what they would do to a plan.
    ReadImport(Box<import::Request>),
    /// Read no further: nobody waits for it any more.
    StopImport,
    /// Remember that files of these checksums and lengths were imported into the plan that lies there.
    RememberImports(PathBuf, Vec<(u64, u64)>),
    /// Compute figures that take long.
    Compute(Request),
    /// Free figures of a large plan, which takes a while.
    Forget(Box<Shown>),
    /// Put text on the terminal's clipboard (OSC 52).
    Copy(String),
    /// Keep the theme in the settings.
    KeepTheme(ThemeName),
    /// Hand the terminal back to the shell until it is brought back.
    Suspend,
}

/// What to do with the journal of unsaved edits.
#[derive(Debug, Clone, PartialEq)]
pub enum Keep {
    /// Begin one for a plan that was opened or saved; what was kept before goes.
    Begin {
        /// The plan that lies on the disk, or was never saved.
        plan: Box<Plan>,
        /// Its file and what that holds; `None` where it lies nowhere.
        lies: Option<(PathBuf, Stamp)>,
        /// What happened to it since.
        deeds: Vec<Deed>,
    },
    /// These deeds were done.
    Deeds(Vec<Deed>),
    /// Go on with one that was found; the plan is what its deeds lead to.
    GoOn(Leftover, Box<Plan>),
    /// Nothing is unsaved any more.
    Forget,
}
