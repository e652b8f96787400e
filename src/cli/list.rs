//! `funnel-tui list`: the plans, and how each is doing.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::engine::{Figures, Scope};
use crate::plan::{Field, printable};
use crate::report::figures::{Column, Table};
use crate::report::format::{self, known};
use crate::report::{json, text};
use crate::store::{Entry, clock};

use super::args::{ListArgs, ListFormat};
use super::failure::Failure;
use super::{out, source};

pub(super) fn run(args: &ListArgs) -> Result<(), Failure> {
    let entries = source::library()?.list()?;
    match args.format {
        ListFormat::Json => out::answer(&json::write(&Value::Array(entries.iter().map(as_json).collect()))),
        ListFormat::Text if entries.is_empty() => {
            out::remark("no plans yet: \"funnel-tui new NAME\" makes one, \"funnel-tui demo\" shows an example");
            Ok(())
        }
        ListFormat::Text => out::answer(&as_text(&entries)),
    }
}

/// Money over all periods of what happened.
fn total(entry: &Entry) -> Option<Figures> {
    let plan = entry.plan.as_ref().ok()?;
    Some(Figures::of_all(plan, &Scope::default()))
}

fn as_text(entries: &[Entry]) -> String {
    let columns = vec![
        Column::words("Plan"),
        Column::words("File"),
        Column::number("Spend"),
        Column::number("1 in →"),
        Column::number("ROI"),
        Column::number("Changed"),
    ];
    let rows = entries.iter().map(|entry| {
        let total = total(entry);
        let figure = |of: fn(&Figures) -> Option<f64>| total.as_ref().and_then(of);
        let name = entry.plan.as_ref().map_or_else(
            // The file's name stands here too: a narrow terminal shows the columns in parts.
            |_| format!("({}: unreadable)", entry.stem),
            |plan| plan.brief.name.clone(),
        );
        vec![
            printable(&name).into_owned(),
            printable(&entry.stem).into_owned(),
            known(figure(|total| total.get(Field::Spend)), format::money),
            known(figure(Figures::multiple), format::multiple),
            known(figure(Figures::roi), |roi| format::signed(roi, format::percent)),
            changed(entry.modified)
                .map_or(format::BLANK.to_owned(), |when| when.strftime("%Y-%m-%d %H:%M").to_string()),
        ]
    });
    let table = text::table(&Table::new(columns, rows.collect()));
    let reasons = entries.iter().filter_map(|entry| entry.plan.as_ref().err());
    std::iter::once(table).chain(reasons.map(|diagnosis| format!("{}\n", diagnosis.summary()))).collect()
}

fn as_json(entry: &Entry) -> Value {
    let total = total(entry);
    let figure = |of: fn(&Figures) -> Option<f64>| json::number(total.as_ref().and_then(of));
    let changed = jiff::Timestamp::try_from(entry.modified).ok().map(|when| when.to_string());
    match &entry.plan {
        Ok(plan) => json!({
            "name": plan.brief.name,
            "file": entry.stem,
            "path": entry.path.to_string_lossy(),
            "spend": figure(|total| total.get(Field::Spend)),
            "multiple": figure(Figures::multiple),
            "roi": figure(Figures::roi),
            "changed": changed,
        }),
        Err(diagnosis) => json!({
            "name": null,
            "file": entry.stem,
            "path": entry.path.to_string_lossy(),
            "error": diagnosis.summary(),
            "changed": changed,
        }),
    }
}

/// When the file was written, in the user's own time zone.
fn changed(when: SystemTime) -> Option<jiff::Zoned> {
    // The epoch stands for "the disk does not say": a link that leads nowhere.
    let known = when != SystemTime::UNIX_EPOCH;
    if known { clock::local(when) } else { None }
}
