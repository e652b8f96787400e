use super::super::sample;
use super::*;
use crate::tui::state::{Layers, Period};
use crate::tui::theme::ThemeName;

fn drawn(state: &State, columns: u16, lines: u16) -> Vec<String> {
    sample::drawn(columns, lines, |area, buffer| {
        draw(state, &Theme::of(ThemeName::Mono), area, buffer);
    })
}

#[test]
fn in_a_window_of_eighty_columns_picture_and_table_are_one() {
    let rows = drawn(&sample::state(sample::SCHOOL), 78, 19);
    assert_eq!(
        rows,
        [
            "                      number 80% interval    vs Sep 2026  target missing cover",
            "▸Cost                 12,800 ██████████████████████▏",
            " ↓ Invest              6,400 per method          +500 up",
            " Methods                   2 █████▋    10         100         1k    log scale",
            " ↓ Reach               3,150 per method           +50 up",
            " Visitors              6,300 █████████████████████████████████████████████",
            " ↓ Depth                3.45    3.42–3.49       +0.47 up    3.00           79%",
            " Page views           11,400 ████████████████████████████████████████████████",
            " ↓ Consult             2.28%   2.11–2.47% −0.141 pt down                   79%",
            " Consultations           560 ████████████████████████████████▌",
            " ↓ Close               10.5%   8.97–12.3%    +1.15 pt up   25.0%",
            " Deals                    59 █████████████████████",
            " ↓ Repurchase         ~16.7%   9.30–28.8%              —             ~23   79%",
            " Repeat orders             5 █████████▎",
            " ↓ Refer              ~13.3%   6.95–24.5%              —             ~24   79%",
            " Referrals                 4 ████████▎",
            " ↓ Value                 408 per order              same",
            " Gross profit         27,744 ████████████████████████████████████████████████",
            " Cost: 12,800, spend and the hours' cost.                      2 notes below ▾",
        ]
    );
}

#[test]
fn what_was_not_measured_says_what_that_does_to_the_links_below() {
    let rows = drawn(&sample::state(sample::NO_PAGES), 80, 24);
    assert!(rows[7].contains("not measured: Consult is counted per visitor"), "{rows:#?}");
    assert!(rows[8].contains("↓ Consult per UV"), "{rows:#?}");
    assert!(rows[6].contains("— needs page views"), "{rows:#?}");
}

#[test]
fn without_money_orders_are_the_result() {
    let rows = drawn(&sample::state(sample::NO_MONEY), 80, 24);
    assert!(rows[1].contains("not measured"), "{rows:#?}");
    assert!(rows[16].contains("no order value known: orders are counted instead"), "{rows:#?}");
    assert!(rows[17].starts_with(" Orders"), "{rows:#?}");
}

#[test]
fn the_cursor_brings_what_it_stands_on_into_sight() {
    let mut state = sample::state(sample::SCHOOL);
    let limit = Item::count(state.document.as_ref().unwrap().analysis()) - 1;
    for row in 0..=limit {
        state.funnel.row = row;
        let rows = drawn(&state, 80, 12);
        assert!(rows.iter().any(|row| row.contains('▸')), "row {row}: {rows:#?}");
    }
}

#[test]
fn variance_says_above_and_below() {
    let mut state = sample::state(sample::SCHOOL);
    let document = state.document.as_mut().unwrap();
    document.look.layers = Layers::Variance;
    document.refresh(true);
    let rows = drawn(&state, 80, 24);
    assert!(rows[0].contains("planned difference, 1 month"), "{rows:#?}");
    assert!(rows[1].contains("+800 above"), "{rows:#?}");
    assert!(rows[5].contains("−200 below"), "{rows:#?}");
}

#[test]
fn it_is_drawn_at_any_size_whatever_is_missing() {
    for text in sample::ALL {
        let mut state = sample::state(text);
        for layers in [Layers::Actual, Layers::Planned, Layers::Variance] {
            let document = state.document.as_mut().unwrap();
            document.look.layers = layers;
            document.look.period = if layers == Layers::Planned { Period::All } else { document.look.period };
            document.refresh(true);
            sample::sweep(|area, buffer| {
                draw(&state, &Theme::of(ThemeName::Sixteen), area, buffer);
            });
        }
    }
}

#[test]
fn names_of_any_width_keep_their_column() {
    let state = sample::state(sample::WIDE);
    let rows = drawn(&state, 80, 24);
    assert!(rows[5].starts_with(" 访问者访问者访…"), "{rows:#?}");
    assert!(rows[5].contains(" 3,000 █"), "{rows:#?}");
    assert!(rows[2].contains(" 1.00T per method"), "{rows:#?}");
}
