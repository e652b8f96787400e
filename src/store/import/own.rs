//! A table that this program wrote (`report --format csv`): read to the last digit, with its layers and notes, and
//! without any guess. What is not exactly of that form is read like every other file.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Cadence, Channel, Edit, Field, Layer, Plan, Record, Records, bared, parse_day, tidy_headings};

use super::date::Days;
use super::error::ImportError;
use super::input::Source;
use super::merge::{Merged, Summary, added};
use super::options::{ImportOptions, Merge};
use super::recognised::{Preview, Recognised};

/// A table of ours.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Own {
    /// The names of the channels, in the order in which they come.
    names: Vec<String>,
    rows: Vec<Row>,
}

/// One record with where it belongs.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    /// The channel's place among the names.
    channel: u32,
    layer: Layer,
    day: Date,
    record: Record,
}

/// So many rows are shown before anything is written.
const SHOWN: usize = 8;

/// The table, if it is one that this program wrote; `None` where it is none, or the user says how to read it.
pub(super) fn read(source: &Source, options: &ImportOptions) -> Result<Option<Own>, ImportError> {
    if !says_nothing(options) || !begins_as_ours(source)? {
        return Ok(None);
    }
    let mut reader = csv::Reader::from_reader(source.open()?);
    let mut own = Own { names: Vec::new(), rows: Vec::new() };
    let mut places: HashMap<String, u32> = HashMap::new();
    let mut line = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut line) {
            Ok(true) => {}
            Ok(false) => return Ok(own.has_each_place_once().then_some(own)),
            Err(_) => return Ok(None),
        }
        let Some((name, row)) = row(&line) else { return Ok(None) };
        let channel = *places.entry(name.to_owned()).or_insert_with(|| {
            own.names.push(name.to_owned());
            own.names.len() as u32 - 1
        });
        own.rows.push(Row { channel, ..row });
    }
}

/// True where the file begins with our headings: only then all of it is looked at.
fn begins_as_ours(source: &Source) -> Result<bool, ImportError> {
    let headings = tidy_headings().join(",");
    let mut begin = Vec::new();
    let most = headings.len() as u64 + 4;
    source.open()?.take(most).read_to_end(&mut begin).map_err(source.failed())?;
    let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begin);
    Ok(text.strip_prefix(headings.as_bytes()).is_some_and(|rest| matches!(rest.first(), None | Some(b'\r' | b'\n'))))
}

impl Own {
    /// Two records of one place stand in no table of ours.
    fn has_each_place_once(&self) -> bool {
        let mut places: Vec<u32> = (0..self.rows.len() as u32).collect();
        let place = |at: u32| {
            let row = &self.rows[at as usize];
            (row.channel, row.layer == Layer::Planned, row.day)
        };
        places.sort_unstable_by_key(|at| place(*at));
        places.windows(2).all(|pair| place(pair[0]) != place(pair[1]))
    }
}

/// True where the user leaves to the program how the file is read.
fn says_nothing(options: &ImportOptions) -> bool {
    let said = ImportOptions {
        cadence: None,
        merge: Merge::default(),
        rename: BTreeMap::new(),
        keep_spellings: false,
        again: false,
        ..options.clone()
    };
    said == ImportOptions::default()
}

/// The channel's name and the record of a line; `None` where it is none of ours.
fn row(line: &csv::StringRecord) -> Option<(&str, Row)> {
    let mut cells = line.iter();
    let channel = bared(cells.next()?);
    let layer = cells.next()?;
    let layer = [Layer::Actual, Layer::Planned].into_iter().find(|each| each.key() == layer)?;
    let day = parse_day(cells.next()?)?;
    let mut record = Record::default();
    for field in Field::ALL {
        match cells.next()? {
            "" => {}
            cell => {
                let number = cell.parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0)?;
                record.set(field, Some(number));
            }
        }
    }
    record.set_note(bared(cells.next()?));
    (!channel.is_empty()).then_some((channel, Row { channel: 0, layer, day, record }))
}

/// What is said of the file where it is one of ours: as it is, and not as it was guessed.
pub(super) fn describe(recognised: Recognised, own: Own) -> Recognised {
    let rows = &own.rows;
    let mut sums = Record::default();
    let mut preview = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for field in Field::ALL {
            if let Some(number) = row.record.get(field) {
                sums.set(field, Some(added(sums.get(field).unwrap_or(0.0), number)));
            }
        }
        if at < SHOWN {
            let days = Some(Days { first: row.day, last: row.day });
            let line = at as u64 + 2;
            preview.push(Preview {
                line,
                channel: own.names[row.channel as usize].clone(),
                days,
                record: row.record.clone(),
            });
        }
    }
    let days = rows.iter().map(|row| row.day);
    let range = days.clone().min().zip(days.max()).map(|(first, last)| Days { first, last });
    Recognised {
        cadence: cadence(rows).unwrap_or(recognised.cadence),
        rows: rows.len() as u64,
        left_out_counts: Vec::new(),
        left_out: Vec::new(),
        warnings: Vec::new(),
        people: Vec::new(),
        spans: Vec::new(),
        first_rows: preview,
        range,
        sums,
        own: Some(Arc::new(own)),
        ..recognised
    }
}

/// The longest period that begins on every day of the table.
fn cadence(rows: &[Row]) -> Option<Cadence> {
    let fits = |cadence: &Cadence| rows.iter().all(|row| cadence.starts_on(row.day));
    Cadence::ALL.into_iter().rev().find(fits).filter(|_| !rows.is_empty())
}

/// Brings a table of ours into a plan: names as they are, each record to its layer.
pub(super) fn merge(plan: &Plan, own: &Own, options: &ImportOptions) -> Result<Merged, ImportError> {
    let mut summary = Summary::default();
    let mut rows: Vec<Vec<&Row>> = vec![Vec::new(); own.names.len()];
    for row in &own.rows {
        rows[row.channel as usize].push(row);
        let start = plan.brief.cadence.start_of(row.day);
        let (first, last) = summary.periods.unwrap_or((start, start));
        summary.periods = Some((first.min(start), last.max(start)));
    }
    let (mut replaced, mut new) = (Vec::new(), Vec::new());
    for (found, its) in own.names.iter().zip(rows) {
        let name = options.rename.get(found).unwrap_or(found);
        let at = plan.channel_index(name);
        let mut channel = match at.and_then(|at| plan.channels.get(at)) {
            Some(old) => old.as_ref().clone(),
            None => Channel::new(name.as_str()),
        };
        let before = channel.clone();
        for layer in [Layer::Actual, Layer::Planned] {
            let its = its.iter().copied().filter(|row| row.layer == layer);
            blend(channel.records_mut(layer), plan.brief.cadence, its, options.merge, &mut summary);
        }
        match at {
            None => {
                summary.new_channels.push(name.clone());
                new.push(Arc::new(channel));
            }
            Some(at) if channel != before => {
                summary.changed_channels.push(name.clone());
                replaced.push((at, Arc::new(channel)));
            }
            Some(_) => {}
        }
    }
    let edit = Edit::Import { replaced, added: new, currency: String::new() };
    let plan = edit.apply(plan)?;
    Ok(Merged { edit, plan, summary })
}

/// Puts rows into the records of a layer; several of one period are summed first.
fn blend<'a>(
    records: &mut Records,
    cadence: Cadence,
    rows: impl Iterator<Item = &'a Row>,
    merge: Merge,
    summary: &mut Summary,
) {
    let mut brought: BTreeMap<Date, Record> = BTreeMap::new();
    for row in rows {
        brought.entry(cadence.start_of(row.day)).or_default().absorb(&row.record);
    }
    for (day, more) in brought {
        let mut record = records.get(day).cloned().unwrap_or_default();
        for field in Field::ALL {
            let Some(number) = more.get(field) else { continue };
            let stored = record.get(field);
            let number = match (merge, stored) {
                (Merge::Keep, Some(stored)) => stored,
                (Merge::Add, Some(stored)) => added(stored, number),
                _ => number,
            };
            if stored == Some(number) {
                summary.numbers_kept += 1;
            } else {
                summary.numbers_set += 1;
                record.set(field, Some(number));
            }
        }
        if !more.note().is_empty() && (merge == Merge::Replace || record.note().is_empty()) {
            record.set_note(more.note());
        }
        records.insert(day, record);
    }
}
