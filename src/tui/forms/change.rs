//! How a setting is changed: by what was typed, as one edit of the plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::cell::{self, Kind};
use super::{Field, Of, Typed};
use crate::plan::{Brief, Cadence, Channel, Edit};

impl Field {
    /// The edit that sets it to what was typed.
    ///
    /// # Errors
    /// Why it cannot be that.
    pub fn edit(self, of: Of<'_>, text: &str) -> Result<Edit, String> {
        let text = text.trim();
        let number = match self.typed() {
            Typed::Words | Typed::Choice => None,
            typed => {
                let kind = if typed == Typed::Share { Kind::Rate } else { Kind::Amount };
                cell::read(text, self.number(of), kind).taken()?
            }
        };
        if self == Self::Cadence {
            return cadence(text).map(Edit::Coarsen);
        }
        match of.channel {
            None => {
                let mut brief = of.plan.brief.clone();
                self.set_in_brief(&mut brief, text, number)?;
                Ok(Edit::ReplaceBrief(Box::new(brief)))
            }
            Some((at, channel)) => {
                let mut channel = channel.clone();
                self.set_in_channel(&mut channel, text, number);
                Ok(Edit::ReplaceChannel { at, channel: Arc::new(channel) })
            }
        }
    }

    fn set_in_brief(self, brief: &mut Brief, text: &str, number: Option<f64>) -> Result<(), String> {
        let needed = || number.ok_or_else(|| "a number is needed here".to_owned());
        match self {
            Self::Name => text.clone_into(&mut brief.name),
            Self::Note => text.clone_into(&mut brief.note),
            Self::Currency => text.clone_into(&mut brief.currency),
            Self::OrderValue => brief.economics.order_value = number,
            Self::Margin => brief.economics.margin = number,
            Self::HourlyCost => brief.economics.hourly_cost = number,
            Self::TargetMultiple => brief.goals.target_multiple = needed()?,
            Self::Confidence => brief.goals.confidence = needed()?,
            Self::Stretch => brief.goals.stretch = needed()?,
            Self::HoursPerPerson => brief.hours_per_person = number,
            Self::Target(link) => put(&mut brief.targets, link, number),
            // Not saying and saying 100 % is the same.
            Self::Carry(link) => put(&mut brief.carry, link, number.filter(|share| *share != 1.0)),
            Self::Label(stage) => {
                let word = Some(text.to_owned()).filter(|word| !word.is_empty() && word != stage.title());
                put(&mut brief.labels, stage, word);
            }
            _ => {}
        }
        Ok(())
    }

    fn set_in_channel(self, channel: &mut Channel, text: &str, number: Option<f64>) {
        match self {
            Self::Channel => text.clone_into(&mut channel.name),
            Self::Kind => text.clone_into(&mut channel.kind),
            Self::Audience => text.clone_into(&mut channel.audience),
            Self::Unit => text.clone_into(&mut channel.unit),
            Self::Owner => text.clone_into(&mut channel.owner),
            Self::ChannelNote => text.clone_into(&mut channel.note),
            Self::Active => channel.active = text == "yes",
            Self::OrderValue => channel.economics.order_value = number,
            Self::Margin => channel.economics.margin = number,
            Self::HourlyCost => channel.economics.hourly_cost = number,
            Self::Target(link) => put(&mut channel.targets, link, number),
            Self::Doubling => channel.doubling = number,
            Self::MaxUv => channel.max_uv = number,
            Self::MinSpend => channel.min_spend = number,
            Self::MaxSpend => channel.max_spend = number,
            _ => {}
        }
    }
}

fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}

fn cadence(text: &str) -> Result<Cadence, String> {
    let text = text.to_lowercase();
    let found = Cadence::ALL.into_iter().find(|cadence| !text.is_empty() && cadence.key().starts_with(&text));
    found.ok_or_else(|| "expected day, week or month".to_owned())
}
