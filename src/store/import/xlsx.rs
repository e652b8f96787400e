//! XLSX, read as a stream: the workbook names its sheets, the styles tell days from numbers, cells hold values or the
//! numbers of shared texts.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::error::ImportError;
use super::input::ReadSeek;
use super::rows::Flow;
use super::strings::Strings;
use super::workbook::{CELL_BYTES, EachRow, Row};
use super::xml::{attribute, damaged, events, speak};

/// Sheets, relations and styles that count: a spreadsheet program has no more.
const MOST_SHEETS: usize = 1000;
const MOST_RELATIONS: usize = 5000;
const MOST_STYLES: usize = 1 << 16;

/// What a number of some style is to the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    Number,
    /// A day, or a time of it.
    Day,
    /// Hours that may be more than 24.
    Duration,
}

/// What is known of a workbook before its rows are read.
pub(super) struct Xlsx {
    /// Names of sheets, and the parts that hold them.
    sheets: Vec<(String, String)>,
    styles: Vec<Shows>,
    /// True where days are counted from 1904.
    from_1904: bool,
    strings: RefCell<Strings>,
}

type Archive = ZipArchive<Box<dyn ReadSeek>>;

impl Xlsx {
    /// Reads all but the rows. `parts` are the names of the archive's parts.
    pub(super) fn open(
        input: Box<dyn ReadSeek>,
        parts: &BTreeSet<String>,
        tick: &mut dyn FnMut() -> Result<(), ImportError>,
    ) -> Result<Self, ImportError> {
        let mut archive = ZipArchive::new(input).map_err(damaged)?;
        let missing = || ImportError::Workbook("it has no list of sheets".to_owned());
        let roots = relations(&mut archive, parts, "_rels/.rels", "")?;
        let root = roots.into_iter().find(|one| one.kind == "officeDocument").map(|one| one.target);
        let root = root.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        let root = same(parts, &root).ok_or_else(missing)?;
        let (folder, name) = root.rsplit_once('/').unwrap_or(("", &root));
        let links = relations(&mut archive, parts, &format!("{folder}/_rels/{name}.rels"), folder)?;
        let part = |kind: &str| links.iter().find(|one| one.kind == kind).and_then(|one| same(parts, &one.target));
        let (sheets, from_1904) = sheets(&mut archive, &root, &links, parts)?;
        let styles = part("styles").map_or_else(|| Ok(Vec::new()), |name| styles(&mut archive, &name))?;
        let strings = match part("sharedStrings") {
            Some(name) => Strings::read(archive.by_name(&name).map_err(damaged)?, tick)?,
            None => Strings::none(),
        };
        Ok(Self { sheets, styles, from_1904, strings: RefCell::new(strings) })
    }

    /// The names of its sheets.
    pub(super) fn sheet_names(&self) -> Vec<String> {
        self.sheets.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Gives the rows of a sheet to `each`.
    pub(super) fn rows(
        &self,
        input: Box<dyn ReadSeek>,
        sheet: &str,
        row: Row,
        each: &mut EachRow<'_>,
    ) -> Result<(), ImportError> {
        let Some((_, part)) = self.sheets.iter().find(|(name, _)| name == sheet) else { return Ok(()) };
        let mut archive = ZipArchive::new(input).map_err(damaged)?;
        let mut walk = Walk { book: self, each, row, number: 0, column: 0, cell: None };
        events(archive.by_name(part).map_err(damaged)?, |event, empty| walk.step(event, empty))
    }

    /// The day of a serial number; `None` beyond the calendar.
    fn day(&self, number: f64) -> Option<Date> {
        let first = match (self.from_1904, number < 60.0) {
            (true, _) => date(1904, 1, 1),
            // Spreadsheets believe in a 29th of February 1900.
            (false, true) => date(1899, 12, 31),
            (false, false) => date(1899, 12, 30),
        };
        (number < 3e6).then(|| first.checked_add((number as i64).days()).ok()).flatten()
    }
}

/// What one part of an archive is to another.
struct Relation {
    id: String,
    /// The last word of its type: `worksheet`, `styles`.
    kind: String,
    target: String,
}

/// The name of a part as it is in the archive, case and kinds of slashes aside.
fn same(parts: &BTreeSet<String>, name: &str) -> Option<String> {
    let is = |part: &&String| part.replace('\\', "/").eq_ignore_ascii_case(name);
    parts.get(name).or_else(|| parts.iter().find(is)).cloned()
}

fn relations(
    archive: &mut Archive,
    parts: &BTreeSet<String>,
    part: &str,
    folder: &str,
) -> Result<Vec<Relation>, ImportError> {
    let Some(part) = same(parts, part) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    events(archive.by_name(&part).map_err(damaged)?, |event, _| {
        if let Event::Start(start) | Event::Empty(start) = event
            && start.local_name().as_ref() == "Relationship"
        {
            let of = |name| attribute(start, name).unwrap_or_default();
            let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id: of("Id"), kind, target: resolved(folder, &of("Target")) });
        }
        Ok(if found.len() < MOST_RELATIONS { Flow::On } else { Flow::Enough })
    })?;
    Ok(found)
}

/// A target as a path in the archive: `/xl/styles.xml`, `../xl/styles.xml` and `styles.xml` are one.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => _ = path.pop(),
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The sheets that hold tables, and whether days are counted from 1904.
fn sheets(
    archive: &mut Archive,
    root: &str,
    links: &[Relation],
    parts: &BTreeSet<String>,
) -> Result<(Vec<(String, String)>, bool), ImportError> {
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    events(archive.by_name(root).map_err(damaged)?, |event, _| {
        if let Event::Start(start) | Event::Empty(start) = event {
            match start.local_name().as_ref() {
                "workbookPr" => {
                    from_1904 = attribute(start, "date1904").is_some_and(|is| matches!(is.as_str(), "1" | "true"));
                }
                "sheet" => sheets.extend(sheet(start, links, parts)),
                _ => {}
            }
        }
        Ok(if sheets.len() < MOST_SHEETS { Flow::On } else { Flow::Enough })
    })?;
    Ok((sheets, from_1904))
}

/// A sheet and its part; `None` for a page of charts, or one that is missing.
fn sheet(start: &BytesStart<'_>, links: &[Relation], parts: &BTreeSet<String>) -> Option<(String, String)> {
    let mut attributes = start.attributes().flatten();
    let id = attributes.find(|attribute| attribute.key.local_name().as_ref() == "id")?;
    let id: &str = id.value.as_ref();
    let link = links.iter().find(|one| one.id == id && one.kind == "worksheet")?;
    Some((attribute(start, "name")?, same(parts, &link.target)?))
}

/// What each style of cells shows.
fn styles(archive: &mut Archive, part: &str) -> Result<Vec<Shows>, ImportError> {
    let mut formats: HashMap<u32, Shows> = HashMap::new();
    let mut styles = Vec::new();
    let mut of_cells = false;
    events(archive.by_name(part).map_err(damaged)?, |event, _| {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "numFmt" if formats.len() < MOST_STYLES => {
                    if let (Some(id), Some(code)) = (number(start, "numFmtId"), attribute(start, "formatCode")) {
                        formats.insert(id, shows(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = number(start, "numFmtId").unwrap_or(0);
                    styles.push(formats.get(&id).copied().unwrap_or_else(|| shown_by(id)));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => return Ok(Flow::Enough),
            _ => {}
        }
        Ok(if styles.len() < MOST_STYLES { Flow::On } else { Flow::Enough })
    })?;
    Ok(styles)
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// What the formats show that every program has (ECMA-376, part 1, 18.8.30, with those of China and Japan).
fn shown_by(format: u32) -> Shows {
    match format {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Shows::Day,
        46 => Shows::Duration,
        _ => Shows::Number,
    }
}

/// What a format of somebody's own shows: `dd.mm.yyyy`, `[h]:mm`, `#,##0.00 "days"`.
fn shows(code: &str) -> Shows {
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign.to_ascii_lowercase() {
            // The next sign is a letter, or as wide as one.
            '\\' | '_' | '*' => _ = signs.next(),
            '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
            '[' => {
                let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                if !inside.is_empty() && inside.chars().all(|sign| matches!(sign, 'h' | 'm' | 's' | 'H' | 'M' | 'S')) {
                    return Shows::Duration;
                }
            }
            // Only the form of numbers above zero counts.
            ';' => break,
            'd' | 'm' | 'y' | 'h' | 's' => return Shows::Day,
            _ => {}
        }
    }
    Shows::Number
}

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
struct Walk<'a, 'b> {
    book: &'a Xlsx,
    each: &'a mut EachRow<'b>,
    row: Row,
    /// The row's number, from 1.
    number: u64,
    /// The next cell's column, from 0.
    column: u32,
    cell: Option<Cell>,
}

impl Walk<'_, '_> {
    fn step(&mut self, event: &Event<'_>, empty: bool) -> Result<Flow, ImportError> {
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
                    let text = self.book.strings.borrow_mut().text(number)?;
                    self.row.text(self.column, &text);
                }
            }
            Kind::Text => self.row.text(self.column, value),
            Kind::Truth => self.row.text(self.column, if value.trim() == "1" { "TRUE" } else { "FALSE" }),
            Kind::Number => {
                if let Ok(number) = value.trim().parse() {
                    self.number(number, self.book.styles.get(cell.style).copied().unwrap_or(Shows::Number));
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
    fn formats_of_days_are_told_from_those_of_numbers() {
        for code in ["dd.mm.yyyy", "[$-409]d-mmm-yy;@", "yyyy\"年\"m\"月\"d\"日\"", "h:mm AM/PM", "\\dM"] {
            assert_eq!(shows(code), Shows::Day, "{code}");
        }
        for code in ["General", "#,##0.00", "0.00E+00", "#,##0 \"days\"", "[Red]0", "_-* #,##0\\ \"€\"_-", "0;dd", "@"]
        {
            assert_eq!(shows(code), Shows::Number, "{code}");
        }
        assert_eq!(shows("[h]:mm"), Shows::Duration);
    }

    #[test]
    fn places_and_parts_are_found() {
        assert_eq!([column("A1"), column("Z9"), column("AB12"), column("12")], [Some(0), Some(25), Some(27), None]);
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl", "../docs/a.xml"), "docs/a.xml");
    }

    #[test]
    fn days_are_those_of_the_spreadsheet() {
        let mut book =
            Xlsx { sheets: Vec::new(), styles: Vec::new(), from_1904: false, strings: RefCell::new(Strings::none()) };
        assert_eq!([book.day(1.0), book.day(61.0)], [Some(date(1900, 1, 1)), Some(date(1900, 3, 1))]);
        assert_eq!(book.day(46_266.5), Some(date(2026, 9, 1)));
        assert_eq!(book.day(1e300), None);
        book.from_1904 = true;
        assert_eq!(book.day(44_804.0), Some(date(2026, 9, 1)));
    }
}
