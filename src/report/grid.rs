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
        self.written("\t", |text| {
            // A line end or a tab would begin another cell.
            let text = printable(&text.replace(['\n', '\t'], " ")).into_owned();
            guarded(&text).into_owned()
        })
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
}
