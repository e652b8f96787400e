//! Below the chain: key figures and checks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::super::learned::{Hit, Learned};
use super::super::super::widget::text::{put, width};
use super::super::super::widget::words::wrap_hanging;
use super::chain::sub;
use super::{Figure, Item, Row, Scene};
use crate::engine::{GainUnit, Severity};
use crate::report::format;

/// Columns of one key figure, name and number.
const FIGURE: usize = 39;

impl Scene<'_> {
    pub(super) fn foot_rows(&self, columns: usize) -> Vec<Row> {
        let mut rows = vec![Row::Text(String::new(), self.theme.text)];
        if self.variance.is_some() {
            rows.push(Row::Text(" Actual − planned:".to_owned(), self.theme.heading));
        }
        let beside = (columns / FIGURE).max(1);
        let figures = Figure::ALL.chunks(Figure::ALL.len().div_ceil(beside)).collect::<Vec<_>>();
        for at in 0..figures.first().map_or(0, |first| first.len()) {
            rows.push(Row::Figures(figures.iter().filter_map(|column| column.get(at)).copied().collect()));
        }
        rows.extend(self.remarks(columns));
        rows.push(Row::Text(String::new(), self.theme.text));
        rows.extend(self.check_rows(columns));
        rows
    }

    /// What a reader of the figures has to know.
    fn remarks(&self, columns: usize) -> Vec<Row> {
        let total = &self.analysis.total;
        let mut remarks = Vec::new();
        match total.without_result {
            0 => {}
            1 => remarks.push("One channel has a cost and no known gross profit.".to_owned()),
            many => remarks.push(format!("{many} channels have a cost and no known gross profit.")),
        }
        if self.unit == GainUnit::Orders {
            remarks.push("No order value is known: the result is counted in orders. Press , to set one.".to_owned());
        }
        if total.forecast {
            remarks.push("Forecast numbers stand where the plan has blanks.".to_owned());
        }
        let lines = remarks.iter().flat_map(|remark| wrap_hanging(&format!(" {remark}"), columns, 1));
        lines.map(|text| Row::Text(text, self.theme.muted)).collect()
    }

    fn check_rows(&self, columns: usize) -> Vec<Row> {
        let checks = &self.analysis.checks;
        let warnings = checks.iter().filter(|check| check.code.severity() == Severity::Warning).count();
        let title = match (warnings, checks.len() - warnings) {
            (0, 0) => " Checks: nothing to warn of".to_owned(),
            (warnings, notes) => format!(" Checks: {}, {}", counted(warnings, "warning"), counted(notes, "note")),
        };
        let mut rows = vec![Row::Text(title, self.theme.heading)];
        for (at, check) in checks.iter().enumerate() {
            let mark = match check.code.severity() {
                Severity::Warning => "! warning",
                Severity::Note => "· note   ",
            };
            let lines = wrap_hanging(&format!("{mark}  {}", check.message), columns.saturating_sub(2), 11);
            rows.extend(lines.into_iter().enumerate().map(|(line, text)| Row::Check(at, text, line == 0)));
        }
        rows
    }

    pub(super) fn draw_check(&self, buffer: &mut Buffer, place: Rect, at: usize, text: &str, first: bool) {
        let warning = self.analysis.checks.get(at).is_some_and(|check| check.code.severity() == Severity::Warning);
        let style = if warning { self.theme.warning } else { self.theme.text };
        let chosen = self.chosen == Item::Check(at);
        if chosen && first {
            put(buffer, sub(place, 0, 1), "▸", self.theme.accent);
        }
        let style = if chosen { self.theme.selected } else { style };
        put(buffer, sub(place, 1, place.width), text, style);
    }

    pub(super) fn draw_figures(&self, buffer: &mut Buffer, place: Rect, figures: &[Figure], learned: &mut Learned) {
        for (at, &figure) in figures.iter().enumerate() {
            let offset = u16::try_from(at * FIGURE).unwrap_or(u16::MAX);
            let cell = sub(place, offset, u16::try_from(FIGURE).unwrap_or(u16::MAX));
            self.draw_figure(buffer, cell, figure);
            learned.hit(cell, Hit::Row(Item::Figure(figure).index()));
        }
    }

    fn draw_figure(&self, buffer: &mut Buffer, cell: Rect, figure: Figure) {
        let chosen = self.chosen == Item::Figure(figure);
        if chosen {
            put(buffer, sub(cell, 0, 1), "▸", self.theme.accent);
        }
        let number = figure.number(&self.analysis.total);
        let (text, style) = match self.variance {
            Some(variance) => self.compared_figure(figure, variance),
            None => (
                format::known(number, |number| figure.text(number)),
                if figure == Figure::Profit { self.good_or_bad(number.unwrap_or(0.0)) } else { self.theme.text },
            ),
        };
        let name = if chosen { self.theme.selected } else { self.theme.text };
        put(buffer, sub(cell, 1, cell.width), figure.title(), name);
        // The number stands in its column even where the name is cut.
        let text = format!(" {text}");
        let offset = usize::from(cell.width).min(FIGURE - 2).saturating_sub(width(&text));
        put(buffer, sub(cell, u16::try_from(offset).unwrap_or(0), cell.width), &text, style);
    }
}

pub(super) fn counted(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
