//! The list of the nine levers, and the tornado beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::learned::{Hit, Learned};
use super::super::super::widget::text::{line, put};
use super::super::super::widget::tornado::{Gains, Wings};
use super::super::super::widget::words::first_that_fits;
use super::super::shown;
use super::Scene;
use super::columns::{Column, aligned, columns, shifted};
use crate::engine::{ChannelLever, Figures, LinkRate, Per, Reference, ReferenceFrom};
use crate::plan::{Lever, Link};
use crate::report::format;
use crate::report::words::{self, Among};

/// One lever as the list shows it: of the plan or of a channel.
struct Entry<'a> {
    lever: Lever,
    per: Option<Per>,
    rate: Option<f64>,
    /// The rate in few characters, where it may be a large number.
    short: Option<String>,
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
                    short: short_rate(&self.analysis.active, lever),
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
                    short: short_rate(figures, lever),
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
        let columns = columns(place.width, self.chosen.channel.is_none());
        let levers = self.chosen.levers(self.plan, self.analysis);
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
                    put(buffer, at, &aligned(&text, *column, usize::from(at.width)), style);
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
            Column::Leads if self.bets.is_some_and(|bets| bets.old) => "lead…",
            Column::Leads => "leads",
            Column::Coverage => "cover",
            Column::Lift => &lift,
            Column::Point => &first_that_fits(["1 point", "1 pt"], room),
            Column::Headroom => "headroom",
            Column::Tornado => &wings.heading(&lift, "to the reference"),
        };
        aligned(title, column, room)
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
                let text = rate_text(entry, entry.rate);
                let short = entry.short.clone().unwrap_or_else(|| text.clone());
                (format!("{mark}{}", first_that_fits([text.as_str(), short.as_str()], room)), rate_style)
            }
            Column::Reference => match self.chosen.channel {
                Some(_) => (rate_text(entry, entry.reference.map(|reference| reference.rate)), self.theme.text),
                None => (self.below(entry.lever, room), self.theme.text),
            },
            Column::From => (self.from(entry.lever, room), self.theme.muted),
            Column::Sure => (entry.gains.sure.map_or_else(String::new, format::probability), self.theme.text),
            Column::Leads => self.leads(entry),
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

    /// In what share of draws the lever leads; dimmed while a newer answer is being computed.
    fn leads(&self, entry: &Entry<'_>) -> (String, Style) {
        let counted = |link: &Link| Link::COUNTED.contains(link) && entry.gains.headroom.is_some();
        let Some(link) = entry.lever.link().filter(counted) else {
            return (String::new(), self.theme.text);
        };
        match self.bets {
            Some(bets) => {
                let style = if bets.old { self.theme.muted } else { self.theme.text };
                (format::known(bets.found.share(link), format::probability), style)
            }
            None if self.failure.is_some() => (format::BLANK.to_owned(), self.theme.muted),
            None => ("…".to_owned(), self.theme.muted),
        }
    }

    /// How many of the channels that have a reference lie below it; of very many, what share of them.
    fn below(&self, lever: Lever, room: usize) -> String {
        let of_plan = self.analysis.improve.lever(lever).filter(|_| self.chosen.channel.is_none());
        let (below, of) = of_plan.map_or_else(
            || {
                let known = self.first_with_reference(lever);
                let below = known.is_some_and(|each| each.gain_headroom.is_some_and(|gain| gain > 0.0));
                (usize::from(below), usize::from(known.is_some()))
            },
            |found| (found.below, found.referenced),
        );
        if of == 0 {
            return format::BLANK.to_owned();
        }
        let share = format::probability(below as f64 / of as f64);
        first_that_fits([format!("{below} of {of}").as_str(), &share], room)
    }

    /// The lever of that sort in the first of the channels looked at that has a reference for it.
    fn first_with_reference(&self, lever: Lever) -> Option<&ChannelLever> {
        let improve = &self.analysis.improve;
        let channel = self.chosen.channel.or_else(|| improve.lever(lever)?.first_referenced)?;
        improve.channel(channel)?.get(lever).filter(|each| each.reference.is_some())
    }

    /// Where the reference comes from: in all of the channels looked at, or "several".
    fn from(&self, lever: Lever, room: usize) -> String {
        let of_plan = self.analysis.improve.lever(lever).filter(|_| self.chosen.channel.is_none());
        let from = match of_plan.map(|found| found.references_from.as_slice()) {
            Some([_, _, ..]) => return "several".to_owned(),
            Some(_) | None => self.first_with_reference(lever).and_then(|each| {
                let from = each.reference?.from;
                // Where several channels have one, channels were compared.
                let alone = of_plan.is_none_or(|found| found.referenced == 1);
                let periods = alone
                    && from == ReferenceFrom::GoodChannel
                    && Among::of(&self.analysis.improve, self.plan.brief.cadence, each)
                        == Among::Periods(self.plan.brief.cadence);
                Some(if periods { ReferenceFrom::GoodPeriod } else { from })
            }),
        };
        let Some(from) = from else { return String::new() };
        let short = match from {
            ReferenceFrom::Target => "target",
            ReferenceFrom::GoodChannel => "good ch.",
            ReferenceFrom::ExpectedSpread => "expected",
            ReferenceFrom::GoodPeriod => "period",
        };
        first_that_fits([from.key(), short], room)
    }
}

/// A lever's name; where a gap is bridged, with what its rate is counted per.
fn lever_name(entry: &Entry<'_>) -> String {
    match entry.counted.filter(|rate| rate.is_bridged()).and_then(|rate| rate.per.field()) {
        Some(field) => format!("{}/{}", entry.lever.title(), field.title()),
        None => entry.lever.title().to_owned(),
    }
}

/// Cost per method and the value of an order can be large numbers.
fn short_rate(figures: &Figures, lever: Lever) -> Option<String> {
    lever.link().filter(|link| matches!(link, Link::Invest | Link::Value)).map(|link| shown::rate_short(figures, link))
}

/// A rate in the unit of its lever; Spend has none.
fn rate_text(entry: &Entry<'_>, rate: Option<f64>) -> String {
    let Some(link) = entry.lever.link() else { return String::new() };
    let per = entry.per.unwrap_or(Per::nominal(link));
    format::known(rate, |rate| format::rate(link, per, rate))
}
