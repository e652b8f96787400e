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
mod change_table;
mod channel_tables;
mod computed;
pub mod csv;
pub mod figures;
pub mod format;
pub mod grid;
pub mod html;
mod improve_tables;
mod in_short;
pub mod json;
mod json_tests;
pub mod markdown;
mod plain_words;
mod plan_tables;
mod render;
mod said;
pub mod scale;
pub mod shown;
pub mod testing;
pub mod text;
pub mod words;
mod wrap;
pub mod xlsx;

pub use assumptions::assumptions;
pub use change_table::Neighbours;
pub use computed::Computed;
pub use render::{Form, render};
pub use said::Said;
pub use xlsx::TooLarge;
