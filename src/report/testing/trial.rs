//! What is told of a trial.

use crate::engine::{Judgement, Planning, TrialResult, TrialState, Verdict, days_at};
use crate::plan::{Field, Plan, Trial};

use super::super::format::{self, known, money, multiple, probability};
use super::super::words::counted;
use super::{Said, how_firm};

/// Why a trial's verdict is what it is, what would change it, what is at stake, what it still needs.
pub fn trial(plan: &Plan, trial: &Trial, result: &TrialResult) -> Vec<Said> {
    let mut said: Vec<Said> = decision(trial).into_iter().collect();
    match &result.judgement {
        Err(blank) => said.push(Said::new("Why", format!("{}.", capital(blank.advice())))),
        Ok(judgement) => {
            said.push(why(plan, result, judgement));
            said.push(Said::new("Firm?", how_firm(result.verdict == Verdict::KeepTesting, result.firm)));
            said.push(to_change(result, judgement));
            said.extend(still(trial, judgement));
            said.push(at_stake(result, judgement));
        }
    }
    said.push(counts(trial, result));
    said
}

/// What a trial may cost and what it can tell, in money and in days at its daily spend.
pub fn planning(trial: &Trial, result: &TrialResult) -> Vec<Said> {
    let Some(planning) = &result.planning else {
        let advice = "What a deal brings is not known: give the plan an order value (,), and the trial can be planned.";
        return vec![Said::new("Planning", advice)];
    };
    let mut said = vec![Said::new(
        "Stop-loss",
        format!("{} without a single deal: then it hardly pays.", spent(trial, planning.stop_loss)),
    )];
    let target = result.terms.map_or(1.0, |terms| terms.target);
    let needs = |cost: Option<f64>| cost.map_or_else(|| "no small trial".to_owned(), |cost| spent(trial, cost));
    said.push(Said::new(
        "Enough",
        format!(
            "{} shows with 80% that it pays, if it truly brings {} for 1; {} that it is worth scaling, if {}.",
            needs(planning.enough),
            multiple(target),
            needs(planning.enough_to_scale),
            multiple(1.5 * target),
        ),
    ));
    said.extend(chances(trial, planning));
    said
}

/// The chance of each verdict at the end of the budget, by the true multiple.
fn chances(trial: &Trial, planning: &Planning) -> Vec<Said> {
    let Some(chances) = &planning.chances else { return Vec::new() };
    let mut said =
        vec![Said::new("The budget", format!("of {} will say, if 1 truly brings", spent(trial, trial.budget)))];
    for chance in chances {
        let verdicts = Verdict::ALL.into_iter().filter(|verdict| chance.of(*verdict) >= 0.005);
        let verdicts: Vec<String> =
            verdicts.map(|verdict| format!("{} {}", verdict.key(), probability(chance.of(verdict)))).collect();
        said.push(Said::new("", format!("{}: {}", multiple(chance.multiple), verdicts.join(", "))));
    }
    said
}

/// "3,000 (21 days at 140 a day)".
fn spent(trial: &Trial, cost: f64) -> String {
    match (days_at(cost, trial.daily_spend), trial.daily_spend) {
        (Some(days), Some(daily)) => format!("{} ({} at {} a day)", money(cost), format::days(days), money(daily)),
        _ => money(cost),
    }
}

fn why(plan: &Plan, result: &TrialResult, judgement: &Judgement) -> Said {
    let asked = probability(plan.brief.goals.confidence);
    let hardly = probability(1.0 - plan.brief.goals.confidence);
    let target = multiple(plan.brief.goals.target_multiple);
    let pays = format!("it pays (1 or more) with {}", probability(judgement.p_pays));
    let reaches = format!("it reaches {target} with {}", probability(judgement.p_target));
    let numbers = match result.verdict {
        Verdict::Stop => format!("{pays}, at most {hardly}"),
        Verdict::Scale => format!("{reaches}, at least {asked}"),
        Verdict::Hold => format!("{pays}, at least {asked}, and {reaches}, at most {hardly}"),
        Verdict::KeepTesting => format!("{pays} and {reaches}; {asked} is asked for, {hardly} would end it"),
    };
    Said::new("Why", format!("{}: {numbers}.", capital(result.verdict.rule())))
}

fn to_change(result: &TrialResult, judgement: &Judgement) -> Said {
    let deals = judgement.changes.deals.map(|(deals, then)| {
        format!(
            "{} without further cost ({})",
            counted(usize::try_from(deals).unwrap_or(usize::MAX), "more deal"),
            then.key()
        )
    });
    let cost =
        judgement.changes.cost.map(|(cost, then)| format!("{} more without a deal ({})", money(cost), then.key()));
    let both: Vec<String> = deals.into_iter().chain(cost).collect();
    let text = if both.is_empty() {
        format!("nothing that can happen soon: {} it stays.", result.verdict.key())
    } else {
        format!("{}.", both.join(", or "))
    };
    Said::new("To change", text)
}

/// What is still to be spent until there is a likely verdict, and a firm one.
fn still(trial: &Trial, judgement: &Judgement) -> Option<Said> {
    let to = |cost: Option<f64>, verdict: &str| match cost {
        Some(0.0) => None,
        Some(cost) => Some(format!("{} until a {verdict} verdict", spent(trial, cost))),
        None => Some(format!("no end in sight for a {verdict} one")),
    };
    let both: Vec<String> = [to(judgement.still_to_spend, "likely"), to(judgement.still_to_spend_firm, "firm")]
        .into_iter()
        .flatten()
        .collect();
    (!both.is_empty()).then(|| Said::new("Still", format!("{}, if deals go on as they did.", both.join(", "))))
}

fn at_stake(result: &TrialResult, judgement: &Judgement) -> Said {
    Said::new(
        "At stake",
        format!(
            "of {} to follow: scaling now loses {} on average by the chance that it does not pay, stopping now {} of \
             profit by the chance that it does.",
            money(result.then_spend),
            money(judgement.at_stake.scale),
            money(judgement.at_stake.stop),
        ),
    )
}

/// What was counted, and from where.
fn counts(trial: &Trial, result: &TrialResult) -> Said {
    let source = match (&trial.counts, trial.started) {
        (Some(_), _) => "as typed".to_owned(),
        (None, None) => "not begun: nothing is counted yet".to_owned(),
        (None, Some(day)) => match trial.ended {
            Some(end) => format!("from the channel's records from {day} to {end}"),
            None => format!("from the channel's records since {day}"),
        },
    };
    let Some(counts) = &result.counts else { return Said::new("Counts", format!("{}.", capital(&source))) };
    let field = |field: Field| counts.get(field).map(|count| (field, count));
    let numbers: Vec<String> = [Field::Spend, Field::Hours, Field::Uv, Field::Consults, Field::Deals]
        .into_iter()
        .filter_map(field)
        .map(|(field, count)| format!("{} {}", field.title().to_lowercase(), format::count(count)))
        .collect();
    let fixed = if trial.gross_per_deal.is_some() { ", fixed at the start" } else { "" };
    let gross = known(result.gross_per_deal, money);
    Said::new("Counts", format!("{}, {source}. A deal brings {gross} gross{fixed}.", numbers.join(", ")))
}

fn decision(trial: &Trial) -> Option<Said> {
    let decision = trial.decision?;
    let when = trial.decided.map_or_else(String::new, |day| format!(" on {day}"));
    Some(Said::new("Decided", format!("{}{when}.{}", decision.key(), note(&trial.note))))
}

/// The note, as a sentence that follows; "" where there is none.
pub(super) fn note(note: &str) -> String {
    if note.is_empty() { String::new() } else { format!(" {}", crate::plan::printable(note)) }
}

/// The word of a trial's state; "over budget" where that is the news.
pub fn state(result: &TrialResult) -> &'static str {
    if result.is_overspent() && result.state == TrialState::Running { "over budget" } else { result.state.key() }
}

/// With a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
