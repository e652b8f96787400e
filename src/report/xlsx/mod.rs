//! The report as a workbook: the records as entered, and everything else as formulas over them, so that it can be
//! followed, checked and played with in a spreadsheet program.
//!
//! ```text
//! Economics   what an order and an hour are worth: the plan's, each channel's own, and what holds
//! Records     the chosen records as entered ─┐  money record by record, as the model asks
//! Forecast    (Planned) the same with blanks filled
//! Channels    sums, money and ratios of each channel, and of all
//! Rates       numerators and denominators of the links, and their rates
//! Summary     the totals, the nine factors, the eight links
//! ```
//!
//! Blanks stay blank: a formula over nothing gives "", which no other one counts. Channels are told apart by their
//! number, since a spreadsheet takes `seo` for `SEO` and `*` for anything. Every formula carries its result, computed by
//! the engine, so that viewers that do not calculate show the right numbers. Names are texts, never formulas.

mod channels;
mod economics;
mod rates;
mod records;
mod sheet;
mod summary;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::engine::Analysis;
use crate::plan::{Plan, printable};

/// Rows of a sheet, as the file format has them.
const ROWS: usize = 1_048_576;

/// From so many records on a workbook is made for the machine that opens it: see [`is_large`].
const LARGE: usize = 50_000;

/// True where a workbook has so many records that its sums stay within the rows of their channel, and that its sheets
/// are kept on the disk while they are written.
const fn is_large(records: usize) -> bool {
    records > LARGE
}

/// There is more than a workbook holds.
#[derive(Debug, thiserror::Error)]
pub enum TooLarge {
    /// More records than a sheet has rows.
    #[error(
        "{records} records are more than the 1,048,575 that a sheet of a workbook holds: choose fewer periods, or csv"
    )]
    Records {
        /// How many there are.
        records: usize,
    },
    /// The file could not be put together.
    #[error("the workbook could not be made: {0}")]
    Workbook(#[from] XlsxError),
}

/// The workbook of the records that `analysis` looked at.
///
/// # Errors
/// [`TooLarge`] where there are more records than a sheet has rows.
pub fn workbook(plan: &Plan, analysis: &Analysis) -> Result<Vec<u8>, TooLarge> {
    let records = analysis.total.records;
    if records >= ROWS {
        return Err(TooLarge::Records { records });
    }
    let mut sheets = Vec::new();
    let mut book = Workbook::new();
    let source = records::sheets(&mut book, plan, analysis, &mut sheets)?;
    let economics = economics::sheet(plan)?;
    let (channels, placed) = channels::sheet(plan, analysis, &source)?;
    let (rates, rated) = rates::sheet(plan, analysis, &source)?;
    let summary = summary::sheet(plan, analysis, &placed, &rated)?;
    if is_large(records) {
        // Packing such a file tightly takes longer than making it.
        book.set_zip_compression_level(1);
    }
    book.set_properties(&properties(plan, analysis));
    for sheet in [summary, channels, rates].into_iter().chain(sheets).chain([economics]) {
        book.push_worksheet(sheet.into_worksheet());
    }
    Ok(book.save_to_buffer()?)
}

/// The same plan gives the same bytes: the file is dated by its newest period, not by a clock.
fn properties(plan: &Plan, analysis: &Analysis) -> DocProperties {
    let named = DocProperties::new().set_title(printable(&plan.brief.name)).set_author("funnel-tui");
    match analysis.periods.last().and_then(|day| date(*day)).or_else(|| ExcelDateTime::from_ymd(2000, 1, 1).ok()) {
        Some(day) => named.set_creation_datetime(&day),
        None => named,
    }
}

/// A date that a spreadsheet knows; `None` before 1900.
fn date(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1900)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}
