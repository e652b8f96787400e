//! The figures that follow from what is typed: what each is called, made of, and how it is written. Tables on paper, the
//! workbook, the table on screen and the report for scripts all take them from here.

use crate::engine::Figures;

use super::format;

/// A figure of one channel or of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    /// Spend and hours, currency.
    Cost,
    /// Deals, repeat orders and referrals.
    Orders,
    /// As recorded, else orders × order value; currency.
    Revenue,
    /// Margin × revenue, currency.
    GrossProfit,
    /// Gross profit − cost, currency.
    Profit,
    /// Gross profit / cost.
    Multiple,
    /// Multiple − 1.
    Roi,
    /// Revenue / spend.
    Roas,
    /// Cost per new customer, currency.
    Cac,
    /// Cost per visitor, currency.
    CostPerVisitor,
    /// Cost per consultation, currency.
    CostPerConsult,
    /// Cost per deal, currency.
    CostPerDeal,
}

impl Computed {
    /// All of them, in the order shown.
    pub const ALL: [Self; 12] = [
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
    ];

    /// The name for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Orders => "orders",
            Self::Revenue => "revenue",
            Self::GrossProfit => "gross_profit",
            Self::Profit => "profit",
            Self::Multiple => "multiple",
            Self::Roi => "roi",
            Self::Roas => "roas",
            Self::Cac => "cac",
            Self::CostPerVisitor => "cost_per_visitor",
            Self::CostPerConsult => "cost_per_consult",
            Self::CostPerDeal => "cost_per_deal",
        }
    }

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
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
        }
    }

    /// What it is made of.
    pub const fn made_of(self) -> &'static str {
        match self {
            Self::Cost => "spend + hours × hourly cost",
            Self::Orders => "deals + repeat orders + referrals",
            Self::Revenue => "as recorded, else orders × order value",
            Self::GrossProfit => "margin × revenue",
            Self::Profit => "gross profit − cost",
            Self::Multiple => "gross profit / cost: 1 in → this out",
            Self::Roi => "multiple − 1",
            Self::Roas => "revenue / spend",
            Self::Cac => "cost / (deals + referrals)",
            Self::CostPerVisitor => "cost / visitors",
            Self::CostPerConsult => "cost / consultations",
            Self::CostPerDeal => "cost / deals",
        }
    }

    /// The number; `None` where it is not known.
    pub fn of(self, figures: &Figures) -> Option<f64> {
        match self {
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
        }
    }

    /// The number as it is shown.
    pub fn write(self, value: f64) -> String {
        match self {
            Self::Orders => format::count(value),
            Self::Multiple | Self::Roas => format::multiple(value),
            Self::Roi => format::signed(value, format::percent),
            _ => format::money(value),
        }
    }

    /// True where more of it is better, false where less is.
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Self::Cost | Self::Cac | Self::CostPerVisitor | Self::CostPerConsult | Self::CostPerDeal)
    }
}
