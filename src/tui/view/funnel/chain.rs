//! The chain: a row a stage with its bar, a row a link with what is known of its rate.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::widget::funnel_chart::{self, Scale, StageBar};
use super::super::super::widget::text::put;
use super::super::super::widget::words::{first_that_fits, left, right};
use super::super::shown;
use super::{Item, Scene};
use crate::engine::{Figures, GainUnit, LinkRate};
use crate::plan::{Link, Stage};
use crate::report::{format, words};

/// What stands right of a link's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Words,
    Interval,
    Change,
    Target,
    Missing,
    Coverage,
}

impl Column {
    const fn width(self) -> u16 {
        match self {
            Self::Words => 24,
            Self::Interval => 12,
            Self::Change => 14,
            Self::Target | Self::Missing => 7,
            Self::Coverage => 5,
        }
    }

    /// In the order in which they stand.
    const ALL: [Self; 6] = [Self::Words, Self::Interval, Self::Change, Self::Target, Self::Missing, Self::Coverage];
    /// In the order in which they get room.
    const BY_WORTH: [Self; 6] =
        [Self::Interval, Self::Change, Self::Target, Self::Missing, Self::Coverage, Self::Words];
}

/// Where things stand in the rows of the chain.
pub(super) struct Columns {
    /// The name, behind the mark of the cursor.
    name: u16,
    /// The number of a stage, the rate of a link.
    number: u16,
    /// What stands right of it, with its offset from the left.
    beside: Vec<(Column, u16)>,
}

impl Columns {
    pub(super) fn of(total: u16) -> Self {
        let name = 16.min(total / 3);
        let number = 10.min(total.saturating_sub(name + 2));
        let mut room = total.saturating_sub(name + number + 2);
        let mut shown = Vec::new();
        for column in Column::BY_WORTH {
            if column.width() < room {
                room -= column.width() + 1;
                shown.push(column);
            }
        }
        let mut offset = name + number + 2;
        let mut columns = Vec::new();
        for column in Column::ALL.into_iter().filter(|column| shown.contains(column)) {
            columns.push((column, offset + 1));
            offset += column.width() + 1;
        }
        Self { name, number, beside: columns }
    }

    pub(super) fn name(&self, place: Rect) -> Rect {
        sub(place, 1, self.name)
    }

    pub(super) fn number(&self, place: Rect) -> Rect {
        sub(place, self.name + 2, self.number)
    }

    /// Everything right of the number.
    pub(super) fn rest(&self, place: Rect) -> Rect {
        let offset = self.name + self.number + 3;
        sub(place, offset, place.width.saturating_sub(offset + 1))
    }
}

/// A part of a line: `columns` from `offset` on, as much of it as there is.
pub(super) fn sub(line: Rect, offset: u16, columns: u16) -> Rect {
    let offset = offset.min(line.width);
    Rect { x: line.x + offset, width: columns.min(line.width - offset), ..line }
}

impl Scene<'_> {
    pub(super) fn draw_heading(&self, buffer: &mut Buffer, place: Rect, columns: &Columns) {
        let style = self.theme.heading;
        if let Some(variance) = self.variance {
            self.draw_compared_heading(buffer, place, variance, columns);
            return;
        }
        let number = if self.analysis.total.forecast { "forecast" } else { "number" };
        put(buffer, columns.number(place), &right(number, usize::from(columns.number)), style);
        let before = self.before.as_ref().map_or_else(|| "change".to_owned(), |(name, _)| format!("vs {name}"));
        for &(column, offset) in &columns.beside {
            let room = usize::from(column.width());
            let title = match column {
                Column::Words => left("rate", room),
                Column::Interval => right("80% interval", room),
                Column::Change => right(&first_that_fits([before.as_str(), "vs before"], room), room),
                Column::Target => right("target", room),
                Column::Missing => right("missing", room),
                Column::Coverage => right("cover", room),
            };
            put(buffer, sub(place, offset, column.width()), &title, style);
        }
    }

    /// The mark of the cursor and the name.
    pub(super) fn draw_name(&self, buffer: &mut Buffer, place: Rect, item: Item, columns: &Columns) {
        let (name, style) = match item {
            Item::Stage(stage) => {
                (shown::stage_name(&self.plan.brief, stage, self.unit).to_owned(), self.theme.heading)
            }
            Item::Link(link) => (self.link_name(link), self.theme.text),
            Item::Figure(_) | Item::Check(_) => return,
        };
        let chosen = item == self.chosen;
        if chosen {
            put(buffer, sub(place, 0, 1), "▸", self.theme.accent);
        }
        let style = if chosen { self.theme.selected } else { style };
        put(buffer, columns.name(place), &name, style);
    }

    /// A link's name; where a gap is bridged, with what its rate is counted per.
    fn link_name(&self, link: Link) -> String {
        let rate = self.analysis.total.link(link);
        match rate.per.field().filter(|_| rate.is_bridged()) {
            Some(field) => format!("↓ {} per {}", link.title(), field.title()),
            None => format!("↓ {}", link.title()),
        }
    }

    pub(super) fn draw_stage(&self, buffer: &mut Buffer, place: Rect, stage: Stage, columns: &Columns) {
        let total = &self.analysis.total;
        self.draw_name(buffer, place, Item::Stage(stage), columns);
        let number = shown::stage_number(total, stage, self.unit);
        let text = format::known(number, |number| shown::stage_text(stage, self.unit, number));
        let style = if total.forecast && number.is_some() { self.theme.forecast } else { self.theme.text };
        let short = format::known(number, format::short);
        let text = first_that_fits([text.as_str(), short.as_str()], usize::from(columns.number));
        put(buffer, columns.number(place), &right(&text, usize::from(columns.number)), style);
        let scale = self.scale(stage, [total]);
        if stage == Stage::Methods {
            self.draw_ruler(buffer, columns.rest(place), scale);
        }
        let bar = StageBar { number, planned: None, money: shown::is_money(stage, self.unit), scale };
        funnel_chart::draw(buffer, columns.rest(place), bar, &self.gap_in_words(stage), self.theme);
    }

    /// The scale of a stage's bar: money on one, counts on another.
    pub(super) fn scale<'f>(&self, stage: Stage, figures: impl IntoIterator<Item = &'f Figures>) -> Scale {
        let money = shown::is_money(stage, self.unit);
        let alike = |stage: &Stage| shown::is_money(*stage, self.unit) == money;
        let mut numbers = Vec::new();
        for figures in figures {
            let stages = Stage::ALL.into_iter().filter(alike);
            numbers.extend(stages.map(|stage| shown::stage_number(figures, stage, self.unit)));
        }
        if money { Scale::linear(numbers) } else { Scale::logarithmic(numbers) }
    }

    /// What a stage that was not measured does to the links below it.
    pub(super) fn gap_in_words(&self, stage: Stage) -> String {
        let brief = &self.plan.brief;
        let total = &self.analysis.total;
        let bridged = [Link::Consult, Link::Close]
            .into_iter()
            .map(|link| total.link(link))
            .find(|rate| rate.is_bridged() && shown::end_of(rate.link) > stage && shown::stage_of(rate.per) < stage);
        match (stage, bridged) {
            (_, Some(rate)) => format!("not measured: {} is counted {}", rate.link.title(), rate.per.in_words()),
            (Stage::Result, _) if self.unit == GainUnit::Money => "no orders with a known value".to_owned(),
            (Stage::Deals, _) => {
                format!("not measured: without {} there is no result", brief.label(stage).to_lowercase())
            }
            (Stage::Repeats | Stage::Referrals, _) => "not measured: counted as none".to_owned(),
            _ => "not measured".to_owned(),
        }
    }

    /// The scale of the counts, behind the bar of the first of them, which leaves room for it.
    pub(super) fn draw_ruler(&self, buffer: &mut Buffer, place: Rect, scale: Scale) {
        put(buffer, place, &scale.ruler(usize::from(place.width)), self.theme.muted);
    }

    pub(super) fn draw_link(&self, buffer: &mut Buffer, place: Rect, link: Link, columns: &Columns) {
        let rate = self.analysis.total.link(link);
        let item = Item::Link(link);
        self.draw_name(buffer, place, item, columns);
        let style = if rate.is_thin() { self.theme.thin } else { self.theme.text };
        let mark = if rate.is_thin() { "~" } else { "" };
        let (text, short) = (shown::rate_text(rate), shown::rate_short(&self.analysis.total, link));
        let room = usize::from(columns.number);
        let text = format!("{mark}{}", first_that_fits([text.as_str(), short.as_str()], room));
        put(buffer, columns.number(place), &right(&text, usize::from(columns.number)), style);
        if rate.rate.is_none() {
            put(buffer, columns.rest(place), &self.no_rate_in_words(rate), self.theme.muted);
            return;
        }
        for &(column, offset) in &columns.beside {
            let (text, style) = self.link_cell(rate, column, style);
            let room = usize::from(column.width());
            let text = if column == Column::Words { left(&text, room) } else { right(&text, room) };
            put(buffer, sub(place, offset, column.width()), &text, style);
        }
        // Where there is no column for words, those of Invest and Reach, which have no interval, take its place.
        if !columns.beside.iter().any(|(column, _)| *column == Column::Words) && rate.interval().is_none() {
            let words = match link {
                Link::Invest | Link::Reach => "per method",
                _ => "per order",
            };
            if let Some((column, offset)) = columns.beside.iter().find(|(column, _)| *column == Column::Interval) {
                put(buffer, sub(place, *offset, column.width()), words, self.theme.muted);
            }
        }
    }

    fn link_cell(&self, rate: &LinkRate, column: Column, style: Style) -> (String, Style) {
        let link = rate.link;
        match column {
            Column::Words => (words::rate_of(link, rate.per).to_owned(), self.theme.muted),
            Column::Interval => (shown::interval_text(rate).unwrap_or_default(), style),
            Column::Change => self.change(rate),
            Column::Target => {
                let target = self.plan.brief.targets.get(&link);
                (target.map_or_else(String::new, |target| shown::target_text(link, *target)), self.theme.text)
            }
            Column::Missing => {
                let missing = rate.events_missing().map(|events| format!("~{}", format::short(events.ceil())));
                (missing.unwrap_or_default(), self.theme.thin)
            }
            Column::Coverage => {
                let part = rate.coverage.filter(|share| *share < 1.0);
                (part.map_or_else(String::new, format::probability), self.theme.warning)
            }
        }
    }

    fn change(&self, rate: &LinkRate) -> (String, Style) {
        let Some((_, before)) = &self.before else { return (String::new(), self.theme.muted) };
        match self.analysis.total.rate_change(&before.total, rate.link) {
            None => (format::BLANK.to_owned(), self.theme.muted),
            Some(change) => {
                let style = match rate.link {
                    Link::Invest => self.theme.text,
                    _ if change > 0.0 => self.theme.gain,
                    _ if change < 0.0 => self.theme.loss,
                    _ => self.theme.muted,
                };
                (shown::change_text(rate.link, rate.per, change), style)
            }
        }
    }

    /// Why a link has no rate.
    fn no_rate_in_words(&self, rate: &LinkRate) -> String {
        let brief = &self.plan.brief;
        let total = &self.analysis.total;
        let name = |stage| shown::stage_name(brief, stage, self.unit).to_lowercase();
        let end = shown::end_of(rate.link);
        match rate.link {
            Link::Value if self.unit == GainUnit::Orders => {
                "no order value known: orders are counted instead".to_owned()
            }
            Link::Value => "no orders with a known value".to_owned(),
            Link::Invest => "no cost is known".to_owned(),
            _ if shown::stage_number(total, end, self.unit).is_none() => format!("needs {}", name(end)),
            _ => {
                let start = shown::stage_of(rate.per);
                match shown::stage_number(total, start, self.unit) {
                    // A gap can be bridged: then what is further up does as well.
                    None if rate.link == Link::Consult => {
                        format!("needs {} or {}", name(start), name(Stage::Visitors))
                    }
                    None => format!("needs {}", name(start)),
                    Some(0.0) => format!("no {} to count it per", name(start)),
                    Some(_) => format!("{} and {} in no record together", name(start), name(end)),
                }
            }
        }
    }
}
