//! Typing into a cell of the table. While one types, the figures are shown as they would be.

use tui_input::Input;

use super::super::action::Action;
use super::super::cell::{self, Kind, Reading};
use super::super::columns::{self, Column};
use super::super::state::{Age, Arrows, CellEdit, Mode, State};
use super::{Typed, line, order, prompt, refuse, table};
use crate::plan::{CellChange, CellValue, Edit};
use crate::report::format;

/// Begins: by typing `first`, which takes the place of what stands there, or by Enter, which keeps it.
pub(super) fn start(state: &mut State, first: Option<char>) {
    let column = columns::column(state.channels.column);
    let Some(channel) = state.channels.channel() else {
        return refuse(state, table::why_no_rows(state));
    };
    let field = match column {
        Column::Name if first.is_some() => return refuse(state, "a name is changed by Enter or r"),
        Column::Name => return prompt::rename_channel(state),
        Column::Computed(_) | Column::Rate(_) => {
            return refuse(state, "this is computed: x explains it; type into Spend to Revenue");
        }
        Column::Field(field) => Some(field),
        Column::Note => None,
    };
    let Some(document) = &state.document else { return };
    let (layer, day) = match document.editable() {
        Ok(place) => place,
        Err(reason) => return refuse(state, reason),
    };
    let Some(record) = document.plan().channels.get(channel).map(|each| each.records(layer).get(day)) else { return };
    let typed_there = field.and_then(|field| record.and_then(|record| record.get(field)));
    // What stands there may be a forecast: then +10% changes that.
    let forecast =
        || field.filter(|_| document.age() != Age::Old).and_then(|_| order::number(document, channel, column));
    let old = typed_there.or_else(forecast);
    let text = match (first, field) {
        (Some(first), _) => first.to_string(),
        (None, Some(_)) => typed_there.map(format::plain).unwrap_or_default(),
        (None, None) => record.map(|record| record.note().to_owned()).unwrap_or_default(),
    };
    let arrows = if first.is_some() { Arrows::Move } else { Arrows::Caret };
    let input = Input::new(text);
    let mut edit = CellEdit { channel, field, layer, day, old, input, arrows, reading: Reading::Blank, refused: false };
    read(state, &mut edit);
    state.mode = Mode::Cell(edit);
}

/// Reads what is typed so far, and shows the figures as they would be.
fn read(state: &mut State, edit: &mut CellEdit) {
    edit.refused = false;
    edit.reading = match edit.field {
        Some(_) => cell::read(edit.input.value(), edit.old, Kind::Amount),
        None => Reading::Blank,
    };
    let Some(document) = &mut state.document else { return };
    let preview = change(edit).filter(|_| edit.field.is_some()).and_then(|change| change.apply(document.plan()).ok());
    let preview = preview.filter(|preview| preview != document.plan());
    document.set_preview(preview.as_ref());
}

/// The edit that takes what is typed; `None` where it was refused.
fn change(edit: &CellEdit) -> Option<Edit> {
    let value = match edit.field {
        Some(field) => CellValue::Number(field, edit.reading.accepted()?),
        None => CellValue::Note(edit.input.value().trim().to_owned()),
    };
    Some(Edit::Cells(vec![CellChange { channel: edit.channel, layer: edit.layer, day: edit.day, value }]))
}

pub(super) fn typed(state: &mut State, mut edit: CellEdit, what: &Typed) -> Mode {
    if let Typed::Action(action) = *what {
        let way = match (action, edit.arrows) {
            (Action::PutBack, _) => {
                if let Some(document) = &mut state.document {
                    document.set_preview(None);
                }
                return Mode::Browse;
            }
            (Action::Take, _) => Some(Action::Take),
            (Action::TakeRight, _) => Some(Action::NextCell),
            (Action::TakeLeft, _) => Some(Action::PreviousCell),
            (Action::Up | Action::Down | Action::Left | Action::Right, Arrows::Move)
            | (Action::PageUp | Action::PageDown, _) => Some(action),
            _ => None,
        };
        if let Some(way) = way {
            return take(state, edit, way);
        }
        if !line::typed(&mut edit.input, what) {
            return Mode::Cell(edit);
        }
        // F2-like: a caret that was moved on purpose is to be moved on.
        if matches!(action, Action::Home | Action::End | Action::WordLeft | Action::WordRight) {
            edit.arrows = Arrows::Caret;
        }
    } else {
        line::typed(&mut edit.input, what);
    }
    read(state, &mut edit);
    Mode::Cell(edit)
}

/// Takes what is typed and goes on; what was refused stays to be mended.
fn take(state: &mut State, mut edit: CellEdit, way: Action) -> Mode {
    let Some(change) = change(&edit) else {
        edit.refused = true;
        return Mode::Cell(edit);
    };
    let done = describe(state, &edit);
    if !super::edit(state, &change, done) {
        edit.refused = true;
        return Mode::Cell(edit);
    }
    if let Some(document) = &mut state.document {
        document.set_preview(None);
    }
    if way == Action::NextCell {
        state.channels.run_start.get_or_insert(state.channels.column);
    }
    table::move_on(state, way);
    Mode::Browse
}

/// "SEO · Oct 2026 · Deals 30 → 33".
fn describe(state: &State, edit: &CellEdit) -> String {
    let Some(plan) = state.plan() else { return String::new() };
    let name = plan.channels.get(edit.channel).map(|channel| channel.name.as_str()).unwrap_or_default();
    let period = plan.brief.cadence.label(edit.day);
    let Some(field) = edit.field else { return format!("{name} · {period} · note") };
    let title = Column::Field(field).title(&plan.brief);
    let stood = plan.channels.get(edit.channel).and_then(|each| each.records(edit.layer).get(edit.day)?.get(field));
    let write = |value| format::known(value, format::count);
    format!("{name} · {period} · {title} {} → {}", write(stood), write(edit.reading.accepted().flatten()))
}
