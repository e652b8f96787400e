//! The Funnel's own state.

/// The Funnel's own state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FunnelState {
    /// What the cursor stands on: a stage, a link, a key figure or a check, by its place from the top.
    pub row: usize,
}
