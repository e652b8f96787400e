//! The heat map: what reaching the reference is worth, channel by link.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::learned::{Hit, Learned};
use super::super::super::state::LARGE;
use super::super::super::widget::heatmap::{Heatmap, Place, Row};
use super::super::super::widget::text::{line, put, width};
use super::super::super::widget::words::wrap;
use super::Scene;
use crate::plan::{Lever, Link};
use crate::report::format;

/// Columns of a cell, with its gap.
const CELL: usize = 9;

impl Scene<'_> {
    /// How wide the map would like to be.
    pub(super) fn map_width(&self) -> u16 {
        let links = self.analysis.improve.mapped().len();
        u16::try_from(links * CELL + self.widest_name().clamp(12, 24) + 2).unwrap_or(u16::MAX).max(40)
    }

    /// Columns of the widest name; of very many channels all that a name may take, for one of them needs it.
    fn widest_name(&self) -> usize {
        let channels = &self.analysis.improve.channels;
        if channels.len() > LARGE {
            return usize::from(u16::MAX);
        }
        let names = channels.iter().filter_map(|each| self.plan.channels.get(each.channel));
        names.map(|channel| width(&channel.name)).max().unwrap_or(0)
    }

    pub(super) fn draw_map(&self, buffer: &mut Buffer, place: Rect, learned: &mut Learned) {
        if place.height < 2 {
            return;
        }
        let improve = &self.analysis.improve;
        let links = self.analysis.improve.mapped();
        let (mark, style) = if self.chosen.map { ("▸ ", self.theme.accent) } else { ("", self.theme.muted) };
        put(buffer, line(place, 0), &format!("{mark}What reaching the reference is worth"), style);
        let below = Rect { y: place.y + 1, height: place.height - 1, ..place };
        if links.is_empty() {
            let words = "No link of any channel has a reference yet. Set targets in the settings (,), or record the \
                         same stages for a second channel, so that channels can be compared.";
            for (y, text) in (0..below.height).zip(wrap(words, usize::from(below.width))) {
                put(buffer, line(below, y), &text, self.theme.text);
            }
            return;
        }
        let row = |at: usize| {
            let Some(each) = at.checked_sub(1).and_then(|at| improve.channels.get(at)) else {
                return row("All channels", &links, true, |lever| improve.lever(lever)?.gain_headroom);
            };
            let name = self.plan.channels.get(each.channel).map_or("", |channel| channel.name.as_str());
            row(name, &links, false, |lever| each.get(lever)?.gain_headroom)
        };
        let best = links.iter().filter_map(|link| improve.lever(Lever::Link(*link))?.best.first());
        let chosen = match self.chosen.channel {
            None => Some(0),
            Some(channel) => improve.channels.binary_search_by_key(&channel, |each| each.channel).ok().map(|at| at + 1),
        };
        let column = self.lever.link().and_then(|link| links.iter().position(|each| *each == link));
        let titles: Vec<String> = links.iter().map(|link| link.title().to_owned()).collect();
        let write = |number| format::known(number, format::short);
        let map = Heatmap {
            columns: &titles,
            rows: improve.channels.len() + 1,
            row: &row,
            widest: self.widest_name().max(width("All channels")),
            hottest: best.map(|(_, gain)| *gain).fold(0.0, f64::max),
            write,
            chosen: (chosen, column),
        };
        for (at, what) in map.draw(buffer, below, self.theme) {
            learned.hit(
                at,
                match what {
                    Place::Column(column) => Hit::Lever(Lever::Link(links[column])),
                    Place::Row(0) => Hit::Channel(None),
                    Place::Row(row) => Hit::Channel(improve.channels.get(row - 1).map(|each| each.channel)),
                },
            );
        }
    }
}

/// A row of the map, a cell for each link.
fn row<'a>(name: &'a str, links: &[Link], total: bool, gain: impl Fn(Lever) -> Option<f64>) -> Row<'a> {
    Row { name, cells: links.iter().map(|link| gain(Lever::Link(*link))).collect(), total }
}
