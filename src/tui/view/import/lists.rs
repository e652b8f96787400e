//! The panes of the import preview: a heading, and a list that keeps its cursor in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::import::notes::notes;
use super::super::super::import::settings::{Setting, form, role_words, settings, value};
use super::super::super::learned::{Hit, Learned};
use super::super::super::state::{ImportPane, ImportState, State};
use super::super::super::theme::Theme;
use super::super::super::widget::{text, words};
use super::{is_unknown, rows};
use crate::store::import::{How, Role, Tone};

/// Room for the names of settings.
const NAMES: u16 = 16;
/// Room for the cursor's mark.
const GUTTER: u16 = 3;

/// A line of a list: what stands where.
pub(super) type Spans = Vec<(u16, u16, String, Style)>;

/// Draws a pane.
pub(super) fn draw(
    state: &State,
    import: &ImportState,
    theme: &Theme,
    (pane, area): (ImportPane, Rect),
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let focused = import.pane == pane;
    heading(import, theme, (pane, focused), text::line(area, 0), buffer, learned);
    let inside = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    if focused {
        learned.page = usize::from(inside.height);
    }
    let width = inside.width.saturating_sub(GUTTER);
    let list = List { pane, focused, row: import.rows[pane as usize] };
    match pane {
        ImportPane::Settings => {
            // The first is the line above all panes.
            let all = settings(import);
            let each = |at: usize| setting(state, import, theme, all[at + 1], width);
            list.draw(theme, inside, all.len().saturating_sub(1), 1, &each, buffer, learned);
        }
        ImportPane::Columns => {
            let count = form(import).map_or(0, |form| form.columns.len());
            let each = |at: usize| column(import, theme, at, width);
            list.draw(theme, inside, count, 0, &each, buffer, learned);
            if is_unknown(import) {
                text::put(buffer, super::inset(text::line(inside, 0)), "no table was found yet", theme.muted);
            }
        }
        ImportPane::Rows => {
            let laid = rows::layout(import, width);
            let each = |at: usize| rows::row(import, theme, &laid, at);
            put_spans(rows::headings(theme, &laid), Style::new(), text::line(inside, 0), buffer);
            let inside = Rect { y: inside.y + 1.min(inside.height), height: inside.height.saturating_sub(1), ..inside };
            list.draw(theme, inside, rows::count(import), 0, &each, buffer, learned);
        }
        ImportPane::LeftOut => {
            let all = import.shown().and_then(|file| file.rows.as_ref().ok()).map_or(&[][..], |rows| &rows.left_out);
            let each = |at: usize| {
                let row = &all[at];
                let reason = 26.min(width / 2);
                vec![
                    (0, 8, format!("line {}", row.line), theme.muted),
                    (9, reason, row.reason.text().to_owned(), theme.text),
                    (10 + reason, width.saturating_sub(10 + reason), row.text.clone(), theme.muted),
                ]
            };
            list.draw(theme, inside, all.len(), 0, &each, buffer, learned);
        }
        ImportPane::Channels => {
            let summary = import.shown().and_then(|file| file.summary.as_ref());
            let all = summary.map_or(&[][..], |summary| &summary.channels);
            let each = |at: usize| {
                let name = &all[at];
                let half = width / 2;
                let (arrow, style) =
                    if name.found == name.channel { ("", theme.muted) } else { ("→ ", theme.accent) };
                let new = summary.is_some_and(|summary| summary.new_channels.contains(&name.channel));
                let new = if new { " (new)" } else { "" };
                vec![
                    (0, half.saturating_sub(1), name.found.clone(), theme.text),
                    (half, width - half, format!("{arrow}{}{new}", name.channel), style),
                ]
            };
            list.draw(theme, inside, all.len(), 0, &each, buffer, learned);
        }
        ImportPane::Notes => draw_notes(import, theme, inside, buffer, learned, focused),
    }
}

/// The pane's name; beside the rows, those that share their place.
fn heading(
    import: &ImportState,
    theme: &Theme,
    (pane, focused): (ImportPane, bool),
    line: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let line = Rect { x: line.x + 1.min(line.width), width: line.width.saturating_sub(1), ..line };
    text::put(buffer, line, &"─".repeat(usize::from(line.width)), theme.border);
    let mut x = line.x;
    let mut put = |words: &str, style: Style, hit: Option<Hit>, buffer: &mut Buffer| {
        let rest = Rect { x, width: line.right().saturating_sub(x), ..line };
        let used = text::put(buffer, rest, words, style);
        if let Some(hit) = hit {
            learned.hit(Rect { width: used, ..rest }, hit);
        }
        x += used;
    };
    let shared = [ImportPane::Rows, ImportPane::LeftOut, ImportPane::Channels];
    let tabs = if shared.contains(&pane) { &shared[..] } else { std::slice::from_ref(&pane) };
    for (at, tab) in tabs.iter().enumerate() {
        if at > 0 {
            put(" · ", theme.border, None, buffer);
        }
        let title = match tab {
            ImportPane::LeftOut => format!("{} {}", tab.title(), left_out(import)),
            ImportPane::Channels => format!("{} {}", tab.title(), names(import)),
            ImportPane::Notes => format!("{} {}", tab.title(), notes(import).len()),
            _ => tab.title().to_owned(),
        };
        let style = match (*tab == pane, focused) {
            (true, true) => theme.accent,
            (true, false) => theme.heading,
            (false, _) => theme.muted,
        };
        put(&title, style, Some(Hit::Import(*tab, 0)), buffer);
    }
    put(" ", theme.border, None, buffer);
}

fn left_out(import: &ImportState) -> u64 {
    import.shown().and_then(|file| file.rows.as_ref().ok()).map_or(0, |rows| rows.left_out_total())
}

fn names(import: &ImportState) -> usize {
    import.shown().and_then(|file| file.summary.as_ref()).map_or(0, |summary| summary.channels.len())
}

/// A list with a cursor.
struct List {
    pane: ImportPane,
    focused: bool,
    row: usize,
}

impl List {
    /// Draws the lines in sight; `above` of the pane's rows stand elsewhere.
    #[expect(clippy::too_many_arguments, reason = "where to, what, and what is learned by it")]
    fn draw(
        &self,
        theme: &Theme,
        area: Rect,
        count: usize,
        above: usize,
        each: &dyn Fn(usize) -> Spans,
        buffer: &mut Buffer,
        learned: &mut Learned,
    ) {
        let page = usize::from(area.height);
        let at = self.row.checked_sub(above);
        let first = (at.unwrap_or(0) + 1).saturating_sub(page);
        for (place, row) in (first..count).take(page).enumerate() {
            let line = text::line(area, u16::try_from(place).unwrap_or(u16::MAX));
            let current = self.focused && at == Some(row);
            if current {
                text::put(buffer, line, " ▸", theme.accent);
            }
            put_spans(each(row), if current { theme.row } else { Style::new() }, line, buffer);
            learned.hit(line, Hit::Import(self.pane, row + above));
        }
        if count > page && page > 0 && area.width > 24 {
            let shown = format!(" {}–{} of {count} ", first + 1, (first + page).min(count));
            let edge = Rect { y: area.y.saturating_sub(1), height: 1, ..area };
            text::put_aligned(buffer, edge, &shown, theme.muted, ratatui::layout::Alignment::Right);
        }
    }
}

/// Puts the parts of a line behind the room for the cursor's mark.
fn put_spans(spans: Spans, over: Style, line: Rect, buffer: &mut Buffer) {
    for (shift, width, words, style) in spans {
        let shift = shift.saturating_add(GUTTER).min(line.width);
        let span = Rect { x: line.x + shift, width: width.min(line.width - shift), ..line };
        text::put(buffer, span, &words, style.patch(over));
    }
}

fn setting(state: &State, import: &ImportState, theme: &Theme, setting: Setting, width: u16) -> Spans {
    let shown = value(setting, import, state.plan());
    let text = if shown.text.is_empty() { "?".to_owned() } else { shown.text };
    let style = if shown.said { theme.accent } else { theme.text };
    let text = if shown.said { format!("{text} ◂") } else { text };
    let names = NAMES.min(width);
    vec![(0, names, setting.title().to_owned(), theme.muted), (names, width - names, text, style)]
}

fn column(import: &ImportState, theme: &Theme, at: usize, width: u16) -> Spans {
    let Some(form) = form(import) else { return Vec::new() };
    let Some(column) = form.columns.get(at) else { return Vec::new() };
    let role = role_words(column.role);
    let said = if column.how == How::User { " ◂" } else { "" };
    let style = match column.role {
        Role::Ignored | Role::Person | Role::Reach => theme.muted,
        _ if column.how == How::User => theme.accent,
        _ => theme.text,
    };
    let roles = 20.min(width / 3);
    let examples = if width > 60 { 22 } else { 0 };
    let names = width.saturating_sub(roles + examples + 1);
    let header = if column.header.is_empty() { format!("(column {})", at + 1) } else { column.header.clone() };
    let example = form.examples.get(at).cloned().unwrap_or_default();
    vec![
        (0, names, header, style),
        (names + 1, roles, format!("{role}{said}"), style),
        (names + 1 + roles, examples, example, theme.muted),
    ]
}

/// Notes are wrapped; from the one under the cursor on.
fn draw_notes(
    import: &ImportState,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
    focused: bool,
) {
    let columns = usize::from(area.width.saturating_sub(GUTTER + 1));
    let first = if focused { import.rows[ImportPane::Notes as usize] } else { 0 };
    let mut y = 0;
    for (at, note) in notes(import).iter().enumerate().skip(first) {
        let (mark, style) = match note.tone {
            Tone::Good => (" ✓", theme.gain),
            Tone::Plain => (" ·", theme.muted),
            Tone::Warning => (" !", theme.warning),
        };
        let style_of_text = if note.tone == Tone::Warning { theme.warning } else { theme.text };
        for (part, line) in words::wrap(&note.text, columns).iter().enumerate() {
            let place = text::line(area, y);
            if part == 0 {
                text::put(buffer, place, mark, style);
            }
            let shift = GUTTER.min(place.width);
            let words = Rect { x: place.x + shift, width: place.width - shift, ..place };
            text::put(buffer, words, line, style_of_text);
            learned.hit(place, Hit::Import(ImportPane::Notes, at));
            y += 1;
        }
    }
}
