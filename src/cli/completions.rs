//! `funnel-tui completions SHELL`: a script that completes the arguments.

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use super::args::Args;
use super::failure::Failure;
use super::out;

pub(super) fn run(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut shown(), "funnel-tui", &mut script);
    out::answer(&String::from_utf8_lossy(&script))
}

/// The arguments without what is hidden, which the scripts would offer.
fn shown() -> Command {
    let all = Args::command();
    let subcommands = all.get_subcommands().filter(|each| !each.is_hide_set()).cloned();
    let about = all.get_about().cloned().unwrap_or_default();
    Command::new("funnel-tui")
        .about(about)
        .version(env!("CARGO_PKG_VERSION"))
        .args(all.get_arguments().cloned())
        .subcommands(subcommands.collect::<Vec<_>>())
}
