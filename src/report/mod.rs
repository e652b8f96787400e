//! On paper: the figures of a plan as text, tables and data. Nothing is computed here.
//!
//! ```text
//! Analysis ─┬─▶ figures (one model of what is shown, in which unit) ─┬─▶ text
//!           │      └── words (sentences), format (numbers)          └─▶ markdown
//!           ├─▶ json   names and numbers for scripts
//! Plan ─────┴─▶ csv    the records as entered
//! ```

mod advice;
mod assumptions;
mod channel_tables;
pub mod csv;
pub mod figures;
pub mod format;
mod improve_tables;
pub mod json;
pub mod markdown;
mod plan_tables;
pub mod scale;
pub mod shown;
pub mod text;
pub mod words;
mod wrap;

pub use assumptions::assumptions;
