//! What the cursor of the Funnel can stand on.

use crate::engine::{Analysis, Figures, GainUnit};
use crate::plan::{Link, Stage};
use crate::report::format;

/// Something that the cursor can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// One of the nine factors.
    Stage(Stage),
    /// One of the eight links.
    Link(Link),
    /// A key figure.
    Figure(Figure),
    /// A check, by its place in the list.
    Check(usize),
}

/// Stages and links.
const CHAIN: usize = Stage::ALL.len() + Link::ALL.len();

impl Item {
    /// The stages with the links between them.
    pub fn chain() -> impl Iterator<Item = Self> {
        let links = Link::ALL.into_iter().map(Some).chain([None]);
        Stage::ALL
            .into_iter()
            .zip(links)
            .flat_map(|(stage, link)| [Some(Self::Stage(stage)), link.map(Self::Link)])
            .flatten()
    }

    /// How many there are.
    pub fn count(analysis: &Analysis) -> usize {
        CHAIN + Figure::ALL.len() + analysis.checks.len()
    }

    /// The one in that place, the last one past the end.
    pub fn at(place: usize, analysis: &Analysis) -> Self {
        let place = place.min(Self::count(analysis).saturating_sub(1));
        if let Some(item) = Self::chain().nth(place) {
            return item;
        }
        let past = place.saturating_sub(CHAIN);
        Figure::ALL.get(past).map_or_else(|| Self::Check(past - Figure::ALL.len()), |figure| Self::Figure(*figure))
    }

    /// Its place.
    pub fn index(self) -> usize {
        match self {
            Self::Stage(stage) => stage as usize * 2,
            Self::Link(link) => link.index() * 2 + 1,
            Self::Figure(figure) => CHAIN + figure as usize,
            Self::Check(at) => CHAIN + Figure::ALL.len() + at,
        }
    }
}

/// A figure below the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// Gross profit − cost.
    Profit,
    /// Gross profit / cost.
    Multiple,
    /// How many more customers each one brings.
    K,
    /// Consultations / visitors.
    ConsultsPerVisitor,
    /// Cost / visitors.
    CostPerVisitor,
    /// Cost / consultations.
    CostPerConsult,
    /// Cost / deals.
    CostPerDeal,
    /// Cost / (deals + referrals).
    Cac,
}

impl Figure {
    /// All of them, in the order shown.
    pub const ALL: [Self; 8] = [
        Self::Profit,
        Self::Multiple,
        Self::K,
        Self::ConsultsPerVisitor,
        Self::CostPerVisitor,
        Self::CostPerConsult,
        Self::CostPerDeal,
        Self::Cac,
    ];

    /// What it is, in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Profit => "Profit",
            Self::Multiple => "1 in → out",
            Self::K => "Each customer brings K more",
            Self::ConsultsPerVisitor => "Consultations per visitor",
            Self::CostPerVisitor => "Cost per visitor",
            Self::CostPerConsult => "Cost per consultation",
            Self::CostPerDeal => "Cost per deal",
            Self::Cac => "Cost per new customer (CAC)",
        }
    }

    /// The number; `None` where it is not known.
    pub fn number(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Profit => figures.profit(),
            Self::Multiple => figures.multiple(),
            Self::K => figures.k_factor(),
            Self::ConsultsPerVisitor => figures.consults_per_visitor(),
            Self::CostPerVisitor => figures.cost_per_visitor(),
            Self::CostPerConsult => figures.cost_per_consult(),
            Self::CostPerDeal => figures.cost_per_deal(),
            Self::Cac => figures.cac(),
        }
    }

    /// A number of this kind as shown.
    pub fn text(self, number: f64) -> String {
        match self {
            Self::Profit => format::signed(number, format::money),
            Self::Multiple => format::multiple(number),
            Self::K => format::digits3(number),
            Self::ConsultsPerVisitor => format::percent(number),
            Self::CostPerVisitor | Self::CostPerConsult | Self::CostPerDeal | Self::Cac => format::money(number),
        }
    }

    /// A difference of two of this kind, with its sign.
    pub fn difference(self, number: f64) -> String {
        match self {
            Self::ConsultsPerVisitor => format::signed(number, format::points),
            Self::Profit => self.text(number),
            _ => format::signed(number, |size| self.text(size)),
        }
    }

    /// Its formula in words.
    pub const fn formula(self, unit: GainUnit) -> &'static str {
        match (self, unit) {
            (Self::Profit | Self::Multiple, GainUnit::Orders) => "not known without an order value",
            (Self::Profit, GainUnit::Money) => "gross profit − cost",
            (Self::Multiple, GainUnit::Money) => "gross profit / cost",
            (Self::K, _) => "referrals / (deals + referrals)",
            (Self::ConsultsPerVisitor, _) => "consultations / visitors",
            (Self::CostPerVisitor, _) => "cost / visitors",
            (Self::CostPerConsult, _) => "cost / consultations",
            (Self::CostPerDeal, _) => "cost / deals",
            (Self::Cac, _) => "cost / (deals + referrals)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Analyst, Scope};
    use crate::plan::{Brief, Cadence, Plan};

    #[test]
    fn every_place_has_one_thing_to_stand_on() {
        let plan = Plan::new(Brief::new("p", Cadence::Month));
        let analysis = Analyst::default().analyse(&plan, &Scope::default(), 0.1);
        for place in 0..Item::count(&analysis) {
            assert_eq!(Item::at(place, &analysis).index(), place);
        }
        assert_eq!(Item::at(0, &analysis), Item::Stage(Stage::Cost));
        assert_eq!(Item::at(9, &analysis), Item::Link(Link::Close));
        assert_eq!(Item::at(999, &analysis), Item::Figure(Figure::Cac));
    }
}
