//! What is told of something, line by line: a label and its text, scrolled.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::Learned;
use super::super::theme::Theme;
use super::super::widget::text::{line, put, put_spans, width};
use super::super::widget::words::{left, wrap};
use crate::report::Said;

/// Columns of the label.
const LABEL: usize = 12;

/// All of it as lines of label and text.
pub(super) fn lines(said: &[Said], columns: usize) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for each in said {
        for (at, text) in wrap(&each.text, columns.saturating_sub(LABEL)).into_iter().enumerate() {
            lines.push((left(if at == 0 { each.label } else { "" }, LABEL.min(columns)), text));
        }
    }
    lines
}

/// Draws it from the line on that it is scrolled to, and learns how far it can be scrolled.
pub(super) fn draw(
    said: &[Said],
    scroll: usize,
    theme: &Theme,
    place: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    learned.page = usize::from(place.height).max(1);
    if place.is_empty() {
        return;
    }
    let lines = lines(said, place.width.into());
    learned.scroll_limit = lines.len().saturating_sub(learned.page);
    let first = scroll.min(learned.scroll_limit);
    for (y, (label, text)) in (0..place.height).zip(lines.iter().skip(first)) {
        put_spans(buffer, line(place, y), [(label.as_str(), theme.heading), (text.as_str(), theme.text)]);
    }
    let mark = match (first > 0, first < learned.scroll_limit) {
        (_, true) => "▾ PgDn",
        (true, false) => "▴ PgUp",
        (false, false) => return,
    };
    let columns = u16::try_from(width(mark)).unwrap_or(0).min(place.width);
    let last = line(place, place.height - 1);
    put(buffer, Rect { x: last.right() - columns, width: columns, ..last }, mark, theme.muted);
}
