//! Which channels the table shows, in which order.
//!
//! The order is made when it is asked for, and not after each number that is typed: a row shall not jump away from
//! under the cursor.

use std::cmp::Ordering;

use super::super::columns::Column;
use super::super::state::{Document, Sort, State};
use crate::plan::Channel;

/// Makes the order anew where it is stale, and keeps the cursor within the table.
pub(super) fn settle(state: &mut State) {
    let Some(document) = &state.document else { return };
    let count = document.plan().channels.len();
    let table = &mut state.channels;
    if table.stale
        || table.order.iter().any(|at| *at >= count)
        || (table.filter.is_empty() && table.order.len() != count)
    {
        let kept = table.channel();
        table.order = order(document, table.sort, &table.filter);
        if let Some(row) = kept.and_then(|kept| table.order.iter().position(|at| *at == kept)) {
            table.row = row;
        }
        table.stale = false;
    }
    table.row = table.row.min(table.order.len().saturating_sub(1));
    if state.improve.channel.is_some_and(|at| document.analysis().improve.channel(at).is_none()) {
        state.improve.channel = None;
    }
}

fn order(document: &Document, sort: Option<Sort>, filter: &str) -> Vec<usize> {
    let plan = document.plan();
    let wanted = filter.to_lowercase();
    let mut order: Vec<usize> = plan
        .channels
        .iter()
        .enumerate()
        .filter(|(_, channel)| wanted.is_empty() || contains(channel, &wanted))
        .map(|(at, _)| at)
        .collect();
    let Some(sort) = sort else { return order };
    match sort.column {
        Column::Name | Column::Note => {
            let key = |at: &usize| plan.channels.get(*at).map(|channel| words(document, channel, sort.column));
            order.sort_by_cached_key(key);
            if !sort.ascending {
                order.reverse();
            }
        }
        Column::Field(_) | Column::Computed(_) | Column::Rate(_) => {
            let numbers: Vec<Option<f64>> =
                (0..plan.channels.len()).map(|at| number(document, at, sort.column)).collect();
            // Stable; blanks last whichever way.
            order.sort_by(|left, right| compare(numbers[*left], numbers[*right], sort.ascending));
        }
    }
    order
}

fn compare(left: Option<f64>, right: Option<f64>, ascending: bool) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) if ascending => left.total_cmp(&right),
        (Some(left), Some(right)) => right.total_cmp(&left),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn contains(channel: &Channel, wanted: &str) -> bool {
    channel.name.to_lowercase().contains(wanted)
}

fn words(document: &Document, channel: &Channel, column: Column) -> String {
    match (column, document.editable()) {
        (Column::Note, Ok((layer, day))) => {
            channel.records(layer).get(day).map(|record| record.note().to_lowercase()).unwrap_or_default()
        }
        _ => channel.name.to_lowercase(),
    }
}

/// The number in a channel's column, as the table shows it: the difference of the layers under Variance.
pub(crate) fn number(document: &Document, channel: usize, column: Column) -> Option<f64> {
    match document.variance() {
        Some(variance) => variance.of_channel(channel, |figures| column.value(figures)),
        None => column.value(&document.analysis().channels.get(channel)?.figures),
    }
}
