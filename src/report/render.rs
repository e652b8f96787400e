//! A report in any of its forms, as bytes for a file.

use crate::engine::{Analyst, Scope};
use crate::plan::Plan;

use super::change_table::Neighbours;
use super::xlsx::{self, TooLarge};
use super::{csv, html, json, markdown, text};

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "each one's description stands once, in `Form::says`")]
pub enum Form {
    #[default]
    Text,
    Markdown,
    Html,
    Xlsx,
    Csv,
    Json,
}

impl Form {
    /// All six.
    pub const ALL: [Self; 6] = [Self::Text, Self::Markdown, Self::Html, Self::Xlsx, Self::Csv, Self::Json];

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// How its files' names end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            _ => self.key(),
        }
    }

    /// What it is for.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Text => "For reading, 80 columns wide",
            Self::Markdown => "The same for documents",
            Self::Html => "A page for a browser, a telephone or paper",
            Self::Xlsx => "A workbook with the records and live formulas, for a spreadsheet",
            Self::Csv => "The records as entered, one a line",
            Self::Json => "All figures for scripts, full precision",
        }
    }

    /// True where it is no text that a terminal could show.
    pub const fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx)
    }
}

/// The report on the records of `scope` in that form; `lift` is the relative lift of the levers, e.g. 0.1.
///
/// # Errors
/// [`TooLarge`] where there are more records than a workbook holds.
pub fn render(plan: &Plan, scope: &Scope, lift: f64, form: Form) -> Result<Vec<u8>, TooLarge> {
    let mut analyst = Analyst::default();
    let mut analyse = || analyst.analyse(plan, scope, lift);
    Ok(match form {
        Form::Text => text::text(plan, &analyse()).into_bytes(),
        Form::Markdown => markdown::markdown(plan, &analyse()).into_bytes(),
        Form::Html => {
            let analysis = analyse();
            let neighbours = Neighbours::of(plan, &analysis, &mut analyst);
            html::html(plan, &analysis, neighbours.as_ref()).into_bytes()
        }
        Form::Xlsx => xlsx::workbook(plan, &analyse())?,
        Form::Csv => csv::csv(plan, scope).into_bytes(),
        Form::Json => json::text(plan, &analyse()).into_bytes(),
    })
}
