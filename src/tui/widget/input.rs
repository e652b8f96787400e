//! A line that is typed into, scrolled so that the caret is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;
use unicode_segmentation::UnicodeSegmentation;

use super::super::theme::Theme;
use super::text;

/// Draws the line; says where the caret stands.
pub fn draw(input: &Input, theme: &Theme, place: Rect, buffer: &mut Buffer) -> Option<Position> {
    let place = place.intersection(buffer.area);
    if place.is_empty() {
        return None;
    }
    buffer.set_style(place, theme.input);
    let before: String = input.value().chars().take(input.cursor()).collect();
    let columns = usize::from(place.width);
    let mut hidden = (text::width(&before) + 1).saturating_sub(columns);
    let mut shown = String::new();
    let mut skipped = 0;
    for grapheme in input.value().graphemes(true) {
        if skipped < hidden {
            skipped += text::width(grapheme);
            continue;
        }
        if text::width(&shown) + text::width(grapheme) > columns {
            break;
        }
        shown.push_str(grapheme);
    }
    // A wide character cut at the left edge hides one column more.
    hidden = hidden.max(skipped);
    buffer.set_stringn(place.x, place.y, crate::plan::printable(&shown), columns, theme.input);
    let caret = text::width(&before).saturating_sub(hidden).min(columns - 1);
    Some(Position { x: place.x + u16::try_from(caret).unwrap_or(0), y: place.y })
}

#[cfg(test)]
mod tests {
    use super::super::super::theme::ThemeName;
    use super::*;

    #[test]
    fn the_caret_is_always_in_sight() {
        for width in 1..12 {
            for typed in ["", "abc", "百度推广计划", "a百b度c推d广"] {
                let place = Rect::new(3, 0, width, 1);
                let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 1));
                let input = Input::new(typed.to_owned());
                let caret = draw(&input, &Theme::of(ThemeName::Mono), place, &mut buffer).unwrap();
                assert!(place.contains(caret), "{typed} in {width}: {caret:?}");
            }
        }
    }
}
