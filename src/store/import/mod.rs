//! From the exports of ad platforms and analytics to records of a plan.
//!
//! ```text
//!  Source ─▶ input      one look at all bytes: checksum, UTF-8 or not
//!         ─▶ encoding, workbook    text of any encoding, or sheets, as rows of bytes
//!         ─▶ head       separator, line of the header, titles above it
//!         ─▶ shape      two lines of headers, dates in parts: brought into the usual form
//!         ─▶ mapping    what each column is, by assets/columns.ron (columns) and the user's word (options)
//!         ─▶ pass       row by row: number, date, totals ▶ tally: sums by channel and day
//!         ─▶ report     Recognised: all of it as data, with warnings
//!  Recognised + Plan ─▶ merge   an Edit, the plan as it would be, a summary
//! ```
//!
//! A screen calls [`recognise`], shows the [`Recognised`], lets the user change the [`ImportOptions`], and calls it
//! again; nothing is written before the [`Edit`](crate::plan::Edit) of [`merge`] is applied.

mod bands;
mod cells;
mod columns;
mod currency;
mod date;
#[cfg(test)]
mod date_tests;
mod encoding;
mod error;
mod fold;
mod form;
mod guess;
mod head;
mod held;
mod input;
mod layout;
mod mapping;
mod memo;
mod merge;
mod number;
#[cfg(test)]
mod number_tests;
mod ods;
mod options;
mod own;
mod pass;
mod people;
mod platform;
mod recognise;
mod recognised;
mod report;
mod rows;
mod shape;
mod spelling;
mod strings;
mod styles;
mod tally;
mod together;
mod totals;
mod words;
mod workbook;
mod xlsx;
mod xlsx_rows;
mod xml;

pub use date::Days;
pub use error::ImportError;
pub use form::{Form, separator_words};
pub use input::{Progress, Source};
pub use mapping::{How, MappedColumn};
pub use merge::{Merged, Named, Partial, Summary, merge, plan_for};
pub use options::{ChannelFrom, DateFrom, DateOrder, Decimal, ImportOptions, Merge, Role};
pub use platform::NO_PLATFORM;
pub use recognise::{glance, platforms, recognise};
pub use recognised::{LeftOut, Preview, Reason, Recognised};
pub use together::{Together, merge_all};
pub use totals::TotalsCheck;
pub use words::{Note, Tone, Warning, notes};
