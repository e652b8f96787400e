//! One pass over the rows below the header: each counts, or is left out with a reason.

use std::collections::{BTreeMap, HashSet};
use std::hash::RandomState;

use csv::ByteRecord;

use crate::plan::Field;

use super::cells::DateCell;
use super::columns::Vocabulary;
use super::date::{DateReader, Days};
use super::error::ImportError;
use super::fold::Header;
use super::held::Held;
use super::layout::Layout;
use super::memo::Memo;
use super::number::{Fixed, NumberReader};
use super::options::ImportOptions;
use super::recognised::{LeftOut, Preview, Reason};
use super::rows::Flow;
use super::tally::{DayNumber, Tally, When, number_of};
use super::totals::{Total, TotalWords};

/// Rows that are kept to be shown.
const SHOWN: usize = 20;
/// Rows that may be left out before another table is no longer looked for.
const LOOKED_FOR: u64 = 5000;
/// Different ranges of rows that are kept.
const SPANS: usize = 20_000;
/// The channel of rows that name none.
pub(super) const BLANK_NAME: &str = "(blank)";

/// One of the first rows: line, channel, days, values.
type FirstRow = (u64, u32, Option<Days>, Vec<Option<Fixed>>);

/// A pass over rows.
pub(super) struct Pass<'a> {
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) words: TotalWords,
    pub(super) options: &'a ImportOptions,
    pub(super) layout: &'a Layout,
    pub(super) numbers: NumberReader,
    pub(super) dates: DateReader,
    pub(super) tally: Tally,
    pub(super) totals: Vec<Total>,
    pub(super) held: Vec<Held>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) counts: BTreeMap<Reason, u64>,
    pub(super) first_rows: Vec<FirstRow>,
    pub(super) rows: u64,
    pub(super) range: Option<Days>,
    pub(super) spans: HashSet<(DayNumber, DayNumber)>,
    pub(super) currencies: BTreeMap<String, u64>,
    pub(super) last_currency: (Vec<u8>, u64),
    /// Cells of figures that are none: column → how many, and the first.
    pub(super) odd_cells: BTreeMap<usize, (u64, u64, String)>,
    pub(super) withheld: u64,
    pub(super) dateless: u64,
    pub(super) nameless: u64,
    pub(super) untold_results: u64,
    pub(super) date_cells: Memo<DateCell>,
    pub(super) channels: Memo<(Option<u32>, bool)>,
    pub(super) kinds: Memo<Option<Field>>,
    pub(super) orders: HashSet<u64>,
    pub(super) hasher: RandomState,
    pub(super) values: Vec<Option<Fixed>>,
    /// Columns of figures in which the row has something else.
    pub(super) odd: Vec<usize>,
    pub(super) one_channel: Option<u32>,
    /// The channel whose days follow without a name.
    group: Option<u32>,
}

impl<'a> Pass<'a> {
    pub(super) fn new(
        vocabulary: &'static Vocabulary,
        options: &'a ImportOptions,
        layout: &'a Layout,
        fields: Vec<Field>,
        numbers: NumberReader,
        dates: DateReader,
    ) -> Self {
        let values = vec![None; fields.len()];
        Self {
            vocabulary,
            words: TotalWords::new(vocabulary),
            options,
            layout,
            numbers,
            dates,
            tally: Tally::new(fields),
            totals: Vec::new(),
            held: Vec::new(),
            left_out: Vec::new(),
            counts: BTreeMap::new(),
            first_rows: Vec::new(),
            rows: 0,
            range: None,
            spans: HashSet::new(),
            currencies: BTreeMap::new(),
            last_currency: (Vec::new(), 0),
            odd_cells: BTreeMap::new(),
            withheld: 0,
            dateless: 0,
            nameless: 0,
            untold_results: 0,
            date_cells: Memo::new(),
            channels: Memo::new(),
            kinds: Memo::new(),
            orders: HashSet::new(),
            hasher: RandomState::new(),
            values,
            odd: Vec::new(),
            one_channel: None,
            group: None,
        }
    }

    /// Takes one row.
    pub(super) fn row(&mut self, row: &ByteRecord, line: u64) -> Result<Flow, ImportError> {
        let wanted = !self.options.rows_in.is_empty() && self.options.rows_in.contains(&line);
        if !self.options.rows_out.is_empty() && self.options.rows_out.contains(&line) {
            self.leave_out(row, line, Reason::Chosen);
            return Ok(Flow::On);
        }
        if row.len() > self.layout.width && row.iter().skip(self.layout.width).any(|cell| !cell.trim_ascii().is_empty())
        {
            self.leave_out(row, line, Reason::TooWide);
            return Ok(Flow::On);
        }
        let (channel, named_total) = self.channel(row)?;
        let date = self.date(row);
        let channel = self.of_group(channel, date);
        let figures = self.figures(row);
        let term = !self.layout.terms.is_empty() && self.is_term(row);
        if !wanted && !term {
            if named_total
                || date == DateCell::All
                || self.says_total(row, channel.is_some() && matches!(date, DateCell::Days(..)))
            {
                self.total(row, line, channel.filter(|_| !named_total), date);
                return Ok(Flow::On);
            }
            if figures == 0 {
                return Ok(self.without_figures(row, line));
            }
        }
        self.note_odd_cells(row, line);
        self.count_order(row);
        match (channel, date) {
            (_, DateCell::Bad | DateCell::All) if !wanted => self.leave_out(row, line, Reason::BadDate),
            (_, DateCell::Days(_, when)) if term && !wanted => self.hold_term(row, line, Some(when.day))?,
            _ if term && !wanted => self.hold_term(row, line, None)?,
            (Some(channel), DateCell::Days(days, day)) => self.accept(channel, Some(days), day, line)?,
            (channel, date) => {
                let channel = if wanted { channel.or(self.name_as_it_stands(row)?) } else { channel };
                let day = if let DateCell::Days(_, when) = date { Some(when.day) } else { None };
                if let DateCell::Days(days, _) = date {
                    self.range = Some(self.range.map_or(days, |before| before.and(days)));
                }
                if wanted { self.release(line, channel, day)? } else { self.hold(row, line, channel, day)? }
            }
        }
        self.currency(row);
        Ok(Flow::On)
    }

    pub(super) fn accept(
        &mut self,
        channel: u32,
        days: Option<Days>,
        when: When,
        line: u64,
    ) -> Result<(), ImportError> {
        if let Some(days) = days {
            if self.range.is_none_or(|before| !before.cover(days)) {
                self.range = Some(self.range.map_or(days, |before| before.and(days)));
            }
            if days.first != days.last && self.spans.len() < SPANS {
                self.spans.insert((when.day, number_of(days.last)));
            }
        }
        if self.first_rows.len() < SHOWN {
            self.first_rows.push((line, channel, days, self.values.clone()));
        }
        self.rows += 1;
        self.tally.add(channel, when, &self.values)
    }

    /// A channel's sum of all days may stand above its days, and name the channel for all of them.
    fn of_group(&mut self, channel: Option<u32>, date: DateCell) -> Option<u32> {
        match (channel, date) {
            (Some(_), DateCell::All) => self.group = channel,
            (Some(_), _) => self.group = None,
            (None, DateCell::Days(..)) => return self.group,
            (None, _) => {}
        }
        channel
    }

    /// Of a row that has its channel and its day, only the cells that may divide it further are asked.
    fn says_total(&self, row: &ByteRecord, complete: bool) -> bool {
        let labels = if complete { &self.layout.dividing } else { &self.layout.labels };
        labels.iter().any(|&at| row.get(at).is_some_and(|cell| self.words.say_total(cell)))
    }

    /// A row in which no figure can be read.
    fn without_figures(&mut self, row: &ByteRecord, line: u64) -> Flow {
        let filled = row.iter().filter(|cell| !cell.trim_ascii().is_empty()).count();
        if filled == 0 {
            return Flow::On;
        }
        let text = |at: usize| String::from_utf8_lossy(row.get(at).unwrap_or_default()).trim().to_owned();
        let figures = &self.layout.figures;
        let same = filled > 1 && (0..self.layout.width).all(|at| text(at) == self.layout.headers[at].trim());
        // Far down in a file nobody looks for a second table in every row of junk.
        let looked_for = self.counts.values().sum::<u64>() < LOOKED_FOR;
        let known = || {
            let cells: Vec<Header> =
                row.iter().take(512).map(|cell| Header::read(&String::from_utf8_lossy(cell))).collect();
            self.vocabulary.known_headers(&cells)
        };
        let texts = figures.iter().filter(|column| !text(column.at).is_empty()).count();
        if same {
            self.leave_out(row, line, Reason::Header);
        } else if looked_for && filled > 1 && texts > 0 && known() >= 2 && known() * 2 >= filled {
            self.leave_out(row, line, Reason::OtherTable);
            return Flow::Enough;
        } else if self.layout.counted.is_some() && filled > 1 && self.lead(row, line) {
        } else if filled <= 2 {
            self.leave_out(row, line, Reason::Text);
        } else {
            self.leave_out(row, line, Reason::Empty);
        }
        Flow::On
    }

    /// The first rows as they will be.
    pub(super) fn previews(&self) -> Vec<Preview> {
        let shown = self.first_rows.iter().map(|(line, channel, days, values)| {
            let sums: Vec<Fixed> = values.iter().map(|value| value.unwrap_or(Fixed::MIN)).collect();
            let channel = self.tally.name(*channel).to_owned();
            Preview { line: *line, channel, days: *days, record: self.tally.record(&sums) }
        });
        shown.collect()
    }
}
