//! Where the table begins: the separator, the line of the header, the lines above it.

use std::collections::HashMap;

use super::columns::Vocabulary;
use super::fold::Header;

/// Lines that are searched for a header.
const SEARCHED: usize = 120;
/// Lines that a quoted cell may have in the beginning of a file.
const QUOTED_LINES: usize = 40;

/// One row of the beginning of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct HeadRow {
    /// Its line, from 1; in a workbook its row.
    pub line: u64,
    /// Bytes of text from the beginning to the end of the row.
    pub end: usize,
    /// The line on which the next row begins.
    pub next_line: u64,
    pub cells: Vec<String>,
}

impl HeadRow {
    /// Cells up to the last that is not empty.
    pub(super) fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
    }
}

/// Where the table begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Head {
    /// The sign between two cells; 0 in a workbook.
    pub separator: u8,
    /// True where lines end with a carriage return and a line feed.
    pub crlf: bool,
    /// The row of headers.
    pub header: HeadRow,
    /// The rows above it.
    pub above: Vec<HeadRow>,
    /// The first rows below it.
    pub sample: Vec<HeadRow>,
    /// How many headers are known.
    pub known: usize,
    /// True where the last row above belongs to the header, too.
    pub two_lines: bool,
    /// How many columns the file has, whatever becomes of them.
    pub width: usize,
}

/// Finds the table in the beginning of a text. `wanted` are headers that the user named, folded.
pub(super) fn find(
    text: &str,
    vocabulary: &Vocabulary,
    wanted: &[String],
    separator: Option<u8>,
    line: Option<u64>,
) -> Option<Head> {
    let (declared, skipped) = declared_separator(text);
    let rest = &text[skipped..];
    let fixed = separator.filter(u8::is_ascii).or(declared);
    let candidates: Vec<u8> = match fixed {
        Some(one) => vec![one],
        None => b",\t;|\x1f:^~#!@&*=".iter().copied().filter(|sign| rest.as_bytes().contains(sign)).collect(),
    };
    // One column, no separator at all.
    let candidates = if candidates.is_empty() { vec![b','] } else { candidates };
    let mut best: Option<(Score, Head)> = None;
    for (preference, separator) in candidates.into_iter().enumerate() {
        let rows = split(rest, separator, SEARCHED + 200, skipped);
        let Some((mut score, head)) = best_header(rows, separator, vocabulary, wanted, line) else { continue };
        score.preference = usize::MAX - preference;
        if best.as_ref().is_none_or(|(before, _)| score > *before) {
            best = Some((score, head));
        }
    }
    best.map(|(_, head)| Head { crlf: text[..head.header.end].ends_with("\r\n"), ..head })
}

/// How good a row is as header; compared from the first field to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Score {
    known: usize,
    wide: bool,
    agreeing: usize,
    preference: usize,
}

/// The best header among rows; of equals the first.
pub(super) fn best_among(
    rows: Vec<HeadRow>,
    vocabulary: &Vocabulary,
    wanted: &[String],
    line: Option<u64>,
) -> Option<Head> {
    best_header(rows, 0, vocabulary, wanted, line).map(|(_, head)| head)
}

fn best_header(
    rows: Vec<HeadRow>,
    separator: u8,
    vocabulary: &Vocabulary,
    wanted: &[String],
    line: Option<u64>,
) -> Option<(Score, Head)> {
    let mut best: Option<(Score, usize)> = None;
    let usual = usual_width(&rows);
    for (at, row) in rows.iter().enumerate().take(SEARCHED) {
        if line.is_some_and(|line| line != row.line) || row.width() == 0 {
            continue;
        }
        let headers: Vec<Header> = row.cells.iter().take(512).map(|cell| Header::read(cell)).collect();
        let named = headers.iter().filter(|header| wanted.contains(&header.key)).count();
        let known = vocabulary.known_headers(&headers) + 2 * named;
        let below = rows.iter().skip(at + 1).take(30);
        let agreeing = below.filter(|below| below.width() > 1 && below.cells.len() == row.cells.len()).count();
        let score = Score { known, wide: row.width() >= usual.max(2), agreeing, preference: 0 };
        // A row with no known header and figures in it is data.
        if best.as_ref().is_none_or(|(before, _)| score > *before) {
            best = Some((score, at));
        }
    }
    let (score, at) = best?;
    let mut rows = rows;
    let sample = rows.split_off(at + 1);
    let header = rows.pop()?;
    let width = header.cells.len();
    Some((
        score,
        Head { separator, crlf: false, header, above: rows, sample, known: score.known, two_lines: false, width },
    ))
}

/// The width that most rows have.
fn usual_width(rows: &[HeadRow]) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.width()).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(width, _)| *width > 0)
        .max_by_key(|(width, count)| (*count, *width))
        .map_or(0, |(width, _)| width)
}

/// `sep=;` on the first line, and the bytes up to the next.
fn declared_separator(text: &str) -> (Option<u8>, usize) {
    let first = text.lines().next().unwrap_or_default().trim_start_matches(['"', '\u{feff}']);
    let declares = first.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    if !declares {
        return (None, 0);
    }
    // Only one byte can part cells; what is more is no separator but a letter.
    let sign = first.as_bytes().get(4).copied().unwrap_or(b'\t');
    let end = text.find('\n').map_or(text.len(), |at| at + 1);
    ((sign.is_ascii() && sign != b'"').then_some(sign), end)
}

/// Splits a text into rows. A quote that is not closed soon counts as a letter.
pub(super) fn split(text: &str, separator: u8, most: usize, offset: usize) -> Vec<HeadRow> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let mut at = 0;
    let mut line = text_lines(offset);
    while at < bytes.len() && rows.len() < most {
        let mut row = HeadRow { line, ..HeadRow::default() };
        loop {
            let (cell, end, lines) = cell(text, at, separator);
            row.cells.push(cell);
            line += lines;
            at = end;
            if bytes.get(at) == Some(&separator) {
                at += 1;
                continue;
            }
            break;
        }
        if bytes.get(at) == Some(&b'\r') {
            at += 1;
        }
        if bytes.get(at) == Some(&b'\n') || bytes.get(at.wrapping_sub(1)) == Some(&b'\r') {
            at += usize::from(bytes.get(at) == Some(&b'\n'));
            line += 1;
        }
        row.end = offset + at;
        row.next_line = line;
        rows.push(row);
    }
    rows
}

/// A `sep=` line above moves the numbers of lines by one.
fn text_lines(offset: usize) -> u64 {
    if offset == 0 { 1 } else { 2 }
}

/// The cell that begins at `at`, where it ends, and how many line breaks it holds.
fn cell(text: &str, at: usize, separator: u8) -> (String, usize, u64) {
    let bytes = text.as_bytes();
    if bytes.get(at) == Some(&b'"')
        && let Some((mut value, mut end, lines)) = quoted(text, at)
    {
        let rest = plain_end(bytes, end, separator);
        value.push_str(&text[end..rest]);
        end = rest;
        return (value, end, lines);
    }
    let end = plain_end(bytes, at, separator);
    (text[at..end].to_owned(), end, 0)
}

fn plain_end(bytes: &[u8], at: usize, separator: u8) -> usize {
    let ends = |byte: &u8| *byte == separator || *byte == b'\n' || *byte == b'\r';
    bytes[at..].iter().position(ends).map_or(bytes.len(), |length| at + length)
}

fn quoted(text: &str, at: usize) -> Option<(String, usize, u64)> {
    let mut value = String::new();
    let mut rest = at + 1;
    loop {
        let length = text[rest..].find('"')?;
        value.push_str(&text[rest..rest + length]);
        if value.matches('\n').count() > QUOTED_LINES {
            return None;
        }
        rest += length + 1;
        if text[rest..].starts_with('"') {
            value.push('"');
            rest += 1;
        } else {
            let lines = value.matches('\n').count() as u64;
            return Some((value, rest, lines));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        find(text, Vocabulary::embedded().unwrap(), &[], None, None).unwrap()
    }

    #[test]
    fn the_header_is_found_below_titles() {
        let found = head("Campaign report\n\"August 8, 2020 - August 14, 2020\"\nCampaign,Cost,Clicks\nA,1.5,2\n");
        assert_eq!((found.separator, found.header.line), (b',', 3));
        assert_eq!(found.titles(), ["Campaign report", "August 8, 2020 - August 14, 2020"]);
        assert_eq!(found.sample[0].cells, ["A", "1.5", "2"]);
    }

    #[test]
    fn any_separator_is_found_or_declared() {
        for sign in [',', '\t', ';', '|', '^', '~'] {
            let text =
                ["Date", "Cost", "Clicks"].join(&sign.to_string()) + "\n2026-09-01" + &format!("{sign}1{sign}2\n");
            assert_eq!(char::from(head(&text).separator), sign);
        }
        let found = head("sep=;\r\nDate;Cost\r\n2026-09-01;1,5\r\n");
        assert_eq!((found.separator, found.header.line, found.header.cells.len()), (b';', 2, 2));
        assert_eq!(head("\"sep=|\"\nDate|Cost\n1|2\n").separator, b'|');
    }

    #[test]
    fn quotes_hold_separators_and_line_breaks() {
        let found = head("Campaign,\"Cost\n(USD)\",\"a \"\"b\"\"\"\nX,1,2\n");
        assert_eq!(found.header.cells, ["Campaign", "Cost\n(USD)", "a \"b\""]);
        assert_eq!(found.sample[0].line, 3);
        let open = split("a,\"b\n1,2\n", b',', 10, 0);
        assert_eq!(open[0].cells, ["a", "\"b"], "a quote that never closes is a letter");
    }
}
