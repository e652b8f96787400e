//! The channels' tables: what each cost and brought, and its rates.

use crate::engine::{Analysis, Figures};
use crate::plan::{Channel, Field, Link, Plan, printable};

use super::figures::{Column, Part, Table};
use super::format::{self, known};
use super::plan_tables::channel_rate;

/// A table of counts and money, a table of rates, and a word on marks.
pub(super) fn parts(plan: &Plan, analysis: &Analysis) -> Vec<Part> {
    let rates = rates(plan, analysis);
    let has = |mark: char| rates.rows.iter().flatten().skip(1).any(|cell| cell.contains(mark));
    let mut notes = Vec::new();
    if has('~') {
        notes.push("~ rests on few events".to_owned());
    }
    if has('*') {
        notes.push("* starts further up, the stage above was never measured".to_owned());
    }
    let mut parts = vec![Part::Table(counts(plan, analysis)), Part::Table(rates)];
    if !notes.is_empty() {
        parts.push(Part::Line(format!("{}.", notes.join("; "))));
    }
    parts
}

fn counts(plan: &Plan, analysis: &Analysis) -> Table {
    let columns = vec![
        Column::words("Channel"),
        Column::number("Cost"),
        Column::number("UV").in_full("Visitors"),
        Column::number("PV").in_full("Page views"),
        Column::number("Consults").in_full("Consultations"),
        Column::number("Deals"),
        Column::number("Gross p.").in_full("Gross profit"),
        Column::number("Profit"),
        Column::number("1 in →").in_full("For each 1"),
    ];
    let mut rows: Vec<_> = each(plan, analysis).map(|(name, figures)| count_row(name, figures)).collect();
    rows.push(count_row("All".to_owned(), &analysis.total));
    Table::new(columns, rows).titled("What each channel cost and brought")
}

fn count_row(name: String, figures: &Figures) -> Vec<String> {
    let count = |field| known(figures.get(field), format::count);
    vec![
        name,
        known(figures.cost, format::money),
        count(Field::Uv),
        count(Field::Pv),
        count(Field::Consults),
        count(Field::Deals),
        known(figures.gross_profit, format::money),
        known(figures.profit(), |value| format::signed(value, format::money)),
        known(figures.multiple(), format::multiple),
    ]
}

fn rates(plan: &Plan, analysis: &Analysis) -> Table {
    const SHOWN: [Link; 7] =
        [Link::Reach, Link::Depth, Link::Consult, Link::Close, Link::Repurchase, Link::Refer, Link::Value];
    let heading = |link: Link| match link {
        Link::Reach => Column::number("UV per 1").in_full("Visitors for each 1"),
        Link::Repurchase => Column::number("Repurch.").in_full(link.title()),
        _ => Column::number(link.title()),
    };
    let mut columns = vec![Column::words("Channel")];
    columns.extend(SHOWN.map(heading));
    let row = |(name, figures): (String, &Figures)| {
        let mut cells = vec![name];
        cells.extend(SHOWN.map(|link| channel_rate(figures, link)));
        cells
    };
    Table::new(columns, each(plan, analysis).map(row).collect()).titled("Each channel's rates")
}

/// Every channel's name, said to be off where it is, with its figures.
fn each<'a>(plan: &'a Plan, analysis: &'a Analysis) -> impl Iterator<Item = (String, &'a Figures)> {
    plan.channels.iter().zip(&analysis.channels).map(|(channel, found)| (name(channel), &found.figures))
}

fn name(channel: &Channel) -> String {
    let name = printable(&channel.name);
    if channel.active { name.into_owned() } else { format!("{name} (off)") }
}
