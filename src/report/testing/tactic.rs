//! What is told of a tactic.

use crate::engine::{Analysis, BeforeAfter, Evidence, RateOver, TacticWorth};
use crate::plan::{Link, Plan, Tactic, printable};

use super::super::format::{self, probability, signed};
use super::super::words;
use super::Said;

/// What a tactic gains, when it pays back, what it did, and what its split tests say.
pub fn tactic(plan: &Plan, analysis: &Analysis, tactic: &Tactic) -> Vec<Said> {
    let mut said = vec![worth(plan, analysis, tactic)];
    said.extend(before_after(plan, analysis, tactic));
    said.extend(evidence(plan, tactic));
    if !tactic.note.is_empty() {
        said.push(Said::new("How", printable(&tactic.note)));
    }
    said
}

fn worth(plan: &Plan, analysis: &Analysis, tactic: &Tactic) -> Said {
    let worth = TacticWorth::of(plan, tactic, analysis);
    let cadence = plan.brief.cadence;
    let cost = worth.cost.map_or_else(String::new, |cost| format!(" It costs {}.", format::money(cost)));
    let Some(gain) = worth.gain else {
        let what = if tactic.expected.is_none() {
            "Say what rate it should bring, and its gain follows."
        } else {
            "What that rate is worth is not known: the link was not measured here."
        };
        return Said::new("Gain", format!("{what}{cost}"));
    };
    if gain <= 0.0 {
        return Said::new("Gain", format!("None: the rate is believed to be there already.{cost}"));
    }
    let sure =
        worth.sure.map_or_else(String::new, |sure| format!(", {} sure that the rate is lower now", probability(sure)));
    let pays = worth
        .payback
        .map_or_else(String::new, |periods| format!(" It pays back in {} {}s.", format::count(periods), cadence.key()));
    let gain = words::gain(analysis.improve.unit, gain);
    Said::new("Gain", format!("{gain} {}{sure}.{cost}{pays}", words::per_period(cadence)))
}

/// The rate before and after the day on which it was done.
pub(super) fn before_after(plan: &Plan, analysis: &Analysis, tactic: &Tactic) -> Option<Said> {
    tactic.done?;
    let link = tactic.link.link()?;
    let Some(found) = BeforeAfter::of(plan, tactic, analysis) else {
        return Some(Said::new("Did it?", "No whole period before and after it was counted yet."));
    };
    let rate = |over: &RateOver| {
        format!(
            "{} ({}–{}, {})",
            format::rate(link, found.per, over.rate),
            format::rate(link, found.per, over.low),
            format::rate(link, found.per, over.high),
            words::periods(plan.brief.cadence, over.periods),
        )
    };
    let percent = |value| signed(value, format::percent);
    let lift = found.lift.map_or_else(String::new, |lift| {
        let (low, high) = found.lift_interval;
        format!(", {} (95% interval {} to {})", percent(lift), percent(low), percent(high))
    });
    let caution = if matches!(link, Link::Depth | Link::Consult | Link::Close) {
        " Other things changed too: a split test says more."
    } else {
        " Other things may have changed too."
    };
    Some(Said::new(
        "Did it?",
        format!(
            "{} before, {} after{lift}; it rose with {}.{caution}",
            rate(&found.before),
            rate(&found.after),
            probability(found.p_rose),
        ),
    ))
}

/// What the split tests say that it names.
pub fn evidence(plan: &Plan, tactic: &Tactic) -> Vec<Said> {
    let firmly = |firm| if firm { "firmly" } else { "likely" };
    let said = tactic.evidence.iter().map(|name| {
        let text = match Evidence::of(plan, name) {
            Evidence::Missing => "there is no such split test".to_owned(),
            Evidence::Open => "says nothing yet".to_owned(),
            Evidence::Supports { firm } => format!("supports it, {}", firmly(firm)),
            Evidence::Contradicts { firm } => format!("contradicts it, {}", firmly(firm)),
        };
        format!("{} {text}.", printable(name))
    });
    said.enumerate().map(|(at, text)| Said::new(if at == 0 { "Evidence" } else { "" }, text)).collect()
}
