//! What is told of the tactics on a lever: those that the plan holds, the soonest to pay back first.

use crate::engine::{Analysis, TacticWorth};
use crate::plan::{Lever, Plan, Tactic, printable};
use crate::report::{Said, format, words};

/// The plan's tactics on the lever, of one channel or of all; where there is none, where to find some.
pub(super) fn told(plan: &Plan, analysis: &Analysis, channel: Option<usize>, lever: Lever) -> Vec<Said> {
    let name = channel.and_then(|at| plan.channels.get(at)).map(|channel| channel.name.as_str());
    let here = |tactic: &Tactic| name.is_none() || tactic.channel.is_none() || tactic.channel.as_deref() == name;
    let chosen = plan.tactics.iter().filter(|tactic| tactic.link == lever && here(tactic));
    let mut tactics: Vec<(&Tactic, TacticWorth)> =
        chosen.map(|tactic| (tactic.as_ref(), TacticWorth::of(plan, tactic, analysis))).collect();
    if tactics.is_empty() {
        return vec![Said::new("Tactics", "none yet: P opens the playbook for this lever.")];
    }
    let payback = |worth: &TacticWorth| worth.payback.unwrap_or(f64::INFINITY);
    tactics.sort_by(|left, right| payback(&left.1).total_cmp(&payback(&right.1)));
    let said = tactics.into_iter().map(|(tactic, worth)| sentence(plan, analysis, tactic, &worth));
    said.enumerate().map(|(at, text)| Said::new(if at == 0 { "Tactics" } else { "" }, text)).collect()
}

fn sentence(plan: &Plan, analysis: &Analysis, tactic: &Tactic, worth: &TacticWorth) -> String {
    let cadence = plan.brief.cadence;
    let gain = worth.gain.map_or_else(String::new, |gain| {
        format!(", {} {}", words::gain(analysis.improve.unit, gain), words::per_period(cadence))
    });
    let payback = worth
        .payback
        .map_or_else(String::new, |periods| format!(", pays back in {} {}s", format::count(periods), cadence.key()));
    format!("{} ({}){gain}{payback}.", printable(&tactic.title), tactic.state.key())
}
