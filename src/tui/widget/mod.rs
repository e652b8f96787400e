//! Pieces that several views are made of.

pub mod bar;
pub mod funnel_chart;
pub mod heatmap;
pub mod text;
pub mod tornado;
pub mod words;
