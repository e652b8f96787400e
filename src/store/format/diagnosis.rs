//! What is wrong with a file, told so that a person can mend it: the place, the line with the place marked, what was
//! expected.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::plan::printable;

/// How much of a long line is shown before the marked place, in it and after it; characters.
const SHOWN: usize = 72;

/// What sort of trouble a [`Diagnosis`] tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The text is not what it should be.
    Invalid,
    /// A newer program of that file version made it. It may be looked at by that program alone.
    Newer(u64),
    /// The file could not be read at all: gone, forbidden, a failing disk.
    Unreadable(std::io::ErrorKind),
}

/// Why a file could not be read as what it should be.
///
/// `Display` shows several lines without colour, [`Diagnosis::summary`] one line. Both are safe for a terminal
/// whatever the file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The file's name as the user knows it.
    pub file: String,
    /// What sort of trouble it is.
    pub trouble: Trouble,
    /// What is wrong, in one sentence without a full stop.
    pub what: String,
    /// What was expected or how to mend it; "" where there is nothing to add.
    pub help: String,
    /// Where; `None` where the trouble has no place in the text.
    pub place: Option<Box<Place>>,
}

/// A place in a text, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    before: String,
    marked: String,
    after: String,
}

impl Place {
    /// The place of a span of bytes in `source`; a span over several lines is marked to the end of its first.
    pub(super) fn new(source: &str, span: Range<usize>) -> Self {
        let start = floor(source, span.start);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let end = floor(source, span.end).clamp(start, line_end);
        let head = &source[line_start..start];
        Self {
            line: 1 + source[..line_start].matches('\n').count(),
            column: 1 + head.chars().count(),
            before: shown(&last_of(head)),
            marked: shown(&first_of(&source[start..end])),
            after: shown(&first_of(source[end..line_end].trim_end_matches('\r'))),
        }
    }
}

/// The nearest boundary of a character at or before `at`.
fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn first_of(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn last_of(text: &str) -> String {
    match text.char_indices().rev().nth(SHOWN) {
        Some((start, dropped)) => format!("…{}", &text[start + dropped.len_utf8()..]),
        None => text.to_owned(),
    }
}

/// Tabs stay blanks, or every line indented by them would be a row of pictures.
fn shown(text: &str) -> String {
    printable(&text.replace('\t', " ")).into_owned()
}

impl Diagnosis {
    /// One line for lists and status lines: file, line and column, what is wrong, what was expected.
    pub fn summary(&self) -> String {
        let file = printable(&self.file);
        let place = self.place.as_ref().map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
        format!("{file}{place}: {}", self.reason())
    }

    /// What is wrong and what was expected, without the place.
    pub fn reason(&self) -> String {
        let joint = match (self.help.is_empty(), self.help.starts_with("did you mean")) {
            (true, _) => "",
            (false, true) => ", ",
            (false, false) => ": ",
        };
        printable(&format!("{}{joint}{}", self.what, self.help)).into_owned()
    }

    /// All of it over several lines, the line of the file shown and the place marked; with colours if `colour`.
    pub fn render(&self, colour: bool) -> String {
        let file = printable(&self.file);
        let what = printable(&self.what);
        let help = printable(&self.help);
        let title = Level::ERROR.primary_title(what.as_ref());
        let report = if let Some(place) = &self.place {
            let line = format!("{}{}{}", place.before, place.marked, place.after);
            let start = place.before.len();
            let marked = AnnotationKind::Primary.span(start..start + place.marked.len()).label(help.as_ref());
            let snippet = Snippet::source(line).line_start(place.line).fold(false).annotation(marked);
            let origin = Origin::path(file.as_ref()).line(place.line).char_column(place.column);
            title.elements([Element::from(origin), Element::from(snippet)])
        } else {
            let group = title.element(Origin::path(file.as_ref()));
            if help.is_empty() { group } else { group.element(Level::HELP.message(help.as_ref())) }
        };
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let shown = renderer.term_width(4 * SHOWN).render(&[report]);
        // The line is cut by hand, so its column is given apart from it, and the renderer takes it for a second
        // file: it announces one on the fourth line.
        let lines = shown.lines().enumerate().filter(|(at, line)| *at != 3 || !line.contains(":::"));
        lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    }

    /// For a file that could not be read from the disk.
    pub(in crate::store) fn unreadable(file: &str, error: &std::io::Error) -> Self {
        let (what, help) = match error.kind() {
            std::io::ErrorKind::NotFound => ("there is no such file".to_owned(), "check its name and folder"),
            std::io::ErrorKind::PermissionDenied => {
                ("you may not read this file".to_owned(), "ask its owner for the permission to read it")
            }
            std::io::ErrorKind::IsADirectory => ("this is a folder".to_owned(), "name a file in it"),
            _ => (format!("the file could not be read: {error}"), "check the disk, then try again"),
        };
        let trouble = Trouble::Unreadable(error.kind());
        Self { file: file.to_owned(), trouble, what, help: help.to_owned(), place: None }
    }
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnosis {}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnosis(source: &str, marked: &str) -> Diagnosis {
        let start = source.find(marked).unwrap();
        Diagnosis {
            file: "plans/百度.ron".into(),
            trouble: Trouble::Invalid,
            what: "unknown field \"consult\"".into(),
            help: "did you mean \"consults\"?".into(),
            place: Some(Box::new(Place::new(source, start..start + marked.len()))),
        }
    }

    #[test]
    fn the_line_is_shown_and_the_place_marked_under_wide_characters_too() {
        let shown = diagnosis("(\r\n    \"百度\": (consult: 5),\r\n)", "consult");
        assert_eq!(
            shown.to_string(),
            "\
error: unknown field \"consult\"
 --> plans/百度.ron:2:12
  |
2 |     \"百度\": (consult: 5),
  |              ^^^^^^^ did you mean \"consults\"?"
        );
        assert_eq!(shown.summary(), "plans/百度.ron:2:12: unknown field \"consult\", did you mean \"consults\"?");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_and_its_column_stays_right() {
        let source = format!("{}consult{}", "x".repeat(5000), "y".repeat(5000));
        let shown = diagnosis(&source, "consult").to_string();
        assert!(shown.contains("plans/百度.ron:1:5001"), "{shown}");
        assert!(shown.contains("xxxconsultyyy") && shown.len() < 900, "{shown}");
    }

    #[test]
    fn what_the_file_holds_cannot_steer_the_terminal() {
        let mut shown = diagnosis("\t\x1b]0;title\x07 \u{202e}consult \u{9b}5m", "consult");
        shown.file = "\x1b[2Jx.ron".into();
        for text in [shown.to_string(), shown.summary()] {
            assert!(!text.replace('\n', "").contains(crate::plan::steers), "{text:?}");
        }
        assert!(shown.to_string().contains("␛]0;title␇"));
        assert!(shown.render(true).contains("\x1b[1m"), "colours only where they are asked for");
    }
}
