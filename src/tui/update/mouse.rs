//! Clicks and the wheel.

use std::time::Duration;

use super::super::action::Action;
use super::super::keymap::Keys;
use super::super::learned::Hit;
use super::super::message::{Mouse, MouseAction};
use super::super::state::{Click, FilePrompt, Mode, State, Status, View};
use super::{Typed, act, browse, dialog, typed};

/// Two clicks at one place within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

pub(super) fn on_mouse(state: &mut State, mouse: Mouse) {
    match mouse.what {
        MouseAction::Press => press(state, mouse),
        MouseAction::ScrollDown => scroll(state, Action::Down),
        MouseAction::ScrollUp => scroll(state, Action::Up),
    }
}

/// The wheel moves by three lines; while something is typed it does nothing.
fn scroll(state: &mut State, action: Action) {
    if state.keys() == Keys::Text && !matches!(state.mode, Mode::Palette(_)) {
        return;
    }
    if state.view == View::Improve && matches!(state.mode, Mode::Browse) {
        let limit = state.learned.scroll_limit;
        let at = &mut state.improve.scroll;
        *at = if action == Action::Down { (*at + 3).min(limit) } else { at.saturating_sub(3) };
        return;
    }
    for _ in 0..3 {
        act(state, action);
    }
}

fn press(state: &mut State, mouse: Mouse) {
    let double = state.click.is_some_and(|last| last.at == mouse.at && mouse.when.saturating_sub(last.when) <= DOUBLE);
    state.click = (!double).then_some(Click { at: mouse.at, when: mouse.when });
    let Some(hit) = state.learned.at(mouse.at) else { return };
    state.status = Status::Quiet;
    match (&state.mode, hit) {
        (Mode::Confirm(_) | Mode::Choice(_), Hit::Answer(at)) => return dialog::take_nth(state, at),
        (Mode::Palette(palette), Hit::Row(row)) => {
            let mut palette = palette.clone();
            palette.row = row;
            state.mode = Mode::Browse;
            state.mode = super::palette::take(state, palette);
            return;
        }
        (Mode::Files(asked), Hit::Row(row)) => {
            let asked = FilePrompt { row: Some(row), ..asked.clone() };
            state.mode = super::import_files::typed(state, asked, &Typed::Action(Action::TakeRight));
            return;
        }
        (_, Hit::Nothing) => return,
        _ => {}
    }
    // A click elsewhere takes what is typed in a cell or a field, as in a spreadsheet; what is refused stays.
    if state.keys() == Keys::Text {
        if hit == Hit::Does(Action::PutBack) {
            return typed(state, &Typed::Action(Action::PutBack));
        }
        let where_it_was = (state.channels.row, state.channels.column);
        typed(state, &Typed::Action(Action::Take));
        if state.keys() == Keys::Text || matches!(hit, Hit::Does(Action::Take | Action::TakeRight)) {
            return;
        }
        (state.channels.row, state.channels.column) = where_it_was;
    }
    if let Hit::Does(action) = hit {
        return act(state, action);
    }
    if state.keys() != Keys::Dialog {
        place(state, hit, double);
    }
}

fn place(state: &mut State, hit: Hit, double: bool) {
    match hit {
        Hit::Tab(view) => browse::go(state, view),
        Hit::Row(row) => match state.view {
            View::Plans => state.plans.row = row,
            View::Channels => state.channels.row = row,
            View::Settings => state.settings.row = row,
            View::Funnel => state.funnel.row = row,
            View::Improve | View::Import => {}
        },
        Hit::Cell(row, _) if state.view == View::Plans => state.plans.row = row,
        Hit::Cell(row, column) => {
            (state.channels.row, state.channels.column) = (row, column);
            state.channels.run_start = None;
        }
        Hit::Heading(column) if state.view == View::Channels => {
            let same = state.channels.column == column;
            state.channels.column = column;
            if same {
                act(state, Action::SortDown);
            }
        }
        Hit::Lever(lever) => state.improve.lever = Some(lever),
        Hit::Channel(channel) => state.improve.channel = channel,
        Hit::Import(pane, row) => {
            if let Some(import) = &mut state.import {
                import.pane = pane;
                import.rows[pane as usize] = row;
            }
        }
        _ => {}
    }
    if double && matches!(hit, Hit::Row(_) | Hit::Cell(..) | Hit::Import(..)) {
        act(state, Action::Edit);
    }
}
