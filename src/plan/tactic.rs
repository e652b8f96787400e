//! One thing to do to improve a link.

use jiff::civil::Date;
use serde::Deserialize;

use super::parse::day;
use super::stage::Lever;

/// One thing to do to improve a link, with its cost and state.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tactic {
    /// What to do.
    pub title: String,
    /// The lever it works on.
    pub link: Lever,
    /// The channel, or `None` for all.
    #[serde(default)]
    pub channel: Option<String>,
    /// Who does it; "" where not said.
    #[serde(default)]
    pub owner: String,
    /// What it costs, currency.
    #[serde(default)]
    pub spend: Option<f64>,
    /// What it takes, hours.
    #[serde(default)]
    pub hours: Option<f64>,
    /// The rate it should bring.
    #[serde(default)]
    pub expected: Option<f64>,
    /// How far it is.
    #[serde(default)]
    pub state: TacticState,
    /// When it should be done.
    #[serde(default, deserialize_with = "day")]
    pub due: Option<Date>,
    /// When it was done.
    #[serde(default, deserialize_with = "day")]
    pub done: Option<Date>,
    /// Names of split tests that support or contradict it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Anything worth remembering.
    #[serde(default)]
    pub note: String,
}

/// How far a tactic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
pub enum TacticState {
    /// Thought of.
    #[default]
    Idea,
    /// Begun.
    Doing,
    /// Finished; its effect is not yet known.
    Done,
    /// Finished, and it helped.
    Proven,
    /// Given up, or it did not help.
    Rejected,
}

impl TacticState {
    /// All five, in the order in which they come.
    pub const ALL: [Self; 5] = [Self::Idea, Self::Doing, Self::Done, Self::Proven, Self::Rejected];

    /// The name on screen and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Proven => "proven",
            Self::Rejected => "rejected",
        }
    }

    /// True where it is still to be done, or under way.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Idea | Self::Doing)
    }
}
