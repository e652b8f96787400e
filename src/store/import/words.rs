//! What an import has to tell, in whole sentences: for the command and for the screen.

use std::fmt;

use super::merge::Summary;
use super::recognised::Recognised;
use super::totals::TotalsCheck;

/// Names that are listed before "and 5 more".
const LISTED: usize = 8;

/// Something that the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What, in a sentence.
    pub text: String,
    /// What to say on the command line to change it; "" where there is nothing to change.
    pub flag: &'static str,
}

impl From<String> for Warning {
    fn from(text: String) -> Self {
        Self { text, flag: "" }
    }
}

impl From<&str> for Warning {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// With what to say on the command line.
impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.flag {
            "" => formatter.write_str(&self.text),
            flag => write!(formatter, "{}: {flag}", self.text),
        }
    }
}

/// How a sentence is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// So it is.
    Plain,
    /// Look at this.
    Warning,
}

/// A sentence about an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// What to say on the command line to change it; "" where there is nothing to change.
    pub flag: &'static str,
}

impl Note {
    fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into(), flag: "" }
    }
}

/// All that is to be told of a file: what it does to the plan, and what to look at; the gravest first. `before` is the
/// day on which it was imported into the plan before.
pub fn notes(file: &Recognised, summary: Option<&Summary>, before: Option<&str>) -> Vec<Note> {
    let mut notes = Vec::new();
    let warnings = summary.into_iter().flat_map(|summary| &summary.warnings).chain(&file.warnings);
    notes.extend(warnings.map(|warning| Note { tone: Tone::Warning, text: warning.text.clone(), flag: warning.flag }));
    if let Some(day) = before {
        notes.push(Note::new(Tone::Warning, format!("imported before ({day})")));
    }
    if let TotalsCheck::Agree { label } = &file.totals {
        let label = if label.is_empty() { String::new() } else { format!(" ({label})") };
        notes.push(Note::new(Tone::Good, format!("the rows add up to the file's own total{label}")));
    }
    if let Some(summary) = summary {
        notes.extend(effect(summary));
    }
    notes
}

/// What a file does to the plan.
fn effect(summary: &Summary) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut tell = |text: String| notes.push(Note::new(Tone::Plain, text));
    for name in summary.renamed().take(20) {
        tell(format!("{:?} is taken for {:?}", name.found, name.channel));
    }
    if !summary.new_channels.is_empty() {
        tell(format!("new channels: {}", names(&summary.new_channels)));
    }
    if !summary.changed_channels.is_empty() {
        tell(format!("changed channels: {}", names(&summary.changed_channels)));
    }
    tell(format!("{} numbers set, {} as they were", summary.numbers_set, summary.numbers_kept));
    for partial in summary.partial.iter().take(20) {
        tell(format!("left as stored: {:?} in the period of {}", partial.channel, partial.period));
    }
    notes
}

fn names(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(LISTED).map(|name| format!("{name:?}")).collect();
    let more = names.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_its_flag_on_the_command_line_alone() {
        let warning = Warning { text: "no dates".to_owned(), flag: "--date says one" };
        assert_eq!(warning.to_string(), "no dates: --date says one");
        assert_eq!(Warning::from("cut").to_string(), "cut");
    }

    #[test]
    fn many_names_are_cut_short() {
        let many: Vec<String> = (0..10).map(|number| number.to_string()).collect();
        assert!(names(&many).ends_with("\"7\" and 2 more"), "{}", names(&many));
    }
}
