//! One sentence that says what to do.

use crate::engine::{Analysis, ChannelLever, PlanLever};
use crate::plan::{Lever, Link, Plan, printable};
use crate::report::words::{self, Among};

/// What to do about a lever, of the plan as a whole or of one channel.
pub(in crate::tui) fn sentence(plan: &Plan, analysis: &Analysis, channel: Option<usize>, lever: Lever) -> String {
    let improve = &analysis.improve;
    if let Some(at) = channel {
        let name = plan.channels.get(at).map_or_else(String::new, |channel| printable(&channel.name).into_owned());
        return match improve.channel(at).and_then(|levers| levers.get(lever)) {
            None => format!("{name} is switched off: it counts in all totals, but takes no part in Improve."),
            Some(found) => words::step(plan, improve, at, found)
                .map_or_else(|| no_step(plan, analysis, &name, found), |step| format!("{step}.")),
        };
    }
    match improve.lever(lever) {
        Some(found) if improve.levers.first().is_none_or(|first| first.lever != lever) => {
            of_plan(plan, analysis, found)
        }
        _ => words::advice(plan, analysis),
    }
}

/// A lever that is not the first one, over all channels.
fn of_plan(plan: &Plan, analysis: &Analysis, found: &PlanLever) -> String {
    let (improve, lever) = (&analysis.improve, found.lever);
    let title = lever.title();
    let Some(link) = lever.link() else { return spend(plan, analysis, found.gain_lift, "") };
    let worth = |gain| words::gain_per_period(improve, plan.brief.cadence, gain);
    match found.gain_headroom {
        Some(gain) if gain > 0.0 => {
            let most = words::begin_with(plan, improve, lever);
            let most = most.map_or_else(String::new, |step| format!(" Most of it: {step}."));
            format!("{title}: bringing it to its reference in every channel is worth {}.{most}", worth(gain))
        }
        Some(_) => format!("{title} is at its reference in every channel that has one: there is no headroom here."),
        None => format!("{title}: {}", what_is_missing(link, found.rate.is_some())),
    }
}

/// A lever of a channel that has no headroom.
fn no_step(plan: &Plan, analysis: &Analysis, name: &str, found: &ChannelLever) -> String {
    let Some(link) = found.lever.link() else { return spend(plan, analysis, found.gain_lift, name) };
    let per = found.per.unwrap_or(crate::engine::Per::nominal(link));
    let title = link.title();
    let among = Among::of(&analysis.improve, plan.brief.cadence, found);
    match (found.believed_rate(), &found.reference) {
        (Some(rate), Some(reference)) if found.gain_headroom.is_some() => format!(
            "{name}, {title}: {} is already there ({}): there is no headroom here.",
            words::rate(link, per, rate),
            words::reference_among(link, per, among, reference),
        ),
        (Some(rate), Some(reference)) => format!(
            "{name}, {title}: {}, {}; what that is worth is not known without orders and their value.",
            words::rate(link, per, rate),
            words::reference_among(link, per, among, reference),
        ),
        (rate, _) => format!("{name}, {title}: {}", what_is_missing(link, rate.is_some())),
    }
}

/// What to record or set so that a link can be judged.
fn what_is_missing(link: Link, measured: bool) -> String {
    let stages = match link {
        Link::Invest => "a cost",
        Link::Reach => "cost and visitors",
        Link::Depth => "visitors and page views",
        Link::Consult => "page views (or visitors) and consultations",
        Link::Close => "consultations and deals",
        Link::Repurchase => "deals and repeat orders",
        Link::Refer => "deals and referrals",
        Link::Value => "orders and what they are worth",
    };
    if !measured {
        return format!("not measured yet. Record {stages}, and it can be judged.");
    }
    match link {
        Link::Invest | Link::Value => "there is nothing to compare it with: set a target (,).".to_owned(),
        Link::Reach => "there is nothing to compare it with yet: set a target (,), or record three periods.".to_owned(),
        _ => "there is nothing to compare it with yet: set a target (,), or record a second channel.".to_owned(),
    }
}

/// More money for what is done already.
fn spend(plan: &Plan, analysis: &Analysis, gain: Option<f64>, name: &str) -> String {
    let improve = &analysis.improve;
    let lift = words::lift(improve.lift);
    let name = if name.is_empty() { "Spend".to_owned() } else { format!("{name}, Spend") };
    match gain {
        None => format!("{name}: what more money brings is not known: record the spend and the orders."),
        Some(gain) if gain < 0.0 => format!(
            "{name}: {lift} more would cost more than it brings: {}.",
            words::gain_per_period(improve, plan.brief.cadence, gain)
        ),
        Some(gain) => format!(
            "{name}: {lift} more is worth {} after its cost; Improve links first, which cost less.",
            words::gain_per_period(improve, plan.brief.cadence, gain)
        ),
    }
}
