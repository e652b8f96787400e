//! What one channel did in one period: ten numbers, each of which may be blank.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};

use super::parse::Day;
use super::stage::Field;

/// Ten numbers and a note. A blank number was not measured; it is not zero.
#[derive(Clone)]
pub struct Record {
    /// NaN stands for blank inside this type alone, so that half a million records stay small.
    values: [f64; 10],
    note: Option<Arc<str>>,
}

impl Default for Record {
    fn default() -> Self {
        Self { values: [f64::NAN; 10], note: None }
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.note == other.note && Field::ALL.iter().all(|&field| self.get(field) == other.get(field))
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Record");
        for field in Field::ALL {
            if let Some(value) = self.get(field) {
                shown.field(field.key(), &value);
            }
        }
        shown.field("note", &self.note()).finish()
    }
}

impl Record {
    /// The number in `field`; `None` where it is blank.
    pub fn get(&self, field: Field) -> Option<f64> {
        let value = self.values[field as usize];
        if value.is_nan() { None } else { Some(value) }
    }

    /// Puts a number, or a blank, into `field`. What is no number becomes blank; minus zero becomes zero.
    pub fn set(&mut self, field: Field, value: Option<f64>) {
        self.values[field as usize] = value.map_or(f64::NAN, |number| number + 0.0);
    }

    /// The same record with `field` set; for building records in one expression.
    #[must_use]
    pub fn with(mut self, field: Field, value: f64) -> Self {
        self.set(field, Some(value));
        self
    }

    /// The note, "" where there is none.
    pub fn note(&self) -> &str {
        self.note.as_deref().unwrap_or_default()
    }

    /// Replaces the note; "" takes it away. Its lines end in `\n`, wherever they were written.
    pub fn set_note(&mut self, note: &str) {
        if note.contains('\r') {
            return self.set_note(&note.replace("\r\n", "\n").replace('\r', "\n"));
        }
        self.note = if note.is_empty() { None } else { Some(note.into()) };
    }

    /// True where all ten numbers are blank and there is no note.
    pub fn is_empty(&self) -> bool {
        self.note.is_none() && self.values.iter().all(|value| value.is_nan())
    }

    /// Adds `other` number by number; a blank leaves the other side as it is. Notes are joined with "; ".
    pub fn absorb(&mut self, other: &Self) {
        for field in Field::ALL {
            if let Some(more) = other.get(field) {
                self.set(field, Some(self.get(field).unwrap_or(0.0) + more));
            }
        }
        if self.note().is_empty() {
            self.note.clone_from(&other.note);
        } else if !other.note().is_empty() && other.note != self.note {
            self.set_note(&format!("{}; {}", self.note(), other.note()));
        }
    }
}

/// The keys of a record in a file.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(field_identifier, rename_all = "snake_case")]
enum RecordKey {
    Spend,
    Hours,
    Actions,
    Uv,
    Pv,
    Consults,
    Deals,
    Repeats,
    Referrals,
    Revenue,
    Note,
}

impl RecordKey {
    const NAMES: &'static [&'static str] =
        &["spend", "hours", "actions", "uv", "pv", "consults", "deals", "repeats", "referrals", "revenue", "note"];

    fn field(self) -> Option<Field> {
        Field::ALL.get(self as usize).copied()
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecordVisitor;

        impl<'de> Visitor<'de> for RecordVisitor {
            type Value = Record;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record such as (spend: 1200, uv: 3000)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
                let mut record = Record::default();
                let mut seen = [false; 11];
                while let Some(key) = map.next_key::<RecordKey>()? {
                    if std::mem::replace(&mut seen[key as usize], true) {
                        return Err(A::Error::duplicate_field(RecordKey::NAMES[key as usize]));
                    }
                    match key.field() {
                        Some(field) => match map.next_value::<Option<f64>>()? {
                            // NaN means blank inside the type: written by a person it is a mistake.
                            Some(value) if value.is_nan() => {
                                return Err(A::Error::custom(format_args!("{} is not a number", field.key())));
                            }
                            value => record.set(field, value),
                        },
                        None => record.set_note(&map.next_value::<String>()?),
                    }
                }
                Ok(record)
            }
        }

        deserializer.deserialize_struct("Record", RecordKey::NAMES, RecordVisitor)
    }
}

/// The records of one channel in one layer, ascending by the first day of their period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records(Vec<(Date, Record)>);

impl Records {
    /// The record of the period that starts on `day`, if there is one.
    pub fn get(&self, day: Date) -> Option<&Record> {
        let at = self.0.binary_search_by_key(&day, |entry| entry.0).ok()?;
        Some(&self.0[at].1)
    }

    /// Puts `record` at `day`, in place of what stood there, which is returned.
    pub fn insert(&mut self, day: Date, record: Record) -> Option<Record> {
        match self.0.binary_search_by_key(&day, |entry| entry.0) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, record)),
            Err(at) => {
                self.0.insert(at, (day, record));
                None
            }
        }
    }

    /// Takes the record of `day` out.
    pub fn remove(&mut self, day: Date) -> Option<Record> {
        let at = self.0.binary_search_by_key(&day, |entry| entry.0).ok()?;
        Some(self.0.remove(at).1)
    }

    /// All records with their days, ascending.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Date, &Record)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(day, record)| (*day, record))
    }

    /// The records whose period starts from `first` to `last`, both included, ascending.
    pub fn between(&self, first: Date, last: Date) -> impl Iterator<Item = (Date, &Record)> + Clone {
        let start = self.0.partition_point(|entry| entry.0 < first);
        self.0[start..].iter().take_while(move |entry| entry.0 <= last).map(|(day, record)| (*day, record))
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Date, Record)> for Records {
    /// Records in any order; of two with one day the later one stays.
    fn from_iter<I: IntoIterator<Item = (Date, Record)>>(entries: I) -> Self {
        let mut records: Vec<_> = entries.into_iter().collect();
        // Stable, so that of one day's records the last stays the last.
        records.sort_by_key(|entry| entry.0);
        records.reverse();
        records.dedup_by_key(|entry| entry.0);
        records.reverse();
        Self(records)
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecordsVisitor;

        impl<'de> Visitor<'de> for RecordsVisitor {
            type Value = Records;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("records such as {\"2026-09-01\": (spend: 1200)}")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Records, A::Error> {
                let mut records: Vec<(Date, Record)> = Vec::new();
                // Filled only once a date stands out of order: inserting them one by one would take forever where
                // very many dates descend.
                let mut seen: Option<BTreeSet<Date>> = None;
                while let Some(Day(day)) = map.next_key()? {
                    if seen.is_none() && records.last().is_some_and(|last| last.0 >= day) {
                        seen = Some(records.iter().map(|entry| entry.0).collect());
                    }
                    if seen.as_mut().is_some_and(|seen| !seen.insert(day)) {
                        return Err(A::Error::custom(format_args!("the date {day} stands twice")));
                    }
                    records.push((day, map.next_value()?));
                }
                if seen.is_some() {
                    records.sort_by_key(|entry| entry.0);
                }
                records.shrink_to_fit();
                Ok(Records(records))
            }
        }

        deserializer.deserialize_map(RecordsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn blank_is_not_zero() {
        let record = Record::default().with(Field::Uv, 0.0);
        assert_eq!(record.get(Field::Uv), Some(0.0));
        assert_eq!(record.get(Field::Pv), None);
        assert_ne!(record, Record::default());
        assert_eq!(Record::default(), Record::default());
    }

    #[test]
    fn absorbing_skips_blanks_and_joins_notes() {
        let mut sum = Record::default().with(Field::Spend, 10.0);
        sum.set_note("a");
        let mut other = Record::default().with(Field::Spend, 5.0).with(Field::Deals, 1.0);
        other.set_note("b");
        sum.absorb(&other);
        assert_eq!(sum.get(Field::Spend), Some(15.0));
        assert_eq!(sum.get(Field::Deals), Some(1.0));
        assert_eq!(sum.get(Field::Uv), None);
        assert_eq!(sum.note(), "a; b");
    }

    #[test]
    fn records_stay_sorted_and_answer_ranges() {
        let records: Records = [3, 1, 2].map(|month| (date(2026, month, 1), Record::default())).into_iter().collect();
        let days: Vec<_> = records.iter().map(|(day, _)| day.month()).collect();
        assert_eq!(days, [1, 2, 3]);
        assert_eq!(records.between(date(2026, 2, 1), date(2026, 3, 1)).count(), 2);
    }
}
