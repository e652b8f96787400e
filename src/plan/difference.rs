//! What differs between two plans: for a person who has to choose one of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use super::brief::{Brief, Plan};
use super::channel::Channel;
use super::record::Record;
use super::scenario::Scenario;
use super::stage::{Field, Layer};
use super::tactic::Tactic;
use super::tests::Test;

/// One thing that differs, seen from the first of two plans to the second.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// A setting of the plan, by its name in the file.
    Brief(&'static str),
    /// A channel that only the second plan has.
    NewChannel(String),
    /// A channel that only the first plan has.
    NoChannel(String),
    /// The channels that both have stand in another order.
    Order,
    /// Settings of a channel that both have.
    Settings(String),
    /// A number of a record; `None` is blank.
    Number {
        /// The channel.
        channel: String,
        /// The record's layer.
        layer: Layer,
        /// The first day of its period.
        day: Date,
        /// Which number.
        field: Field,
        /// In the first plan.
        from: Option<f64>,
        /// In the second plan.
        to: Option<f64>,
    },
    /// The note of a record.
    Note {
        /// The channel.
        channel: String,
        /// The record's layer.
        layer: Layer,
        /// The first day of its period.
        day: Date,
    },
    /// A test, tactic or scenario: what it is (`test`), its name, and whether each plan has it.
    Entry {
        /// `test`, `tactic` or `scenario`.
        what: &'static str,
        /// Its name.
        name: String,
        /// True where the first plan has it.
        before: bool,
        /// True where the second plan has it.
        after: bool,
    },
}

/// What differs from `from` to `to`, at most `most` of it; empty where the plans are equal.
pub fn differences(from: &Plan, to: &Plan, most: usize) -> Vec<Difference> {
    let mut found = Found { most, differences: Vec::new() };
    brief(&from.brief, &to.brief, &mut found);
    channels(&from.channels, &to.channels, &mut found);
    entries("test", &from.tests, &to.tests, |test: &Test| test.name(), &mut found);
    entries("tactic", &from.tactics, &to.tactics, |tactic: &Tactic| &tactic.title, &mut found);
    entries("scenario", &from.scenarios, &to.scenarios, |scenario: &Scenario| &scenario.name, &mut found);
    found.differences
}

/// What was found so far, and how much of it is wanted.
struct Found {
    most: usize,
    differences: Vec<Difference>,
}

impl Found {
    fn push(&mut self, difference: Difference) {
        if !self.is_enough() {
            self.differences.push(difference);
        }
    }

    fn is_enough(&self) -> bool {
        self.differences.len() >= self.most
    }
}

fn brief(from: &Brief, to: &Brief, found: &mut Found) {
    let Brief { name, note, currency, cadence, economics, goals, targets, carry, labels, hours_per_person } = from;
    let settings = [
        ("name", *name != to.name),
        ("note", *note != to.note),
        ("currency", *currency != to.currency),
        ("cadence", *cadence != to.cadence),
        ("economics", *economics != to.economics),
        ("goals", *goals != to.goals),
        ("targets", *targets != to.targets),
        ("carry", *carry != to.carry),
        ("labels", *labels != to.labels),
        ("hours_per_person", *hours_per_person != to.hours_per_person),
    ];
    for (name, _) in settings.iter().filter(|(_, differs)| *differs) {
        found.push(Difference::Brief(name));
    }
}

fn channels(from: &Vector<Arc<Channel>>, to: &Vector<Arc<Channel>>, found: &mut Found) {
    let before: HashMap<&str, &Arc<Channel>> = from.iter().map(|each| (each.name.as_str(), each)).collect();
    let after: BTreeSet<&str> = to.iter().map(|each| each.name.as_str()).collect();
    for gone in from.iter().filter(|each| !after.contains(each.name.as_str())) {
        found.push(Difference::NoChannel(gone.name.clone()));
    }
    for each in to {
        match before.get(each.name.as_str()) {
            None => found.push(Difference::NewChannel(each.name.clone())),
            Some(old) if Arc::ptr_eq(old, each) => {}
            Some(old) => channel(old, each, found),
        }
        if found.is_enough() {
            return;
        }
    }
    let in_both = |each: &&Arc<Channel>| before.contains_key(each.name.as_str()) && after.contains(each.name.as_str());
    let order = from.iter().filter(in_both).map(|each| &each.name);
    if order.ne(to.iter().filter(in_both).map(|each| &each.name)) {
        found.push(Difference::Order);
    }
}

fn channel(from: &Channel, to: &Channel, found: &mut Found) {
    if !same_settings(from, to) {
        found.push(Difference::Settings(to.name.clone()));
    }
    for layer in [Layer::Actual, Layer::Planned] {
        let (old, new) = (from.records(layer), to.records(layer));
        if old == new {
            continue;
        }
        let days: BTreeSet<Date> = old.iter().chain(new.iter()).map(|(day, _)| day).collect();
        for day in days {
            record((&to.name, layer, day), old.get(day), new.get(day), found);
        }
    }
}

/// All but the name and the records.
fn same_settings(from: &Channel, to: &Channel) -> bool {
    let Channel {
        name: _,
        active,
        kind,
        audience,
        unit,
        owner,
        note,
        economics,
        targets,
        doubling,
        max_uv,
        min_spend,
        max_spend,
        actual: _,
        planned: _,
    } = from;
    let words = [kind, audience, unit, owner, note] == [&to.kind, &to.audience, &to.unit, &to.owner, &to.note];
    let numbers = [doubling, max_uv, min_spend, max_spend] == [&to.doubling, &to.max_uv, &to.min_spend, &to.max_spend];
    words && numbers && *active == to.active && *economics == to.economics && *targets == to.targets
}

fn record(at: (&str, Layer, Date), from: Option<&Record>, to: Option<&Record>, found: &mut Found) {
    let (channel, layer, day) = at;
    let number = |record: Option<&Record>, field| record.and_then(|record| record.get(field));
    for field in Field::ALL {
        let (from, to) = (number(from, field), number(to, field));
        if from != to {
            found.push(Difference::Number { channel: channel.to_owned(), layer, day, field, from, to });
        }
    }
    if from.map_or("", Record::note) != to.map_or("", Record::note) {
        found.push(Difference::Note { channel: channel.to_owned(), layer, day });
    }
}

/// Entries are told apart by their names, and of one name by their order.
fn entries<T: PartialEq>(
    what: &'static str,
    from: &Vector<Arc<T>>,
    to: &Vector<Arc<T>>,
    name: impl Fn(&T) -> &str,
    found: &mut Found,
) {
    let mut old: HashMap<&str, Vec<&Arc<T>>> = HashMap::new();
    for each in from.iter().rev() {
        old.entry(name(each)).or_default().push(each);
    }
    let entry = |each: &T, before, after| Difference::Entry { what, name: name(each).to_owned(), before, after };
    for each in to {
        match old.get_mut(name(each)).and_then(Vec::pop) {
            None => found.push(entry(each, false, true)),
            Some(before) if before != each => found.push(entry(each, true, true)),
            Some(_) => {}
        }
    }
    for each in from {
        if old.get_mut(name(each)).and_then(Vec::pop).is_some() {
            found.push(entry(each, true, false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Cadence, Edit};
    use jiff::civil::date;

    fn plan() -> Plan {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        for name in ["SEO", "百度"] {
            let mut channel = Channel::new(name);
            channel.actual.insert(date(2026, 9, 1), Record::default().with(Field::Deals, 30.0));
            plan.channels.push_back(Arc::new(channel));
        }
        plan.scenarios.push_back(Arc::new(Scenario { name: "s".into(), ..Scenario::default() }));
        plan
    }

    #[test]
    fn equal_plans_do_not_differ() {
        assert_eq!(differences(&plan(), &plan(), 9), []);
    }

    #[test]
    fn each_number_is_told_with_both_its_values() {
        let (from, mut to) = (plan(), plan());
        let records = &mut Arc::make_mut(&mut to.channels[1]).actual;
        records.insert(date(2026, 9, 1), Record::default().with(Field::Deals, 33.0).with(Field::Uv, 5.0));
        let number = |field, from, to| {
            let (channel, layer, day) = ("百度".to_owned(), Layer::Actual, date(2026, 9, 1));
            Difference::Number { channel, layer, day, field, from, to }
        };
        let expected = [number(Field::Uv, None, Some(5.0)), number(Field::Deals, Some(30.0), Some(33.0))];
        assert_eq!(differences(&from, &to, 9), expected);
        assert_eq!(differences(&from, &to, 1), expected[..1], "no more than was asked for");
    }

    #[test]
    fn channels_settings_order_and_entries_are_told() {
        let from = plan();
        let moved = Edit::MoveChannel { from: 0, to: 1 }.apply(&from).unwrap();
        assert_eq!(differences(&from, &moved, 9), [Difference::Order]);
        let mut to = from.clone();
        to.brief.note = "x".into();
        to.channels.remove(0);
        to.channels.push_back(Arc::new(Channel::new("Ads")));
        Arc::make_mut(&mut to.channels[0]).owner = "Lin".into();
        to.scenarios.clear();
        let expected = [
            Difference::Brief("note"),
            Difference::NoChannel("SEO".into()),
            Difference::Settings("百度".into()),
            Difference::NewChannel("Ads".into()),
            Difference::Entry { what: "scenario", name: "s".into(), before: true, after: false },
        ];
        assert_eq!(differences(&from, &to, 9), expected);
    }
}
