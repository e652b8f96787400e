//! ODS, read as a stream: `office:spreadsheet` ▸ `table:table` ▸ `table:table-row` ▸ `table:table-cell`.

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::error::ImportError;
use super::input::ReadSeek;
use super::rows::Flow;
use super::workbook::{CELL_BYTES, EachRow, Row};
use super::xml::{attribute, damaged, events, speak};

/// Copies of one row that count: more are a trick, or the empty end of a sheet.
const REPEATED_ROWS: u64 = 10_000;
/// Sheets that count.
const MOST_SHEETS: usize = 1000;
/// Tags between two words about the progress.
const SAY_EVERY: u64 = 1 << 16;

/// Runs over the events of a workbook's content until `each` has enough.
fn content(
    input: Box<dyn ReadSeek>,
    each: impl FnMut(&Event<'_>, bool) -> Result<Flow, ImportError>,
) -> Result<(), ImportError> {
    let mut archive = ZipArchive::new(input).map_err(damaged)?;
    let content = archive.by_name("content.xml").map_err(damaged)?;
    events(content, each)
}

fn name_of(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

/// The names of the sheets; `tick` is asked whether to go on.
pub(super) fn sheet_names(
    input: Box<dyn ReadSeek>,
    tick: &mut dyn FnMut() -> Result<(), ImportError>,
) -> Result<Vec<String>, ImportError> {
    let mut names = Vec::new();
    let mut count = 0_u64;
    content(input, |event, _| {
        count += 1;
        if count.is_multiple_of(SAY_EVERY) {
            tick()?;
        }
        if let Event::Start(start) | Event::Empty(start) = event
            && name_of(start) == "table:table"
        {
            names.push(attribute(start, "table:name").unwrap_or_default());
        }
        Ok(if names.len() < MOST_SHEETS { Flow::On } else { Flow::Enough })
    })?;
    Ok(names)
}

/// A cell while its text is read.
struct Cell {
    repeated: u32,
    number: Option<f64>,
    text: Option<String>,
    spoken: String,
}

impl Cell {
    fn begin(start: &BytesStart<'_>) -> Self {
        let repeated =
            attribute(start, "table:number-columns-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
        let date = attribute(start, "office:date-value").map(|text| text.chars().take(10).collect());
        let number = attribute(start, "office:value").and_then(|text| text.parse().ok());
        let text = date.or_else(|| attribute(start, "office:string-value"));
        Self { repeated, number, text, spoken: String::new() }
    }

    fn put(&self, row: &mut Row, column: &mut u32) {
        let text = self.text.as_deref().unwrap_or(&self.spoken);
        let empty = self.number.is_none() && text.is_empty();
        if !empty {
            for at in *column..column.saturating_add(self.repeated).min(row.end()) {
                match (self.number, &self.text) {
                    (Some(number), None) => row.number(at, number),
                    _ => row.text(at, text),
                }
            }
        }
        *column = column.saturating_add(self.repeated);
    }
}

/// A walk through one sheet.
struct Walk<'a, 'b> {
    sheet: &'a str,
    each: &'a mut EachRow<'b>,
    inside: bool,
    number: u64,
    repeated: u64,
    column: u32,
    row: Row,
    cell: Option<Cell>,
    notes: u32,
}

/// Gives the rows of a sheet to `each`.
pub(super) fn rows(input: Box<dyn ReadSeek>, sheet: &str, row: Row, each: &mut EachRow<'_>) -> Result<(), ImportError> {
    let mut walk = Walk { sheet, each, inside: false, number: 0, repeated: 1, column: 0, row, cell: None, notes: 0 };
    content(input, |event, empty| walk.step(event, empty))
}

impl Walk<'_, '_> {
    fn step(&mut self, event: &Event<'_>, empty: bool) -> Result<Flow, ImportError> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(start, empty),
            Event::End(end) => self.end(end.name().as_ref()),
            event => {
                if let Some(cell) = self.cell.as_mut().filter(|_| self.notes == 0) {
                    speak(event, &mut cell.spoken, CELL_BYTES);
                }
                Ok(Flow::On)
            }
        }
    }

    /// What stands for a sign that is a tag.
    fn speak(&mut self, sign: char) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| self.notes == 0 && cell.spoken.len() < CELL_BYTES) {
            cell.spoken.push(sign);
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<Flow, ImportError> {
        match name_of(start).as_str() {
            "table:table" => self.inside = attribute(start, "table:name").unwrap_or_default() == self.sheet,
            "table:table-row" if self.inside => {
                self.repeated =
                    attribute(start, "table:number-rows-repeated").and_then(|text| text.parse().ok()).unwrap_or(1);
                self.column = 0;
                if empty {
                    return self.finish_row();
                }
            }
            "table:table-cell" | "table:covered-table-cell" if self.inside => {
                let cell = Cell::begin(start);
                if empty {
                    cell.put(&mut self.row, &mut self.column);
                } else {
                    self.cell = Some(cell);
                }
            }
            "office:annotation" if !empty => self.notes += 1,
            "text:p" if self.cell.as_ref().is_some_and(|cell| !cell.spoken.is_empty()) => self.speak('\n'),
            "text:s" | "text:tab" => self.speak(' '),
            "text:line-break" => self.speak('\n'),
            _ => {}
        }
        Ok(Flow::On)
    }

    fn end(&mut self, name: &str) -> Result<Flow, ImportError> {
        match name {
            "table:table" if self.inside => return Ok(Flow::Enough),
            "table:table-row" if self.inside => return self.finish_row(),
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    cell.put(&mut self.row, &mut self.column);
                }
                self.notes = 0;
            }
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            _ => {}
        }
        Ok(Flow::On)
    }

    /// Gives the row as often as it stands there; of empty ones only the number goes on.
    fn finish_row(&mut self) -> Result<Flow, ImportError> {
        let copies = if self.row.is_empty() { 1 } else { self.repeated.clamp(1, REPEATED_ROWS) };
        for copy in 1..copies {
            if self.row.clone().give(self.number + copy, self.each)? == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
        if self.row.give(self.number + copies, self.each)? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        self.number = self.number.saturating_add(self.repeated.max(1));
        Ok(Flow::On)
    }
}
