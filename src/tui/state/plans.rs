//! The list of plans.

use std::path::PathBuf;

use super::super::effect::Source;

/// A plan in the list, with what it brings; or why it cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Where it lies.
    pub path: PathBuf,
    /// The plan's name; the file's where it cannot be read.
    pub name: String,
    /// When it was changed last, as shown: `2026-10-04 14:02`.
    pub changed: String,
    /// What it brings, over all periods; else why it cannot be read, in full.
    pub content: Result<Summary, String>,
}

/// What a plan brings, over all its periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Money paid, currency.
    pub spend: Option<f64>,
    /// Gross profit / cost.
    pub multiple: Option<f64>,
    /// Multiple − 1.
    pub roi: Option<f64>,
    /// How many channels.
    pub channels: usize,
}

/// A plan that is being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Where it is read from.
    pub source: Source,
    /// How long its file is, where it takes its time.
    pub bytes: Option<u64>,
}

impl Opening {
    /// What is told of it: `opening autumn.ron, 58 MB … Esc cancels`.
    pub fn words(&self) -> String {
        let name = match &self.source {
            Source::Example => "the example".to_owned(),
            Source::File(path) => {
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.display().to_string())
            }
        };
        match self.bytes {
            Some(bytes) => format!("opening {name}, {} MB … Esc cancels", bytes.div_ceil(1_000_000)),
            None => format!("opening {name} …"),
        }
    }
}

/// The list of plans: the plans on disk, then the built-in example.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlansState {
    /// The plans; `None` while they are being read for the first time.
    pub list: Option<Vec<Listed>>,
    /// The row of the cursor.
    pub row: usize,
    /// Rows scrolled out of sight at the top.
    pub offset: usize,
    /// Rows whose name does not contain this are not shown.
    pub filter: String,
    /// What is being opened, while it is.
    pub opening: Option<Opening>,
    /// What was given up before it was open: it is dropped when it comes.
    pub given_up: Vec<Source>,
    /// A plan whose row the cursor shall go to once the list was read anew.
    pub find: Option<PathBuf>,
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    /// A plan on disk.
    Plan(&'a Listed),
    /// The built-in example.
    Example,
}

impl PlansState {
    /// The rows that are shown: the plans that pass the filter, then the built-in example.
    pub fn rows(&self) -> Vec<Row<'_>> {
        let wanted = self.filter.to_lowercase();
        let plans = self.list.iter().flatten().filter(|each| each.name.to_lowercase().contains(&wanted));
        plans.map(Row::Plan).chain([Row::Example]).collect()
    }

    /// The row of the cursor.
    pub fn current(&self) -> Option<Row<'_>> {
        self.rows().get(self.row).copied()
    }
}
