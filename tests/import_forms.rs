//! Exports in the forms of many platforms, languages and encodings, each with what must come out of it.
//!
//! The files are our own, made in the forms of real ones: see `fixtures/import/expected.json`.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::path::{Path, PathBuf};

use funnel_tui::plan::Field;
use funnel_tui::store::import::{
    DateOrder, ImportError, ImportOptions, Progress, Recognised, Source, TotalsCheck, recognise,
};
use jiff::civil::date;
use serde_json::{Map, Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")
}

fn read(name: &str) -> Recognised {
    let source = Source::file(&folder().join(name));
    recognise(&source, &ImportOptions::default(), date(2026, 9, 15), &mut |_| true)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn sums(read: &Recognised) -> Map<String, Value> {
    let known = Field::ALL.iter().filter_map(|field| Some((field.key().to_owned(), json!(read.sums.get(*field)?))));
    known.collect()
}

/// Everything about a file that is written down beside it, as it came out.
fn found(expected: &Value, read: &Recognised) -> Value {
    let mut found = Map::new();
    for key in expected.as_object().into_iter().flat_map(Map::keys) {
        let value = match key.as_str() {
            "platform" => json!(read.form.platform),
            "encoding" => json!(read.form.encoding),
            "header_line" => json!(read.form.header_line),
            "rows" => json!(read.rows),
            "left_out" => json!(read.left_out_total()),
            "currency" => json!(read.currency),
            "decimal" => json!(read.decimal.key()),
            "date_order" => json!(read.date_order.map(DateOrder::key)),
            "range" => json!(read.range.map(|days| [days.first.to_string(), days.last.to_string()])),
            "agree" => match &read.totals {
                TotalsCheck::None => Value::Null,
                check => json!(matches!(check, TotalsCheck::Agree { .. })),
            },
            "cut" => json!(read.warnings.iter().any(|warning| warning.text.contains("cut in the middle"))),
            "channels" => json!(read.channels()),
            "sums" => Value::Object(sums(read)),
            other => panic!("{other} is nothing that can be expected"),
        };
        found.insert(key.clone(), value);
    }
    Value::Object(found)
}

/// Numbers as numbers: 3 is 3.0.
fn levelled(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), levelled(value))).collect()),
        Value::Array(values) => values.iter().map(levelled).collect(),
        other => other.clone(),
    }
}

#[test]
fn every_form_comes_out_as_it_is_written_down() {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Map<String, Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for (name, expected) in &expected {
        let read = read(name);
        let found = found(expected, &read);
        for (key, value) in expected.as_object().unwrap() {
            if levelled(value) != levelled(&found[key]) {
                wrong.push(format!("{name}: {key} is {}, expected {value}\n    {:?}", found[key], read.warnings));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let files = std::fs::read_dir(folder()).unwrap().count() - 1;
    assert_eq!(files, expected.len(), "every file has its line in expected.json");
}

#[test]
fn the_progress_of_a_workbook_is_told_from_its_first_unpacking_on() {
    for name in ["meta.xlsx", "plain.ods"] {
        let source = Source::file(&folder().join(name));
        let mut told = Vec::new();
        let mut note = |progress: Progress| {
            told.push(progress);
            true
        };
        recognise(&source, &ImportOptions::default(), date(2026, 9, 15), &mut note).unwrap();
        assert!(told.first().is_some_and(|first| first.done < first.of / 2), "{name}: {told:?}");
        assert!(told.is_sorted_by_key(|progress| progress.done), "{name}: {told:?}");
        let stopped = recognise(&source, &ImportOptions::default(), date(2026, 9, 15), &mut |_| false);
        assert!(matches!(stopped, Err(ImportError::Stopped)), "{name}");
    }
}

#[test]
fn no_personal_data_is_in_what_was_recognised() {
    for name in ["shopify_orders.csv", "leads.csv"] {
        let read = format!("{:?}", read(name));
        for word in ["@example.com", "Anna", "Ben Example", "30123456", "30 123"] {
            assert!(!read.contains(word), "{name} shows {word}");
        }
    }
}
