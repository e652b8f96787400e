//! The first rows as they will be: line, days, channel, and the fields that the file has.

use ratatui::style::Style;

use super::super::super::state::ImportState;
use super::super::super::theme::Theme;
use super::super::super::widget::{text, words};
use super::lists::Spans;
use crate::plan::Field;
use crate::report::format;
use crate::store::import::{Days, Preview};

/// Where the parts of a row stand.
pub(super) struct Layout {
    line: usize,
    days: usize,
    channel: usize,
    fields: Vec<(Field, usize)>,
}

fn rows(import: &ImportState) -> &[Preview] {
    import.shown().and_then(|file| file.rows.as_ref().ok()).map_or(&[], |rows| &rows.first_rows)
}

pub(super) fn count(import: &ImportState) -> usize {
    rows(import).len()
}

/// Fits the columns to what stands in them; fields that have no room are left away from the right.
pub(super) fn layout(import: &ImportState, width: u16) -> Layout {
    let rows = rows(import);
    let widest =
        |write: &dyn Fn(&Preview) -> String| rows.iter().map(|row| text::width(&write(row))).max().unwrap_or(0);
    let line = widest(&|row| row.line.to_string()).max(4);
    // Days that are the same in all rows stand above.
    let same = rows.windows(2).all(|pair| pair[0].days == pair[1].days);
    let days = if same { 0 } else { widest(&|row| row.days.map(shown_days).unwrap_or_default()) };
    let width = usize::from(width);
    let mut left = width.saturating_sub(line + days + 4);
    let channel = widest(&|row| row.channel.clone()).clamp(8, 40).min(left / 2);
    left = left.saturating_sub(channel + 2);
    let mut fields = Vec::new();
    for field in Field::ALL.into_iter().filter(|field| rows.iter().any(|row| row.record.get(*field).is_some())) {
        let wide = widest(&|row| number(field, row.record.get(field))).max(field.key().len()) + 2;
        if wide <= left {
            fields.push((field, wide));
            left -= wide;
        }
    }
    Layout { line, days, channel, fields }
}

fn shown_days(days: Days) -> String {
    if days.first == days.last { days.first.to_string() } else { format!("{} – {}", days.first, days.last) }
}

fn number(field: Field, value: Option<f64>) -> String {
    format::known(value, if field.is_money() { format::money } else { format::count })
}

impl Layout {
    /// Puts the parts of a row beside each other.
    fn spans(&self, parts: [(String, Style); 3], field: impl Fn(Field) -> (String, Style)) -> Spans {
        let mut spans = Spans::with_capacity(3 + self.fields.len());
        let mut x = 0;
        let mut put = |width: usize, gap: usize, (words, style): (String, Style)| {
            let wide = u16::try_from(width).unwrap_or(u16::MAX);
            spans.push((x, wide, words, style));
            x = x.saturating_add(wide).saturating_add(u16::try_from(gap).unwrap_or(0));
        };
        let gap = |width: usize| if width == 0 { 0 } else { 2 };
        for (part, width) in parts.into_iter().zip([self.line, self.days, self.channel]) {
            put(width, gap(width), part);
        }
        for (each, width) in &self.fields {
            let (text, style) = field(*each);
            put(*width, 0, (words::right(&text, *width), style));
        }
        spans
    }
}

/// What stands above the rows.
pub(super) fn headings(theme: &Theme, layout: &Layout) -> Spans {
    let parts = ["line", "days", "channel"].map(|words| (words.to_owned(), theme.muted));
    layout.spans(parts, |field| (field.key().to_owned(), theme.muted))
}

/// One of the rows.
pub(super) fn row(import: &ImportState, theme: &Theme, layout: &Layout, at: usize) -> Spans {
    let Some(row) = rows(import).get(at) else { return Spans::new() };
    let parts = [
        (row.line.to_string(), theme.muted),
        (row.days.map(shown_days).unwrap_or_default(), theme.text),
        (text::cut(&row.channel, layout.channel), theme.text),
    ];
    layout.spans(parts, |field| (number(field, row.record.get(field)), theme.text))
}
