//! `funnel-tui report PLAN`: the figures on standard output or in a file.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::engine::{Scope, Span};
use crate::plan::{Layer, Plan};
use crate::report::render;

use super::args::{Period, ReportArgs};
use super::failure::Failure;
use super::{out, source};

pub(super) fn run(args: &ReportArgs) -> Result<(), Failure> {
    let read = source::read(&args.plan)?;
    let scope = scope(&read.plan, args.layer.into(), args.period)?;
    let write = || render(&read.plan, &scope, args.lift, args.format).map_err(Failure::Report);
    match &args.output {
        None if args.format.is_binary() && io::stdout().is_terminal() => Err(Failure::BinaryToTerminal(args.format)),
        None => out::bytes(&write()?),
        Some(path) => {
            refuse_plan_itself(path, read.path.as_deref())?;
            out::file(path, &write()?)
        }
    }
}

/// The records that `period` names; an error where the layer does not have it.
fn scope(plan: &Plan, layer: Layer, period: Period) -> Result<Scope, Failure> {
    let days = plan.periods(layer);
    let span = match period {
        Period::All => Some(Span::All),
        Period::Last => days.last().copied().map(Span::one),
        Period::Range { first, last } => {
            (days.contains(&first) && days.contains(&last)).then_some(Span::Between { first, last })
        }
    };
    span.map(|span| Scope { layer, span }).ok_or_else(|| {
        let other = if layer == Layer::Actual { Layer::Planned } else { Layer::Actual };
        let days = plan.periods(other);
        let elsewhere = match period {
            Period::Range { first, last } => days.contains(&first) && days.contains(&last),
            Period::All | Period::Last => !days.is_empty(),
        };
        Failure::NoSuchPeriod { asked: period, layer, elsewhere }
    })
}

/// A report in place of the plan it was made from would be the end of the plan.
fn refuse_plan_itself(output: &Path, plan: Option<&Path>) -> Result<(), Failure> {
    let same = plan.is_some_and(|plan| match (fs::canonicalize(plan), fs::canonicalize(output)) {
        (Ok(plan), Ok(output)) => plan == output,
        _ => false,
    });
    if same { Err(Failure::OutputIsPlan(output.to_owned())) } else { Ok(()) }
}
