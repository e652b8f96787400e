//! One channel under several spellings, and several channels under one name.

use std::collections::HashMap;

use crate::plan::{Channel, Plan};

use super::fold::fold_name;
use super::merge::Named;
use super::options::ImportOptions;
use super::recognised::Recognised;

/// Finds the channel of a plan that a name in a file means.
pub(super) struct Names<'a> {
    plan: &'a Plan,
    file: &'a Recognised,
    options: &'a ImportOptions,
    /// Folded names, and the channels that they stand for: those of the plan, then those of the file.
    known: HashMap<String, String>,
    named: Vec<Named>,
}

impl<'a> Names<'a> {
    pub(super) fn new(plan: &'a Plan, file: &'a Recognised, options: &'a ImportOptions) -> Self {
        let mut known = HashMap::new();
        for channel in &plan.channels {
            known.entry(fold_name(&channel.name)).or_insert_with(|| channel.name.clone());
        }
        Self { plan, file, options, known, named: Vec::new() }
    }

    /// The channel's name in the plan: the user's word for it, else that of the plan's channel whose name differs in
    /// no more than case, spaces, hyphens and underscores, else its own.
    pub(super) fn resolve(&mut self, found: &str) -> String {
        let name = self.options.rename.get(found).map_or(found, String::as_str);
        let own = format!("{name} ({})", self.file.form.platform);
        let chosen = if !self.file.form.platform.is_empty() && self.plan.channel_index(&own).is_some() {
            own
        } else {
            let spelled = self.spelled(name);
            if self.is_anothers(&spelled) { own } else { spelled }
        };
        self.known.entry(fold_name(&chosen)).or_insert_with(|| chosen.clone());
        self.named.push(Named { found: found.to_owned(), channel: chosen.clone() });
        chosen
    }

    fn spelled(&self, name: &str) -> String {
        if self.plan.channel_index(name).is_some() || self.options.keep_spellings {
            return name.to_owned();
        }
        self.known.get(&fold_name(name)).cloned().unwrap_or_else(|| name.to_owned())
    }

    /// True where the plan's channel of that name holds the same figures of another platform: two platforms that both
    /// have a campaign "Brand" have two channels.
    fn is_anothers(&self, name: &str) -> bool {
        let Some(channel) = self.plan.channel_index(name).and_then(|at| self.plan.channels.get(at)) else {
            return false;
        };
        !channel.kind.is_empty()
            && !self.file.form.platform.is_empty()
            && channel.kind != self.file.form.platform
            && self.holds_same_fields(channel)
    }

    fn holds_same_fields(&self, channel: &Channel) -> bool {
        let fields = &self.file.tally.fields;
        channel.actual.iter().any(|(_, record)| fields.iter().any(|field| record.get(*field).is_some()))
    }

    /// The names with the channels that they go to.
    pub(super) fn into_named(self) -> Vec<Named> {
        self.named
    }
}
