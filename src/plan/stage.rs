//! The words of the model, once each: fields of a record, stages (factors), links, levers, layers.

use serde::Deserialize;

/// One of the ten numbers of a record, in file order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Money paid for the channel, in the plan's currency.
    Spend,
    /// Staff time put into the channel, in hours.
    Hours,
    /// How often the method was applied, in the channel's own unit.
    Actions,
    /// Unique visitors of the channel in the period.
    Uv,
    /// Page views.
    Pv,
    /// Effective consultations: inquiries, leads, chats, sign-ups.
    Consults,
    /// First orders.
    Deals,
    /// Repeat orders.
    Repeats,
    /// Orders by customers whom a customer brought; not contained in deals.
    Referrals,
    /// Revenue of all those orders where it is known, in the plan's currency.
    Revenue,
}

impl Field {
    /// All ten, in file order.
    pub const ALL: [Self; 10] = [
        Self::Spend,
        Self::Hours,
        Self::Actions,
        Self::Uv,
        Self::Pv,
        Self::Consults,
        Self::Deals,
        Self::Repeats,
        Self::Referrals,
        Self::Revenue,
    ];

    /// The name in plan files and reports: `spend`, `uv` …
    pub const fn key(self) -> &'static str {
        match self {
            Self::Spend => "spend",
            Self::Hours => "hours",
            Self::Actions => "actions",
            Self::Uv => "uv",
            Self::Pv => "pv",
            Self::Consults => "consults",
            Self::Deals => "deals",
            Self::Repeats => "repeats",
            Self::Referrals => "referrals",
            Self::Revenue => "revenue",
        }
    }

    /// The heading of its column: at most nine columns wide.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Spend => "Spend",
            Self::Hours => "Hours",
            Self::Actions => "Actions",
            Self::Uv => "UV",
            Self::Pv => "PV",
            Self::Consults => "Consults",
            Self::Deals => "Deals",
            Self::Repeats => "Repeats",
            Self::Referrals => "Referrals",
            Self::Revenue => "Revenue",
        }
    }

    /// What it counts, in a few words, for help and explanations.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Spend => "money paid for the channel",
            Self::Hours => "staff time put into it",
            Self::Actions => "how often the method was applied, in the channel's own unit",
            Self::Uv => "unique visitors",
            Self::Pv => "page views",
            Self::Consults => "effective consultations: inquiries, leads, chats, sign-ups",
            Self::Deals => "first orders",
            Self::Repeats => "repeat orders",
            Self::Referrals => "orders by customers whom a customer brought",
            Self::Revenue => "revenue of all those orders, where it is known",
        }
    }

    /// The factor that this field counts; `None` for `hours`, `actions` and `revenue`.
    pub const fn stage(self) -> Option<Stage> {
        match self {
            Self::Spend => Some(Stage::Cost),
            Self::Uv => Some(Stage::Visitors),
            Self::Pv => Some(Stage::PageViews),
            Self::Consults => Some(Stage::Consultations),
            Self::Deals => Some(Stage::Deals),
            Self::Repeats => Some(Stage::Repeats),
            Self::Referrals => Some(Stage::Referrals),
            Self::Hours | Self::Actions | Self::Revenue => None,
        }
    }

    /// True for money (`spend`, `revenue`), false for counts and hours.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Spend | Self::Revenue)
    }
}

/// One of the nine factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Stage {
    /// 1: what is put in.
    #[serde(alias = "cost", alias = "Spend", alias = "spend")]
    Cost,
    /// 2: promotion methods at work.
    #[serde(alias = "methods")]
    Methods,
    /// 3: visitors (UV).
    #[serde(alias = "visitors", alias = "Uv", alias = "UV", alias = "uv")]
    Visitors,
    /// 4: page views (PV).
    #[serde(alias = "page_views", alias = "Pv", alias = "PV", alias = "pv")]
    PageViews,
    /// 5: effective consultations.
    #[serde(alias = "consultations", alias = "Consults", alias = "consults")]
    Consultations,
    /// 6: first orders.
    #[serde(alias = "deals")]
    Deals,
    /// 7: repeat orders.
    #[serde(alias = "RepeatOrders", alias = "repeats")]
    Repeats,
    /// 8: orders by referral.
    #[serde(alias = "referrals")]
    Referrals,
    /// 9: gross profit.
    #[serde(alias = "result")]
    Result,
}

impl Stage {
    /// All nine, from cost to result.
    pub const ALL: [Self; 9] = [
        Self::Cost,
        Self::Methods,
        Self::Visitors,
        Self::PageViews,
        Self::Consultations,
        Self::Deals,
        Self::Repeats,
        Self::Referrals,
        Self::Result,
    ];

    /// The name in plan files (`labels: {Consultations: "leads"}`).
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cost => "Cost",
            Self::Methods => "Methods",
            Self::Visitors => "Visitors",
            Self::PageViews => "PageViews",
            Self::Consultations => "Consultations",
            Self::Deals => "Deals",
            Self::Repeats => "Repeats",
            Self::Referrals => "Referrals",
            Self::Result => "Result",
        }
    }

    /// The word on screen unless the plan's labels say another.
    pub const fn title(self) -> &'static str {
        match self {
            Self::PageViews => "Page views",
            Self::Repeats => "Repeat orders",
            _ => self.key(),
        }
    }
}

/// One of the eight links between neighbouring factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Link {
    /// methods / cost; shown as cost per method.
    Invest,
    /// visitors / methods; for one channel also visitors per unit of cost.
    Reach,
    /// page views / visitors.
    Depth,
    /// consultations / page views.
    Consult,
    /// deals / consultations.
    Close,
    /// repeat orders / deals.
    Repurchase,
    /// referred orders / deals.
    Refer,
    /// gross profit / orders.
    Value,
}

impl Link {
    /// All eight, in the order of the chain.
    pub const ALL: [Self; 8] = [
        Self::Invest,
        Self::Reach,
        Self::Depth,
        Self::Consult,
        Self::Close,
        Self::Repurchase,
        Self::Refer,
        Self::Value,
    ];

    /// The five links whose rate is a count out of a count: Depth to Refer.
    pub const COUNTED: [Self; 5] = [Self::Depth, Self::Consult, Self::Close, Self::Repurchase, Self::Refer];

    /// The four links of which only part of a lift may carry through.
    pub const CARRIED: [Self; 4] = [Self::Reach, Self::Depth, Self::Consult, Self::Close];

    /// The name in plan files and on screen: `Close`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Invest => "Invest",
            Self::Reach => "Reach",
            Self::Depth => "Depth",
            Self::Consult => "Consult",
            Self::Close => "Close",
            Self::Repurchase => "Repurchase",
            Self::Refer => "Refer",
            Self::Value => "Value",
        }
    }

    /// The name in reports for scripts: `close`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Invest => "invest",
            Self::Reach => "reach",
            Self::Depth => "depth",
            Self::Consult => "consult",
            Self::Close => "close",
            Self::Repurchase => "repurchase",
            Self::Refer => "refer",
            Self::Value => "value",
        }
    }

    /// Its place in the chain, 0..=7.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// True for Consult and Close, which cannot pass 100 % as long as no order skips a stage.
    pub const fn is_proportion(self) -> bool {
        matches!(self, Self::Consult | Self::Close)
    }

    /// What its rate is, in words: "closing rate".
    pub const fn rate_in_words(self) -> &'static str {
        match self {
            Self::Invest => "cost per method",
            Self::Reach => "visitors per method",
            Self::Depth => "pages per visitor",
            Self::Consult => "consultation rate",
            Self::Close => "closing rate",
            Self::Repurchase => "repeat orders per deal",
            Self::Refer => "referred orders per deal",
            Self::Value => "gross profit per order",
        }
    }
}

/// What a person can push: spend, or one of the eight links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    /// One of the eight links.
    Link(Link),
    /// More money for what the channel already does.
    Spend,
}

impl Lever {
    /// All nine in the order of the chain, Spend last.
    pub const ALL: [Self; 9] = [
        Self::Link(Link::Invest),
        Self::Link(Link::Reach),
        Self::Link(Link::Depth),
        Self::Link(Link::Consult),
        Self::Link(Link::Close),
        Self::Link(Link::Repurchase),
        Self::Link(Link::Refer),
        Self::Link(Link::Value),
        Self::Spend,
    ];

    /// The name on screen and in plan files: `Close`, `Spend`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Link(link) => link.title(),
            Self::Spend => "Spend",
        }
    }

    /// The name in reports for scripts: `close`, `spend`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Link(link) => link.key(),
            Self::Spend => "spend",
        }
    }

    /// The link, unless it is Spend.
    pub const fn link(self) -> Option<Link> {
        match self {
            Self::Link(link) => Some(link),
            Self::Spend => None,
        }
    }
}

impl<'de> Deserialize<'de> for Lever {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        enum Name {
            Spend,
            Invest,
            Reach,
            Depth,
            Consult,
            Close,
            Repurchase,
            Refer,
            Value,
        }
        Ok(match Name::deserialize(deserializer)? {
            Name::Spend => Self::Spend,
            Name::Invest => Self::Link(Link::Invest),
            Name::Reach => Self::Link(Link::Reach),
            Name::Depth => Self::Link(Link::Depth),
            Name::Consult => Self::Link(Link::Consult),
            Name::Close => Self::Link(Link::Close),
            Name::Repurchase => Self::Link(Link::Repurchase),
            Name::Refer => Self::Link(Link::Refer),
            Name::Value => Self::Link(Link::Value),
        })
    }
}

/// One of the two layers that hold records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Layer {
    /// What happened.
    #[default]
    Actual,
    /// What is meant to happen; blanks are forecast.
    Planned,
}

impl Layer {
    /// The name in plan files and reports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Planned => "planned",
        }
    }

    /// The name on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Actual => "Actual",
            Self::Planned => "Planned",
        }
    }
}
