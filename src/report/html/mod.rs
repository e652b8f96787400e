//! The report as a page for people who never open a terminal: one file with everything in it, no script, nothing to
//! fetch. It begins with plain sentences, then come pictures and the tables of the other reports.
//!
//! ```text
//! Paper (figures) ─▶ sections, with a word of explanation each ─┐
//! InShort         ─▶ the three answers at the top               ├─▶ page
//! Analysis        ─▶ funnel, tornado, heat map as SVG            ─┘
//! ```
//!
//! The pictures stretch with the page: their lengths are percentages, their letters keep their size, so that they can
//! be read on a telephone. Their colours stand in `assets/report.css`. All text goes through maud, which escapes it.

mod change;
mod funnel;
mod heatmap;
mod parts;
mod svg;
mod tornado;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::engine::{Analysis, Figures};
use crate::plan::{Plan, printable};

use super::change_table::Neighbours;
use super::figures::{About, Section, paper};
use super::in_short::InShort;
use super::{format, plain_words};

/// The page's only style.
const STYLE: &str = include_str!("../../../assets/report.css");
/// Whoever opens the page, nothing is fetched and nothing is run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The report on `analysis` as a page; `neighbours` are the newest period and the one before it, where there are two.
pub fn html(plan: &Plan, analysis: &Analysis, neighbours: Option<&Neighbours>) -> String {
    let paper = paper(plan, analysis);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("funnel-tui ", env!("CARGO_PKG_VERSION")));
                title { (paper.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (paper.title) }
                    p { (paper.subtitle) }
                }
                main {
                    (key_figures(plan, &analysis.total))
                    (in_short(plan, analysis))
                    // Of no record there is nothing more to say.
                    @if analysis.total.records > 0 {
                        @for section in &paper.sections {
                            (self::section(plan, analysis, section))
                            @if section.about == About::Factors {
                                @if let Some(both) = neighbours { (change::section(plan, both)) }
                            }
                        }
                        (glossary())
                    }
                }
                footer { "Made with funnel-tui from the figures of the plan. Blank (—) means not known, never zero." }
            }
        }
    };
    page.into_string()
}

/// The four figures that a boss asks for.
fn key_figures(plan: &Plan, total: &Figures) -> Markup {
    let money = |value| figure(plan, value, format::money);
    let result = |value: Option<f64>| match value {
        Some(value) if value < 0.0 => "loss",
        Some(value) if value > 0.0 => "gain",
        _ => "",
    };
    let profit = figure(plan, total.profit(), |value| format::signed(value, format::money));
    html! {
        dl.key-figures {
            div { dt { "Cost" } dd { (money(total.cost)) } }
            div { dt { "Gross profit" } dd { (money(total.gross_profit)) } }
            div { dt { "Profit" } dd class=(result(total.profit())) { (profit) } }
            div { dt { "For each 1 put in" } dd { (format::known(total.multiple(), format::multiple)) } }
        }
    }
}

/// An amount whose currency may stand below it where the page is narrow.
fn figure(plan: &Plan, value: Option<f64>, write: fn(f64) -> String) -> Markup {
    let currency = value.map_or("", |_| plan.brief.currency.as_str());
    html! { (format::known(value, write)) @if !currency.is_empty() { " " span.unit { (printable(currency)) } } }
}

fn in_short(plan: &Plan, analysis: &Analysis) -> Markup {
    let InShort { spent, came_back, next } = InShort::of(plan, analysis);
    html! {
        section.answers aria-label="In short" {
            @for each in [spent, came_back, next] {
                div.answer { h2 { (each.question) } p { (each.answer) } }
            }
        }
    }
}

/// A section of the report: a word of explanation, its picture, its parts.
fn section(plan: &Plan, analysis: &Analysis, section: &Section) -> Markup {
    html! {
        section {
            h2 { (section.about.title()) }
            p.lead { (lead(section.about)) }
            @match section.about {
                About::Factors => {
                    (funnel::picture(plan, analysis))
                    // The picture has all its numbers.
                    details { summary { "The same as a table" } (parts::parts(section)) }
                },
                About::Improve => {
                    (tornado::picture(plan, analysis))
                    (parts::parts(section))
                    (heatmap::picture(plan, analysis))
                },
                _ => (parts::parts(section)),
            }
        }
    }
}

/// What a section is about, for people who see it for the first time.
const fn lead(about: About) -> &'static str {
    match about {
        About::Money => "What the chosen periods cost and brought, and what each figure is made of.",
        About::Factors => {
            "Money goes in at the top; it pays for channels, these bring visitors, some of them ask, some of those buy, \
             and some come again or bring others. What they leave stands at the end."
        }
        About::Links => "How much of each factor arrives at the next one: a rate for each step of the way.",
        About::Improve => {
            "Nine things can be pushed. Since the steps multiply, pushing any of them by the same share is worth about \
             the same; what differs is how much room each one has."
        }
        About::Channels => "Every channel by itself: what it cost and brought, and its rates.",
        About::Tests => {
            "What was tried small before it is done large: does a channel pay, is a change better than what it replaces? \
             A firm verdict holds however often one looked; a likely one is what the numbers say today."
        }
        About::Tactics => "What is to be done about a link, what it should bring, and what it brought.",
        About::Checks => "What looks like a mistake, or is worth a second look.",
        About::Assumptions => "Every figure rests on these; where one does not hold, the figures change.",
    }
}

fn glossary() -> Markup {
    html! {
        section {
            h2 { "The words" }
            dl.words {
                @for (word, meaning) in plain_words::GLOSSARY {
                    div { dt { (word) } dd { (meaning) } }
                }
                @for link in crate::plan::Link::ALL {
                    div { dt { (link.title()) } dd { (plain_words::link(link)) " (" (link.rate_in_words()) ")" } }
                }
            }
        }
    }
}
