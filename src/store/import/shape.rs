//! Tables of another shape, brought into the usual one: one line of headers, one row for what one channel did on some
//! days.
//!
//! ```text
//!              Google ads     Meta                                    Cost          Visitors
//!  Year  Month  Cost Clicks    Cost Clicks      or         Channel    Plan  Actual   Plan  Actual
//!  2026  9      100  50        200  20                     SEO        100   90       1000  900
//! ```

use csv::ByteRecord;

use super::bands::{Bands, bands, joined_headers};
use super::columns::Vocabulary;
use super::error::ImportError;
use super::fold::fold;
use super::head::{Head, HeadRow};
use super::number::TYPED_NUMBER;
use super::rows::Flow;

/// How rows of a file become rows of the usual shape.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shape {
    parts: Option<DateParts>,
    bands: Option<Bands>,
}

/// A date in several columns; the last of them becomes all of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct DateParts {
    year: usize,
    /// A month that stands beside a day.
    month: Option<usize>,
    last: usize,
    /// True where the last column holds numbers of weeks.
    weeks: bool,
}

/// Brings the beginning of a table into the usual shape; `None` where it has it already.
pub(super) fn shaped(head: Head, vocabulary: &'static Vocabulary) -> (Head, Option<Shape>) {
    let mut head = joined_headers(head, vocabulary);
    let shape = Shape { parts: date_parts(&head, vocabulary), bands: bands(&head, vocabulary) };
    if shape == Shape::default() {
        return (head, None);
    }
    if let Some(bands) = &shape.bands {
        head.header.cells = bands.headers(&head.header.cells);
        head.two_lines = true;
    }
    head.sample = head.sample.iter().flat_map(|row| shape.sample(row)).collect();
    (head, Some(shape))
}

impl Shape {
    /// The headings whose columns are left out: plans, totals.
    pub(super) fn left_out(&self) -> &[String] {
        self.bands.as_ref().map_or(&[], |bands| &bands.left_out)
    }

    /// Gives the rows that a row becomes.
    pub(super) fn each(
        &self,
        row: &ByteRecord,
        each: &mut dyn FnMut(&ByteRecord) -> Result<Flow, ImportError>,
    ) -> Result<Flow, ImportError> {
        let dated = self.parts.map(|parts| parts.dated(row));
        let row = dated.as_ref().unwrap_or(row);
        match &self.bands {
            Some(bands) => bands.each(row, each),
            None => each(row),
        }
    }

    fn sample(&self, row: &HeadRow) -> Vec<HeadRow> {
        let mut rows = Vec::new();
        let record: ByteRecord = row.cells.iter().collect();
        // Nothing can fail in here: rows are only copied.
        let _ = self.each(&record, &mut |record| {
            let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            rows.push(HeadRow { cells, ..row.clone() });
            Ok(Flow::On)
        });
        rows
    }
}

impl DateParts {
    /// The row with its whole date in one cell; as it was where a part is missing.
    fn dated(self, row: &ByteRecord) -> ByteRecord {
        let text = |at: usize| String::from_utf8_lossy(row.get(at).unwrap_or_default()).into_owned();
        let whole = self.whole(&text(self.year), self.month.map(text).as_deref(), &text(self.last));
        let cell = |(at, cell)| if at == self.last { whole.as_deref().map_or(cell, str::as_bytes) } else { cell };
        row.iter().enumerate().map(cell).collect()
    }

    fn whole(self, year: &str, month: Option<&str>, last: &str) -> Option<String> {
        let year = number(year)?;
        let part = |text: &str| number(text).map_or_else(|| plain(text).to_owned(), |number| number.to_string());
        match month {
            _ if plain(last).is_empty() => None,
            _ if self.weeks => Some(format!("{year}-W{:02}", number(plain(last).trim_start_matches(['W', 'w', 'K']))?)),
            None if number(last).is_none() => Some(format!("{} {year}", plain(last))),
            None => Some(format!("{year}-{}", part(last))),
            Some(month) if number(month).is_none() => Some(format!("{} {} {year}", part(last), plain(month))),
            Some(month) => Some(format!("{year}-{}-{}", part(month), part(last))),
        }
    }
}

/// The columns of year and month, year and week, or year, month and day, if the first rows hold nothing else there.
fn date_parts(head: &Head, vocabulary: &'static Vocabulary) -> Option<DateParts> {
    let column = |words: &[String], fits: fn(&str) -> bool| {
        let named = |cell: &String| words.contains(&fold(cell));
        let at = head.header.cells.iter().position(named)?;
        let mut cells = head.sample.iter().filter_map(|row| row.cells.get(at)).map(|cell| plain(cell));
        // Totals and footers below the rows are no years.
        let first = cells.find(|cell| !cell.is_empty())?;
        fits(first).then_some(at)
    };
    let year = column(&vocabulary.year_columns, |cell| number(cell).is_some_and(|year| (1990..2100).contains(&year)))?;
    let month =
        column(&vocabulary.month_columns, |cell| up_to(cell, 12) || !cell.contains(|c: char| c.is_ascii_digit()));
    let day = column(&vocabulary.day_columns, |cell| up_to(cell, 31));
    let week = column(&vocabulary.week_columns, |cell| up_to(cell.trim_start_matches(['W', 'w', 'K']), 53));
    let (month, last, weeks) = match (month, day, week) {
        (Some(_), Some(day), _) => (month, day, false),
        (_, _, Some(week)) => (None, week, true),
        (Some(month), None, None) => (None, month, false),
        _ => return None,
    };
    Some(DateParts { year, month, last, weeks })
}

/// A cell without the mark of a spreadsheet's number.
fn plain(cell: &str) -> &str {
    cell.trim_start_matches(char::from(TYPED_NUMBER)).trim()
}

/// A whole number, also before the sign of a month or year: `9月`.
fn number(cell: &str) -> Option<u32> {
    plain(cell).trim_end_matches(['年', '月', '日', '周', '週']).parse().ok()
}

fn up_to(cell: &str, most: u32) -> bool {
    number(cell).is_some_and(|number| (1..=most).contains(&number))
}
