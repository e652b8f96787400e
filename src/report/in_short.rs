//! What a reader wants to know before any table: what was spent, what came back, what to do next. For people who do
//! not know the words of the model: every word beyond everyday ones is explained where it stands.

use crate::engine::{Analysis, GainUnit};
use crate::plan::{Field, Layer, Plan, Stage, printable};

use super::words::{self, counted};
use super::{format, plain_words};

/// Three answers, each with its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InShort {
    /// What went in.
    pub(super) spent: Answer,
    /// What came out.
    pub(super) came_back: Answer,
    /// What to improve.
    pub(super) next: Answer,
}

/// A question with its answer in some sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// "What we spent".
    pub(super) question: &'static str,
    /// One sentence or some.
    pub(super) answer: String,
}

impl InShort {
    /// The three answers for the chosen records.
    pub(super) fn of(plan: &Plan, analysis: &Analysis) -> Self {
        let planned = analysis.scope.layer == Layer::Planned;
        let (spent, came_back) = if planned {
            ("What we plan to spend", "What it should bring")
        } else {
            ("What we spent", "What came back")
        };
        Self {
            spent: Answer { question: spent, answer: self::spent(plan, analysis) },
            came_back: Answer { question: came_back, answer: self::came_back(plan, analysis) },
            next: Answer { question: "What to do next", answer: next(plan, analysis) },
        }
    }
}

/// An amount with the plan's currency: "41,850 CNY".
fn amount(plan: &Plan, money: f64) -> String {
    let written = format::money(money);
    match plan.brief.currency.as_str() {
        "" => written,
        currency => format!("{written} {}", printable(currency)),
    }
}

fn spent(plan: &Plan, analysis: &Analysis) -> String {
    let total = &analysis.total;
    let Some(cost) = total.cost else {
        return "No cost is recorded, so nothing can be said of what a result costs.".to_owned();
    };
    let methods = counted(total.methods as usize, "channel");
    let first = format!("{} went into {methods}", amount(plan, cost));
    match (total.get(Field::Spend), total.get(Field::Hours)) {
        (Some(spend), Some(hours)) if hours > 0.0 => {
            format!("{first}: {} paid, and {} hours of staff time.", amount(plan, spend), format::count(hours))
        }
        (None, Some(hours)) => format!("{first}, all of it {} hours of staff time.", format::count(hours)),
        _ => format!("{first}."),
    }
}

fn came_back(plan: &Plan, analysis: &Analysis) -> String {
    let total = &analysis.total;
    let brief = &plan.brief;
    let stages = [
        (Field::Uv, Stage::Visitors),
        (Field::Consults, Stage::Consultations),
        (Field::Deals, Stage::Deals),
        (Field::Repeats, Stage::Repeats),
        (Field::Referrals, Stage::Referrals),
    ];
    let known = stages.into_iter().filter_map(|(field, stage)| {
        Some(format!("{} {}", format::count(total.get(field)?), printable(brief.label(stage)).to_lowercase()))
    });
    let counts: Vec<String> = known.collect();
    let counts =
        if counts.is_empty() { "No visitor and no order was counted.".to_owned() } else { list(&counts) + "." };
    format!("{counts} {}", worth(plan, analysis))
}

fn worth(plan: &Plan, analysis: &Analysis) -> String {
    let total = &analysis.total;
    let Some(gross) = total.gross_profit else {
        return "What that is worth in money is not known: the plan says no value of an order.".to_owned();
    };
    let gross =
        format!("Gross profit, what is left of the revenue once what was sold is paid for: {}", amount(plan, gross));
    let (Some(multiple), Some(profit)) = (total.multiple(), total.profit()) else { return gross + "." };
    let result = if profit < 0.0 { "a loss" } else { "a profit" };
    format!(
        "{gross}. For each 1 put in, {} came out: {result} of {}.",
        format::multiple(multiple),
        amount(plan, profit.abs())
    )
}

fn next(plan: &Plan, analysis: &Analysis) -> String {
    let improve = &analysis.improve;
    let best = improve.levers.first().and_then(|lever| Some((lever, lever.gain_headroom.filter(|gain| *gain > 0.0)?)));
    let Some((lever, gain)) = best else { return words::advice(plan, analysis) };
    let worth = words::gain_per_period(improve, plan.brief.cadence, gain);
    let unit = if improve.unit == GainUnit::Money { " of profit" } else { "" };
    let sure = lever
        .sure
        .map_or_else(String::new, |sure| format!(" It is {} sure that there is such room.", format::probability(sure)));
    let begin =
        words::begin_with(plan, improve, lever.lever).map_or_else(String::new, |step| format!(" Begin with {step}."));
    format!(
        "Improve {}, that is {}. Bringing it in every channel to its reference (the target that was set, or what a \
         good channel of yours reaches) would bring {worth}{unit}.{sure}{begin}",
        lever.lever.title(),
        plain_words::lever(lever.lever),
    )
}

/// "a, b and c".
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
