//! What changed since the period before.

use maud::{Markup, html};

use crate::plan::Plan;

use super::super::change_table::{Neighbours, table};
use super::parts;

pub(super) fn section(plan: &Plan, both: &Neighbours) -> Markup {
    let label = |day| plan.brief.cadence.label(day);
    let (before, now) = (label(both.before.0), label(both.now.0));
    html! {
        section {
            h2 { "Since the " (plan.brief.cadence.key()) " before" }
            p.lead { "From " (before) " to " (now) "." }
            (parts::table(&format!("{before} and {now}"), &table(plan, both)))
        }
    }
}
