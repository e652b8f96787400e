//! A block pasted from a spreadsheet fills the cells from the cursor on: all of it, as one undo, or none of it.

use super::super::cell::{self, Kind, Reading};
use super::super::columns::{self, Column};
use super::super::state::State;
use super::{edit, order, refuse, say, table};
use crate::plan::{CellChange, CellValue, Edit, printable};

pub(super) fn block(state: &mut State, text: &str) {
    let rows = split(text);
    if rows.is_empty() {
        return refuse(state, "the clipboard holds nothing");
    }
    if table::current(state).is_none() {
        return;
    }
    match changes(state, &rows) {
        Err(reason) => refuse(state, reason),
        Ok((changes, clipped)) => {
            let count = changes.len();
            let done = format!("{count} cells pasted");
            if edit(state, &Edit::Cells(changes), done.clone()) {
                let more = if clipped { "; what reached beyond the table was left out" } else { "" };
                say(state, format!("{done}{more}"));
            }
        }
    }
}

/// The changes that the block asks for, and whether it was cut to the table.
fn changes(state: &State, rows: &[Vec<String>]) -> Result<(Vec<CellChange>, bool), String> {
    let Some(document) = &state.document else { return Err("no plan is open".to_owned()) };
    let (layer, day) = document.editable()?;
    let (first_row, first_column) = (state.channels.row, state.channels.column);
    let mut clipped = false;
    let mut changes = Vec::new();
    for (down, cells) in rows.iter().enumerate() {
        let Some(&channel) = state.channels.order.get(first_row + down) else {
            clipped = true;
            break;
        };
        for (right, text) in cells.iter().enumerate() {
            let column = columns::column(first_column + right);
            let value = match column {
                // A row that was copied with its name goes back where its name stands.
                Column::Name => continue,
                Column::Computed(_) | Column::Rate(_) | Column::Note if rows.len() * cells.len() > 1 => {
                    clipped = true;
                    break;
                }
                Column::Computed(_) | Column::Rate(_) => {
                    return Err("this is computed: paste into Spend to Revenue".to_owned());
                }
                Column::Note => CellValue::Note(text.trim().to_owned()),
                Column::Field(field) => {
                    let old = order::number(document, channel, column);
                    let number = cell::read(dash_as_blank(text), old, Kind::Amount);
                    CellValue::Number(field, taken(number, text, (down + 1, right + 1), rows)?)
                }
            };
            changes.push(CellChange { channel, layer, day, value });
        }
    }
    if changes.is_empty() {
        return Err("nothing of this fits here: put the cursor on a number".to_owned());
    }
    Ok((changes, clipped))
}

/// What a cell of the block comes to; else which it is, and why nothing was pasted.
fn taken(reading: Reading, text: &str, place: (usize, usize), rows: &[Vec<String>]) -> Result<Option<f64>, String> {
    let reason = match reading.taken() {
        Ok(number) => return Ok(number),
        Err(reason) => reason,
    };
    if place.0 == 1 && rows.len() > 1 && rows.first().is_some_and(|first| is_header(first)) {
        return Err("nothing was pasted: the first row is a header, copy the block without it".to_owned());
    }
    let (row, column) = place;
    let shown: String = printable(text).chars().take(20).collect();
    let why = if text.contains('%') { "a percentage is no count or amount" } else { reason.as_str() };
    Err(format!("nothing was pasted: row {row}, column {column} of the block holds {shown:?}: {why}"))
}

/// True for a row of words alone.
fn is_header(row: &[String]) -> bool {
    let words = |text: &&String| text.chars().any(char::is_alphabetic) && !text.chars().any(|c| c.is_ascii_digit());
    row.iter().filter(|text| !text.trim().is_empty()).all(|text| words(&text))
}

/// Spreadsheets copy blanks as dashes, with or without a sign of a currency.
fn dash_as_blank(text: &str) -> &str {
    let text = text.trim();
    let amount = text.trim_start_matches(cell::CURRENCY_SIGNS).trim();
    if matches!(amount, "-" | "–" | "—") { "" } else { text }
}

/// Rows and cells: separated by tabs where there is one, else by commas outside of quotes unless the whole cell is a
/// number with commas.
fn split(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Vec::new();
    }
    let tabs = text.contains('\t');
    lines
        .into_iter()
        .map(|line| {
            if tabs {
                line.split('\t').map(unquoted).collect()
            } else if cell::read(line, None, Kind::Amount).accepted().is_some() {
                vec![line.to_owned()]
            } else {
                commas(line)
            }
        })
        .collect()
}

fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell).replace("\"\"", "\"")
}

fn commas(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => {
                if let Some(last) = cells.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_with_tabs_or_commas() {
        assert_eq!(split("1\t2\r\n3\t\r\n"), [vec!["1", "2"], vec!["3", ""]]);
        assert_eq!(split("1,5,x\n"), [vec!["1", "5", "x"]]);
        assert_eq!(split("\"1,200\",3"), [vec!["1,200", "3"]]);
        assert_eq!(split("1,200\n3"), [vec!["1,200"], vec!["3"]]);
        assert!(split("\n\n").is_empty());
    }

    #[test]
    fn money_signs_and_dashes_are_no_obstacle() {
        let read = |text| cell::read(dash_as_blank(text), None, Kind::Amount).accepted();
        assert_eq!(read(" ¥1,200 "), Some(Some(1200.0)));
        assert_eq!(read("$ -"), Some(None));
        assert_eq!(read("—"), Some(None));
    }
}
