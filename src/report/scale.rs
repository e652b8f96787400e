//! How long the bars of a funnel are: counts span orders of magnitude, so they stand on a logarithmic scale; money
//! stands on a scale of its own, where twice the money is twice the bar.

/// How long bars are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scale {
    /// Twice as much is twice as long; this much fills the width.
    Linear(f64),
    /// Ten times as much is one step longer; this much fills the width. Nothing has no length, so the steps are
    /// those of 1 + n.
    Logarithmic(f64),
}

impl Scale {
    /// A linear scale on which the largest of the numbers fills the width.
    pub fn linear(numbers: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::Linear(largest(numbers))
    }

    /// A logarithmic scale on which the largest of the numbers fills the width; at least up to ten.
    pub fn logarithmic(numbers: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::Logarithmic(largest(numbers).max(10.0))
    }

    /// Which share of the width a number takes, 0..=1.
    pub fn share(self, number: f64) -> f64 {
        let share = match self {
            Self::Linear(full) => number / full,
            Self::Logarithmic(full) => number.max(0.0).ln_1p() / full.ln_1p(),
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }
}

fn largest(numbers: impl IntoIterator<Item = Option<f64>>) -> f64 {
    numbers.into_iter().flatten().filter(|number| number.is_finite()).fold(0.0, f64::max)
}
