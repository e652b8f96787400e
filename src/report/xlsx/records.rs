//! The records as entered; with a forecast also as forecast; and the money of each, since money is summed record by
//! record.

use jiff::civil::Date;
use rust_xlsxwriter::XlsxError;

use crate::engine::{Analysis, Money};
use crate::plan::{Channel, Field, Plan, Record};

use super::economics;
use super::sheet::{Look, Sheet, cell, letter};

/// The columns before the ten numbers: the channel's number and name, layer, period.
const BEFORE: usize = 4;
/// Behind the ten numbers.
const NOTE: usize = BEFORE + Field::ALL.len();
/// Behind the note.
const MONEY: usize = NOTE + 1;
/// Their headings, in the order of [`money`].
const TITLES: [&str; 4] = ["Cost", "Orders", "Revenue", "Gross profit"];

/// A number of each record, computed from the ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Computed {
    Cost,
    Orders,
    Revenue,
    GrossProfit,
}

/// The sheet that all sums are taken over.
pub(super) struct Source {
    name: &'static str,
    /// The last row, from 1; at least 2, so that ranges are none that begin after their end.
    last: usize,
}

impl Source {
    /// The column of a field, all its records.
    pub(super) fn field(&self, field: Field) -> String {
        self.column(BEFORE + field as usize)
    }

    /// The column of a computed number.
    pub(super) fn computed(&self, computed: Computed) -> String {
        self.column(MONEY + computed as usize)
    }

    /// The column of the channels' numbers.
    pub(super) fn channel(&self) -> String {
        self.column(0)
    }

    fn column(&self, column: usize) -> String {
        let letter = letter(column);
        format!("{}!${letter}$2:${letter}${}", self.name, self.last)
    }
}

/// One record with where it belongs.
struct Row<'a> {
    channel: usize,
    day: Date,
    entered: &'a Record,
    /// With its blanks forecast.
    counted: &'a Record,
}

/// Puts the sheets of records to `sheets`; says over which of them sums are taken.
pub(super) fn sheets(plan: &Plan, analysis: &Analysis, sheets: &mut Vec<Sheet>) -> Result<Source, XlsxError> {
    let rows = rows(plan, analysis);
    let last = (rows.len() + 1).max(2);
    let mut records = Sheet::new("Records")?;
    head(&mut records)?;
    for (at, row) in rows.iter().enumerate() {
        whose(&mut records, at + 1, plan, analysis, row)?;
        for field in Field::ALL {
            records.number(at + 1, BEFORE + field as usize, row.entered.get(field), look(field))?;
        }
        records.text(at + 1, NOTE, row.entered.note(), Look::Words)?;
    }
    let name = if analysis.total.forecast { "Forecast" } else { "Records" };
    let mut counted = if analysis.total.forecast { Some(forecast(plan, analysis, &rows)?) } else { None };
    let sheet = counted.as_mut().unwrap_or(&mut records);
    sheet_of_money(sheet, plan, &rows)?;
    sheets.push(records);
    sheets.extend(counted);
    Ok(Source { name, last })
}

fn rows<'a>(plan: &'a Plan, analysis: &'a Analysis) -> Vec<Row<'a>> {
    let scope = &analysis.scope;
    let mut rows = Vec::with_capacity(analysis.total.records);
    for (channel, (its, found)) in plan.channels.iter().zip(&analysis.channels).enumerate() {
        for (day, entered) in scope.span.of(its.records(scope.layer)) {
            let filled = found.forecast().and_then(|forecast| forecast.records.get(day));
            rows.push(Row { channel, day, entered, counted: filled.unwrap_or(entered) });
        }
    }
    rows
}

fn head(sheet: &mut Sheet) -> Result<(), XlsxError> {
    let fields = Field::ALL.map(Field::title);
    sheet.headings(0, ["No.", "Channel", "Layer", "Period"].into_iter().chain(fields).chain(["Note"]))?;
    sheet.freeze(1, BEFORE)
}

/// Whose record it is, and of which period.
fn whose(sheet: &mut Sheet, at: usize, plan: &Plan, analysis: &Analysis, row: &Row<'_>) -> Result<(), XlsxError> {
    let name = plan.channels.get(row.channel).map_or("", |channel| channel.name.as_str());
    sheet.number(at, 0, Some((row.channel + 1) as f64), Look::Count)?;
    sheet.text(at, 1, name, Look::Words)?;
    sheet.text(at, 2, analysis.scope.layer.key(), Look::Words)?;
    sheet.day(at, 3, row.day)
}

/// The same rows: what was typed is taken from the sheet of records, what was forecast stands in its own ink.
fn forecast(plan: &Plan, analysis: &Analysis, rows: &[Row<'_>]) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new("Forecast")?;
    head(&mut sheet)?;
    for (at, row) in rows.iter().enumerate() {
        whose(&mut sheet, at + 1, plan, analysis, row)?;
        for field in Field::ALL {
            let column = BEFORE + field as usize;
            match (row.entered.get(field), row.counted.get(field)) {
                (None, Some(value)) => sheet.forecast(at + 1, column, value, look(field))?,
                (typed, _) => {
                    let source = super::sheet::same(&format!("Records!{}", cell(at + 1, column)));
                    sheet.formula(at + 1, column, &source, typed, look(field))?;
                }
            }
        }
    }
    sheet.text(0, NOTE, "", Look::Heading)?;
    Ok(sheet)
}

/// What each record cost and brought (docs/model.md, "Money, for one record or one sum of records").
fn sheet_of_money(sheet: &mut Sheet, plan: &Plan, rows: &[Row<'_>]) -> Result<(), XlsxError> {
    for (at, title) in TITLES.into_iter().enumerate() {
        sheet.text(0, MONEY + at, title, Look::Heading)?;
    }
    let of = |row: &Row<'_>| {
        plan.channels.get(row.channel).map(|channel: &std::sync::Arc<Channel>| plan.economics_of(channel))
    };
    for (at, row) in rows.iter().enumerate() {
        let found = Money::of(row.counted, of(row).unwrap_or_default());
        let results = [found.cost, found.orders, found.revenue, found.gross_profit];
        for (column, (formula, result)) in formulas(at + 1, plan).into_iter().zip(results).enumerate() {
            let look = if column == Computed::Orders as usize { Look::Count } else { Look::Money };
            sheet.formula(at + 1, MONEY + column, &formula, result, look)?;
        }
    }
    Ok(())
}

/// Cost, orders, revenue and gross profit of the record in that row.
fn formulas(row: usize, plan: &Plan) -> [String; 4] {
    let field = |field: Field| cell(row, BEFORE + field as usize);
    let money = |computed: Computed| cell(row, MONEY + computed as usize);
    let worth = |what| economics::of(plan, what, &cell(row, 0));
    let [spend, hours, deals, repeats, referrals, revenue] =
        [Field::Spend, Field::Hours, Field::Deals, Field::Repeats, Field::Referrals, Field::Revenue].map(field);
    let (orders, own) = (money(Computed::Orders), money(Computed::Revenue));
    let value = worth(economics::What::OrderValue);
    [
        format!("=IF(COUNT({spend},{hours})=0,\"\",N({spend})+N({hours})*{})", worth(economics::What::HourlyCost)),
        format!("=IF(COUNT({deals})=0,\"\",N({deals})+N({repeats})+N({referrals}))"),
        format!("=IF(COUNT({revenue})=1,{revenue},IF(OR({orders}=\"\",{value}=\"\"),\"\",{orders}*{value}))"),
        format!("=IF({own}=\"\",\"\",{}*{own})", worth(economics::What::Margin)),
    ]
}

/// How a field's numbers look.
pub(super) const fn look(field: Field) -> Look {
    if field.is_money() { Look::Money } else { Look::Count }
}
