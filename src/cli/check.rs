//! `funnel-tui check PLAN...`: can they be read, and what do they tell their owner?

use std::path::Path;

use crate::engine::{Analyst, Check, Scope, Severity};
use crate::plan::{Plan, printable};
use crate::report::words::counted;

use super::args::CheckArgs;
use super::failure::Failure;
use super::{out, source};

/// The lift plays no part in the checks.
const LIFT: f64 = 0.1;

pub(super) fn run(args: &CheckArgs) -> Result<(), Failure> {
    let mut bad = 0;
    for wanted in &args.plans {
        match source::read(wanted) {
            Ok(read) => out::answer(&told(read.path.as_deref().unwrap_or(wanted), &read.plan))?,
            Err(failure) => {
                bad += 1;
                out::reason(&failure);
            }
        }
    }
    match bad {
        0 => Ok(()),
        bad => Err(Failure::BadPlans { bad, of: args.plans.len() }),
    }
}

/// A line that says how it is, then a line a check.
fn told(path: &Path, plan: &Plan) -> String {
    let checks = &Analyst::default().analyse(plan, &Scope::default(), LIFT).checks;
    let count = |severity| checks.iter().filter(|each| each.code.severity() == severity).count();
    let found: Vec<String> = [(Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .filter(|&(severity, _)| count(severity) > 0)
        .map(|(severity, word)| counted(count(severity), word))
        .collect();
    let found = if found.is_empty() { "nothing to remark".to_owned() } else { found.join(", ") };
    let mut lines = vec![format!("{}: good, {found}", printable(&path.to_string_lossy()))];
    lines.extend(checks.iter().map(line));
    lines.push(String::new());
    lines.join("\n")
}

fn line(check: &Check) -> String {
    let Check { code, message, .. } = check;
    format!("  {}: {} [{}]", code.severity().key(), printable(message), code.key())
}
