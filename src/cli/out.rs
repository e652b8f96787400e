//! Standard output for the answer, standard error for reasons; a reader that goes away is no error.

use std::fs;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use crate::plan::{printable, steers};

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
    let fail = |source| Failure::Write { path: path.to_owned(), source };
    let found = fs::metadata(path).ok();
    if found.as_ref().is_some_and(|found| !found.is_file()) {
        return fs::write(path, content).map_err(fail);
    }
    // A symbolic link stays one: the file that it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Asked first, so that the reason names no temporary file.
    fs::metadata(folder).map_err(fail)?;
    let mut file = ordinary_file(folder).map_err(fail)?;
    file.write_all(content).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
    if let Some(found) = found {
        fs::set_permissions(file.path(), found.permissions()).map_err(fail)?;
    }
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

/// A temporary file with the permissions that any new file gets, not the private ones of a secret.
fn ordinary_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
