//! What the user wrote down: types, edits, validation. No I/O, no clock, no screen.
//!
//! ```text
//! Plan ── Brief (name, money, goals, targets)
//!   ├── Channel ── Records (actual, planned): day → Record
//!   ├── Test (Trial | Split)      ├── Tactic      └── Scenario
//! ```
//!
//! A [`Plan`] shares its channels by pointer ([`std::sync::Arc`] in a persistent vector), so a copy is cheap,
//! undo is a stack of plans ([`History`]) and the engine can tell by pointer which channel changed.

mod alike;
mod brief;
mod calendar;
mod channel;
mod difference;
mod edit;
mod history;
mod nearest;
mod parse;
mod period;
mod places;
mod playbook;
mod printable;
mod record;
mod scenario;
mod stage;
mod tactic;
mod tests;
mod tidy;
mod validate;

pub use alike::Alike;
pub use brief::{Brief, Economics, Goals, Plan, Targets};
pub use calendar::Calendar;
pub use channel::Channel;
pub use difference::{Difference, differences};
pub use edit::{CellChange, CellValue, Edit, ListEdit, Refusal};
pub use history::{Deed, History};
pub use nearest::nearest;
pub use period::{Cadence, parse_day};
pub use places::Places;
pub use playbook::{Play, Playbook};
pub use printable::{printable, steers};
pub use record::{Record, Records};
pub use scenario::Scenario;
pub use stage::{Field, Layer, Lever, Link, Stage};
pub use tactic::{Tactic, TacticState};
pub use tests::{Split, SplitDecision, Test, Tested, Trial, TrialDecision};
pub use tidy::{bared, guarded, tidy_headings};
pub use validate::{
    MOST_PROBLEMS, Problem, Step, validate, validate_brief, validate_channel, validate_number, validate_tactic,
    validate_test,
};

/// The newest file version that this program writes and reads.
pub const FILE_VERSION: u64 = 1;
