//! What the trade knows: tactics to choose from, for each of the nine levers.

use serde::Deserialize;

use super::stage::Lever;
use super::tactic::Tactic;

/// A tactic that others have tried: what to do, why it works, and what to beware of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play {
    /// What to do.
    pub title: String,
    /// The lever it works on.
    pub link: Lever,
    /// How it works, in a sentence or two.
    pub how: String,
    /// What spoils it, or what it may cost elsewhere; "" where there is nothing special.
    #[serde(default)]
    pub beware: String,
    /// True where it can be tried on half of the visitors first.
    #[serde(default)]
    pub split_test: bool,
}

impl Play {
    /// An idea for a plan: its title and lever, with how it works as the note. Channel, owner, dates, cost and the rate
    /// expected are the plan's own to say.
    pub fn tactic(&self) -> Tactic {
        Tactic { note: self.how.clone(), ..Tactic::new(self.title.clone(), self.link) }
    }
}

/// All plays, in the order of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Playbook {
    /// In the order of the file.
    pub plays: Vec<Play>,
}

impl Playbook {
    /// The plays for one lever.
    pub fn of(&self, lever: Lever) -> impl Iterator<Item = &Play> {
        self.plays.iter().filter(move |play| play.link == lever)
    }
}
