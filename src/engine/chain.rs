//! How the links hang together, and how a gap in the chain is bridged.

use crate::plan::{Field, Link};

/// What a link's rate is counted per: the stage above it, or one further up where a gap is bridged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// Per unit of cost (Invest, and Reach of one channel).
    Cost,
    /// Per method (Reach of a plan).
    Methods,
    /// Per visitor.
    Uv,
    /// Per page view.
    Pv,
    /// Per consultation.
    Consults,
    /// Per deal.
    Deals,
    /// Per order.
    Orders,
}

impl Per {
    /// The name in reports for scripts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Methods => "methods",
            Self::Uv => "uv",
            Self::Pv => "pv",
            Self::Consults => "consults",
            Self::Deals => "deals",
            Self::Orders => "orders",
        }
    }

    /// In words: "per visitor".
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Cost => "per unit of cost",
            Self::Methods => "per method",
            Self::Uv => "per visitor",
            Self::Pv => "per page view",
            Self::Consults => "per consultation",
            Self::Deals => "per deal",
            Self::Orders => "per order",
        }
    }

    /// The field of a record that is the denominator; `None` for cost, methods and orders, which are computed.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Uv => Some(Field::Uv),
            Self::Pv => Some(Field::Pv),
            Self::Consults => Some(Field::Consults),
            Self::Deals => Some(Field::Deals),
            Self::Cost | Self::Methods | Self::Orders => None,
        }
    }

    /// The stage above a link where nothing is missing, for one channel.
    pub const fn nominal(link: Link) -> Self {
        match link {
            Link::Invest | Link::Reach => Self::Cost,
            Link::Depth => Self::Uv,
            Link::Consult => Self::Pv,
            Link::Close => Self::Consults,
            Link::Repurchase | Link::Refer => Self::Deals,
            Link::Value => Self::Orders,
        }
    }

    /// Where a counted link can start.
    pub(super) const STARTS: [Self; 4] = [Self::Uv, Self::Pv, Self::Consults, Self::Deals];

    /// The nearest measured stage above a counted link: Consult may start at visitors, Close at page views or
    /// visitors. `None` where the link has no start. Repurchase and Refer always start at deals, since without
    /// deals there are no orders that they could add to.
    pub(super) fn nearest(link: Link, measured: impl Fn(Field) -> bool) -> Option<Self> {
        let candidates: &[Self] = match link {
            Link::Depth => &[Self::Uv],
            Link::Consult => &[Self::Pv, Self::Uv],
            Link::Close => &[Self::Consults, Self::Pv, Self::Uv],
            Link::Repurchase | Link::Refer => &[Self::Deals],
            Link::Invest | Link::Reach | Link::Value => &[],
        };
        candidates.iter().copied().find(|per| per.field().is_some_and(&measured))
    }
}

/// The field that a counted link leads to; `None` for Invest, Reach and Value.
pub const fn numerator(link: Link) -> Option<Field> {
    match link {
        Link::Depth => Some(Field::Pv),
        Link::Consult => Some(Field::Consults),
        Link::Close => Some(Field::Deals),
        Link::Repurchase => Some(Field::Repeats),
        Link::Refer => Some(Field::Referrals),
        Link::Invest | Link::Reach | Link::Value => None,
    }
}

/// The place of a counted link in [`Link::COUNTED`]; `None` for Invest, Reach and Value.
pub(super) fn counted_index(link: Link) -> Option<usize> {
    Link::COUNTED.iter().position(|&counted| counted == link)
}

/// A ratio that is blank where either side is, or where the denominator is zero.
pub(super) fn ratio(numerator: Option<f64>, denominator: Option<f64>) -> Option<f64> {
    match (numerator, denominator) {
        (Some(numerator), Some(denominator)) if denominator != 0.0 => finite(numerator / denominator),
        _ => None,
    }
}

/// The number, unless it ran over the range of what can be counted.
pub(super) fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// A sum that skips blanks and is blank only where all are.
pub(super) fn add(sum: &mut Option<f64>, more: Option<f64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0.0) + more);
    }
}
