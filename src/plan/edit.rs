//! The one place that changes a plan. An edit is data; applying it gives a new plan and leaves the old one be.

mod lists;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::brief::{Brief, Plan};
use super::channel::Channel;
use super::period::Cadence;
use super::record::{Record, Records};
use super::stage::{Field, Layer};
use super::tactic::Tactic;
use super::tests::Test;
use super::validate::{Problem, validate_brief, validate_channel, validate_number};

pub use lists::ListEdit;

/// What goes into one cell of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// A number, or a blank, for one of the ten fields.
    Number(Field, Option<f64>),
    /// The record's note; "" takes it away.
    Note(String),
}

/// A change to one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellChange {
    /// The channel's place in the plan.
    pub channel: usize,
    /// The layer of the record.
    pub layer: Layer,
    /// The first day of the record's period.
    pub day: Date,
    /// What goes in.
    pub value: CellValue,
}

/// Everything that can be done to a plan. Whatever an edit changes, it changes as a whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Numbers and notes of records: one typed cell, a pasted block, a filled column.
    Cells(Vec<CellChange>),
    /// A new channel before place `at` (the number of channels puts it last).
    InsertChannel {
        /// Its place.
        at: usize,
        /// The channel.
        channel: Arc<Channel>,
    },
    /// Takes a channel out, with its trials, and its name out of split tests, tactics and scenarios.
    RemoveChannel {
        /// Its place.
        at: usize,
    },
    /// Other settings or records for a channel; a new name is carried to tests, tactics and scenarios.
    ReplaceChannel {
        /// Its place.
        at: usize,
        /// The channel as it shall be.
        channel: Arc<Channel>,
    },
    /// Moves a channel to another place in the list.
    MoveChannel {
        /// From here …
        from: usize,
        /// … to there.
        to: usize,
    },
    /// A trial or split test comes, goes, changes or moves.
    Test(ListEdit<Test>),
    /// A tactic comes, goes, changes or moves.
    Tactic(ListEdit<Tactic>),
    /// Another brief of the same cadence.
    ReplaceBrief(Box<Brief>),
    /// A coarser cadence: the records of each new period are summed.
    Coarsen(Cadence),
    /// What an import brings, as one: other records for several channels, new channels behind the others, and a
    /// currency where the plan has none.
    Import {
        /// Channels as they shall be, with their places; none changes its name.
        replaced: Vec<(usize, Arc<Channel>)>,
        /// New channels.
        added: Vec<Arc<Channel>>,
        /// The currency; "" leaves it.
        currency: String,
    },
}

/// Why an edit was not done. The plan is as it was.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The plan would hold something that it may not.
    #[error(transparent)]
    Invalid(#[from] Problem),
    /// There is no channel in that place.
    #[error("there is no channel number {0}")]
    NoChannel(usize),
    /// There is no item in that place of a list.
    #[error("nothing stands in place {}", .0 + 1)]
    NoItem(usize),
    /// It has no name; of what sort it is.
    #[error("give the {0} a name")]
    Unnamed(&'static str),
    /// Another test has that name, by which tactics name their evidence.
    #[error("another test is named {0:?}: give this one a name of its own")]
    TestNameTaken(String),
    /// Another channel has that name.
    #[error("another channel is named {0:?}: give this one a name of its own")]
    NameTaken(String),
    /// No period of the plan's cadence starts on that day.
    #[error("no {} starts on {day}", .cadence.key())]
    NoPeriod {
        /// How long the plan's periods are.
        cadence: Cadence,
        /// The day that was asked for.
        day: Date,
    },
    /// A cadence can be made coarser only.
    #[error("a plan by {} cannot be split into finer periods", .0.key())]
    Finer(Cadence),
}

impl Edit {
    /// The plan after the edit.
    ///
    /// # Errors
    /// A [`Refusal`] where the plan would be invalid; the plan given stays as it is in every case.
    pub fn apply(&self, plan: &Plan) -> Result<Plan, Refusal> {
        let mut next = plan.clone();
        match self {
            Self::Cells(changes) => set_cells(&mut next, changes)?,
            Self::InsertChannel { at, channel } => {
                check_channel(plan, None, channel)?;
                next.channels.insert((*at).min(plan.channels.len()), Arc::clone(channel));
            }
            Self::RemoveChannel { at } => {
                channel_at(plan, *at)?;
                let gone = next.channels.remove(*at);
                forget_channel(&mut next, &gone.name);
            }
            Self::ReplaceChannel { at, channel } => {
                let old = channel_at(plan, *at)?;
                check_channel(plan, Some(*at), channel)?;
                if old.name != channel.name {
                    rename_channel(&mut next, &old.name, &channel.name);
                }
                next.channels.set(*at, Arc::clone(channel));
            }
            Self::MoveChannel { from, to } => {
                channel_at(plan, *from)?;
                channel_at(plan, *to)?;
                let moved = next.channels.remove(*from);
                next.channels.insert(*to, moved);
            }
            Self::Test(edit) => lists::edit_tests(&mut next, edit)?,
            Self::Tactic(edit) => lists::edit_tactics(&mut next, edit)?,
            Self::ReplaceBrief(brief) => {
                first_problem(validate_brief(brief))?;
                next.brief = Brief { cadence: plan.brief.cadence, ..(**brief).clone() };
            }
            Self::Coarsen(cadence) => coarsen(&mut next, *cadence)?,
            Self::Import { replaced, added, currency } => import(&mut next, replaced, added, currency)?,
        }
        Ok(next)
    }
}

fn first_problem(problems: Vec<Problem>) -> Result<(), Refusal> {
    problems.into_iter().next().map_or(Ok(()), |problem| Err(problem.into()))
}

fn channel_at(plan: &Plan, at: usize) -> Result<&Arc<Channel>, Refusal> {
    plan.channels.get(at).ok_or(Refusal::NoChannel(at))
}

fn check_channel(plan: &Plan, at: Option<usize>, channel: &Channel) -> Result<(), Refusal> {
    first_problem(validate_channel(channel, plan.brief.cadence))?;
    match plan.channel_index(&channel.name) {
        Some(other) if Some(other) != at => Err(Refusal::NameTaken(channel.name.clone())),
        _ => Ok(()),
    }
}

fn set_cells(plan: &mut Plan, changes: &[CellChange]) -> Result<(), Refusal> {
    let cadence = plan.brief.cadence;
    for change in changes {
        channel_at(plan, change.channel)?;
        if !cadence.starts_on(change.day) {
            return Err(Refusal::NoPeriod { cadence, day: change.day });
        }
        if let CellValue::Number(field, Some(value)) = change.value
            && let Some(problem) = validate_number(field, value)
        {
            return Err(problem.into());
        }
        if let Some(slot) = plan.channels.get_mut(change.channel) {
            set_cell(Arc::make_mut(slot).records_mut(change.layer), change);
        }
    }
    Ok(())
}

fn set_cell(records: &mut Records, change: &CellChange) {
    let old = records.get(change.day);
    let mut record = old.cloned().unwrap_or_default();
    match &change.value {
        CellValue::Number(field, value) => record.set(*field, *value),
        CellValue::Note(note) => record.set_note(note),
    }
    if old.is_some_and(|old| *old == record) {
        return;
    }
    // A record whose last number is blanked is gone: it would go on naming a period in which nothing happened.
    if record.is_empty() {
        records.remove(change.day);
    } else {
        records.insert(change.day, record);
    }
}

fn forget_channel(plan: &mut Plan, name: &str) {
    plan.tests.retain(|test| !matches!(test.as_ref(), Test::Trial(trial) if trial.channel == name));
    for test in &mut plan.tests {
        if test.channel() == Some(name)
            && let Test::Split(split) = Arc::make_mut(test)
        {
            split.channel = None;
        }
    }
    for tactic in &mut plan.tactics {
        if tactic.channel.as_deref() == Some(name) {
            Arc::make_mut(tactic).channel = None;
        }
    }
    for scenario in &mut plan.scenarios {
        if scenario.channel_lifts.contains_key(name) || scenario.spend.contains_key(name) {
            let scenario = Arc::make_mut(scenario);
            scenario.channel_lifts.remove(name);
            scenario.spend.remove(name);
        }
    }
}

fn rename_channel(plan: &mut Plan, old: &str, new: &str) {
    for test in &mut plan.tests {
        if test.channel() == Some(old) {
            match Arc::make_mut(test) {
                Test::Trial(trial) => new.clone_into(&mut trial.channel),
                Test::Split(split) => split.channel = Some(new.to_owned()),
            }
        }
    }
    for tactic in &mut plan.tactics {
        if tactic.channel.as_deref() == Some(old) {
            Arc::make_mut(tactic).channel = Some(new.to_owned());
        }
    }
    for scenario in &mut plan.scenarios {
        if scenario.channel_lifts.contains_key(old) || scenario.spend.contains_key(old) {
            let scenario = Arc::make_mut(scenario);
            rename_key(&mut scenario.channel_lifts, old, new);
            rename_key(&mut scenario.spend, old, new);
        }
    }
}

fn rename_key<V>(map: &mut BTreeMap<String, V>, old: &str, new: &str) {
    if let Some(value) = map.remove(old) {
        map.insert(new.to_owned(), value);
    }
}

fn import(
    plan: &mut Plan,
    replaced: &[(usize, Arc<Channel>)],
    added: &[Arc<Channel>],
    currency: &str,
) -> Result<(), Refusal> {
    let cadence = plan.brief.cadence;
    for (at, channel) in replaced {
        let old = channel_at(plan, *at)?;
        if old.name != channel.name {
            return Err(Refusal::NameTaken(channel.name.clone()));
        }
        first_problem(validate_channel(channel, cadence))?;
        plan.channels.set(*at, Arc::clone(channel));
    }
    let mut names: HashSet<String> = plan.channels.iter().map(|channel| channel.name.clone()).collect();
    for channel in added {
        first_problem(validate_channel(channel, cadence))?;
        if !names.insert(channel.name.clone()) {
            return Err(Refusal::NameTaken(channel.name.clone()));
        }
        plan.channels.push_back(Arc::clone(channel));
    }
    if !currency.is_empty() {
        currency.clone_into(&mut plan.brief.currency);
    }
    Ok(())
}

fn coarsen(plan: &mut Plan, cadence: Cadence) -> Result<(), Refusal> {
    if cadence < plan.brief.cadence {
        return Err(Refusal::Finer(plan.brief.cadence));
    }
    plan.brief.cadence = cadence;
    for slot in &mut plan.channels {
        let channel = Arc::make_mut(slot);
        for layer in [Layer::Actual, Layer::Planned] {
            let summed = coarsened(channel.records(layer), cadence);
            *channel.records_mut(layer) = summed;
        }
    }
    Ok(())
}

/// A week that reaches over a month's end goes to the month in which it starts.
fn coarsened(records: &Records, cadence: Cadence) -> Records {
    let mut summed = Records::default();
    for (day, record) in records.iter() {
        let start = cadence.start_of(day);
        let mut sum = summed.remove(start).unwrap_or_else(Record::default);
        sum.absorb(record);
        summed.insert(start, sum);
    }
    summed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lever, Link, Scenario, Trial};
    use jiff::civil::date;

    fn plan() -> Plan {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.channels.push_back(Arc::new(Channel::new("SEO")));
        plan.channels.push_back(Arc::new(Channel::new("Ads")));
        plan.tests.push_back(Arc::new(Test::Trial(Trial::new("t", "Ads", 100.0))));
        let tactic = Tactic::new("x", Lever::Link(Link::Close));
        plan.tactics.push_back(Arc::new(Tactic { channel: Some("Ads".into()), ..tactic }));
        plan.scenarios.push_back(Arc::new(Scenario {
            name: "s".into(),
            spend: [("Ads".to_owned(), 5.0)].into(),
            ..Scenario::default()
        }));
        plan
    }

    fn cell(channel: usize, day: Date, field: Field, value: Option<f64>) -> Edit {
        Edit::Cells(vec![CellChange { channel, layer: Layer::Actual, day, value: CellValue::Number(field, value) }])
    }

    #[test]
    fn a_cell_makes_its_record_and_blanking_it_takes_the_record_away() {
        let before = plan();
        let day = date(2026, 9, 1);
        let typed = cell(0, day, Field::Uv, Some(3.0)).apply(&before).unwrap();
        assert_eq!(typed.channels[0].actual.get(day).unwrap().get(Field::Uv), Some(3.0));
        assert!(Arc::ptr_eq(&typed.channels[1], &before.channels[1]), "an edit leaves other channels shared");
        let blanked = cell(0, day, Field::Uv, None).apply(&typed).unwrap();
        assert_eq!(blanked, before);
    }

    #[test]
    fn a_bad_number_is_refused_and_says_what_is_expected() {
        let refusal = cell(0, date(2026, 9, 1), Field::Uv, Some(-1.0)).apply(&plan()).unwrap_err();
        assert_eq!(refusal.to_string(), "uv is -1: expected a number, zero or more");
        let refusal = cell(0, date(2026, 9, 2), Field::Uv, Some(1.0)).apply(&plan()).unwrap_err();
        assert_eq!(refusal.to_string(), "no month starts on 2026-09-02");
    }

    #[test]
    fn a_rename_reaches_everything_that_names_the_channel() {
        let before = plan();
        let renamed = Channel { name: "Search ads".into(), ..before.channels[1].as_ref().clone() };
        let after = Edit::ReplaceChannel { at: 1, channel: Arc::new(renamed) }.apply(&before).unwrap();
        assert_eq!(after.tests[0].channel(), Some("Search ads"));
        assert_eq!(after.tactics[0].channel.as_deref(), Some("Search ads"));
        assert_eq!(after.scenarios[0].spend.get("Search ads"), Some(&5.0));
        assert!(super::super::validate(&after).is_empty());
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        let before = plan();
        let twin = Arc::new(Channel::new("SEO"));
        assert_eq!(
            Edit::ReplaceChannel { at: 1, channel: Arc::clone(&twin) }.apply(&before),
            Err(Refusal::NameTaken("SEO".into()))
        );
        assert_eq!(Edit::InsertChannel { at: 0, channel: twin }.apply(&before), Err(Refusal::NameTaken("SEO".into())));
    }

    #[test]
    fn a_removed_channel_leaves_a_valid_plan() {
        let after = Edit::RemoveChannel { at: 1 }.apply(&plan()).unwrap();
        assert!(after.tests.is_empty());
        assert_eq!(after.tactics[0].channel, None);
        assert!(super::super::validate(&after).is_empty());
    }

    #[test]
    fn an_import_is_one_edit_and_undone_as_one() {
        let before = plan();
        let record = Record::default().with(Field::Spend, 5.0);
        let mut seo = before.channels[0].as_ref().clone();
        seo.actual.insert(date(2026, 9, 1), record);
        let edit = Edit::Import {
            replaced: vec![(0, Arc::new(seo))],
            added: vec![Arc::new(Channel::new("Fair"))],
            currency: "EUR".into(),
        };
        let mut history = super::super::History::of_saved(before.clone());
        history.edit(&edit, "import").unwrap();
        assert_eq!(history.plan().channels.len(), 3);
        assert_eq!(history.plan().brief.currency, "EUR");
        history.undo();
        assert_eq!(history.plan(), &before);
        let twin =
            Edit::Import { replaced: vec![], added: vec![Arc::new(Channel::new("Ads"))], currency: String::new() };
        assert_eq!(twin.apply(&before), Err(Refusal::NameTaken("Ads".into())));
    }

    #[test]
    fn days_are_summed_into_months_and_never_split() {
        let mut daily = plan();
        daily.brief.cadence = Cadence::Day;
        let daily = cell(0, date(2026, 9, 3), Field::Uv, Some(3.0)).apply(&daily).unwrap();
        let daily = cell(0, date(2026, 9, 30), Field::Uv, Some(4.0)).apply(&daily).unwrap();
        let monthly = Edit::Coarsen(Cadence::Month).apply(&daily).unwrap();
        assert_eq!(monthly.channels[0].actual.get(date(2026, 9, 1)).unwrap().get(Field::Uv), Some(7.0));
        assert_eq!(monthly.channels[0].actual.len(), 1);
        assert_eq!(Edit::Coarsen(Cadence::Week).apply(&monthly), Err(Refusal::Finer(Cadence::Month)));
    }
}
