//! Pieces that several views are made of.

pub mod bar;
pub mod funnel_chart;
pub mod grid;
pub mod heatmap;
pub mod input;
pub mod interval;
pub mod popup;
pub mod text;
pub mod tornado;
pub mod words;
