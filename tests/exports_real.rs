//! Real exports of the platforms, imported without a hint and compared with the sums that somebody else computed.
//!
//! They are no part of this repository: `FUNNEL_TUI_DATA` names the folder that holds `exports/`.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::path::PathBuf;

use funnel_tui::plan::Field;
use funnel_tui::store::import::{ImportOptions, Recognised, Source, recognise};
use jiff::civil::date;
use serde_json::Value;

const COMPARED: [(&str, Field); 7] = [
    ("spend", Field::Spend),
    ("impressions", Field::Actions),
    ("clicks", Field::Uv),
    ("page_views", Field::Pv),
    ("leads", Field::Consults),
    ("deals", Field::Deals),
    ("revenue", Field::Revenue),
];

fn exports() -> Option<PathBuf> {
    let folder = std::env::var_os("FUNNEL_TUI_DATA").map(|folder| PathBuf::from(folder).join("exports"));
    let folder = folder.filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("SKIPPED: FUNNEL_TUI_DATA names no folder with exports/, so no real export was imported");
    }
    folder
}

fn import(path: &std::path::Path) -> Recognised {
    let source = Source::file(path);
    recognise(&source, &ImportOptions::default(), date(2026, 9, 15), &mut |_| true)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn differences(name: &str, expected: &Value, read: &Recognised) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: String, read: String| {
        if expected != read {
            found.push(format!("{name}: {what} is {expected}, read as {read}"));
        }
    };
    compare("the line of the header", expected["header_line"].to_string(), read.form.header_line.to_string());
    for (key, field) in COMPARED {
        let Some(sum) = expected["sums"][key].as_str() else { continue };
        let sum: f64 = sum.parse().unwrap();
        // A column without a single number has the sum 0 there and is blank here.
        let value = read.sums.get(field).unwrap_or(0.0);
        compare(key, sum.to_string(), value.to_string());
    }
    let currency = expected["currency"].as_str().unwrap_or_default();
    if currency.len() == 3 && name != "olist_by_month_origin.csv" && !name.starts_with("kaggle") {
        compare("the currency", currency.to_owned(), read.currency.clone());
    }
    found
}

#[test]
fn every_real_export_imports_without_a_hint_and_equals_its_sums() {
    let Some(folder) = exports() else { return };
    let text = std::fs::read_to_string(folder.join("expected_totals.json")).unwrap();
    let expected: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
    assert!(expected.len() >= 18, "the list of sums is cut");
    let mut wrong = Vec::new();
    for (name, expected) in &expected {
        let read = import(&folder.join(name));
        wrong.extend(differences(name, expected, &read));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn placeholder_exports_of_chinese_platforms_are_recognised() {
    let Some(folder) = exports() else { return };
    let baidu = import(&folder.join("baidu_search_campaign_gbk.csv"));
    assert_eq!(
        (baidu.form.platform.as_str(), baidu.form.encoding, baidu.currency.as_str()),
        ("百度推广", "gb18030", "CNY")
    );
    assert_eq!((baidu.sums.get(Field::Spend), baidu.sums.get(Field::Consults)), (Some(140.0), Some(4.0)));
    let sogou = import(&folder.join("sogou_gbk_total_row_second.csv"));
    assert_eq!((sogou.form.platform.as_str(), sogou.rows), ("搜狗推广", 2));
    assert_eq!(sogou.sums.get(Field::Spend), Some(1000.0));
    let la51 = import(&folder.join("la51_site_stats_gbk.csv"));
    assert_eq!((la51.form.platform.as_str(), la51.rows, la51.sums.get(Field::Pv)), ("51LA", 2, Some(620.0)));
}
