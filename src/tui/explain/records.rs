//! Which records a number comes from, and which of them are blank.

use std::sync::Arc;

use super::super::state::Document;
use crate::engine::ChannelAnalysis;
use crate::plan::{Field, Layer, Record, printable};
use crate::report::words;

/// The chosen records of a channel, or of all of them; `active` leaves out those of channels that are switched off.
pub(super) fn sources(document: &Document, channel: Option<usize>, active: bool) -> Vec<String> {
    let (plan, analysis) = (document.plan(), document.analysis());
    let cadence = plan.brief.cadence;
    let layer = analysis.scope.layer;
    if let Some(channel) = channel.and_then(|at| plan.channels.get(at)) {
        let days: Vec<_> = analysis.scope.span.of(channel.records(layer)).map(|(day, _)| day).collect();
        let records = words::counted(days.len(), "record");
        let name = printable(&channel.name);
        let first = format!("{records} of {name}: {}, {} layer", words::span(cadence, &days), layer.title());
        let off = "switched off: it counts in totals, and takes no part in Improve".to_owned();
        return [first].into_iter().chain((!channel.active).then_some(off)).collect();
    }
    let figures = if active { &analysis.active } else { &analysis.total };
    let records = words::counted(figures.records, "record");
    let counts = |(at, each): &(usize, &Arc<ChannelAnalysis>)| {
        each.figures.records > 0 && (!active || plan.channels.get(*at).is_some_and(|channel| channel.active))
    };
    let channels = analysis.channels.iter().enumerate().filter(counts).count();
    let channels = words::counted(channels, if active { "active channel" } else { "channel" });
    let span = words::span(cadence, &analysis.periods);
    vec![format!("{records} of {channels}: {span}, {} layer", layer.title())]
}

/// How often each of the fields is blank in the chosen records.
pub(super) fn missing(document: &Document, channel: Option<usize>, fields: &[Field]) -> Vec<String> {
    let (plan, analysis) = (document.plan(), document.analysis());
    let layer = analysis.scope.layer;
    let span = &analysis.scope.span;
    let mut lines = Vec::new();
    for &field in fields {
        let blank = |record: &Record| record.get(field).is_none();
        let (mut blanks, mut records) = (0, 0);
        let mut never = Vec::new();
        for (at, each) in plan.channels.iter().enumerate() {
            if channel.is_some_and(|channel| channel != at) {
                continue;
            }
            let of = span.of(each.records(layer)).count();
            let without = span.of(each.records(layer)).filter(|(_, record)| blank(record)).count();
            records += of;
            blanks += without;
            if of > 0 && without == of {
                never.push(printable(&each.name).into_owned());
            }
        }
        if blanks == 0 {
            continue;
        }
        let filled = if layer == Layer::Planned { ", forecast where it can be" } else { "" };
        let all = if blanks == records { "all of them".to_owned() } else { words::counted(records, "record") };
        let whole = if blanks == records { String::new() } else { format!("{blanks} of ") };
        let mut line = format!("{} blank in {whole}{all}{filled}", field.title());
        if channel.is_none() && !never.is_empty() && blanks < records {
            line = format!("{line}; never given by {}", some_names(&never));
        }
        lines.push(line);
    }
    lines
}

/// The first few names, and how many more.
fn some_names(names: &[String]) -> String {
    const MOST: usize = 4;
    let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
