//! `funnel-tui new NAME`: an empty plan, or a copy of another, in the list.

use crate::plan::{Brief, Cadence, Plan, printable, validate_brief};
use crate::store::{Entry, Library};

use super::args::NewArgs;
use super::failure::Failure;
use super::{out, screen, source};

pub(super) fn run(args: &NewArgs) -> Result<(), Failure> {
    if !args.no_open {
        // Asked before anything is made: a plan that could not be opened would be found again only by chance.
        screen::need_terminal()?;
    }
    let library = source::library()?;
    let plan = plan(args)?;
    refuse_taken(&library, &args.name)?;
    let saved = library.create(&plan)?;
    if args.no_open {
        out::answer(&format!("{}\n", printable(&saved.path.to_string_lossy())))
    } else {
        screen::file(library, saved.path)
    }
}

fn plan(args: &NewArgs) -> Result<Plan, Failure> {
    let mut plan = match &args.from {
        Some(from) => source::read(from)?.plan,
        None => Plan::new(Brief::new("", Cadence::Month)),
    };
    args.name.trim().clone_into(&mut plan.brief.name);
    match validate_brief(&plan.brief).into_iter().next() {
        Some(problem) => Err(Failure::BadName { name: args.name.clone(), why: problem.to_string() }),
        None => Ok(plan),
    }
}

/// A second plan of one name could not be told from the first by its name.
fn refuse_taken(library: &Library, name: &str) -> Result<(), Failure> {
    let name = name.trim();
    let same = |entry: &Entry| entry.plan.as_ref().is_ok_and(|plan| plan.brief.name == name);
    match library.list()?.into_iter().find(same) {
        Some(entry) => Err(Failure::Taken { name: name.to_owned(), path: entry.path }),
        None => Ok(()),
    }
}
