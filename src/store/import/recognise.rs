//! From a file to what it is: encoding, separator, header, columns, then one pass over the rows (and another where the
//! rows prove the first guess about numbers or dates wrong).

use std::sync::atomic::Ordering;

use jiff::civil::Date;

use crate::plan::Field;

use super::columns::Vocabulary;
use super::date::Days;
use super::encoding::{self, Losses, TextEncoding, head_text};
use super::error::ImportError;
use super::fold::Header;
use super::form::{Form, form};
use super::guess::{Conventions, first_guess, other_reading};
use super::head::{self, Head};
use super::input::{Progress, Source, Survey, Utf8};
use super::layout::{Layout, layout};
use super::mapping::{self, Mapping};
use super::options::{ChannelFrom, DateFrom, ImportOptions, Role};
use super::own;
use super::pass::Pass;
use super::recognised::Recognised;
use super::rows::{self, Flow, Meter};
use super::shape::{Shape, shaped};
use super::workbook;

/// Rows between two words about the progress.
const SAY_EVERY: u64 = 1 << 14;
/// Passes at most: quotes, numbers and dates may each ask for another.
const PASSES: usize = 5;

/// Where rows come from.
pub(super) enum Table {
    Text { encoding: TextEncoding, survey: Survey },
    Workbook { book: Box<workbook::Book>, sheet: String },
}

/// Everything found before the first pass.
pub(super) struct Found<'a> {
    pub source: &'a Source,
    pub options: &'a ImportOptions,
    pub vocabulary: &'static Vocabulary,
    pub table: Table,
    pub head: Head,
    /// How rows become rows of the usual shape; `None` where they are.
    pub shape: Option<Shape>,
    pub mapping: Mapping,
    pub title_range: Option<Days>,
    pub today: Date,
}

/// What a pass brought, beside the pass itself.
pub(super) struct Outcome<'a> {
    pub pass: Pass<'a>,
    pub losses: Losses,
    pub line_by_line: bool,
}

/// Recognises a file: reads all of it, and writes nothing. `today` is the day that rows without any date belong to;
/// `progress` is told how far it is, and stops it by saying `false`.
///
/// # Errors
/// An [`ImportError`] where there is no table, a column that the user names is not there, or something that cannot be
/// guessed must be said, with the option that says it.
pub fn recognise(
    source: &Source,
    options: &ImportOptions,
    today: Date,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Recognised, ImportError> {
    let recognised = guess(source, options, today, progress)?;
    Ok(match own::read(source, options)? {
        Some(table) => own::describe(recognised, table),
        None => recognised,
    })
}

/// Recognises a file of anybody's.
fn guess(
    source: &Source,
    options: &ImportOptions,
    today: Date,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Recognised, ImportError> {
    let (survey, complete) = Survey::begin(source)?;
    if complete {
        return attempt(source, survey, options, today, progress);
    }
    // All bytes of a large file are looked at while its rows are read.
    let (first, whole) = std::thread::scope(|scope| {
        let whole = std::thread::Builder::new().spawn_scoped(scope, || Survey::of(source));
        let first = attempt(source, survey.clone(), options, today, progress);
        let whole = whole.ok().and_then(|thread| thread.join().ok());
        (first, whole)
    });
    let whole = match whole {
        Some(whole) => whole?,
        None => Survey::of(source)?,
    };
    if survey.utf8 != Utf8::Invalid && whole.utf8 == Utf8::Invalid && options.encoding.is_none() {
        return attempt(source, whole, options, today, progress);
    }
    first.map(|recognised| Recognised { checksum: whole.checksum, ..recognised })
}

/// Recognises a file as a look at its bytes, or at some of them, says that it is.
fn attempt(
    source: &Source,
    survey: Survey,
    options: &ImportOptions,
    today: Date,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Recognised, ImportError> {
    let (checksum, len) = (survey.checksum, survey.len);
    let mut found = found(source, survey, options, today, progress)?;
    let (head, mapping) = (&found.head, &found.mapping);
    let has_rows = head.sample.iter().any(|row| row.width() > 1);
    let counted = mapping.platform.is_some_and(|platform| platform.rows_are.is_some());
    if mapping.figures().next().is_none() && mapping.column(Role::Result).is_none() && !counted && has_rows {
        return Err(ImportError::NoFigures(header_list(&head.header.cells)));
    }
    let conventions = first_guess(&mut found);
    let (layout, fields) = layout(&found);
    let outcome = passes(&found, &layout, &fields, conventions, progress)?;
    Ok(super::report::report(&found, outcome, checksum, len))
}

/// How a file is written and what its columns are, found without reading its rows: also where those cannot be read
/// before the user has said more.
///
/// # Errors
/// An [`ImportError`] where there is no table, or a column that the user names is not there.
pub fn glance(source: &Source, options: &ImportOptions, today: Date) -> Result<Form, ImportError> {
    let (survey, _) = Survey::begin(source)?;
    found(source, survey, options, today, &mut |_| true).map(|found| form(&found))
}

/// The names of all platforms that are known, as options take them.
pub fn platforms() -> Vec<String> {
    let known = Vocabulary::embedded().map(|vocabulary| vocabulary.platforms.iter());
    known.into_iter().flatten().map(|platform| platform.name.clone()).collect()
}

/// Everything that can be found before the first pass over the rows.
fn found<'a>(
    source: &'a Source,
    survey: Survey,
    options: &'a ImportOptions,
    today: Date,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>, ImportError> {
    let vocabulary = Vocabulary::embedded()?;
    if survey.len == 0 {
        return Err(ImportError::Empty);
    }
    let (table, head) = open(source, survey, options, vocabulary, progress)?;
    let (head, shape) = shaped(head, vocabulary);
    let mapping = mapping::map(vocabulary, &head.header.cells, &head.titles(), options)?;
    Ok(Found { source, options, vocabulary, table, head, shape, mapping, title_range: None, today })
}

fn header_list(headers: &[String]) -> String {
    let mut names: Vec<String> =
        headers.iter().take(30).map(|header| header.trim().chars().take(40).collect()).collect();
    names.retain(|name| !name.is_empty());
    if headers.len() > 30 {
        names.push("…".to_owned());
    }
    names.join(", ")
}

fn open(
    source: &Source,
    survey: Survey,
    options: &ImportOptions,
    vocabulary: &'static Vocabulary,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<(Table, Head), ImportError> {
    let wanted = wanted_headers(options);
    if let Some(what) = foreign_kind(&survey.head) {
        return Err(ImportError::NoTable(what.to_owned()));
    }
    if survey.head.starts_with(b"PK\x03\x04") {
        let book = workbook::Book::open(source, survey.len, progress)?;
        let (sheet, head) = book.best_sheet(options.sheet.as_deref(), vocabulary, &wanted, options.header_line)?;
        return Ok((Table::Workbook { book: Box::new(book), sheet }, head));
    }
    let find = |encoding: TextEncoding| {
        let text = head_text(&survey, encoding);
        head::find(&text, vocabulary, &wanted, options.separator, options.header_line)
    };
    let encoding = match &options.encoding {
        Some(label) => {
            let encoding = encoding::named(label)?;
            let marked = encoding_rs::Encoding::for_bom(&survey.head).filter(|(found, _)| *found == encoding);
            TextEncoding { encoding, mark: marked.map_or(0, |(_, mark)| mark) }
        }
        None => {
            encoding::detect(&survey, |encoding| find(TextEncoding { encoding, mark: 0 }).map_or(0, |head| head.known))
        }
    };
    let head = find(encoding).filter(|head| head.known > 0 || head.header.width() > 1);
    let head = head.ok_or_else(|| match options.header_line {
        Some(line) => ImportError::NoTable(format!("there is no header on line {line}")),
        None => ImportError::NoTable("no table was found: expected rows of cells below a line of headers".to_owned()),
    })?;
    Ok((Table::Text { encoding, survey }, head))
}

/// What a file is that is no table, by its first bytes.
fn foreign_kind(head: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 6] = [
        (b"\xd0\xcf\x11\xe0", "this is a workbook of the old kind (.xls): save it as .xlsx or .csv"),
        (b"\x1f\x8b", "this is a compressed file: unpack it first"),
        (b"%PDF", "this is a PDF: export a table instead"),
        (b"\x89PNG", "this is a picture"),
        (b"\xff\xd8\xff", "this is a picture"),
        (b"\x7fELF", "this is a program"),
    ];
    kinds.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, what)| *what)
}

/// The headers that the user names, folded: they tell where the header is.
fn wanted_headers(options: &ImportOptions) -> Vec<String> {
    let mut names: Vec<&str> = options.map.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(ChannelFrom::Column(name)) = &options.channel {
        names.push(name);
    }
    if let Some(DateFrom::Column(name)) = &options.date {
        names.push(name);
    }
    names.into_iter().map(|name| Header::read(name).key).collect()
}

/// Passes over the rows until what they say fits how they were read.
fn passes<'a>(
    found: &'a Found<'_>,
    layout: &'a Layout,
    fields: &[Field],
    mut conventions: Conventions,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Outcome<'a>, ImportError> {
    let mut tried = 0;
    loop {
        tried += 1;
        let (numbers, dates) = (conventions.numbers.clone(), conventions.dates.clone());
        let mut pass = Pass::new(found.vocabulary, found.options, layout, fields.to_vec(), numbers, dates);
        let ended = one_pass(found, &mut pass, conventions.line_by_line, progress)?;
        let again = tried < PASSES && {
            let quotes = ended.broken_quotes && !conventions.line_by_line;
            conventions.line_by_line |= quotes;
            let other = other_reading(found, &pass, &mut conventions)?;
            quotes || other
        };
        if !again {
            let line_by_line = conventions.line_by_line;
            return Ok(Outcome { pass, losses: ended.losses, line_by_line });
        }
    }
}

fn one_pass(
    found: &Found<'_>,
    pass: &mut Pass<'_>,
    line_by_line: bool,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<rows::Ended, ImportError> {
    let meter = Meter::default();
    let so_far = || match &found.table {
        Table::Text { survey, .. } => {
            Progress { done: meter.bytes.load(Ordering::Relaxed).min(survey.len), of: survey.len }
        }
        Table::Workbook { book, .. } => book.progress(),
    };
    let mut count = 0_u64;
    let mut each = |row: &csv::ByteRecord, line: u64| {
        count += 1;
        if count.is_multiple_of(SAY_EVERY) && !progress(so_far()) {
            return Err(ImportError::Stopped);
        }
        match &found.shape {
            None => pass.row(row, line),
            Some(shape) => shape.each(row, &mut |row| pass.row(row, line)),
        }
    };
    let ended = match &found.table {
        Table::Text { encoding, survey } => {
            rows::read(found.source, survey, *encoding, &found.head, line_by_line, &meter, &mut each)?
        }
        Table::Workbook { book, sheet } => {
            let header = found.head.header.line;
            let width = found.head.width;
            book.rows(sheet, width, &mut |row, line| if line > header { each(row, line) } else { Ok(Flow::On) })?;
            rows::Ended::default()
        }
    };
    let people: Vec<Field> = people(&found.mapping);
    pass.finish(&people)?;
    Ok(ended)
}

/// The fields that count people.
pub(super) fn people(mapping: &Mapping) -> Vec<Field> {
    mapping.figures().filter(|(column, _)| column.people).map(|(_, field)| field).collect()
}
