//! XLSX, read as a stream: the workbook names its sheets, the styles tell days from numbers, cells hold values or the
//! numbers of shared texts.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::error::ImportError;
use super::input::ReadSeek;
use super::rows::Flow;
use super::strings::Strings;
use super::styles::{Shows, styles};
use super::workbook::{EachRow, Row};
use super::xlsx_rows::Walk;
use super::xml::{attribute, damaged, events};

/// Sheets and relations that count: a spreadsheet program has no more.
const MOST_SHEETS: usize = 1000;
const MOST_RELATIONS: usize = 5000;

/// What is known of a workbook before its rows are read.
pub(super) struct Xlsx {
    /// Names of sheets, and the parts that hold them.
    sheets: Vec<(String, String)>,
    styles: Vec<Shows>,
    /// True where days are counted from 1904.
    from_1904: bool,
    strings: RefCell<Strings>,
}

pub(super) type Archive = ZipArchive<Box<dyn ReadSeek>>;

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
        let mut walk = Walk::new(self, row, each);
        events(archive.by_name(part).map_err(damaged)?, |event, empty| walk.step(event, empty))
    }

    /// What cells of a style show.
    pub(super) fn shows(&self, style: usize) -> Shows {
        self.styles.get(style).copied().unwrap_or(Shows::Number)
    }

    /// The shared text of a number; "" where there is none.
    pub(super) fn text(&self, number: u64) -> Result<String, ImportError> {
        self.strings.borrow_mut().text(number)
    }

    /// The day of a serial number; `None` beyond the calendar.
    pub(super) fn day(&self, number: f64) -> Option<Date> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found() {
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
