//! The rows of a text below its header, one after the other.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use csv::ByteRecord;

use super::encoding::{Decoding, Losses, TextEncoding};
use super::error::ImportError;
use super::head::Head;
use super::input::{Source, Survey, Utf8};

/// A longer line is cut: it is no row of a table. A longer record is one that a quote has swallowed others into.
const LONGEST: u64 = 1 << 20;

/// What a reader of rows says to go on or stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Enough,
}

/// How the reading of rows ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ended {
    pub losses: Losses,
    /// A quote swallowed rows: read it again line by line.
    pub broken_quotes: bool,
}

/// Counts the bytes that were read, for progress, and carries the losses of decoding out.
#[derive(Debug, Clone, Default)]
pub(super) struct Meter {
    pub bytes: Arc<AtomicU64>,
    garbled: Arc<AtomicBool>,
    cut: Arc<AtomicBool>,
}

struct Counted<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(out)?;
        self.meter.bytes.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Stops where no record ends for too long, so that an open quote does not bring the rest of the file into memory.
struct Bounded<R> {
    inner: R,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let length = self.inner.read(out)?;
        self.since.set(self.since.get() + length as u64);
        Ok(length)
    }
}

struct Metered<R> {
    inner: Decoding<R>,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(out)?;
        self.meter.garbled.store(self.inner.losses.garbled, Ordering::Relaxed);
        self.meter.cut.store(self.inner.losses.cut, Ordering::Relaxed);
        Ok(length)
    }
}

/// The text of a file as UTF-8, behind its mark.
fn text(source: &Source, survey: &Survey, encoding: TextEncoding, meter: &Meter) -> Result<Box<dyn Read>, ImportError> {
    let mut input = source.open()?;
    input.seek(std::io::SeekFrom::Start(encoding.mark as u64)).map_err(source.failed())?;
    let counted = Counted { inner: input, meter: meter.clone() };
    let utf8 = encoding.encoding == encoding_rs::UTF_8;
    if utf8 && survey.utf8 != Utf8::Invalid {
        meter.cut.store(survey.utf8 == Utf8::Cut, Ordering::Relaxed);
        return Ok(Box::new(counted.take(survey.len - survey.cut - encoding.mark as u64)));
    }
    let decoding = Metered { inner: Decoding::new(counted, encoding.encoding), meter: meter.clone() };
    Ok(Box::new(BufReader::with_capacity(1 << 16, decoding)))
}

/// Gives every row below the header to `each`, with its line.
pub(super) fn read(
    source: &Source,
    survey: &Survey,
    encoding: TextEncoding,
    head: &Head,
    line_by_line: bool,
    meter: &Meter,
    mut each: impl FnMut(&ByteRecord, u64) -> Result<Flow, ImportError>,
) -> Result<Ended, ImportError> {
    let failed = source.failed();
    let mut input = BufReader::with_capacity(1 << 17, text(source, survey, encoding, meter)?);
    std::io::copy(&mut (&mut input).take(head.header.end as u64), &mut std::io::sink()).map_err(&failed)?;
    let broken_quotes = if line_by_line {
        by_lines(input, head, &failed, &mut each)?;
        false
    } else {
        by_csv(input, head, &failed, &mut each)?
    };
    let losses = Losses { garbled: meter.garbled.load(Ordering::Relaxed), cut: meter.cut.load(Ordering::Relaxed) };
    Ok(Ended { losses, broken_quotes })
}

fn by_csv(
    input: impl Read,
    head: &Head,
    failed: &impl Fn(std::io::Error) -> ImportError,
    each: &mut impl FnMut(&ByteRecord, u64) -> Result<Flow, ImportError>,
) -> Result<bool, ImportError> {
    let since = Rc::new(Cell::new(0));
    let input = Bounded { inner: input, since: Rc::clone(&since) };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(head.separator)
        .buffer_capacity(1 << 17)
        .from_reader(input);
    let mut record = ByteRecord::new();
    let width = head.width;
    loop {
        let before = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(true) => since.set(0),
            Ok(false) => return Ok(false),
            Err(_) if since.get() > LONGEST => return Ok(true),
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) => return Err(failed(error)),
                _ => return Err(ImportError::NoTable("the table cannot be read".to_owned())),
            },
        }
        let after = reader.position().line();
        if after > before + 1 && swallowed(&record, head.separator, width) {
            return Ok(true);
        }
        if each(&record, head.header.next_line + first_line(&record, before, after, head.crlf) - 1)? == Flow::Enough {
            return Ok(false);
        }
    }
}

/// The line on which a record begins, from the lines on which the reader stood before and after it: it passes blank
/// lines before a record, and the line feed behind a carriage return only before the next.
fn first_line(record: &ByteRecord, before: u64, after: u64, crlf: bool) -> u64 {
    let inside = if after > before + 1 { record.as_slice().split(|byte| *byte == b'\n').count() - 1 } else { 0 };
    after - inside as u64 - u64::from(!crlf && after > before)
}

/// True if a quoted cell holds whole rows: somebody forgot to close the quote.
fn swallowed(record: &ByteRecord, separator: u8, width: usize) -> bool {
    let few = record.len() < width;
    let wide = |line: &[u8]| {
        let cells = line.split(|byte| *byte == separator).count();
        cells >= width || (few && cells * 2 >= width)
    };
    record.iter().any(|cell| {
        let mut lines = cell.split(|byte| *byte == b'\n');
        let first = lines.next();
        let inner: Vec<_> = lines.take(QUOTED_LINES + 1).collect();
        let odd = !inner.is_empty() && record.len() > width;
        first.is_some() && width > 1 && (odd || inner.len() > QUOTED_LINES || inner.iter().any(|line| wide(line)))
    })
}

/// Lines that a quoted cell may have.
const QUOTED_LINES: usize = 200;

/// Every line is a row: a quote that is not closed on its line is a letter.
fn by_lines(
    mut input: impl BufRead,
    head: &Head,
    failed: &impl Fn(std::io::Error) -> ImportError,
    each: &mut impl FnMut(&ByteRecord, u64) -> Result<Flow, ImportError>,
) -> Result<(), ImportError> {
    let mut line = Vec::new();
    let mut record = ByteRecord::new();
    let mut number = head.header.next_line;
    loop {
        line.clear();
        if (&mut input).take(LONGEST).read_until(b'\n', &mut line).map_err(failed)? == 0 {
            return Ok(());
        }
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        if !line.is_empty() {
            cells_of_line(&line, head.separator, &mut record);
            if each(&record, number)? == Flow::Enough {
                return Ok(());
            }
        }
        number += 1;
    }
}

fn cells_of_line(line: &[u8], separator: u8, record: &mut ByteRecord) {
    record.clear();
    let mut at = 0;
    loop {
        let mut value = Vec::new();
        let mut rest = at;
        if line.get(at) == Some(&b'"')
            && let Some(end) = closing_quote(line, at + 1, separator)
        {
            value.extend_from_slice(&line[at + 1..end]);
            rest = end + 1;
        }
        let end = line[rest..].iter().position(|byte| *byte == separator).map_or(line.len(), |length| rest + length);
        if rest == at {
            value.extend_from_slice(&line[rest..end]);
        }
        let unquoted: Vec<u8> = if rest == at { value } else { without_doubled_quotes(&value) };
        record.push_field(&unquoted);
        if end >= line.len() {
            return;
        }
        at = end + 1;
    }
}

/// The quote that a separator or the end of the line follows.
fn closing_quote(line: &[u8], from: usize, separator: u8) -> Option<usize> {
    (from..line.len()).find(|&at| line[at] == b'"' && line.get(at + 1).is_none_or(|next| *next == separator))
}

fn without_doubled_quotes(value: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(value.len());
    let mut doubled = false;
    for &byte in value {
        doubled = byte == b'"' && !doubled;
        if !doubled {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::columns::Vocabulary;
    use super::super::{encoding, head};
    use super::*;

    fn rows(text: &str, line_by_line: bool) -> (Vec<(u64, Vec<String>)>, Ended) {
        let source = Source::bytes("x", text.as_bytes());
        let survey = Survey::of(&source).unwrap();
        let encoding = encoding::detect(&survey, |_| 0);
        let head = head::find(text, Vocabulary::embedded().unwrap(), &[], None, None).unwrap();
        let mut rows = Vec::new();
        let ended = read(&source, &survey, encoding, &head, line_by_line, &Meter::default(), |record, line| {
            rows.push((line, record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()));
            Ok(Flow::On)
        });
        (rows, ended.unwrap())
    }

    #[test]
    fn rows_follow_the_header_with_their_lines() {
        let (rows, ended) = rows("title\nDate,Cost\n2026-09-01,\"1,5\"\n2026-09-02,2", false);
        assert_eq!(rows[0], (3, vec!["2026-09-01".to_owned(), "1,5".to_owned()]));
        assert_eq!(rows[1].0, 4);
        assert_eq!(ended, Ended::default());
    }

    #[test]
    fn an_open_quote_is_noticed_and_the_lines_are_read_by_themselves() {
        let text = "Date,Campaign,Cost\n2026-09-01,\"A,1\n2026-09-02,B,2\n2026-09-03,\"C \"\"x\"\"\",3\n";
        let (_, ended) = rows(text, false);
        assert!(ended.broken_quotes);
        let (rows, _) = rows(text, true);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1].1, ["2026-09-02", "B", "2"]);
        assert_eq!(rows[2].1, ["2026-09-03", "C \"x\"", "3"]);
    }

    #[test]
    fn rows_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let text =
                ["title", "Date,Campaign,Cost", "2026-09-01,A,1", "", "2026-09-02,\"B\n b\",2", "2026-09-03,C,3"];
            for last in ["", end] {
                let (rows, _) = rows(&(text.join(end) + last), false);
                let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
                assert_eq!(lines, [3, 5, 7], "{end:?} {last:?}");
            }
        }
    }

    #[test]
    fn a_quoted_line_break_is_no_broken_quote() {
        let (rows, ended) = rows("Date,Campaign,Cost\n2026-09-01,\"A\nb\",1\n2026-09-02,B,2\n", false);
        assert!(!ended.broken_quotes);
        assert_eq!(rows[0].1[1], "A\nb");
        assert_eq!(rows.len(), 2);
    }
}
