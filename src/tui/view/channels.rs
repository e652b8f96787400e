//! The table: a row a channel, a column a field, then the computed ones; totals at the foot.
//!
//! ```text
//!   Channel          Spend  Hours  Actions     UV     PV  Consults  Deals ▸
//! ▸ SEO              1,200     64       32  3,290 10,530       172     34
//!   ○ Portal ads    25,000      —        —  3,000      —        45     30
//!   ──────────────────────────────────────────────────────────────────────
//!   Total           26,200     64       32  6,290 10,530       217     64
//! ```
//!
//! `○` is a channel that is switched off, `~` a rate that rests on too few events, `*` one that is counted per an earlier
//! stage, `≈` a forecast number.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::super::cell::Reading;
use super::super::columns::{self, Column};
use super::super::learned::{Hit, Learned};
use super::super::state::{CellEdit, Document, Mode, State, View};
use super::super::theme::Theme;
use super::super::widget::grid::{Cell, Grid, Heading, Laid};
use super::super::widget::{input, text, words};
use crate::engine::{Analysis, Figures};
use crate::plan::{Channel, Link};
use crate::report::{Computed, format};

/// Draws the table.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let Some(document) = &state.document else { return Learned::default() };
    if document.plan().channels.is_empty() {
        return draw_empty(theme, area, buffer);
    }
    let table = &state.channels;
    let rows = Rows { document, theme, committed: false, tight: false };
    let tight = Rows { tight: true, ..rows };
    let typing = matches!(state.mode, Mode::Cell(_));
    let mut headings = headings(state, document, usize::from(area.width));
    if typing {
        keep_widths(&mut headings, state, &Rows { committed: true, ..rows });
    }
    // What would widen its column while one types is written shorter.
    let fits =
        |cell: &Cell, column: usize| !typing || !cell.right || text::width(&cell.text) <= headings[column].widest;
    let cell = |row: usize, column: usize| {
        let (channel, at) = (table.order.get(row).copied(), columns::column(column));
        Some(rows.cell(channel, at)).filter(|cell| fits(cell, column)).unwrap_or_else(|| tight.cell(channel, at))
    };
    let foot = |column: usize| {
        let at = columns::column(column);
        Some(rows.foot(at)).filter(|cell| fits(cell, column)).unwrap_or_else(|| tight.foot(at))
    };
    let grid = Grid {
        headings: &headings,
        rows: table.order.len(),
        cursor: (table.row, Some(table.column)),
        offset: (table.row_offset, table.column_offset),
        cell: &cell,
        foot: Some(&foot),
    };
    let mut laid = grid.draw(theme, area, buffer);
    if let Mode::Cell(edit) = &state.mode {
        draw_edit(edit, theme, area, buffer, &mut laid);
    }
    laid.learned
}

fn draw_empty(theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let lines = [
        ("", theme.text),
        ("This plan has no channels yet.", theme.heading),
        ("", theme.text),
        ("a  adds one: SEO, paid search, a chat group, a partner site …", theme.text),
        (",  says what an order is worth, so that money can be counted", theme.text),
        ("o  goes to the list of plans; the example there shows how it looks", theme.text),
    ];
    let columns = usize::from(area.width.saturating_sub(2));
    let wrapped = lines.into_iter().flat_map(|(said, style)| {
        let said = if said.is_empty() { vec![String::new()] } else { words::wrap_hanging(said, columns, 3) };
        said.into_iter().map(move |line| (line, style))
    });
    for (at, (words, style)) in wrapped.enumerate() {
        let line = text::line(area, u16::try_from(at).unwrap_or(u16::MAX));
        text::put(buffer, Rect { x: line.x + 2, width: line.width.saturating_sub(2), ..line }, &words, style);
    }
    Learned::default()
}

fn headings(state: &State, document: &Document, width: usize) -> Vec<Heading> {
    let brief = &document.plan().brief;
    (0..columns::COUNT)
        .map(|at| {
            let column = columns::column(at);
            let mut words = column.title(brief);
            if let Some(sort) = state.channels.sort.filter(|sort| sort.column == column) {
                words.push(if sort.ascending { '↑' } else { '↓' });
            }
            let (narrowest, widest) = match column {
                Column::Name => (10, (width / 4).clamp(14, 32)),
                Column::Note => (12, 32),
                Column::Field(_) | Column::Computed(_) | Column::Rate(_) => (6, 13),
            };
            let right = !matches!(column, Column::Name | Column::Note);
            Heading { text: words, narrowest, widest, right }
        })
        .collect()
}

/// Columns of numbers stay as wide as they were before typing began.
fn keep_widths(headings: &mut [Heading], state: &State, rows: &Rows<'_>) {
    let table = &state.channels;
    let in_sight = table.order.iter().skip(table.row_offset).take(state.learned.page);
    let in_sight: Vec<Option<usize>> = in_sight.copied().map(Some).collect();
    for (at, heading) in headings.iter_mut().enumerate().filter(|(_, heading)| heading.right) {
        let column = columns::column(at);
        let cells = in_sight.iter().map(|channel| rows.cell(*channel, column)).chain([rows.foot(column)]);
        let content = cells.map(|cell| text::width(&cell.text)).max().unwrap_or(0);
        let wide = content.max(text::width(&heading.text)).clamp(heading.narrowest, heading.widest);
        (heading.narrowest, heading.widest) = (wide, wide);
    }
}

/// What the number under the table's cursor is counted per, where that is not what its column says.
pub(super) fn unit_under_cursor(state: &State, document: &Document) -> Option<String> {
    let browsing = state.view == View::Channels && matches!(state.mode, Mode::Browse);
    let channel = state.channels.channel().filter(|_| browsing)?;
    let Column::Rate(link) = columns::column(state.channels.column) else { return None };
    if link == Link::Reach {
        return Some(format!("{} here: visitors per unit of cost", link.title()));
    }
    let rate = document.analysis().channels.get(channel)?.figures.link(link);
    (rate.is_bridged() && document.variance().is_none()).then(|| format!("* {}", rate.per.in_words()))
}

/// What stands in the cells.
#[derive(Clone, Copy)]
struct Rows<'a> {
    document: &'a Document,
    theme: &'a Theme,
    /// Without what is being typed.
    committed: bool,
    /// Numbers are written short.
    tight: bool,
}

impl Rows<'_> {
    fn analysis(&self) -> &Analysis {
        if self.committed { self.document.committed() } else { self.document.analysis() }
    }

    fn cell(&self, channel: Option<usize>, column: Column) -> Cell {
        let found = channel.and_then(|at| Some((at, self.document.plan().channels.get(at)?.as_ref())));
        let Some((at, channel)) = found else { return Cell::default() };
        let style = if channel.active { self.theme.text } else { self.theme.muted };
        match column {
            Column::Name => {
                let mark = if channel.active { "" } else { "○ " };
                Cell::words(format!("{mark}{}", channel.name), style)
            }
            Column::Note => Cell::words(self.note(channel), style),
            Column::Field(_) | Column::Computed(_) | Column::Rate(_) => {
                if let Some(variance) = self.document.variance() {
                    return self.difference(variance.of_channel(at, |figures| column.value(figures)), column);
                }
                let Some(analysis) = self.analysis().channels.get(at) else { return Cell::default() };
                self.number(&analysis.figures, column, style)
            }
        }
    }

    fn foot(&self, column: Column) -> Cell {
        match column {
            Column::Name => Cell::words("Total", self.theme.heading),
            Column::Note => Cell::default(),
            // A plan's Reach is per method, its column here per unit of cost: shown as the channels'.
            Column::Field(_) | Column::Computed(_) | Column::Rate(_) => {
                if let Some(variance) = self.document.variance() {
                    return self.difference(variance.of_total(|figures| column.value(figures)), column);
                }
                self.number(&self.analysis().total, column, self.theme.heading)
            }
        }
    }

    fn note(&self, channel: &Channel) -> String {
        let record = self.document.editable().ok().and_then(|(layer, day)| channel.records(layer).get(day));
        record.map(|record| record.note().to_owned()).unwrap_or_default()
    }

    fn number(&self, figures: &Figures, column: Column, style: Style) -> Cell {
        let Some(number) = column.value(figures) else { return Cell::number(format::BLANK, self.theme.muted) };
        let short = self.tight && !matches!(column, Column::Rate(_) | Column::Computed(Computed::Roi));
        let shown = if short { format::short(number) } else { shown(figures, column, number) };
        if let Column::Rate(link) = column
            && let rate = figures.link(link)
            && (rate.is_thin() || rate.is_bridged())
        {
            let (before, after) = (if rate.is_thin() { "~" } else { "" }, if rate.is_bridged() { "*" } else { "" });
            let mark = if rate.is_thin() { self.theme.thin } else { self.theme.muted };
            return Cell::number(format!("{before}{shown}{after}"), mark);
        }
        if column.is_forecast(figures) {
            return Cell::number(format!("≈{shown}"), style.patch(self.theme.forecast));
        }
        let style = match column {
            Column::Computed(Computed::Profit | Computed::Roi) if number < 0.0 => style.patch(self.theme.loss),
            Column::Computed(Computed::Profit | Computed::Roi) if number > 0.0 => style.patch(self.theme.gain),
            Column::Computed(Computed::Multiple) if number < 1.0 => style.patch(self.theme.loss),
            _ => style,
        };
        Cell::number(shown, style)
    }

    /// Actual − planned: always with its sign; better or worse in colour where that can be said.
    fn difference(&self, difference: Option<f64>, column: Column) -> Cell {
        let Some(difference) = difference else { return Cell::number(format::BLANK, self.theme.muted) };
        let figures = &self.analysis().total;
        let shown = format::signed(difference, |size| shown(figures, column, size).replace('+', ""));
        let style = match column.more_is_better() {
            Some(more) if difference != 0.0 && (difference > 0.0) == more => self.theme.gain,
            Some(_) if difference != 0.0 => self.theme.loss,
            _ => self.theme.text,
        };
        Cell::number(shown, style)
    }
}

fn shown(figures: &Figures, column: Column, number: f64) -> String {
    let full = column.shown(figures, number);
    // What is wider than its column would lose its last digits.
    if text::width(&full) > 11 { format::short(number) } else { full }
}

/// Makes room: cells of which a part is covered are taken away whole, so that no number loses digits.
fn clear(line: Rect, learned: &Learned, buffer: &mut Buffer) {
    let columns = learned.hits.iter().filter_map(|(place, hit)| {
        let touched = matches!(hit, Hit::Heading(_)) && place.left() < line.right() && line.left() < place.right();
        touched.then_some(Rect { y: line.y, height: 1, ..*place })
    });
    for each in columns.chain([line]) {
        Clear.render(each.intersection(buffer.area), buffer);
        buffer.set_style(each.intersection(buffer.area), Style::reset());
    }
}

/// The cell that is typed into: at least as wide as its text, with the outcome or the reason under it.
fn draw_edit(edit: &CellEdit, theme: &Theme, area: Rect, buffer: &mut Buffer, laid: &mut Laid) {
    let cell = laid.cursor.intersection(area);
    if cell.is_empty() {
        return;
    }
    let typed = u16::try_from(text::width(edit.input.value())).unwrap_or(u16::MAX).saturating_add(1);
    let width = cell.width.max(typed).min(area.width);
    let x = cell.x.min(area.right().saturating_sub(width));
    let place = Rect { x, width, ..cell };
    clear(place, &laid.learned, buffer);
    laid.learned.cursor = input::draw(&edit.input, theme, place, buffer);
    let (words, style) = match &edit.reading {
        Reading::Value(_, Some(way)) => (way.as_str(), theme.accent),
        Reading::Refused(reason) if edit.refused => (reason.as_str(), theme.error),
        Reading::Refused(reason) => (reason.as_str(), theme.muted),
        Reading::Blank | Reading::Value(_, None) => return,
    };
    let words = format!(" {words} ");
    let below = cell.y + 1 < area.bottom();
    let y = if below { cell.y + 1 } else { cell.y.saturating_sub(1) };
    let width = u16::try_from(text::width(&words)).unwrap_or(u16::MAX).min(area.width);
    let x = place.right().saturating_sub(width).max(area.x);
    let line = Rect { x, y, width, height: 1 };
    clear(line, &laid.learned, buffer);
    text::put(buffer, line, &words, style.patch(theme.selected));
}
