//! From a file to what it is: encoding, separator, header, columns, then one pass over the rows (and another where the
//! rows prove the first guess about numbers or dates wrong).

use std::sync::atomic::Ordering;

use jiff::civil::Date;

use crate::plan::Field;

use super::columns::Vocabulary;
use super::date::{DateReader, Days};
use super::encoding::{self, Losses, TextEncoding, head_text};
use super::error::ImportError;
use super::fold::{Header, fold};
use super::head::{self, Head};
use super::input::{Progress, Source, Survey, Utf8};
use super::mapping::{self, Mapping};
use super::number::{Figure, NumberReader};
use super::options::{ChannelFrom, DateFrom, DateOrder, Decimal, ImportOptions, Role};
use super::pass::{FigureColumn, Layout, Pass};
use super::recognised::Recognised;
use super::rows::{self, Flow, Meter};
use super::workbook;

/// Rows between two words about the progress.
const SAY_EVERY: u64 = 1 << 14;
/// Passes at most: quotes, numbers and dates may each ask for another.
const PASSES: usize = 5;

/// Where rows come from.
pub(super) enum Table {
    Text { encoding: TextEncoding, survey: Survey },
    Workbook { book: workbook::Book, sheet: String },
}

/// How figures and dates are read in a pass.
#[derive(Clone)]
struct Conventions {
    numbers: NumberReader,
    dates: DateReader,
    line_by_line: bool,
    /// What cells other than figures say about decimals.
    elsewhere: Option<Decimal>,
}

/// Everything found before the first pass.
pub(super) struct Found<'a> {
    pub source: &'a Source,
    pub options: &'a ImportOptions,
    pub vocabulary: &'static Vocabulary,
    pub table: Table,
    pub head: Head,
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
    let vocabulary = Vocabulary::embedded()?;
    if survey.len == 0 {
        return Err(ImportError::Empty);
    }
    let (checksum, len) = (survey.checksum, survey.len);
    let (table, head) = open(source, survey, options, vocabulary)?;
    let mapping = mapping::map(vocabulary, &head.header.cells, &head.titles, options)?;
    let has_rows = head.sample.iter().any(|row| row.width() > 1);
    let counted = mapping.platform.is_some_and(|platform| platform.rows_are.is_some());
    if mapping.figures().next().is_none() && mapping.column(Role::Result).is_none() && !counted && has_rows {
        return Err(ImportError::NoFigures(header_list(&head.header.cells)));
    }
    let mut found = Found { source, options, vocabulary, table, head, mapping, title_range: None, today };
    let conventions = first_guess(&mut found);
    let (layout, fields) = layout(&found);
    let outcome = passes(&found, &layout, &fields, conventions, progress)?;
    super::report::report(&found, outcome, checksum, len)
}

fn header_list(headers: &[String]) -> String {
    let mut names: Vec<String> = headers.iter().take(30).map(|header| header.trim().chars().take(40).collect()).collect();
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
) -> Result<(Table, Head), ImportError> {
    let wanted = wanted_headers(options);
    if let Some(what) = foreign_kind(&survey.head) {
        return Err(ImportError::NoTable(what.to_owned()));
    }
    if survey.head.starts_with(b"PK\x03\x04") {
        let book = workbook::Book::open(source, survey.len)?;
        let (sheet, head) = book.best_sheet(options.sheet.as_deref(), vocabulary, &wanted, options.header_line)?;
        return Ok((Table::Workbook { book, sheet }, head));
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
        None => encoding::detect(&survey, |encoding| {
            find(TextEncoding { encoding, mark: 0 }).map_or(0, |head| head.known)
        }),
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

/// How numbers and dates are read first: by the titles, the first rows and the language.
fn first_guess(found: &mut Found<'_>) -> Conventions {
    let (vocabulary, options) = (found.vocabulary, found.options);
    let mut numbers = NumberReader::new(vocabulary, Decimal::Point);
    let mut elsewhere = NumberReader::new(vocabulary, Decimal::Point);
    for row in &found.head.sample {
        for column in &found.mapping.columns {
            let Some(cell) = row.cells.get(column.column) else { continue };
            match column.role {
                Role::Field(field) => _ = numbers.read(cell.as_bytes(), is_count(field)),
                Role::Result | Role::Ignored | Role::Reach => {
                    if elsewhere.read(cell.as_bytes(), false) == Figure::Text {
                        continue;
                    }
                }
                _ => {}
            }
        }
    }
    let elsewhere = elsewhere.evidence.decimal();
    let decimal = options.decimal.or_else(|| numbers.evidence.decimal()).or(elsewhere);
    let numbers = NumberReader::new(vocabulary, decimal.unwrap_or_else(|| usual_decimal(&found.mapping.language)));
    let mut dates = DateReader::new(vocabulary, usual_order(&found.mapping.language));
    let titles = found.head.titles.clone();
    found.title_range = title_range(vocabulary, &titles, &mut dates);
    if let Some(order) = options.date_order.or_else(|| dates.evidence.order()) {
        dates.order = order;
        found.title_range = title_range(vocabulary, &titles, &mut dates.clone());
    }
    Conventions { numbers, dates, line_by_line: false, elsewhere }
}

/// The days that the titles name, but for those that say when the file was made.
fn title_range(vocabulary: &Vocabulary, titles: &[String], dates: &mut DateReader) -> Option<Days> {
    let mut range: Option<Days> = None;
    for title in titles {
        let folded = fold(title);
        if vocabulary.made.iter().any(|word| folded.contains(word.as_str())) {
            continue;
        }
        if let Some(days) = dates.read(title) {
            range = Some(range.map_or(days, |before| before.and(days)));
        }
    }
    range
}

/// True for what is counted in whole numbers.
pub(super) fn is_count(field: Field) -> bool {
    matches!(field, Field::Actions | Field::Uv | Field::Pv)
}

fn usual_decimal(language: &str) -> Decimal {
    match language {
        "de" | "fr" | "es" | "pt" | "it" | "nl" | "pl" | "ru" => Decimal::Comma,
        _ => Decimal::Point,
    }
}

fn usual_order(language: &str) -> DateOrder {
    if matches!(language, "en" | "zh" | "ja" | "ko") { DateOrder::Mdy } else { DateOrder::Dmy }
}

/// Where in a row everything stands, and the fields of its figures.
fn layout(found: &Found<'_>) -> (Layout, Vec<Field>) {
    let mapping = &found.mapping;
    let mut fields: Vec<Field> = Vec::new();
    let mut slot = |field: Field| {
        fields.iter().position(|known| *known == field).unwrap_or_else(|| {
            fields.push(field);
            fields.len() - 1
        })
    };
    let figure = |(column, field): (&mapping::MappedColumn, Field), slot: usize| FigureColumn {
        at: column.column,
        slot,
        scale: column.scale.into(),
        count: is_count(field),
    };
    let figures: Vec<_> = mapping.figures().map(|pair| figure(pair, slot(pair.1))).collect();
    let mapped: Vec<Field> = mapping.figures().map(|(_, field)| field).collect();
    let result = mapping.column(Role::Result);
    let possible = [Field::Deals, Field::Consults, Field::Uv].into_iter().filter(|field| !mapped.contains(field));
    let possible = possible.filter(|field| result.is_some() && (*field == Field::Deals || mapping.column(Role::ResultKind).is_some()));
    let result_slots = possible.map(|field| (field, slot(field))).collect();
    let rows_are = mapping.platform.and_then(|platform| platform.rows_are).filter(|field| !mapped.contains(field));
    let counted = rows_are.map(&mut slot);
    let one_name = match &found.options.channel {
        Some(ChannelFrom::Name(name)) => Some(name.clone()),
        _ => None,
    };
    let text = |column: &&mapping::MappedColumn| {
        matches!(column.role, Role::Ignored | Role::Channel | Role::Date | Role::Order | Role::Currency | Role::DateEnd)
    };
    let texts: Vec<usize> = mapping.columns.iter().filter(text).map(|column| column.column).collect();
    let labels: Vec<usize> = texts.iter().copied().filter(|at| *at < 12).collect();
    let is_date = |at: usize| matches!(mapping.columns[at].role, Role::Date | Role::DateEnd);
    let given = matches!(found.options.date, Some(DateFrom::Day(_)));
    let all_days = match found.options.date {
        Some(DateFrom::Day(day)) => Some(Days::one(day)),
        _ => found.title_range,
    };
    let layout = Layout {
        width: found.head.header.cells.len(),
        headers: found.head.header.cells.clone(),
        figures,
        channel: if one_name.is_some() { None } else { mapping.column(Role::Channel) },
        date: mapping.column(Role::Date).filter(|_| !given),
        date_end: mapping.column(Role::DateEnd).filter(|_| !given),
        currency: mapping.column(Role::Currency),
        order: mapping.column(Role::Order),
        result,
        result_kind: mapping.column(Role::ResultKind),
        result_slots,
        counted,
        dividing: labels.iter().copied().filter(|at| divides(found, *at)).collect(),
        labels,
        shown: texts.into_iter().filter(|at| !is_date(*at)).take(12).collect(),
        one_channel: one_name.unwrap_or_else(|| channel_title(found)),
        all_days,
        blank_name_is_total: mapping.platform.is_some_and(|platform| platform.blank_name_is_total),
    };
    (layout, fields)
}

/// True for a column of text that is neither channel nor date: "Total" may stand there beside both.
fn divides(found: &Found<'_>, at: usize) -> bool {
    let role = found.mapping.columns[at].role;
    let cells = found.head.sample.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.trim().is_empty());
    let figures = cells.clone().filter(|cell| cell.starts_with(|first: char| first.is_ascii_digit())).count();
    matches!(role, Role::Ignored | Role::Order) && (figures == 0 || figures < cells.count())
}

/// What the only channel of a file is called: the platform's word, else the file's name.
pub(super) fn channel_title(found: &Found<'_>) -> String {
    let name = || if found.source.name.trim().is_empty() { "Import".to_owned() } else { found.source.name.clone() };
    found.mapping.platform.map_or_else(name, |platform| platform.channel_title.clone())
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

/// True where the rows say that numbers or dates must be read otherwise; the conventions are then the other ones.
fn other_reading(found: &Found<'_>, pass: &Pass<'_>, conventions: &mut Conventions) -> Result<bool, ImportError> {
    let options = found.options;
    let evidence = &pass.numbers.evidence;
    let decimal = options.decimal.or_else(|| evidence.decimal()).or(conventions.elsewhere);
    let decimal = decimal.unwrap_or_else(|| usual_decimal(&found.mapping.language));
    let mut again = decimal != pass.numbers.decimal && evidence.ambiguous > 0;
    conventions.numbers.decimal = decimal;
    let dates = &pass.dates.evidence;
    if let Some(unclear) = &dates.unclear {
        match options.date_order.or_else(|| dates.order()) {
            Some(order) => {
                again |= order != pass.dates.order;
                conventions.dates.order = order;
            }
            // Only in English do people write both.
            None if matches!(found.mapping.language.as_str(), "en" | "zh" | "ja" | "ko") => {
                return Err(ImportError::DateOrder(unclear.clone()));
            }
            None => {}
        }
    }
    Ok(again)
}

fn one_pass(
    found: &Found<'_>,
    pass: &mut Pass<'_>,
    line_by_line: bool,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<rows::Ended, ImportError> {
    let meter = Meter::default();
    let bytes = meter.bytes.clone();
    let of = match &found.table {
        Table::Text { survey, .. } => survey.len,
        Table::Workbook { .. } => 0,
    };
    let mut count = 0_u64;
    let mut each = |row: &csv::ByteRecord, line: u64| {
        count += 1;
        if count % SAY_EVERY == 0 && !progress(Progress { done: bytes.load(Ordering::Relaxed).min(of), of }) {
            return Err(ImportError::Stopped);
        }
        pass.row(row, line)
    };
    let ended = match &found.table {
        Table::Text { encoding, survey } => {
            rows::read(found.source, survey, *encoding, &found.head, line_by_line, &meter, &mut each)?
        }
        Table::Workbook { book, sheet } => {
            let header = found.head.header.line;
            book.rows(sheet, &mut |row, line| if line > header { each(row, line) } else { Ok(Flow::On) })?;
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
