//! Sums, money and ratios of each channel, and of all.

use rust_xlsxwriter::XlsxError;

use crate::engine::{Analysis, Figures};
use crate::plan::{Field, Plan};

use super::records::{self, Computed, Source};
use super::sheet::{Look, Sheet, cell, letter, ratio, sum};

/// The columns before the figures: the channel's number and name, whether it is switched on.
const BEFORE: usize = 3;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Field(Field),
    Cost,
    Orders,
    Revenue,
    GrossProfit,
    Profit,
    Multiple,
    Roi,
    Roas,
    Cac,
    CostPerVisitor,
    CostPerConsult,
    CostPerDeal,
    Methods,
    WithoutResult,
}

impl Column {
    const ALL: [Self; 24] = [
        Self::Field(Field::Spend),
        Self::Field(Field::Hours),
        Self::Field(Field::Actions),
        Self::Field(Field::Uv),
        Self::Field(Field::Pv),
        Self::Field(Field::Consults),
        Self::Field(Field::Deals),
        Self::Field(Field::Repeats),
        Self::Field(Field::Referrals),
        Self::Field(Field::Revenue),
        Self::Cost,
        Self::Orders,
        Self::Revenue,
        Self::GrossProfit,
        Self::Profit,
        Self::Multiple,
        Self::Roi,
        Self::Roas,
        Self::Cac,
        Self::CostPerVisitor,
        Self::CostPerConsult,
        Self::CostPerDeal,
        Self::Methods,
        Self::WithoutResult,
    ];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Field(Field::Revenue) => "Revenue recorded",
            Self::Field(field) => field.title(),
            Self::Cost => "Cost",
            Self::Orders => "Orders",
            Self::Revenue => "Revenue",
            Self::GrossProfit => "Gross profit",
            Self::Profit => "Profit",
            Self::Multiple => "Multiple",
            Self::Roi => "ROI",
            Self::Roas => "ROAS",
            Self::Cac => "CAC",
            Self::CostPerVisitor => "Cost per visitor",
            Self::CostPerConsult => "Cost per consultation",
            Self::CostPerDeal => "Cost per deal",
            Self::Methods => "At work",
            Self::WithoutResult => "Cost without a known result",
        }
    }

    pub(super) const fn look(self) -> Look {
        match self {
            Self::Field(field) => records::look(field),
            Self::Orders | Self::Methods | Self::WithoutResult => Look::Count,
            Self::Multiple | Self::Roas => Look::Ratio,
            Self::Roi => Look::Percent,
            _ => Look::Money,
        }
    }

    fn place(self) -> usize {
        BEFORE + Self::ALL.iter().position(|each| *each == self).unwrap_or_default()
    }

    /// The number in it, of one channel.
    fn of_channel(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Methods => Some(f64::from(u8::from(figures.is_at_work()))),
            _ => self.of_plan(figures),
        }
    }

    /// The number in it, of all channels.
    pub(super) fn of_plan(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Field(field) => figures.get(field),
            Self::Cost => figures.cost,
            Self::Orders => figures.orders,
            Self::Revenue => figures.revenue,
            Self::GrossProfit => figures.gross_profit,
            Self::Profit => figures.profit(),
            Self::Multiple => figures.multiple(),
            Self::Roi => figures.roi(),
            Self::Roas => figures.roas(),
            Self::Cac => figures.cac(),
            Self::CostPerVisitor => figures.cost_per_visitor(),
            Self::CostPerConsult => figures.cost_per_consult(),
            Self::CostPerDeal => figures.cost_per_deal(),
            Self::Methods => Some(figures.methods),
            Self::WithoutResult => Some(figures.without_result as f64),
        }
    }

    /// The column of the records that it is a sum of; `None` where it follows from the row.
    fn summed(self, source: &Source) -> Option<String> {
        Some(match self {
            Self::Field(field) => source.field(field),
            Self::Cost => source.computed(Computed::Cost),
            Self::Orders => source.computed(Computed::Orders),
            Self::Revenue => source.computed(Computed::Revenue),
            Self::GrossProfit => source.computed(Computed::GrossProfit),
            _ => return None,
        })
    }

    /// What follows from the other numbers of a row, the same for a channel and for all.
    fn in_row(self, row: usize) -> String {
        let at = |column: Self| cell(row, column.place());
        let field = |field| at(Self::Field(field));
        let (cost, gross) = (at(Self::Cost), at(Self::GrossProfit));
        match self {
            Self::Profit => format!("=IF(COUNT({gross},{cost})<2,\"\",{gross}-{cost})"),
            Self::Multiple => ratio(&gross, &cost),
            Self::Roi => format!("=IF({0}=\"\",\"\",{0}-1)", at(Self::Multiple)),
            Self::Roas => ratio(&at(Self::Revenue), &field(Field::Spend)),
            Self::Cac => {
                let (deals, referrals) = (field(Field::Deals), field(Field::Referrals));
                let customers = format!("({deals}+N({referrals}))");
                format!("=IF(COUNT({cost},{deals})<2,\"\",IF({customers}=0,\"\",{cost}/{customers}))")
            }
            Self::CostPerVisitor => ratio(&cost, &field(Field::Uv)),
            Self::CostPerConsult => ratio(&cost, &field(Field::Consults)),
            Self::CostPerDeal => ratio(&cost, &field(Field::Deals)),
            Self::Methods => format!("=IF(MAX({cost},{},{})>0,1,0)", field(Field::Actions), field(Field::Uv)),
            _ => format!("=IF(AND(N({cost})>0,{gross}=\"\"),1,0)"),
        }
    }

    /// True where all channels' figure is the sum of theirs.
    fn adds_up(self, source: &Source) -> bool {
        matches!(self, Self::Methods | Self::WithoutResult) || self.summed(source).is_some()
    }
}

/// Where the totals stand.
pub(super) struct Placed {
    total: usize,
}

impl Placed {
    /// The total of a column, from another sheet.
    pub(super) fn total(&self, column: Column) -> String {
        format!("Channels!{}", cell(self.total, column.place()))
    }
}

pub(super) fn sheet(plan: &Plan, analysis: &Analysis, source: &Source) -> Result<(Sheet, Placed), XlsxError> {
    let mut sheet = Sheet::new("Channels")?;
    sheet.headings(0, ["No.", "Channel", "Switched"].into_iter().chain(Column::ALL.map(Column::title)))?;
    sheet.freeze(1, BEFORE)?;
    for (at, (channel, found)) in plan.channels.iter().zip(&analysis.channels).enumerate() {
        let row = at + 1;
        sheet.number(row, 0, Some(row as f64), Look::Count)?;
        sheet.text(row, 1, &channel.name, Look::Words)?;
        sheet.text(row, 2, if channel.active { "on" } else { "off" }, Look::Words)?;
        for column in Column::ALL {
            let formula = column.summed(source).map_or_else(|| column.in_row(row), |range| sum_of(source, &range, row));
            sheet.formula(row, column.place(), &formula, column.of_channel(&found.figures), column.look())?;
        }
    }
    let total = plan.channels.len() + 1;
    sheet.text(total, 1, "All", Look::Words)?;
    for column in Column::ALL {
        let result = column.of_plan(&analysis.total);
        let formula = if column.adds_up(source) {
            let letter = letter(column.place());
            // Of no channel there is a row of headings above, which is no number.
            let range = format!("{letter}{}:{letter}{}", 2.min(total), total);
            // How many there are is never blank.
            if column.summed(source).is_some() { sum(&range) } else { format!("=SUM({range})") }
        } else {
            column.in_row(total)
        };
        // Actions of channels with different units have no total.
        if column != Column::Field(Field::Actions) || result.is_some() {
            sheet.formula(total, column.place(), &formula, result, column.look())?;
        }
    }
    Ok((sheet, Placed { total }))
}

/// The sum over the records of the channel whose number stands at the beginning of the row; blank where none is known.
fn sum_of(source: &Source, range: &str, row: usize) -> String {
    let (channels, number) = (source.channel(), format!("$A{}", row + 1));
    format!("=IF(COUNTIFS({channels},{number},{range},\">=0\")=0,\"\",SUMIFS({range},{channels},{number}))")
}
