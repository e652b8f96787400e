//! Arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    funnel_tui::cli::main(std::env::args_os())
}
