//! Pieces that several views are made of.

pub mod text;
pub mod words;
