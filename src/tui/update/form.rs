//! What actions do in the forms.

use tui_input::Input;

use super::super::action::Action;
use super::super::forms::{self, Field, Of};
use super::super::state::{FieldEdit, Pane, State, View};
use super::{Typed, browse, line, refuse, say, table};
use crate::plan::Channel;

/// `,` opens the forms, and leads back.
pub(super) fn open_or_close(state: &mut State) {
    if state.view == View::Settings {
        state.view = state.view_before;
        return;
    }
    if state.document.is_none() {
        return refuse(state, "no plan is open: Enter opens the one under the cursor");
    }
    // The plan's form, but from the table that of the channel under its cursor.
    let of_channel = state.view == View::Channels && state.channels.channel().is_some();
    show(state, if of_channel { Pane::Channel } else { Pane::Plan });
    state.view_before = state.view;
    state.view = View::Settings;
}

pub(super) fn act(state: &mut State, action: Action) {
    let last = forms::fields(state.settings.pane).len().saturating_sub(1);
    let page = state.learned.page.max(2) - 1;
    let row = &mut state.settings.row;
    match action {
        Action::Up | Action::PreviousCell => *row = row.saturating_sub(1),
        Action::Down | Action::NextCell => *row = (*row + 1).min(last),
        Action::PageUp => *row = row.saturating_sub(page),
        Action::PageDown => *row = (*row + page).min(last),
        Action::Home | Action::First => *row = 0,
        Action::End | Action::Last => *row = last,
        Action::Left => show(state, Pane::Plan),
        Action::Right => show(state, Pane::Channel),
        Action::NextPane => {
            let other = if state.settings.pane == Pane::Plan { Pane::Channel } else { Pane::Plan };
            show(state, other);
        }
        Action::Edit => start(state, None),
        Action::Toggle if current(state).is_some_and(Field::is_choice) => start(state, None),
        Action::Toggle => refuse(state, "Enter edits this"),
        Action::Blank => take(state, ""),
        other => browse::nothing(state, other),
    }
}

fn show(state: &mut State, pane: Pane) {
    if pane == Pane::Channel && state.channels.channel().is_none() {
        return refuse(state, table::why_no_rows(state));
    }
    if state.settings.pane != pane {
        state.settings.pane = pane;
        state.settings.row = 0;
        state.settings.offset = 0;
    }
}

/// The form of a channel that is gone gives way to the plan's.
pub(super) fn settle(state: &mut State) {
    if state.settings.pane == Pane::Channel && state.channels.channel().is_none() {
        state.settings.pane = Pane::Plan;
    }
    let last = forms::fields(state.settings.pane).len().saturating_sub(1);
    state.settings.row = state.settings.row.min(last);
}

fn current(state: &State) -> Option<Field> {
    forms::fields(state.settings.pane).get(state.settings.row).copied()
}

/// The channel of the channel's form.
pub(crate) fn shown_channel(state: &State) -> Option<(usize, &Channel)> {
    let at = state.channels.channel().filter(|_| state.settings.pane == Pane::Channel)?;
    Some((at, state.plan()?.channels.get(at)?.as_ref()))
}

/// Begins to edit the field under the cursor; a choice takes its next one at once.
pub(super) fn start(state: &mut State, first: Option<char>) {
    let Some(field) = current(state) else { return };
    if super::writable(state).is_none() {
        return;
    }
    let Some(plan) = state.plan() else { return };
    let text = field.text(Of { plan, channel: shown_channel(state) });
    if field.is_choice() {
        return take(state, if text == "yes" { "no" } else { "yes" });
    }
    if first.is_some() && !field.is_number() {
        return refuse(state, "words are edited by Enter");
    }
    let text = first.map_or(text, String::from);
    state.settings.editing = Some(FieldEdit { input: Input::new(text), error: None });
}

pub(super) fn typed(state: &mut State, what: &Typed) {
    let Some(editing) = &mut state.settings.editing else { return };
    let text = editing.input.value().to_owned();
    match what {
        Typed::Action(Action::PutBack) => state.settings.editing = None,
        Typed::Action(Action::Take | Action::TakeRight | Action::Down) => take_and_go(state, &text, Action::Down),
        Typed::Action(Action::TakeLeft | Action::Up) => take_and_go(state, &text, Action::Up),
        _ => {
            editing.error = None;
            line::typed(&mut editing.input, what);
        }
    }
}

fn take_and_go(state: &mut State, text: &str, way: Action) {
    take(state, text);
    if state.settings.editing.is_none() {
        act(state, way);
    }
}

/// Takes what was typed; where it is refused, the reason stands under the field and the text stays.
fn take(state: &mut State, text: &str) {
    let Some(field) = current(state) else { return };
    let Some(plan) = state.plan() else { return };
    let of = Of { plan, channel: shown_channel(state) };
    let whose = of.channel.map_or("plan", |(_, channel)| channel.name.as_str());
    let done = format!("{whose} · {} {} → {}", field.title(), of_blank(&field.text(of)), of_blank(text));
    let kept = table::name_under_cursor(state);
    let renamed = (field == Field::Channel).then(|| text.trim().to_owned());
    let refused = match field.edit(of, text) {
        Err(reason) => Some(reason),
        Ok(change) => (!super::edit(state, &change, done.clone())).then(|| state.status.text().to_owned()),
    };
    if let Some(reason) = refused {
        let reason = field.way_to_mend(text).map_or(reason.clone(), |way| format!("{reason}: {way}"));
        match &mut state.settings.editing {
            Some(editing) => {
                editing.error = Some(reason);
                state.status = super::Status::Quiet;
            }
            None => refuse(state, reason),
        }
        return;
    }
    state.settings.editing = None;
    table::structure_changed(state, renamed.or(kept));
    if field == Field::Cadence {
        say(state, "records were summed into the longer periods: u undoes it");
    }
}

fn of_blank(text: &str) -> &str {
    if text.is_empty() { crate::report::format::BLANK } else { text }
}
