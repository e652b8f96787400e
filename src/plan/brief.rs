//! The plan, and its brief: what the campaign is and by what it is measured.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;
use serde::Deserialize;

use super::alike::Alike;
use super::channel::Channel;
use super::parse::unique_map;
use super::period::Cadence;
use super::scenario::Scenario;
use super::stage::{Layer, Link, Stage};
use super::tactic::Tactic;
use super::tests::Test;

/// Link → rate that the user wants it to reach, > 0. Rates are fractions; Reach in visitors per unit of cost,
/// Invest in cost per method, Value in gross profit per order.
pub type Targets = BTreeMap<Link, f64>;

/// What an order and an hour are worth. Blank ones are taken from the plan, and there from the model's defaults.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Economics {
    /// Currency per order, ≥ 0; `None` leaves money unknown.
    pub order_value: Option<f64>,
    /// Gross margin, 0..=1; `None` counts as 1.
    pub margin: Option<f64>,
    /// Currency per hour of staff time, ≥ 0; `None` counts as 0.
    pub hourly_cost: Option<f64>,
}

impl Economics {
    /// These, with the blanks filled from `plan`.
    #[must_use]
    pub fn or(self, plan: Self) -> Self {
        Self {
            order_value: self.order_value.or(plan.order_value),
            margin: self.margin.or(plan.margin),
            hourly_cost: self.hourly_cost.or(plan.hourly_cost),
        }
    }
}

/// What counts as good enough.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Goals {
    /// The multiple of cost that a channel should bring back, ≥ 1.
    pub target_multiple: f64,
    /// How sure a verdict must be, 0.5..1 exclusive.
    pub confidence: f64,
    /// How many times the believed rate a reference may be at most, ≥ 1.
    pub stretch: f64,
}

impl Default for Goals {
    fn default() -> Self {
        Self { target_multiple: 1.5, confidence: 0.9, stretch: 2.0 }
    }
}

/// Everything of a plan but its lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The plan's name, never empty.
    pub name: String,
    /// Anything worth remembering.
    pub note: String,
    /// A code or a sign; "" if none.
    pub currency: String,
    /// How long a period is.
    pub cadence: Cadence,
    /// What an order and an hour are worth.
    pub economics: Economics,
    /// What counts as good enough.
    pub goals: Goals,
    /// Targets for all channels that have none of their own.
    pub targets: Targets,
    /// How much of a lift of Reach, Depth, Consult or Close carries through to the result, 0..=1; 1 where not said.
    pub carry: BTreeMap<Link, f64>,
    /// The user's own words for the stages.
    pub labels: BTreeMap<Stage, String>,
    /// Hours that one person has in a period; `None` where not said.
    pub hours_per_person: Option<f64>,
}

impl Brief {
    /// A brief with nothing but a name and a cadence.
    pub fn new(name: impl Into<String>, cadence: Cadence) -> Self {
        Self {
            name: name.into(),
            note: String::new(),
            currency: String::new(),
            cadence,
            economics: Economics::default(),
            goals: Goals::default(),
            targets: Targets::new(),
            carry: BTreeMap::new(),
            labels: BTreeMap::new(),
            hours_per_person: None,
        }
    }

    /// The word for a stage: the user's own, else the model's.
    pub fn label(&self, stage: Stage) -> &str {
        self.labels.get(&stage).map_or(stage.title(), String::as_str)
    }

    /// The share of a lift of `link` that carries through, 0..=1.
    pub fn carry(&self, link: Link) -> f64 {
        self.carry.get(&link).copied().unwrap_or(1.0)
    }
}

/// One campaign: its channels, tests, tactics and scenarios.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What the campaign is and by what it is measured.
    pub brief: Brief,
    /// Its promotion methods, in the user's order.
    pub channels: Vector<Arc<Channel>>,
    /// Trials of channels and split tests of links.
    pub tests: Vector<Arc<Test>>,
    /// Things to do to improve a link.
    pub tactics: Vector<Arc<Tactic>>,
    /// What-ifs with a name.
    pub scenarios: Vector<Arc<Scenario>>,
}

impl PartialEq for Plan {
    /// Two plans that share a channel by pointer need not compare its records.
    fn eq(&self, other: &Self) -> bool {
        self.brief == other.brief
            && same(&self.channels, &other.channels)
            && same(&self.tests, &other.tests)
            && same(&self.tactics, &other.tactics)
            && same(&self.scenarios, &other.scenarios)
    }
}

fn same<T: PartialEq>(left: &Vector<Arc<T>>, right: &Vector<Arc<T>>) -> bool {
    let Alike { begin, end } = Alike::of(left, right);
    left.len() == right.len() && (begin..left.len() - end).all(|at| left[at] == right[at])
}

impl Plan {
    /// An empty plan.
    pub fn new(brief: Brief) -> Self {
        Self { brief, channels: Vector::new(), tests: Vector::new(), tactics: Vector::new(), scenarios: Vector::new() }
    }

    /// The first days of all periods in which any channel has a record in `layer`, ascending.
    pub fn periods(&self, layer: Layer) -> Vec<Date> {
        let mut days = BTreeSet::new();
        for channel in &self.channels {
            days.extend(channel.records(layer).iter().map(|(day, _)| day));
        }
        days.into_iter().collect()
    }

    /// Where the channel of that name stands.
    pub fn channel_index(&self, name: &str) -> Option<usize> {
        self.channels.iter().position(|channel| channel.name == name)
    }

    /// The economics that hold for a channel: its own, then the plan's.
    pub fn economics_of(&self, channel: &Channel) -> Economics {
        channel.economics.or(self.brief.economics)
    }

    /// The target of `link` in `channel`: its own, then the plan's.
    pub fn target_of(&self, channel: &Channel, link: Link) -> Option<f64> {
        channel.targets.get(&link).or_else(|| self.brief.targets.get(&link)).copied()
    }
}

/// A plan as it stands in a file: flat, with the version.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Plan")]
struct PlanFile {
    #[serde(rename = "version")]
    _version: u64,
    name: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    currency: String,
    cadence: Cadence,
    #[serde(default)]
    economics: Economics,
    #[serde(default)]
    goals: Goals,
    #[serde(default, deserialize_with = "unique_map")]
    targets: Targets,
    #[serde(default, deserialize_with = "unique_map")]
    carry: BTreeMap<Link, f64>,
    #[serde(default, deserialize_with = "unique_map")]
    labels: BTreeMap<Stage, String>,
    #[serde(default)]
    hours_per_person: Option<f64>,
    #[serde(default)]
    channels: Vec<Arc<Channel>>,
    #[serde(default)]
    tests: Vec<Arc<Test>>,
    #[serde(default)]
    tactics: Vec<Arc<Tactic>>,
    #[serde(default)]
    scenarios: Vec<Arc<Scenario>>,
}

impl<'de> Deserialize<'de> for Plan {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = PlanFile::deserialize(deserializer)?;
        Ok(Self {
            brief: Brief {
                name: file.name,
                note: file.note,
                currency: file.currency,
                cadence: file.cadence,
                economics: file.economics,
                goals: file.goals,
                targets: file.targets,
                carry: file.carry,
                labels: file.labels,
                hours_per_person: file.hours_per_person,
            },
            channels: file.channels.into(),
            tests: file.tests.into(),
            tactics: file.tactics.into(),
            scenarios: file.scenarios.into(),
        })
    }
}
