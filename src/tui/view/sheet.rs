//! An open sheet: the fields of a test or a tactic, the one under the cursor with what it means.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::{Hit, Learned};
use super::super::sheet::Line;
use super::super::state::{SheetState, State};
use super::super::theme::Theme;
use super::super::update::sheet_lines;
use super::super::widget::{input, text, words};
use crate::report::format::BLANK;

/// Columns of a field's name.
const TITLE: u16 = 15;

/// A line of the sheet.
enum Drawn {
    Heading(&'static str),
    Field(usize),
    /// Why what is typed was not taken, or what the field means.
    Under(String, bool),
}

/// How many lines the sheet takes at most.
pub(super) fn height(state: &State) -> u16 {
    let lines = sheet_lines(state);
    let headings = lines.iter().filter(|line| !line.section.is_empty()).count();
    u16::try_from(lines.len() + headings + 1).unwrap_or(u16::MAX)
}

/// Draws the open sheet; nothing where there is none.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
    let Some(sheet) = state.sheet.as_ref().filter(|_| !area.is_empty()) else { return };
    let fields = sheet_lines(state);
    let drawn = drawn(&fields, sheet, usize::from(area.width.saturating_sub(TITLE + 4)));
    let page = usize::from(area.height);
    learned.page = page;
    for (y, each) in (0..area.height).zip(drawn.iter().skip(first(&drawn, sheet.row, page))) {
        let line = text::line(area, y);
        let line = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(2), ..line };
        match each {
            Drawn::Heading(words) => {
                text::put(buffer, line, words, theme.heading);
            }
            Drawn::Field(row) => draw_field(&fields[*row], (*row, sheet), theme, line, buffer, learned),
            Drawn::Under(words, wrong) => {
                let place = part(line, TITLE + 2, line.width);
                text::put(buffer, place, words, if *wrong { theme.error } else { theme.muted });
            }
        }
    }
}

fn drawn(fields: &[Line], sheet: &SheetState, columns: usize) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    for (row, field) in fields.iter().enumerate() {
        if !field.section.is_empty() {
            drawn.push(Drawn::Heading(field.section));
        }
        drawn.push(Drawn::Field(row));
        if row == sheet.row {
            let error = sheet.editing.as_ref().and_then(|editing| editing.error.as_deref());
            let (said, wrong) = error.map_or((field.hint, false), |error| (error, true));
            drawn.extend(words::wrap(said, columns).into_iter().map(|said| Drawn::Under(said, wrong)));
        }
    }
    drawn
}

/// The first line in sight, so that the cursor's field and what stands under it are, near the middle.
fn first(drawn: &[Drawn], row: usize, page: usize) -> usize {
    let at = drawn.iter().position(|line| matches!(line, Drawn::Field(each) if *each == row)).unwrap_or(0);
    let under = drawn.iter().skip(at + 1).take_while(|line| matches!(line, Drawn::Under(..))).count();
    let least = (at + 1 + under).saturating_sub(page.max(1)).min(at);
    at.saturating_sub(page / 2).clamp(least, drawn.len().saturating_sub(page).max(least))
}

fn part(line: Rect, x: u16, width: u16) -> Rect {
    let shift = x.min(line.width);
    Rect { x: line.x + shift, width: width.min(line.width - shift), ..line }
}

fn draw_field(
    field: &Line,
    (row, sheet): (usize, &SheetState),
    theme: &Theme,
    line: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let current = row == sheet.row;
    learned.hit(line, Hit::Field(row));
    if current {
        text::put(buffer, part(line, 0, 1), "▸", theme.accent);
    }
    text::put(buffer, part(line, 2, TITLE - 1), field.title, if current { theme.accent } else { theme.text });
    let place = part(line, TITLE + 2, line.width);
    if let Some(editing) = sheet.editing.as_ref().filter(|_| current) {
        learned.cursor = input::draw(&editing.input, theme, place, buffer);
        return;
    }
    let (shown, style) = if field.shown.is_empty() { (BLANK, theme.muted) } else { (field.shown.as_str(), theme.text) };
    text::put(buffer, place, shown, if current { theme.selected } else { style });
}
