//! Something told, with its label: the same on paper and on screen.

/// Something told, with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is about; "" where it goes on with what the one before is about.
    pub label: &'static str,
    /// What is told.
    pub text: String,
}

impl Said {
    /// That text under that label.
    pub fn new(label: &'static str, text: impl Into<String>) -> Self {
        Self { label, text: text.into() }
    }
}
