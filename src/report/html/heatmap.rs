//! What reaching the reference is worth, channel by link: the more, the darker, with the number in the cell.

use maud::{Markup, html};

use crate::engine::{Analysis, ChannelLevers};
use crate::plan::{Lever, Link, Plan, printable};

use super::super::figures::{Column, Table};
use super::super::{format, words};
use super::{parts, svg};

/// So many channels are drawn, those with the most room; a picture must fit on a sheet of paper.
const MOST: usize = 16;
/// A channel's name, and its cells below it.
const ROW: usize = 46;
const NAME: usize = 17;
const CELL: usize = 22;
/// The links' names above the rows.
const HEAD: usize = 22;
/// A name longer than this is cut; the table below has it whole.
const COLUMNS: usize = 40;
/// Shades from nothing to the most.
const SHADES: usize = 5;

/// The map with its table; nothing where no link of any channel has a reference.
pub(super) fn picture(plan: &Plan, analysis: &Analysis) -> Markup {
    let links = analysis.improve.mapped();
    if links.is_empty() {
        return html! {};
    }
    let channels = most_room(analysis);
    let most = channels.iter().flat_map(|each| links.iter().filter_map(|link| gain(each, *link))).fold(0.0, f64::max);
    let height = HEAD + channels.len() * ROW;
    let inside = html! {
        @for (at, link) in links.iter().enumerate() {
            text.column x=(middle(at, links.len())) y="11" text-anchor="middle" { (link.title()) }
        }
        @for (at, channel) in channels.iter().enumerate() { (row(plan, channel, &links, HEAD + at * ROW, most)) }
    };
    let title = format!("What bringing each rate to its reference is worth: {}", parts::gains(plan, analysis));
    let caption = caption(analysis, channels.len());
    let describe = "A row a channel, a column a link. The same numbers stand in the table below.";
    html! {
        (svg::figure("heat-map", height, &title, describe, &caption, &inside))
        details {
            summary { "The same as a table, all channels" }
            (parts::table("What reaching the reference is worth, by channel and link", &table(plan, analysis, &links)))
        }
    }
}

fn gain(channel: &ChannelLevers, link: Link) -> Option<f64> {
    channel.get(Lever::Link(link))?.gain_headroom
}

/// The channels with the most room in all their links together, in the plan's order.
fn most_room(analysis: &Analysis) -> Vec<&ChannelLevers> {
    let room = |each: &ChannelLevers| each.levers.iter().filter_map(|lever| lever.gain_headroom).fold(0.0, f64::max);
    let mut channels: Vec<&ChannelLevers> = analysis.improve.channels.iter().collect();
    channels.sort_by(|left, right| room(right).total_cmp(&room(left)));
    channels.truncate(MOST);
    channels.sort_by_key(|each| each.channel);
    channels
}

/// The middle of a column, as a share of the width.
fn middle(at: usize, of: usize) -> String {
    svg::percent((at as f64 + 0.5) / of as f64)
}

fn row(plan: &Plan, channel: &ChannelLevers, links: &[Link], top: usize, most: f64) -> Markup {
    let name = plan.channels.get(channel.channel).map_or("", |each| each.name.as_str());
    let width = 1.0 / links.len() as f64;
    // The gap between cells.
    let gap = 0.004;
    html! {
        text.name x="0" y=(top + NAME - 4) { (svg::cut(&printable(name), COLUMNS)) }
        @for (at, link) in links.iter().enumerate() {
            @let gain = gain(channel, *link);
            @if let Some(gain) = gain {
                rect class=(format!("heat-{}", shade(gain, most))) x=(svg::percent(at as f64 * width + gap / 2.0))
                    y=(top + NAME) width=(svg::percent(width - gap)) height=(CELL) rx="2" {}
            }
            text class=(if gain.is_some() { "cell" } else { "soft" }) x=(middle(at, links.len())) y=(top + NAME + 15) text-anchor="middle" {
                (format::known(gain, format::short))
            }
        }
    }
}

/// Which of the shades a gain has; nothing is the lightest.
fn shade(gain: f64, most: f64) -> usize {
    if gain <= 0.0 || most <= 0.0 {
        0
    } else {
        ((gain / most * (SHADES - 1) as f64).ceil() as usize).clamp(1, SHADES - 1)
    }
}

fn caption(analysis: &Analysis, drawn: usize) -> String {
    let all = analysis.improve.channels.len();
    let which = if drawn < all {
        format!(" The {drawn} of {} with the most room.", words::counted(all, "channel"))
    } else {
        String::new()
    };
    format!("The darker, the more. A dash: no reference, or not measured.{which}")
}

fn table(plan: &Plan, analysis: &Analysis, links: &[Link]) -> Table {
    let mut columns = vec![Column::words("Channel")];
    columns.extend(links.iter().map(|link| Column::number(link.title())));
    let row = |channel: &ChannelLevers| {
        let name = plan.channels.get(channel.channel).map_or("", |each| each.name.as_str());
        let cells =
            links.iter().map(|link| format::known(gain(channel, *link), |gain| format::signed(gain, format::money)));
        std::iter::once(printable(name).into_owned()).chain(cells).collect()
    };
    Table::new(columns, analysis.improve.channels.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_the_darkest_and_nothing_the_lightest() {
        assert_eq!([0.0, 0.1, 25.0, 26.0, 100.0].map(|gain| shade(gain, 100.0)), [0, 1, 1, 2, 4]);
        assert_eq!(shade(5.0, 0.0), 0);
    }
}
