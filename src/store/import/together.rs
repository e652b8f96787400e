//! Several files brought into one plan, one after the other, as one edit.

use std::sync::Arc;

use crate::plan::{Edit, Plan};

use super::error::ImportError;
use super::merge::{Summary, merge};
use super::options::ImportOptions;
use super::recognised::Recognised;

/// Several files, ready to be brought into a plan.
#[derive(Debug, Clone)]
pub struct Together {
    /// The edit; undone as one.
    pub edit: Edit,
    /// The plan as it would be.
    pub plan: Plan,
    /// What each file does, in the order of the files.
    pub summaries: Vec<Summary>,
}

/// Brings files into a plan, each into what those before it have made of it.
///
/// # Errors
/// The number of the first file that cannot be merged, and why.
pub fn merge_all(plan: &Plan, files: &[(&Recognised, &ImportOptions)]) -> Result<Together, (usize, ImportError)> {
    let mut after = plan.clone();
    let mut summaries = Vec::with_capacity(files.len());
    for (at, (file, options)) in files.iter().enumerate() {
        let merged = merge(&after, file, options).map_err(|error| (at, error))?;
        after = merged.plan;
        summaries.push(merged.summary);
    }
    Ok(Together { edit: edit_between(plan, &after), plan: after, summaries })
}

/// The edit that leads from a plan to what imports have made of it.
fn edit_between(before: &Plan, after: &Plan) -> Edit {
    let pairs = before.channels.iter().zip(&after.channels).enumerate();
    let other = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
    Edit::Import {
        replaced: other.map(|(at, (_, new))| (at, Arc::clone(new))).collect(),
        added: after.channels.iter().skip(before.channels.len()).cloned().collect(),
        currency: if before.brief.currency == after.brief.currency {
            String::new()
        } else {
            after.brief.currency.clone()
        },
    }
}
