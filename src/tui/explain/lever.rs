//! A lever of Improve explained.

use super::super::state::{Document, State};
use super::super::view::improve::{sentence, told};
use super::Explanation;
use super::formula::Number;
use super::records;
use crate::engine::{ASSUMED_DOUBLING, Figures, GainUnit};
use crate::plan::{Lever, Link, printable};
use crate::report::{format, words};

/// Explains the chosen lever, of the chosen channel or of the plan as a whole.
pub(super) fn explain(state: &State, document: &Document) -> Explanation {
    let (plan, analysis) = (document.plan(), document.analysis());
    let Some(lever) = state.improve.chosen(document.plan(), document.analysis()) else { return Explanation::default() };
    let channel = state.improve.channel;
    let of = match channel.and_then(|at| plan.channels.get(at)) {
        Some(channel) => printable(&channel.name).into_owned(),
        None => "all active channels".to_owned(),
    };
    let mut explained = Explanation::titled(format!("{} of {of}", lever.title()));
    explained.section("What to do", [sentence(plan, analysis, channel, lever)]);
    let figures = match channel {
        None => Some(&analysis.active),
        Some(at) => analysis.channels.get(at).map(|channel| &channel.figures),
    };
    if let (Some(link), Some(figures)) = (lever.link(), figures) {
        explained.section("The rate", Number::Rate(link).formula(document, channel, figures));
    }
    explained.section("What a gain is", gains(document, channel, lever));
    let known = told(plan, analysis, channel, lever).into_iter();
    let line = |label: &str, text: String| if label.is_empty() { text } else { format!("{label}: {text}") };
    explained.section("What is known", known.map(|each| line(each.label, each.text)));
    explained.section("Comes from", records::sources(document, channel, true));
    explained
}

/// What gains are computed from, for the plan or for one channel.
struct Gains<'a> {
    figures: &'a Figures,
    lift: Option<f64>,
    headroom: Option<f64>,
    /// From the believed rate to the reference, of one channel.
    way: Option<String>,
}

fn gains_of(document: &Document, channel: Option<usize>, lever: Lever) -> Option<Gains<'_>> {
    let analysis = document.analysis();
    let improve = &analysis.improve;
    let Some(at) = channel else {
        let found = improve.lever(lever)?;
        let (lift, headroom) = (found.gain_lift, found.gain_headroom);
        return Some(Gains { figures: &analysis.active, lift, headroom, way: None });
    };
    let found = improve.channel(at)?.get(lever)?;
    let text = |rate| lever.link().zip(found.per).map(|(link, per)| format::rate(link, per, rate));
    let ends = found.believed_rate().and_then(text).zip(found.reference.and_then(|reference| text(reference.rate)));
    Some(Gains {
        figures: &analysis.channels.get(at)?.figures,
        lift: found.gain_lift,
        headroom: found.gain_headroom,
        way: ends.map(|(from, to)| format!(", from {from} to {to}")),
    })
}

/// The formulas of the lift and of the headroom, in words and with their outcome.
fn gains(document: &Document, channel: Option<usize>, lever: Lever) -> Vec<String> {
    let (plan, improve) = (document.plan(), &document.analysis().improve);
    let Some(gains) = gains_of(document, channel, lever) else { return Vec::new() };
    let text = |gain| format::known(gain, |gain| words::gain(improve.unit, gain));
    let doubling = channel.and_then(|at| plan.channels.get(at)).and_then(|channel| channel.doubling);
    let carry = lever.link().map_or(1.0, |link| plan.brief.carry(link));
    let mut lines = vec![format!("lift h = {}: {}", words::lift(improve.lift), lift_formula(lever, carry, doubling))];
    let gross = match improve.unit {
        GainUnit::Money => format!("gross profit {}", format::known(gains.figures.gross_profit, format::money)),
        GainUnit::Orders => format!("{} orders", format::known(gains.figures.orders, format::count)),
    };
    lines.push(format!("with {gross}: {}", text(gains.lift)));
    let base = match lever {
        Lever::Spend => None,
        Lever::Link(Link::Repurchase) => Some("believed repeat orders × gross profit per order"),
        Lever::Link(Link::Refer) => Some("believed referrals × gross profit per order"),
        Lever::Link(_) => Some("gross profit of the believed orders"),
    };
    if let Some(base) = base {
        let carried = if carry == 1.0 { "" } else { ", as much as carries through" };
        lines.push(format!("headroom: {base} × (reference / believed rate − 1){carried}"));
        lines.push(format!("here{}: {}", gains.way.unwrap_or_default(), text(gains.headroom)));
    }
    if channel.is_none() {
        lines.push("for the plan: the sum over its active channels".to_owned());
    }
    if improve.unit == GainUnit::Orders {
        lines.push("no order value is known: orders stand for gross profit".to_owned());
    }
    lines
}

/// The formula of a lever's gain of the lift, in words.
fn lift_formula(lever: Lever, carry: f64, doubling: Option<f64>) -> String {
    let through = if carry == 1.0 { "h".to_owned() } else { format!("((1 + h)^{} − 1)", format::digits3(carry)) };
    match lever {
        Lever::Spend => {
            let times = doubling.unwrap_or(ASSUMED_DOUBLING);
            let assumed = if doubling.is_none() { ", assumed" } else { "" };
            format!(
                "gross profit × ((1 + h)^β − 1) − h × spend, where β = log2({}) of doubling{assumed}",
                format::count(times)
            )
        }
        Lever::Link(Link::Repurchase) => "h × repeat orders × gross profit per order".to_owned(),
        Lever::Link(Link::Refer) => "h × referrals × gross profit per order".to_owned(),
        Lever::Link(Link::Consult | Link::Close) => {
            format!("gross profit × {through}, h no larger than what is missing to 100%")
        }
        Lever::Link(_) => format!("gross profit × {through}"),
    }
}
