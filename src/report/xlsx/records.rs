//! The records as entered; with a forecast also as forecast; and the money of each, since money is summed record by
//! record.

use jiff::civil::Date;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::engine::{Analysis, Money};
use crate::plan::{Field, Plan, Record};

use super::super::Computed;
use super::sheet::{Look, Sheet, cell, letter};
use super::{channels, economics};

/// The columns before the ten numbers: the channel's number and name, layer, period.
const BEFORE: usize = 4;
/// Behind the ten numbers.
const NOTE: usize = BEFORE + Field::ALL.len();
/// Behind the note.
const MONEY: usize = NOTE + 1;
/// What is computed for each record, in the order of [`formulas`].
const COMPUTED: [Computed; 4] = [Computed::Cost, Computed::Orders, Computed::Revenue, Computed::GrossProfit];

/// The sheet that all sums are taken over.
pub(super) struct Source {
    name: &'static str,
    /// The rows of each channel's sums, first and last, from 1: all rows, so that records may be sorted and added; of
    /// many records those of the channel alone, since nobody waits for as many comparisons as records × channels.
    rows: Vec<(usize, usize)>,
}

impl Source {
    fn new(name: &'static str, rows: &[Row<'_>], channels: usize) -> Self {
        if !super::is_large(rows.len()) {
            // Never a range that ends before it begins.
            return Self { name, rows: vec![(2, (rows.len() + 1).max(2)); channels] };
        }
        let mut its = vec![(2, 2); channels];
        let mut row = 2;
        for of_one in rows.chunk_by(|one, next| one.channel == next.channel) {
            its[of_one[0].channel] = (row, row + of_one.len() - 1);
            row += of_one.len();
        }
        Self { name, rows: its }
    }

    /// The columns of a channel's sums.
    pub(super) fn of(&self, channel: usize) -> Columns<'_> {
        Columns { name: self.name, rows: self.rows.get(channel).copied().unwrap_or((2, 2)) }
    }
}

/// Columns of the sheet that sums are taken over, as far as one channel's sums look.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a> {
    name: &'a str,
    rows: (usize, usize),
}

impl Columns<'_> {
    /// The column of a field.
    pub(super) fn field(&self, field: Field) -> String {
        self.column(BEFORE + field as usize)
    }

    /// The column of what is computed for each record; `None` for what is not.
    pub(super) fn computed(&self, computed: Computed) -> Option<String> {
        let at = COMPUTED.iter().position(|each| *each == computed)?;
        Some(self.column(MONEY + at))
    }

    /// The column of the channels' numbers.
    pub(super) fn channel(&self) -> String {
        self.column(0)
    }

    fn column(&self, column: usize) -> String {
        let (letter, (first, last)) = (letter(column), self.rows);
        format!("{}!${letter}${first}:${letter}${last}", self.name)
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

/// Puts the sheets of records to `sheets`; says over which of them sums are taken. Rows are written from the top down:
/// of many records the sheet is on the disk as far as it was written.
pub(super) fn sheets(
    book: &mut Workbook,
    plan: &Plan,
    analysis: &Analysis,
    sheets: &mut Vec<Sheet>,
) -> Result<Source, XlsxError> {
    let rows = rows(plan, analysis);
    let forecast = analysis.total.forecast;
    let mut records = Sheet::of_rows(book, "Records", rows.len())?;
    head(&mut records, !forecast)?;
    for (at, row) in rows.iter().enumerate() {
        whose(&mut records, at + 1, plan, analysis, row)?;
        for field in Field::ALL {
            records.number(at + 1, BEFORE + field as usize, row.entered.get(field), look(field))?;
        }
        records.text(at + 1, NOTE, row.entered.note(), Look::Words)?;
        if !forecast {
            money(&mut records, at + 1, plan, row)?;
        }
    }
    sheets.push(records);
    if forecast {
        sheets.push(self::forecast(book, plan, analysis, &rows)?);
    }
    Ok(Source::new(if forecast { "Forecast" } else { "Records" }, &rows, plan.channels.len()))
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

/// The headings; `with_money` where money is computed on this sheet.
fn head(sheet: &mut Sheet, with_money: bool) -> Result<(), XlsxError> {
    let fields = Field::ALL.map(Field::title);
    let computed = COMPUTED.iter().filter(|_| with_money).map(|each| each.title());
    sheet.freeze(1, BEFORE)?;
    sheet.headings(0, ["No.", "Channel", "Layer", "Period"].into_iter().chain(fields).chain(["Note"]).chain(computed))
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
fn forecast(book: &mut Workbook, plan: &Plan, analysis: &Analysis, rows: &[Row<'_>]) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::of_rows(book, "Forecast", rows.len())?;
    head(&mut sheet, true)?;
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
        money(&mut sheet, at + 1, plan, row)?;
    }
    Ok(sheet)
}

/// What a record cost and brought (docs/model.md, "Money, for one record or one sum of records").
fn money(sheet: &mut Sheet, at: usize, plan: &Plan, row: &Row<'_>) -> Result<(), XlsxError> {
    let economics = plan.channels.get(row.channel).map(|channel| plan.economics_of(channel)).unwrap_or_default();
    let found = Money::of(row.counted, economics);
    let results = [found.cost, found.orders, found.revenue, found.gross_profit];
    for (column, (formula, result)) in formulas(at, plan).into_iter().zip(results).enumerate() {
        sheet.formula(at, MONEY + column, &formula, result, channels::look(COMPUTED[column]))?;
    }
    Ok(())
}

/// Cost, orders, revenue and gross profit of the record in that row.
fn formulas(row: usize, plan: &Plan) -> [String; 4] {
    let field = |field: Field| cell(row, BEFORE + field as usize);
    let worth = |what| economics::of(plan, what, &cell(row, 0));
    let [spend, hours, deals, repeats, referrals, revenue] =
        [Field::Spend, Field::Hours, Field::Deals, Field::Repeats, Field::Referrals, Field::Revenue].map(field);
    let [_, orders, own, _] = [0, 1, 2, 3].map(|at| cell(row, MONEY + at));
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
