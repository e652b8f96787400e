//! The number under the cursor explained: its formula with this plan's numbers in it, the records it comes from,
//! what is missing, and what it assumes.

use super::state::State;

/// A number explained.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// What is explained: "Close of SEO".
    pub title: String,
    /// The explanation, line by line.
    pub lines: Vec<String>,
    /// Lines scrolled out of sight at the top.
    pub scroll: usize,
}

/// Explains the number under the cursor.
pub fn explain(state: &State) -> Explanation {
    let _ = state;
    Explanation::default()
}
