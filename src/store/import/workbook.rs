//! Workbooks: XLSX and ODS, each by a reader of its own. Both give rows one after the other, so that a sheet is never in
//! memory as a whole.

use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;
use zip::ZipArchive;

use super::columns::Vocabulary;
use super::error::ImportError;
use super::head::{Head, HeadRow, best_among};
use super::input::{Progress, ReadSeek, Source, Watched};
use super::number::TYPED_NUMBER;
use super::ods;
use super::rows::Flow;
use super::xlsx::Xlsx;
use super::xml::damaged;

/// How many times its own size a workbook may unpack to; real ones reach thirty.
const EXPANSION: u64 = 100;
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
/// Cells that a sheet may have, repeated ones counted as often as they stand there; a row costs as much as a few.
const CELLS: usize = 1 << 28;
const CELLS_OF_A_ROW: usize = 16;
/// Bytes of text that a cell may hold, as many as in other programs.
pub(super) const CELL_BYTES: usize = 1 << 16;
/// Rows of a sheet that are searched for a header, and bytes that they may take.
const SEARCHED: usize = 320;
const SEARCHED_BYTES: usize = 4 << 20;

/// A workbook that was found sound.
pub(super) struct Book {
    source: Source,
    kind: Kind,
    sheets: Vec<String>,
    /// Its length.
    len: u64,
    /// How far into it a reader has come.
    at: Arc<AtomicU64>,
}

enum Kind {
    Xlsx(Box<Xlsx>),
    Ods,
}

/// What takes rows, with their numbers from 1.
pub(super) type EachRow<'a> = dyn FnMut(&ByteRecord, u64) -> Result<Flow, ImportError> + 'a;

impl Book {
    /// Unpacks a workbook once, to nowhere: one that would grow too much is refused before anything is made of it.
    pub(super) fn open(
        source: &Source,
        len: u64,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Self, ImportError> {
        let at = Arc::default();
        let mut tick = |done: u64| if progress(read_twice(done, len)) { Ok(()) } else { Err(ImportError::Stopped) };
        let parts = unpacked(watched(source, &at)?, len, &mut || tick(at.load(Ordering::Relaxed)))?;
        let mut half_way = || tick(len);
        let (kind, sheets) = if parts.contains("content.xml") {
            (Kind::Ods, ods::sheet_names(source.open()?, &mut half_way)?)
        } else if parts.contains("[Content_Types].xml") {
            let book = Xlsx::open(source.open()?, &parts, &mut half_way)?;
            let sheets = book.sheet_names();
            (Kind::Xlsx(Box::new(book)), sheets)
        } else {
            return Err(ImportError::NoTable("this archive is no workbook: unpack it and import its files".to_owned()));
        };
        if sheets.is_empty() {
            return Err(ImportError::Workbook("it has no sheets".to_owned()));
        }
        Ok(Self { source: source.clone(), kind, sheets, len, at })
    }

    /// The names of its sheets.
    pub(super) fn sheets(&self) -> &[String] {
        &self.sheets
    }

    /// How far its rows were read.
    pub(super) fn progress(&self) -> Progress {
        read_twice(self.len + self.at.load(Ordering::Relaxed).min(self.len), self.len)
    }

    /// Gives the rows of a sheet to `each`; empty rows are left out. What stands beyond so many columns comes into one
    /// more.
    pub(super) fn rows(&self, sheet: &str, columns: usize, each: &mut EachRow<'_>) -> Result<(), ImportError> {
        let input = watched(&self.source, &self.at)?;
        let row = Row { columns, ..Row::default() };
        let mut cells = 0;
        let mut counted = |record: &ByteRecord, line: u64| {
            cells += record.len() + CELLS_OF_A_ROW;
            if cells > CELLS {
                return Err(ImportError::Workbook(format!("it has more than {CELLS} cells")));
            }
            each(record, line)
        };
        match &self.kind {
            Kind::Ods => ods::rows(input, sheet, row, &mut counted),
            Kind::Xlsx(book) => book.rows(input, sheet, row, &mut counted),
        }
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
        let mut bytes = 0;
        self.rows(sheet, COLUMNS, &mut |row, line| {
            let cells = row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            rows.push(HeadRow { line, end: 0, next_line: line + 1, cells });
            bytes += row.as_slice().len() + row.len() * size_of::<String>();
            Ok(if rows.len() < SEARCHED && bytes < SEARCHED_BYTES { Flow::On } else { Flow::Enough })
        })?;
        Ok(best_among(rows, vocabulary, wanted, line))
    }
}

/// A row of a sheet, cell by cell.
#[derive(Default, Clone)]
pub(super) struct Row {
    /// Columns that are told apart.
    columns: usize,
    cells: Vec<Vec<u8>>,
    bytes: usize,
}

impl Row {
    fn put(&mut self, column: u32, value: Vec<u8>) {
        let at = (column as usize).min(self.columns);
        if self.bytes + value.len() > ROW_BYTES {
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

    /// The column behind the last one that is told apart.
    pub(super) fn end(&self) -> u32 {
        self.columns as u32 + 1
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

/// A workbook is read once to see whether it is sound, and once for its rows.
fn read_twice(done: u64, len: u64) -> Progress {
    Progress { done, of: len.saturating_mul(2) }
}

fn watched(source: &Source, at: &Arc<AtomicU64>) -> Result<Box<dyn ReadSeek>, ImportError> {
    Ok(Box::new(Watched::new(source.open()?, at)))
}

/// The names of all parts, each of which was unpacked once, to nowhere.
fn unpacked(
    input: Box<dyn ReadSeek>,
    len: u64,
    tick: &mut dyn FnMut() -> Result<(), ImportError>,
) -> Result<BTreeSet<String>, ImportError> {
    let mut archive = ZipArchive::new(input).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(ImportError::Workbook(format!("it has {} parts", archive.len())));
    }
    let limit = len.saturating_mul(EXPANSION).clamp(SMALL, HUGE);
    let mut room = limit;
    let mut names = BTreeSet::new();
    let mut buffer = vec![0; 1 << 18];
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        names.insert(part.name().map_err(damaged)?.into_owned());
        // What a part says of its size may be a lie: what comes out of it is counted, too.
        let mut said = part.size();
        loop {
            if said > room {
                return Err(ImportError::Bomb { limit });
            }
            let length = part.read(&mut buffer).map_err(damaged)? as u64;
            if length == 0 {
                break;
            }
            said = said.saturating_sub(length);
            room = room.checked_sub(length).ok_or(ImportError::Bomb { limit })?;
            tick()?;
        }
    }
    Ok(names)
}
