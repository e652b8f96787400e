//! What a plan may hold. One list of rules for files and for edits; a problem says what, where and what is expected.

use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;

use super::brief::{Brief, Economics, Plan, Targets};
use super::channel::Channel;
use super::nearest::nearest;
use super::period::Cadence;
use super::record::{Record, Records};
use super::scenario::Scenario;
use super::stage::{Field, Layer, Link};
use super::tactic::Tactic;
use super::tests::{Split, Test, Tested, Trial};

/// One step of the way from a plan to the value that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A field of a record-like value: `channels`, `actual`, `uv`.
    Field(&'static str),
    /// A place in a list, from 0.
    Index(usize),
    /// A key of a map: a date, a link, a channel's name.
    Key(String),
}

/// Something that a plan may not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The way to the value.
    pub path: Vec<Step>,
    /// True where the last step's key itself is wrong (a date, a channel's name), not the value under it.
    pub of_key: bool,
    /// What is wrong, in one sentence without a full stop.
    pub what: String,
    /// What is expected, or how to mend it.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.help)
    }
}

impl std::error::Error for Problem {}

/// Collects problems while walking down a plan.
#[derive(Default)]
struct Walk {
    path: Vec<Step>,
    problems: Vec<Problem>,
}

impl Walk {
    fn at(&mut self, step: Step, check: impl FnOnce(&mut Self)) {
        self.path.push(step);
        check(self);
        self.path.pop();
    }

    fn field(&mut self, name: &'static str, check: impl FnOnce(&mut Self)) {
        self.at(Step::Field(name), check);
    }

    fn require(&mut self, holds: bool, what: impl FnOnce() -> String, help: &str) {
        if !holds {
            self.add(false, what(), help);
        }
    }

    /// As [`Walk::require`], where it is the key that is wrong.
    fn require_key(&mut self, holds: bool, what: impl FnOnce() -> String, help: &str) {
        if !holds {
            self.add(true, what(), help);
        }
    }

    /// A problem takes many times the memory of the text that causes it, and of thousands nobody reads the rest.
    fn add(&mut self, of_key: bool, what: String, help: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { path: self.path.clone(), of_key, what, help: help.to_owned() });
        }
    }

    /// A number, where there is one, must satisfy `allowed` (which a NaN never does).
    fn number(&mut self, name: &'static str, value: Option<f64>, allowed: impl Fn(f64) -> bool, help: &str) {
        if let Some(value) = value {
            let fine = value.is_finite() && allowed(value);
            self.field(name, |walk| walk.require(fine, || format!("{name} is {value}"), help));
        }
    }

    fn not_negative(&mut self, name: &'static str, value: Option<f64>) {
        self.number(name, value, |number| number >= 0.0, NOT_NEGATIVE);
    }
}

/// How many problems are told of one plan; the rest is left out.
pub const MOST_PROBLEMS: usize = 1000;

const NOT_NEGATIVE: &str = "expected a number, zero or more";

/// Everything that is wrong with a plan, up to a thousand problems; empty where it is fine.
pub fn validate(plan: &Plan) -> Vec<Problem> {
    let mut walk = Walk::default();
    brief(&mut walk, &plan.brief);
    let names = channel_names(&mut walk, plan);
    walk.field("channels", |walk| {
        for (at, each) in plan.channels.iter().enumerate() {
            walk.at(Step::Index(at), |walk| channel(walk, each, plan.brief.cadence));
        }
    });
    walk.field("tests", |walk| {
        for (at, each) in plan.tests.iter().enumerate() {
            walk.at(Step::Index(at), |walk| test(walk, each, &names));
        }
    });
    walk.field("tactics", |walk| {
        for (at, each) in plan.tactics.iter().enumerate() {
            walk.at(Step::Index(at), |walk| tactic(walk, each, &names));
        }
    });
    walk.field("scenarios", |walk| {
        for (at, each) in plan.scenarios.iter().enumerate() {
            walk.at(Step::Index(at), |walk| scenario(walk, each, &names));
        }
    });
    walk.problems
}

/// What is wrong with a brief alone.
pub fn validate_brief(each: &Brief) -> Vec<Problem> {
    let mut walk = Walk::default();
    brief(&mut walk, each);
    walk.problems
}

/// What is wrong with a channel by itself: everything but that its name is unique.
pub fn validate_channel(each: &Channel, cadence: Cadence) -> Vec<Problem> {
    let mut walk = Walk::default();
    channel(&mut walk, each, cadence);
    walk.problems
}

/// What is wrong with a test of `plan`, which need not hold it yet.
pub fn validate_test(plan: &Plan, each: &Test) -> Vec<Problem> {
    let mut walk = Walk::default();
    test(&mut walk, each, &names_of(plan));
    walk.problems
}

/// What is wrong with a tactic of `plan`, which need not hold it yet.
pub fn validate_tactic(plan: &Plan, each: &Tactic) -> Vec<Problem> {
    let mut walk = Walk::default();
    tactic(&mut walk, each, &names_of(plan));
    walk.problems
}

fn names_of(plan: &Plan) -> HashSet<&str> {
    plan.channels.iter().map(|channel| channel.name.as_str()).collect()
}

/// What is wrong with a number for a record's field; `None` where it is fine.
pub fn validate_number(field: Field, value: f64) -> Option<Problem> {
    let mut walk = Walk::default();
    walk.not_negative(field.key(), Some(value));
    walk.problems.pop()
}

fn channel_names<'a>(walk: &mut Walk, plan: &'a Plan) -> HashSet<&'a str> {
    let mut names = HashSet::with_capacity(plan.channels.len());
    for (at, each) in plan.channels.iter().enumerate() {
        let fresh = names.insert(each.name.as_str());
        if !fresh {
            let what = format!("two channels are named {:?}", each.name);
            walk.path = vec![Step::Field("channels"), Step::Index(at), Step::Field("name")];
            walk.add(false, what, "give each channel a name of its own");
            walk.path.clear();
        }
    }
    names
}

fn brief(walk: &mut Walk, each: &Brief) {
    walk.field("name", |walk| {
        walk.require(!each.name.trim().is_empty(), || "the plan's name is empty".to_owned(), "give the plan a name");
    });
    walk.field("economics", |walk| economics(walk, &each.economics));
    walk.field("goals", |walk| {
        let goals = &each.goals;
        walk.number("target_multiple", Some(goals.target_multiple), |x| x >= 1.0, "expected 1 or more");
        walk.number("confidence", Some(goals.confidence), |x| x > 0.5 && x < 1.0, "expected between 0.5 and 1");
        walk.number("stretch", Some(goals.stretch), |x| x >= 1.0, "expected 1 or more");
    });
    targets(walk, &each.targets);
    walk.field("carry", |walk| {
        for (&link, &share) in &each.carry {
            walk.at(Step::Key(link.title().to_owned()), |walk| {
                let known = Link::CARRIED.contains(&link);
                walk.require_key(
                    known,
                    || format!("{} has no carry", link.title()),
                    "only Reach, Depth, Consult and Close have",
                );
                let fine = (0.0..=1.0).contains(&share);
                walk.require(fine, || format!("carry of {} is {share}", link.title()), "expected a share, 0 to 1");
            });
        }
    });
    walk.number("hours_per_person", each.hours_per_person, |x| x > 0.0, "expected more than 0 hours");
}

fn economics(walk: &mut Walk, each: &Economics) {
    walk.not_negative("order_value", each.order_value);
    walk.number("margin", each.margin, |x| (0.0..=1.0).contains(&x), "expected a fraction, 0 to 1 (0.6 is 60 %)");
    walk.not_negative("hourly_cost", each.hourly_cost);
}

fn targets(walk: &mut Walk, each: &Targets) {
    walk.field("targets", |walk| {
        for (&link, &rate) in each {
            let (fine, help) = if link.is_proportion() {
                (rate > 0.0 && rate <= 1.0, "expected above 0, at most 1 (0.25 is 25 %)")
            } else {
                (rate > 0.0 && rate.is_finite(), "expected a number above 0")
            };
            walk.at(Step::Key(link.title().to_owned()), |walk| {
                walk.require(fine, || format!("the target of {} is {rate}", link.title()), help);
            });
        }
    });
}

fn channel(walk: &mut Walk, each: &Channel, cadence: Cadence) {
    walk.field("name", |walk| {
        walk.require(
            !each.name.trim().is_empty(),
            || "a channel's name is empty".to_owned(),
            "give the channel a name",
        );
    });
    walk.field("economics", |walk| economics(walk, &each.economics));
    targets(walk, &each.targets);
    walk.number("doubling", each.doubling, |x| x > 1.0 && x <= 2.0, "expected above 1, at most 2");
    walk.not_negative("max_uv", each.max_uv);
    walk.not_negative("min_spend", each.min_spend);
    walk.not_negative("max_spend", each.max_spend);
    if let (Some(least), Some(most)) = (each.min_spend, each.max_spend) {
        walk.field("min_spend", |walk| {
            let what = || format!("min_spend {least} is above max_spend {most}");
            walk.require(least <= most, what, "lower the least or raise the most");
        });
    }
    for layer in [Layer::Actual, Layer::Planned] {
        walk.field(layer.key(), |walk| records(walk, each.records(layer), cadence));
    }
}

fn records(walk: &mut Walk, each: &Records, cadence: Cadence) {
    for (day, record) in each.iter() {
        // The walk of half a million fine records may not allocate.
        let fine_start = cadence.starts_on(day);
        if fine_start && numbers_are_fine(record) {
            continue;
        }
        walk.at(Step::Key(day.to_string()), |walk| {
            let start = cadence.start_of(day);
            let help = format!("expected the first day of the {}, {start}", cadence.key());
            walk.require_key(fine_start, || format!("no {} starts on {day}", cadence.key()), &help);
            record_numbers(walk, record);
        });
    }
}

fn numbers_are_fine(record: &Record) -> bool {
    Field::ALL.iter().all(|&field| record.get(field).is_none_or(|value| value.is_finite() && value >= 0.0))
}

fn record_numbers(walk: &mut Walk, record: &Record) {
    for field in Field::ALL {
        walk.not_negative(field.key(), record.get(field));
    }
}

fn names_a_channel(walk: &mut Walk, name: Option<&str>, names: &HashSet<&str>) {
    if let Some(name) = name {
        walk.field("channel", |walk| {
            if !names.contains(name) {
                let help = nearest_name(walk, name, names);
                walk.require(false, || format!("no channel is named {name:?}"), &help);
            }
        });
    }
}

/// Looks for what was meant in the first few places only: of thousands, nobody reads the rest.
fn nearest_name(walk: &Walk, name: &str, names: &HashSet<&str>) -> String {
    let near = if walk.problems.len() < 20 { nearest(name, names.iter().copied()) } else { None };
    match near {
        Some(known) => format!("did you mean {known:?}?"),
        None => "expected the name of one of the plan's channels".to_owned(),
    }
}

fn dates(walk: &mut Walk, started: Option<Date>, ended: Option<Date>) {
    if let (Some(started), Some(ended)) = (started, ended) {
        walk.field("ended", |walk| {
            let what = || format!("it ends on {ended}, before its start on {started}");
            walk.require(ended >= started, what, "put the end on or after the start");
        });
    }
}

fn test(walk: &mut Walk, each: &Test, names: &HashSet<&str>) {
    match each {
        Test::Trial(each) => trial(walk, each, names),
        Test::Split(each) => split(walk, each, names),
    }
}

fn trial(walk: &mut Walk, each: &Trial, names: &HashSet<&str>) {
    names_a_channel(walk, Some(&each.channel), names);
    dates(walk, each.started, each.ended);
    walk.not_negative("budget", Some(each.budget));
    walk.not_negative("daily_spend", each.daily_spend);
    walk.not_negative("then_spend", each.then_spend);
    walk.not_negative("gross_per_deal", each.gross_per_deal);
    if let Some(counts) = &each.counts {
        walk.field("counts", |walk| record_numbers(walk, counts));
    }
}

fn split(walk: &mut Walk, each: &Split, names: &HashSet<&str>) {
    walk.field("link", |walk| {
        let counted = Link::COUNTED.contains(&each.link);
        walk.require(
            counted,
            || format!("{} cannot be split-tested", each.link.title()),
            "expected Depth, Consult, Close, Repurchase or Refer",
        );
    });
    names_a_channel(walk, each.channel.as_deref(), names);
    dates(walk, each.started, each.ended);
    walk.number("share", Some(each.share), |x| x > 0.0 && x < 1.0, "expected between 0 and 1");
    for (name, Tested { seen, acted }) in [("control", each.control), ("variant", each.variant)] {
        walk.field(name, |walk| {
            walk.not_negative("seen", Some(seen));
            walk.not_negative("acted", Some(acted));
            if each.link.is_proportion() {
                walk.field("acted", |walk| {
                    let what = || format!("{acted} acted of {seen} who saw it");
                    walk.require(!(acted > seen && seen >= 0.0), what, "check the two counts");
                });
            }
        });
    }
}

fn tactic(walk: &mut Walk, each: &Tactic, names: &HashSet<&str>) {
    names_a_channel(walk, each.channel.as_deref(), names);
    walk.not_negative("spend", each.spend);
    walk.not_negative("hours", each.hours);
    walk.not_negative("expected", each.expected);
}

fn scenario(walk: &mut Walk, each: &Scenario, names: &HashSet<&str>) {
    let known = |walk: &mut Walk, name: &String| {
        if !names.contains(name.as_str()) {
            let help = nearest_name(walk, name, names);
            walk.require_key(false, || format!("no channel is named {name:?}"), &help);
        }
    };
    let lift = |walk: &mut Walk, lever: &'static str, value: f64| {
        walk.at(Step::Key(lever.to_owned()), |walk| {
            let fine = value.is_finite() && value >= -1.0;
            walk.require(fine, || format!("the lift of {lever} is {value}"), "expected -1 or more (0.1 is +10 %)");
        });
    };
    walk.field("lifts", |walk| each.lifts.iter().for_each(|(lever, &value)| lift(walk, lever.title(), value)));
    walk.field("channel_lifts", |walk| {
        for (name, lifts) in &each.channel_lifts {
            walk.at(Step::Key(name.clone()), |walk| {
                known(walk, name);
                for (lever, &value) in lifts {
                    lift(walk, lever.title(), value);
                }
            });
        }
    });
    walk.field("spend", |walk| {
        for (name, &value) in &each.spend {
            walk.at(Step::Key(name.clone()), |walk| {
                known(walk, name);
                let fine = value.is_finite() && value >= 0.0;
                walk.require(fine, || format!("the spend of {name:?} is {value}"), NOT_NEGATIVE);
            });
        }
    });
}
