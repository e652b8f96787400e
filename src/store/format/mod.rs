//! The plan's file format: RON in, RON out, and a plain word for everything that is wrong.
//!
//! ```text
//! text ─▶ read ─▶ Plan ─▶ write ─▶ text            read(write(plan)) = plan, write(read(write(plan))) = write(plan)
//!           └▶ explain (what RON says) · locate (what validation says) ─▶ Diagnosis (line, column, the line shown)
//! ```

#[cfg(test)]
mod arbitrary;
mod diagnosis;
mod explain;
mod ink;
mod locate;
mod quick;
mod quick_serde;
mod read;
#[cfg(test)]
mod roundtrip_tests;
mod token;
mod words;
pub(in crate::store) mod write;

pub use diagnosis::{Diagnosis, Place, Trouble};
pub use read::{ReadPlan, read_plan, read_plan_bytes};
pub(super) use write::pour_plan;
pub use write::write_plan;

pub(in crate::store) use ink::Ink;
pub(in crate::store) use read::{as_text, has_comments, name_of, read_own, read_ron, version_of};
