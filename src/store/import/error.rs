//! Why a file could not be imported.

use std::io;
use std::path::PathBuf;

use crate::plan::{Cadence, Refusal, printable};

/// Why a file could not be imported. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("{}: {source}", printable(&path.to_string_lossy()))]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is not a table of a kind that is read.
    #[error("{0}")]
    NoTable(String),
    /// A workbook that would unpack to far more than a real one.
    #[error("the workbook unpacks to more than {} MB, far more than its size allows: it is refused", .limit / 1_000_000)]
    Bomb {
        /// How many bytes would have been allowed.
        limit: u64,
    },
    /// A workbook that is damaged.
    #[error("the workbook cannot be read: {}", printable(.0))]
    Workbook(String),
    /// An encoding that is not known.
    #[error("no encoding is named {0:?}: try utf-8, utf-16le, gb18030, shift_jis or windows-1252")]
    Encoding(String),
    /// A column, sheet or platform that the user named is not there.
    #[error("there is no {what} {:?}: there is {}", printable(name), printable(known))]
    Unknown {
        /// A column, a sheet, a platform.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A column with personal data was chosen as channel.
    #[error("the column {:?} holds personal data, which is never written into a plan", printable(.0))]
    Personal(String),
    /// No column of figures was recognised.
    #[error(
        "no column of figures was recognised among {}", printable(.0)
    )]
    NoFigures(String),
    /// Days and months cannot be told apart.
    #[error(
        "{:?} may be day/month or month/day, and no date of the file tells",
        printable(.0)
    )]
    DateOrder(String),
    /// More channels, or channels by days, than a plan is meant to hold.
    #[error("the file has more than {0}")]
    TooMany(&'static str),
    /// A file that was added to this plan before, to be added once more.
    #[error("this file was imported into the plan before ({0}): adding it once more would count it twice")]
    AddedBefore(String),
    /// The plan's periods have another length than was asked for.
    #[error("the plan goes by {}, not by {}", .plan.key(), .asked.key())]
    Cadence {
        /// The plan's.
        plan: Cadence,
        /// What was asked for.
        asked: Cadence,
    },
    /// The plan would not be valid.
    #[error(transparent)]
    Plan(#[from] Refusal),
    /// The list of platforms that the program is built with is broken.
    #[error("columns.ron: {0}")]
    Columns(String),
    /// The user stopped it.
    #[error("stopped")]
    Stopped,
}

impl ImportError {
    /// What to say on the command line to get further.
    pub const fn on_the_command(&self) -> Option<&'static str> {
        match self {
            Self::NoFigures(_) => Some("name them, as --map \"Cost=spend\""),
            Self::DateOrder(_) => Some("say --date-order dmy or --date-order mdy"),
            Self::TooMany(_) => Some("choose another column with --channel, or one channel with --channel =NAME"),
            Self::AddedBefore(_) => Some("--again does so"),
            Self::Cadence { .. } => Some("leave --cadence out, or make the plan coarser first"),
            _ => None,
        }
    }

    /// What to change in a preview to get further.
    pub const fn on_the_screen(&self) -> Option<&'static str> {
        match self {
            Self::NoFigures(_) => Some("say under Columns what they are"),
            Self::DateOrder(_) => Some("choose it under Dates"),
            Self::TooMany(_) => Some("choose another column under Channel, or one channel for the file"),
            Self::AddedBefore(_) => Some("choose so under Once more, or let it replace"),
            Self::Cadence { .. } => Some("make the plan coarser first"),
            _ => None,
        }
    }

    /// For `map_err`: the file cannot be read.
    pub(super) fn reading(path: &std::path::Path) -> impl Fn(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Read { path: path.clone(), source }
    }
}
