//! Pieces that several views are made of.

pub mod grid;
pub mod input;
pub mod popup;
pub mod text;
