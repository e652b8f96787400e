//! The first rows as they will be: line, days, channel, and the fields that the file has.

use super::super::super::state::ImportState;
use super::super::super::theme::Theme;
use super::super::super::widget::text;
use super::lists::Spans;
use crate::plan::Field;
use crate::report::format;
use crate::store::import::{Days, Preview};

/// Where the parts of a row stand.
pub(super) struct Layout {
    line: u16,
    days: u16,
    channel: u16,
    fields: Vec<(Field, u16)>,
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
    let widest = |write: &dyn Fn(&Preview) -> String| {
        rows.iter().map(|row| text::width(&write(row))).max().and_then(|width| u16::try_from(width).ok()).unwrap_or(0)
    };
    let line = widest(&|row| row.line.to_string());
    let days = widest(&|row| row.days.map(shown_days).unwrap_or_default());
    let mut channel = widest(&|row| row.channel.clone()).clamp(8, 40);
    let fixed = line + days + 4;
    let mut left = width.saturating_sub(fixed);
    channel = channel.min(left / 2);
    left -= channel;
    let mut fields = Vec::new();
    for field in Field::ALL {
        let wide = widest(&|row| row.record.get(field).map_or_else(String::new, |value| number(field, value)));
        let wide = wide + 2;
        if wide > 2 && wide <= left {
            fields.push((field, wide));
            left -= wide;
        }
    }
    Layout { line, days, channel, fields }
}

fn shown_days(days: Days) -> String {
    if days.first == days.last { days.first.to_string() } else { format!("{} – {}", days.first, days.last) }
}

/// A number with its field's name, since rows of a file stand under no heading.
fn number(field: Field, value: f64) -> String {
    let number = if field.is_money() { format::money(value) } else { format::count(value) };
    format!("{} {number}", field.key())
}

pub(super) fn row(import: &ImportState, theme: &Theme, layout: &Layout, at: usize) -> Spans {
    let Some(row) = rows(import).get(at) else { return Vec::new() };
    let mut spans = Vec::with_capacity(3 + layout.fields.len());
    let mut x = 0;
    let mut put = |width: u16, words: String, style| {
        spans.push((x, width, words, style));
        x += width;
    };
    put(layout.line + 2, row.line.to_string(), theme.muted);
    put(layout.days + u16::from(layout.days > 0) * 2, row.days.map(shown_days).unwrap_or_default(), theme.text);
    put(layout.channel + 2, text::cut(&row.channel, usize::from(layout.channel)), theme.text);
    for (field, wide) in &layout.fields {
        let words = row.record.get(*field).map_or_else(|| format!("{} {}", field.key(), format::BLANK), |value| number(*field, value));
        put(*wide, words, theme.text);
    }
    spans
}
