//! Rows that are left out, and rows that are held back until it is known whether they are totals.

use csv::ByteRecord;

use crate::plan::Field;

use super::cells::DateCell;
use super::currency::currency_of;
use super::date::Days;
use super::error::ImportError;
use super::fold::fold;
use super::number::Fixed;
use super::pass::{BLANK_NAME, Pass};
use super::people::personal;
use super::recognised::{LeftOut, Reason};
use super::tally::{DayNumber, When, day_of};
use super::totals::{Total, agree};

/// Rows left out that are kept to be shown.
const SHOWN_LEFT_OUT: usize = 200;
/// Rows without a name or a date that are held back, and totals that are checked.
const HELD: usize = 500;

/// A row held back: it names no channel or no day.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) line: u64,
    pub(super) label: String,
    pub(super) channel: Option<u32>,
    pub(super) day: Option<DayNumber>,
    pub(super) values: Vec<Option<Fixed>>,
    /// True where its name may be that of a search: then it may be the sum of any rows.
    pub(super) term: bool,
}

/// `12.5 %`, `< 10%`, `US$9.72`: digits, and at most the letters of a currency.
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().filter(|c| c.is_alphabetic()).count() <= 3
}

impl Pass<'_> {
    pub(super) fn total(&mut self, row: &ByteRecord, line: u64, channel: Option<u32>, date: DateCell) {
        self.leave_out(row, line, Reason::Total);
        if self.totals.len() >= HELD {
            return;
        }
        let day = if let (DateCell::Days(_, when), Some(_)) = (date, self.layout.date) { Some(when.day) } else { None };
        let channel = channel.filter(|_| self.layout.channel.is_some());
        // Another column that divides it: "Computers,Total: Account"
        let labels = self.layout.labels.iter().filter(|at| self.layout.date != Some(**at));
        let texts = labels.filter_map(|&at| row.get(at));
        let dividing = texts.filter(|cell| {
            let text = String::from_utf8_lossy(cell);
            let text = text.trim();
            !self.numbers.is_blank(text)
                && !is_figure(text)
                && !self.words.say_total(cell)
                && currency_of(text).is_none()
        });
        let divided = dividing.count() > 0;
        let label = self.label(row);
        self.totals.push(Total { line, label, channel, day, divided, values: self.values.clone() });
    }

    /// A row that counts as one lead though it has no figures; false where it is but another line of an order.
    pub(super) fn lead(&mut self, row: &ByteRecord, line: u64) -> bool {
        if !self.layout.figures.is_empty() {
            self.leave_out(row, line, Reason::Continued);
            return true;
        }
        self.count_order(row);
        let Ok((channel, _)) = self.channel(row) else { return false };
        let date = self.date(row);
        let added = match (channel, date) {
            (_, DateCell::Bad | DateCell::All) => return false,
            (Some(channel), DateCell::Days(days, day)) => self.accept(channel, Some(days), day, line),
            (channel, DateCell::Days(_, when)) => self.hold(row, line, channel, Some(when.day)),
            (channel, DateCell::Blank) => self.hold(row, line, channel, None),
        };
        added.is_ok()
    }

    /// Holds a row back that may be a total without saying so.
    pub(super) fn hold(
        &mut self,
        row: &ByteRecord,
        line: u64,
        channel: Option<u32>,
        day: Option<DayNumber>,
    ) -> Result<(), ImportError> {
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
        self.keep_held(row, line, channel, day, false);
        Ok(())
    }

    /// Holds a row back whose term says "total".
    pub(super) fn hold_term(&mut self, row: &ByteRecord, line: u64, day: Option<DayNumber>) -> Result<(), ImportError> {
        let named = self.channel(row)?.0;
        let channel = named.or(self.name_as_it_stands(row)?);
        if self.held.len() >= HELD {
            return self.release(line, channel, day);
        }
        self.keep_held(row, line, channel, day, true);
        Ok(())
    }

    fn keep_held(&mut self, row: &ByteRecord, line: u64, channel: Option<u32>, day: Option<DayNumber>, term: bool) {
        let held = Held { line, label: self.label(row), channel, day, values: self.values.clone(), term };
        self.held.push(held);
    }

    /// True where somebody searched for "total": that stands in a column of terms, alone, and two other columns of
    /// text say more about the row, as they do for no total.
    pub(super) fn is_term(&self, row: &ByteRecord) -> bool {
        let text = |at: usize| String::from_utf8_lossy(row.get(at).unwrap_or_default()).trim().to_owned();
        let says = |at: &usize| row.get(*at).is_some_and(|cell| self.words.say_total(cell));
        let alone = |at: &usize| says(at) && self.vocabulary.totals.contains(&fold(&text(*at)));
        if !self.layout.terms.iter().any(alone) {
            return false;
        }
        let others = self.layout.labels.iter().filter(|at| {
            !self.layout.terms.contains(at) && self.layout.date != Some(**at) && self.layout.currency != Some(**at)
        });
        let told = others.filter(|at| !says(at)).map(|at| text(*at));
        told.filter(|text| !self.numbers.is_blank(text) && !is_figure(text)).count() >= 2
    }

    pub(super) fn release(
        &mut self,
        line: u64,
        channel: Option<u32>,
        day: Option<DayNumber>,
    ) -> Result<(), ImportError> {
        self.nameless += u64::from(channel.is_none());
        self.dateless += u64::from(day.is_none() && self.layout.date.is_some());
        let channel = match channel {
            Some(channel) => channel,
            None => self.tally.channel(BLANK_NAME.as_bytes())?,
        };
        let days = day.and_then(day_of).map(Days::one);
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
            let of = |channel: Option<u32>, day: Option<DayNumber>| match (channel, day) {
                (None, None) => all.clone(),
                (channel, day) => self.tally.sum(|other, date| {
                    channel.is_none_or(|channel| channel == other) && day.is_none_or(|day| day == date)
                }),
            };
            let is_sum =
                |(sums, rows): (Vec<Option<Fixed>>, u64)| rows > 0 && agree(&fields, &row.values, &sums, rows, people);
            if is_sum(of(row.channel, row.day)) || (row.term && (is_sum(of(None, row.day)) || is_sum(of(None, None)))) {
                *self.counts.entry(Reason::Total).or_default() += 1;
                self.left_out.push(LeftOut { line: row.line, reason: Reason::Total, text: row.label.clone() });
                let (channel, day) = (row.channel, row.day);
                self.totals.push(Total {
                    line: row.line,
                    label: row.label,
                    channel,
                    day,
                    divided: false,
                    values: row.values,
                });
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

    pub(super) fn leave_out(&mut self, row: &ByteRecord, line: u64, reason: Reason) {
        *self.counts.entry(reason).or_default() += 1;
        if self.left_out.len() < SHOWN_LEFT_OUT {
            let text = self.label(row);
            self.left_out.push(LeftOut { line, reason, text });
        }
    }

    /// What a row begins with, of the columns that may be shown.
    pub(super) fn label(&self, row: &ByteRecord) -> String {
        let texts = self.layout.shown.iter().filter_map(|&at| row.get(at));
        let mut texts =
            texts.map(String::from_utf8_lossy).filter(|text| !self.numbers.is_blank(text) && !is_figure(text));
        let total = self.layout.labels.iter().filter_map(|&at| row.get(at)).find(|cell| self.words.say_total(cell));
        let text = total.map(|cell| String::from_utf8_lossy(cell)).or_else(|| texts.next()).unwrap_or_default();
        let text: String = text.trim().chars().filter(|c| !c.is_control()).take(80).collect();
        if personal(&text) { "(withheld)".to_owned() } else { text }
    }
}
