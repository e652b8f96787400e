//! The heat map: what reaching the reference is worth, channel by link.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::learned::{Hit, Learned};
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
        let names = self.analysis.improve.channels.iter().filter_map(|each| self.plan.channels.get(each.channel));
        let widest = names.map(|channel| width(&channel.name)).max().unwrap_or(0);
        let links = self.analysis.improve.mapped().len();
        u16::try_from(links * CELL + widest.clamp(12, 24) + 2).unwrap_or(u16::MAX).max(40)
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
        let mut rows = vec![row("All channels", &links, true, |lever| improve.lever(lever)?.gain_headroom)];
        for each in &improve.channels {
            let name = self.plan.channels.get(each.channel).map_or("", |channel| channel.name.as_str());
            rows.push(row(name, &links, false, |lever| each.get(lever)?.gain_headroom));
        }
        let row = match self.chosen.channel {
            None => Some(0),
            Some(channel) => improve.channels.iter().position(|each| each.channel == channel).map(|at| at + 1),
        };
        let column = self.lever.link().and_then(|link| links.iter().position(|each| *each == link));
        let titles: Vec<String> = links.iter().map(|link| link.title().to_owned()).collect();
        let write = |number| format::known(number, format::short);
        let map = Heatmap { columns: &titles, rows: &rows, write, chosen: (row, column) };
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
