//! The view Funnel: the nine factors as a picture and as a table, what a customer costs and brings, the checks.
//!
//! ```text
//!                     number 80% interval    vs Oct 2026  target missing cover
//! Cost                41,850 ███████████████████████████████▉
//! ↓ Invest             5,979 per method          +120 up   5,000
//! Methods                  7 ██████████ 10        100         1k   log scale
//! ↓ Reach              1,837 per method           +52 up
//! Visitors            12,860 ██████████████████████████████████████████████
//! ↓ Depth               2.96   2.94–2.98      −0.04 down                   86%
//! …
//!▸↓ Close              17.9%  16.1–19.8%     +1.20 pt up   25.0%
//! Deals                  129 ███████████████████████▋
//! …
//! Gross profit        64,872 █████████████████████████████████████████████████
//!
//! Profit                       +23,022   Cost per visitor                 3.25
//! …
//! Checks: 1 warning, 1 note
//! ! warning  Soft articles: fewer page views than visitors in 1 month; …
//!
//! Close: 17.9% of consultations become deals (129 of 720).     1 note below ▾
//! ```
//!
//! The cursor goes over stages, links, key figures and checks; what it stands on is said in the last line.

mod chain;
mod compare;
mod foot;
mod item;
mod said;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use item::{Figure, Item};

use super::super::learned::{Hit, Learned};
use super::super::state::{Document, State};
use super::super::theme::Theme;
use super::super::widget::text::{line, put, width};
use super::super::widget::words::right;
use crate::engine::{Analysis, GainUnit, Severity, Variance};
use crate::plan::Plan;

use chain::Columns;

/// Everything that the view is drawn from.
struct Scene<'a> {
    plan: &'a Plan,
    analysis: &'a Analysis,
    /// The period before and its figures.
    before: Option<(String, &'a Analysis)>,
    variance: Option<&'a Variance>,
    unit: GainUnit,
    /// What the cursor stands on.
    chosen: Item,
    theme: &'a Theme,
}

/// A line of the view that scrolls.
enum Row {
    /// A stage or a link, or an empty line where there is none.
    Item(Item),
    /// Key figures side by side.
    Figures(Vec<Figure>),
    /// A line of a check's message; true for its first line.
    Check(usize, String, bool),
    /// A line that cannot be chosen.
    Text(String, ratatui::style::Style),
}

/// What the cursor stands on; `None` where no plan is open.
pub fn chosen(state: &State) -> Option<Item> {
    let document = state.document.as_ref()?;
    Some(Item::at(state.funnel.row, document.analysis()))
}

/// Draws the view into `area`, which is what the frame leaves.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let Some(document) = &state.document else { return learned };
    let area = area.intersection(buffer.area);
    let scene = Scene::of(document, Item::at(state.funnel.row, document.analysis()), theme);
    learned.scroll_limit = Item::count(document.analysis()).saturating_sub(1);
    if area.is_empty() {
        return learned;
    }
    let head = u16::from(area.height > 4);
    let foot = u16::from(area.height > 6);
    let body = Rect { y: area.y + head, height: area.height - head - foot, ..area };
    let columns = Columns::of(area.width);
    if head > 0 {
        scene.draw_heading(buffer, line(area, 0), &columns);
    }
    let rows = scene.rows(area.width);
    learned.page = usize::from(body.height);
    learned.offset = scene.offset(&rows, learned.page, state.learned.offset);
    for (y, row) in (0..body.height).zip(rows.iter().skip(learned.offset)) {
        scene.draw_row(buffer, line(body, y), row, &columns, &mut learned);
    }
    if foot > 0 {
        let below = rows.get(learned.offset + learned.page..).unwrap_or_default();
        scene.draw_said(buffer, line(area, area.height - 1), below);
    }
    learned
}

impl<'a> Scene<'a> {
    fn of(document: &'a Document, chosen: Item, theme: &'a Theme) -> Self {
        let (plan, analysis) = (document.plan(), document.analysis());
        let before = document.before().map(|(day, before)| (plan.brief.cadence.label(day), before.as_ref()));
        let unit = analysis.improve.unit;
        Self { plan, analysis, before, variance: document.variance(), unit, chosen, theme }
    }

    fn rows(&self, columns: u16) -> Vec<Row> {
        let mut rows: Vec<Row> = Item::chain().map(Row::Item).collect();
        rows.extend(self.foot_rows(usize::from(columns)));
        rows
    }

    /// The first row in sight: as before, unless what the cursor stands on would not be in sight then.
    fn offset(&self, rows: &[Row], page: usize, before: usize) -> usize {
        let stands = |row: &Row| match row {
            Row::Item(item) => *item == self.chosen,
            Row::Figures(figures) => figures.iter().any(|figure| Item::Figure(*figure) == self.chosen),
            Row::Check(at, ..) => Item::Check(*at) == self.chosen,
            Row::Text(..) => false,
        };
        let first = rows.iter().position(stands).unwrap_or(0);
        let last = rows.iter().rposition(stands).unwrap_or(0);
        // The last thing to stand on brings everything below it into sight.
        let end = rows.len().saturating_sub(page);
        let least = if rows.iter().skip(last + 1).any(|row| !matches!(row, Row::Text(..))) {
            (last + 2).saturating_sub(page)
        } else {
            end
        };
        let most = first.saturating_sub(1);
        before.clamp(least.min(most), most).min(end)
    }

    fn draw_row(&self, buffer: &mut Buffer, place: Rect, row: &Row, columns: &Columns, learned: &mut Learned) {
        match row {
            Row::Item(item) => {
                match (*item, self.variance) {
                    (Item::Stage(stage), None) => self.draw_stage(buffer, place, stage, columns),
                    (Item::Link(link), None) => self.draw_link(buffer, place, link, columns),
                    (item, Some(variance)) => self.draw_compared(buffer, place, item, variance, columns),
                    (Item::Figure(_) | Item::Check(_), None) => {}
                }
                learned.hit(place, Hit::Row(item.index()));
            }
            Row::Figures(figures) => self.draw_figures(buffer, place, figures, learned),
            Row::Check(at, text, first) => {
                self.draw_check(buffer, place, *at, text, *first);
                learned.hit(place, Hit::Row(Item::Check(*at).index()));
            }
            Row::Text(text, style) => {
                put(buffer, place, text, *style);
            }
        }
    }

    /// The last line: what the cursor stands on in a sentence, and what there is below.
    fn draw_said(&self, buffer: &mut Buffer, place: Rect, below: &[Row]) {
        let said = format!(" {}", self.said(self.chosen));
        let hidden = |wanted: Severity| {
            let is = |at: usize| self.analysis.checks.get(at).is_some_and(|check| check.code.severity() == wanted);
            below.iter().filter(|row| matches!(row, Row::Check(at, _, true) if is(*at))).count()
        };
        let (warnings, notes) = (hidden(Severity::Warning), hidden(Severity::Note));
        let (long, short) = match (warnings, notes) {
            _ if below.is_empty() => (String::new(), String::new()),
            (0, 0) => (" more below ▾".to_owned(), " ▾".to_owned()),
            (0, notes) => (format!(" {} below ▾", foot::counted(notes, "note")), " ▾".to_owned()),
            (warnings, _) => (format!(" {} below ▾", foot::counted(warnings, "warning")), format!(" {warnings}! ▾")),
        };
        let room = usize::from(place.width);
        let more = if width(&said) + width(&long) <= room { long } else { short };
        let style = if warnings > 0 { self.theme.warning } else { self.theme.muted };
        put(buffer, place, &right(&more, room), style);
        let kept = u16::try_from(room.saturating_sub(width(&more))).unwrap_or(place.width);
        put(buffer, Rect { width: kept, ..place }, &said, self.theme.text);
    }
}

#[cfg(test)]
mod tests;
