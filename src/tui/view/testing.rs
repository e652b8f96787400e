//! The view Tests: trials and split tests, how each is doing, and why.
//!
//! ```text
//!   Trial             Verdict        Multiple  0     1  1.5      3   Spent  Deals
//! ▸ Portal ads        stop, firm         0.59     ●  │  ┊           75,000     91
//!   Fair in June      keep testing       1.56        ┿━━┿●━━━        3,000     11
//!
//!   Split test        Verdict        B better  −50%   0      +50%     Lift
//!   Softer pop-up     adopt, likely      96%          │ ━━━━●━━▸    +31.0%
//!  Why         It will hardly pay: it pays (1 or more) with <1%, at most 10%.
//!  Firm?       Firm: it holds however often one looked, and may be acted on now.
//!  At stake    of 300,000 to follow: scaling now loses 122,000 on average …
//! ```
//!
//! `Enter` opens the fields of the test under the cursor in place of what is told of it, beside it in a wide window.

mod list;

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::Learned;
use super::super::state::{Document, State};
use super::super::theme::Theme;
use super::super::widget::{text, words};
use super::{sheet, told};
use crate::engine::TestResult;
use crate::plan::Test;
use crate::report::{Said, testing};

/// From this width on two things stand side by side below the lists.
const BESIDE: u16 = 104;

/// Draws the view.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let area = area.intersection(buffer.area);
    let Some(document) = state.document.as_ref().filter(|_| !area.is_empty()) else { return learned };
    if document.plan().tests.is_empty() {
        draw_empty(theme, area, buffer);
        return learned;
    }
    let least = if state.sheet.is_some() { sheet::height(state).min(area.height * 2 / 3) } else { area.height / 2 };
    let list = list::draw(state, document, theme, Rect { height: area.height - least, ..area }, buffer, &mut learned);
    let below = Rect { y: area.y + list, height: area.height - list, ..area };
    draw_below(state, document, theme, below, buffer, &mut learned);
    learned
}

fn draw_empty(theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let lines = [
        ("", theme.text),
        ("No tests yet: money is scaled after a small trial, a link is changed after a split test.", theme.heading),
        ("", theme.text),
        ("a  plans one: a trial of a channel with a small budget, or a split test of a link", theme.text),
        (",  says what an order is worth, from which the stop-loss and enough budget follow", theme.text),
    ];
    let columns = usize::from(area.width.saturating_sub(4));
    let wrapped = lines.into_iter().flat_map(|(said, style)| {
        let said = if said.is_empty() { vec![String::new()] } else { words::wrap_hanging(said, columns, 3) };
        said.into_iter().map(move |line| (line, style))
    });
    for (y, (words, style)) in (0..area.height).zip(wrapped) {
        let line = text::line(area, y);
        text::put(
            buffer,
            Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(2), ..line },
            &words,
            style,
        );
    }
}

/// The fields of the chosen test, where they are open, and what is told of it.
fn draw_below(
    state: &State,
    document: &Document,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let area = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    let said = chosen(state, document);
    let wide = area.width >= BESIDE;
    let half = |at: u16| {
        let width = area.width / 2 - 1;
        Rect { x: area.x + at * (area.width - width), width, ..area }
    };
    let scroll = state.tests.scroll;
    if state.sheet.is_some() {
        if wide {
            let all: Vec<Said> = said.into_iter().flatten().collect();
            told::draw(&all, scroll, theme, half(1), buffer, learned);
            sheet::draw(state, theme, half(0), buffer, learned);
        } else {
            draw_sheet_above(state, theme, area, &said, buffer, learned);
        }
        return;
    }
    let [about, planning] = said;
    if wide && !planning.is_empty() {
        told::draw(&planning, scroll, theme, half(1), buffer, learned);
        let (limit, page) = (learned.scroll_limit, learned.page);
        told::draw(&about, scroll, theme, half(0), buffer, learned);
        learned.scroll_limit = learned.scroll_limit.max(limit);
        learned.page = learned.page.max(page);
    } else {
        told::draw(&[about, planning].concat(), scroll, theme, area, buffer, learned);
    }
}

/// In a narrow window the fields stand above, and below them what they lead to.
fn draw_sheet_above(
    state: &State,
    theme: &Theme,
    area: Rect,
    said: &[Vec<Said>; 2],
    buffer: &mut Buffer,
    learned: &mut Learned,
) {
    let below = (area.height / 3).min(area.height.saturating_sub(4));
    let place = Rect { y: area.bottom() - below, height: below, ..area };
    // What follows from a field is nearest to it: planning first, where there is any.
    let [about, planning] = said;
    let all: Vec<Said> = planning.iter().chain(about).cloned().collect();
    told::draw(&all, 0, theme, place, buffer, learned);
    sheet::draw(state, theme, Rect { height: area.height - below, ..area }, buffer, learned);
}

/// What is told of the test under the cursor: why its verdict is what it is, and how it is planned.
pub(in crate::tui) fn chosen(state: &State, document: &Document) -> [Vec<Said>; 2] {
    let plan = document.plan();
    let found = state.tests.chosen(plan).and_then(|at| Some((plan.tests.get(at)?, document.tests().get(at)?)));
    let Some((test, result)) = found else { return [Vec::new(), Vec::new()] };
    match (test.as_ref(), result.as_ref()) {
        (Test::Trial(trial), TestResult::Trial(result)) => {
            [testing::trial(plan, trial, result), testing::planning(trial, result)]
        }
        (Test::Split(split), TestResult::Split(result)) => {
            [testing::split(plan, document.analysis(), split, result, state.tests.inputs), Vec::new()]
        }
        _ => [Vec::new(), Vec::new()],
    }
}

/// A test with what follows from it, and its place among those shown.
type Row = (Arc<Test>, Arc<TestResult>);

#[cfg(test)]
mod tests;
