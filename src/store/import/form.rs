//! How a file is written and what its columns are: all that is known before its rows are read.

use super::head::HeadRow;
use super::layout::channel_title;
use super::mapping::MappedColumn;
use super::options::Role;
use super::recognise::{Found, Table};

/// Lines of the beginning that are kept, so that somebody may say which of them is the header.
const BEGINNING: usize = 40;

/// How a file is written and what its columns are.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The platform; "" for a table of nobody in particular.
    pub platform: String,
    /// What its only channel is called where rows name none.
    pub channel_title: String,
    /// The encoding: `UTF-8`, `gb18030`; "" for a workbook.
    pub encoding: &'static str,
    /// True where the file begins with a mark of its encoding.
    pub marked: bool,
    /// The sign between two cells; 0 for a workbook.
    pub separator: u8,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
    /// The line of the header, from 1.
    pub header_line: u64,
    /// The lines above the header that are not empty.
    pub titles: Vec<String>,
    /// The language of the headers.
    pub language: String,
    /// All columns, and what they are.
    pub columns: Vec<MappedColumn>,
    /// The first filled cell of each column; "" where none of the first rows has one, or it is personal.
    pub examples: Vec<String>,
    /// The first lines with their numbers, personal cells left out.
    pub beginning: Vec<(u64, String)>,
}

impl Form {
    /// The name by which the column in that place can be told from all others: `Cost`, or `Cost#2` for the second
    /// of that header.
    pub fn column_name(&self, column: usize) -> String {
        let Some(this) = self.columns.get(column) else { return String::new() };
        let twins = self.columns.iter().take(column).filter(|other| other.header == this.header).count();
        if twins == 0 { this.header.clone() } else { format!("{}#{}", this.header, twins + 1) }
    }
}

/// A separator in words.
pub fn separator_words(sign: u8) -> String {
    match sign {
        b'\t' => "tabs".to_owned(),
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        sign => format!("{:?}", char::from(sign)),
    }
}

/// The form of a file that was found.
pub(super) fn form(found: &Found<'_>) -> Form {
    let (mapping, head) = (&found.mapping, &found.head);
    let (encoding, marked) = match &found.table {
        Table::Text { encoding, .. } => (encoding.encoding.name(), encoding.mark > 0),
        Table::Workbook { .. } => ("", false),
    };
    let (sheet, sheets) = match &found.table {
        Table::Workbook { book, sheet } => (Some(sheet.clone()), book.sheets().to_vec()),
        Table::Text { .. } => (None, Vec::new()),
    };
    let above = head.above.iter().chain([&head.header]).map(|row| (row.line, head.joined(row)));
    let below = head.sample.iter().map(|row| (row.line, head.joined(&without_people(row, &mapping.columns))));
    Form {
        platform: mapping.platform.map_or_else(String::new, |platform| platform.name.clone()),
        channel_title: channel_title(found),
        encoding,
        marked,
        separator: head.separator,
        sheet,
        sheets,
        header_line: head.header.line,
        titles: head.titles(),
        language: mapping.language.clone(),
        columns: mapping.columns.clone(),
        examples: mapping.columns.iter().map(|column| example(&head.sample, column)).collect(),
        beginning: beginning(above.chain(below)),
    }
}

/// A line that has become several rows stands there once.
fn beginning(lines: impl Iterator<Item = (u64, String)>) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = lines.collect();
    lines.dedup_by_key(|(line, _)| *line);
    lines.truncate(BEGINNING);
    lines
}

fn example(sample: &[HeadRow], column: &MappedColumn) -> String {
    let cells = sample.iter().filter_map(|row| row.cells.get(column.column)).map(|cell| plain(cell));
    let filled = cells.filter(|_| column.role != Role::Person).find(|cell| !cell.is_empty());
    filled.map(|cell| cell.chars().take(60).collect()).unwrap_or_default()
}

fn without_people(row: &HeadRow, columns: &[MappedColumn]) -> HeadRow {
    let mut row = row.clone();
    for column in columns.iter().filter(|column| column.role == Role::Person) {
        if let Some(cell) = row.cells.get_mut(column.column) {
            "…".clone_into(cell);
        }
    }
    row
}

/// A cell without the mark of a spreadsheet's number.
fn plain(cell: &str) -> &str {
    cell.trim_start_matches(char::from(super::number::TYPED_NUMBER)).trim()
}

impl super::head::Head {
    /// A row as one line of text.
    pub(super) fn joined(&self, row: &HeadRow) -> String {
        let joined = if self.separator == 0 { " ".to_owned() } else { char::from(self.separator).to_string() };
        row.cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(&joined)
    }

    /// The lines above the header that are not empty.
    pub(super) fn titles(&self) -> Vec<String> {
        self.above.iter().map(|row| self.joined(row)).filter(|title| !title.trim().is_empty()).collect()
    }
}
