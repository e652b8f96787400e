//! The two lists: trials with their multiples, split tests with their lifts. One cursor goes through both.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::super::learned::{Hit, Learned};
use super::super::super::state::{Document, State, TestsState};
use super::super::super::theme::Theme;
use super::super::super::widget::grid::{Cell, Grid, Heading};
use super::super::super::widget::interval::Axis;
use super::super::super::widget::text;
use super::Row;
use crate::engine::{SplitResult, SplitVerdict, TestResult, TrialResult, Verdict};
use crate::plan::{Plan, Split, Test, Trial, printable};
use crate::report::format::{self, known, money, multiple, probability};
use crate::report::testing;

/// Columns of an interval.
const INTERVAL: usize = 19;
/// The lift at which the interval of a split test ends to both sides.
const WIDEST_LIFT: f64 = 0.5;

/// Draws both lists, as high as they are within `area`; says how many lines they took.
pub(super) fn draw(
    state: &State,
    document: &Document,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
    learned: &mut Learned,
) -> u16 {
    let plan = document.plan();
    let rows: Vec<Row> = TestsState::order(plan)
        .into_iter()
        .filter_map(|at| Some((Arc::clone(plan.tests.get(at)?), Arc::clone(document.tests().get(at)?))))
        .collect();
    let trials = rows.iter().filter(|(test, _)| matches!(test.as_ref(), Test::Trial(_))).count();
    let (trials, splits) = rows.split_at(trials);
    let (above, below) = heights(area.height, trials.len(), splits.len(), state.tests.row);
    // The names of both lists end at one column.
    let widest = (usize::from(area.width) / 4).clamp(14, 32);
    let names = rows.iter().take(usize::from(area.height)).map(|(test, _)| text::width(test.name()));
    let name = names.max().unwrap_or(0).clamp(10, widest);
    let list = Lists { plan, theme, cursor: state.tests.row, column: state.tests.column, name };
    let top = Rect { height: above, ..area };
    list.draw(&list.trial_headings(), trials, 0, top, buffer, learned);
    let gap = u16::from(above > 0 && below > 0 && above + below < area.height);
    let bottom = Rect { y: area.y + above + gap, height: below, ..area };
    list.draw(&list.split_headings(), splits, trials.len(), bottom, buffer, learned);
    above + gap + below
}

/// How many lines each list gets, with its heading: all it needs where there is room, else the one with the cursor
/// takes from the other, which keeps two rows while there is room for them.
fn heights(room: u16, trials: usize, splits: usize, cursor: usize) -> (u16, u16) {
    let needs = |rows: usize| if rows == 0 { 0 } else { u16::try_from(rows + 1).unwrap_or(u16::MAX) };
    let share = |own: u16, other: u16| {
        let kept = if room < 6 { 0 } else { other.min(3) };
        let own = own.min(room - kept);
        // A heading without a row says nothing.
        (own, Some(other.min(room - own)).filter(|lines| *lines > 1).unwrap_or(0))
    };
    if cursor < trials {
        share(needs(trials), needs(splits))
    } else {
        let (below, above) = share(needs(splits), needs(trials));
        (above, below)
    }
}

struct Lists<'a> {
    plan: &'a Plan,
    theme: &'a Theme,
    cursor: usize,
    /// Columns after the name, scrolled out of sight at the left.
    column: usize,
    /// How wide the names are.
    name: usize,
}

impl Lists<'_> {
    fn draw(
        &self,
        headings: &[Heading],
        rows: &[Row],
        first: usize,
        area: Rect,
        buffer: &mut Buffer,
        learned: &mut Learned,
    ) {
        if rows.is_empty() || area.is_empty() {
            return;
        }
        let cell = |row: usize, column: usize| rows.get(row).map_or_else(Cell::default, |row| self.cell(row, column));
        // Above its first row or beyond its last one the cursor is in the other list.
        let cursor = (self.cursor.checked_sub(first).unwrap_or(rows.len()), None);
        let grid = Grid { headings, rows: rows.len(), cursor, offset: (0, 1 + self.column), cell: &cell, foot: None };
        let laid = grid.draw(self.theme, area, buffer);
        for (place, hit) in laid.learned.hits {
            match hit {
                Hit::Row(row) | Hit::Cell(row, _) => learned.hit(place, Hit::Row(first + row)),
                _ => {}
            }
        }
    }

    fn multiples(&self) -> Axis {
        let target = self.plan.brief.goals.target_multiple;
        Axis { ends: (0.0, 2.0 * target), marks: vec![(1.0, '│'), (target, '┊')], columns: INTERVAL }
    }

    fn lifts() -> Axis {
        Axis { ends: (-WIDEST_LIFT, WIDEST_LIFT), marks: vec![(0.0, '│')], columns: INTERVAL }
    }

    fn trial_headings(&self) -> Vec<Heading> {
        let target = self.plan.brief.goals.target_multiple;
        let axis = self.multiples().heading(format::count);
        vec![
            heading("Trial", self.name, self.name, false),
            heading("Verdict", 13, 14, false),
            heading("Multiple", 8, 8, true),
            heading(&axis, INTERVAL, INTERVAL, false),
            heading("Spent", 7, 10, true),
            heading("of", 5, 6, true),
            heading("Deals", 5, 7, true),
            heading("Pays", 5, 5, true),
            heading(&format!("≥{}", format::count(target)), 5, 6, true),
            heading("Still", 7, 10, true),
            heading("State", 8, 11, false),
            heading("Channel", 8, 24, false),
        ]
    }

    fn split_headings(&self) -> Vec<Heading> {
        let axis = Self::lifts().heading(|lift| format::signed(lift, |share| format!("{:.0}%", share * 100.0)));
        vec![
            heading("Split test", self.name, self.name, false),
            heading("Verdict", 13, 14, false),
            heading("B better", 8, 8, true),
            heading(&axis, INTERVAL, INTERVAL, false),
            heading("Lift", 7, 8, true),
            heading("p", 6, 6, true),
            heading("A", 6, 7, true),
            heading("B", 6, 7, true),
            heading("Link", 7, 10, false),
            heading("State", 8, 11, false),
            heading("Channel", 8, 24, false),
        ]
    }

    fn cell(&self, (test, result): &Row, column: usize) -> Cell {
        match (test.as_ref(), result.as_ref()) {
            (Test::Trial(trial), TestResult::Trial(of)) => self.trial_cell(trial, of, result, column),
            (Test::Split(split), TestResult::Split(of)) => self.split_cell(split, of, result, column),
            _ => Cell::default(),
        }
    }

    fn trial_cell(&self, trial: &Trial, result: &TrialResult, whole: &TestResult, column: usize) -> Cell {
        let theme = self.theme;
        let judged = result.judgement.as_ref().ok();
        let number = |text: String| Cell::number(text, theme.text);
        match column {
            0 => Cell::words(printable(&trial.name), theme.text),
            1 => Cell::words(testing::verdict(whole), self.verdict_style(result.verdict)),
            2 => number(known(judged.map(|each| each.mean), multiple)),
            3 => {
                let bar = judged.map(|each| self.multiples().bar(each.low, each.mean, each.high));
                Cell::words(bar.unwrap_or_else(|| "not judged yet".to_owned()), theme.text)
            }
            4 => number(known(result.spend, money)),
            5 => {
                let share = result.spend.map(|spend| spend / result.budget);
                let style = if result.is_overspent() { theme.warning } else { theme.text };
                Cell::number(known(share, |share| format!("{:.0}%", share * 100.0)), style)
            }
            6 => number(known(result.deals, format::count)),
            7 => number(known(judged.map(|each| each.p_pays), probability)),
            8 => number(known(judged.map(|each| each.p_target), probability)),
            9 => number(known(judged.and_then(|each| each.still_to_spend), money)),
            10 => Cell::words(testing::state(result), if result.is_overspent() { theme.warning } else { theme.muted }),
            _ => Cell::words(printable(&trial.channel), theme.muted),
        }
    }

    fn verdict_style(&self, verdict: Verdict) -> Style {
        match verdict {
            Verdict::Scale => self.theme.gain,
            Verdict::Stop => self.theme.loss,
            Verdict::Hold | Verdict::KeepTesting => self.theme.text,
        }
    }

    fn split_cell(&self, split: &Split, result: &SplitResult, whole: &TestResult, column: usize) -> Cell {
        let theme = self.theme;
        let found = result.comparison.as_ref().ok();
        let number = |text: String| Cell::number(text, theme.text);
        match column {
            0 => Cell::words(printable(&split.name), theme.text),
            1 => {
                let style = match result.verdict {
                    SplitVerdict::Adopt => theme.gain,
                    SplitVerdict::Drop => theme.loss,
                    SplitVerdict::KeepTesting => theme.text,
                };
                Cell::words(testing::verdict(whole), style)
            }
            2 => number(known(found.map(|each| each.p_better), probability)),
            3 => {
                let bar = found.and_then(|each| Some(Self::lifts().bar(each.lift_low, each.lift?, each.lift_high)));
                Cell::words(bar.unwrap_or_else(|| "not judged yet".to_owned()), theme.text)
            }
            4 => number(known(found.and_then(|each| each.lift), |lift| format::signed(lift, format::percent))),
            5 => number(known(found.and_then(|each| each.p_value), format::p_value)),
            6 => number(known(Some(split.control.acted / split.control.seen), |rate| testing::rate(split.link, rate))),
            7 => number(known(Some(split.variant.acted / split.variant.seen), |rate| testing::rate(split.link, rate))),
            8 => Cell::words(split.link.title(), theme.text),
            9 if result.ratio_is_off() => Cell::words("shares off", theme.warning),
            9 => Cell::words(testing::split_state(split), theme.muted),
            _ => Cell::words(split.channel.as_deref().map_or_else(|| "all".into(), printable), theme.muted),
        }
    }
}

fn heading(text: &str, narrowest: usize, widest: usize, right: bool) -> Heading {
    Heading { text: text.to_owned(), narrowest, widest, right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_with_the_cursor_gets_the_room() {
        assert_eq!(heights(20, 3, 2, 0), (4, 3));
        assert_eq!(heights(8, 9, 9, 0), (5, 3));
        assert_eq!(heights(8, 9, 9, 12), (3, 5));
        assert_eq!(heights(4, 9, 9, 12), (0, 4));
        assert_eq!(heights(0, 9, 9, 12), (0, 0));
        assert_eq!(heights(9, 0, 2, 0), (0, 3));
    }
}
