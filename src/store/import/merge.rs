//! From what was recognised to a plan: channels found under any spelling, days summed into periods, numbers replaced,
//! kept or added.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::plan::{Brief, Cadence, Channel, Edit, Field, Plan, Record, Records};

use super::date::Days;
use super::error::ImportError;
use super::number::{Fixed, as_number, of_number};
use super::options::{ImportOptions, Merge};
use super::recognised::Recognised;
use super::spelling::Names;
use super::tally::day_of;
use super::words::Warning;

/// A channel's period that a file must not change, since it covers only a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The channel.
    pub channel: String,
    /// The first day of the period.
    pub period: Date,
}

/// A name in the file, and the channel that it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As it stands in the file.
    pub found: String,
    /// The channel.
    pub channel: String,
}

/// What an import does to a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Channels that the plan did not have.
    pub new_channels: Vec<String>,
    /// Channels that it had, and that change.
    pub changed_channels: Vec<String>,
    /// The file's names with the channels that they go to, in the file's order.
    pub channels: Vec<Named>,
    /// The first days of the first and the last period of the file's rows.
    pub periods: Option<(Date, Date)>,
    /// Numbers that are new or other than before.
    pub numbers_set: u64,
    /// Numbers that were the same already, or were kept.
    pub numbers_kept: u64,
    /// Periods of channels that were left as they are.
    pub partial: Vec<Partial>,
    /// Everything else that the user should know.
    pub warnings: Vec<Warning>,
}

impl Summary {
    /// The names that go to a channel of another name.
    pub fn renamed(&self) -> impl Iterator<Item = &Named> {
        self.channels.iter().filter(|name| name.found != name.channel)
    }
}

/// An import, ready to be done.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The edit; undone as one.
    pub edit: Edit,
    /// The plan as it would be.
    pub plan: Plan,
    /// What it does.
    pub summary: Summary,
}

/// An empty plan for files: their currency, and the coarsest cadence that fits any of them unless one is given.
pub fn plan_for(name: &str, files: &[&Recognised], cadence: Option<Cadence>) -> Plan {
    let fitting = files.iter().map(|file| file.cadence).max().unwrap_or(Cadence::Month);
    let mut brief = Brief::new(name, cadence.unwrap_or(fitting));
    brief.currency =
        files.iter().map(|file| file.currency.clone()).find(|currency| !currency.is_empty()).unwrap_or_default();
    Plan::new(brief)
}

/// Brings a file into a plan.
///
/// # Errors
/// [`ImportError::Cadence`] where the plan's periods have another length than was asked for, or are shorter than those
/// of the file; [`ImportError::Plan`] where the plan would not be valid.
pub fn merge(plan: &Plan, file: &Recognised, options: &ImportOptions) -> Result<Merged, ImportError> {
    let cadence = plan.brief.cadence;
    if let Some(asked) = options.cadence.filter(|asked| *asked != cadence) {
        return Err(ImportError::Cadence { plan: cadence, asked });
    }
    if file.tally.grain > cadence {
        return Err(ImportError::Cadence { plan: cadence, asked: file.tally.grain });
    }
    let mut work = Work { plan, file, options, summary: Summary::default(), names: Names::new(plan, file, options) };
    let channels = work.channels();
    let (mut replaced, mut added) = (Vec::new(), Vec::new());
    for (name, periods) in channels {
        match plan.channel_index(&name) {
            Some(at) => replaced.extend(work.changed(at, periods).map(|channel| (at, channel))),
            None => added.push(work.new_channel(&name, periods)),
        }
    }
    work.warn();
    let currency = if plan.brief.currency.is_empty() { file.currency.clone() } else { String::new() };
    let edit = Edit::Import { replaced, added, currency };
    let after = edit.apply(plan)?;
    let mut summary = work.summary;
    summary.channels = work.names.into_named();
    Ok(Merged { edit, plan: after, summary })
}

struct Work<'a> {
    plan: &'a Plan,
    file: &'a Recognised,
    options: &'a ImportOptions,
    summary: Summary,
    names: Names<'a>,
}

/// Sums by the first day of their periods.
type Periods = BTreeMap<Date, Vec<Fixed>>;

impl Work<'_> {
    /// The file's sums by channel of the plan and by period, channels in the file's order.
    fn channels(&mut self) -> Vec<(String, Periods)> {
        let cadence = self.plan.brief.cadence;
        let tally = &self.file.tally;
        let mut order: Vec<String> = Vec::new();
        let mut by_name: BTreeMap<String, Periods> = BTreeMap::new();
        let mut resolved: BTreeMap<u32, String> = BTreeMap::new();
        for (channel, day, sums, _) in tally.cells() {
            let name = resolved.entry(channel).or_insert_with(|| self.names.resolve(tally.name(channel))).clone();
            let start = cadence.start_of(day_of(day).unwrap_or(self.file.today));
            let periods = by_name.entry(name.clone()).or_insert_with(|| {
                order.push(name);
                Periods::new()
            });
            let sum = periods.entry(start).or_insert_with(|| vec![Fixed::MIN; sums.len()]);
            for (sum, more) in sum.iter_mut().zip(sums).filter(|(_, more)| **more != Fixed::MIN) {
                *sum = if *sum == Fixed::MIN { *more } else { sum.saturating_add(*more) };
            }
            let (first, last) = self.summary.periods.unwrap_or((start, start));
            self.summary.periods = Some((first.min(start), last.max(start)));
        }
        order.into_iter().map(|name| (name.clone(), by_name.remove(&name).unwrap_or_default())).collect()
    }

    fn new_channel(&mut self, name: &str, periods: Periods) -> Arc<Channel> {
        let mut channel = Channel::new(name);
        channel.kind.clone_from(&self.file.form.platform);
        if self.file.tally.fields.contains(&Field::Actions) {
            "impressions".clone_into(&mut channel.unit);
        }
        let records = periods.into_iter().map(|(day, sums)| (day, self.file.tally.record(&sums)));
        channel.actual = records.filter(|(_, record)| !record.is_empty()).collect::<Records>();
        let numbers = |record: &Record| Field::ALL.iter().filter(|field| record.get(**field).is_some()).count() as u64;
        self.summary.numbers_set += channel.actual.iter().map(|(_, record)| numbers(record)).sum::<u64>();
        self.summary.new_channels.push(name.to_owned());
        Arc::new(channel)
    }

    /// The channel with the file's numbers; `None` where nothing changes.
    fn changed(&mut self, at: usize, periods: Periods) -> Option<Arc<Channel>> {
        let old = self.plan.channels.get(at)?;
        let mut records: BTreeMap<Date, Record> =
            old.actual.iter().map(|(day, record)| (day, record.clone())).collect();
        for (day, sums) in periods {
            let brought = self.file.tally.record(&sums);
            let stored = records.get(&day).cloned().unwrap_or_default();
            if self.is_partial(day) && self.replaces(&stored, &brought) {
                self.summary.partial.push(Partial { channel: old.name.clone(), period: day });
                continue;
            }
            let mut record = stored;
            self.blend(&mut record, &brought);
            if !record.is_empty() {
                records.insert(day, record);
            }
        }
        let actual: Records = records.into_iter().collect();
        if actual == old.actual {
            return None;
        }
        self.summary.changed_channels.push(old.name.clone());
        Some(Arc::new(Channel { actual, ..old.as_ref().clone() }))
    }

    /// True if a number that is stored would be another one.
    fn replaces(&self, stored: &Record, brought: &Record) -> bool {
        let other = |field: &Field| match (stored.get(*field), brought.get(*field)) {
            (Some(stored), Some(brought)) => stored != brought,
            _ => false,
        };
        self.options.merge == Merge::Replace && Field::ALL.iter().any(other)
    }

    /// True if the file covers only a part of the period. A day that the user gave stands for all of it.
    fn is_partial(&self, start: Date) -> bool {
        let Some(range) = self.file.range.filter(|_| !matches!(self.options.date, Some(super::DateFrom::Day(_))))
        else {
            return false;
        };
        let next = self.plan.brief.cadence.next(start);
        let last = next.and_then(|next| next.checked_sub(1.day()).ok()).unwrap_or(start);
        !range.cover(Days { first: start, last })
    }

    fn blend(&mut self, record: &mut Record, brought: &Record) {
        for field in Field::ALL {
            let Some(value) = brought.get(field) else { continue };
            let stored = record.get(field);
            let new = match (self.options.merge, stored) {
                (Merge::Keep, Some(stored)) => stored,
                (Merge::Add, Some(stored)) => added(stored, value),
                _ => value,
            };
            if stored == Some(new) {
                self.summary.numbers_kept += 1;
            } else {
                self.summary.numbers_set += 1;
                record.set(field, Some(new));
            }
        }
    }

    fn warn(&mut self) {
        let (ours, theirs) = (&self.plan.brief.currency, &self.file.currency);
        if !ours.is_empty() && !theirs.is_empty() && ours != theirs {
            self.summary
                .warnings
                .push(format!("the file is in {theirs}, the plan in {ours}: amounts are taken as they stand").into());
        }
        if !self.summary.partial.is_empty() {
            let count = self.summary.partial.len();
            let periods = if count == 1 { "1 period was".to_owned() } else { format!("{count} periods were") };
            self.summary.warnings.push(Warning {
                text: format!("{periods} left as stored, since the file covers only a part"),
                flag: "--merge add adds it, --date =DAY takes it for the whole",
            });
        }
        let cadence = self.plan.brief.cadence;
        let crossing = self.file.spans.iter().find(|days| cadence.start_of(days.first) != cadence.start_of(days.last));
        if let Some(days) = crossing {
            let start = cadence.label(cadence.start_of(days.first));
            self.summary
                .warnings
                .push(format!("the rows of {} to {} go to {start} as a whole", days.first, days.last).into());
        }
    }
}

/// The sum of two numbers to the last digit, so that cents stay cents.
fn added(one: f64, other: f64) -> f64 {
    match (of_number(one), of_number(other)) {
        (Some(one), Some(other)) => as_number(one.saturating_add(other)),
        _ => one + other,
    }
}
