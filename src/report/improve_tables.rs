//! What to improve: the sentence, the nine levers, the best steps.

use crate::engine::{Analysis, BestBets, Bets, GainUnit, PlanLever};
use crate::plan::{Lever, Link, Plan};

use super::figures::{Column, Part, Table, marked};
use super::format::{self, known};
use super::words;

/// How many single steps are told.
const STEPS: usize = 5;

/// The sentence that says what to do, the nine levers best first, and where to begin.
pub(super) fn parts(plan: &Plan, analysis: &Analysis) -> Vec<Part> {
    let improve = &analysis.improve;
    let bets = Bets::of(analysis).draw();
    let mut parts = vec![Part::Line(words::advice(plan, analysis))];
    parts.extend(words::best_bets(plan, improve, &bets).map(Part::Line));
    parts.push(Part::Table(levers(analysis, &bets)));
    let counted = match improve.unit {
        GainUnit::Money => "profit",
        GainUnit::Orders => "orders",
    };
    parts.push(Part::Line(format!(
        "Gains are {counted} over {}. +{}: so much more of it; it ranks nothing, since the stages multiply. +1 point: one \
         percentage point more. Headroom: what reaching its reference in every channel brings. Sure: how sure it is \
         that the rates lie below their references. Leads: in how many of 10,000 draws of what the rates may be this \
         link's headroom is the largest.",
        words::periods(plan.brief.cadence, improve.periods),
        words::lift(improve.lift),
    )));
    let steps: Vec<String> = words::best_steps(improve, STEPS)
        .into_iter()
        .filter_map(|(channel, lever)| words::step(plan, improve, channel, lever))
        .collect();
    if !steps.is_empty() {
        parts.push(Part::Line("The single steps that are worth most:".to_owned()));
        parts.push(Part::List(steps));
    }
    let mut notes: Vec<String> = improve.faults.iter().map(|fault| words::fault(plan, fault)).collect();
    notes.extend(improve.one_more.as_ref().map(|more| words::one_more(plan, improve, more)));
    if !notes.is_empty() {
        parts.push(Part::Line("And:".to_owned()));
        parts.push(Part::List(notes));
    }
    parts
}

fn levers(analysis: &Analysis, bets: &BestBets) -> Table {
    let columns = vec![
        Column::words("Lever"),
        Column::number("Now"),
        Column::number(format!("+{}", words::lift(analysis.improve.lift))),
        Column::number("+1 point"),
        Column::number("Headroom"),
        Column::number("Sure"),
        Column::number("Leads"),
        Column::number("Covers"),
        Column::number("Not measured"),
    ];
    Table::new(columns, analysis.improve.levers.iter().map(|lever| row(analysis, bets, lever)).collect())
}

fn row(analysis: &Analysis, bets: &BestBets, lever: &PlanLever) -> Vec<String> {
    let gain = |value| known(value, |value| format::signed(value, format::money));
    let (now, thin) = match (lever.lever, lever.per) {
        (Lever::Link(link), Some(per)) => {
            (known(lever.rate, |rate| format::rate(link, per, rate)), is_thin(analysis, link))
        }
        _ => (format::BLANK.to_owned(), false),
    };
    // A link without a reference takes no part.
    let leads = lever.gain_headroom.and(lever.lever.link()).and_then(|link| bets.share(link));
    let unmeasured = if lever.unmeasured == 0 { String::new() } else { words::counted(lever.unmeasured, "channel") };
    vec![
        lever.lever.title().to_owned(),
        marked(&now, thin, lever.is_bridged()),
        gain(lever.gain_lift),
        gain(lever.gain_point),
        gain(lever.gain_headroom),
        known(lever.sure, format::probability),
        known(leads, format::probability),
        known(lever.coverage, format::share),
        unmeasured,
    ]
}

fn is_thin(analysis: &Analysis, link: Link) -> bool {
    analysis.active.link(link).is_thin()
}
