//! The columns of the table: the name, the ten numbers of a record, the computed ones, the record's note.

use crate::engine::{Figures, Per};
use crate::plan::{Brief, Field, Link, Stage};
use crate::report::format;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The channel's name, always in sight.
    Name,
    /// One of the ten numbers that are typed.
    Field(Field),
    /// A figure that follows from them.
    Computed(Computed),
    /// The record's note.
    Note,
}

/// A figure that follows from what is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    /// Spend and hours, currency.
    Cost,
    /// Deals, repeat orders and referrals.
    Orders,
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
    /// A link's rate, Reach to Value.
    Rate(Link),
}

const COMPUTED: [Computed; 16] = [
    Computed::Cost,
    Computed::Orders,
    Computed::GrossProfit,
    Computed::Profit,
    Computed::Multiple,
    Computed::Roi,
    Computed::Roas,
    Computed::Cac,
    Computed::CostPerVisitor,
    Computed::Rate(Link::Reach),
    Computed::Rate(Link::Depth),
    Computed::Rate(Link::Consult),
    Computed::Rate(Link::Close),
    Computed::Rate(Link::Repurchase),
    Computed::Rate(Link::Refer),
    Computed::Rate(Link::Value),
];

/// How many columns there are.
pub const COUNT: usize = 1 + Field::ALL.len() + COMPUTED.len() + 1;

/// The column in that place, left to right.
pub fn column(at: usize) -> Column {
    match at {
        0 => Column::Name,
        1..=10 => Column::Field(Field::ALL[at - 1]),
        _ => COMPUTED.get(at - 11).map_or(Column::Note, |computed| Column::Computed(*computed)),
    }
}

impl Column {
    /// The number in it; `None` where it is not known, and for words.
    pub fn value(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Field(field) => figures.get(field),
            Self::Computed(computed) => computed.value(figures),
            Self::Name | Self::Note => None,
        }
    }

    /// True where a number that was forecast, not typed, is in it.
    pub fn is_forecast(self, figures: &Figures) -> bool {
        match self {
            Self::Field(field) => figures.is_forecast(field),
            Self::Computed(computed) => computed.rests_on().iter().any(|field| figures.is_forecast(*field)),
            Self::Name | Self::Note => false,
        }
    }

    /// The heading, in the plan's own words.
    pub fn title(self, brief: &Brief) -> String {
        match self {
            Self::Name => "Channel".to_owned(),
            Self::Field(field) => {
                let own = field.stage().and_then(|stage| brief.labels.get(&stage));
                own.cloned().unwrap_or_else(|| field.title().to_owned())
            }
            Self::Computed(computed) => computed.title(brief),
            Self::Note => "Note".to_owned(),
        }
    }
}

impl Computed {
    fn title(self, brief: &Brief) -> String {
        match self {
            Self::Cost => "Cost",
            Self::Orders => "Orders",
            Self::GrossProfit => brief.labels.get(&Stage::Result).map_or("Gross", String::as_str),
            Self::Profit => "Profit",
            Self::Multiple => "Multiple",
            Self::Roi => "ROI",
            Self::Roas => "ROAS",
            Self::Cac => "CAC",
            Self::CostPerVisitor => "Cost/UV",
            Self::Rate(link) => link.title(),
        }
        .to_owned()
    }

    /// The number; `None` where it is not known. Reach of a channel is visitors per unit of cost.
    pub fn value(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Cost => figures.cost,
            Self::Orders => figures.orders,
            Self::GrossProfit => figures.gross_profit,
            Self::Profit => figures.profit(),
            Self::Multiple => figures.multiple(),
            Self::Roi => figures.roi(),
            Self::Roas => figures.roas(),
            Self::Cac => figures.cac(),
            Self::CostPerVisitor => figures.cost_per_visitor(),
            Self::Rate(Link::Reach) => figures.visitors_per_cost(),
            Self::Rate(link) => figures.link(link).rate,
        }
    }

    /// The numbers below it that may be forecast; spend, hours and revenue never are.
    const fn rests_on(self) -> &'static [Field] {
        match self {
            Self::Cost => &[],
            Self::CostPerVisitor | Self::Rate(Link::Invest | Link::Reach) => &[Field::Uv],
            Self::Rate(Link::Depth) => &[Field::Uv, Field::Pv],
            Self::Rate(Link::Consult) => &[Field::Uv, Field::Pv, Field::Consults],
            Self::Rate(Link::Close) => &[Field::Uv, Field::Pv, Field::Consults, Field::Deals],
            Self::Rate(Link::Repurchase) => &[Field::Deals, Field::Repeats],
            Self::Cac | Self::Rate(Link::Refer) => &[Field::Deals, Field::Referrals],
            _ => &[Field::Deals, Field::Repeats, Field::Referrals],
        }
    }

    /// The number as it is shown.
    pub fn shown(self, value: f64, per: Per) -> String {
        match self {
            Self::Cost | Self::GrossProfit | Self::Profit | Self::Cac | Self::CostPerVisitor => format::money(value),
            Self::Orders => format::count(value),
            Self::Multiple | Self::Roas => format::multiple(value),
            Self::Roi => format::signed(value, format::percent),
            Self::Rate(link) => format::rate(link, per, value),
        }
    }

    /// True where more of it is better, false where less is.
    pub const fn more_is_better(self) -> bool {
        !matches!(self, Self::Cost | Self::Cac | Self::CostPerVisitor)
    }
}
