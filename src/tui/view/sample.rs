//! Small plans full of holes, and the screen as text: for the tests of the views.

use std::sync::Arc;

use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::engine::Bets;
use crate::plan::History;
use crate::store::read_plan;
use crate::tui::keymap::Keymap;
use crate::tui::state::{Document, Place, State};
use crate::tui::theme::ThemeName;
use crate::tui::widget::text::width;

/// Two channels, one of which was never asked for page views, and a plan.
pub(in crate::tui) const SCHOOL: &str = r#"(version: 1, name: "School", currency: "CNY", cadence: Month,
    economics: (order_value: 680, margin: 0.6, hourly_cost: 45), targets: {Close: 0.25, Depth: 3},
    channels: [
        (name: "Paid search", actual: {
            "2026-09-01": (spend: 9800, uv: 3200, pv: 9540, consults: 231, deals: 29),
            "2026-10-01": (spend: 10100, uv: 3300, pv: 11400, consults: 260, deals: 30, repeats: 5, referrals: 4)},
         planned: {"2026-10-01": (spend: 9300, uv: 3500)}),
        (name: "Chat groups", actual: {
            "2026-09-01": (spend: 2000, uv: 3000, consults: 270, deals: 18),
            "2026-10-01": (spend: 2700, uv: 3000, consults: 300, deals: 29)},
         planned: {"2026-10-01": (spend: 2700, uv: 3000)}),
    ])"#;

/// Nobody counted pages.
pub(in crate::tui) const NO_PAGES: &str = r#"(version: 1, name: "Ads", cadence: Month, economics: (order_value: 100),
    channels: [
        (name: "A", actual: {"2026-10-01": (spend: 7309, uv: 4877, consults: 498, deals: 152)}),
        (name: "B", actual: {"2026-10-01": (spend: 5737, uv: 3929, consults: 247, deals: 72)}),
        (name: "C", actual: {"2026-10-01": (spend: 7019, uv: 4919, consults: 3, deals: 1)}),
    ])"#;

/// Leads and deals, no money, no visitors.
pub(in crate::tui) const NO_MONEY: &str = r#"(version: 1, name: "Leads", cadence: Month,
    channels: [
        (name: "(blank)", actual: {"2026-09-01": (consults: 12, deals: 0), "2026-10-01": (consults: 5, deals: 1)}),
        (name: "direct", actual: {"2026-09-01": (consults: 80, deals: 9), "2026-10-01": (consults: 65, deals: 18)}),
        (name: "email", active: false, actual: {"2026-10-01": (consults: 5, deals: 9)}),
    ])"#;

/// Wide characters in every place.
pub(in crate::tui) const WIDE: &str = r#"(version: 1, name: "百度推广计划百度推广计划", currency: "元", cadence: Week,
    economics: (order_value: 1e15), labels: {Visitors: "访问者访问者访问者访问者", Result: "毛利"},
    carry: {Reach: 0.8},
    channels: [
        (name: "百度推广百度推广百度推广百度推广", owner: "李雷", actual: {
            "2026-09-28": (spend: 1e12, hours: 3, uv: 3000, consults: 9000, deals: 3, repeats: 0)}),
        (name: "微博", actual: {"2026-09-28": (uv: 0, consults: 0, deals: 0)}),
        (name: "é", actual: {"2026-09-14": (uv: 0.5)}),
    ])"#;

/// Nothing at all.
pub(in crate::tui) const EMPTY: &str = r#"(version: 1, name: "Empty", cadence: Day)"#;

/// Nothing but a cost.
pub(in crate::tui) const SPEND_ALONE: &str = r#"(version: 1, name: "Spend", cadence: Month, economics: (order_value: 5),
    channels: [(name: "x", actual: {"2026-10-01": (spend: 5)}, planned: {"2026-10-01": (spend: 5)})])"#;

/// All of them.
pub(in crate::tui) const ALL: [&str; 6] = [SCHOOL, NO_PAGES, NO_MONEY, WIDE, EMPTY, SPEND_ALONE];

/// A state in which the plan is open at its last period.
pub(in crate::tui) fn state(text: &str) -> State {
    let plan = read_plan(text, "sample.ron").unwrap().plan;
    let today = date(2026, 10, 4);
    let mut state = State::new(Arc::new(Keymap::built_in().unwrap()), today, ThemeName::Mono);
    let mut document = Document::new(History::of_saved(plan), Place::Nowhere, today);
    document.refresh(true);
    state.document = Some(document);
    state
}

/// As [`state`], with the figures that take long, all of them computed.
pub(in crate::tui) fn computed(text: &str) -> State {
    let mut state = self::state(text);
    let document = state.document.as_mut().unwrap();
    document.best_bets.want(document.records(), &mut state.last_request);
    document.best_bets.answered(state.last_request, Ok(Bets::of(document.analysis()).draw()));
    state
}

/// What `draw` leaves on a screen of that size, line by line, without the spaces at the ends.
pub(in crate::tui) fn drawn(columns: u16, lines: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
    let area = Rect::new(0, 0, columns, lines);
    let mut buffer = Buffer::empty(area);
    draw(area, &mut buffer);
    (0..lines).map(|y| row(&buffer, y)).collect()
}

/// A line of the screen.
fn row(buffer: &Buffer, y: u16) -> String {
    let (mut row, mut x) = (String::new(), 0);
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += u16::try_from(width(symbol).max(1)).unwrap();
    }
    row.trim_end().to_owned()
}

/// Draws at many sizes, in a part of a screen whose rest must stay as it was.
pub(in crate::tui) fn sweep(draw: impl Fn(Rect, &mut Buffer)) {
    let widths = (0..=90).step_by(3).chain([10, 40, 79, 80, 100, 120, 135, 200, 300]);
    for columns in widths {
        for lines in [0, 1, 2, 3, 5, 6, 7, 9, 12, 21, 37, 100] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns + 2, lines + 2));
            draw(Rect::new(1, 1, columns, lines), &mut buffer);
            for x in 0..columns + 2 {
                assert_eq!(buffer[(x, 0)].symbol(), " ", "above, at {columns}×{lines}");
                assert_eq!(buffer[(x, lines + 1)].symbol(), " ", "below, at {columns}×{lines}");
            }
            for y in 0..lines + 2 {
                assert_eq!(buffer[(0, y)].symbol(), " ", "left, at {columns}×{lines}");
                assert_eq!(buffer[(columns + 1, y)].symbol(), " ", "right, at {columns}×{lines}");
            }
        }
    }
}
