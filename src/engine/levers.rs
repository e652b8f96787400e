//! levers
