//! How a channel answers to money.

/// "If you spend twice as much, how many times the visitors come?", where the user has not said.
pub const ASSUMED_DOUBLING: f64 = 1.7;

/// The exponent of the response curve, β = log2(doubling), 0..=1.
pub fn beta_of(doubling: Option<f64>) -> f64 {
    doubling.unwrap_or(ASSUMED_DOUBLING).log2()
}
