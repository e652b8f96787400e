//! Sums by channel and day, as rows stream by.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::plan::{Cadence, Field, Record};

use super::error::ImportError;
use super::number::{Fixed, as_number};

/// More channels than this are no channels but visitors, orders or search terms.
const MOST_CHANNELS: usize = 20_000;
/// Days are summed into months, to save room, where channels by days grow beyond this.
const MANY_CELLS: usize = 150_000;
/// No plan is meant to hold more.
const MOST_CELLS: usize = 600_000;

/// A day as a number, quick to compare; or no day.
pub(super) type DayNumber = i32;
/// The rows that have no date.
pub(super) const UNDATED: DayNumber = i32::MIN;

const EPOCH: Date = date(1970, 1, 1);

/// A day, with the first of its month, which is worth knowing where very many rows ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub day: DayNumber,
    pub month: DayNumber,
}

impl When {
    pub(super) const UNDATED: Self = Self { day: UNDATED, month: UNDATED };

    pub(super) fn on(day: DayNumber) -> Self {
        Self { day, month: start_of(day, Cadence::Month) }
    }
}

/// The number of a day.
pub(super) fn number_of(day: Date) -> DayNumber {
    (day.duration_since(EPOCH).as_hours() / 24) as DayNumber
}

/// The day of a number; `None` for the undated.
pub(super) fn day_of(number: DayNumber) -> Option<Date> {
    if number == UNDATED { None } else { EPOCH.checked_add(i64::from(number).days()).ok() }
}

/// Slots for what was just looked up; a power of two.
const RECENT: usize = 1 << 15;

fn slot((channel, day): (u32, DayNumber)) -> usize {
    (channel.wrapping_mul(0x9e37_79b1) ^ (day as u32).wrapping_mul(0x85eb_ca6b)) as usize >> 7 & (RECENT - 1)
}

/// A sum that was never added to.
const BLANK: Fixed = Fixed::MIN;

/// Sums by channel and day.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// The fields that the file has.
    pub fields: Vec<Field>,
    names: Vec<String>,
    by_name: HashMap<Vec<u8>, u32>,
    cells: HashMap<(u32, DayNumber), u32>,
    keys: Vec<(u32, DayNumber)>,
    sums: Vec<Fixed>,
    /// How many rows each cell is the sum of.
    rows: Vec<u32>,
    /// Cells that were just added to, by a slot for each pair of channel and day.
    recent: Vec<((u32, DayNumber), u32)>,
    /// The length of the periods that days are kept by.
    pub grain: Cadence,
}

impl Tally {
    pub(super) fn new(fields: Vec<Field>) -> Self {
        Self {
            fields,
            names: Vec::new(),
            by_name: HashMap::new(),
            cells: HashMap::new(),
            keys: Vec::new(),
            sums: Vec::new(),
            rows: Vec::new(),
            recent: vec![((u32::MAX, 0), 0); RECENT],
            grain: Cadence::Day,
        }
    }

    /// The number of the channel of that name.
    pub(super) fn channel(&mut self, name: &[u8]) -> Result<u32, ImportError> {
        if let Some(&number) = self.by_name.get(name) {
            return Ok(number);
        }
        if self.names.len() >= MOST_CHANNELS {
            return Err(ImportError::TooMany("20,000 different channels"));
        }
        let number = self.names.len() as u32;
        self.by_name.insert(name.to_vec(), number);
        self.names.push(String::from_utf8_lossy(name).into_owned());
        Ok(number)
    }

    /// The name of a channel.
    pub(super) fn name(&self, channel: u32) -> &str {
        self.names.get(channel as usize).map_or("", String::as_str)
    }

    /// Adds a row; `None` leaves a sum as it is.
    pub(super) fn add(&mut self, channel: u32, when: When, values: &[Option<Fixed>]) -> Result<(), ImportError> {
        let day = if self.grain == Cadence::Day { when.day } else { when.month };
        let at = self.cell((channel, day))?;
        let width = self.fields.len();
        for (sum, value) in self.sums[at * width..(at + 1) * width].iter_mut().zip(values) {
            if let Some(value) = value {
                *sum = if *sum == BLANK { *value } else { sum.saturating_add(*value) };
            }
        }
        self.rows[at] = self.rows[at].saturating_add(1);
        Ok(())
    }

    fn cell(&mut self, key: (u32, DayNumber)) -> Result<usize, ImportError> {
        let slot = slot(key);
        if self.recent[slot].0 == key {
            return Ok(self.recent[slot].1 as usize);
        }
        let known = self.cells.get(&key).copied();
        if known.is_none() && self.keys.len() >= MANY_CELLS && self.grain == Cadence::Day {
            self.coarsen(Cadence::Month);
            return self.cell((key.0, start_of(key.1, Cadence::Month)));
        }
        if known.is_none() && self.keys.len() >= MOST_CELLS {
            return Err(ImportError::TooMany("600,000 months of channels"));
        }
        let at = known.unwrap_or_else(|| self.new_cell(key));
        self.recent[slot] = (key, at);
        Ok(at as usize)
    }

    fn new_cell(&mut self, key: (u32, DayNumber)) -> u32 {
        let at = self.keys.len() as u32;
        self.cells.insert(key, at);
        self.keys.push(key);
        self.sums.resize(self.sums.len() + self.fields.len(), BLANK);
        self.rows.push(0);
        at
    }

    /// Sums days into longer periods.
    pub(super) fn coarsen(&mut self, grain: Cadence) {
        if grain <= self.grain {
            return;
        }
        let old = std::mem::replace(self, Self::new(self.fields.clone()));
        (self.names, self.by_name, self.grain) = (old.names, old.by_name, grain);
        let width = self.fields.len();
        for (at, &(channel, day)) in old.keys.iter().enumerate() {
            let key = (channel, start_of(day, grain));
            let to = self.cells.get(&key).copied().unwrap_or_else(|| self.new_cell(key)) as usize;
            for slot in 0..width {
                let value = old.sums[at * width + slot];
                let sum = &mut self.sums[to * width + slot];
                if value != BLANK {
                    *sum = if *sum == BLANK { value } else { sum.saturating_add(value) };
                }
            }
            self.rows[to] += old.rows[at];
        }
    }

    /// Every cell: channel, day, sums, rows.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, DayNumber, &[Fixed], u32)> {
        let width = self.fields.len();
        let sums = move |at: usize| &self.sums[at * width..(at + 1) * width];
        self.keys.iter().enumerate().map(move |(at, &(channel, day))| (channel, day, sums(at), self.rows[at]))
    }

    /// The sums over the cells that `wanted` picks, and their rows.
    pub(super) fn sum(&self, wanted: impl Fn(u32, DayNumber) -> bool) -> (Vec<Option<Fixed>>, u64) {
        let mut sums = vec![None; self.fields.len()];
        let mut rows = 0;
        for (channel, day, values, count) in self.cells() {
            if wanted(channel, day) {
                rows += u64::from(count);
                for (sum, value) in sums.iter_mut().zip(values) {
                    if *value != BLANK {
                        *sum = Some(sum.unwrap_or(0_i128).saturating_add(*value));
                    }
                }
            }
        }
        (sums, rows)
    }

    /// The record of a cell's sums; what is below zero stays blank.
    pub(super) fn record(&self, sums: &[Fixed]) -> Record {
        let mut record = Record::default();
        for (field, sum) in self.fields.iter().zip(sums) {
            if *sum != BLANK && *sum >= 0 {
                record.set(*field, Some(as_number(*sum)));
            }
        }
        record
    }

    /// True if any sum of these is below zero, which no record may hold.
    pub(super) fn below_zero(sums: &[Fixed]) -> bool {
        sums.iter().any(|sum| *sum < 0 && *sum != BLANK)
    }
}

/// The number of the first day of the period that holds a day.
pub(super) fn start_of(day: DayNumber, cadence: Cadence) -> DayNumber {
    day_of(day).map_or(UNDATED, |day| number_of(cadence.start_of(day)))
}

#[cfg(test)]
mod tests {
    use super::super::number::whole;
    use super::*;

    #[test]
    fn days_have_numbers_and_back() {
        for day in [date(1970, 1, 1), date(2026, 9, 1), date(2000, 2, 29), date(1971, 12, 31)] {
            assert_eq!(day_of(number_of(day)), Some(day));
        }
        assert_eq!(day_of(UNDATED), None);
    }

    #[test]
    fn rows_of_one_channel_and_day_are_one_sum_and_blanks_stay_blank() {
        let mut tally = Tally::new(vec![Field::Spend, Field::Uv]);
        let channel = tally.channel(b"A").unwrap();
        let day = When::on(number_of(date(2026, 9, 3)));
        tally.add(channel, day, &[Some(whole(1)), None]).unwrap();
        tally.add(channel, day, &[Some(whole(2)), None]).unwrap();
        tally.add(channel, When::on(number_of(date(2026, 9, 4))), &[Some(whole(4)), None]).unwrap();
        assert_eq!(tally.sum(|_, _| true), (vec![Some(whole(7)), None], 3));
        tally.coarsen(Cadence::Month);
        let cells: Vec<_> = tally.cells().collect();
        assert_eq!(cells.len(), 1);
        assert_eq!(day_of(cells[0].1), Some(date(2026, 9, 1)));
        let record = tally.record(cells[0].2);
        assert_eq!((record.get(Field::Spend), record.get(Field::Uv)), (Some(7.0), None));
    }
}
