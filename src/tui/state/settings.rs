//! The forms' own state.

use tui_input::Input;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The plan's.
    #[default]
    Plan,
    /// That of the channel under the table's cursor.
    Channel,
}

/// A field that is being edited.
#[derive(Debug, Clone, Default)]
pub struct FieldEdit {
    /// What is typed.
    pub input: Input,
    /// Why it was not taken.
    pub error: Option<String>,
}

/// The forms' own state.
#[derive(Debug, Clone, Default)]
pub struct SettingsState {
    /// Which form.
    pub pane: Pane,
    /// The row of the cursor in the form.
    pub row: usize,
    /// Lines scrolled out of sight at the top.
    pub offset: usize,
    /// The field under the cursor is being edited.
    pub editing: Option<FieldEdit>,
}
