//! What the plan tells its owner unasked.

use jiff::civil::Date;

/// How bad it is. What is invalid is not loaded, so there is no "error".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Likely a mistake.
    Warning,
    /// Worth a thought.
    Note,
}

impl Severity {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckCode {
    /// Fewer page views than visitors.
    PvBelowUv,
    /// More consultations than page views.
    ConsultsAbovePv,
    /// More deals than consultations.
    DealsAboveConsults,
    /// A cost, and no visitors.
    CostWithoutVisitors,
    /// A period is missing between two others.
    Gap,
    /// A stage is blank in all records of a channel while other channels have it.
    NeverMeasured,
    /// Under 1.2 pages a visitor.
    Shallow,
    /// Over 60 % of gross profit comes from one channel.
    OneLegged,
    /// An owner has more hours in a period than one person has.
    Overloaded,
    /// A target is already reached.
    TargetPassed,
    /// A cost and no known gross profit.
    NoResult,
}

impl CheckCode {
    /// The name in reports and on screen.
    pub const fn key(self) -> &'static str {
        match self {
            Self::PvBelowUv => "pv-below-uv",
            Self::ConsultsAbovePv => "consults-above-pv",
            Self::DealsAboveConsults => "deals-above-consults",
            Self::CostWithoutVisitors => "cost-without-visitors",
            Self::Gap => "gap",
            Self::NeverMeasured => "never-measured",
            Self::Shallow => "shallow",
            Self::OneLegged => "one-legged",
            Self::Overloaded => "overloaded",
            Self::TargetPassed => "target-passed",
            Self::NoResult => "no-result",
        }
    }

    /// How bad it is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::PvBelowUv
            | Self::ConsultsAbovePv
            | Self::DealsAboveConsults
            | Self::CostWithoutVisitors
            | Self::Gap => Severity::Warning,
            _ => Severity::Note,
        }
    }
}

/// One line of advice: one per code and channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What was found.
    pub code: CheckCode,
    /// In which channel (its place in the plan); `None` for the plan as a whole.
    pub channel: Option<usize>,
    /// The first period in which it was found; `None` where it concerns no single period.
    pub period: Option<Date>,
    /// In how many periods.
    pub periods: usize,
    /// What, where, and why it matters; plain text without control characters.
    pub message: String,
}
