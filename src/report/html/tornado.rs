//! What each lever is worth: to the left what an equal lift brings, to the right what reaching its reference brings,
//! both on one scale. The left wing shows why equal lifts rank nothing, the right wing ranks.

use maud::{Markup, html};

use crate::engine::{Analysis, PlanLever};
use crate::plan::Plan;

use super::super::{format, plain_words, words};
use super::parts::gains;
use super::svg;

/// A lever's name and numbers, and its bars below them.
const ROW: usize = 46;
const NAME: usize = 18;
const BAR: usize = 16;
/// The heading above the rows.
const HEAD: usize = 24;

/// How the wings share the width.
struct Wings {
    /// Where they meet, as a share of the width.
    axis: f64,
    /// What the whole width is worth.
    full: f64,
}

impl Wings {
    /// Wings on which the largest gain on each side just fits; each keeps room for its heading.
    fn of(levers: &[PlanLever]) -> Self {
        let largest = |gain: fn(&PlanLever) -> Option<f64>| {
            levers.iter().filter_map(gain).map(f64::abs).filter(|gain| gain.is_finite()).fold(0.0, f64::max)
        };
        let (left, right) = (largest(|each| each.gain_lift), largest(|each| each.gain_headroom));
        let share = if left + right > 0.0 { left / (left + right) } else { 0.5 };
        let axis = share.clamp(0.15, 0.85);
        Self { axis, full: (left / axis).max(right / (1.0 - axis)) }
    }

    fn share(&self, gain: f64) -> f64 {
        if self.full > 0.0 { gain / self.full } else { 0.0 }
    }
}

/// The tornado of the plan's nine levers, best first; nothing where no gain is known.
pub(super) fn picture(plan: &Plan, analysis: &Analysis) -> Markup {
    let levers = &analysis.improve.levers;
    if levers.iter().all(|each| each.gain_lift.is_none() && each.gain_headroom.is_none()) {
        return html! {};
    }
    let wings = Wings::of(levers);
    let axis = svg::percent(wings.axis);
    let lift = words::lift(analysis.improve.lift);
    let height = HEAD + levers.len() * ROW;
    let inside = html! {
        defs {
            pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect.unsure width="6" height="6" stroke="none" {}
                line.unsure x1="0" y1="0" x2="0" y2="6" stroke-width="2" {}
            }
        }
        text.soft x=(axis) dx="-6" y="12" text-anchor="end" { "◂ +" (lift) }
        text.soft x=(axis) dx="6" y="12" { "to the reference ▸" }
        @for (at, lever) in levers.iter().enumerate() { (row(HEAD + at * ROW, lever, analysis, &wings)) }
    };
    let caption = format!(
        "Left: what +{lift} of a lever brings. Right: what bringing it to its reference in every channel brings; the \
         hatched part is how unsure it is. A number with − is a loss."
    );
    let title = format!("What each of the nine levers is worth: {}", gains(plan, analysis));
    svg::figure("tornado", height, &title, &in_words(analysis), &caption, &inside)
}

fn row(top: usize, lever: &PlanLever, analysis: &Analysis, wings: &Wings) -> Markup {
    let unit = analysis.improve.unit;
    let gain = |gain: Option<f64>| format::known(gain, |gain| words::gain(unit, gain));
    let (lift, room) = (lever.gain_lift.unwrap_or(0.0), lever.gain_headroom.unwrap_or(0.0));
    let (left, right) = (wings.share(lift.abs()), wings.share(room));
    let axis = svg::percent(wings.axis);
    let solid = right * lever.sure.unwrap_or(1.0);
    let y = top + NAME;
    html! {
        text x="0" y=(top + NAME - 5) {
            title { (plain_words::lever(lever.lever)) }
            tspan.name { (lever.lever.title()) }
            tspan.soft { "  " (gain(lever.gain_lift)) }
        }
        text x="100%" y=(top + NAME - 5) text-anchor="end" {
            (gain(lever.gain_headroom))
            @if let Some(sure) = lever.sure { tspan.soft { ", " (format::probability(sure)) " sure" } }
        }
        rect class=(if lift < 0.0 { "drop" } else { "lift" })
            x=(svg::percent(wings.axis - left)) y=(y) width=(svg::percent(left)) height=(BAR) {}
        rect.room x=(axis) y=(y) width=(svg::percent(solid)) height=(BAR) {}
        line.axis x1=(axis) x2=(axis) y1=(y - 3) y2=(y + BAR + 3) {}
        rect fill="url(#hatch)" x=(svg::percent(wings.axis + solid)) y=(y) width=(svg::percent(right - solid)) height=(BAR) {}
    }
}

/// The picture for those who cannot see it.
fn in_words(analysis: &Analysis) -> String {
    let unit = analysis.improve.unit;
    let each = analysis.improve.levers.iter().map(|lever| {
        let gain = |gain: Option<f64>| format::known(gain, |gain| words::gain(unit, gain));
        format!(
            "{}: {} to the reference, {} by the lift",
            lever.lever.title(),
            gain(lever.gain_headroom),
            gain(lever.gain_lift)
        )
    });
    each.collect::<Vec<_>>().join("; ") + "."
}
