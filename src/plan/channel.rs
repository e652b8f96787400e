//! One promotion method of a plan.

use serde::Deserialize;

use super::brief::{Economics, Targets};
use super::parse::unique_map;
use super::record::Records;
use super::stage::Layer;

/// One promotion method: SEO, paid search, a chat-group campaign, a partner site …
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Its name, unique in the plan, never empty.
    pub name: String,
    /// Switched off, a channel still counts in money and totals, but takes no part in Improve, believed rates and
    /// forecasts.
    #[serde(default = "yes")]
    pub active: bool,
    /// What sort of promotion it is; "" where not said.
    #[serde(default)]
    pub kind: String,
    /// Whom it reaches; "" where not said.
    #[serde(default)]
    pub audience: String,
    /// What its `actions` count: articles, groups, impressions; "" where not said.
    #[serde(default)]
    pub unit: String,
    /// Who carries it out; "" where not said.
    #[serde(default)]
    pub owner: String,
    /// Anything worth remembering.
    #[serde(default)]
    pub note: String,
    /// Overrides of the plan's economics; a blank one leaves the plan's.
    #[serde(default)]
    pub economics: Economics,
    /// Targets of this channel's links, before the plan's.
    #[serde(default, deserialize_with = "unique_map")]
    pub targets: Targets,
    /// "If you spend twice as much, how many times the visitors come?" Above 1, at most 2; `None` where not answered.
    #[serde(default)]
    pub doubling: Option<f64>,
    /// No more visitors than this per period, however much is spent.
    #[serde(default)]
    pub max_uv: Option<f64>,
    /// The least to spend per period.
    #[serde(default)]
    pub min_spend: Option<f64>,
    /// The most to spend per period.
    #[serde(default)]
    pub max_spend: Option<f64>,
    /// What happened.
    #[serde(default)]
    pub actual: Records,
    /// What is meant to happen.
    #[serde(default)]
    pub planned: Records,
}

fn yes() -> bool {
    true
}

impl Channel {
    /// An active channel of that name with nothing else filled in.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            active: true,
            kind: String::new(),
            audience: String::new(),
            unit: String::new(),
            owner: String::new(),
            note: String::new(),
            economics: Economics::default(),
            targets: Targets::new(),
            doubling: None,
            max_uv: None,
            min_spend: None,
            max_spend: None,
            actual: Records::default(),
            planned: Records::default(),
        }
    }

    /// The records of a layer.
    pub fn records(&self, layer: Layer) -> &Records {
        match layer {
            Layer::Actual => &self.actual,
            Layer::Planned => &self.planned,
        }
    }

    /// The records of a layer, to be changed.
    pub fn records_mut(&mut self, layer: Layer) -> &mut Records {
        match layer {
            Layer::Actual => &mut self.actual,
            Layer::Planned => &mut self.planned,
        }
    }
}
