//! What a link could reach.

/// Where a reference comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceFrom {
    /// The user set it.
    Target,
    /// A good channel of this plan reaches it: the level that one in five passes.
    GoodChannel,
    /// The same level, but no channel reaches it yet: the spread is the expected one.
    ExpectedSpread,
    /// A good period of this very channel (Reach).
    GoodPeriod,
}

impl ReferenceFrom {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::GoodChannel => "good channel",
            Self::ExpectedSpread => "expected spread",
            Self::GoodPeriod => "good period",
        }
    }
}

/// What a link in a channel could reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reference {
    /// The rate to reach, after the cut to `stretch` times the believed rate.
    pub rate: f64,
    /// The rate before that cut; equal to `rate` where nothing was cut.
    pub uncut: f64,
    /// Where it comes from.
    pub from: ReferenceFrom,
    /// The best believed rate among the channels (or periods) compared; `None` for targets and Reach.
    pub best_believed: Option<f64>,
}
