//! The money line: what was put in, what came of it, in one line. It stands in every view, so that an edit in the
//! table moves it while one types.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::state::Document;
use super::super::theme::Theme;
use super::super::widget::text;
use crate::engine::Figures;
use crate::plan::{Brief, Field, Stage};
use crate::report::format;

/// One part, with when it gives way: the highest first, 0 never.
struct Part {
    text: String,
    style: Style,
    gives_way: u8,
}

/// How words and numbers are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    /// In full.
    Full,
    /// With short words.
    Short,
    /// With short numbers too.
    Tight,
}

/// Draws the line; parts give way to its width in a fixed order, never cost, gross profit and multiple.
pub(super) fn draw(document: &Document, theme: &Theme, line: Rect, buffer: &mut Buffer) {
    let room = usize::from(line.width);
    let size = if line.width < 118 { Size::Short } else { Size::Full };
    let mut parts = parts(document, theme, size);
    while width(&parts) > room {
        let Some(worst) = parts.iter().map(|part| part.gives_way).max().filter(|worst| *worst > 0) else { break };
        parts.retain(|part| part.gives_way != worst);
    }
    if width(&parts) > room {
        parts = self::parts(document, theme, Size::Tight);
        parts.retain(|part| part.gives_way == 0);
    }
    text::put_spans(buffer, line, parts.iter().map(|part| (part.text.as_str(), part.style)));
}

fn width(parts: &[Part]) -> usize {
    parts.iter().map(|part| text::width(&part.text)).sum()
}

/// Reads one figure: of the total, or the difference of both layers' totals.
type Read<'a> = &'a dyn Fn(&dyn Fn(&Figures) -> Option<f64>) -> Option<f64>;

fn parts(document: &Document, theme: &Theme, size: Size) -> Vec<Part> {
    let brief = &document.plan().brief;
    let analysis = document.analysis();
    if let Some(variance) = document.variance() {
        let read = |figure: &dyn Fn(&Figures) -> Option<f64>| variance.of_total(figure);
        return chain(brief, theme, size, true, &read);
    }
    let read = |figure: &dyn Fn(&Figures) -> Option<f64>| figure(&analysis.total);
    let mut parts = chain(brief, theme, size, false, &read);
    if analysis.total.forecast {
        parts.push(Part { text: "  ≈ forecast".to_owned(), style: theme.forecast, gives_way: 7 });
    }
    if let Some(change) = change_by_typing(document) {
        let (style, word) = if change < 0.0 { (theme.loss, "loss") } else { (theme.gain, "gain") };
        let text = format!("   {word} {}", format::signed(change, format::money));
        parts.push(Part { text, style, gives_way: 2 });
    }
    parts
}

/// What the number being typed changes in profit.
fn change_by_typing(document: &Document) -> Option<f64> {
    let change = document.analysis().total.profit()? - document.committed().total.profit()?;
    (change.abs() >= 0.005).then_some(change)
}

fn chain(brief: &Brief, theme: &Theme, size: Size, differences: bool, read: Read<'_>) -> Vec<Part> {
    let (tight, short) = (size == Size::Tight, size != Size::Full);
    let number = |value: Option<f64>, write: fn(f64) -> String| {
        format::known(value, |value| if differences { format::signed(value, write) } else { write(value) })
    };
    let money = if tight { format::short } else { format::money };
    let part = |text: String, style: Style, gives_way: u8| Part { text, style, gives_way };
    let label = |stage: Stage, word: &str| brief.labels.get(&stage).cloned().unwrap_or_else(|| word.to_owned());
    let cost = read(&|figures| figures.cost);
    let cost_word = label(Stage::Cost, "Cost");
    let mut parts = vec![part(format!("{cost_word} {}", number(cost, money)), theme.text, 0)];
    let steps = [
        (Field::Uv, Stage::Visitors, "UV", 4),
        (Field::Pv, Stage::PageViews, "PV", 5),
        (Field::Consults, Stage::Consultations, if short { "consults" } else { "consultations" }, 3),
        (Field::Deals, Stage::Deals, "deals", 1),
    ];
    for (field, stage, word, gives_way) in steps {
        // What was never measured has no place in the chain.
        if let Some(value) = read(&|figures| figures.get(field)) {
            let text = format!(" → {} {}", number(Some(value), format::short), label(stage, word));
            parts.push(part(text, theme.text, gives_way));
        }
    }
    for (field, stage, word) in
        [(Field::Repeats, Stage::Repeats, "repeat"), (Field::Referrals, Stage::Referrals, "referred")]
    {
        if let Some(value) = read(&|figures| figures.get(field)).filter(|value| *value != 0.0) {
            let value =
                if differences { format::signed(value, format::short) } else { format!("+{}", format::short(value)) };
            parts.push(part(format!(" {value} {}", label(stage, word)), theme.text, 6));
        }
    }
    let gross = read(&|figures| figures.gross_profit);
    let orders = read(&|figures| figures.orders);
    if let Some(orders) = orders.filter(|_| gross.is_none() && brief.economics.order_value.is_none()) {
        parts.push(part(format!(" → {} orders", number(Some(orders), format::short)), theme.heading, 0));
        parts.push(part(if tight { " · ," } else { " · no order value yet: ," }.to_owned(), theme.muted, 0));
        return parts;
    }
    let gross_word = label(Stage::Result, if tight { "gross" } else { "gross profit" });
    parts.push(part(format!(" → {gross_word} {}", number(gross, money)), theme.heading, 0));
    let multiple = read(&Figures::multiple);
    let style = verdict(theme, multiple, if differences { 0.0 } else { 1.0 });
    let one_in = if tight { "  1 in → " } else { "   1 in → " };
    let multiple_text = format!("{one_in}{}", number(multiple, format::multiple));
    parts.push(part(if tight { multiple_text } else { format!("{multiple_text} out") }, style, 0));
    if let Some(roi) = read(&Figures::roi) {
        parts.push(part(format!("   ROI {}", format::signed(roi, format::percent)), style, 8));
    }
    parts
}

fn verdict(theme: &Theme, value: Option<f64>, even: f64) -> Style {
    match value {
        Some(value) if value < even => theme.loss,
        Some(_) => theme.gain,
        None => theme.muted,
    }
}
