//! The cells of one row: its channel, its days, its figures, its currency.

use std::hash::BuildHasher as _;

use csv::ByteRecord;

use crate::plan::Field;

use super::date::Days;
use super::error::ImportError;
use super::fold::{fold, narrow};
use super::number::{Figure, TYPED_NUMBER, whole};
use super::pass::Pass;
use super::people::personal;
use super::tally::{When, number_of};

/// What a cell of a date column says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum DateCell {
    Days(Days, When),
    Blank,
    Bad,
}

impl Pass<'_> {
    /// The channel of a row, and whether its name says that it is a total. `None`: the row names none.
    pub(super) fn channel(&mut self, row: &ByteRecord) -> Result<(Option<u32>, bool), ImportError> {
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

    pub(super) fn new_channel(&mut self, cell: &[u8]) -> Result<(Option<u32>, bool), ImportError> {
        let cell = if cell.first() == Some(&TYPED_NUMBER) { &cell[1..] } else { cell };
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

    /// The channel of a row that the user takes in, though its name says that it is a total; `None` for no name.
    pub(super) fn name_as_it_stands(&mut self, row: &ByteRecord) -> Result<Option<u32>, ImportError> {
        let cell = self.layout.channel.and_then(|at| row.get(at)).unwrap_or_default();
        let name = String::from_utf8_lossy(cell);
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(200).collect();
        if name.is_empty() { Ok(None) } else { self.tally.channel(name.as_bytes()).map(Some) }
    }

    pub(super) fn date(&mut self, row: &ByteRecord) -> DateCell {
        let Some(at) = self.layout.date else {
            return self
                .layout
                .all_days
                .map_or(DateCell::Blank, |days| DateCell::Days(days, When::on(number_of(days.first))));
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

    pub(super) fn date_cell(&mut self, cell: &[u8]) -> DateCell {
        if let Some(known) = self.date_cells.get(cell) {
            return known;
        }
        let text = narrow(&String::from_utf8_lossy(cell));
        let read = if self.numbers.is_blank(&text) {
            DateCell::Blank
        } else {
            self.dates
                .read_cell(&text)
                .map_or(DateCell::Bad, |days| DateCell::Days(days, When::on(number_of(days.first))))
        };
        self.date_cells.put(cell, read);
        read
    }

    /// Reads the figures of a row; gives how many it has.
    pub(super) fn figures(&mut self, row: &ByteRecord) -> usize {
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
    pub(super) fn note_odd_cells(&mut self, row: &ByteRecord, line: u64) {
        for &at in &self.odd {
            let text = String::from_utf8_lossy(row.get(at).unwrap_or_default());
            self.odd_cells.entry(at).or_insert_with(|| (0, line, text.chars().take(40).collect())).0 += 1;
        }
    }

    /// "Results", which are deals, leads or clicks as the row says.
    pub(super) fn result(&mut self, row: &ByteRecord) -> usize {
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

    pub(super) fn kind(&mut self, cell: &[u8]) -> Option<Field> {
        if let Some(known) = self.kinds.get(cell) {
            return known;
        }
        let text = fold(&String::from_utf8_lossy(cell)).replace('-', " ");
        let holds =
            |(_, pieces): &&(Field, Vec<String>)| pieces.iter().any(|piece| text.contains(&piece.replace('-', " ")));
        let field = self.vocabulary.results.iter().find(holds).map(|(field, _)| *field);
        self.kinds.put(cell, field);
        field
    }

    /// Counts the order, or the lead, that a row is.
    pub(super) fn count_order(&mut self, row: &ByteRecord) {
        let Some(slot) = self.layout.counted else { return };
        let order = self.layout.order.and_then(|at| row.get(at)).filter(|cell| !cell.is_empty());
        let fresh = order.is_none_or(|order| self.orders.insert(self.hasher.hash_one(order)));
        if fresh {
            self.values[slot] = Some(whole(1));
        }
    }

    /// Counts the currencies; nearly always it is that of the row before.
    pub(super) fn currency(&mut self, row: &ByteRecord) {
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

    pub(super) fn count_currency(&mut self) {
        let (cell, count) = std::mem::take(&mut self.last_currency);
        let text = String::from_utf8_lossy(&cell).into_owned();
        if !text.is_empty() && (self.currencies.len() < 50 || self.currencies.contains_key(&text)) {
            *self.currencies.entry(text).or_default() += count;
        }
    }
}
