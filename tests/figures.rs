//! The figures against an independent implementation of the model: every number that it computed for these plans is
//! the number that the report gives.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::path::{Path, PathBuf};

use funnel_tui::engine::{Analyst, Scope, Span};
use funnel_tui::plan::{Layer, Plan, parse_day};
use funnel_tui::report::json;
use funnel_tui::store::read_plan;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/figures")
}

fn scope(plan: &Plan, case: &Value) -> Scope {
    let layer = if case["layer"] == "planned" { Layer::Planned } else { Layer::Actual };
    let span = match case["period"].as_str().unwrap() {
        "all" => Span::All,
        "last" => Span::one(*plan.periods(layer).last().unwrap()),
        range => {
            let (first, last) = range.split_once("..").unwrap_or((range, range));
            Span::Between { first: parse_day(first).unwrap(), last: parse_day(last).unwrap() }
        }
    };
    Scope { layer, span }
}

/// What tells one object of a list from the others.
fn key_of(value: &Value) -> String {
    ["name", "lever", "code", "channel"]
        .iter()
        .filter_map(|key| value.get(key).map(|each| format!("{key} {each}")))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Quantiles are compared to 1e-6, all else to 1e-9, relative or absolute.
fn tolerance(path: &str) -> f64 {
    let quantile = path.rsplit('.').next().is_some_and(|name| ["low", "high", "sure"].contains(&name));
    if quantile { 1e-6 } else { 1e-9 }
}

fn compare(path: &str, expected: &Value, got: &Value, wrong: &mut Vec<String>) -> usize {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => expected
            .iter()
            // Messages are this program's own words.
            .filter(|(key, _)| *key != "message")
            .map(|(key, value)| compare(&format!("{path}.{key}"), value, got.get(key).unwrap_or(&Value::Null), wrong))
            .sum(),
        (Value::Array(expected), Value::Array(got)) if expected.iter().all(Value::is_object) => {
            if expected.len() != got.len() {
                wrong.push(format!("{path}: {} expected, {} there", expected.len(), got.len()));
            }
            expected
                .iter()
                .map(|each| {
                    let key = key_of(each);
                    let twin = got.iter().find(|other| key_of(other) == key).unwrap_or(&Value::Null);
                    compare(&format!("{path}[{key}]"), each, twin, wrong)
                })
                .sum()
        }
        (Value::Number(expected), Value::Number(got)) => {
            let (expected, got) = (expected.as_f64().unwrap(), got.as_f64().unwrap());
            if (expected - got).abs() > tolerance(path) * expected.abs().max(1.0) {
                wrong.push(format!("{path}: {expected} expected, {got} there"));
            }
            1
        }
        _ => {
            if expected != got {
                wrong.push(format!("{path}: {expected} expected, {got} there"));
            }
            1
        }
    }
}

#[test]
fn every_figure_agrees_with_the_independent_implementation() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&read("index.json")).unwrap();
    assert!(cases.len() >= 25);
    let mut wrong = Vec::new();
    let mut compared = 0;
    for case in &cases {
        let name = case["plan"].as_str().unwrap();
        let plan = read_plan(&read(name), name).unwrap().plan;
        let scope = scope(&plan, case);
        let analysis = Analyst::default().analyse(&plan, &scope, case["lift"].as_f64().unwrap());
        let got = json::report(&plan, &analysis);
        let file = case["json"].as_str().unwrap();
        let expected: Value = serde_json::from_str(&read(file)).unwrap();
        compared += compare(file, &expected, &got, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {compared} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 10_000, "only {compared} figures compared");
}
