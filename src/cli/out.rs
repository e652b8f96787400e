//! Standard output for the answer, standard error for reasons; a reader that goes away is no error.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use crate::plan::{printable, steers};
use crate::store::{self, RealDisk};

use super::failure::Failure;

/// Writes the answer to standard output.
pub(super) fn answer(text: &str) -> Result<(), Failure> {
    bytes(text.as_bytes())
}

/// Writes an answer that may be no text to standard output.
pub(super) fn bytes(answer: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(answer).and_then(|()| stdout.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
        _ => Failure::Output(error),
    })
}

/// Says why something was not done. Where standard error is closed there is nobody to tell.
pub(super) fn reason(why: &Failure) {
    match why {
        Failure::Unreadable(diagnosis) => say(&diagnosis.render(colour())),
        _ => remark(&why.to_string()),
    }
}

/// Says something that is not part of the answer.
pub(super) fn remark(text: &str) {
    say(&format!("funnel-tui: {text}"));
}

fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// True where standard error is a terminal and the user has nothing against colour.
fn colour() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stderr().is_terminal() && !no_color && !dumb
}

/// Prints help or version (standard output, 0) or what is wrong with the arguments (standard error, 2).
pub(super) fn clap_answer(answer: &clap::Error) -> ExitCode {
    let plain = answer.render().to_string();
    let printed = if plain.contains(|each| steers(each) && each != '\n') {
        // An argument that would steer the terminal is shown instead.
        say(plain.lines().map(printable).collect::<Vec<_>>().join("\n").trim_end());
        Ok(())
    } else {
        answer.print()
    };
    match printed {
        Err(error) if !answer.use_stderr() && error.kind() != io::ErrorKind::BrokenPipe => {
            reason(&Failure::Output(error));
            ExitCode::from(1)
        }
        _ => ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2)),
    }
}

/// Writes all of it or nothing: a temporary file beside the target takes its place. What is no plain file (a device,
/// a pipe) is written to as it is.
pub(super) fn file(path: &Path, content: &[u8]) -> Result<(), Failure> {
    store::replace(&RealDisk, path, content).map_err(|source| Failure::Write { path: path.to_owned(), source })
}
