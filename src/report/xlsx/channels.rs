//! Sums, money and ratios of each channel, and of all.

use rust_xlsxwriter::XlsxError;

use crate::engine::{Analysis, Figures};
use crate::plan::{Field, Plan};

use super::super::Computed;
use super::records::{self, Columns, Source};
use super::sheet::{Look, Sheet, cell, letter, ratio, sum};

/// The columns before the figures: the channel's number and name, whether it is switched on.
const BEFORE: usize = 3;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Field(Field),
    Computed(Computed),
    Methods,
    WithoutResult,
}

impl Column {
    /// All of them, left to right.
    fn all() -> impl Iterator<Item = Self> {
        let computed = Computed::ALL.map(Self::Computed);
        Field::ALL.map(Self::Field).into_iter().chain(computed).chain([Self::Methods, Self::WithoutResult])
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Field(Field::Revenue) => "Revenue recorded",
            Self::Field(field) => field.title(),
            Self::Computed(computed) => computed.title(),
            Self::Methods => "At work",
            Self::WithoutResult => "Cost without a known result",
        }
    }

    pub(super) const fn look(self) -> Look {
        match self {
            Self::Field(field) => records::look(field),
            Self::Computed(computed) => look(computed),
            Self::Methods | Self::WithoutResult => Look::Count,
        }
    }

    fn place(self) -> usize {
        BEFORE + Self::all().position(|each| each == self).unwrap_or_default()
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
            Self::Computed(computed) => computed.of(figures),
            Self::Methods => Some(figures.methods),
            Self::WithoutResult => Some(figures.without_result as f64),
        }
    }

    /// The column of the records that it is a sum of; `None` where it follows from the row.
    fn summed(self, columns: Columns<'_>) -> Option<String> {
        match self {
            Self::Field(field) => Some(columns.field(field)),
            Self::Computed(computed) => columns.computed(computed),
            Self::Methods | Self::WithoutResult => None,
        }
    }

    /// What follows from the other numbers of a row, the same for a channel and for all.
    fn in_row(self, row: usize) -> String {
        let field = |field| cell(row, Self::Field(field).place());
        let at = |computed| cell(row, Self::Computed(computed).place());
        let (cost, gross) = (at(Computed::Cost), at(Computed::GrossProfit));
        match self {
            Self::Computed(Computed::Profit) => format!("=IF(COUNT({gross},{cost})<2,\"\",{gross}-{cost})"),
            Self::Computed(Computed::Multiple) => ratio(&gross, &cost),
            Self::Computed(Computed::Roi) => format!("=IF({0}=\"\",\"\",{0}-1)", at(Computed::Multiple)),
            Self::Computed(Computed::Roas) => ratio(&at(Computed::Revenue), &field(Field::Spend)),
            Self::Computed(Computed::Cac) => {
                let (deals, referrals) = (field(Field::Deals), field(Field::Referrals));
                let customers = format!("({deals}+N({referrals}))");
                format!("=IF(COUNT({cost},{deals})<2,\"\",IF({customers}=0,\"\",{cost}/{customers}))")
            }
            Self::Computed(Computed::CostPerVisitor) => ratio(&cost, &field(Field::Uv)),
            Self::Computed(Computed::CostPerConsult) => ratio(&cost, &field(Field::Consults)),
            Self::Computed(Computed::CostPerDeal) => ratio(&cost, &field(Field::Deals)),
            Self::Methods => format!("=IF(MAX({cost},{},{})>0,1,0)", field(Field::Actions), field(Field::Uv)),
            _ => format!("=IF(AND(N({cost})>0,{gross}=\"\"),1,0)"),
        }
    }

    /// True where all channels' figure is the sum of theirs.
    fn adds_up(self, columns: Columns<'_>) -> bool {
        matches!(self, Self::Methods | Self::WithoutResult) || self.summed(columns).is_some()
    }
}

/// How a computed figure looks.
pub(super) const fn look(computed: Computed) -> Look {
    match computed {
        Computed::Orders => Look::Count,
        Computed::Multiple | Computed::Roas => Look::Ratio,
        Computed::Roi => Look::Percent,
        _ => Look::Money,
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
    sheet.headings(0, ["No.", "Channel", "Switched"].into_iter().chain(Column::all().map(Column::title)))?;
    sheet.freeze(1, BEFORE)?;
    for (at, (channel, found)) in plan.channels.iter().zip(&analysis.channels).enumerate() {
        let row = at + 1;
        sheet.number(row, 0, Some(row as f64), Look::Count)?;
        sheet.text(row, 1, &channel.name, Look::Words)?;
        sheet.text(row, 2, if channel.active { "on" } else { "off" }, Look::Words)?;
        for column in Column::all() {
            let columns = source.of(at);
            let formula =
                column.summed(columns).map_or_else(|| column.in_row(row), |range| sum_of(columns, &range, row));
            sheet.formula(row, column.place(), &formula, column.of_channel(&found.figures), column.look())?;
        }
    }
    let total = plan.channels.len() + 1;
    sheet.text(total, 1, "All", Look::Words)?;
    for column in Column::all() {
        let result = column.of_plan(&analysis.total);
        let formula = if column.adds_up(source.of(0)) {
            let letter = letter(column.place());
            // Of no channel there is a row of headings above, which is no number.
            let range = format!("{letter}{}:{letter}{}", 2.min(total), total);
            // How many there are is never blank.
            if column.summed(source.of(0)).is_some() { sum(&range) } else { format!("=SUM({range})") }
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
fn sum_of(columns: Columns<'_>, range: &str, row: usize) -> String {
    let (channels, number) = (columns.channel(), format!("$A{}", row + 1));
    format!("=IF(COUNTIFS({channels},{number},{range},\">=0\")=0,\"\",SUMIFS({range},{channels},{number}))")
}
