//! On screen: a pure state machine ([`update()`]) and views that draw it. Nothing is computed here.
//!
//! ```text
//! crossterm event ─▶ key.rs Key ─▶ keymap.rs Action ─▶ update(&mut State, Message) -> Vec<Effect>
//!       ▲                                                       │                        │
//!       │                            view::draw(&State, &Theme) -> Learned               ▼
//!  terminal                            (goes back as Message::Drawn)       run.rs: worker, compute, clipboard
//!                                                               ▲                        │
//!                                                               └── Message::Outcome ◀───┘
//! ```

pub mod action;
pub mod cell;
pub mod columns;
pub mod compute;
pub mod differences;
pub mod effect;
pub mod explain;
pub mod forms;
pub mod found;
pub mod import;
mod keeper;
pub mod key;
pub mod keymap;
pub mod learned;
pub mod message;
pub mod panic;
pub mod picture;
pub mod run;
pub mod script;
pub mod seen;
pub mod sheet;
pub mod state;
mod terminal;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod update;
pub mod view;
pub mod widget;
mod worker;

pub use run::{Begin, RunError, Start, run};
pub use update::update;
