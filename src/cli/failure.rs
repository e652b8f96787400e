//! Why a command could not be done.

use std::io;
use std::path::PathBuf;

use crate::plan::Layer;

use super::args::Period;

/// Why a command could not be done, in words for standard error.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Whoever read standard output has gone: nothing is wrong.
    #[error("standard output was closed")]
    ClosedPipe,
    /// Standard output cannot be written.
    #[error("standard output cannot be written: {0}")]
    Output(io::Error),
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `--output` names the plan itself.
    #[error("{} is the plan itself; choose another --output", .0.display())]
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
    /// What has its own words.
    #[error("{0}")]
    Other(String),
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
