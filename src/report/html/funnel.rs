//! The nine factors as a funnel: a bar each, and between neighbours that count people or what they do the stream that
//! flows from one to the next, with its rate.

use maud::{Markup, html};

use crate::engine::Analysis;
use crate::plan::{Link, Plan, Stage, printable};

use super::super::scale::Scale;
use super::super::{format, plain_words, shown, words};
use super::svg;

/// From one bar to the next, in pixels.
const ROW: usize = 74;
/// From the top of a row to its bar: room for the name.
const NAME: usize = 22;
const BAR: usize = 18;
/// A name longer than this is cut.
const COLUMNS: usize = 28;

/// One factor with its bar.
struct Bar {
    stage: Stage,
    name: String,
    number: Option<f64>,
    text: String,
    /// How long its bar is, as a share of the width.
    share: f64,
    money: bool,
}

/// The funnel of the whole plan.
pub(super) fn picture(plan: &Plan, analysis: &Analysis) -> Markup {
    let bars = bars(plan, analysis);
    let height = bars.len() * ROW - (ROW - NAME - BAR) + 2;
    let inside = html! {
        @for (at, pair) in bars.windows(2).enumerate() { (stream(at, &pair[0], &pair[1])) }
        @for (at, bar) in bars.iter().enumerate() { (self::bar(at, bar)) }
        @for (at, link) in Link::ALL.into_iter().enumerate() { (rate(at, analysis, link)) }
    };
    let caption = "Bars of money are on one scale, twice the money is twice as long. Bars of counts are on a \
                   logarithmic one: as much longer for every ten times more.";
    svg::figure("funnel", height, "From cost to result", &in_words(&bars), caption, &inside)
}

fn bars(plan: &Plan, analysis: &Analysis) -> Vec<Bar> {
    let unit = analysis.improve.unit;
    let number = |stage| shown::stage_number(&analysis.total, stage, unit);
    let numbers =
        |money: bool| Stage::ALL.into_iter().filter(move |stage| shown::is_money(*stage, unit) == money).map(number);
    let (money, counts) = (Scale::linear(numbers(true)), Scale::logarithmic(numbers(false)));
    let bar = |stage| {
        let is_money = shown::is_money(stage, unit);
        let scale = if is_money { money } else { counts };
        Bar {
            stage,
            name: svg::cut(&printable(shown::stage_name(&plan.brief, stage, unit)), COLUMNS),
            number: number(stage),
            text: format::known(number(stage), |number| shown::stage_text(stage, unit, number)),
            share: number(stage).map_or(0.0, |number| scale.share(number)),
            money: is_money,
        }
    };
    Stage::ALL.into_iter().map(bar).collect()
}

/// Name and number of a factor, its bar below them in the middle of the width.
fn bar(at: usize, bar: &Bar) -> Markup {
    let top = at * ROW;
    let class = match (bar.number, bar.money) {
        (None, _) => "blank",
        (_, true) => "money",
        (_, false) => "count",
    };
    // What was not measured has an empty outline.
    let share = if bar.number.is_some() { bar.share.max(0.004) } else { 0.3 };
    let text = if bar.number.is_some() { bar.text.as_str() } else { "not measured" };
    html! {
        text x="50%" y=(top + NAME - 7) text-anchor="middle" { tspan.name { (bar.name) } "  " (text) }
        rect class=(class) x=(svg::percent((1.0 - share) / 2.0)) y=(top + NAME) width=(svg::percent(share)) height=(BAR) rx="2" {}
    }
}

/// What flows from one factor to the next: drawn where both count people or what they do. Between money and counts
/// nothing flows that has a width.
fn stream(at: usize, from: &Bar, to: &Bar) -> Markup {
    let flows = from.stage >= Stage::Visitors && !to.money && from.number.is_some() && to.number.is_some();
    let edge = |bar: &Bar| ((1.0 - bar.share) * 50.0, (1.0 + bar.share) * 50.0);
    let ((left, right), (low_left, low_right)) = (edge(from), edge(to));
    let points = format!("{left:.2},0 {right:.2},0 {low_right:.2},100 {low_left:.2},100");
    html! {
        @if flows {
            svg x="0" y=(at * ROW + NAME + BAR) width="100%" height=(ROW - BAR) viewBox="0 0 100 100" preserveAspectRatio="none" {
                polygon.flow points=(points) {}
            }
        }
    }
}

/// The rate of the link that leads on, below its bar.
fn rate(at: usize, analysis: &Analysis, link: Link) -> Markup {
    let rate = analysis.total.link(link);
    let text = format::known(rate.rate, |value| words::rate(link, rate.per, value));
    let per = if rate.is_bridged() { format!(" {}", rate.per.in_words()) } else { String::new() };
    html! {
        text.soft x="50%" y=(at * ROW + NAME + BAR + 19) text-anchor="middle" {
            title { (plain_words::link(link)) }
            "↓ " (link.title()) " " (text) (per)
        }
    }
}

/// The picture for those who cannot see it.
fn in_words(bars: &[Bar]) -> String {
    let each = bars.iter().map(|bar| format!("{} {}", bar.name, bar.text));
    each.collect::<Vec<_>>().join(", ") + "."
}
