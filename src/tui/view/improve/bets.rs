//! What is told of best bets: which link leads, and what it is worth to know better.

use super::super::super::state::Newest;
use super::detail::Told;
use crate::engine::{BestBets, Improve};
use crate::plan::{Lever, Plan};
use crate::report::words;

/// Of the plan as a whole and of the chosen lever; says so while it is computed, and where it could not be.
pub(super) fn told(
    plan: &Plan,
    improve: &Improve,
    lever: Lever,
    bets: Option<Newest<'_, BestBets>>,
    failure: Option<&str>,
) -> Vec<Told> {
    let mut told = Vec::new();
    if let Some(reason) = failure {
        told.push(Told::new("Best bets", format!("could not be computed: {reason}.")));
    }
    let Some(Newest { found, old }) = bets else {
        if failure.is_none() {
            told.push(Told::new("Best bets", "being computed …"));
        }
        return told;
    };
    let before = if old && failure.is_none() { "As it was before, new draws are on their way: " } else { "" };
    let said = words::best_bets(plan, improve, found);
    told.extend(said.map(|said| Told::new("Best bets", format!("{before}{said}"))));
    let knowing = lever.link().and_then(|link| found.worth_knowing(link)).filter(|worth| *worth > 0.0);
    told.extend(knowing.map(|worth| {
        let worth = words::gain_per_period(improve, plan.brief.cadence, worth);
        Told::new("Knowing it", format!("to know the rates of {} exactly would be worth {worth}.", lever.title()))
    }));
    told
}
