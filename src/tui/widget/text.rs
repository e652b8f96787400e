//! Text in cells: measured by what the terminal shows (百度 is four columns wide), cut without breaking a character,
//! and never with a control character.

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::plan::printable;

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    if is_plain(text) {
        return text.len();
    }
    printable(text).graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// True where each byte is a character of one column, as in most of what is drawn.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The text cut to `columns`, with `…` at its end where something was cut away.
pub fn cut(text: &str, columns: usize) -> String {
    if is_plain(text) && text.len() <= columns {
        return text.to_owned();
    }
    let text = printable(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used + 1 > columns {
            break;
        }
        out.push_str(grapheme);
    }
    if columns > 0 {
        out.push('…');
    }
    out
}

/// Writes a text at the beginning of a line, cut to its width; returns how many columns it took.
pub fn put(buffer: &mut Buffer, line: Rect, text: &str, style: Style) -> u16 {
    put_aligned(buffer, line, text, style, Alignment::Left)
}

/// Writes a text into a line, cut to its width; returns how many columns it took.
pub fn put_aligned(buffer: &mut Buffer, line: Rect, text: &str, style: Style, alignment: Alignment) -> u16 {
    let line = line.intersection(buffer.area);
    if line.is_empty() {
        return 0;
    }
    let shown = cut(text, usize::from(line.width));
    let wide = u16::try_from(width(&shown)).unwrap_or(line.width).min(line.width);
    let left = match alignment {
        Alignment::Left => 0,
        Alignment::Center => (line.width - wide) / 2,
        Alignment::Right => line.width - wide,
    };
    buffer.set_stringn(line.x + left, line.y, shown, usize::from(wide), style);
    wide
}

/// Writes pieces of text one after another into a line; returns how many columns they took.
pub fn put_spans<'a>(buffer: &mut Buffer, line: Rect, spans: impl IntoIterator<Item = (&'a str, Style)>) -> u16 {
    let mut used = 0;
    for (text, style) in spans {
        let rest = Rect { x: line.x.saturating_add(used), width: line.width.saturating_sub(used), ..line };
        if rest.is_empty() {
            break;
        }
        used += put(buffer, rest, text, style);
    }
    used
}

/// The `at`th line of an area; empty below its end.
pub fn line(area: Rect, at: u16) -> Rect {
    if at < area.height { Rect { y: area.y + at, height: 1, ..area } } else { Rect { height: 0, ..area } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_twice_and_are_never_cut_in_half() {
        assert_eq!(width("百度"), 4);
        assert_eq!(cut("百度推广", 8), "百度推广");
        assert_eq!(cut("百度推广", 7), "百度推…");
        assert_eq!(cut("百度推广", 6), "百度…");
        assert_eq!(cut("百度推广", 0), "");
    }

    #[test]
    fn control_characters_are_shown_as_marks() {
        assert_eq!(cut("a\u{1b}[31mb\n", 9), "a␛[31mb␊");
        assert_eq!(width("a\u{1b}"), 2);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        assert_eq!(put(&mut buffer, Rect::new(2, 0, 9, 1), "abc", Style::new()), 2);
        assert_eq!(put(&mut buffer, Rect::new(9, 9, 9, 1), "abc", Style::new()), 0);
        assert_eq!(put_aligned(&mut buffer, Rect::new(0, 0, 4, 0), "a", Style::new(), Alignment::Right), 0);
    }
}
