//! A heat map of numbers, rows by columns: each cell its number and a shade, so that it works without colour.
//!
//! ```text
//!                Depth   Consult     Close
//!  All             142     16.4k     9,310
//! ▸Chat groups  ░  142  █  12.4k  ▓  9,310
//!  百度推广     ·    0  ▒  4,020         —
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::theme::Theme;
use super::text::{cut, put, put_spans};
use super::words::{left, right};

/// Columns of a number beside its shade.
const NUMBER: usize = 6;
const SHADES: [&str; 5] = ["·", "░", "▒", "▓", "█"];

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// Its name, at the left.
    pub name: &'a str,
    /// How hot each of its cells is, one a column; `None` is not known.
    pub cells: Vec<Option<f64>>,
    /// True for a sum of the others, which has numbers but no shades.
    pub total: bool,
}

/// All of it.
#[derive(Clone, Copy)]
pub struct Heatmap<'a> {
    /// The columns' headings.
    pub columns: &'a [String],
    /// How many rows there are.
    pub rows: usize,
    /// Makes one of them: only those in sight are made.
    pub row: &'a dyn Fn(usize) -> Row<'a>,
    /// Columns of the widest name.
    pub widest: usize,
    /// The greatest number of all rows that are no total.
    pub hottest: f64,
    /// How a number, or a blank, is written.
    pub write: fn(Option<f64>) -> String,
    /// The chosen row and column.
    pub chosen: (Option<usize>, Option<usize>),
}

/// Where something was drawn: a click there means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A heading, by its column.
    Column(usize),
    /// A row.
    Row(usize),
}

/// Which step of the shades a number takes: 0 is nothing, 4 the hottest quarter.
fn step(number: f64, hottest: f64) -> usize {
    if hottest <= 0.0 || number.is_nan() || number <= 0.0 {
        return 0;
    }
    ((number / hottest * 4.0).ceil() as usize).clamp(1, 4)
}

impl Heatmap<'_> {
    /// Draws a heading and as many rows as there is room for, the chosen row among them. Columns that do not fit
    /// scroll, too. Returns where things stand.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) -> Vec<(Rect, Place)> {
        let area = area.intersection(buffer.area);
        if area.is_empty() || self.columns.is_empty() {
            return Vec::new();
        }
        let plan = self.layout(area);
        let mut places = Vec::new();
        for (at, column) in plan.columns().enumerate() {
            let place = plan.cell(area, at, 0);
            let style = if self.chosen.1 == Some(column) { theme.accent } else { theme.heading };
            let room = usize::from(place.width);
            put(buffer, place, &right(&cut(&self.columns[column], room.saturating_sub(1)), room), style);
            places.push((place, Place::Column(column)));
        }
        for (at, index) in (plan.first_row..self.rows).enumerate() {
            let y = u16::try_from(at + 1).unwrap_or(u16::MAX);
            if y >= area.height {
                break;
            }
            self.draw_row(buffer, area, &plan, (y, index), theme);
            places.push((Rect { y: area.y + y, height: 1, ..area }, Place::Row(index)));
        }
        places
    }

    fn draw_row(&self, buffer: &mut Buffer, area: Rect, plan: &Layout, (y, index): (u16, usize), theme: &Theme) {
        let row = (self.row)(index);
        let chosen = self.chosen.0 == Some(index);
        let mark = if chosen { "▸" } else { " " };
        let name = left(&format!("{mark}{}", row.name), usize::from(plan.name).saturating_sub(1));
        let style = if chosen { theme.row } else { theme.text };
        put(buffer, Rect { y: area.y + y, height: 1, width: plan.name.min(area.width), ..area }, &name, style);
        for (at, column) in plan.columns().enumerate() {
            let Some(&number) = row.cells.get(column) else { continue };
            let place = plan.cell(area, at, y);
            let picked = chosen && self.chosen.1 == Some(column);
            let step = number.filter(|_| !row.total).map(|number| step(number, self.hottest));
            let style = if number.is_some() { theme.text } else { theme.muted };
            draw_cell(buffer, place, (&(self.write)(number), style), step, picked, theme);
        }
    }

    fn layout(&self, area: Rect) -> Layout {
        const CELL: u16 = 9;
        let all = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        // Names give way before cells do, down to eight columns and up to what they need.
        let wish = u16::try_from(self.widest.saturating_add(2)).unwrap_or(u16::MAX).clamp(9, 30);
        let spare = area.width.saturating_sub(all.saturating_mul(CELL));
        let name = wish.min(spare.max(12)).min(area.width);
        let shown = ((area.width - name) / CELL).min(all);
        let cell = (area.width - name).checked_div(shown).unwrap_or(0).min(13);
        let first_column = first_in_sight(self.chosen.1, usize::from(shown), self.columns.len());
        let first_row = first_in_sight(self.chosen.0, usize::from(area.height.saturating_sub(1)), self.rows);
        Layout { name, cell, first_column, shown: usize::from(shown), first_row }
    }
}

/// The first of `all` in sight where `page` of them fit and the chosen one stands in the middle where it can.
fn first_in_sight(chosen: Option<usize>, page: usize, all: usize) -> usize {
    chosen.unwrap_or(0).saturating_sub(page / 2).min(all.saturating_sub(page))
}

struct Layout {
    name: u16,
    cell: u16,
    first_column: usize,
    shown: usize,
    first_row: usize,
}

impl Layout {
    fn columns(&self) -> std::ops::Range<usize> {
        self.first_column..self.first_column + self.shown
    }

    /// Where the `at`th column in sight stands in the line `y` of the area.
    fn cell(&self, area: Rect, at: usize, y: u16) -> Rect {
        let offset = self.cell.saturating_mul(u16::try_from(at).unwrap_or(u16::MAX));
        let x = area.x.saturating_add(self.name).saturating_add(offset);
        Rect::new(x, area.y.saturating_add(y), self.cell, 1).intersection(area)
    }
}

/// Draws a cell; without a step there is no shade.
fn draw_cell(
    buffer: &mut Buffer,
    place: Rect,
    (text, plain): (&str, Style),
    step: Option<usize>,
    picked: bool,
    theme: &Theme,
) {
    // The shade stands near the number, however wide the cell is.
    let room = usize::from(place.width).saturating_sub(4).min(NUMBER);
    let gap = " ".repeat(usize::from(place.width).saturating_sub(room + 2));
    let heat = step.map_or(plain, |step| theme.heat[step]);
    let style = if picked { theme.selected } else { heat };
    let shade = step.map_or(" ", |step| SHADES[step]);
    let text = right(text, room);
    put_spans(buffer, place, [(gap.as_str(), theme.text), (shade, heat), (" ", style), (text.as_str(), style)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::ThemeName;

    fn row<'a>(name: &'a str, numbers: &[Option<f64>]) -> Row<'a> {
        Row { name, cells: numbers.to_vec(), total: false }
    }

    fn write(number: Option<f64>) -> String {
        number.map_or_else(|| "—".to_owned(), |number| format!("{number}"))
    }

    fn map<'a>(
        columns: &'a [String],
        rows: &[Row<'a>],
        row: &'a dyn Fn(usize) -> Row<'a>,
        chosen: (Option<usize>, Option<usize>),
    ) -> Heatmap<'a> {
        let widest = rows.iter().map(|row| crate::tui::widget::text::width(row.name)).max().unwrap_or(0);
        let numbers = rows.iter().filter(|row| !row.total).flat_map(|row| &row.cells).filter_map(|number| *number);
        let hottest = numbers.filter(|number| number.is_finite()).fold(0.0, f64::max);
        Heatmap { columns, rows: rows.len(), row, widest, hottest, write, chosen }
    }

    fn drawn(map: &Heatmap<'_>, width: u16, height: u16) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        map.draw(&mut buffer, Rect::new(0, 0, width, height), &Theme::of(ThemeName::Mono));
        let mut lines = Vec::new();
        for y in 0..height {
            let (mut line, mut x) = (String::new(), 0);
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += crate::tui::widget::text::width(symbol).max(1) as u16;
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    fn titles(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_shade_and_a_number_say_how_hot_a_cell_is() {
        let columns = titles(&["Consult", "Close"]);
        let rows = [row("SEO", &[Some(100.0), Some(51.0)]), row("百度推广", &[Some(0.0), None])];
        let row = |at: usize| rows[at].clone();
        let map = map(&columns, &rows, &row, (None, None));
        assert_eq!(
            drawn(&map, 28, 3),
            ["            Consult    Close", " SEO        █   100  ▓    51", " 百度推广   ·     0        —"]
        );
    }

    #[test]
    fn a_total_has_no_shade_and_does_not_pale_the_others() {
        let columns = titles(&["Close"]);
        let all = Row { total: true, ..row("All", &[Some(900.0)]) };
        let rows = [all, row("SEO", &[Some(100.0)])];
        let row = |at: usize| rows[at].clone();
        let map = map(&columns, &rows, &row, (None, None));
        assert_eq!(drawn(&map, 22, 3), ["                 Close", " All               900", " SEO          █    100"]);
    }

    #[test]
    fn long_names_are_cut_and_wide_ones_keep_columns_aligned() {
        let columns = titles(&["Close"]);
        let rows = [row("Portal classified ads", &[Some(1.0)]), row("百度推广百度推广百度推广", &[Some(1.0)])];
        let row = |at: usize| rows[at].clone();
        let map = map(&columns, &rows, &row, (None, None));
        let lines = drawn(&map, 21, 3);
        assert_eq!(lines[1], " Portal cl…   █     1");
        assert_eq!(lines[2], " 百度推广…    █     1");
    }

    #[test]
    fn the_chosen_cell_is_in_sight_however_many_rows_and_columns_there_are() {
        let columns: Vec<String> = (0..8).map(|at| format!("c{at}")).collect();
        let names: Vec<String> = (0..24).map(|at| format!("channel {at}")).collect();
        let rows: Vec<Row<'_>> = names.iter().map(|name| row(name, &[Some(1.0); 8])).collect();
        for chosen in [(0, 0), (12, 4), (23, 7)] {
            let row = |at: usize| rows[at].clone();
            let map = map(&columns, &rows, &row, (Some(chosen.0), Some(chosen.1)));
            let lines = drawn(&map, 40, 6);
            assert!(lines[0].contains(&format!("c{}", chosen.1)), "{lines:#?}");
            assert!(lines.iter().any(|line| line.starts_with(&format!("▸channel {}", chosen.0))), "{lines:#?}");
        }
    }

    #[test]
    fn a_click_finds_its_row_and_heading() {
        let columns = titles(&["Close"]);
        let rows = [row("SEO", &[Some(1.0)])];
        let row = |at: usize| rows[at].clone();
        let map = map(&columns, &rows, &row, (None, None));
        let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 4));
        let places = map.draw(&mut buffer, Rect::new(2, 1, 28, 3), &Theme::of(ThemeName::Mono));
        assert_eq!(places[1], (Rect::new(2, 2, 28, 1), Place::Row(0)));
        assert!(matches!(places[0].1, Place::Column(0)));
    }

    #[test]
    fn it_is_drawn_at_any_size() {
        let columns = titles(&["Consult", "Close"]);
        let rows = [row("百度推广", &[Some(f64::NAN), Some(f64::INFINITY)]), row("", &[None])];
        let row = |at: usize| rows[at].clone();
        let map = map(&columns, &rows, &row, (Some(9), Some(9)));
        for (width, height) in (0..40).flat_map(|width| (0..5).map(move |height| (width, height))) {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            map.draw(&mut buffer, Rect::new(1, 1, width, height), &Theme::of(ThemeName::Light));
        }
    }
}
