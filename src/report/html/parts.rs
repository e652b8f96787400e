//! Sentences, lists and tables of the report as HTML.

use jiff::civil::Date;
use maud::{Markup, html};

use crate::engine::{Analysis, GainUnit};
use crate::plan::{Plan, printable};

use super::super::figures::{About, Part, Section, Table};
use super::super::words;

/// Everything of a section below its heading.
pub(super) fn parts(section: &Section) -> Markup {
    html! {
        @for part in &section.parts {
            @match part {
                Part::Line(verdict) if section.about == About::Tests => p.verdict { (verdict) },
                // The first reason for it is enough for most.
                Part::List(items) if section.about == About::Tests => (reasons(items)),
                Part::Line(line) => p { (line) },
                Part::List(items) => (list(items)),
                Part::Table(table) => (table_of(section, table)),
            }
        }
    }
}

fn list(items: &[String]) -> Markup {
    html! { ul { @for item in items { li { (item) } } } }
}

/// The reason for a verdict; how firm it is, what is at stake and what was counted for those who ask.
fn reasons(items: &[String]) -> Markup {
    let (first, more) = items.split_at(items.len().min(1));
    html! {
        (list(first))
        @if !more.is_empty() {
            details.more { summary { "How firm, what is at stake, what was counted" } (list(more)) }
        }
    }
}

/// What gains are counted in: "profit over 3 months, in CNY".
pub(super) fn gains(plan: &Plan, analysis: &Analysis) -> String {
    let improve = &analysis.improve;
    let over = words::periods(plan.brief.cadence, improve.periods);
    match (improve.unit, plan.brief.currency.as_str()) {
        (GainUnit::Orders, _) => format!("orders over {over}"),
        (GainUnit::Money, "") => format!("profit over {over}"),
        (GainUnit::Money, currency) => format!("profit over {over}, in {}", printable(currency)),
    }
}

/// A table of a section. Screen readers list tables by their captions, so each has one; those who see it have just read
/// the heading.
pub(super) fn table_of(section: &Section, table: &Table) -> Markup {
    let heading = section.about.title();
    if table.title.is_empty() { titled(heading, true, table) } else { titled(table.title, false, table) }
}

/// A table under a caption.
pub(super) fn table(caption: &str, table: &Table) -> Markup {
    titled(caption, false, table)
}

/// A table in a box of its own, which scrolls sideways where the page is narrow; a caption that is `heard` is not shown.
fn titled(caption: &str, heard: bool, table: &Table) -> Markup {
    let class = |at: usize| if table.columns[at].number { "number" } else { "" };
    // The first column of words; a number before it only counts the rows.
    let named = table.columns.iter().position(|column| !column.number).unwrap_or(0);
    html! {
        div.scroll role="region" tabindex="0" aria-label=(caption) {
            table {
                caption.heard[heard] { (caption) }
                thead { tr { @for (at, column) in table.columns.iter().enumerate() {
                    th scope="col" class=(class(at)) { (column.in_full) }
                } } }
                tbody { @for row in &table.rows { (self::row(row, named, class)) } }
            }
        }
    }
}

/// A row; `named` is the column that says what it is about.
fn row(cells: &[String], named: usize, class: impl Fn(usize) -> &'static str) -> Markup {
    html! {
        tr { @for (at, cell) in cells.iter().enumerate() {
            @if at == named { th scope="row" dir="auto" { (cell) } }
            @else if cell.parse::<Date>().is_ok() { td.day { (cell) } }
            @else { td class=(class(at)) { (cell) } }
        } }
    }
}
