//! A what-if with a name.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::parse::{Unique, unique_map};
use super::stage::Lever;

/// Lifts of levers and other spends, to be compared with the plan as it is.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name.
    pub name: String,
    /// Lever → relative lift (0.1 is +10 %).
    #[serde(default, deserialize_with = "unique_map")]
    pub lifts: BTreeMap<Lever, f64>,
    /// Channel → lever → relative lift.
    #[serde(default, deserialize_with = "nested")]
    pub channel_lifts: BTreeMap<String, BTreeMap<Lever, f64>>,
    /// Channel → spend per period, currency.
    #[serde(default, deserialize_with = "unique_map")]
    pub spend: BTreeMap<String, f64>,
}

fn nested<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, BTreeMap<Lever, f64>>, D::Error> {
    let outer: BTreeMap<String, Unique<Lever, f64>> = unique_map(deserializer)?;
    Ok(outer.into_iter().map(|(channel, lifts)| (channel, lifts.0)).collect())
}
