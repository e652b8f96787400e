//! Every command from the outside: what it prints, where, and how it exits.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

mod plans;
mod report;
mod terminal;
mod usage;
mod user;
