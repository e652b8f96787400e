//! What is told of the chosen lever: what its rate rests on, what it could reach, what it is worth, whose fault it
//! is, and what all that assumes.

use super::super::shown;
use crate::engine::{ASSUMED_DOUBLING, Analysis, ChannelLever, Improve, LinkRate, Per, PlanLever, ReferenceFrom};
use crate::plan::{Lever, Link, Plan, printable};
use crate::report::Said;
use crate::report::format;
use crate::report::words::{self, Among};

/// What is told of a lever, of the plan as a whole or of one channel.
pub(in crate::tui) fn told(plan: &Plan, analysis: &Analysis, channel: Option<usize>, lever: Lever) -> Vec<Said> {
    match channel {
        None => analysis.improve.lever(lever).map_or_else(Vec::new, |found| of_plan(plan, analysis, found)),
        Some(at) => {
            let found = analysis.improve.channel(at).and_then(|levers| levers.get(lever));
            found.map_or_else(Vec::new, |found| of_channel(plan, analysis, at, found))
        }
    }
}

fn of_channel(plan: &Plan, analysis: &Analysis, at: usize, found: &ChannelLever) -> Vec<Said> {
    let mut told = Vec::new();
    let figures = analysis.channels.get(at).map(|channel| &channel.figures);
    if let (Some(link), Some(figures)) = (found.lever.link(), figures) {
        let rate = figures.link(link);
        let per = found.per.unwrap_or(rate.per);
        told.push(as_counted(rate, per, found.rate));
        told.extend(believed(link, per, found));
        told.extend(found.reference.map(|reference| {
            let among = Among::of(&analysis.improve, plan.brief.cadence, found);
            Said::new("Reference", words::reference_among(link, per, among, &reference) + ".")
        }));
        told.extend(found.sure.map(|sure| {
            Said::new("How sure", format!("{} that it lies below its reference.", format::probability(sure)))
        }));
        told.extend(missing(rate));
        told.extend(coverage(rate));
    }
    let gains = [found.gain_headroom, found.gain_lift, found.gain_point];
    told.extend(worth(plan, &analysis.improve, gains));
    told.extend(fault(plan, &analysis.improve, found.lever));
    told.extend(assumes(plan, analysis, Some(at), found.lever));
    told
}

fn of_plan(plan: &Plan, analysis: &Analysis, found: &PlanLever) -> Vec<Said> {
    let mut told = Vec::new();
    if let Some(link) = found.lever.link() {
        let rate = analysis.active.link(link);
        told.push(as_counted(rate, rate.per, rate.rate));
        told.extend(missing(rate));
        told.extend(coverage(rate));
    }
    told.extend(by_channel(plan, &analysis.improve, found.lever));
    if found.unmeasured > 0 {
        let of = words::counted(analysis.improve.channels.len(), "active channel");
        told.push(Said::new("Unmeasured", format!("in {} of {of}.", found.unmeasured)));
    }
    let gains = [found.gain_headroom, found.gain_lift, found.gain_point];
    told.extend(worth(plan, &analysis.improve, gains));
    told.extend(fault(plan, &analysis.improve, found.lever));
    if let (Lever::Link(Link::Invest), Some(more)) = (found.lever, &analysis.improve.one_more) {
        told.push(Said::new("One more", words::one_more(plan, &analysis.improve, more)));
    }
    told.extend(assumes(plan, analysis, None, found.lever));
    told
}

fn as_counted(rate: &LinkRate, per: Per, value: Option<f64>) -> Said {
    let link = rate.link;
    let Some(value) = value else {
        return Said::new("As counted", format!("{}: not known.", words::rate_of(link, per)));
    };
    let mut text = match link {
        Link::Consult | Link::Close | Link::Repurchase | Link::Refer => {
            format!("{} {}", format::rate(link, per, value), words::rate_of(link, per))
        }
        _ => words::rate(link, per, value),
    };
    if let Some((x, n)) = rate.counts {
        text = format!("{text} ({} of {})", format::count(x), format::count(n));
    }
    if let Some(interval) = shown::interval_text(rate) {
        text = format!("{text}, 80% interval {interval}");
    }
    Said::new("As counted", text + ".")
}

/// The believed rate, where it differs visibly from the rate as counted.
fn believed(link: Link, per: Per, found: &ChannelLever) -> Option<Said> {
    let believed = format::rate(link, per, found.believed?.rate);
    (found.rate.map(|rate| format::rate(link, per, rate)).as_deref() != Some(&believed)).then(|| {
        let text = format!("{believed}: drawn towards your other channels by as much as its own counts are few.");
        Said::new("Believed", text)
    })
}

fn missing(rate: &LinkRate) -> Option<Said> {
    let events = rate.events_missing()?;
    let events = format::short(events.ceil());
    Some(Said::new("Thin ~", format!("about {events} more events would make the rate as counted solid.")))
}

fn coverage(rate: &LinkRate) -> Option<Said> {
    let share = rate.coverage.filter(|share| *share < 1.0)?;
    let text = format!("the rate rests on {} of the cost; elsewhere it was not counted.", format::probability(share));
    Some(Said::new("Coverage", text))
}

/// The channels in which the lever is worth most.
fn by_channel(plan: &Plan, improve: &Improve, lever: Lever) -> Option<Said> {
    let PlanLever { best, below, .. } = improve.lever(lever)?;
    let name = |at: usize| plan.channels.get(at).map_or_else(String::new, |each| printable(&each.name).into_owned());
    let said: Vec<String> =
        best.iter().map(|(at, gain)| format!("{} {}", name(*at), shown::gain_text(improve.unit, *gain))).collect();
    let rest = below.saturating_sub(best.len());
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    (!said.is_empty()).then(|| Said::new("Most in", format!("{}{rest}.", said.join(", "))))
}

/// What headroom, lift and point are worth: in all, and per period where there are several.
fn worth(plan: &Plan, improve: &Improve, [headroom, lift, point]: [Option<f64>; 3]) -> Vec<Said> {
    let cadence = plan.brief.cadence;
    let text = |gain: f64| {
        let one = words::gain_per_period(improve, cadence, gain);
        if improve.periods > 1 {
            let all = words::gain(improve.unit, gain);
            format!("{one} ({all} over {})", words::periods(cadence, improve.periods))
        } else {
            one
        }
    };
    let mut told = Vec::new();
    told.extend(headroom.map(|gain| Said::new("Headroom", format!("{} once the reference is reached.", text(gain)))));
    let lifted = lift.map(|gain| format!("lifted by {}: {}", words::lift(improve.lift), text(gain)));
    let point = point.map(|gain| format!("one percentage point more: {}", text(gain)));
    let both: Vec<String> = lifted.into_iter().chain(point).collect();
    if !both.is_empty() {
        told.push(Said::new("A lift", format!("{}.", both.join("; "))));
    }
    told
}

fn fault(plan: &Plan, improve: &Improve, lever: Lever) -> Option<Said> {
    let link = lever.link()?;
    let fault = improve.faults.iter().find(|fault| fault.link() == link)?;
    Some(Said::new("Whose fault", words::fault(plan, fault)))
}

/// What the figures of a lever take for granted.
fn assumes(plan: &Plan, analysis: &Analysis, channel: Option<usize>, lever: Lever) -> Vec<Said> {
    let mut said = Vec::new();
    match lever {
        Lever::Spend => said.extend(doubling(plan, channel)),
        Lever::Link(link) => {
            if Link::CARRIED.contains(&link) {
                let carry = plan.brief.carry(link);
                said.push(if carry == 1.0 {
                    "All of a lift carries through to the result.".to_owned()
                } else {
                    format!("{} of a lift carries through to the result.", format::probability(carry))
                });
            }
            said.extend(scatter(analysis, channel, link));
            let improve = &analysis.improve;
            let found = match channel {
                None => improve
                    .lever(lever)
                    .map(|found| (found.references_from.contains(&ReferenceFrom::ExpectedSpread), found.cut)),
                Some(at) => improve
                    .channel(at)
                    .and_then(|each| each.get(lever)?.reference)
                    .map(|found| (found.from == ReferenceFrom::ExpectedSpread, found.is_cut())),
            };
            let (expected, cut) = found.unwrap_or_default();
            if expected {
                said.push("The reference comes from how much rates usually differ: none reaches it yet.".to_owned());
            }
            if cut {
                let stretch = format::count(plan.brief.goals.stretch);
                said.push(format!("References are cut to {stretch} times the believed rate (stretch)."));
            }
        }
    }
    said.into_iter().enumerate().map(|(at, text)| Said::new(if at == 0 { "Assumes" } else { "" }, text)).collect()
}

fn doubling(plan: &Plan, channel: Option<usize>) -> Vec<String> {
    let channels = plan
        .channels
        .iter()
        .enumerate()
        .filter(|(at, each)| each.active && channel.is_none_or(|channel| channel == *at));
    let assumed = channels.clone().filter(|(_, each)| each.doubling.is_none()).count();
    let said = channels.filter_map(|(_, each)| Some((each, each.doubling?)));
    let mut said: Vec<String> = said
        .map(|(each, doubling)| {
            let name = printable(&each.name);
            format!("{name}: twice the money brings {} times the visitors, as set.", format::count(doubling))
        })
        .collect();
    if assumed > 0 {
        let channels = words::counted(assumed, "channel");
        said.push(format!(
            "Twice the money brings {ASSUMED_DOUBLING} times the visitors: assumed in {channels} (set doubling)."
        ));
    }
    said
}

fn scatter(analysis: &Analysis, channel: Option<usize>, link: Link) -> Option<String> {
    let figures = match channel {
        None => &analysis.active,
        Some(at) => &analysis.channels.get(at)?.figures,
    };
    let rate = figures.link(link);
    rate.counts?;
    Some(if rate.dispersion_measured {
        format!("Counts scatter {} times as much as coin flips, as measured.", format::digits3(rate.dispersion))
    } else {
        "Events are taken as independent: too few periods to see how they scatter.".to_owned()
    })
}
