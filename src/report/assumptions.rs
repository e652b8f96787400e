//! What the figures take for granted, said aloud.

use crate::engine::{ASSUMED_DOUBLING, Analysis, GainUnit, ReferenceFrom};
use crate::plan::{Channel, Field, Lever, Link, Plan, printable};

use super::format;
use super::words::counted;

/// One sentence for each thing that the figures of `analysis` assume.
pub fn assumptions(plan: &Plan, analysis: &Analysis) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(economics(plan, analysis));
    said.extend(no_result(analysis));
    said.extend(forecast(analysis));
    said.extend(switched_off(plan));
    said.extend(bridged(plan, analysis));
    said.push(carry(plan));
    said.extend(doubling(plan, analysis));
    said.extend(independence(analysis));
    said.extend(expected_spread(analysis));
    said
}

fn economics(plan: &Plan, analysis: &Analysis) -> Vec<String> {
    let mut said = Vec::new();
    if analysis.improve.unit == GainUnit::Orders {
        said.push("No order has a value here, so gains count orders, not money.".to_owned());
    }
    let unsaid = |known: fn(&Plan, &Channel) -> bool| plan.channels.iter().filter(|each| !known(plan, each)).count();
    let margins = unsaid(|plan, channel| plan.economics_of(channel).margin.is_some());
    if margins > 0 && analysis.total.gross_profit.is_some() {
        said.push(format!(
            "No margin is given for {}: all revenue counts as gross profit.",
            counted(margins, "channel")
        ));
    }
    let hours = unsaid(|plan, channel| plan.economics_of(channel).hourly_cost.is_some());
    if hours > 0 && analysis.total.get(Field::Hours).is_some() {
        said.push(format!("No hourly cost is given for {}: hours cost nothing there.", counted(hours, "channel")));
    }
    said
}

fn no_result(analysis: &Analysis) -> Option<String> {
    let count = analysis.total.without_result;
    let have = if count == 1 { "has" } else { "have" };
    (count > 0).then(|| {
        format!("{} {have} a cost and no known gross profit: the cost counts in the total.", counted(count, "channel"))
    })
}

fn forecast(analysis: &Analysis) -> Option<String> {
    analysis.total.forecast.then(|| {
        "Blanks of the plan are forecast from what happened: visitors from the spend, the rest by believed rates."
            .to_owned()
    })
}

fn switched_off(plan: &Plan) -> Option<String> {
    let names = names(plan, |_, channel| !channel.active)?;
    Some(format!("Switched off, counted in money and totals, not in what to improve: {names}."))
}

fn bridged(plan: &Plan, analysis: &Analysis) -> Vec<String> {
    let said = |link: Link| {
        let names =
            names(plan, |at, _| analysis.channels.get(at).is_some_and(|found| found.figures.link(link).is_bridged()))?;
        let stage = if link == Link::Consult { "page views" } else { "consultations" };
        Some(format!("{} starts further up where {stage} were never measured: {names}.", link.title()))
    };
    [Link::Consult, Link::Close].into_iter().filter_map(said).collect()
}

fn carry(plan: &Plan) -> String {
    let shares: Vec<String> = Link::CARRIED
        .into_iter()
        .filter(|&link| plan.brief.carry(link) != 1.0)
        .map(|link| format!("{} of {}", format::share(plan.brief.carry(link)), link.title()))
        .collect();
    if shares.is_empty() {
        "All of a lift is taken to carry through to the result; visitors drawn by force consult less (see carry)."
            .to_owned()
    } else {
        format!("Of a lift carries through to the result, as the plan says: {}.", shares.join(", "))
    }
}

fn doubling(plan: &Plan, analysis: &Analysis) -> Option<String> {
    let spends: Vec<&Channel> = plan
        .channels
        .iter()
        .zip(&analysis.channels)
        .filter(|(channel, found)| channel.active && found.figures.get(Field::Spend).is_some_and(|spend| spend > 0.0))
        .map(|(channel, _)| channel.as_ref())
        .collect();
    let assumed = spends.iter().filter(|each| each.doubling.is_none()).count();
    (assumed > 0).then(|| {
        format!(
            "Spend: twice the money is assumed to bring {ASSUMED_DOUBLING} times the visitors, in {assumed} of {}.",
            counted(spends.len(), "channel")
        )
    })
}

fn independence(analysis: &Analysis) -> Option<String> {
    let loose = |found: &crate::engine::Figures| {
        found.links.iter().any(|rate| rate.counts.is_some() && !rate.dispersion_measured)
    };
    let channels = analysis.channels.iter().filter(|each| loose(&each.figures)).count();
    (channels > 0).then(|| {
        format!(
            "Events are taken as independent in {}, with too few periods to see how much more they scatter: intervals \
             may be too narrow.",
            counted(channels, "channel")
        )
    })
}

fn expected_spread(analysis: &Analysis) -> Option<String> {
    let expected = |link: &Link| {
        let lever = analysis.improve.lever(Lever::Link(*link));
        lever.is_some_and(|lever| lever.references_from.contains(&ReferenceFrom::ExpectedSpread))
    };
    let links: Vec<&str> = Link::COUNTED.iter().filter(|link| expected(link)).map(|link| link.title()).collect();
    (!links.is_empty()).then(|| {
        format!(
            "No channel reaches the reference yet, it comes from how much channels usually differ: {}.",
            links.join(", ")
        )
    })
}

/// The names of the channels that `choose` takes, with commas; `None` where it takes none.
fn names(plan: &Plan, choose: impl Fn(usize, &Channel) -> bool) -> Option<String> {
    let chosen: Vec<_> = plan
        .channels
        .iter()
        .enumerate()
        .filter(|(at, channel)| choose(*at, channel))
        .map(|(_, channel)| printable(&channel.name))
        .collect();
    (!chosen.is_empty()).then(|| chosen.join(", "))
}
