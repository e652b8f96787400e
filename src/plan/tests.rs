//! Tests before investing: a trial of a channel, a split test of a link.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, EnumAccess, MapAccess, VariantAccess, Visitor};

use super::parse::day;
use super::record::Record;
use super::stage::Link;

/// A trial or a split test.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A small-budget test of one channel: does it pay?
    Trial(Trial),
    /// A test of one link: does variant B convert better than control A?
    Split(Split),
}

impl Test {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Trial(trial) => &trial.name,
            Self::Split(split) => &split.name,
        }
    }

    /// The channel it speaks of; `None` for a split test over all channels.
    pub fn channel(&self) -> Option<&str> {
        match self {
            Self::Trial(trial) => Some(&trial.channel),
            Self::Split(split) => split.channel.as_deref(),
        }
    }
}

/// The two kinds of test, as words in a file.
#[derive(Deserialize)]
enum Kind {
    Trial,
    Split,
}

impl<'de> Deserialize<'de> for Test {
    /// Reads `Trial(name: …)` as a variant with fields: a variant that wraps a struct would want `Trial((name: …))`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TestVisitor;

        impl<'de> Visitor<'de> for TestVisitor {
            type Value = Test;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a test such as Trial(name: …) or Split(name: …)")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Test, A::Error> {
                match access.variant::<Kind>()? {
                    (Kind::Trial, fields) => fields.struct_variant(&[], Fields(PhantomData)).map(Test::Trial),
                    (Kind::Split, fields) => fields.struct_variant(&[], Fields(PhantomData)).map(Test::Split),
                }
            }
        }

        deserializer.deserialize_enum("Test", &["Trial", "Split"], TestVisitor)
    }
}

/// Reads the fields of a variant as the struct `T`.
struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a test")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A small-budget test of one channel.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Its name.
    pub name: String,
    /// The channel that is tried.
    pub channel: String,
    /// First day; `None`: planned, not yet begun.
    #[serde(default, deserialize_with = "day")]
    pub started: Option<Date>,
    /// Last day; `None`: still running.
    #[serde(default, deserialize_with = "day")]
    pub ended: Option<Date>,
    /// What may be spent on it, currency.
    pub budget: f64,
    /// Currency a day.
    #[serde(default)]
    pub daily_spend: Option<f64>,
    /// The spend that would follow a decision to scale, currency.
    #[serde(default)]
    pub then_spend: Option<f64>,
    /// Gross profit that one deal brings with it, fixed at the start, currency.
    #[serde(default)]
    pub gross_per_deal: Option<f64>,
    /// What it brought so far; `None`: taken from the channel's records within the trial.
    #[serde(default)]
    pub counts: Option<Record>,
    /// What was decided.
    #[serde(default)]
    pub decision: Option<TrialDecision>,
    /// When it was decided.
    #[serde(default, deserialize_with = "day")]
    pub decided: Option<Date>,
    /// Anything worth remembering.
    #[serde(default)]
    pub note: String,
}

impl Trial {
    /// A planned trial with nothing but a name, its channel and a budget.
    pub fn new(name: impl Into<String>, channel: impl Into<String>, budget: f64) -> Self {
        Self {
            name: name.into(),
            channel: channel.into(),
            started: None,
            ended: None,
            budget,
            daily_spend: None,
            then_spend: None,
            gross_per_deal: None,
            counts: None,
            decision: None,
            decided: None,
            note: String::new(),
        }
    }
}

/// What a trial led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum TrialDecision {
    /// Spend more on the channel.
    Scale,
    /// Keep it as it is.
    Hold,
    /// Spend no more on it.
    Stop,
}

impl TrialDecision {
    /// All three, the best first.
    pub const ALL: [Self; 3] = [Self::Scale, Self::Hold, Self::Stop];

    /// The word on screen and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Hold => "hold",
            Self::Stop => "stop",
        }
    }
}

/// A test of one link.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Its name.
    pub name: String,
    /// The link that is tested, Depth to Refer.
    pub link: Link,
    /// The channel, or `None` for all.
    #[serde(default)]
    pub channel: Option<String>,
    /// First day.
    #[serde(default, deserialize_with = "day")]
    pub started: Option<Date>,
    /// Last day.
    #[serde(default, deserialize_with = "day")]
    pub ended: Option<Date>,
    /// The share of the audience that sees the variant, 0..1 exclusive.
    #[serde(default = "half")]
    pub share: f64,
    /// What the control brought.
    pub control: Tested,
    /// What the variant brought.
    pub variant: Tested,
    /// What was decided.
    #[serde(default)]
    pub decision: Option<SplitDecision>,
    /// When it was decided.
    #[serde(default, deserialize_with = "day")]
    pub decided: Option<Date>,
    /// Anything worth remembering.
    #[serde(default)]
    pub note: String,
}

fn half() -> f64 {
    0.5
}

impl Split {
    /// A planned split test of a link over all channels, which nobody saw yet.
    pub fn new(name: impl Into<String>, link: Link) -> Self {
        Self {
            name: name.into(),
            link,
            channel: None,
            started: None,
            ended: None,
            share: half(),
            control: Tested::default(),
            variant: Tested::default(),
            decision: None,
            decided: None,
            note: String::new(),
        }
    }
}

/// One arm of a split test: how many saw it, how many acted.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// The denominator.
    pub seen: f64,
    /// The numerator.
    pub acted: f64,
}

/// What a split test led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum SplitDecision {
    /// The variant stays.
    Adopt,
    /// The control stays.
    Drop,
}

impl SplitDecision {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Adopt, Self::Drop];

    /// The word on screen and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Adopt => "adopt",
            Self::Drop => "drop",
        }
    }
}
