//! The import preview: what was recognised, what each column is, the first rows as they will be, and what to look at.
//!
//! ```text
//!  ▸ Import 1,143 rows of 3 campaigns into a new plan "KAG conversion data"          Enter
//!    KAG_conversion_data.csv: 1,143 rows · no dates · spend 58,705.23
//!  What was recognised ─────────────  Columns ─────────────────────────────────
//!    Into             a new plan        Spent              spend        1.43
//!  First rows as they will be ──────  Left out 0 · Channels 3 ────────────────
//!    2  916   spend 1.43  actions 7350
//!  Notes ─────────────────────────────────────────────────────────────────────
//!  ! the file has no dates: its rows go to the period of 2026-11-22
//! ```

mod lists;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::import::settings::form;
use super::super::import::{Destination, shown};
use super::super::learned::{Hit, Learned};
use super::super::state::{ImportPane, ImportState, State};
use super::super::theme::Theme;
use super::super::widget::{bar, text};
use crate::report::format;

/// Below this height or width only the pane of the cursor is drawn.
const ROOM: (u16, u16) = (60, 14);

/// Draws the preview.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let Some(import) = &state.import else { return learned };
    take_line(state, import, theme, text::line(area, 0), buffer, &mut learned);
    text::put(buffer, inset(text::line(area, 1)), &summary(import), theme.muted);
    let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    if import.preview.is_none() {
        reading(import, theme, below, buffer);
        return learned;
    }
    for (pane, place) in panes(import, below) {
        lists::draw(state, import, theme, (pane, place), buffer, &mut learned);
    }
    learned
}

fn inset(line: Rect) -> Rect {
    Rect { x: line.x + 3.min(line.width), width: line.width.saturating_sub(4), ..line }
}

/// What Enter does, or how far the reading has come.
fn take_line(
    state: &State,
    import: &ImportState,
    theme: &Theme,
    line: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let current = import.pane == ImportPane::Settings && import.row() == 0;
    text::put(buffer, line, if current { " ▸ " } else { "   " }, theme.accent);
    learned.hit(line, Hit::Import(ImportPane::Settings, 0));
    let line = inset(line);
    if let Some(progress) = import.reading.filter(|_| import.preview.is_some()) {
        let name = import.files.get(progress.file).map_or_else(String::new, |file| shown(file));
        text::put(buffer, line, &format!("reading {name} … {} %   Esc leaves", progress.percent), theme.muted);
        return;
    }
    let words = take_words(state, import);
    let ready = import.preview.as_ref().is_some_and(|preview| preview.outlook.is_ok());
    let style = match (ready, current) {
        (false, _) => theme.warning,
        (true, true) => theme.selected,
        (true, false) => theme.heading,
    };
    text::put(buffer, line, &words, style);
}

/// What taking the import would do.
fn take_words(state: &State, import: &ImportState) -> String {
    let into = match &import.wishes.into {
        Destination::New => format!("a new plan \"{}\"", import.wishes.name),
        Destination::Open => format!("\"{}\"", state.plan().map_or("", |plan| &plan.brief.name)),
        Destination::Listed(_, name) => format!("\"{name}\""),
    };
    let Some(preview) = &import.preview else { return format!("Import into {into}") };
    if preview.outlook.is_err() {
        return format!("Cannot be imported into {into} yet: see the notes");
    }
    let rows = preview.rows();
    let rows = if rows == 1 { "1 row".to_owned() } else { format!("{} rows", format::count(rows as f64)) };
    let files = import.files.len();
    let of = if files > 1 { format!(" of {files} files") } else { String::new() };
    format!("Import {rows}{of} into {into}")
}

/// The file that is shown, in one line: rows, days, currency.
fn summary(import: &ImportState) -> String {
    let Some(name) = import.files.get(import.file).map(|file| shown(file)) else { return String::new() };
    let files = import.files.len();
    let at = if files > 1 { format!(" ({} of {files})", import.file + 1) } else { String::new() };
    let Some(Ok(rows)) = import.shown().map(|file| &file.rows) else { return format!("{name}{at}") };
    let range = rows.range.map_or_else(
        || "no dates".to_owned(),
        |days| {
            if days.first == days.last { days.first.to_string() } else { format!("{} to {}", days.first, days.last) }
        },
    );
    let count = format::count(rows.rows as f64);
    let mut parts = vec![format!("{name}{at}: {count} rows"), range];
    parts.extend((!rows.currency.is_empty()).then(|| rows.currency.clone()));
    parts.extend((!rows.form.platform.is_empty()).then(|| rows.form.platform.clone()));
    parts.join(" · ")
}

/// How far the first reading has come.
fn reading(import: &ImportState, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(progress) = import.reading else { return };
    let name = import.files.get(progress.file).map_or_else(String::new, |file| shown(file));
    text::put(buffer, inset(text::line(area, 1)), &format!("reading {name} …"), theme.text);
    let line = inset(text::line(area, 2));
    let columns = usize::from(line.width.min(60));
    let (done, rest) = bar::bar_with_room(f64::from(progress.percent) / 100.0, 1.0, columns);
    text::put_spans(buffer, line, [(done.as_str(), theme.bar), (rest.as_str(), theme.muted)]);
    text::put(buffer, inset(text::line(area, 3)), &format!("{} %   Esc leaves", progress.percent), theme.muted);
}

/// Which panes are drawn, and where.
fn panes(import: &ImportState, area: Rect) -> Vec<(ImportPane, Rect)> {
    if area.width < ROOM.0 || area.height < ROOM.1 {
        return vec![(import.pane, area)];
    }
    let notes = (area.height / 4).clamp(3, 9);
    let top = ((area.height - notes) * 3 / 5).max(5);
    let middle = area.height - notes - top;
    let left = (area.width / 2).clamp(34, 52);
    let line = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
    let upper = line(0, top);
    let rows = match import.pane {
        pane @ (ImportPane::LeftOut | ImportPane::Channels) => pane,
        _ => ImportPane::Rows,
    };
    vec![
        (ImportPane::Settings, Rect { width: left, ..upper }),
        (ImportPane::Columns, Rect { x: upper.x + left + 1, width: upper.width - left - 1, ..upper }),
        (rows, line(top, middle)),
        (ImportPane::Notes, line(top + middle, notes)),
    ]
}

/// True where nothing is known of the file that is shown but its name.
fn is_unknown(import: &ImportState) -> bool {
    form(import).is_none()
}
