//! What is told of a split test.

use crate::engine::{Analysis, Comparison, Per, SplitResult, SplitVerdict, sample_size, seen_a_day, worth_of_rate};
use crate::plan::{Link, Plan, Split, Tested};

use super::super::format::{self, known, probability, signed};
use super::super::words;
use super::trial::{capital, note};
use super::{Said, how_firm};

/// What is asked of a split test that no file keeps: how small a lift is worth finding, how many are still to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitInputs {
    /// The relative lift that the test should find, e.g. 0.1.
    pub lift: f64,
    /// How many are still to come to both variants; `None`: as many as in a year at the present pace.
    pub audience: Option<f64>,
    /// How many come a day; `None`: as the records say.
    pub a_day: Option<f64>,
    /// σ / rate: how much two such variants differ, relative to the rate; `None`: as the plan's past tests say.
    pub deviation: Option<f64>,
}

impl Default for SplitInputs {
    fn default() -> Self {
        Self { lift: 0.1, audience: None, a_day: None, deviation: None }
    }
}

/// Why a split test's verdict is what it is, what is at stake, and how many must see it.
pub fn split(plan: &Plan, analysis: &Analysis, split: &Split, result: &SplitResult, inputs: SplitInputs) -> Vec<Said> {
    let mut said: Vec<Said> = decision(split).into_iter().collect();
    match &result.comparison {
        Err(blank) => said.push(Said::new("Why", format!("{}.", capital(blank.advice())))),
        Ok(found) => {
            said.extend(ratio(split, result));
            said.push(why(plan, split.link, result.verdict, found));
            said.push(Said::new("Firm?", how_firm(result.verdict == SplitVerdict::KeepTesting, result.firm)));
            said.push(rates(split));
            said.push(lift(found));
            said.push(losses(plan, analysis, result, found));
        }
    }
    said.extend(sizes(plan, split, result, inputs));
    said
}

/// The alarm where the two arms were not seen as often as was set.
fn ratio(split: &Split, result: &SplitResult) -> Option<Said> {
    let p = result.sample_ratio_p.filter(|_| result.ratio_is_off())?;
    Some(Said::new(
        "Warning",
        format!(
            "the variant was to be seen by {} of all, and {} of {} saw it (p {}): something is wrong with how people were \
             told apart. Trust nothing below before it is mended.",
            format::percent(split.share),
            format::count(split.variant.seen),
            format::count(split.variant.seen + split.control.seen),
            format::p_value(p),
        ),
    ))
}

fn why(plan: &Plan, link: Link, verdict: SplitVerdict, found: &Comparison) -> Said {
    let asked = plan.brief.goals.confidence;
    let (better, loss) = (probability(found.p_better), difference(link, found.loss_variant));
    let text = match verdict {
        SplitVerdict::Adopt => {
            format!("B is better with {better}, at least {}, and choosing it wrongly costs {loss}.", probability(asked))
        }
        SplitVerdict::Drop => format!("B is better with {better} only, at most {}.", probability(1.0 - asked)),
        SplitVerdict::KeepTesting => format!(
            "B is better with {better}: from {} on, at an expected loss under {}, it is adopted; down to {}, dropped.",
            probability(asked),
            difference(link, 0.01 * found.control),
            probability(1.0 - asked),
        ),
    };
    Said::new("Why", text)
}

fn rates(split: &Split) -> Said {
    let arm = |name: &str, Tested { seen, acted }: Tested| {
        let rate = known(Some(acted / seen), |rate| rate_text(split.link, rate));
        format!("{name} {rate} ({} of {})", format::count(acted), format::count(seen))
    };
    Said::new("Rates", format!("{}, {}.", arm("A", split.control), arm("B", split.variant)))
}

fn lift(found: &Comparison) -> Said {
    let percent = |value| signed(value, format::percent);
    Said::new(
        "Lift",
        format!(
            "{} (95% interval {} to {}), p {}.",
            known(found.lift, percent),
            percent(found.lift_low),
            percent(found.lift_high),
            known(found.p_value, format::p_value),
        ),
    )
}

/// The expected losses, as rates and as money per period.
fn losses(plan: &Plan, analysis: &Analysis, result: &SplitResult, found: &Comparison) -> Said {
    let worth = |rate: f64| {
        let gain = worth_of_rate(analysis, result.channel, result.link, rate);
        let per = words::per_period(plan.brief.cadence);
        gain.map_or_else(String::new, |gain| {
            let gain = words::gain(analysis.improve.unit, gain).replace('+', "");
            format!(", {gain} {per}")
        })
    };
    let loss = |rate: f64| format!("{}{}", difference(result.link, rate), worth(rate));
    Said::new(
        "At stake",
        format!(
            "choosing B wrongly loses {} on average, staying with A {}.",
            loss(found.loss_variant),
            loss(found.loss_control)
        ),
    )
}

/// How many must see the test: for a lift worth finding, and where the audience to come is limited.
fn sizes(plan: &Plan, split: &Split, result: &SplitResult, inputs: SplitInputs) -> Vec<Said> {
    let base = Some(split.control.acted / split.control.seen).filter(|rate| rate.is_finite() && *rate > 0.0);
    let Some(rate) = base else { return Vec::new() };
    let measured = seen_a_day(plan, result.channel, split.link);
    let a_day = inputs.a_day.or(measured).filter(|count| *count > 0.0);
    let seen = split.control.seen + split.variant.seen;
    let time = |size: f64| match a_day {
        Some(a_day) if seen < 2.0 * size => {
            format!(", {} more at {} a day", format::days((2.0 * size - seen) / a_day), format::count(a_day))
        }
        Some(_) => ", which have seen it already".to_owned(),
        None => String::new(),
    };
    let size = sample_size(rate, rate * (1.0 + inputs.lift), split.link.is_proportion());
    let mut said = vec![Said::new(
        "To find",
        size.map_or_else(
            || format!("a lift of {}: no number is enough.", format::percent(inputs.lift)),
            |size| {
                format!(
                    "a lift of {} (5%, power 80%): {} of each{}.",
                    format::percent(inputs.lift),
                    format::count(size),
                    time(size)
                )
            },
        ),
    )];
    said.extend(roll(result, inputs, rate, a_day));
    said
}

/// Test & Roll: the size that pays where the audience to come is limited.
fn roll(result: &SplitResult, inputs: SplitInputs, rate: f64, a_day: Option<f64>) -> Option<Said> {
    const YEAR: f64 = 365.0;
    let (audience, whence) = match (inputs.audience, a_day) {
        (Some(audience), _) => (audience, ""),
        (None, Some(a_day)) => (a_day * YEAR, " in a year"),
        (None, None) => return None,
    };
    let deviation = inputs.deviation.map(|share| share * rate);
    let size = result.test_and_roll(audience, deviation)?;
    let share = deviation.or(result.usual_deviation)? / rate;
    let from = if inputs.deviation.is_some() { "as set" } else { "as such variants usually do" };
    Some(Said::new(
        "Test & Roll",
        format!(
            "with {} still to come{whence}, and variants that differ by {} of the rate ({from}): show each to {}, then the \
             better one to all others.",
            format::short(audience),
            format::percent(share),
            format::count(size.round()),
        ),
    ))
}

fn decision(split: &Split) -> Option<Said> {
    let decision = split.decision?;
    let when = split.decided.map_or_else(String::new, |day| format!(" on {day}"));
    Some(Said::new("Decided", format!("{}{when}.{}", decision.key(), note(&split.note))))
}

/// The word of a split test's state.
pub const fn state(split: &Split) -> &'static str {
    match (split.decision.is_some(), split.started.is_some(), split.ended.is_some()) {
        (true, ..) => "decided",
        (false, _, true) => "ended",
        (false, true, false) => "running",
        (false, false, false) => "planned",
    }
}

/// A rate of the link's in its own unit.
pub fn rate_text(link: Link, rate: f64) -> String {
    format::rate(link, Per::nominal(link), rate)
}

/// A difference of two rates: in percentage points, for Depth in pages.
fn difference(link: Link, rate: f64) -> String {
    if link == Link::Depth { format!("{} pages", format::digits3(rate)) } else { format::points(rate) }
}
