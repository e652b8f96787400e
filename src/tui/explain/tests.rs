use super::super::columns::{self, Column};
use super::super::view::sample;
use super::*;
use crate::plan::Lever;
use crate::report::Computed;
use crate::tui::state::{Layers, Period};

fn at_row(text: &str, row: usize) -> Explanation {
    let mut state = sample::state(text);
    state.view = View::Funnel;
    state.funnel.row = row;
    explain(&state)
}

/// The explanation of a column of the first channel.
fn at_column(state: &mut State, column: Column) -> Explanation {
    state.view = View::Channels;
    state.channels.order = vec![0];
    state.channels.column = (0..columns::COUNT).find(|at| columns::column(*at) == column).unwrap();
    explain(state)
}

#[test]
fn a_rate_is_explained_with_its_counts_its_records_and_how_sure_it_is() {
    let told = at_row(sample::SCHOOL, Item::Link(Link::Close).index());
    assert_eq!(told.title, "Close of all channels");
    assert_eq!(
        told.lines,
        [
            "What it is",
            "  closing rate",
            "",
            "Formula",
            "  deals / consultations",
            "  = 59 / 560 = 10.5%, over the records in which both are known",
            "",
            "Comes from",
            "  2 records of 2 channels: Oct 2026, Actual layer",
            "",
            "How sure",
            "  80% interval 8.97–12.3%, from the counts alone (Jeffreys prior)",
            "  events are taken as independent: too few periods to see how they scatter",
        ]
    );
}

#[test]
fn a_channels_cost_shows_its_hourly_cost_and_its_blanks() {
    let told = at_column(&mut sample::state(sample::SCHOOL), Column::Computed(Computed::Cost));
    assert_eq!(told.title, "Cost of Paid search");
    assert!(told.lines.contains(&"  = 10,100 + — × 45 = 10,100".to_owned()), "{told:#?}");
    assert!(told.lines.contains(&"  Hours blank in all of them".to_owned()), "{told:#?}");
}

#[test]
fn a_bridged_rate_says_what_was_never_measured() {
    let told = at_row(sample::NO_PAGES, Item::Link(Link::Consult).index());
    assert!(told.lines.contains(&"  = 748 / 13,725 = 5.45%, over the records in which both are known".to_owned()));
    let bridged = "  page views were never measured here, so Consult is counted per visitor".to_owned();
    assert!(told.lines.contains(&bridged), "{told:#?}");
}

#[test]
fn a_lever_is_explained_with_its_formulas_and_what_they_come_to() {
    let mut state = sample::state(sample::SCHOOL);
    state.view = View::Improve;
    state.improve.lever = Some(Lever::Link(Link::Close));
    state.improve.channel = Some(0);
    let told = explain(&state);
    assert_eq!(told.title, "Close of Paid search");
    let said = |start: &str| told.lines.iter().any(|line| line.trim_start().starts_with(start));
    assert!(said("lift h = 10%: gross profit × h, h no larger than what is missing to 100%"), "{told:#?}");
    assert!(said("with gross profit 15,912: +1,591"), "{told:#?}");
    assert!(said("here, from 11.5% to 25.0%: +19,130"), "{told:#?}");
}

#[test]
fn everything_that_a_cursor_can_stand_on_is_explained_whatever_is_missing() {
    for text in sample::ALL {
        let mut state = sample::state(text);
        for layers in [Layers::Actual, Layers::Planned, Layers::Variance] {
            let document = state.document.as_mut().unwrap();
            (document.look.layers, document.look.period) = (layers, Period::All);
            document.refresh(true);
            let items = Item::count(document.analysis());
            let channels = document.plan().channels.len();
            state.view = View::Funnel;
            for row in 0..items {
                state.funnel.row = row;
                assert!(!explain(&state).lines.is_empty(), "{text}, row {row}");
            }
            state.view = View::Channels;
            state.channels.order = (0..channels).collect();
            for cell in 0..columns::COUNT * channels {
                (state.channels.row, state.channels.column) = (cell / columns::COUNT, cell % columns::COUNT);
                assert!(!explain(&state).title.is_empty(), "{text}, cell {cell}");
            }
            state.view = View::Improve;
            for lever in Lever::ALL {
                for channel in [None].into_iter().chain((0..channels).map(Some)) {
                    (state.improve.lever, state.improve.channel) = (Some(lever), channel);
                    let told = explain(&state);
                    assert!(!told.lines.is_empty(), "{text}, {lever:?} of {channel:?}");
                    assert!(!told.lines.iter().any(|line| line.contains("NaN") || line.contains("inf ")));
                }
            }
        }
    }
}
