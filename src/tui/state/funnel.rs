//! The Funnel's own state.

/// The Funnel's own state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FunnelState {
    /// How many lines are scrolled out of sight at the top.
    pub scroll: usize,
}
