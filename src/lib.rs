//! `funnel-tui`: a planner for marketing campaigns that lives in a terminal.
//!
//! ```text
//!             main.rs        arguments in, exit status out
//!               │
//!             cli/           the commands that need no screen; starts the screen for those that do
//!         ┌─────┴──────┐
//!      report/        tui/   on paper · on screen: neither computes anything
//!         └─────┬──────┘
//!        ┌──────┴──────┐
//!     engine/       store/   what follows from the plan: pure functions · where the plan lies on disk
//!        └──────┬──────┘
//!             plan/          what the user wrote down: types, edits, validation. No I/O, no screen
//! ```
//!
//! A room imports only from rooms below it; `tests/architecture` reads the imports and holds it to that.

pub mod cli;
pub mod engine;
pub mod plan;
pub mod report;
pub mod store;
pub mod tui;
