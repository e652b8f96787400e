//! The forms: settings of the plan, and of the channel under the table's cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::forms::{self, Field, Of};
use super::super::learned::{Hit, Learned};
use super::super::state::State;
use super::super::theme::Theme;
use super::super::update::shown_channel;
use super::super::widget::{input, text, words};

/// A line of the form.
enum Line {
    Heading(&'static str),
    Setting(usize, Field),
    /// Why what is typed was not taken, or what the setting under the cursor means.
    Under(String, bool),
}

const TITLE_WIDTH: u16 = 20;

/// Draws the form.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let Some(plan) = state.plan() else { return learned };
    let of = Of { plan, channel: shown_channel(state) };
    let lines = lines(state, usize::from(area.width.saturating_sub(TITLE_WIDTH + 4)));
    let height = usize::from(area.height);
    let first = first_line(&lines, state, height);
    learned.page = height.saturating_sub(2);
    learned.offset = first;
    for (at, each) in lines.iter().skip(first).take(height).enumerate() {
        let line = text::line(area, u16::try_from(at).unwrap_or(u16::MAX));
        let line = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(2), ..line };
        match each {
            Line::Heading(words) => {
                text::put(buffer, line, words, theme.heading);
            }
            Line::Setting(row, field) => {
                draw_setting(state, theme, line, buffer, (*row, *field, of), &mut learned);
            }
            Line::Under(words, wrong) => {
                let shift = (TITLE_WIDTH + 2).min(line.width);
                let place = Rect { x: line.x + shift, width: line.width - shift, ..line };
                text::put(buffer, place, words, if *wrong { theme.error } else { theme.muted });
            }
        }
    }
    learned
}

fn lines(state: &State, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut row = 0;
    for (heading, fields) in forms::sections(state.settings.pane) {
        lines.push(Line::Heading(heading));
        for field in fields {
            lines.push(Line::Setting(row, field));
            if row == state.settings.row {
                let error = state.settings.editing.as_ref().and_then(|editing| editing.error.as_deref());
                let (said, wrong) = error.map_or((field.hint(), false), |error| (error, true));
                lines.extend(words::wrap(said, columns).into_iter().map(|said| Line::Under(said, wrong)));
            }
            row += 1;
        }
    }
    lines
}

/// The first line in sight, so that the cursor's setting and what stands under it are.
fn first_line(lines: &[Line], state: &State, height: usize) -> usize {
    let at =
        lines.iter().position(|line| matches!(line, Line::Setting(row, _) if *row == state.settings.row)).unwrap_or(0);
    let under = lines.iter().skip(at + 1).take_while(|line| matches!(line, Line::Under(..))).count();
    let (top, bottom) = (at.saturating_sub(1), at + 1 + under.max(1));
    let offset = state.settings.offset.min(top).max(bottom.saturating_sub(height.max(1)));
    offset.min(at)
}

fn draw_setting(
    state: &State,
    theme: &Theme,
    line: Rect,
    buffer: &mut Buffer,
    (row, field, of): (usize, Field, Of<'_>),
    learned: &mut Learned,
) {
    let current = row == state.settings.row;
    learned.hit(line, Hit::Row(row));
    if current {
        text::put(buffer, Rect { width: 1.min(line.width), ..line }, "▸", theme.accent);
    }
    let at = |x: u16, width: u16| {
        let shift = x.min(line.width);
        Rect { x: line.x + shift, width: width.min(line.width - shift), ..line }
    };
    text::put(buffer, at(2, TITLE_WIDTH - 1), &field.title(), if current { theme.accent } else { theme.text });
    let place = at(TITLE_WIDTH + 2, line.width);
    if let Some(editing) = state.settings.editing.as_ref().filter(|_| current) {
        learned.cursor = input::draw(&editing.input, theme, place, buffer);
        return;
    }
    let (shown, fallback) = field.shown(of);
    let style = if current { theme.selected } else { theme.text };
    let used = if shown.is_empty() {
        text::put(buffer, place, crate::report::format::BLANK, if current { theme.selected } else { theme.muted })
    } else {
        text::put(buffer, place, &shown, style)
    };
    if shown.is_empty() && !fallback.is_empty() {
        let rest = at(TITLE_WIDTH + 2 + used + 2, line.width);
        text::put(buffer, rest, &fallback, theme.muted);
    }
}
