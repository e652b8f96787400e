//! The commands: what needs no screen is done here; for the rest the screen is started.
//!
//! Standard output holds the answer alone, reasons go to standard error. Exit status: 0 done (also when the reader of
//! a pipe went away), 1 it could not be done, 2 wrong usage.

mod args;
mod check;
mod completions;
mod failure;
mod import;
mod list;
mod man;
mod new;
mod out;
mod picture;
mod report;
mod screen;
mod source;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::failure::Failure;

/// Runs the command that `arguments` (the program's name first) ask for; gives the exit status.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    crate::tui::panic::speak_safely();
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(answer) => return out::clap_answer(&answer),
    };
    match run(args) {
        Ok(()) | Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            out::reason(&failure);
            ExitCode::from(1)
        }
    }
}

fn run(args: Args) -> Result<(), Failure> {
    match args.command {
        None => screen::list_or(args.plan.as_deref()),
        Some(Command::Demo) => screen::example(),
        Some(Command::List(options)) => list::run(&options),
        Some(Command::New(options)) => new::run(&options),
        Some(Command::Report(options)) => report::run(&options),
        Some(Command::Check(options)) => check::run(&options),
        Some(Command::Import(options)) => import::run(&options),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man) => man::run(),
        Some(Command::Picture(options)) => picture::run(&options),
    }
}
