use super::super::{playbook, sample};
use super::*;
use crate::tui::sheet::Subject;
use crate::tui::state::{SheetState, View};
use crate::tui::theme::ThemeName;

/// A trial that is stopped, one that has begun, a split test, a tactic with wide characters and holes.
const TESTED: &str = r#"#![enable(implicit_some)]
    (version: 1, name: "School", currency: "CNY", cadence: Month,
    economics: (order_value: 680, margin: 0.6, hourly_cost: 40), targets: {Consult: 0.03},
    channels: [
        (name: "百度推广", actual: {"2026-09-01": (spend: 25000, uv: 3000, pv: 6000, consults: 120, deals: 30)}),
        (name: "Fair", actual: {"2026-10-01": (spend: 3000, deals: 11)}),
    ],
    tests: [
        Split(name: "Softer pop-up", link: Consult, channel: "百度推广", started: "2026-09-10",
            control: (seen: 1000, acted: 50), variant: (seen: 1000, acted: 65)),
        Trial(name: "百度推广百度推广百度推广百度推广", channel: "百度推广", started: "2026-09-01", budget: 20000,
            gross_per_deal: 408, counts: (spend: 25000, deals: 30)),
        Trial(name: "Fair in June", channel: "Fair", started: "2026-10-01", budget: 5000, daily_spend: 100,
            gross_per_deal: 408),
        Split(name: "Nobody yet", link: Depth, control: (seen: 0, acted: 0), variant: (seen: 0, acted: 0)),
    ],
    tactics: [
        (title: "百度推广百度推广百度推广百度推广百度推广", link: Consult, expected: 0.03, hours: 8, owner: "李雷",
            evidence: ["Softer pop-up", "gone"]),
        (title: "More money", link: Spend),
    ])"#;

fn state(text: &str, view: View, sheet: Option<Subject>) -> State {
    let mut state = sample::state(text);
    state.view = view;
    state.document.as_mut().unwrap().refresh_tests();
    state.playbook.book = crate::store::playbook().ok().map(Arc::new);
    state.sheet = sheet.map(|subject| SheetState { subject, row: 2, editing: None });
    state
}

fn drawn(state: &State, columns: u16, lines: u16) -> Vec<String> {
    sample::drawn(columns, lines, |area, buffer| {
        draw(state, &Theme::of(ThemeName::Mono), area, buffer);
    })
}

#[test]
fn in_eighty_columns_each_test_is_a_line_and_the_chosen_one_is_told_of() {
    let rows = drawn(&state(TESTED, View::Tests, None), 78, 19);
    assert_eq!(
        rows[..11],
        [
            "  Trial                Verdict        Multiple  0     1  1.5      3    Spent▸",
            "▸ 百度推广百度推广百…  stop, firm         0.50    ━●━ │  ┊            25,000",
            "  Fair in June         keep testing       1.56        ┿━━●━━━━         3,000",
            "",
            "  Split test           Verdict        B better  −50%     0%    +50%     Lift▸",
            "  Softer pop-up        adopt, likely       92%         ━━┿━━━━●━━━▸   +30.0%",
            "  Nobody yet           keep testing          —  not judged yet             —",
            " Why         It will hardly pay: it pays (1 or more) with <1%, at most 10%.",
            " Firm?       yes: it holds however often one looked, and may be acted on now.",
            " To change   22 more deals without further cost (keep testing).",
            " At stake    of 60,000 to follow: scaling now loses 30,134 on average by the",
        ]
    );
}

#[test]
fn in_a_wide_window_planning_stands_beside_the_reasons() {
    let mut state = state(TESTED, View::Tests, None);
    state.tests.row = 1;
    let rows = drawn(&state, 118, 30);
    let below: Vec<&str> = rows.iter().map(String::as_str).skip_while(|row| !row.contains("Why")).collect();
    assert!(below[0].contains("Stop-loss   552 (6 days at 100 a day) without a single"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("3.00: scale")), "{rows:#?}");
}

#[test]
fn the_fields_stand_beside_what_follows_from_them() {
    let rows = drawn(&state(TESTED, View::Tests, Some(Subject::Test(2))), 118, 30);
    assert!(rows.iter().any(|row| row.contains("▸ Budget") && row.contains("5,000")), "{rows:#?}");
    assert!(rows.iter().any(|row| row.contains("Stop-loss")), "{rows:#?}");
}

#[test]
fn both_views_are_drawn_at_any_size_whatever_is_missing() {
    for text in sample::ALL.into_iter().chain([TESTED]) {
        for sheet in [None, Some(Subject::Test(0)), Some(Subject::Test(1)), Some(Subject::Tactic(0))] {
            let mut state = state(text, View::Tests, sheet);
            (state.tests.row, state.tests.scroll, state.tests.column) = (3, 7, 3);
            (state.playbook.row, state.playbook.play, state.playbook.scroll) = (3, 3, 7);
            let theme = Theme::of(if sheet.is_none() { ThemeName::Light } else { ThemeName::Mono });
            sample::sweep(|area, buffer| {
                draw(&state, &theme, area, buffer);
            });
            sample::sweep(|area, buffer| {
                playbook::draw(&state, &theme, area, buffer);
            });
        }
    }
}
