//! A box above the view.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear, Widget};

use super::super::learned::{Hit, Learned};
use super::super::theme::Theme;
use super::text;

/// Draws an empty box with a title in the middle of `area`, as large as asked where there is room; gives its inside.
pub fn open(
    title: &str,
    size: (u16, u16),
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) -> Rect {
    let width = size.0.saturating_add(4).min(area.width);
    let height = size.1.saturating_add(2).min(area.height);
    let place = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
        .intersection(buffer.area);
    if place.is_empty() {
        return place;
    }
    learned.hit(buffer.area, Hit::Nothing);
    Clear.render(place, buffer);
    Block::bordered().border_style(theme.accent).render(place, buffer);
    let room = usize::from(place.width.saturating_sub(4));
    if !title.is_empty() && room > 0 {
        let line = Rect { x: place.x + 1, y: place.y, width: place.width.saturating_sub(2), height: 1 };
        text::put(buffer, line, &format!(" {} ", text::cut(title, room)), theme.accent);
    }
    Rect {
        x: place.x + 2.min(place.width),
        y: place.y + 1.min(place.height),
        width: place.width.saturating_sub(4),
        height: place.height.saturating_sub(2),
    }
}

/// The words in lines no wider than `columns`.
pub fn wrapped(words: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && text::width(&line) + 1 + text::width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}
