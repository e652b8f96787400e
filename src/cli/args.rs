//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::plan::{Layer, parse_day};
use crate::report::Form;

/// A planner for marketing campaigns: nine factors, eight links, one next step.
///
/// Without a command and a plan it shows the list of plans.
#[derive(Debug, Parser)]
#[command(name = "funnel-tui", version, max_term_width = 80, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// The plan to open: a path, or a name in the list (one named like a command is opened by its path)
    pub plan: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Open a fresh copy of the built-in example; it is saved only where you say
    Demo,
    /// List the plans with spend, multiple, ROI and last change
    List(ListArgs),
    /// Make a plan and open it
    New(NewArgs),
    /// Print a plan's figures; needs no terminal
    Report(ReportArgs),
    /// Read plans and say what is wrong with them; exit status 1 where one cannot be read
    Check(CheckArgs),
    /// Read exports of ad platforms and analytics into a plan
    Import(Box<super::import::ImportArgs>),
    /// Print a script that completes these arguments in your shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Print the manual page, for "man -l -"
    Man,
    /// Print a screen as an SVG picture
    #[command(hide = true)]
    Picture(PictureArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ListFormat {
    /// For reading
    #[default]
    Text,
    /// For scripts
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// The plan's name; its file is named after it
    pub name: String,
    /// Copy this plan instead of beginning with nothing: a path, a name in the list, or "demo"
    #[arg(long, value_name = "PLAN")]
    pub from: Option<PathBuf>,
    /// Make it, print its path, and do not open it
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Paths, names in the list, or "demo"
    #[arg(required = true, value_name = "PLAN")]
    pub plans: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct PictureArgs {
    /// A path, a name in the list, or "demo"
    pub plan: PathBuf,
    /// Keys pressed before, as in "I Down }"
    #[arg(long, default_value = "")]
    pub keys: String,
    /// Columns and rows
    #[arg(long, default_value = "110x34", value_parser = size)]
    pub size: (u16, u16),
    /// What it is drawn on
    #[arg(long, value_enum, default_value_t)]
    pub theme: PaperArg,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a picture is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum PaperArg {
    #[default]
    Dark,
    Light,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// A path, a name in the list, or "demo"
    pub plan: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
    /// Which periods: all, last (the newest with a record), a day such as 2026-09-01, or 2026-09-01..2026-10-01
    #[arg(long, default_value = "all", value_parser = period, value_name = "PERIOD")]
    pub period: Period,
    /// Which records
    #[arg(long, value_enum, default_value_t)]
    pub layer: LayerArg,
    /// The lift that the levers are measured by: 0.1 or 10%
    #[arg(long, default_value = "10%", value_parser = lift, allow_hyphen_values = true)]
    pub lift: f64,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.key()).help(self.says()))
    }
}

/// A layer on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum LayerArg {
    /// What happened
    #[default]
    Actual,
    /// What is meant to happen; blanks are forecast
    Planned,
}

impl From<LayerArg> for Layer {
    fn from(arg: LayerArg) -> Self {
        match arg {
            LayerArg::Actual => Self::Actual,
            LayerArg::Planned => Self::Planned,
        }
    }
}

/// A choice of periods on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    /// All of them.
    All,
    /// The newest with any record.
    Last,
    /// From the first to the last, both included.
    Range {
        /// First day of the first period.
        first: Date,
        /// First day of the last period.
        last: Date,
    },
}

/// Reads `all`, `last`, `2026-09-01` or `2026-09-01..2026-10-01`.
fn period(text: &str) -> Result<Period, String> {
    let day = |text: &str| parse_day(text).ok_or_else(|| format!("{text:?} is no date: write it as 2026-09-01"));
    match text {
        "all" => Ok(Period::All),
        "last" => Ok(Period::Last),
        _ => {
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            let (first, last) = (day(first)?, day(last)?);
            if first > last {
                return Err(format!("{first} comes after {last}"));
            }
            Ok(Period::Range { first, last })
        }
    }
}

/// Reads `0.1` or `10%`; a bare number above 1 is more likely a forgotten percent sign than a tenfold lift.
fn lift(text: &str) -> Result<f64, String> {
    let (number, percent) =
        text.trim().strip_suffix('%').map_or((text.trim(), false), |number| (number.trim_end(), true));
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite());
    let value = value.ok_or_else(|| "write it as 0.1 or 10%".to_owned())?;
    let share = if percent { value / 100.0 } else { value };
    if share < 0.0 {
        Err("a lift is not below 0".to_owned())
    } else if !percent && share > 1.0 {
        Err(format!("{number} would be {} %: write {number}% if that was meant", value * 100.0))
    } else if share > 10.0 {
        Err("a lift is at most 1000%".to_owned())
    } else {
        Ok(share)
    }
}

/// Reads `110x34`, columns and rows.
fn size(text: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = text.split_once('x').ok_or("write it as 110x34")?;
    let side = |text: &str| text.parse().ok().filter(|side| (1..=1000).contains(side));
    side(columns).zip(side(rows)).ok_or_else(|| "write it as 110x34, each from 1 to 1000".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn periods_are_words_days_and_ranges() {
        let (first, last) = (date(2026, 9, 1), date(2026, 10, 1));
        assert_eq!(period("all"), Ok(Period::All));
        assert_eq!(period("last"), Ok(Period::Last));
        assert_eq!(period("2026-09-01"), Ok(Period::Range { first, last: first }));
        assert_eq!(period("2026-09-01..2026-10-01"), Ok(Period::Range { first, last }));
        for bad in ["", "..", "2026-09", "2026-10-01..2026-09-01", "2026-09-01..", "Last"] {
            assert!(period(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_lift_is_a_fraction_or_a_percentage() {
        assert_eq!(lift("0.1"), Ok(0.1));
        assert_eq!(lift("10%"), Ok(0.1));
        assert_eq!(lift("12.5 %"), Ok(0.125));
        assert_eq!(lift("0"), Ok(0.0));
        for bad in ["", "%", "ten", "-0.1", "10", "nan", "inf%", "2000%", "0,1"] {
            assert!(lift(bad).is_err(), "{bad}");
        }
    }
}
