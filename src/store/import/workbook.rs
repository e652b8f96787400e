//! Workbooks: XLSX through `calamine`'s stream of cells, ODS by a reader of our own. Both give rows one after the
//! other, so that a sheet is never in memory as a whole.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use calamine::{DataRef, Reader as _, Xlsx};
use csv::ByteRecord;
use zip::ZipArchive;

use super::columns::Vocabulary;
use super::error::ImportError;
use super::head::{Head, HeadRow, best_among};
use super::input::{Progress, ReadSeek, Source, Watched};
use super::number::TYPED_NUMBER;
use super::ods;
use super::rows::Flow;

/// How many times its own size a workbook may unpack to; real ones reach thirty.
const EXPANSION: u64 = 100;
/// How many times its own size that part may unpack to that is held in memory: texts and styles.
const HELD_EXPANSION: u64 = 20;
/// What any workbook may unpack to, however small.
const SMALL: u64 = 8 << 20;
/// What no workbook may unpack to.
const HUGE: u64 = 4 << 30;
/// Parts that a workbook may have.
const PARTS: usize = 5000;
/// Bytes that a row may hold: a longer one is cut.
const ROW_BYTES: usize = 4 << 20;
/// Columns that a row may have.
pub(super) const COLUMNS: usize = 16_384;
/// Rows of a sheet that are searched for a header.
const SEARCHED: usize = 320;

/// A workbook that was found sound.
pub(super) struct Book {
    source: Source,
    kind: Kind,
    sheets: Vec<String>,
    /// Its length.
    len: u64,
    /// How far into it a reader of rows has come.
    at: Arc<AtomicU64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xlsx,
    Ods,
}

/// What takes rows, with their numbers from 1.
pub(super) type EachRow<'a> = dyn FnMut(&ByteRecord, u64) -> Result<Flow, ImportError> + 'a;

fn damaged(error: impl std::fmt::Display) -> ImportError {
    ImportError::Workbook(error.to_string())
}

impl Book {
    /// Unpacks a workbook once, to nowhere: one that would grow too much is refused before anything is made of it.
    pub(super) fn open(source: &Source, len: u64) -> Result<Self, ImportError> {
        let mut archive = ZipArchive::new(source.open()?).map_err(damaged)?;
        if archive.len() > PARTS {
            return Err(ImportError::Workbook(format!("it has {} parts", archive.len())));
        }
        let all = Limit::new(len, EXPANSION);
        let mut left = (all.bytes, Limit::new(len, HELD_EXPANSION).bytes);
        let mut names = BTreeSet::new();
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            let streamed = name == "content.xml" || name.contains("worksheets/") || name.starts_with("Pictures/");
            let room = if streamed { left.0 } else { left.0.min(left.1) };
            if part.size() > room {
                return Err(ImportError::Bomb { limit: all.bytes });
            }
            // What a part says of its size may be a lie: count.
            let size = io::copy(&mut part.take(room + 1), &mut io::sink()).map_err(damaged)?;
            if size > room {
                return Err(ImportError::Bomb { limit: all.bytes });
            }
            left.0 -= size;
            if !streamed {
                left.1 -= size;
            }
            names.insert(name);
        }
        let kind = if names.contains("content.xml") {
            Kind::Ods
        } else if names.contains("[Content_Types].xml") {
            Kind::Xlsx
        } else {
            return Err(ImportError::NoTable("this archive is no workbook: unpack it and import its files".to_owned()));
        };
        let mut book = Self { source: source.clone(), kind, sheets: Vec::new(), len, at: Arc::default() };
        book.sheets = match kind {
            Kind::Xlsx => guarded(|| Ok(book.xlsx()?.sheet_names().clone()))?,
            Kind::Ods => ods::sheet_names(book.source.open()?)?,
        };
        if book.sheets.is_empty() {
            return Err(ImportError::Workbook("it has no sheets".to_owned()));
        }
        Ok(book)
    }

    /// The names of its sheets.
    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// How far its rows were read.
    pub(super) fn progress(&self) -> Progress {
        Progress { done: self.at.load(Ordering::Relaxed).min(self.len), of: self.len }
    }

    fn open_again(&self) -> Result<Box<dyn ReadSeek>, ImportError> {
        Ok(Box::new(Watched::new(self.source.open()?, &self.at)))
    }

    fn xlsx(&self) -> Result<Xlsx<Box<dyn ReadSeek>>, ImportError> {
        Xlsx::new(self.open_again()?).map_err(damaged)
    }

    /// Gives the rows of a sheet to `each`; empty rows are left out.
    pub(super) fn rows(&self, sheet: &str, each: &mut EachRow<'_>) -> Result<(), ImportError> {
        match self.kind {
            Kind::Ods => ods::rows(self.open_again()?, sheet, each),
            Kind::Xlsx => guarded(|| self.xlsx_rows(sheet, each)),
        }
    }

    fn xlsx_rows(&self, sheet: &str, each: &mut EachRow<'_>) -> Result<(), ImportError> {
        let mut book = self.xlsx()?;
        let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
        let mut row = Row::default();
        let mut number = 0;
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (at, column) = cell.get_position();
            let line = u64::from(at) + 1;
            if line != number {
                if row.give(number, each)? == Flow::Enough {
                    return Ok(());
                }
                number = line;
            }
            match cell.get_value() {
                DataRef::Int(value) => row.number(column, *value as f64),
                DataRef::Float(value) => row.number(column, *value),
                DataRef::DateTime(value) => row.day(column, value.to_ymd_hms_milli(), value.as_f64()),
                DataRef::SharedString(text) => row.text(column, text),
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    row.text(column, text);
                }
                DataRef::Bool(value) => row.text(column, if *value { "TRUE" } else { "FALSE" }),
                DataRef::Error(_) | DataRef::Empty => {}
            }
        }
        row.give(number, each).map(|_| ())
    }

    /// The sheet with the best header, or the one that is asked for.
    pub(super) fn best_sheet(
        &self,
        wanted_sheet: Option<&str>,
        vocabulary: &Vocabulary,
        wanted: &[String],
        line: Option<u64>,
    ) -> Result<(String, Head), ImportError> {
        if let Some(name) = wanted_sheet.filter(|name| !self.sheets.iter().any(|sheet| sheet == name)) {
            let known = self.sheets.join(", ");
            return Err(ImportError::Unknown { what: "sheet", name: name.to_owned(), known });
        }
        let mut best: Option<(String, Head)> = None;
        let mut failure = None;
        for sheet in self.sheets.iter().filter(|sheet| wanted_sheet.is_none_or(|name| name == *sheet)).take(100) {
            let head = match self.head(sheet, vocabulary, wanted, line) {
                Ok(head) => head,
                Err(error) => {
                    failure = failure.or(Some(error));
                    continue;
                }
            };
            let Some(head) = head else { continue };
            if best.as_ref().is_none_or(|(_, before)| head.known > before.known) {
                best = Some((sheet.clone(), head));
            }
        }
        let none = || ImportError::NoTable("no sheet of the workbook holds a table below a line of headers".to_owned());
        best.filter(|(_, head)| head.known > 0 || head.header.width() > 1).ok_or_else(|| failure.unwrap_or_else(none))
    }

    fn head(
        &self,
        sheet: &str,
        vocabulary: &Vocabulary,
        wanted: &[String],
        line: Option<u64>,
    ) -> Result<Option<Head>, ImportError> {
        let mut rows = Vec::new();
        self.rows(sheet, &mut |row, line| {
            let cells = row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            rows.push(HeadRow { line, end: 0, next_line: line + 1, cells });
            Ok(if rows.len() < SEARCHED { Flow::On } else { Flow::Enough })
        })?;
        Ok(best_among(rows, vocabulary, wanted, line))
    }
}

/// A row of a sheet, cell by cell.
#[derive(Default, Clone)]
pub(super) struct Row {
    cells: Vec<Vec<u8>>,
    bytes: usize,
}

impl Row {
    fn put(&mut self, column: u32, value: Vec<u8>) {
        let at = column as usize;
        if at >= COLUMNS || self.bytes + value.len() > ROW_BYTES {
            return;
        }
        if self.cells.len() <= at {
            self.cells.resize(at + 1, Vec::new());
        }
        self.bytes += value.len();
        self.cells[at] = value;
    }

    /// A number, as exact as the sheet has it: no convention of separators applies to it.
    pub(super) fn number(&mut self, column: u32, value: f64) {
        let mut text = vec![TYPED_NUMBER];
        text.extend_from_slice(value.to_string().as_bytes());
        self.put(column, text);
    }

    pub(super) fn text(&mut self, column: u32, text: &str) {
        // What looks like the mark of a number is none.
        self.put(column, text.trim_start_matches(char::from(TYPED_NUMBER)).as_bytes().to_vec());
    }

    fn day(&mut self, column: u32, parts: (u16, u8, u8, u8, u8, u8, u16), value: f64) {
        let (year, month, day, ..) = parts;
        if value < 1.0 {
            self.number(column, value);
        } else {
            self.text(column, &format!("{year:04}-{month:02}-{day:02}"));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Gives the row away, unless it is empty, and begins another.
    pub(super) fn give(&mut self, number: u64, each: &mut EachRow<'_>) -> Result<Flow, ImportError> {
        if self.bytes == 0 {
            self.cells.clear();
            return Ok(Flow::On);
        }
        let record = ByteRecord::from(self.cells.iter().map(Vec::as_slice).collect::<Vec<_>>());
        self.cells.clear();
        self.bytes = 0;
        each(&record, number)
    }
}

struct Limit {
    bytes: u64,
}

impl Limit {
    fn new(len: u64, expansion: u64) -> Self {
        Self { bytes: len.saturating_mul(expansion).clamp(SMALL, HUGE) }
    }
}

/// A damaged workbook may hit a defect of the library that reads it: that is an error of the file, not the program's
/// end.
fn guarded<T>(read: impl FnOnce() -> Result<T, ImportError>) -> Result<T, ImportError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ImportError::Workbook("it is damaged".to_owned())))
}
