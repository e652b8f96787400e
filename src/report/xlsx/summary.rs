//! The first sheet: what the plan is, its money, the nine factors, the eight links.

use rust_xlsxwriter::XlsxError;

use crate::engine::{Analysis, GainUnit};
use crate::plan::{Field, Link, Plan, Stage, printable};

use super::super::figures::subtitle;
use super::super::{Computed, plain_words, shown, words};
use super::channels::{Column, Placed};
use super::rates::{self, Rated};
use super::sheet::{Look, Sheet, ratio, same};

/// The columns: name, amount, what it means.
const NAME: usize = 0;
const AMOUNT: usize = 1;
const MEANING: usize = 2;

/// The lines of money, each with what it is made of.
fn lines() -> impl Iterator<Item = (Column, &'static str)> {
    let paid = [
        (Column::Field(Field::Spend), "money paid for the channels"),
        (Column::Field(Field::Hours), "staff time"),
        (Column::Field(Field::Revenue), "the part of the revenue that was recorded"),
    ];
    let computed = Computed::ALL.map(|each| (Column::Computed(each), each.made_of()));
    let counts = [
        (Column::Field(Field::Actions), "how often the methods were applied, where all count in one unit"),
        (Column::Methods, "channels at work: with a cost, actions or visitors"),
        (Column::WithoutResult, "channels with a cost and no known gross profit"),
    ];
    paid.into_iter().chain(computed).chain(counts)
}

pub(super) fn sheet(plan: &Plan, analysis: &Analysis, placed: &Placed, rated: &Rated) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new("Summary")?;
    sheet.upright();
    sheet.text(0, NAME, &printable(&plan.brief.name), Look::Title)?;
    sheet.text(1, NAME, &subtitle(plan, analysis), Look::Muted)?;
    let live = "Everything but the records and the economics is a formula over them: change one, and all follows.";
    sheet.text(2, NAME, live, Look::Muted)?;
    if super::is_large(analysis.total.records) {
        let order =
            "There are so many records that a channel's sums look at its own rows alone: leave them in their order.";
        sheet.text(3, NAME, order, Look::Muted)?;
    }
    let mut row = 4;
    money(&mut sheet, &mut row, analysis, placed)?;
    factors(&mut sheet, &mut row, plan, analysis, placed)?;
    links(&mut sheet, &mut row, analysis, placed, rated)?;
    Ok(sheet)
}

fn heading(sheet: &mut Sheet, row: &mut usize, name: &str, amount: &str, meaning: &str) -> Result<(), XlsxError> {
    for (column, title) in [(NAME, name), (AMOUNT, amount), (MEANING, meaning)] {
        sheet.text(*row, column, title, Look::Heading)?;
    }
    *row += 1;
    Ok(())
}

fn money(sheet: &mut Sheet, row: &mut usize, analysis: &Analysis, placed: &Placed) -> Result<(), XlsxError> {
    heading(sheet, row, "Money", "Amount", "Made of")?;
    for (column, made_of) in lines() {
        sheet.text(*row, NAME, column.title(), Look::Words)?;
        let result = column.of_plan(&analysis.total);
        sheet.formula(*row, AMOUNT, &same(&placed.total(column)), result, column.look())?;
        sheet.text(*row, MEANING, made_of, Look::Words)?;
        *row += 1;
    }
    *row += 1;
    Ok(())
}

fn factors(
    sheet: &mut Sheet,
    row: &mut usize,
    plan: &Plan,
    analysis: &Analysis,
    placed: &Placed,
) -> Result<(), XlsxError> {
    const UNIT: GainUnit = GainUnit::Money;
    heading(sheet, row, "The nine factors", "Amount", "")?;
    for stage in Stage::ALL {
        sheet.text(*row, NAME, &printable(shown::stage_name(&plan.brief, stage, UNIT)), Look::Words)?;
        let column = column_of(stage);
        let result = shown::stage_number(&analysis.total, stage, UNIT);
        sheet.formula(*row, AMOUNT, &same(&placed.total(column)), result, column.look())?;
        *row += 1;
    }
    *row += 1;
    Ok(())
}

const fn column_of(stage: Stage) -> Column {
    match stage {
        Stage::Cost => Column::Computed(Computed::Cost),
        Stage::Methods => Column::Methods,
        Stage::Visitors => Column::Field(Field::Uv),
        Stage::PageViews => Column::Field(Field::Pv),
        Stage::Consultations => Column::Field(Field::Consults),
        Stage::Deals => Column::Field(Field::Deals),
        Stage::Repeats => Column::Field(Field::Repeats),
        Stage::Referrals => Column::Field(Field::Referrals),
        Stage::Result => Column::Computed(Computed::GrossProfit),
    }
}

fn links(
    sheet: &mut Sheet,
    row: &mut usize,
    analysis: &Analysis,
    placed: &Placed,
    rated: &Rated,
) -> Result<(), XlsxError> {
    heading(sheet, row, "The eight links", "Rate", "Which is")?;
    for link in Link::ALL {
        let rate = analysis.total.link(link);
        let methods = placed.total(Column::Methods);
        let (formula, result) = match link {
            // Shown as cost per method, as everywhere.
            Link::Invest => {
                (ratio(&placed.total(Column::Computed(Computed::Cost)), &methods), analysis.total.cost_per_method())
            }
            Link::Reach => (ratio(&placed.total(Column::Field(Field::Uv)), &methods), rate.rate),
            _ => (rated.total(link).map_or_else(String::new, |cell| same(&cell)), rate.rate),
        };
        sheet.text(*row, NAME, link.title(), Look::Words)?;
        sheet.formula(*row, AMOUNT, &formula, result, rates::look(link))?;
        let meaning = format!("{}: {}", words::rate_of(link, rate.per), plain_words::link(link));
        sheet.text(*row, MEANING, &meaning, Look::Words)?;
        *row += 1;
    }
    Ok(())
}
