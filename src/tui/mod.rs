//! On screen: a pure state machine ([`update`]) and views that draw it. Nothing is computed here.

pub mod theme;
pub mod widget;
