//! The plan's own tables: money, the nine factors, the eight links.

use crate::engine::{Analysis, Figures, GainUnit, LinkRate, Per};
use crate::plan::{Field, Link, Plan, Stage, printable};

use super::computed::Computed;
use super::figures::{Column, Part, Table, marked};
use super::format::{self, known};
use super::{shown, words};

/// Money and what it brings, one figure a row, with what it is made of.
pub(super) fn money(total: &Figures) -> Table {
    let row = |name: &str, value: String, made_of: &str| vec![name.to_owned(), value, made_of.to_owned()];
    let mut rows = vec![
        row("Spend", known(total.get(Field::Spend), format::money), "money paid for the channels"),
        row("Hours", known(total.get(Field::Hours), format::count), "staff time"),
    ];
    rows.extend(Computed::ALL.map(|each| {
        let value = known(each.of(total), |value| each.write(value));
        row(each.title(), value, each.made_of())
    }));
    Table::new(vec![Column::words("Figure"), Column::number("Amount"), Column::words("Made of")], rows)
}

/// The nine factors, each with the link that leads on from it.
pub(super) fn factors(plan: &Plan, analysis: &Analysis) -> Table {
    const UNIT: GainUnit = GainUnit::Money;
    let amount =
        |stage| known(shown::stage_number(&analysis.total, stage, UNIT), |value| shown::stage_text(stage, UNIT, value));
    let row = |(at, stage): (usize, Stage)| {
        let next = Link::ALL.get(at).map_or("", |link| link.title());
        let label = printable(plan.brief.label(stage)).into_owned();
        vec![(at + 1).to_string(), label, amount(stage), next.to_owned()]
    };
    let columns =
        vec![Column::number("#"), Column::words("Factor"), Column::number("Amount"), Column::words("Link to the next")];
    Table::new(columns, Stage::ALL.into_iter().enumerate().map(row).collect())
}

/// The eight links with what each rests on, and a word on marks.
pub(super) fn links(analysis: &Analysis) -> Vec<Part> {
    let rates = &analysis.total.links;
    let columns = vec![
        Column::words("Link"),
        Column::number("Rate"),
        Column::words("which is").in_full("Which is"),
        Column::number("80% interval"),
        Column::number("Covers"),
    ];
    let table = Table::new(columns, rates.iter().map(link_row).collect());
    let mut parts = vec![Part::Table(table)];
    parts.push(Part::Line("Covers: the share of cost of the records that a rate rests on.".to_owned()));
    let mut notes: Vec<String> = rates.iter().filter_map(thin_note).collect();
    if let Some(per_visitor) = analysis.total.consults_per_visitor() {
        notes.push(format!("Consultations per visitor: {}.", format::percent(per_visitor)));
    }
    if let Some(k) = analysis.total.k_factor() {
        notes.push(format!("Each customer brings {} more.", format::digits3(k)));
    }
    if !notes.is_empty() {
        parts.push(Part::List(notes));
    }
    parts
}

fn link_row(rate: &LinkRate) -> Vec<String> {
    let write = |value| format::rate(rate.link, rate.per, value);
    let interval = rate.interval().map_or(format::BLANK.to_owned(), |(low, high)| {
        // What the rate itself could not be told apart from needs no second unit.
        format!("{} to {}", write(low), write(high))
    });
    vec![
        rate.link.title().to_owned(),
        marked(&known(rate.rate, write), rate.is_thin(), rate.is_bridged()),
        words::rate_of(rate.link, rate.per).to_owned(),
        interval,
        known(rate.coverage, format::share),
    ]
}

fn thin_note(rate: &LinkRate) -> Option<String> {
    let missing = rate.events_missing()?;
    Some(format!(
        "~ {} rests on few events; about {} more would make it solid.",
        rate.link.title(),
        format::count(missing.ceil())
    ))
}

/// A rate of one channel, marked; Reach as visitors per unit of cost.
pub(super) fn channel_rate(figures: &Figures, link: Link) -> String {
    if link == Link::Reach {
        return known(figures.visitors_per_cost(), |value| format::rate(link, Per::Cost, value));
    }
    let rate = figures.link(link);
    marked(&known(rate.rate, |value| format::rate(link, rate.per, value)), rate.is_thin(), rate.is_bridged())
}
