//! The number under the cursor explained: its formula with this plan's numbers in it, the records it comes from,
//! what is missing, and what it assumes.
//!
//! ```text
//! ┌ Close of Chat groups ──────────────────────────────────────────────┐
//! │ Formula                                                            │
//! │   deals / consultations                                            │
//! │   = 29 / 300 = 9.67%                                               │
//! │                                                                    │
//! │ Comes from                                                         │
//! │   1 record of Chat groups: Oct 2026, Actual layer                  │
//! │                                                                    │
//! │ How sure                                                           │
//! │   80% interval 7.65–12.0%, a Jeffreys interval of the counts       │
//! │                                                                    │
//! │ Assumes                                                            │
//! │   Events are taken as independent: too few periods to see how …    │
//! └────────────────────────────────────────────────────────────────────┘
//! ```

mod assumed;
mod formula;
mod lever;
mod records;

use super::columns::{self, Column};
use super::state::{Document, State, View};
use super::view::funnel::{self, Figure, Item};
use super::view::{playbook, shown, testing};
use crate::engine::{Figures, LinkRate};
use crate::plan::{Field, Link, Stage, printable};
use crate::report::{Computed, Said, format, words};

use formula::Number;

/// A number explained.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What is explained: "Close of SEO".
    pub title: String,
    /// The explanation, line by line.
    pub lines: Vec<String>,
    /// Lines scrolled out of sight at the top.
    pub scroll: usize,
}

impl Explanation {
    fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new(), scroll: 0 }
    }

    /// Adds a heading and what stands under it; nothing where there is nothing to say.
    fn section(&mut self, heading: &str, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_none() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(heading.to_owned());
        self.lines.extend(lines.map(|line| format!("  {line}")));
    }
}

/// Explains the number under the cursor.
pub fn explain(state: &State) -> Explanation {
    let Some(document) = &state.document else { return Explanation::default() };
    match state.view {
        View::Channels => explain_cell(state, document),
        View::Improve => lever::explain(state, document),
        View::Tests => explain_test(state, document),
        View::Playbook => explain_tactic(state, document),
        _ => funnel::chosen(state).map_or_else(Explanation::default, |item| explain_item(document, item)),
    }
}

/// The test under the cursor, with what its two verdicts mean.
fn explain_test(state: &State, document: &Document) -> Explanation {
    let plan = document.plan();
    let Some(test) = state.tests.chosen(plan).and_then(|at| plan.tests.get(at)) else {
        return Explanation::titled("No test yet");
    };
    let mut told = Explanation::titled(printable(test.name()));
    let [about, planning] = testing::chosen(state, document);
    told.section("What is known", about.into_iter().map(said));
    told.section("How it is planned", planning.into_iter().map(said));
    told.section("How it is judged", crate::report::testing::RULES.map(str::to_owned));
    told
}

/// What stands under the cursor in Playbook.
fn explain_tactic(state: &State, document: &Document) -> Explanation {
    let mut told = Explanation::titled("What it is worth");
    told.section("What is known", playbook::chosen(state, document).into_iter().map(said));
    told.section(
        "How it is reckoned",
        [
            "gain = what lifting the link from its believed rate to the expected one brings a period",
            "payback = (spend + hours × cost of an hour) / gain, in periods",
        ]
        .map(str::to_owned),
    );
    told
}

fn said(each: Said) -> String {
    if each.label.is_empty() { each.text } else { format!("{}: {}", each.label.trim_end_matches('?'), each.text) }
}

fn explain_cell(state: &State, document: &Document) -> Explanation {
    // Below the last channel stands the total.
    let channel = state.channels.channel();
    let name = |channel: usize| document.plan().channels.get(channel).map(|each| printable(&each.name).into_owned());
    let of = channel.and_then(name).unwrap_or_else(|| "all channels".to_owned());
    match columns::column(state.channels.column) {
        Column::Name => {
            let mut told = Explanation::titled(of);
            told.section("Comes from", records::sources(document, channel, false));
            told
        }
        Column::Note => {
            let mut told = Explanation::titled(format!("Note of {of}"));
            told.section("Note", ["Anything worth remembering of this channel in this period.".to_owned()]);
            told
        }
        Column::Field(field) => explain_number(document, channel, Number::Field(field)),
        Column::Computed(computed) => explain_number(document, channel, number_of(computed)),
        Column::Rate(link) => explain_number(document, channel, Number::Rate(link)),
    }
}

const fn number_of(computed: Computed) -> Number {
    match computed {
        Computed::Cost => Number::Cost,
        Computed::Orders => Number::Orders,
        Computed::Revenue => Number::Field(Field::Revenue),
        Computed::GrossProfit => Number::GrossProfit,
        Computed::Profit => Number::Figure(Figure::Profit),
        Computed::Multiple => Number::Figure(Figure::Multiple),
        Computed::Roi => Number::Roi,
        Computed::Roas => Number::Roas,
        Computed::Cac => Number::Figure(Figure::Cac),
        Computed::CostPerVisitor => Number::Figure(Figure::CostPerVisitor),
        Computed::CostPerConsult => Number::Figure(Figure::CostPerConsult),
        Computed::CostPerDeal => Number::Figure(Figure::CostPerDeal),
    }
}

fn explain_item(document: &Document, item: Item) -> Explanation {
    let unit = document.analysis().improve.unit;
    match item {
        Item::Link(link) => explain_number(document, None, Number::Rate(link)),
        Item::Figure(figure) => explain_number(document, None, Number::Figure(figure)),
        Item::Stage(stage) => explain_number(
            document,
            None,
            match stage {
                Stage::Cost => Number::Cost,
                Stage::Methods => Number::Methods,
                Stage::Visitors => Number::Field(Field::Uv),
                Stage::PageViews => Number::Field(Field::Pv),
                Stage::Consultations => Number::Field(Field::Consults),
                Stage::Deals => Number::Field(Field::Deals),
                Stage::Repeats => Number::Field(Field::Repeats),
                Stage::Referrals => Number::Field(Field::Referrals),
                Stage::Result if unit == crate::engine::GainUnit::Orders => Number::Orders,
                Stage::Result => Number::GrossProfit,
            },
        ),
        Item::Check(at) => {
            let Some(check) = document.analysis().checks.get(at) else { return Explanation::default() };
            let mut told = Explanation::titled(format!("{}: {}", check.code.severity().key(), check.code.key()));
            told.section("What was found", [check.message.clone()]);
            let cadence = document.plan().brief.cadence;
            told.section(
                "When",
                check
                    .period
                    .map(|day| format!("{}, first in {}", words::periods(cadence, check.periods), cadence.label(day))),
            );
            told
        }
    }
}

/// Explains a number of a channel, or of the plan as a whole.
fn explain_number(document: &Document, channel: Option<usize>, number: Number) -> Explanation {
    let analysis = document.analysis();
    let Some(figures) = figures_of(analysis, channel) else { return Explanation::default() };
    let of = match channel.and_then(|at| document.plan().channels.get(at)) {
        Some(channel) => printable(&channel.name).into_owned(),
        None => "all channels".to_owned(),
    };
    let mut told = Explanation::titled(format!("{} of {of}", number.title(document.plan())));
    told.section("What it is", number.meaning(document.plan(), channel));
    told.section("Formula", number.formula(document, channel, figures));
    told.section("Actual − planned", variance(document, channel, number));
    told.section("Comes from", records::sources(document, channel, false));
    told.section("Missing", records::missing(document, channel, &number.inputs(figures)));
    if let Number::Rate(link) = number {
        let rate = figures.link(link);
        told.section("How sure", sureness(rate));
        told.section("Bridged", bridge(rate));
    }
    told.section("Assumes", number.assumptions(document, channel));
    told
}

/// The figures of a channel, or of all of them together.
fn figures_of(analysis: &crate::engine::Analysis, channel: Option<usize>) -> Option<&Figures> {
    match channel {
        None => Some(&analysis.total),
        Some(at) => analysis.channels.get(at).map(|channel| &channel.figures),
    }
}

fn variance(document: &Document, channel: Option<usize>, number: Number) -> Option<String> {
    let variance = document.variance()?;
    let whole = channel.is_none();
    let side = |analysis| figures_of(analysis, channel).map(|figures| number.text(figures, whole));
    let (actual, planned) = (side(&variance.actual)?, side(&variance.planned)?);
    let periods = words::periods(document.plan().brief.cadence, variance.periods.len());
    Some(format!("{actual} against {planned} planned, over {periods} that both layers have"))
}

/// How sure a rate is.
fn sureness(rate: &LinkRate) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(interval) = shown::interval_text(rate) {
        lines.push(format!("80% interval {interval}, from the counts alone (Jeffreys prior)"));
    }
    if let Some(events) = rate.events_missing() {
        let events = format::short(events.ceil());
        lines
            .push(format!("~ thin: half the interval is wider than a quarter; about {events} more events are missing"));
    }
    if let Some(share) = rate.coverage.filter(|share| *share < 1.0) {
        lines.push(format!("it rests on {} of the cost; elsewhere an end was not counted", format::probability(share)));
    }
    if rate.counts.is_some() {
        lines.push(if rate.dispersion_measured {
            let times = format::digits3(rate.dispersion);
            format!("counts scatter {times} times as much as coin flips, as measured over the periods")
        } else {
            "events are taken as independent: too few periods to see how they scatter".to_owned()
        });
    }
    lines
}

fn bridge(rate: &LinkRate) -> Option<String> {
    rate.is_bridged().then(|| {
        let above = match rate.link {
            Link::Consult => "page views were",
            _ => "consultations were",
        };
        format!("{above} never measured here, so {} is counted {}", rate.link.title(), rate.per.in_words())
    })
}

#[cfg(test)]
mod tests;
