//! One model of what a report shows and in which unit. Text and markdown are made from it, so they cannot differ.

use crate::engine::{Analysis, Figures};
use crate::plan::{Plan, printable};

use super::{assumptions, channel_tables, improve_tables, plan_tables, testing, words};

/// A report: what it is about, then its sections.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The plan's name.
    pub title: String,
    /// Layer, periods, currency.
    pub subtitle: String,
    /// In reading order.
    pub sections: Vec<Section>,
}

/// What a section speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each one's heading stands once, in `About::title`")]
pub enum About {
    Money,
    Factors,
    Links,
    Improve,
    Channels,
    Tests,
    Tactics,
    Checks,
    Assumptions,
}

impl About {
    /// The heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Money => "Money",
            Self::Factors => "The nine factors",
            Self::Links => "The eight links between them",
            Self::Improve => "What to improve",
            Self::Channels => "Channels",
            Self::Tests => "Tests",
            Self::Tactics => "Tactics",
            Self::Checks => "Checks",
            Self::Assumptions => "What this takes for granted",
        }
    }
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What it speaks of.
    pub about: About,
    /// In reading order.
    pub parts: Vec<Part>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A sentence or some.
    Line(String),
    /// One thought an item.
    List(Vec<String>),
    /// Figures in rows and columns.
    Table(Table),
}

/// Figures in rows and columns. Cells hold no control characters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it shows, where its section has several; empty where the section's heading says it.
    pub title: &'static str,
    /// Headings; the first column names the row.
    pub columns: Vec<Column>,
    /// As many cells a row as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Those figures, in a section whose heading says what they are.
    pub const fn new(columns: Vec<Column>, rows: Vec<Vec<String>>) -> Self {
        Self { title: "", columns, rows }
    }

    /// With a title of its own.
    #[must_use]
    pub fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading, short enough for 80 columns.
    pub title: String,
    /// The heading where there is room.
    pub in_full: String,
    /// True for numbers, which stand to the right.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>) -> Self {
        let title = title.into();
        Self { in_full: title.clone(), title, number: false }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<String>) -> Self {
        Self { number: true, ..Self::words(title) }
    }

    /// With another heading where there is room.
    #[must_use]
    pub fn in_full(self, title: impl Into<String>) -> Self {
        Self { in_full: title.into(), ..self }
    }
}

/// The report on `analysis` of `plan`.
pub fn paper(plan: &Plan, analysis: &Analysis) -> Paper {
    let mut sections = vec![
        Section { about: About::Money, parts: money(plan, &analysis.total) },
        Section { about: About::Factors, parts: vec![Part::Table(plan_tables::factors(plan, analysis))] },
        Section { about: About::Links, parts: plan_tables::links(analysis) },
        Section { about: About::Improve, parts: improve_tables::parts(plan, analysis) },
    ];
    if !plan.channels.is_empty() {
        sections.push(Section { about: About::Channels, parts: channel_tables::parts(plan, analysis) });
    }
    if !plan.tests.is_empty() {
        sections.push(Section { about: About::Tests, parts: testing::parts(plan, analysis) });
    }
    if !plan.tactics.is_empty() {
        sections.push(Section { about: About::Tactics, parts: testing::tactic_parts(plan, analysis) });
    }
    if !analysis.checks.is_empty() {
        let found =
            analysis.checks.iter().map(|each| format!("{}: {}", each.code.severity().key(), printable(&each.message)));
        sections.push(Section { about: About::Checks, parts: vec![Part::List(found.collect())] });
    }
    let assumed = assumptions::assumptions(plan, analysis);
    sections.push(Section { about: About::Assumptions, parts: vec![Part::List(assumed)] });
    Paper { title: printable(&plan.brief.name).into_owned(), subtitle: subtitle(plan, analysis), sections }
}

/// Layer, periods, currency.
pub(super) fn subtitle(plan: &Plan, analysis: &Analysis) -> String {
    let span = words::span(plan.brief.cadence, &analysis.periods);
    let layer = analysis.scope.layer.title();
    match plan.brief.currency.as_str() {
        "" => format!("{layer}, {span}"),
        currency => format!("{layer}, {span}, money in {}", printable(currency)),
    }
}

fn money(plan: &Plan, total: &Figures) -> Vec<Part> {
    let mut parts = vec![Part::Line(words::money_line(&plan.brief, total))];
    let result = words::result_line(total);
    if !result.is_empty() {
        parts.push(Part::Line(result));
    }
    parts.push(Part::Table(plan_tables::money(total)));
    parts
}

/// The mark of a rate: `~` where few events stand behind it, `*` where it starts further up than its name says.
pub(super) fn marked(rate: &str, thin: bool, bridged: bool) -> String {
    format!("{}{rate}{}", if thin { "~" } else { "" }, if bridged { "*" } else { "" })
}
