//! One trial of a plan: its counts, what they say, and what comes next.

use jiff::civil::Date;

use crate::plan::{Channel, Economics, Field, Link, Plan, Record, Test, Trial};

use super::super::chain::finite;
use super::super::figures::Figures;
use super::super::tally::Money;
use super::{AtStake, Changes, Planning, Terms, Verdict};

/// Where no spend after a decision to scale is given, this many times the budget is taken.
const THEN_SPEND: f64 = 3.0;

/// How far a trial is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrialState {
    /// Not begun.
    Planned,
    /// Begun, not ended.
    Running,
    /// Ended, not decided.
    Ended,
    /// Decided.
    Decided,
}

impl TrialState {
    /// The word on screen and in reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Decided => "decided",
        }
    }

    fn of(trial: &Trial) -> Self {
        match (trial.decision, trial.ended, trial.started) {
            (Some(_), _, _) => Self::Decided,
            (None, Some(_), _) => Self::Ended,
            (None, None, Some(_)) => Self::Running,
            (None, None, None) => Self::Planned,
        }
    }
}

/// Why a trial has no figures yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialBlank {
    /// Nothing was spent, or it is not known.
    NoCost,
    /// Deals were not counted.
    NoDealsCounted,
    /// What a deal brings is not known, or nothing.
    NoGrossPerDeal,
}

impl TrialBlank {
    /// What to do about it, in words.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NoCost => "no cost yet: it cannot be judged before something was spent",
            Self::NoDealsCounted => "deals were not counted: write 0 where there was none",
            Self::NoGrossPerDeal => "what a deal brings is not known: give the plan an order value and a margin",
        }
    }
}

/// What the counts of a trial say.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Posterior mean of the multiple.
    pub mean: f64,
    /// 10 % quantile of the multiple.
    pub low: f64,
    /// 90 % quantile of the multiple.
    pub high: f64,
    /// P(M ≥ 1), 0..=1.
    pub p_pays: f64,
    /// P(M ≥ T), 0..=1.
    pub p_target: f64,
    /// ln `E_above(1)`, ln `E_above(T)`, ln `E_below(1)`, ln `E_below(T)`: firm from −ln(1 − q) on.
    pub ln_evidence: [f64; 4],
    /// Further cost until a likely verdict if deals go on as they did, currency; 0 where there is one; `None` beyond
    /// 100 times the cost so far.
    pub still_to_spend: Option<f64>,
    /// Further cost until a firm verdict, likewise.
    pub still_to_spend_firm: Option<f64>,
    /// What would change the likely verdict.
    pub changes: Changes,
    /// What a decision taken now may lose.
    pub at_stake: AtStake,
}

impl Judgement {
    /// Of a cost above 0 that brought `deals`, if `then_spend` follows a decision to scale.
    pub fn of(terms: &Terms, cost: f64, deals: f64, then_spend: f64) -> Self {
        Self {
            mean: terms.mean(cost, deals),
            low: terms.quantile(cost, deals, 0.1),
            high: terms.quantile(cost, deals, 0.9),
            p_pays: terms.reaches(cost, deals, 1.0),
            p_target: terms.reaches(cost, deals, terms.target),
            ln_evidence: [
                terms.ln_evidence_above(cost, deals, 1.0),
                terms.ln_evidence_above(cost, deals, terms.target),
                terms.ln_evidence_below(cost, deals, 1.0),
                terms.ln_evidence_below(cost, deals, terms.target),
            ],
            still_to_spend: terms.still_to_spend(cost, deals),
            still_to_spend_firm: terms.still_to_spend_firm(cost, deals),
            changes: terms.changes(cost, deals),
            at_stake: terms.at_stake(cost, deals, then_spend),
        }
    }
}

/// A trial of a plan with everything that follows from it. Money in currency.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialResult {
    /// The trial's name.
    pub name: String,
    /// Its channel's place in the plan; `None` where the plan has no such channel.
    pub channel: Option<usize>,
    /// How far it is.
    pub state: TrialState,
    /// What was counted: as typed, or the sum of the channel's records within the trial. `None` before there is any.
    pub counts: Option<Record>,
    /// C: spend and hours so far.
    pub cost: Option<f64>,
    /// D: deals so far.
    pub deals: Option<f64>,
    /// Spend so far, to be held against the budget.
    pub spend: Option<f64>,
    /// The budget.
    pub budget: f64,
    /// g₁: as fixed at the start, else what it would be today.
    pub gross_per_deal: Option<f64>,
    /// What it is judged by; `None` where g₁ is blank or 0.
    pub terms: Option<Terms>,
    /// The likely verdict.
    pub verdict: Verdict,
    /// True where the verdict stays valid however often one looks.
    pub firm: bool,
    /// What the counts say, or why they say nothing.
    pub judgement: Result<Judgement, TrialBlank>,
    /// What it may cost and what it can tell; `None` where g₁ is blank or 0.
    pub planning: Option<Planning>,
    /// The spend that a decision to scale would lead to.
    pub then_spend: f64,
}

impl TrialResult {
    /// What follows from one trial of `plan`. `total` gives the plan's pooled rates where g₁ is not fixed.
    pub fn of(plan: &Plan, trial: &Trial, total: &Figures) -> Self {
        let place = plan.channel_index(&trial.channel);
        let channel = place.map(|at| plan.channels[at].as_ref());
        let economics = channel.map_or(plan.brief.economics, |channel| plan.economics_of(channel));
        let counts = counts(trial, channel);
        let get = |field| counts.as_ref().and_then(|counts| counts.get(field)).and_then(finite);
        let (cost, deals) = (counts.as_ref().and_then(|counts| Money::of(counts, economics).cost), get(Field::Deals));
        let gross_per_deal = trial.gross_per_deal.or_else(|| gross_per_deal(economics, total));
        let terms = gross_per_deal.and_then(|gross| Terms::new(gross, &plan.brief.goals));
        let then_spend = trial.then_spend.unwrap_or(THEN_SPEND * trial.budget);
        let known = judged(terms, cost.and_then(finite), deals);
        let verdict = known.map_or(Verdict::KeepTesting, |(terms, cost, deals)| terms.likely(cost, deals));
        Self {
            name: trial.name.clone(),
            channel: place,
            state: TrialState::of(trial),
            cost,
            deals,
            spend: get(Field::Spend),
            budget: trial.budget,
            gross_per_deal,
            terms,
            verdict,
            firm: known.is_ok_and(|(terms, cost, deals)| terms.is_firm(cost, deals, verdict)),
            judgement: known.map(|(terms, cost, deals)| Judgement::of(&terms, cost, deals, then_spend)),
            planning: terms.map(|terms| Planning::of(&terms, trial.budget)),
            then_spend,
            counts,
        }
    }

    /// True where more was spent than the budget and nothing is decided.
    pub fn is_overspent(&self) -> bool {
        self.state != TrialState::Decided && self.spend.is_some_and(|spend| spend > self.budget)
    }
}

/// Money that went into a channel without an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) enum Untested {
    /// So much was spent beyond the budget of its undecided trial.
    BeyondBudget { spend: f64, budget: f64 },
    /// So much was spent without a trial and without a deal.
    WithoutTrial { spend: f64, gross_per_deal: f64 },
}

/// More spend than this many times what a deal brings, without a deal, should have been a trial.
const UNTESTED: f64 = 10.0;

/// What the channel in that place gives reason to warn of; `figures` are its, `total` the plan's.
pub(in crate::engine) fn untested(plan: &Plan, at: usize, figures: &Figures, total: &Figures) -> Option<Untested> {
    let channel = plan.channels.get(at)?;
    let mut trials = plan
        .tests
        .iter()
        .filter_map(|test| match test.as_ref() {
            Test::Trial(trial) if trial.channel == channel.name => Some(trial),
            _ => None,
        })
        .peekable();
    if trials.peek().is_some() {
        return trials.filter(|trial| trial.decision.is_none()).find_map(|trial| {
            let spend = counts(trial, Some(channel))?.get(Field::Spend)?;
            (spend > trial.budget).then_some(Untested::BeyondBudget { spend, budget: trial.budget })
        });
    }
    let spend = figures.get(Field::Spend)?;
    let gross_per_deal = gross_per_deal(plan.economics_of(channel), total).filter(|gross| *gross > 0.0)?;
    let fruitless = figures.get(Field::Deals) == Some(0.0) && figures.gross_profit.is_none_or(|gross| gross <= 0.0);
    (fruitless && spend > UNTESTED * gross_per_deal).then_some(Untested::WithoutTrial { spend, gross_per_deal })
}

fn judged(terms: Option<Terms>, cost: Option<f64>, deals: Option<f64>) -> Result<(Terms, f64, f64), TrialBlank> {
    let cost = cost.filter(|cost| *cost > 0.0).ok_or(TrialBlank::NoCost)?;
    let terms = terms.ok_or(TrialBlank::NoGrossPerDeal)?;
    // Smaller than any coin: what is divided by it runs over.
    if terms.gross_per_deal / cost == f64::INFINITY || cost / terms.gross_per_deal == 0.0 {
        return Err(TrialBlank::NoCost);
    }
    Ok((terms, cost, deals.ok_or(TrialBlank::NoDealsCounted)?))
}

/// As typed; else the sum of the channel's actual records that start within the trial.
fn counts(trial: &Trial, channel: Option<&Channel>) -> Option<Record> {
    if trial.counts.is_some() {
        return trial.counts.clone();
    }
    let mut within = channel?.actual.between(trial.started?, trial.ended.unwrap_or(Date::MAX));
    let mut sum = within.next()?.1.clone();
    for (_, record) in within {
        sum.absorb(record);
    }
    Some(sum)
}

/// g₁ = margin × order value × (1 + Repurchase + Refer) by the plan's pooled rates, 0 where they are blank; `None`
/// without an order value. To be fixed when the trial starts.
pub fn gross_per_deal(economics: Economics, total: &Figures) -> Option<f64> {
    let rate = |link| total.link(link).rate.unwrap_or(0.0);
    let orders = 1.0 + rate(Link::Repurchase) + rate(Link::Refer);
    finite(economics.margin.unwrap_or(1.0) * economics.order_value? * orders)
}
