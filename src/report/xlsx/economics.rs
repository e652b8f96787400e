//! What an order and an hour are worth: the plan's word, each channel's own, and which of them holds.

use rust_xlsxwriter::XlsxError;

use crate::plan::{Economics, Plan};

use super::sheet::{Look, Sheet, cell};

/// The row of the plan; the channels follow.
const PLAN: usize = 1;
/// The columns of what was typed, then of what holds.
const TYPED: usize = 2;
const HOLDS: usize = TYPED + 3;

/// One of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    OrderValue,
    Margin,
    HourlyCost,
}

impl What {
    const ALL: [Self; 3] = [Self::OrderValue, Self::Margin, Self::HourlyCost];

    const fn of(self, economics: Economics) -> Option<f64> {
        match self {
            Self::OrderValue => economics.order_value,
            Self::Margin => economics.margin,
            Self::HourlyCost => economics.hourly_cost,
        }
    }

    /// What holds where nobody says anything; `None` leaves money unknown.
    const fn unsaid(self) -> Option<f64> {
        match self {
            Self::OrderValue => None,
            Self::Margin => Some(1.0),
            Self::HourlyCost => Some(0.0),
        }
    }

    const fn look(self) -> Look {
        match self {
            Self::Margin => Look::Percent,
            Self::OrderValue | Self::HourlyCost => Look::Money,
        }
    }
}

pub(super) fn sheet(plan: &Plan) -> Result<Sheet, XlsxError> {
    let mut sheet = Sheet::new("Economics")?;
    sheet.headings(
        0,
        [
            "No.",
            "Whose",
            "Order value, typed",
            "Margin, typed",
            "Cost of an hour, typed",
            "Order value that holds",
            "Margin that holds",
            "Cost of an hour that holds",
        ],
    )?;
    sheet.freeze(1, TYPED)?;
    sheet.text(PLAN, 1, "The plan, for channels that say nothing", Look::Words)?;
    line(&mut sheet, PLAN, plan.brief.economics, plan.brief.economics)?;
    for (at, channel) in plan.channels.iter().enumerate() {
        let row = PLAN + 1 + at;
        sheet.number(row, 0, Some((at + 1) as f64), Look::Count)?;
        sheet.text(row, 1, &channel.name, Look::Words)?;
        line(&mut sheet, row, channel.economics, plan.economics_of(channel))?;
    }
    Ok(sheet)
}

/// What was typed, and what holds: its own, else the plan's, else what is taken where nobody says anything.
fn line(sheet: &mut Sheet, row: usize, typed: Economics, holds: Economics) -> Result<(), XlsxError> {
    for (at, what) in What::ALL.into_iter().enumerate() {
        sheet.number(row, TYPED + at, what.of(typed), what.look())?;
        let (own, plans) = (cell(row, TYPED + at), cell(PLAN, TYPED + at));
        let unsaid = what.unsaid().map_or_else(|| "\"\"".to_owned(), |number| number.to_string());
        let formula = format!("=IF({own}<>\"\",{own},IF({plans}<>\"\",{plans},{unsaid}))");
        sheet.formula(row, HOLDS + at, &formula, what.of(holds).or(what.unsaid()), what.look())?;
    }
    Ok(())
}

/// What holds for the channel whose number stands in the cell `number` of another sheet.
pub(super) fn of(plan: &Plan, what: What, number: &str) -> String {
    let column = super::sheet::letter(HOLDS + what as usize);
    let (first, last) = (PLAN + 2, PLAN + 1 + plan.channels.len().max(1));
    format!("INDEX(Economics!${column}${first}:${column}${last},{number})")
}
