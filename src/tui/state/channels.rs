//! The table's own state.

use crate::plan::Field;

use super::super::columns::Column;

/// A column to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: Column,
    /// The largest, or the first letter, at the bottom.
    pub ascending: bool,
}

/// What was copied last.
#[derive(Debug, Clone, PartialEq)]
pub enum Clip {
    /// One cell's number, or its blank.
    Cell(Option<f64>),
    /// The ten numbers of a row.
    Row(Vec<(Field, Option<f64>)>),
    /// A cell's words.
    Text(String),
}

/// The table's own state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChannelsState {
    /// The channels shown, by their place in the plan, in the order shown.
    pub order: Vec<usize>,
    /// The row of the cursor, in the order shown.
    pub row: usize,
    /// The column of the cursor: its place in `columns`.
    pub column: usize,
    /// Rows scrolled out of sight at the top.
    pub row_offset: usize,
    /// Columns after the name scrolled out of sight at the left.
    pub column_offset: usize,
    /// The column sorted by; `None` is the plan's own order.
    pub sort: Option<Sort>,
    /// Channels whose name does not contain this are not shown.
    pub filter: String,
    /// True where the order is to be made anew.
    pub stale: bool,
    /// The column of the first cell typed in a run of `Tab`s, to which `Enter` leads back.
    pub run_start: Option<usize>,
}

impl ChannelsState {
    /// The place in the plan of the channel under the cursor.
    pub fn channel(&self) -> Option<usize> {
        self.order.get(self.row).copied()
    }
}
