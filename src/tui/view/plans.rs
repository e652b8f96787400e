//! The list of plans: which there are, how each is doing. The built-in example stands last.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::Learned;
use super::super::state::{Document, Listed, Row, State};
use super::super::theme::Theme;
use super::super::widget::grid::{Cell, Grid, Heading};
use super::super::widget::{text, words};
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
    let open = state.document.as_ref();
    let cell = |row: usize, column: usize| {
        rows.get(row).map_or_else(Cell::default, |row| match (row, column) {
            (Row::Plan(listed), 0) => name(listed, &rows, open, theme),
            _ => self::cell(*row, column, theme),
        })
    };
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
    let columns = usize::from(area.width.saturating_sub(2));
    let hints = hints(state).into_iter().flat_map(|hint| words::wrap_hanging(hint, columns, 2));
    for (at, words) in hints.enumerate() {
        let line = text::line(area, below.saturating_add(u16::try_from(at).unwrap_or(0)));
        let line = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(2), ..line };
        text::put(buffer, line, &words, theme.muted);
    }
    learned
}

fn hints(state: &State) -> Vec<&'static str> {
    match &state.plans.list {
        // The status line says so.
        None if state.plans.opening.is_some() => Vec::new(),
        None => vec!["reading the list …"],
        Some(list) if list.is_empty() => vec![
            "No plan of your own yet.",
            "Enter opens the example; nothing is saved unless you say where.",
            "a makes an empty plan, D a copy of the example to begin with.",
        ],
        Some(_) => Vec::new(),
    }
}

/// The plan's name, of the open one as it is now; with its file's where two plans have one name.
fn name(listed: &Listed, rows: &[Row<'_>], open: Option<&Document>, theme: &Theme) -> Cell {
    let open = open.filter(|document| document.path() == Some(&listed.path));
    let (mark, name) = match open {
        Some(document) if document.is_unsaved() => ("● ", &document.plan().brief.name),
        Some(document) => ("• ", &document.plan().brief.name),
        None => ("", &listed.name),
    };
    let twin =
        |row: &Row<'_>| matches!(row, Row::Plan(other) if other.path != listed.path && other.name == listed.name);
    let file = listed.path.file_name().filter(|_| rows.iter().any(twin));
    let file = file.map(|file| format!(" ({})", file.display())).unwrap_or_default();
    let style = if listed.content.is_ok() { theme.text } else { theme.error };
    Cell::words(format!("{mark}{name}{file}"), style)
}

fn cell(row: Row<'_>, column: usize, theme: &Theme) -> Cell {
    let listed = match row {
        Row::Example if column == 0 => return Cell::words("The built-in example", theme.text),
        Row::Example if column == 4 => return Cell::words("to play with", theme.muted),
        Row::Example => return Cell::default(),
        Row::Plan(listed) => listed,
    };
    match (column, &listed.content) {
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
