//! Split tests: does B beat A on one link? (model, "Split tests")
//!
//! ```text
//! counts ─▶ posterior   P(B > A) and expected losses, exact
//!        ├─▶ lift       B/A − 1 and its 95 % interval
//!        ├─▶ evidence   always valid: is the verdict firm?
//!        └─▶ size       p, sample ratio, how many must see it
//! ```

mod evidence;
mod lift;
mod posterior;
mod quadrature;
mod result;
mod size;

pub use result::{Comparison, SplitBlank, SplitResult, SplitVerdict, usual_deviation};
pub use size::{sample_size, test_and_roll};

#[cfg(test)]
mod tests;
