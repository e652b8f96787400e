//! What the plan tells its owner unasked.

use std::collections::BTreeMap;
use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use crate::plan::{Field, Link, Plan, Record, Stage, printable};

use super::analysis::ChannelAnalysis;
use super::chain::ratio;
use super::figures::Figures;
use super::tally::{Chosen, Money, STAGES};
use super::trial::{Untested, untested};

/// How bad it is. What is invalid is not loaded, so there is no "error".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Likely a mistake.
    Warning,
    /// Worth a thought.
    Note,
}

impl Severity {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckCode {
    /// Fewer page views than visitors.
    PvBelowUv,
    /// More consultations than page views.
    ConsultsAbovePv,
    /// More deals than consultations.
    DealsAboveConsults,
    /// A cost, and no visitors.
    CostWithoutVisitors,
    /// A period is missing between two others.
    Gap,
    /// Spend beyond the budget of an undecided trial, or much spend with no trial and no deal.
    UntestedSpend,
    /// A stage is blank in all records of a channel while other channels have it.
    NeverMeasured,
    /// Under 1.2 pages a visitor.
    Shallow,
    /// Over 60 % of gross profit comes from one channel.
    OneLegged,
    /// An owner has more hours in a period than one person has.
    Overloaded,
    /// A target is already reached.
    TargetPassed,
    /// A cost and no known gross profit.
    NoResult,
}

impl CheckCode {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PvBelowUv => "pv-below-uv",
            Self::ConsultsAbovePv => "consults-above-pv",
            Self::DealsAboveConsults => "deals-above-consults",
            Self::CostWithoutVisitors => "cost-without-visitors",
            Self::Gap => "gap",
            Self::UntestedSpend => "untested-spend",
            Self::NeverMeasured => "never-measured",
            Self::Shallow => "shallow",
            Self::OneLegged => "one-legged",
            Self::Overloaded => "overloaded",
            Self::TargetPassed => "target-passed",
            Self::NoResult => "no-result",
        }
    }

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::PvBelowUv
            | Self::ConsultsAbovePv
            | Self::DealsAboveConsults
            | Self::CostWithoutVisitors
            | Self::Gap
            | Self::UntestedSpend => Severity::Warning,
            _ => Severity::Note,
        }
    }
}

/// One line of advice: one per code and channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What was found.
    pub code: CheckCode,
    /// In which channel (its place in the plan); `None` for the plan as a whole.
    pub channel: Option<usize>,
    /// The first period in which it was found; `None` where it concerns no single period.
    pub period: Option<Date>,
    /// In how many periods.
    pub periods: usize,
    /// What, where, and why it matters; plain text without control characters.
    pub message: String,
}

/// Fewer pages a visitor than this are few.
const SHALLOW: f64 = 1.2;
/// More of all gross profit than this from one channel is one leg.
const ONE_LEG: f64 = 0.6;

/// Everything that the chosen records give reason to say, warnings first, then in the order of the codes and channels.
pub(super) fn checks<'a, R: Chosen<'a>>(
    plan: &'a Plan,
    channels: &Vector<Arc<ChannelAnalysis>>,
    total: &Figures,
    records_of: impl Fn(usize) -> R,
) -> Vec<Check> {
    let mut found = Vec::new();
    for (at, channel) in channels.iter().enumerate() {
        of_records(plan, at, records_of(at), &mut found);
        of_channel(plan, at, &channel.figures, total, &mut found);
    }
    overloaded(plan, &records_of, &mut found);
    found.sort_by_key(|check| (check.code.severity(), check.code, check.channel));
    found
}

/// Counts the periods in which something is found, and keeps the first.
#[derive(Default)]
struct Found {
    first: Option<Date>,
    periods: usize,
}

impl Found {
    fn note(&mut self, day: Date) {
        self.first = self.first.or(Some(day));
        self.periods += 1;
    }

    fn check(self, code: CheckCode, channel: usize, message: String) -> Option<Check> {
        let period = self.first?;
        Some(Check { code, channel: Some(channel), period: Some(period), periods: self.periods, message })
    }
}

/// True where both are known and the stage below passes the one above.
fn passes(record: &Record, below: Field, above: Field) -> bool {
    record.get(below).zip(record.get(above)).is_some_and(|(below, above)| below > above)
}

fn of_records<'a>(plan: &Plan, at: usize, records: impl Chosen<'a>, found: &mut Vec<Check>) {
    let channel = &plan.channels[at];
    let economics = plan.economics_of(channel);
    let cadence = plan.brief.cadence;
    let label = |stage: Stage| printable(&plan.brief.label(stage).to_lowercase()).into_owned();
    let [mut shallow, mut inquisitive, mut closing, mut unseen, mut gap] = [(); 5].map(|()| Found::default());
    let mut before: Option<Date> = None;
    for (day, record) in records {
        if passes(record, Field::Uv, Field::Pv) {
            shallow.note(day);
        }
        if passes(record, Field::Consults, Field::Pv) {
            inquisitive.note(day);
        }
        if passes(record, Field::Deals, Field::Consults) {
            closing.note(day);
        }
        let cost = Money::of(record, economics).cost;
        if record.get(Field::Uv) == Some(0.0) && cost.is_some_and(|cost| cost > 0.0) {
            unseen.note(day);
        }
        if let Some(missing) = before.and_then(|before| cadence.next(before)).filter(|next| *next < day) {
            gap.first = gap.first.or(Some(missing));
            gap.periods += cadence.periods_between(missing, day);
        }
        before = Some(day);
    }
    let name = printable(&channel.name);
    let above = |lower: Stage, upper: Stage, periods: usize| {
        format!(
            "{name}: more {} than {} in {}; check the counts, or where they are measured",
            label(lower),
            label(upper),
            plan.brief.cadence.count(periods)
        )
    };
    let shallow_message = above(Stage::Visitors, Stage::PageViews, shallow.periods);
    let inquisitive_message = above(Stage::Consultations, Stage::PageViews, inquisitive.periods);
    let closing_message = above(Stage::Deals, Stage::Consultations, closing.periods);
    let unseen_message = format!(
        "{name}: money spent and no {} in {}; is the link or the counter broken?",
        label(Stage::Visitors),
        cadence.count(unseen.periods)
    );
    let gap_message = format!(
        "{name}: {} without a record between others; fill in what is known, so that sums compare",
        cadence.count(gap.periods)
    );
    found.extend(
        [
            shallow.check(CheckCode::PvBelowUv, at, shallow_message),
            inquisitive.check(CheckCode::ConsultsAbovePv, at, inquisitive_message),
            closing.check(CheckCode::DealsAboveConsults, at, closing_message),
            unseen.check(CheckCode::CostWithoutVisitors, at, unseen_message),
            gap.check(CheckCode::Gap, at, gap_message),
        ]
        .into_iter()
        .flatten(),
    );
}

fn of_channel(plan: &Plan, at: usize, figures: &Figures, total: &Figures, found: &mut Vec<Check>) {
    let name = printable(&plan.channels[at].name);
    let mut note = |code, message| found.push(Check { code, channel: Some(at), period: None, periods: 0, message });
    let missing = never_measured(figures, total);
    if !missing.is_empty() {
        let words: Vec<&str> =
            missing.iter().filter_map(|field| field.stage()).map(|stage| plan.brief.label(stage)).collect();
        // Repeats and referrals lead nowhere: without them nothing needs a bridge.
        let bridged = missing.iter().any(|field| !matches!(field, Field::Repeats | Field::Referrals));
        let so = if bridged { "its links are bridged" } else { "they count as none" };
        let message = format!("{name}: {} never measured, as other channels do; {so}", printable(&words.join(", ")));
        note(CheckCode::NeverMeasured, message);
    }
    if let Some(depth) = figures.link(Link::Depth).rate.filter(|depth| *depth < SHALLOW) {
        note(CheckCode::Shallow, format!("{name}: {depth:.2} pages a visitor; give reasons to read on"));
    }
    let share = ratio(figures.gross_profit, total.gross_profit.filter(|gross| *gross > 0.0));
    if let Some(share) = share.filter(|share| *share > ONE_LEG) {
        let percent = share * 100.0;
        note(CheckCode::OneLegged, format!("{name}: {percent:.0}% of all gross profit; what if it fails?"));
    }
    if figures.without_result > 0 {
        note(CheckCode::NoResult, format!("{name}: a cost and no known gross profit; count its deals"));
    }
    untested_spend(plan, at, figures, total, found);
    targets_passed(plan, at, figures, found);
}

/// Money that goes on without an answer.
fn untested_spend(plan: &Plan, at: usize, figures: &Figures, total: &Figures, found: &mut Vec<Check>) {
    let name = printable(&plan.channels[at].name);
    let message = match untested(plan, at, figures, total) {
        None => return,
        Some(Untested::BeyondBudget { spend, budget }) => {
            format!("{name}: {spend:.0} spent of a trial's budget of {budget:.0}, and nothing decided; see its verdict")
        }
        Some(Untested::WithoutTrial { spend, gross_per_deal }) => format!(
            "{name}: {spend:.0} spent without a deal, and one brings {gross_per_deal:.0}; stop, or test it with a budget"
        ),
    };
    found.push(Check { code: CheckCode::UntestedSpend, channel: Some(at), period: None, periods: 0, message });
}

/// The stages that a channel with records never measured while others do.
fn never_measured(figures: &Figures, total: &Figures) -> Vec<Field> {
    STAGES
        .into_iter()
        .filter(|&field| figures.records > 0 && figures.get(field).is_none() && total.get(field).is_some())
        .collect()
}

/// The targets that hold for an active channel, against its rates as counted.
fn targets_passed(plan: &Plan, at: usize, figures: &Figures, found: &mut Vec<Check>) {
    let channel = &plan.channels[at];
    let reached: Vec<&str> = Link::ALL
        .into_iter()
        .filter(|&link| {
            let rate = match link {
                // The target of Invest is a cost: the lower, the better.
                Link::Invest => figures.cost_per_method().filter(|cost| *cost > 0.0).map(|cost| -cost),
                Link::Reach => figures.visitors_per_cost(),
                _ => figures.link(link).rate,
            };
            let target =
                plan.target_of(channel, link).map(|target| if link == Link::Invest { -target } else { target });
            rate.zip(target).is_some_and(|(rate, target)| rate >= target)
        })
        .map(Link::title)
        .collect();
    if channel.active && !reached.is_empty() {
        let message =
            format!("{}: the target of {} is reached; set the next one", printable(&channel.name), reached.join(", "));
        found.push(Check { code: CheckCode::TargetPassed, channel: Some(at), period: None, periods: 0, message });
    }
}

/// Owners with more hours in a period than one person has, over all their channels.
fn overloaded<'a, R: Chosen<'a>>(plan: &'a Plan, records_of: &impl Fn(usize) -> R, found: &mut Vec<Check>) {
    let Some(most) = plan.brief.hours_per_person else { return };
    let mut hours: BTreeMap<(&str, Date), f64> = BTreeMap::new();
    for (at, channel) in plan.channels.iter().enumerate().filter(|(_, channel)| !channel.owner.is_empty()) {
        for (day, record) in records_of(at) {
            if let Some(more) = record.get(Field::Hours) {
                *hours.entry((&channel.owner, day)).or_default() += more;
            }
        }
    }
    let mut owners: BTreeMap<&str, (Found, f64)> = BTreeMap::new();
    for ((owner, day), hours) in hours.into_iter().filter(|(_, hours)| *hours > most) {
        let entry = owners.entry(owner).or_default();
        entry.0.note(day);
        entry.1 = entry.1.max(hours);
    }
    for (owner, (when, worst)) in owners {
        let owner = printable(owner);
        let periods = plan.brief.cadence.count(when.periods);
        let message =
            format!("{owner}: up to {worst:.0} hours in {periods}, and one person has {most:.0}; who can help?");
        let code = CheckCode::Overloaded;
        found.push(Check { code, channel: None, period: when.first, periods: when.periods, message });
    }
}
