//! `funnel-tui man`: the manual page, all commands on one.

use std::io;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::args::Args;
use super::failure::Failure;
use super::out;

/// What clap does not know: roff as it stands on the page.
const REST: &str = "\
.SH \"EXIT STATUS\"
0 done, also where the reader of a pipe went away; 1 it could not be done, the reason is on standard error; 2 wrong usage.
.SH ENVIRONMENT
.TP
FUNNEL_TUI_HOME
A folder that holds everything: plans/, trash/, backups/, recovery/, config.ron. Unset, they lie where the system keeps such things.
.TP
NO_COLOR
Set to anything: no colour.
";

pub(super) fn run() -> Result<(), Failure> {
    let page = page().map_err(Failure::Output)?;
    out::answer(&String::from_utf8_lossy(&page))
}

fn page() -> io::Result<Vec<u8>> {
    let mut command = Args::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for each in command.get_subcommands().filter(|each| !each.is_hide_set() && each.get_name() != "help") {
        page.extend(command_section(each)?);
    }
    page.extend(REST.as_bytes());
    Ok(page)
}

/// A command as a section of the page, its own sections one level down.
fn command_section(command: &Command) -> io::Result<Vec<u8>> {
    let mut section = Vec::new();
    let man = Man::new(command.clone());
    man.render_synopsis_section(&mut section)?;
    man.render_description_section(&mut section)?;
    man.render_options_section(&mut section)?;
    let mut lines = vec![format!(".SH \"FUNNEL-TUI {}\"", command.get_name().to_uppercase())];
    // Each part begins with the same two lines that define an apostrophe; once a page is enough.
    let section = String::from_utf8_lossy(&section).replace(".SH ", ".SS ");
    lines.extend(section.lines().filter(|line| !line.contains(".ds Aq")).map(str::to_owned));
    lines.push(String::new());
    Ok(lines.join("\n").into_bytes())
}
