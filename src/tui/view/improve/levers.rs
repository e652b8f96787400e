//! The list of the nine levers, and the tornado beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::learned::{Hit, Learned};
use super::super::super::widget::text::{line, put};
use super::super::super::widget::tornado::{Gains, Wings};
use super::super::super::widget::words::{first_that_fits, left, right};
use super::super::shown;
use super::Scene;
use crate::engine::{Improve, LinkRate, Per, Reference, ReferenceFrom};
use crate::plan::{Lever, Link};
use crate::report::{format, words};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Lever,
    Rate,
    Reference,
    From,
    Sure,
    Coverage,
    Lift,
    Point,
    Headroom,
    Tornado,
}

impl Column {
    const ALL: [Self; 10] = [
        Self::Lever,
        Self::Rate,
        Self::Reference,
        Self::From,
        Self::Sure,
        Self::Coverage,
        Self::Lift,
        Self::Point,
        Self::Headroom,
        Self::Tornado,
    ];

    /// In the order in which they get room; the tornado takes what is left.
    const BY_WORTH: [Self; 9] = [
        Self::Lever,
        Self::Headroom,
        Self::Rate,
        Self::Reference,
        Self::Lift,
        Self::Sure,
        Self::From,
        Self::Point,
        Self::Coverage,
    ];

    /// Its width, with the gap before it, in narrow windows and in wide ones.
    const fn width(self, wide: bool) -> u16 {
        match self {
            Self::Lever => 11,
            Self::From if wide => 17,
            Self::Sure | Self::Coverage => 6,
            Self::Lift | Self::Point if wide => 10,
            Self::Lift | Self::Point => 8,
            Self::Headroom if wide => 11,
            Self::Rate | Self::Reference | Self::From | Self::Headroom => 9,
            Self::Tornado => 0,
        }
    }

    const fn is_left(self) -> bool {
        matches!(self, Self::Lever | Self::From | Self::Tornado)
    }
}

/// The list takes its wide form from this width on.
const WIDE: u16 = 100;
/// The tornado needs this much.
const TORNADO: u16 = 7;

fn columns(total: u16) -> Vec<(Column, Rect)> {
    let wide = total >= WIDE;
    let mut room = total;
    let mut shown = Vec::new();
    for column in Column::BY_WORTH {
        // In narrow windows the coverage stands below, in what is told of the lever.
        if column.width(wide) <= room && (wide || column != Column::Coverage) {
            room -= column.width(wide);
            shown.push(column);
        }
    }
    if room > TORNADO {
        shown.push(Column::Tornado);
    }
    let mut places = Vec::new();
    let mut x = 0;
    for column in Column::ALL.into_iter().filter(|column| shown.contains(column)) {
        let columns = if column == Column::Tornado { room } else { column.width(wide) };
        let gap = u16::from(column != Column::Lever);
        places.push((column, Rect { x: x + gap, y: 0, width: columns - gap, height: 1 }));
        x += columns;
    }
    places
}

/// One lever as the list shows it: of the plan or of a channel.
struct Entry<'a> {
    lever: Lever,
    per: Option<Per>,
    rate: Option<f64>,
    /// The rate with what it rests on; `None` for Spend.
    counted: Option<&'a LinkRate>,
    reference: Option<Reference>,
    gains: Gains,
    point: Option<f64>,
}

impl Scene<'_> {
    fn entry(&self, lever: Lever) -> Option<Entry<'_>> {
        let improve = &self.analysis.improve;
        match self.chosen.channel {
            None => {
                let found = improve.lever(lever)?;
                Some(Entry {
                    lever,
                    per: found.per,
                    rate: found.rate,
                    counted: lever.link().map(|link| self.analysis.active.link(link)),
                    reference: None,
                    gains: Gains { lift: found.gain_lift, headroom: found.gain_headroom, sure: found.sure },
                    point: found.gain_point,
                })
            }
            Some(channel) => {
                let found = improve.channel(channel)?.get(lever)?;
                let figures = &self.analysis.channels.get(channel)?.figures;
                Some(Entry {
                    lever,
                    per: found.per,
                    rate: found.rate,
                    counted: lever.link().map(|link| figures.link(link)),
                    reference: found.reference,
                    gains: Gains { lift: found.gain_lift, headroom: found.gain_headroom, sure: found.sure },
                    point: found.gain_point,
                })
            }
        }
    }

    pub(super) fn draw_list(&self, buffer: &mut Buffer, place: Rect, learned: &mut Learned) {
        if place.is_empty() {
            return;
        }
        let columns = columns(place.width);
        let levers = self.chosen.levers(&self.analysis.improve);
        let entries: Vec<Entry<'_>> = levers.iter().filter_map(|&lever| self.entry(lever)).collect();
        if entries.is_empty() {
            let words = " This channel is switched off: it takes no part in Improve.";
            put(buffer, line(place, 1), words, self.theme.muted);
            return;
        }
        let tornado = columns.iter().find(|(column, _)| *column == Column::Tornado).map_or(0, |(_, at)| at.width);
        let wings = Wings::of(entries.iter().map(|entry| &entry.gains), usize::from(tornado));
        for (column, at) in &columns {
            let title = self.title(*column, wings, usize::from(at.width));
            put(buffer, shifted(*at, place, 0), &title, self.theme.heading);
        }
        let chosen = entries.iter().position(|entry| entry.lever == self.lever).unwrap_or(0);
        let page = usize::from(place.height).saturating_sub(1);
        let first = (chosen + 1).saturating_sub(page);
        for (y, entry) in (1..place.height).zip(entries.iter().skip(first)) {
            for (column, at) in &columns {
                let at = shifted(*at, place, y);
                if *column == Column::Tornado {
                    wings.draw(buffer, at, entry.gains, self.theme);
                } else {
                    let (text, style) = self.cell(entry, *column, usize::from(at.width));
                    put(buffer, at, &aligned(&text, *column, at.width), style);
                }
            }
            learned.hit(line(place, y), Hit::Lever(entry.lever));
        }
    }

    fn title(&self, column: Column, wings: Wings, room: usize) -> String {
        let lift = format!("+{}", words::lift(self.analysis.improve.lift));
        let reference = if self.chosen.channel.is_some() { ["reference", "ref."] } else { ["below ref", "below"] };
        let title = match column {
            Column::Lever => " lever",
            Column::Rate => "rate",
            Column::Reference => &first_that_fits(reference, room),
            Column::From => "from",
            Column::Sure => "sure",
            Column::Coverage => "cover",
            Column::Lift => &lift,
            Column::Point => &first_that_fits(["1 point", "1 pt"], room),
            Column::Headroom => "headroom",
            Column::Tornado => &wings.heading(&lift, "to the reference"),
        };
        if column.is_left() { left(title, room) } else { right(title, room) }
    }

    fn cell(&self, entry: &Entry<'_>, column: Column, room: usize) -> (String, Style) {
        let chosen = entry.lever == self.lever;
        let thin = entry.counted.is_some_and(LinkRate::is_thin);
        let rate_style = if thin { self.theme.thin } else { self.theme.text };
        let gain = |gain: Option<f64>| {
            let unit = self.analysis.improve.unit;
            let long = format::known(gain, |gain| shown::gain_text(unit, gain));
            let short = format::known(gain, |gain| format::signed(gain, format::short));
            first_that_fits([long.as_str(), short.as_str()], room)
        };
        match column {
            Column::Lever => {
                let mark = if chosen { "▸" } else { " " };
                let style = if chosen { self.theme.selected } else { self.theme.text };
                (format!("{mark}{}", lever_name(entry)), style)
            }
            Column::Rate => {
                let mark = if thin { "~" } else { "" };
                (format!("{mark}{}", rate_text(entry, entry.rate)), rate_style)
            }
            Column::Reference => match self.chosen.channel {
                Some(_) => (rate_text(entry, entry.reference.map(|reference| reference.rate)), self.theme.text),
                None => (self.below(entry.lever), self.theme.text),
            },
            Column::From => (self.from(entry, room), self.theme.muted),
            Column::Sure => (entry.gains.sure.map_or_else(String::new, format::probability), self.theme.text),
            Column::Coverage => {
                let part = entry.counted.and_then(|rate| rate.coverage).filter(|share| *share < 1.0);
                (part.map_or_else(String::new, format::probability), self.theme.warning)
            }
            Column::Lift => {
                let loss = entry.gains.lift.is_some_and(|gain| gain < 0.0);
                (gain(entry.gains.lift), if loss { self.theme.loss } else { self.theme.text })
            }
            Column::Point => (entry.point.map_or_else(String::new, |point| gain(Some(point))), self.theme.text),
            Column::Headroom => {
                let some = entry.gains.headroom.is_some_and(|gain| gain > 0.0);
                (gain(entry.gains.headroom), if some { self.theme.gain } else { self.theme.muted })
            }
            Column::Tornado => (String::new(), self.theme.text),
        }
    }

    /// How many of the channels that have a reference lie below it.
    fn below(&self, lever: Lever) -> String {
        let references = references(&self.analysis.improve, lever);
        let below = references.iter().filter(|(_, gain)| gain.is_some_and(|gain| gain > 0.0)).count();
        if references.is_empty() { format::BLANK.to_owned() } else { format!("{below} of {}", references.len()) }
    }

    fn from(&self, entry: &Entry<'_>, room: usize) -> String {
        let mut from: Vec<ReferenceFrom> = match self.chosen.channel {
            Some(_) => entry.reference.iter().map(|reference| reference.from).collect(),
            None => references(&self.analysis.improve, entry.lever).iter().map(|(from, _)| *from).collect(),
        };
        from.dedup();
        match from.as_slice() {
            [] => String::new(),
            [one] => {
                let short = match one {
                    ReferenceFrom::Target => "target",
                    ReferenceFrom::GoodChannel => "good ch.",
                    ReferenceFrom::ExpectedSpread => "expected",
                    ReferenceFrom::GoodPeriod => "period",
                };
                first_that_fits([one.key(), short], room)
            }
            _ => "several".to_owned(),
        }
    }
}

/// A lever's name; where a gap is bridged, with what its rate is counted per.
fn lever_name(entry: &Entry<'_>) -> String {
    match entry.counted.filter(|rate| rate.is_bridged()).and_then(|rate| rate.per.field()) {
        Some(field) => format!("{}/{}", entry.lever.title(), field.title()),
        None => entry.lever.title().to_owned(),
    }
}

/// Where the references of a lever come from, channel by channel, and what reaching them is worth.
fn references(improve: &Improve, lever: Lever) -> Vec<(ReferenceFrom, Option<f64>)> {
    let levers = improve.channels.iter().filter_map(|channel| channel.get(lever));
    levers.filter_map(|lever| Some((lever.reference?.from, lever.gain_headroom))).collect()
}

/// A rate in the unit of its lever; Spend has none.
fn rate_text(entry: &Entry<'_>, rate: Option<f64>) -> String {
    let Some(link) = entry.lever.link() else { return String::new() };
    let per = entry.per.unwrap_or(Per::nominal(link));
    format::known(rate, |rate| match link {
        Link::Value => format::short(rate),
        _ => format::rate(link, per, rate),
    })
}

fn shifted(at: Rect, place: Rect, y: u16) -> Rect {
    Rect { x: place.x.saturating_add(at.x), y: place.y.saturating_add(y), ..at }.intersection(place)
}

fn aligned(text: &str, column: Column, room: u16) -> String {
    if column.is_left() { left(text, usize::from(room)) } else { right(text, usize::from(room)) }
}
