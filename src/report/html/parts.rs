//! Sentences, lists and tables of the report as HTML.

use maud::{Markup, html};

use super::super::figures::{Part, Section, Table};

/// Everything of a section below its heading.
pub(super) fn parts(section: &Section) -> Markup {
    let mut tables = 0;
    html! {
        @for part in &section.parts {
            @match part {
                Part::Line(line) => p { (line) },
                Part::List(items) => ul { @for item in items { li { (item) } } },
                Part::Table(table) => ({ tables += 1; self::table(&caption(section, tables), table) }),
            }
        }
    }
}

/// A name for each table of a section: screen readers list tables by their captions.
fn caption(section: &Section, number: usize) -> String {
    let title = section.about.title();
    let several = section.parts.iter().filter(|part| matches!(part, Part::Table(_))).count() > 1;
    if several { format!("{title}, table {number}") } else { title.to_owned() }
}

/// A table in a box of its own, which scrolls sideways where the page is narrow.
pub(super) fn table(caption: &str, table: &Table) -> Markup {
    let class = |at: usize| if table.columns[at].number { "number" } else { "" };
    // The first column of words; a number before it only counts the rows.
    let named = table.columns.iter().position(|column| !column.number).unwrap_or(0);
    html! {
        div.scroll role="region" tabindex="0" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for (at, column) in table.columns.iter().enumerate() {
                    th scope="col" class=(class(at)) { (column.title) }
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
            @else { td class=(class(at)) { (cell) } }
        } }
    }
}
