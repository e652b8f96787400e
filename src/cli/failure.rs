//! Why a command could not be done.

use std::io;
use std::path::{Path, PathBuf};

use crate::plan::{Layer, printable};
use crate::store::import::ImportError;
use crate::store::{Diagnosis, NotFound, SaveError};
use crate::tui::RunError;

use super::args::Period;

/// Why a command could not be done, in words for standard error that are safe for a terminal.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Whoever read standard output has gone: nothing is wrong.
    #[error("standard output was closed")]
    ClosedPipe,
    /// Standard output cannot be written.
    #[error("standard output cannot be written: {0}")]
    Output(io::Error),
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", shown(path))]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `--output` names the plan itself.
    #[error("{} is the plan itself: give another file to --output", shown(.0))]
    OutputIsPlan(PathBuf),
    /// The period that was asked for is not in the plan.
    #[error("{}", no_such_period(*asked, *layer, *elsewhere))]
    NoSuchPeriod {
        /// What was asked for.
        asked: Period,
        /// In which layer.
        layer: Layer,
        /// True where the other layer has it.
        elsewhere: bool,
    },
    /// No plan of that name.
    #[error("{0}")]
    NotFound(#[from] NotFound),
    /// A file that holds no good plan.
    #[error("{0}")]
    Unreadable(Box<Diagnosis>),
    /// The list of plans could not be read or written.
    #[error("{0}")]
    Store(#[from] SaveError),
    /// A name that a plan cannot have.
    #[error("no plan can be named \"{}\": {why}", printable(name))]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// A plan of that name is there already.
    #[error("there is a plan \"{}\" already, in {}: choose another name", printable(name), shown(path))]
    Taken {
        /// The name.
        name: String,
        /// Its file.
        path: PathBuf,
    },
    /// Neither `FUNNEL_TUI_HOME` nor a home folder.
    #[error("there is no home folder to keep plans in: set FUNNEL_TUI_HOME to a folder")]
    NoHome,
    /// Standard input or output is no terminal.
    #[error("this needs a terminal on standard input and output; \"funnel-tui report PLAN\" needs none")]
    NoTerminal,
    /// A file that cannot be imported.
    #[error("{}", import_failed(file, error))]
    Import {
        /// The file.
        file: String,
        /// Why.
        error: ImportError,
    },
    /// The built-in example cannot be imported into.
    #[error("\"demo\" is the built-in example: import into a plan of your own")]
    IntoDemo,
    /// The screen ended early.
    #[error("{0}")]
    Screen(#[from] RunError),
    /// The keys of a picture are none.
    #[error("{0}")]
    Keys(String),
    /// Some of the plans to check are bad; the reasons were told one by one.
    #[error("{bad} of {of} cannot be read")]
    BadPlans {
        /// How many.
        bad: usize,
        /// Of how many.
        of: usize,
    },
}

impl From<Diagnosis> for Failure {
    fn from(diagnosis: Diagnosis) -> Self {
        Self::Unreadable(Box::new(diagnosis))
    }
}

/// What names the file itself needs no second name.
fn import_failed(file: &str, error: &ImportError) -> String {
    let way = error.on_the_command().map_or_else(String::new, |way| format!(": {way}"));
    match error {
        ImportError::Read { .. } => error.to_string(),
        _ => format!("{}: {error}{way}", printable(file)),
    }
}

fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy()).into_owned()
}

fn no_such_period(asked: Period, layer: Layer, elsewhere: bool) -> String {
    let other = if layer == Layer::Actual { Layer::Planned } else { Layer::Actual };
    let what = match asked {
        Period::All | Period::Last => "no records".to_owned(),
        Period::Range { first, last } if first == last => format!("no period {first}"),
        Period::Range { first, last } => format!("no periods {first} and {last} to begin and end with"),
    };
    let hint = if elsewhere { format!("; the other one has: try --layer {}", other.key()) } else { String::new() };
    format!("the {} layer of this plan has {what}{hint}", layer.key())
}
