//! What an update asks for. [`run`](mod@super::run) performs it; the outcome comes back as a message.

use std::path::PathBuf;

use super::compute::Request;
use super::import;
use super::state::Shown;
use super::theme::ThemeName;
use crate::plan::Plan;
use crate::store::Stamp;

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
    /// Look for files that go on from what is typed.
    FindFiles(String),
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
