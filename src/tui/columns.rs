//! The columns of the table: the name, the ten numbers of a record, the computed ones, the record's note.

use crate::engine::{Figures, Per};
use crate::plan::{Brief, Field, Link, Stage};
use crate::report::{Computed, format};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The channel's name, always in sight.
    Name,
    /// One of the ten numbers that are typed.
    Field(Field),
    /// A figure that follows from them.
    Computed(Computed),
    /// A link's rate, Reach to Value.
    Rate(Link),
    /// The record's note.
    Note,
}

/// The computed ones, left to right.
const COMPUTED: [Column; 16] = [
    Column::Computed(Computed::Cost),
    Column::Computed(Computed::Orders),
    Column::Computed(Computed::GrossProfit),
    Column::Computed(Computed::Profit),
    Column::Computed(Computed::Multiple),
    Column::Computed(Computed::Roi),
    Column::Computed(Computed::Roas),
    Column::Computed(Computed::Cac),
    Column::Computed(Computed::CostPerVisitor),
    Column::Rate(Link::Reach),
    Column::Rate(Link::Depth),
    Column::Rate(Link::Consult),
    Column::Rate(Link::Close),
    Column::Rate(Link::Repurchase),
    Column::Rate(Link::Refer),
    Column::Rate(Link::Value),
];

/// How many columns there are.
pub const COUNT: usize = 1 + Field::ALL.len() + COMPUTED.len() + 1;

/// The column in that place, left to right.
pub fn column(at: usize) -> Column {
    match at {
        0 => Column::Name,
        1..=10 => Column::Field(Field::ALL[at - 1]),
        _ => COMPUTED.get(at - 11).copied().unwrap_or(Column::Note),
    }
}

impl Column {
    /// The number in it; `None` where it is not known, and for words.
    pub fn value(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Field(field) => figures.get(field),
            Self::Computed(computed) => computed.of(figures),
            // Of a channel, and then of all too, it is visitors per unit of cost.
            Self::Rate(Link::Reach) => figures.visitors_per_cost(),
            Self::Rate(link) => figures.link(link).rate,
            Self::Name | Self::Note => None,
        }
    }

    /// True where a number that was forecast, not typed, is in it.
    pub fn is_forecast(self, figures: &Figures) -> bool {
        match self {
            Self::Field(field) => figures.is_forecast(field),
            Self::Computed(_) | Self::Rate(_) => self.rests_on().iter().any(|field| figures.is_forecast(*field)),
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
            Self::Computed(Computed::GrossProfit) => {
                brief.labels.get(&Stage::Result).map_or("Gross", String::as_str).to_owned()
            }
            Self::Computed(Computed::CostPerVisitor) => "Cost/UV".to_owned(),
            Self::Computed(computed) => computed.title().to_owned(),
            Self::Rate(link) => link.title().to_owned(),
            Self::Note => "Note".to_owned(),
        }
    }

    /// The numbers below it that may be forecast; spend, hours and revenue never are.
    const fn rests_on(self) -> &'static [Field] {
        match self {
            Self::Computed(Computed::Cost) | Self::Name | Self::Note | Self::Field(_) => &[],
            Self::Computed(Computed::CostPerVisitor) | Self::Rate(Link::Invest | Link::Reach) => &[Field::Uv],
            Self::Computed(Computed::CostPerConsult) => &[Field::Consults],
            Self::Computed(Computed::CostPerDeal) => &[Field::Deals],
            Self::Rate(Link::Depth) => &[Field::Uv, Field::Pv],
            Self::Rate(Link::Consult) => &[Field::Uv, Field::Pv, Field::Consults],
            Self::Rate(Link::Close) => &[Field::Uv, Field::Pv, Field::Consults, Field::Deals],
            Self::Rate(Link::Repurchase) => &[Field::Deals, Field::Repeats],
            Self::Computed(Computed::Cac) | Self::Rate(Link::Refer) => &[Field::Deals, Field::Referrals],
            Self::Computed(_) | Self::Rate(Link::Value) => &[Field::Deals, Field::Repeats, Field::Referrals],
        }
    }

    /// A number in it as it is shown.
    pub fn shown(self, figures: &Figures, value: f64) -> String {
        match self {
            Self::Field(field) if field.is_money() => format::money(value),
            Self::Computed(computed) => computed.write(value),
            Self::Rate(Link::Reach) => format::rate(Link::Reach, Per::Cost, value),
            Self::Rate(link) => format::rate(link, figures.link(link).per, value),
            _ => format::count(value),
        }
    }

    /// Whether more of it is better, or less; `None` where neither can be said.
    pub const fn more_is_better(self) -> Option<bool> {
        match self {
            Self::Field(Field::Spend | Field::Hours) => Some(false),
            Self::Field(Field::Actions) => None,
            Self::Computed(computed) => Some(computed.more_is_better()),
            _ => Some(true),
        }
    }
}
