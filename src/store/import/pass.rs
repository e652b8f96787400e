//! One pass over the rows below the header: each counts, or is left out with a reason.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use csv::ByteRecord;

use crate::plan::Field;

use super::columns::Vocabulary;
use super::currency::currency_of;
use super::date::{DateReader, Days};
use super::error::ImportError;
use super::fold::{Header, fold, narrow};
use super::memo::Memo;
use super::number::{Figure, Fixed, NumberReader, whole};
use super::options::ImportOptions;
use super::people::personal;
use super::recognised::{LeftOut, Preview, Reason};
use super::rows::Flow;
use super::tally::{DayNumber, Tally, When, number_of};
use super::totals::{Total, TotalWords, agree};

/// Rows that are kept to be shown.
const SHOWN: usize = 20;
/// Rows left out that are kept to be shown.
const SHOWN_LEFT_OUT: usize = 200;
/// Rows without a name or a date that are held back until it is known whether they are totals.
const HELD: usize = 2000;
/// Different ranges of rows that are kept.
const SPANS: usize = 20_000;
/// The channel of rows that name none.
pub(super) const BLANK_NAME: &str = "(blank)";

/// A column of figures, ready to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureColumn {
    pub at: usize,
    pub slot: usize,
    pub scale: Fixed,
    /// True where a fraction would make no sense.
    pub count: bool,
}

/// Where in a row everything stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub width: usize,
    pub headers: Vec<String>,
    pub figures: Vec<FigureColumn>,
    pub channel: Option<usize>,
    pub date: Option<usize>,
    pub date_end: Option<usize>,
    pub currency: Option<usize>,
    pub order: Option<usize>,
    pub result: Option<usize>,
    pub result_kind: Option<usize>,
    /// The fields that "results" may be, with their slots: those that have no column of their own.
    pub result_slots: Vec<(Field, usize)>,
    /// The slot that each row or order counts in.
    pub counted: Option<usize>,
    /// Columns of text in which a total may be told.
    pub labels: Vec<usize>,
    /// Those of them that are neither the channel nor the date nor figures of a kind that is not imported.
    pub dividing: Vec<usize>,
    /// Columns whose text may be shown.
    pub shown: Vec<usize>,
    /// What the only channel is called.
    pub one_channel: String,
    /// The days of all rows where rows have none of their own.
    pub all_days: Option<Days>,
    pub blank_name_is_total: bool,
}

/// What a cell of a date column says.
#[derive(Debug, Clone, Copy, PartialEq)]
enum DateCell {
    Days(Days, When),
    Blank,
    Bad,
}

/// A row held back: it names no channel or no day.
#[derive(Debug)]
struct Held {
    line: u64,
    label: String,
    channel: Option<u32>,
    day: Option<DayNumber>,
    values: Vec<Option<Fixed>>,
}

/// A pass over rows.
pub(super) struct Pass<'a> {
    vocabulary: &'static Vocabulary,
    words: TotalWords,
    options: &'a ImportOptions,
    layout: &'a Layout,
    pub numbers: NumberReader,
    pub dates: DateReader,
    pub tally: Tally,
    pub totals: Vec<Total>,
    held: Vec<Held>,
    pub left_out: Vec<LeftOut>,
    pub counts: BTreeMap<Reason, u64>,
    pub first_rows: Vec<(u64, u32, Option<Days>, Vec<Option<Fixed>>)>,
    pub rows: u64,
    pub range: Option<Days>,
    pub spans: HashSet<(DayNumber, DayNumber)>,
    pub currencies: BTreeMap<String, u64>,
    last_currency: (Vec<u8>, u64),
    /// Cells of figures that are none: column → how many, and the first.
    pub odd_cells: BTreeMap<usize, (u64, u64, String)>,
    pub withheld: u64,
    pub dateless: u64,
    pub nameless: u64,
    pub untold_results: u64,
    date_cells: Memo<DateCell>,
    channels: Memo<(Option<u32>, bool)>,
    kinds: Memo<Option<Field>>,
    orders: HashSet<u64>,
    hasher: RandomState,
    values: Vec<Option<Fixed>>,
    /// Columns of figures in which the row has something else.
    odd: Vec<usize>,
    one_channel: Option<u32>,
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
        }
    }

    /// Takes one row.
    pub(super) fn row(&mut self, row: &ByteRecord, line: u64) -> Result<Flow, ImportError> {
        let wanted = !self.options.rows_in.is_empty() && self.options.rows_in.contains(&line);
        if !self.options.rows_out.is_empty() && self.options.rows_out.contains(&line) {
            self.leave_out(row, line, Reason::Chosen);
            return Ok(Flow::On);
        }
        if row.len() > self.layout.width && row.iter().skip(self.layout.width).any(|cell| !cell.trim_ascii().is_empty()) {
            self.leave_out(row, line, Reason::TooWide);
            return Ok(Flow::On);
        }
        let (channel, named_total) = self.channel(row)?;
        let date = self.date(row);
        let figures = self.figures(row);
        if !wanted {
            if named_total || self.says_total(row, channel.is_some() && matches!(date, DateCell::Days(..))) {
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
            (_, DateCell::Bad) if !wanted => self.leave_out(row, line, Reason::BadDate),
            (Some(channel), DateCell::Days(days, day)) => self.accept(channel, Some(days), day, line)?,
            (channel, date) => {
                let day = if let DateCell::Days(_, when) = date { Some(when.day) } else { None };
                if let DateCell::Days(days, _) = date {
                    self.range = Some(self.range.map_or(days, |before| before.and(days)));
                }
                self.hold(row, line, channel, day)?;
            }
        }
        self.currency(row);
        Ok(Flow::On)
    }

    fn accept(&mut self, channel: u32, days: Option<Days>, when: When, line: u64) -> Result<(), ImportError> {
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

    /// The channel of a row, and whether its name says that it is a total. `None`: the row names none.
    fn channel(&mut self, row: &ByteRecord) -> Result<(Option<u32>, bool), ImportError> {
        let Some(at) = self.layout.channel else {
            let one = match self.one_channel {
                Some(one) => one,
                None => *self.one_channel.insert(self.tally.channel(self.layout.one_channel.as_bytes())?),
            };
            return Ok((Some(one), false));
        };
        let cell = row.get(at).unwrap_or_default();
        if let Some(known) = self.channels.get(cell) {
            return Ok(known);
        }
        let found = self.new_channel(cell)?;
        self.channels.put(cell, found);
        Ok(found)
    }

    fn new_channel(&mut self, cell: &[u8]) -> Result<(Option<u32>, bool), ImportError> {
        let cell = if cell.first() == Some(&super::number::TYPED_NUMBER) { &cell[1..] } else { cell };
        let text = String::from_utf8_lossy(cell);
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().all(|c| matches!(c, '-' | '–' | '—')) {
            return Ok((None, false));
        }
        if self.words.say_total(name.as_bytes()) {
            return Ok((None, true));
        }
        // Long names are cut between characters; a plan's channel is no essay.
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        if personal(&name) {
            self.withheld += 1;
            return Ok((Some(self.tally.channel(b"(withheld)")?), false));
        }
        Ok((Some(self.tally.channel(name.as_bytes())?), false))
    }

    fn date(&mut self, row: &ByteRecord) -> DateCell {
        let Some(at) = self.layout.date else {
            return self.layout.all_days.map_or(DateCell::Blank, |days| DateCell::Days(days, When::on(number_of(days.first))));
        };
        let first = self.date_cell(row.get(at).unwrap_or_default());
        let Some(end) = self.layout.date_end else { return first };
        match (first, self.date_cell(row.get(end).unwrap_or_default())) {
            (DateCell::Days(first, day), DateCell::Days(last, _)) if last.last >= first.first => {
                DateCell::Days(Days { first: first.first, last: last.last }, day)
            }
            _ => first,
        }
    }

    fn date_cell(&mut self, cell: &[u8]) -> DateCell {
        if let Some(known) = self.date_cells.get(cell) {
            return known;
        }
        let text = narrow(&String::from_utf8_lossy(cell));
        let read = if self.numbers.is_blank(&text) {
            DateCell::Blank
        } else {
            self.dates.read_cell(&text).map_or(DateCell::Bad, |days| DateCell::Days(days, When::on(number_of(days.first))))
        };
        self.date_cells.put(cell, read);
        read
    }

    /// Reads the figures of a row; gives how many it has.
    fn figures(&mut self, row: &ByteRecord) -> usize {
        self.values.fill(None);
        self.odd.clear();
        let mut found = 0;
        let layout = self.layout;
        for column in &layout.figures {
            match self.numbers.read(row.get(column.at).unwrap_or_default(), column.count) {
                Figure::Number(number) => {
                    let number = if column.scale == 1 { number } else { number.saturating_mul(column.scale) };
                    let value = &mut self.values[column.slot];
                    *value = Some(value.unwrap_or(0).saturating_add(number));
                    found += 1;
                }
                Figure::Blank => {}
                Figure::Text => self.odd.push(column.at),
            }
        }
        found + self.result(row)
    }

    /// Cells of figures that are none, in a row that counts.
    fn note_odd_cells(&mut self, row: &ByteRecord, line: u64) {
        for &at in &self.odd {
            let text = String::from_utf8_lossy(row.get(at).unwrap_or_default());
            self.odd_cells.entry(at).or_insert_with(|| (0, line, text.chars().take(40).collect())).0 += 1;
        }
    }

    /// "Results", which are deals, leads or clicks as the row says.
    fn result(&mut self, row: &ByteRecord) -> usize {
        let Some(at) = self.layout.result else { return 0 };
        let Figure::Number(number) = self.numbers.read(row.get(at).unwrap_or_default(), false) else { return 0 };
        let field = match self.layout.result_kind {
            Some(kind) => self.kind(row.get(kind).unwrap_or_default()),
            None => Some(Field::Deals),
        };
        let slot = self.layout.result_slots.iter().find(|(slot, _)| Some(*slot) == field);
        match slot {
            Some(&(_, slot)) => self.values[slot] = Some(self.values[slot].unwrap_or(0).saturating_add(number)),
            None => self.untold_results += u64::from(number != 0 && field.is_none()),
        }
        1
    }

    fn kind(&mut self, cell: &[u8]) -> Option<Field> {
        if let Some(known) = self.kinds.get(cell) {
            return known;
        }
        let text = fold(&String::from_utf8_lossy(cell)).replace('-', " ");
        let holds = |(_, pieces): &&(Field, Vec<String>)| pieces.iter().any(|piece| text.contains(&piece.replace('-', " ")));
        let field = self.vocabulary.results.iter().find(holds).map(|(field, _)| *field);
        self.kinds.put(cell, field);
        field
    }

    /// Counts the order, or the lead, that a row is.
    fn count_order(&mut self, row: &ByteRecord) {
        let Some(slot) = self.layout.counted else { return };
        let order = self.layout.order.and_then(|at| row.get(at)).filter(|cell| !cell.is_empty());
        let fresh = order.is_none_or(|order| self.orders.insert(self.hasher.hash_one(order)));
        if fresh {
            self.values[slot] = Some(whole(1));
        }
    }

    /// Of a row that has its channel and its day, only the cells that may divide it further are asked.
    fn says_total(&self, row: &ByteRecord, complete: bool) -> bool {
        let labels = if complete { &self.layout.dividing } else { &self.layout.labels };
        labels.iter().any(|&at| row.get(at).is_some_and(|cell| self.words.say_total(cell)))
    }

    fn total(&mut self, row: &ByteRecord, line: u64, channel: Option<u32>, date: DateCell) {
        self.leave_out(row, line, Reason::Total);
        if self.totals.len() >= HELD {
            return;
        }
        let day = if let (DateCell::Days(_, when), Some(_)) = (date, self.layout.date) { Some(when.day) } else { None };
        let channel = channel.filter(|_| self.layout.channel.is_some());
        // Another column that divides it: "Computers,Total: Account"
        let texts = self.layout.labels.iter().filter_map(|&at| row.get(at));
        let dividing = texts.filter(|cell| {
            let text = String::from_utf8_lossy(cell);
            let text = text.trim();
            let figure = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '<' | '>' | '-'));
            !self.numbers.is_blank(text) && !figure && !self.words.say_total(cell) && currency_of(text).is_none()
        });
        let divided = dividing.count() > 0;
        let label = self.label(row);
        self.totals.push(Total { line, label, channel, day, divided, values: self.values.clone() });
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
        let known = || {
            let cells: Vec<Header> = row.iter().take(512).map(|cell| Header::read(&String::from_utf8_lossy(cell))).collect();
            self.vocabulary.known_headers(&cells)
        };
        let texts = figures.iter().filter(|column| !text(column.at).is_empty()).count();
        if same {
            self.leave_out(row, line, Reason::Header);
        } else if filled > 1 && texts > 0 && known() >= 2 && known() * 2 >= filled {
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

    /// A row that counts as one lead though it has no figures; false where it is but another line of an order.
    fn lead(&mut self, row: &ByteRecord, line: u64) -> bool {
        if !self.layout.figures.is_empty() {
            self.leave_out(row, line, Reason::Continued);
            return true;
        }
        self.count_order(row);
        let Ok((channel, _)) = self.channel(row) else { return false };
        let date = self.date(row);
        let added = match (channel, date) {
            (_, DateCell::Bad) => return false,
            (Some(channel), DateCell::Days(days, day)) => self.accept(channel, Some(days), day, line),
            (channel, DateCell::Days(_, when)) => self.hold(row, line, channel, Some(when.day)),
            (channel, DateCell::Blank) => self.hold(row, line, channel, None),
        };
        added.is_ok()
    }

    /// Holds a row back that may be a total without saying so.
    fn hold(&mut self, row: &ByteRecord, line: u64, channel: Option<u32>, day: Option<DayNumber>) -> Result<(), ImportError> {
        if channel.is_none() && self.layout.blank_name_is_total {
            self.leave_out(row, line, Reason::Total);
            let label = self.label(row);
            let values = self.values.clone();
            self.totals.push(Total { line, label, channel: None, day: None, divided: false, values });
            return Ok(());
        }
        let dated = self.layout.date.is_some();
        if self.held.len() >= HELD || (channel.is_some() && !dated) {
            return self.release(line, channel, day);
        }
        let held = Held { line, label: self.label(row), channel, day, values: self.values.clone() };
        self.held.push(held);
        Ok(())
    }

    fn release(&mut self, line: u64, channel: Option<u32>, day: Option<DayNumber>) -> Result<(), ImportError> {
        self.nameless += u64::from(channel.is_none());
        self.dateless += u64::from(day.is_none() && self.layout.date.is_some());
        let channel = match channel {
            Some(channel) => channel,
            None => self.tally.channel(BLANK_NAME.as_bytes())?,
        };
        let days = day.and_then(super::tally::day_of).map(Days::one);
        self.accept(channel, days, day.map_or(When::UNDATED, When::on), line)
    }

    /// Decides about the rows that were held back: a total if it is the sum of its part of the rows.
    pub(super) fn finish(&mut self, people: &[Field]) -> Result<(), ImportError> {
        self.count_currency();
        let held = std::mem::take(&mut self.held);
        let all = self.tally.sum(|_, _| true);
        let fields = self.tally.fields.clone();
        let mut data = Vec::new();
        for row in held {
            let (sums, rows) = match (row.channel, row.day) {
                (None, None) => all.clone(),
                (channel, day) => self.tally.sum(|other, date| {
                    channel.is_none_or(|channel| channel == other) && day.is_none_or(|day| day == date)
                }),
            };
            if rows > 0 && agree(&fields, &row.values, &sums, rows, people) {
                *self.counts.entry(Reason::Total).or_default() += 1;
                self.left_out.push(LeftOut { line: row.line, reason: Reason::Total, text: row.label.clone() });
                let (channel, day) = (row.channel, row.day);
                self.totals.push(Total { line: row.line, label: row.label, channel, day, divided: false, values: row.values });
            } else {
                data.push(row);
            }
        }
        for row in data {
            self.values = row.values;
            self.release(row.line, row.channel, row.day)?;
        }
        Ok(())
    }

    fn leave_out(&mut self, row: &ByteRecord, line: u64, reason: Reason) {
        *self.counts.entry(reason).or_default() += 1;
        if self.left_out.len() < SHOWN_LEFT_OUT {
            let text = self.label(row);
            self.left_out.push(LeftOut { line, reason, text });
        }
    }

    /// What a row begins with, of the columns that may be shown.
    fn label(&self, row: &ByteRecord) -> String {
        let texts = self.layout.shown.iter().filter_map(|&at| row.get(at));
        let mut texts = texts.map(String::from_utf8_lossy).filter(|text| !self.numbers.is_blank(text));
        let total = self.layout.labels.iter().filter_map(|&at| row.get(at)).find(|cell| self.words.say_total(cell));
        let text = total.map(|cell| String::from_utf8_lossy(cell)).or_else(|| texts.next()).unwrap_or_default();
        let text: String = text.trim().chars().filter(|c| !c.is_control()).take(80).collect();
        if personal(&text) { "(withheld)".to_owned() } else { text }
    }

    /// Counts the currencies; nearly always it is that of the row before.
    fn currency(&mut self, row: &ByteRecord) {
        let Some(cell) = self.layout.currency.and_then(|at| row.get(at)) else { return };
        if *cell == *self.last_currency.0 {
            self.last_currency.1 += 1;
            return;
        }
        self.count_currency();
        if cell.len() <= 24 {
            self.last_currency = (cell.to_vec(), 1);
        }
    }

    fn count_currency(&mut self) {
        let (cell, count) = std::mem::take(&mut self.last_currency);
        let text = String::from_utf8_lossy(&cell).into_owned();
        if !text.is_empty() && (self.currencies.len() < 50 || self.currencies.contains_key(&text)) {
            *self.currencies.entry(text).or_default() += count;
        }
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
