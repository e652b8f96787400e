//! The list of plans: which there are, how each is doing. The built-in example stands last.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::Learned;
use super::super::state::{Row, State};
use super::super::theme::Theme;
use super::super::widget::grid::{Cell, Grid, Heading};
use super::super::widget::text;
use crate::report::format;

/// Draws the list.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let rows = state.plans.rows();
    let width = usize::from(area.width);
    let heading = |words: &str, narrowest, widest, right| Heading { text: words.to_owned(), narrowest, widest, right };
    let headings = [
        heading("Plan", 16, (width / 3).max(16), false),
        heading("Spend", 9, 13, true),
        heading("Multiple", 8, 8, true),
        heading("ROI", 8, 9, true),
        heading("Last change", 16, width.max(16), false),
    ];
    let open = state.document.as_ref().and_then(|document| document.path());
    let cell =
        |row: usize, column: usize| rows.get(row).map_or_else(Cell::default, |row| cell(*row, column, open, theme));
    let grid = Grid {
        headings: &headings,
        rows: rows.len(),
        cursor: (state.plans.row, None),
        offset: (state.plans.offset, 1),
        cell: &cell,
        foot: None,
    };
    let learned = grid.draw(theme, area, buffer).learned;
    let below = u16::try_from(rows.len().saturating_sub(state.plans.offset) + 2).unwrap_or(u16::MAX);
    for (at, words) in hints(state).into_iter().enumerate() {
        let line = text::line(area, below.saturating_add(u16::try_from(at).unwrap_or(0)));
        let line = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(2), ..line };
        text::put(buffer, line, words, theme.muted);
    }
    learned
}

fn hints(state: &State) -> Vec<&'static str> {
    match &state.plans.list {
        None => vec!["reading the list …"],
        Some(list) if list.is_empty() => vec![
            "No plan of your own yet.",
            "Enter opens the example; nothing is saved unless you say where.",
            "a makes an empty plan, D a copy of the example to begin with.",
        ],
        Some(_) => Vec::new(),
    }
}

fn cell(row: Row<'_>, column: usize, open: Option<&std::path::PathBuf>, theme: &Theme) -> Cell {
    let listed = match row {
        Row::Example if column == 0 => return Cell::words("The built-in example", theme.text),
        Row::Example if column == 4 => return Cell::words("to play with", theme.muted),
        Row::Example => return Cell::default(),
        Row::Plan(listed) => listed,
    };
    match (column, &listed.content) {
        (0, content) => {
            let mark = if open == Some(&listed.path) { "• " } else { "" };
            let style = if content.is_ok() { theme.text } else { theme.error };
            Cell::words(format!("{mark}{}", listed.name), style)
        }
        (1, Ok(summary)) => Cell::number(format::known(summary.spend, format::money), theme.text),
        (2, Ok(summary)) => Cell::number(format::known(summary.multiple, format::multiple), theme.text),
        (3, Ok(summary)) => {
            let style = if summary.roi.is_some_and(|roi| roi < 0.0) { theme.loss } else { theme.gain };
            Cell::number(format::known(summary.roi, |roi| format::signed(roi, format::percent)), style)
        }
        (4, Ok(_)) => Cell::words(listed.changed.clone(), theme.muted),
        (4, Err(reason)) => {
            let first = reason.lines().next().unwrap_or_default();
            Cell::words(format!("unreadable: {first}"), theme.error)
        }
        _ => Cell::default(),
    }
}
