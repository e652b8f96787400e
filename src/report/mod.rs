//! On paper: the figures of a plan as text, tables and data. Nothing is computed here.

pub mod format;
