//! On paper: the figures of a plan as text, tables and data. Nothing is computed here.
//!
//! ```text
//! Analysis ─┬─▶ figures (one model of what is shown, in which unit) ─┬─▶ text
//!           │      └── words (sentences), format (numbers)          └─▶ markdown
//!           ├─▶ json   names and numbers for scripts
//! Plan ─────┴─▶ csv    the records as entered
//! ```

pub mod format;
pub mod json;
