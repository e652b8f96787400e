//! A table that scrolls both ways. Only what is in sight is asked for; the first column stays in sight.
//!
//! ```text
//!   Channel          ◂ Deals  Repeats ▸      the headings; arrows where there is more to the left or right
//! ▸ 百度推广             30        6         the cursor's row, its cell reversed
//!   Portal ads           30        —
//!   ───────────────────────────────
//!   Total                60        6         the foot
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;

use super::super::learned::{Hit, Learned};
use super::super::theme::Theme;
use super::text;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// Where it stands: numbers to the right.
    pub right: bool,
}

impl Cell {
    /// A number, at the right.
    pub fn number(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, right: true }
    }

    /// Words, at the left.
    pub fn words(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, right: false }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its heading.
    pub text: String,
    /// It is never narrower …
    pub narrowest: usize,
    /// … nor wider than this.
    pub widest: usize,
    /// Its heading stands at the right.
    pub right: bool,
}

/// What is drawn; the cells are asked for as they come into sight.
pub struct Grid<'a> {
    /// The columns; the first one stays in sight.
    pub headings: &'a [Heading],
    /// How many rows there are.
    pub rows: usize,
    /// The cursor's row and column; the column is `None` where whole rows are chosen, and a row beyond the last one
    /// means that the cursor is elsewhere.
    pub cursor: (usize, Option<usize>),
    /// The first row and the first column after the name that were in sight.
    pub offset: (usize, usize),
    /// What stands in a row's column.
    pub cell: &'a dyn Fn(usize, usize) -> Cell,
    /// What stands at the foot of a column.
    pub foot: Option<&'a dyn Fn(usize) -> Cell>,
}

/// Where things came to stand.
#[derive(Debug, Clone, Default)]
pub struct Laid {
    /// What was learned.
    pub learned: Learned,
    /// The cursor's cell; empty where there is none.
    pub cursor: Rect,
}

/// Room for the cursor's mark before the first column.
const GUTTER: u16 = 2;
/// Columns are this far apart.
const GAP: u16 = 2;

/// A column in sight: its number, where it begins, how wide it is, and its cells from the first row in sight.
struct Seen {
    column: usize,
    x: u16,
    width: u16,
    cells: Vec<Cell>,
    foot: Option<Cell>,
}

impl Grid<'_> {
    /// Draws the table.
    pub fn draw(&self, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Laid {
        let mut laid = Laid::default();
        let area = area.intersection(buffer.area);
        if area.height == 0 || area.width <= GUTTER || self.headings.is_empty() {
            return laid;
        }
        let foot_lines = if self.foot.is_some() { foot_height(area.height) } else { 0 };
        let page = usize::from(area.height.saturating_sub(1 + foot_lines));
        let first = self.first_row(page);
        let seen = self.columns_in_sight(area, first, page);
        laid.learned.page = page;
        laid.learned.offset = first;
        laid.learned.column_offset = seen.get(1).map_or(self.offset.1, |second| second.column);
        self.draw_headings(theme, area, buffer, &seen, &mut laid.learned);
        for at in 0..page.min(self.rows.saturating_sub(first)) {
            let line = text::line(area, u16::try_from(at + 1).unwrap_or(u16::MAX));
            self.draw_row(theme, line, buffer, &seen, (first + at, at), &mut laid);
        }
        if foot_lines > 0 {
            draw_foot(theme, area, buffer, &seen, foot_lines);
        }
        laid
    }

    /// The first row in sight, so that the cursor's is.
    fn first_row(&self, page: usize) -> usize {
        let (row, offset) = (self.cursor.0, self.offset.0);
        let last_first = self.rows.saturating_sub(page);
        if row >= self.rows {
            return offset.min(last_first);
        }
        let lowest = (row + 1).saturating_sub(page.max(1));
        offset.clamp(lowest.min(row), row.max(lowest)).min(last_first.max(lowest))
    }

    /// The columns from the offset on that have room, so that the cursor's has.
    fn columns_in_sight(&self, area: Rect, first: usize, page: usize) -> Vec<Seen> {
        let rows = first..(first + page).min(self.rows);
        let x = area.x + GUTTER;
        let right = area.right();
        let mut name = self.seen(0, rows.clone());
        name.x = x;
        name.width = name.width.min((right - x).min((area.width / 3).max(8)));
        let begin = name.x + name.width + GAP;
        let chosen = self.cursor.1.filter(|column| *column > 0);
        let mut offset = self.offset.1.clamp(1, self.headings.len().max(2) - 1);
        if let Some(chosen) = chosen {
            offset = offset.min(chosen);
        }
        loop {
            let mut columns = Vec::new();
            let mut x = begin;
            for column in offset..self.headings.len() {
                let mut seen = self.seen(column, rows.clone());
                seen.x = x;
                if x.saturating_add(seen.width) > right {
                    // Words may be cut, numbers never.
                    let heading = &self.headings[column];
                    if heading.right || usize::from(right.saturating_sub(x)) < heading.narrowest {
                        break;
                    }
                    seen.width = right - x;
                }
                x += seen.width + GAP;
                columns.push(seen);
            }
            let in_sight = chosen.is_none_or(|chosen| columns.iter().any(|seen| seen.column == chosen));
            if in_sight || chosen.is_none_or(|chosen| offset >= chosen) {
                // A lone column that has no room is cut rather than hidden.
                if columns.is_empty() && begin < right && offset < self.headings.len() {
                    let mut seen = self.seen(offset, rows);
                    (seen.x, seen.width) = (begin, right - begin);
                    columns.push(seen);
                }
                columns.insert(0, name);
                return columns;
            }
            offset += 1;
        }
    }

    fn seen(&self, column: usize, rows: std::ops::Range<usize>) -> Seen {
        let heading = &self.headings[column];
        let cells: Vec<Cell> = rows.map(|row| (self.cell)(row, column)).collect();
        let foot = self.foot.map(|foot| foot(column));
        let content = cells.iter().chain(&foot).map(|cell| text::width(&cell.text)).max().unwrap_or(0);
        let wide = content.max(text::width(&heading.text)).clamp(heading.narrowest, heading.widest);
        Seen { column, x: 0, width: u16::try_from(wide).unwrap_or(u16::MAX), cells, foot }
    }

    fn draw_headings(&self, theme: &Theme, area: Rect, buffer: &mut Buffer, seen: &[Seen], learned: &mut Learned) {
        for each in seen {
            let heading = &self.headings[each.column];
            let place = Rect { x: each.x, width: each.width, height: 1, ..area };
            let alignment = if heading.right { Alignment::Right } else { Alignment::Left };
            let style = if self.cursor.1 == Some(each.column) { theme.accent } else { theme.heading };
            text::put_aligned(buffer, place, &heading.text, style, alignment);
            learned.hit(place, Hit::Heading(each.column));
        }
        let hint = |x: u16| Rect { x, width: 1, height: 1, ..area };
        if let Some(second) = seen.get(1).filter(|second| second.column > 1) {
            text::put(buffer, hint(second.x.saturating_sub(2)), "◂", theme.key);
        }
        if let Some(last) = seen.last().filter(|last| last.column + 1 < self.headings.len()) {
            let x = (last.x + last.width).min(area.right().saturating_sub(1));
            text::put(buffer, hint(x), "▸", theme.key);
        }
    }

    fn draw_row(
        &self,
        theme: &Theme,
        line: Rect,
        buffer: &mut Buffer,
        seen: &[Seen],
        (row, at): (usize, usize),
        laid: &mut Laid,
    ) {
        let current = row == self.cursor.0;
        if current {
            text::put(buffer, Rect { width: 1, ..line }, "▸", theme.accent);
        }
        laid.learned.hit(line, Hit::Row(row));
        for each in seen {
            let place = Rect { x: each.x, width: each.width, ..line };
            let Some(cell) = each.cells.get(at) else { continue };
            let chosen = current && self.cursor.1.is_none_or(|column| column == each.column);
            let style = if current { cell.style.patch(theme.row) } else { cell.style };
            let alignment = if cell.right { Alignment::Right } else { Alignment::Left };
            text::put_aligned(buffer, place, &cell.text, style, alignment);
            if chosen && self.cursor.1.is_some() {
                // What is chosen is shown whole: reversed from edge to edge.
                buffer.set_style(place.intersection(buffer.area), theme.selected);
                laid.cursor = place;
            }
            laid.learned.hit(place, Hit::Cell(row, each.column));
        }
        if current && self.cursor.1.is_none() {
            buffer.set_style(line.intersection(buffer.area), theme.selected);
            laid.cursor = line;
        }
    }
}

/// The foot takes a rule and a line, in low windows the line alone, in very low ones nothing.
const fn foot_height(height: u16) -> u16 {
    match height {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

fn draw_foot(theme: &Theme, area: Rect, buffer: &mut Buffer, seen: &[Seen], lines: u16) {
    if lines > 1 {
        let rule = text::line(area, area.height - 2);
        let wide = seen.last().map_or(0, |last| last.x + last.width).saturating_sub(area.x + GUTTER);
        let rule = Rect { x: rule.x + GUTTER, width: wide.min(rule.width - GUTTER), ..rule };
        text::put(buffer, rule, &"─".repeat(usize::from(rule.width)), theme.border);
    }
    let line = text::line(area, area.height - 1);
    for each in seen {
        if let Some(cell) = &each.foot {
            let alignment = if cell.right { Alignment::Right } else { Alignment::Left };
            let place = Rect { x: each.x, width: each.width, ..line };
            text::put_aligned(buffer, place, &cell.text, cell.style, alignment);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::theme::ThemeName;
    use super::*;

    fn headings(count: usize) -> Vec<Heading> {
        (0..count).map(|at| Heading { text: format!("H{at}"), narrowest: 4, widest: 12, right: at > 0 }).collect()
    }

    fn draw(width: u16, height: u16, cursor: (usize, Option<usize>), offset: (usize, usize)) -> (Laid, Vec<String>) {
        let area = Rect::new(0, 0, width, height);
        let mut buffer = Buffer::empty(area);
        let headings = headings(9);
        let cell = |row: usize, column: usize| {
            if column == 0 {
                Cell::words(format!("百度{row}"), Style::new())
            } else {
                Cell::number(format!("{row}.{column}"), Style::new())
            }
        };
        let foot = |column: usize| Cell::number(format!("t{column}"), Style::new());
        let grid = Grid { headings: &headings, rows: 20, cursor, offset, cell: &cell, foot: Some(&foot) };
        let laid = grid.draw(&Theme::of(ThemeName::Mono), area, &mut buffer);
        let lines = (0..height)
            .map(|y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned())
            .collect();
        (laid, lines)
    }

    #[test]
    fn the_cursor_is_brought_into_sight_and_the_name_stays() {
        let (laid, lines) = draw(30, 10, (15, Some(8)), (0, 1));
        let screen = lines.join("\n");
        assert!(!laid.cursor.is_empty(), "{screen}");
        assert!(screen.contains("▸ 百"), "{screen}");
        assert!(lines[0].contains('◂') && !lines[0].contains('▸'), "{screen}");
        assert!(laid.learned.offset + laid.learned.page > 15, "{screen}");
    }

    #[test]
    fn numbers_stand_under_each_other_beside_wide_names() {
        let (_, lines) = draw(30, 8, (0, Some(1)), (0, 1));
        // A wide character leaves its second cell empty, so both lines have as many cells before the number.
        assert_eq!(lines[1].find("0.1").map(|at| lines[1][..at].chars().count()), {
            lines[2].find("1.1").map(|at| lines[2][..at].chars().count())
        });
    }

    #[test]
    fn any_size_can_be_drawn() {
        for width in 0..40 {
            for height in 0..12 {
                for cursor in [(0, None), (19, Some(8)), (7, Some(0))] {
                    draw(width, height, cursor, (3, 4));
                }
            }
        }
    }
}
