//! What changed since the period before: the newest chosen period beside the one before it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engine::{Analysis, Analyst, Figures, GainUnit, Scope, Span};
use crate::plan::{Link, Plan, Stage, printable};

use super::figures::{Column, Table};
use super::format::{self, known};
use super::shown;

/// Two neighbouring periods of one layer.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// The earlier one.
    pub before: (Date, Arc<Analysis>),
    /// The newest one that was chosen.
    pub now: (Date, Arc<Analysis>),
}

impl Neighbours {
    /// The newest period of `analysis` and the one before it in its layer, chosen or not; `None` where there is none.
    pub fn of(plan: &Plan, analysis: &Analysis, analyst: &mut Analyst) -> Option<Self> {
        let layer = analysis.scope.layer;
        let now = *analysis.periods.last()?;
        let before = plan.periods(layer).into_iter().rfind(|day| *day < now)?;
        let mut one = |day| (day, analyst.analyse(plan, &Scope { layer, span: Span::one(day) }, analysis.improve.lift));
        Some(Self { before: one(before), now: one(now) })
    }
}

/// One row a factor and a link: before, now, the difference with its sign.
pub(super) fn table(plan: &Plan, both: &Neighbours) -> Table {
    let label = |day| plan.brief.cadence.label(day);
    let columns = vec![
        Column::words("Figure"),
        Column::number(label(both.before.0)),
        Column::number(label(both.now.0)),
        Column::number("Change"),
    ];
    let (before, now) = (&both.before.1.total, &both.now.1.total);
    let unit = both.now.1.improve.unit;
    let mut rows: Vec<_> = Stage::ALL.into_iter().map(|stage| stage_row(plan, stage, unit, before, now)).collect();
    rows.push(difference("Profit", before.profit(), now.profit(), format::money));
    rows.push(difference("For each 1 put in", before.multiple(), now.multiple(), format::multiple));
    rows.extend(Link::ALL.into_iter().filter_map(|link| link_row(link, before, now)));
    Table::new(columns, rows)
}

fn stage_row(plan: &Plan, stage: Stage, unit: GainUnit, before: &Figures, now: &Figures) -> Vec<String> {
    let name = printable(shown::stage_name(&plan.brief, stage, unit)).into_owned();
    let number = |figures| shown::stage_number(figures, stage, unit);
    difference(&name, number(before), number(now), |value| shown::stage_text(stage, unit, value))
}

/// A number in both periods and how it changed; a blank on either side leaves the change blank.
fn difference(name: &str, before: Option<f64>, now: Option<f64>, write: impl Fn(f64) -> String) -> Vec<String> {
    let change = now.zip(before).map(|(now, before)| now - before);
    vec![
        name.to_owned(),
        known(before, &write),
        known(now, &write),
        known(change, |change| format::signed(change, &write)),
    ]
}

/// `None` for a link that neither period has a rate of.
fn link_row(link: Link, before: &Figures, now: &Figures) -> Option<Vec<String>> {
    let (then, here) = (before.link(link), now.link(link));
    then.rate.or(here.rate)?;
    let change = known(now.rate_change(before, link), |change| shown::change(link, here.per, change));
    let name =
        if here.is_bridged() { format!("{} ({})", link.title(), here.per.in_words()) } else { link.title().to_owned() };
    Some(vec![name, shown::rate_text(then), shown::rate_text(here), change])
}
