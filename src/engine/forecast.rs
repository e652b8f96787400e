//! What a planned spend should bring: blanks of the Planned layer are filled from the Actual one (docs/model.md, "Forecast").

use std::sync::Arc;

use jiff::civil::Date;

use crate::plan::{Channel, Field, Records};

use super::believed::{Beliefs, fill_downwards};
use super::chain::Per;
use super::response::beta_of;
use super::tally::Tally;

/// The planned records of one channel with their blanks forecast.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forecast {
    /// The records as planned, with forecast numbers in place of blanks.
    pub records: Records,
    /// Which fields of which period are forecast, ascending by day.
    marks: Vec<(Date, [bool; 10])>,
}

impl Forecast {
    /// True where the number in that cell is forecast, not typed.
    pub fn is_forecast(&self, day: Date, field: Field) -> bool {
        self.marks.binary_search_by_key(&day, |mark| mark.0).is_ok_and(|at| self.marks[at].1[field as usize])
    }

    /// Which fields are forecast in a period for which `chosen` holds.
    pub(super) fn fields(&self, chosen: impl Fn(Date) -> bool) -> [bool; 10] {
        let mut fields = [false; 10];
        for (_, marks) in self.marks.iter().filter(|mark| chosen(mark.0)) {
            fields.iter_mut().zip(marks).for_each(|(field, mark)| *field |= mark);
        }
        fields
    }
}

/// What a channel's forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Basis {
    /// Mean spend and mean visitors of the actual periods that know both, with a spend above 0.
    typical: Option<(f64, f64)>,
    beta: f64,
    max_uv: Option<f64>,
    starts: [Option<Per>; 5],
    rates: [Option<f64>; 5],
}

impl Basis {
    /// From all actual periods of a channel: their sums, and the believed rates.
    pub(super) fn of(channel: &Channel, tally: &Tally, beliefs: &Beliefs) -> Self {
        let mut periods = 0.0;
        let (mut spend_sum, mut uv_sum) = (0.0, 0.0);
        for (_, record) in channel.actual.iter() {
            if let (Some(spend), Some(uv)) =
                (record.get(Field::Spend).filter(|spend| *spend > 0.0), record.get(Field::Uv))
            {
                periods += 1.0;
                spend_sum += spend;
                uv_sum += uv;
            }
        }
        Self {
            typical: (periods > 0.0).then(|| (spend_sum / periods, uv_sum / periods)),
            beta: beta_of(channel.doubling),
            max_uv: channel.max_uv,
            starts: tally.pairs.map(|pair| pair.per),
            rates: beliefs.map(|believed| believed.map(|believed| believed.rate)),
        }
    }

    /// The same for a channel whose records were edited, by the rates that were believed before. A link that starts
    /// elsewhere now has no rate until they are pooled anew.
    pub(super) fn after_edit(&self, channel: &Channel, tally: &Tally) -> Self {
        let mut edited = Self::of(channel, tally, &[None; 5]);
        for (at, rate) in edited.rates.iter_mut().enumerate() {
            *rate = self.rates[at].filter(|_| self.starts[at] == edited.starts[at]);
        }
        edited
    }

    /// The visitors that a spend should bring: u₀ · (s / s₀)^β, no more than the channel's cap.
    fn visitors(&self, spend: f64) -> Option<f64> {
        let (typical_spend, typical_uv) = self.typical?;
        let visitors = typical_uv * (spend / typical_spend).powf(self.beta);
        let visitors = self.max_uv.map_or(visitors, |most| visitors.min(most));
        visitors.is_finite().then_some(visitors)
    }

    /// The channel's planned records with their blanks filled.
    pub(super) fn fill(&self, planned: &Records) -> Arc<Forecast> {
        let mut forecast = Forecast::default();
        let filled = planned.iter().map(|(day, record)| {
            let mut record = record.clone();
            let spend = record.get(Field::Spend);
            let visitors =
                if record.get(Field::Uv).is_none() { spend.and_then(|spend| self.visitors(spend)) } else { None };
            if visitors.is_some() {
                record.set(Field::Uv, visitors);
            }
            let mut marks = fill_downwards(&mut record, self.starts, self.rates);
            marks[Field::Uv as usize] = visitors.is_some();
            if marks.contains(&true) {
                forecast.marks.push((day, marks));
            }
            (day, record)
        });
        forecast.records = filled.collect();
        Arc::new(forecast)
    }
}
