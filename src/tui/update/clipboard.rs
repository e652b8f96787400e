//! Copying and pasting cells and rows, within the program and to the terminal's clipboard.

use super::super::columns::{self, Column};
use super::super::effect::Effect;
use super::super::state::{Clip, State};
use super::{edit, order, refuse, say, table};
use crate::plan::{CellChange, CellValue, Edit, Field};
use crate::report::format;
use crate::report::grid::pasted;

/// Copies the cell under the cursor; on a name, the row.
pub(super) fn copy(state: &mut State) {
    let Some((at, channel)) = table::current(state) else { return };
    let Some(document) = &state.document else { return };
    let column = columns::column(state.channels.column);
    let number = |column| order::number(document, at, column);
    let (clip, text, said) = match column {
        Column::Name => {
            let row: Vec<_> = Field::ALL.map(|field| (field, number(Column::Field(field)))).into();
            let numbers = row.iter().map(|(_, value)| value.map(format::plain).unwrap_or_default());
            let line: Vec<String> = std::iter::once(pasted(&channel.name)).chain(numbers).collect();
            (Clip::Row(row), line.join("\t"), format!("the row of {} copied", channel.name))
        }
        Column::Note => {
            let record = document.editable().ok().and_then(|(layer, day)| channel.records(layer).get(day));
            let note = record.map(|record| record.note().to_owned()).unwrap_or_default();
            (Clip::Text(note.clone()), pasted(&note), "the note copied".to_owned())
        }
        Column::Field(_) | Column::Computed(_) | Column::Rate(_) => {
            let value = number(column);
            let text = value.map(format::plain).unwrap_or_default();
            let said = format!("{} copied", format::known(value, format::count));
            (Clip::Cell(value), text, said)
        }
    };
    state.clip = Some(clip);
    state.effects.push(Effect::Copy(text));
    say(state, said);
}

/// Puts what was copied where the cursor is.
pub(super) fn paste(state: &mut State) {
    let Some(clip) = state.clip.clone() else { return refuse(state, "nothing was copied: y copies a cell") };
    let Some((channel, its)) = table::current(state) else { return };
    let column = columns::column(state.channels.column);
    let Some(document) = &state.document else { return };
    let (layer, day) = match document.editable() {
        Ok(place) => place,
        Err(reason) => return refuse(state, reason),
    };
    let values: Vec<CellValue> = match (clip, column) {
        (Clip::Cell(value), Column::Field(field)) => vec![CellValue::Number(field, value)],
        (Clip::Cell(_), _) => return refuse(state, "a number goes into Spend to Revenue"),
        (Clip::Text(note), Column::Note) => vec![CellValue::Note(note)],
        (Clip::Text(_), _) => return refuse(state, "a note goes into the column Note"),
        (Clip::Row(row), _) => row.into_iter().map(|(field, value)| CellValue::Number(field, value)).collect(),
    };
    let changes = values.into_iter().map(|value| CellChange { channel, layer, day, value }).collect();
    let done = format!("pasted into {}", its.name);
    if edit(state, &Edit::Cells(changes), done.clone()) {
        say(state, done);
    }
}
