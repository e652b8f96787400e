//! A table as it goes to another program: CSV for a file, TSV for the clipboard. Numbers are full and plain, so that a
//! spreadsheet reads them as numbers; texts that it would run as a formula are made harmless.

use super::csv;
use super::format;
use crate::plan::{guarded, printable};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number; `None` is blank.
    Number(Option<f64>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<f64>> for Value {
    fn from(number: Option<f64>) -> Self {
        Self::Number(number)
    }
}

/// A table: its headings, then its rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// One row after another, the headings first.
    pub rows: Vec<Vec<Value>>,
}

impl Grid {
    /// As CSV (RFC 4180 quoting), a line a row.
    pub fn csv(&self) -> String {
        self.written(",", |text| csv::cell(text).into_owned())
    }

    /// As lines of cells with tabs between them, for the clipboard.
    pub fn tsv(&self) -> String {
        self.written("\t", pasted)
    }

    fn written(&self, between: &str, text: impl Fn(&str) -> String) -> String {
        let cell = |value: &Value| match value {
            Value::Text(words) => text(words),
            Value::Number(number) => number.filter(|number| number.is_finite()).map(format::plain).unwrap_or_default(),
        };
        let line = |row: &Vec<Value>| row.iter().map(cell).collect::<Vec<_>>().join(between) + "\n";
        self.rows.iter().map(line).collect()
    }
}

/// A text as a cell of lines with tabs between cells, for the clipboard: one that would end the cell, run as a formula or
/// steer a terminal does not.
pub fn pasted(text: &str) -> String {
    let text = printable(&text.replace(['\n', '\t'], " ")).into_owned();
    let text = guarded(&text);
    // A quote at the beginning takes everything up to the next one.
    if text.starts_with('"') { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let row = |name: &str, number| vec![Value::from(name), Value::from(number)];
        Grid { rows: vec![row("Channel", None), row("=1+1", Some(-0.25)), row("a,b\tc\nd", Some(1e6))] }
    }

    #[test]
    fn numbers_are_plain_blanks_empty_and_formulas_harmless() {
        assert_eq!(grid().csv(), "Channel,\n\"'=1+1\",-0.25\n\"a,b\tc\nd\",1000000\n");
        assert_eq!(grid().tsv(), "Channel\t\n'=1+1\t-0.25\na,b c d\t1000000\n");
    }

    #[test]
    fn whatever_a_name_holds_its_row_keeps_its_cells() {
        let names = ["\"open", "5\" screen", "\"a\" and \"b\"", "=1\t2", "\u{1b}[31m", "a\r\nb", "'", "百度\t推广", ""];
        let rows = names.map(|name| vec![Value::from(name), Value::from(Some(1.5)), Value::from("x")]);
        let text = Grid { rows: rows.into() }.tsv();
        let reader = ::csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).from_reader(text.as_bytes());
        let read: Vec<Vec<String>> =
            reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(read.len(), names.len(), "{text}");
        assert!(read.iter().all(|row| row.len() == 3 && row[1] == "1.5" && row[2] == "x"), "{text}");
        assert_eq!([&read[0][0], &read[2][0], &read[3][0]], ["\"open", "\"a\" and \"b\"", "'=1 2"]);
        assert!(!text.contains('\u{1b}'));
    }
}
