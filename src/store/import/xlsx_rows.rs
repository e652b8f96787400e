//! The rows of a sheet of an XLSX, cell by cell.

use quick_xml::events::{BytesStart, Event};

use super::error::ImportError;
use super::rows::Flow;
use super::styles::Shows;
use super::workbook::{CELL_BYTES, EachRow, Row};
use super::xlsx::Xlsx;
use super::xml::{attribute, speak};

/// What the value of a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Truth,
    Mistake,
}

/// A cell while its value is read.
struct Cell {
    kind: Kind,
    style: usize,
    value: String,
    /// True inside of its value; not inside of its formula.
    spoken: bool,
    phonetic: bool,
}

/// A walk through one sheet.
pub(super) struct Walk<'a, 'b> {
    book: &'a Xlsx,
    each: &'a mut EachRow<'b>,
    row: Row,
    /// The row's number, from 1.
    number: u64,
    /// The next cell's column, from 0.
    column: u32,
    cell: Option<Cell>,
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(book: &'a Xlsx, row: Row, each: &'a mut EachRow<'b>) -> Self {
        Self { book, each, row, number: 0, column: 0, cell: None }
    }

    pub(super) fn step(&mut self, event: &Event<'_>, empty: bool) -> Result<Flow, ImportError> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(start, empty),
            Event::End(end) => return self.end(end.local_name().as_ref()),
            event => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| cell.spoken && !cell.phonetic) {
                    speak(event, &mut cell.value, CELL_BYTES);
                }
            }
        }
        Ok(Flow::On)
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) {
        match (start.local_name().as_ref(), &mut self.cell) {
            ("row", _) => {
                let said = attribute(start, "r").and_then(|number| number.parse().ok());
                self.number = said.unwrap_or(self.number + 1);
                self.column = 0;
            }
            ("c", _) => {
                self.column = attribute(start, "r").and_then(|place| column(&place)).unwrap_or(self.column);
                self.cell = (!empty).then(|| Cell::begin(start));
                self.column += u32::from(empty);
            }
            ("v", Some(cell)) => cell.spoken = !empty,
            ("t", Some(cell)) if cell.kind == Kind::Text => cell.spoken = !empty,
            ("rPh", Some(cell)) => cell.phonetic = !empty,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<Flow, ImportError> {
        match (name, &mut self.cell) {
            ("v" | "t", Some(cell)) => cell.spoken = false,
            ("rPh", Some(cell)) => cell.phonetic = false,
            ("c", _) => {
                if let Some(cell) = self.cell.take() {
                    self.put(&cell)?;
                }
                self.column = self.column.saturating_add(1);
            }
            ("row", _) => return self.row.give(self.number, self.each),
            ("sheetData", _) => return Ok(Flow::Enough),
            _ => {}
        }
        Ok(Flow::On)
    }

    fn put(&mut self, cell: &Cell) -> Result<(), ImportError> {
        let value = cell.value.as_str();
        match cell.kind {
            Kind::Shared => {
                if let Ok(number) = value.trim().parse() {
                    let text = self.book.text(number)?;
                    self.row.text(self.column, &text);
                }
            }
            Kind::Text => self.row.text(self.column, value),
            Kind::Truth => self.row.text(self.column, if value.trim() == "1" { "TRUE" } else { "FALSE" }),
            Kind::Number => {
                if let Ok(number) = value.trim().parse() {
                    self.number(number, self.book.shows(cell.style));
                }
            }
            Kind::Mistake => {}
        }
        Ok(())
    }

    fn number(&mut self, number: f64, shows: Shows) {
        // Below one it is a time of day.
        let day = if shows == Shows::Day && number >= 1.0 { self.book.day(number) } else { None };
        match day {
            Some(day) => self.row.text(self.column, &day.to_string()),
            None if shows == Shows::Duration => self.row.number(self.column, number * 24.0),
            None => self.row.number(self.column, number),
        }
    }
}

impl Cell {
    fn begin(start: &BytesStart<'_>) -> Self {
        let kind = match attribute(start, "t").as_deref() {
            Some("s") => Kind::Shared,
            Some("str" | "inlineStr" | "d") => Kind::Text,
            Some("b") => Kind::Truth,
            Some("e") => Kind::Mistake,
            _ => Kind::Number,
        };
        let style = attribute(start, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Self { kind, style, value: String::new(), spoken: false, phonetic: false }
    }
}

/// The column of a place such as `AB12`, from 0.
fn column(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_name_their_columns() {
        assert_eq!([column("A1"), column("Z9"), column("AB12"), column("12")], [Some(0), Some(25), Some(27), None]);
    }
}
