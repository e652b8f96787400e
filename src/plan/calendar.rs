//! The periods in which a plan has records.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use super::brief::Plan;
use super::channel::Channel;
use super::places::Places;
use super::stage::Layer;

/// The periods in which a plan has records, in either layer. It counts them, so that after an edit only the channels
/// that changed are gone through.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    channels: Vector<Arc<Channel>>,
    /// How many records start on a day: actual, planned.
    records: BTreeMap<Date, [usize; 2]>,
}

impl Calendar {
    /// The periods of a plan.
    pub fn of(plan: &Plan) -> Self {
        let mut calendar = Self::default();
        calendar.follow(plan);
        calendar
    }

    /// Makes it that of `plan`.
    pub fn follow(&mut self, plan: &Plan) {
        let before = std::mem::replace(&mut self.channels, plan.channels.clone());
        let places = Places::between(&before, &plan.channels);
        for at in places.gone() {
            self.count(&before[at], |records| *records -= 1);
        }
        for at in places.fresh() {
            self.count(&plan.channels[at], |records| *records += 1);
        }
        self.records.retain(|_, records| *records != [0, 0]);
    }

    fn count(&mut self, channel: &Channel, change: impl Fn(&mut usize)) {
        for layer in [Layer::Actual, Layer::Planned] {
            for (day, _) in channel.records(layer).iter() {
                change(&mut self.records.entry(day).or_default()[layer as usize]);
            }
        }
    }

    /// The first days of all periods in which any channel has a record in `layer`, ascending.
    pub fn periods(&self, layer: Layer) -> impl DoubleEndedIterator<Item = Date> {
        self.records.iter().filter(move |(_, records)| records[layer as usize] > 0).map(|(day, _)| *day)
    }

    /// The first days of all periods with a record in either layer, ascending.
    pub fn days(&self) -> impl DoubleEndedIterator<Item = Date> {
        self.records.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Brief, Cadence, CellChange, CellValue, Edit, Field, History};
    use jiff::civil::date;

    #[test]
    fn it_follows_edits_and_their_undoing() {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.channels.push_back(Arc::new(Channel::new("a")));
        plan.channels.push_back(Arc::new(Channel::new("b")));
        let mut history = History::of_saved(plan);
        let mut calendar = Calendar::of(history.plan());
        let mut type_in = |history: &mut History, channel, month, layer| {
            let value = CellValue::Number(Field::Uv, Some(1.0));
            let change = CellChange { channel, layer, day: date(2026, month, 1), value };
            history.edit(&Edit::Cells(vec![change]), "typed").unwrap();
            calendar.follow(history.plan());
            let days = |layer| calendar.periods(layer).map(Date::month).collect::<Vec<_>>();
            (days(Layer::Actual), days(Layer::Planned), calendar.days().count())
        };
        assert_eq!(type_in(&mut history, 0, 3, Layer::Actual), (vec![3], vec![], 1));
        assert_eq!(type_in(&mut history, 1, 3, Layer::Actual), (vec![3], vec![], 1));
        assert_eq!(type_in(&mut history, 1, 2, Layer::Planned), (vec![3], vec![2], 2));
        history.undo();
        history.undo();
        assert_eq!(type_in(&mut history, 0, 4, Layer::Actual), (vec![3, 4], vec![], 2));
        while history.undo().is_some() {}
        calendar.follow(history.plan());
        assert_eq!(calendar.days().count(), 0);
    }
}
