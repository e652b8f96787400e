//! The sentence that says what to do, and the steps that are worth most.

use crate::engine::{Analysis, BestBets, ChannelLever, Improve, PlanLever};
use crate::plan::{Lever, Link, Plan};

use super::format;
use super::words::{gain_per_period, lift, rate, step, sureness};

/// The channel levers that are worth most, best first, at most `most` of them.
pub fn best_steps(improve: &Improve, most: usize) -> Vec<(usize, &ChannelLever)> {
    let mut steps: Vec<(usize, &ChannelLever)> = improve
        .channels
        .iter()
        .flat_map(|each| each.levers.iter().map(|lever| (each.channel, lever)))
        .filter(|(_, lever)| lever.gain_headroom.is_some_and(|worth| worth > 0.0))
        .collect();
    steps.sort_by(|left, right| f64::total_cmp(&worth(right.1), &worth(left.1)));
    steps.truncate(most);
    steps
}

fn worth(lever: &ChannelLever) -> f64 {
    lever.gain_headroom.unwrap_or_default()
}

/// The one sentence that says what to do.
pub fn advice(plan: &Plan, analysis: &Analysis) -> String {
    let improve = &analysis.improve;
    let Some(first) = improve.levers.first() else { return nothing_known(plan) };
    match first.gain_headroom {
        Some(worth) if worth > 0.0 => improve_first(plan, improve, first, worth),
        Some(_) => "Every link that has a reference is there already: set a target for the next step.".to_owned(),
        None if first.gain_lift.is_some() => format!(
            "No link can be compared yet: count the stages of a second channel, or set a target. Until then every \
             link lifted by {} is worth the same.",
            lift(improve.lift)
        ),
        None => nothing_known(plan),
    }
}

fn improve_first(plan: &Plan, improve: &Improve, first: &PlanLever, worth: f64) -> String {
    let title = first.lever.title();
    let worth = gain_per_period(improve, plan.brief.cadence, worth);
    let best = begin_with(plan, improve, first.lever);
    if let ([_], Some(step)) = (improve.channels.as_slice(), &best) {
        return format!("Improve {title} first. {step}.");
    }
    let rate = match (first.lever.link(), first.per, first.rate) {
        (Some(link), Some(per), Some(rate)) => {
            format!("it is {} over all channels; ", self::rate(link, per, rate))
        }
        _ => String::new(),
    };
    let sure = sureness(first.sure);
    let begin = best.map_or(String::new(), |step| format!(" Begin with {step}."));
    format!("Improve {title} first: {rate}bringing it to its reference in every channel is worth {worth}{sure}.{begin}")
}

/// The step of the channel in which a lever is worth most: "SEO, Close: 5.00%, …"; `None` where there is none.
pub fn begin_with(plan: &Plan, improve: &Improve, lever: Lever) -> Option<String> {
    best_channel(improve, lever).and_then(|(channel, lever)| step(plan, improve, channel, lever))
}

/// The channel in which a lever is worth most.
fn best_channel(improve: &Improve, lever: Lever) -> Option<(usize, &ChannelLever)> {
    let (channel, _) = *improve.lever(lever)?.best.first()?;
    Some((channel, improve.channel(channel)?.get(lever)?))
}

/// Which link leads in how many draws, and what better information could be worth. `None` where no link competes.
pub fn best_bets(plan: &Plan, improve: &Improve, bets: &BestBets) -> Option<String> {
    let leader = bets.leader()?;
    let worth = |gain| gain_per_period(improve, plan.brief.cadence, gain);
    let share = |link| bets.share(link).map_or_else(String::new, format::probability);
    let none = if bets.none >= 0.005 {
        format!(" In {} there is nothing to gain.", format::probability(bets.none))
    } else {
        String::new()
    };
    if let Some(link) = bets.clear_leader() {
        return Some(format!(
            "{} leads in {} of draws: knowing all rates better would be worth {} (regret).{none}",
            link.title(),
            share(link),
            worth(bets.regret),
        ));
    }
    let leading =
        best_shares(bets).into_iter().map(|(link, share)| format!("{} {}", link.title(), format::probability(share)));
    let leading = leading.collect::<Vec<_>>().join(", ");
    let measure = match bets.measure_first() {
        Some(link) => format!(
            "Measure {} first: to know its rates would be worth {}, to know all of them {} (regret).",
            link.title(),
            worth(bets.worth_knowing(link).unwrap_or_default()),
            worth(bets.regret),
        ),
        None => {
            format!("{} gains most on average, and knowing any one link better would not change that.", leader.title())
        }
    };
    Some(format!("No link leads clearly ({leading} of draws). {measure}{none}"))
}

/// The links that lead most often, at most three of them.
fn best_shares(bets: &BestBets) -> Vec<(Link, f64)> {
    let shares = Link::COUNTED.into_iter().filter_map(|link| Some((link, bets.share(link)?)));
    let mut shares: Vec<(Link, f64)> = shares.filter(|(_, share)| *share >= 0.005).collect();
    shares.sort_by(|left, right| right.1.total_cmp(&left.1));
    shares.truncate(3);
    shares
}

fn nothing_known(plan: &Plan) -> String {
    let missing = if plan.channels.is_empty() { "Add a channel, then type" } else { "Type" };
    format!("{missing} what it cost, how many came, asked and bought: the link to improve follows from that.")
}
