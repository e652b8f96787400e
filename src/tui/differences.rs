//! What differs between two plans, in lines for a person who has to choose one of them.

use crate::plan::{Difference, Layer, Plan, differences};
use crate::report::format;

/// More lines than this nobody reads before choosing.
const MOST: usize = 200;

/// A line for each thing that differs from `from` to `to`: `SEO · Oct 2026 · deals 30 → 33`.
pub fn lines(from: &Plan, to: &Plan) -> Vec<String> {
    let found = differences(from, to, MOST + 1);
    let mut lines: Vec<String> = found.iter().take(MOST).map(|difference| line(difference, to)).collect();
    if found.len() > MOST {
        lines.push(format!("and more than {MOST} others"));
    }
    lines
}

fn line(difference: &Difference, plan: &Plan) -> String {
    let period = |layer: Layer, day| {
        let label = plan.brief.cadence.label(day);
        if layer == Layer::Planned { format!("{label}, planned") } else { label }
    };
    match difference {
        Difference::Brief(what) => format!("the plan's {}", what.replace('_', " ")),
        Difference::NewChannel(name) => format!("+ channel {name}"),
        Difference::NoChannel(name) => format!("− channel {name}"),
        Difference::Order => "the order of the channels".to_owned(),
        Difference::Settings(channel) => format!("{channel} · settings"),
        Difference::Number { channel, layer, day, field, from, to } => {
            let (from, to) = (format::known(*from, format::count), format::known(*to, format::count));
            format!("{channel} · {} · {} {from} → {to}", period(*layer, *day), field.title().to_lowercase())
        }
        Difference::Note { channel, layer, day } => format!("{channel} · {} · note", period(*layer, *day)),
        Difference::Entry { what, name, before, after } => match (before, after) {
            (false, _) => format!("+ {what} {name}"),
            (_, false) => format!("− {what} {name}"),
            _ => format!("{what} {name}"),
        },
    }
}
