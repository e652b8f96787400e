//! Where the plan lies on disk: its format, safe saving, the list of plans, the settings.
//!
//! Knows the plan's types and nothing of screens and figures.

mod format;

pub use format::{Diagnosis, Place, ReadPlan, Trouble, read_plan, read_plan_bytes, write_plan};
