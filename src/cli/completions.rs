//! `funnel-tui completions SHELL`: a script that completes the arguments.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::args::Args;
use super::failure::Failure;
use super::out;

pub(super) fn run(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "funnel-tui", &mut script);
    out::answer(&String::from_utf8_lossy(&script))
}
