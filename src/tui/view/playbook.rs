//! The view Playbook: the plan's own tactics, and below them what the trade knows for each lever.
//!
//! ```text
//!   Lever    Tactic                      State    Gain a month  Payback  Due         Owner
//! ▸ Consult  Pop up the chat after 30 …  doing            +820     0.39  2026-12-05  Chen
//!   Close    Call back within ten min…   idea           +1,240     0.65              Wu
//!  The playbook: what the trade knows  ◂ all levers ▸
//!   Lever    Play
//!   Consult  Ask after half a minute, not at the door           in your plan
//!   Consult  Offer a benefit for asking                         can be split-tested
//!  Gain        +820 a month, 91% sure that the rate is lower now. It costs 320. …
//! ```
//!
//! `F6` moves the arrows between the two lists; `Enter` opens a tactic's fields, or takes a play into the plan.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::learned::{Hit, Learned};
use super::super::state::{Document, PlaybookPane, State};
use super::super::theme::Theme;
use super::super::widget::grid::{Cell, Grid, Heading};
use super::super::widget::text;
use super::{sheet, told};
use crate::engine::TacticWorth;
use crate::plan::{Play, TacticState, printable};
use crate::report::format::{self, known, money};
use crate::report::{Said, testing, words};

/// From this width on the sheet and what follows from it stand side by side.
const BESIDE: u16 = 104;

/// Draws the view.
pub fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Learned {
    let mut learned = Learned::default();
    let area = area.intersection(buffer.area);
    let Some(document) = state.document.as_ref().filter(|_| !area.is_empty()) else { return learned };
    let order = state.playbook.order(document.plan(), document.analysis());
    let scene = Scene { state, document, theme, order };
    let (mine, book, below) = scene.parts(area);
    scene.draw_mine(mine, buffer, &mut learned);
    scene.draw_book(book, buffer, &mut learned);
    scene.draw_below(below, buffer, &mut learned);
    learned
}

/// One of the two lists.
struct List<'a> {
    headings: &'a [Heading],
    rows: usize,
    /// The row of the cursor; beyond the last one it is in the other list.
    cursor: usize,
    /// Columns after the first one, scrolled out of sight.
    column: usize,
}

/// What the view is drawn from.
struct Scene<'a> {
    state: &'a State,
    document: &'a Document,
    theme: &'a Theme,
    /// The places of the plan's tactics in the order shown.
    order: Vec<usize>,
}

impl Scene<'_> {
    /// Where the tactics, the plays and what is told of the chosen one stand.
    fn parts(&self, area: Rect) -> (Rect, Rect, Rect) {
        let tactics = u16::try_from(self.order.len().max(1) + 1).unwrap_or(u16::MAX);
        let has_sheet = self.state.sheet.is_some();
        let below = if has_sheet {
            sheet::height(self.state).min(area.height * 3 / 4)
        } else {
            (area.height / 3).clamp(3.min(area.height), 9)
        };
        let lists = area.height - below;
        let most = if has_sheet { lists } else { (lists / 2).max(3) };
        let mine = tactics.min(most).min(lists);
        let book = if has_sheet { 0 } else { lists - mine };
        let part = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
        let inset = part(lists, below);
        let inset = Rect { x: inset.x + 1.min(inset.width), width: inset.width.saturating_sub(2), ..inset };
        (part(0, mine), part(mine, book), inset)
    }

    fn draw_mine(&self, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
        let plan = self.document.plan();
        let width = usize::from(area.width);
        let gain = format!("Gain {}", words::per_period(plan.brief.cadence));
        let payback = format!("Payback, {}s", plan.brief.cadence.key());
        let headings = [
            heading("Lever", 10, 10, false),
            heading("Tactic", 14, (width * 2 / 5).clamp(14, 60), false),
            heading("State", 8, 8, false),
            heading(&gain, 8, 14, true),
            heading(if width < 100 { "Payback" } else { &payback }, 7, 15, true),
            heading("Due", 10, 10, false),
            heading("Owner", 6, 14, false),
            heading("Channel", 8, 20, false),
            heading("Costs", 7, 10, true),
        ];
        let cell = |row: usize, column: usize| self.tactic_cell(row, column);
        let here = self.state.playbook.pane == PlaybookPane::Mine;
        let row = if here { self.state.playbook.row } else { usize::MAX };
        let list =
            List { headings: &headings, rows: self.order.len(), cursor: row, column: self.state.playbook.column };
        self.grid(&list, &cell, area, buffer, Hit::Tactic, learned);
        if self.order.is_empty() {
            let line = text::line(area, 1);
            let line = Rect { x: line.x + 2.min(line.width), width: line.width.saturating_sub(2), ..line };
            let words = if here { "none yet: a adds one of your own, F6 goes to the playbook" } else { "none yet" };
            text::put(buffer, line, words, self.theme.muted);
        }
    }

    fn tactic_cell(&self, row: usize, column: usize) -> Cell {
        let (plan, theme) = (self.document.plan(), self.theme);
        let Some(tactic) = self.order.get(row).and_then(|at| plan.tactics.get(*at)) else { return Cell::default() };
        let worth = || TacticWorth::of(plan, tactic, self.document.analysis());
        let style = match tactic.state {
            TacticState::Idea | TacticState::Doing | TacticState::Done => theme.text,
            TacticState::Proven => theme.gain,
            TacticState::Rejected => theme.muted,
        };
        match column {
            0 => Cell::words(tactic.link.title(), theme.text),
            1 => Cell::words(printable(&tactic.title), style),
            2 => Cell::words(tactic.state.key(), style),
            3 => {
                let unit = self.document.analysis().improve.unit;
                Cell::number(known(worth().gain, |gain| super::shown::gain_text(unit, gain)), theme.text)
            }
            4 => Cell::number(known(worth().payback, format::count), theme.text),
            5 => Cell::words(tactic.due.map_or_else(String::new, |day| day.to_string()), theme.text),
            6 => Cell::words(printable(&tactic.owner), theme.text),
            7 => Cell::words(tactic.channel.as_deref().map_or_else(|| "all".into(), printable), theme.muted),
            _ => Cell::number(known(worth().cost, money), theme.text),
        }
    }

    fn draw_book(&self, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
        if area.is_empty() {
            return;
        }
        let state = &self.state.playbook;
        let here = state.pane == PlaybookPane::Book;
        let lever = state.lever.map_or("all levers", crate::plan::Lever::title);
        let style = if here { self.theme.accent } else { self.theme.heading };
        let used = text::put(buffer, text::line(area, 0), " The playbook: what the trade knows ", style);
        let rest = text::line(area, 0);
        let rest = Rect { x: rest.x + used, width: rest.width - used, ..rest };
        text::put_spans(buffer, rest, [("◂ ", self.theme.key), (lever, self.theme.accent), (" ▸", self.theme.key)]);
        let plays = state.plays();
        let taken: HashSet<&str> = self.document.plan().tactics.iter().map(|tactic| tactic.title.as_str()).collect();
        let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let width = usize::from(area.width);
        let headings = [
            heading("Lever", 10, 10, false),
            heading("Play", 14, width.saturating_sub(36).clamp(14, 64), false),
            heading("", 12, 22, false),
        ];
        let cell = |row: usize, column: usize| {
            plays.get(row).map_or_else(Cell::default, |play| {
                let in_plan = taken.contains(play.title.as_str());
                match column {
                    1 => Cell::words(play.title.clone(), if in_plan { self.theme.muted } else { self.theme.text }),
                    0 => Cell::words(play.link.title(), self.theme.muted),
                    _ if in_plan => Cell::words("in your plan", self.theme.muted),
                    _ if play.split_test => Cell::words("can be split-tested", self.theme.muted),
                    _ => Cell::default(),
                }
            })
        };
        let row = if here { state.play } else { usize::MAX };
        let list = List { headings: &headings, rows: plays.len(), cursor: row, column: 0 };
        self.grid(&list, &cell, below, buffer, Hit::Play, learned);
        if plays.is_empty() {
            let line = text::line(below, 1);
            let words = "  no play contains that: Esc shows all of them";
            text::put(buffer, line, words, self.theme.muted);
        }
    }

    /// A list of whole rows, whose clicks mean `hit`.
    fn grid(
        &self,
        list: &List<'_>,
        cell: &dyn Fn(usize, usize) -> Cell,
        area: Rect,
        buffer: &mut Buffer,
        hit: impl Fn(usize) -> Hit,
        learned: &mut Learned,
    ) {
        let List { headings, rows, cursor, column } = *list;
        let grid = Grid { headings, rows, cursor: (cursor.min(rows), None), offset: (0, 1 + column), cell, foot: None };
        for (place, what) in grid.draw(self.theme, area, buffer).learned.hits {
            if let Hit::Row(row) = what {
                learned.hit(place, hit(row));
            }
        }
    }

    fn draw_below(&self, area: Rect, buffer: &mut Buffer, learned: &mut Learned) {
        let said = chosen(self.state, self.document);
        let scroll = self.state.playbook.scroll;
        if self.state.sheet.is_none() {
            return told::draw(&said, scroll, self.theme, area, buffer, learned);
        }
        let (fields, about) = if area.width >= BESIDE {
            let width = area.width / 2 - 1;
            (Rect { width, ..area }, Rect { x: area.right() - width, width, ..area })
        } else {
            let below = (area.height / 4).min(area.height.saturating_sub(4));
            (Rect { height: area.height - below, ..area }, Rect { y: area.bottom() - below, height: below, ..area })
        };
        told::draw(&said, scroll, self.theme, about, buffer, learned);
        sheet::draw(self.state, self.theme, fields, buffer, learned);
    }
}

/// What is told of the row under the cursor: of a tactic what it gains and did, of a play how it works.
pub(in crate::tui) fn chosen(state: &State, document: &Document) -> Vec<Said> {
    let (plan, analysis) = (document.plan(), document.analysis());
    match state.playbook.pane {
        PlaybookPane::Mine => {
            let order = state.playbook.order(plan, analysis);
            let tactic = order.get(state.playbook.row).and_then(|at| plan.tactics.get(*at));
            tactic.map_or_else(Vec::new, |tactic| testing::tactic(plan, analysis, tactic))
        }
        PlaybookPane::Book => {
            let plays = state.playbook.plays();
            plays.get(state.playbook.play).map_or_else(Vec::new, |play| of_play(play))
        }
    }
}

fn of_play(play: &Play) -> Vec<Said> {
    let mut said = vec![Said::new("How", play.how.clone())];
    if !play.beware.is_empty() {
        said.push(Said::new("Beware", play.beware.clone()));
    }
    if play.split_test {
        said.push(Said::new("Test it", "Half of the people can be shown it first: a split test in Tests (T, then a)."));
    }
    said
}

fn heading(text: &str, narrowest: usize, widest: usize, right: bool) -> Heading {
    Heading { text: text.to_owned(), narrowest, widest, right }
}
