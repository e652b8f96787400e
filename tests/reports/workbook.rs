//! The workbook: formulas where they belong, and the numbers that they carry equal those of the report for scripts. The
//! same comparison is made with what a spreadsheet program computes of it: see `tests/real/run`.

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use funnel_tui::engine::{Scope, Span};
use funnel_tui::plan::{Layer, Plan};
use funnel_tui::report::{Form, render};
use funnel_tui::store::read_plan;
use jiff::civil::date;
use serde_json::Value;

use super::{all, plan, sixty};

type Book = Xlsx<Cursor<Vec<u8>>>;
/// A figure of the summary with the place of the same one in the report for scripts.
const SUMMARY: [(&str, &str); 18] = [
    ("Spend", "/spend"),
    ("Hours", "/hours"),
    ("Cost", "/cost"),
    ("Orders", "/orders"),
    ("Revenue", "/revenue"),
    ("Revenue recorded", "/revenue_recorded"),
    ("Gross profit", "/gross_profit"),
    ("Profit", "/profit"),
    ("Multiple", "/multiple"),
    ("ROI", "/roi"),
    ("ROAS", "/roas"),
    ("CAC", "/cac"),
    ("Cost per visitor", "/cost_per_visitor"),
    ("Cost per consultation", "/cost_per_consult"),
    ("Cost per deal", "/cost_per_deal"),
    ("Actions", "/actions"),
    ("At work", "/methods"),
    ("Cost without a known result", "/without_result"),
];
/// Columns of the sheet of channels besides those above.
const FIELDS: [(&str, &str); 6] = [
    ("UV", "/uv"),
    ("PV", "/pv"),
    ("Consults", "/consults"),
    ("Deals", "/deals"),
    ("Repeats", "/repeats"),
    ("Referrals", "/referrals"),
];
const LINKS: [&str; 6] = ["Depth", "Consult", "Close", "Repurchase", "Refer", "Value"];

fn book(bytes: Vec<u8>) -> Book {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// The cells of a sheet, a row after another.
fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::Empty => None,
        Data::String(text) if text.is_empty() => None,
        other => panic!("{other:?} is no number"),
    }
}

#[track_caller]
fn same(what: &str, found: Option<f64>, wanted: Option<f64>) {
    match (found, wanted) {
        (None, None) => {}
        (Some(found), Some(wanted)) => {
            let off = (found - wanted).abs() / wanted.abs().max(1.0);
            assert!(off <= 1e-9, "{what} is {found} in the workbook and {wanted} in the report");
        }
        _ => panic!("{what} is {found:?} in the workbook and {wanted:?} in the report"),
    }
}

/// Compares every number of the sheets with the report for scripts.
fn compare(name: &str, book: &mut Book, report: &Value) {
    let at = |place: &str| report.pointer(place).unwrap_or_else(|| panic!("{name}: no {place}")).as_f64();
    summary(name, &rows(book, "Summary"), &at, report);
    let (channels, rates) = (rows(book, "Channels"), rows(book, "Rates"));
    let count = report["channels"].as_array().unwrap().len();
    for row in 0..=count {
        let place = if row == count { "/total".to_owned() } else { format!("/channels/{row}") };
        for (title, key) in SUMMARY.into_iter().chain(FIELDS) {
            let column = channels[0].iter().position(|cell| *cell == Data::String(title.to_owned())).unwrap();
            if row < count && title == "At work" {
                continue;
            }
            same(
                &format!("{name}: {title} of {place}"),
                number(&channels[row + 1][column]),
                at(&format!("{place}{key}")),
            );
        }
        for link in LINKS {
            let column = rates[0].iter().position(|cell| *cell == Data::String(link.to_owned())).unwrap();
            let cell = rates.get(row + 1).and_then(|cells| cells.get(column)).cloned().unwrap_or_default();
            same(&format!("{name}: {link} of {place}"), number(&cell), rate(report, &format!("{place}/links"), link));
        }
    }
}

/// A link's rate; one of the plan that bridges a gap stands apart.
fn rate(report: &Value, links: &str, link: &str) -> Option<f64> {
    let found = report.pointer(&format!("{links}/{}", link.to_lowercase())).unwrap();
    found["rate"].as_f64().or_else(|| found["bridged"]["rate"].as_f64())
}

fn summary(name: &str, rows: &[Vec<Data>], at: &impl Fn(&str) -> Option<f64>, report: &Value) {
    let amounts: HashMap<String, Option<f64>> = rows
        .iter()
        .skip(4)
        // The first of two with one name: money stands above the factors.
        .rev()
        .filter(|row| !matches!(&row[1], Data::String(text) if !text.is_empty()))
        .map(|row| (row[0].to_string(), number(&row[1])))
        .collect();
    for (title, key) in SUMMARY {
        same(&format!("{name}: {title}"), amounts[title], at(&format!("/total{key}")));
    }
    for link in LINKS {
        same(&format!("{name}: {link}"), amounts[link], rate(report, "/total/links", link));
    }
    same(&format!("{name}: Reach"), amounts["Reach"], rate(report, "/total/links", "Reach"));
    // Shown as cost per method.
    let invest = rate(report, "/total/links", "Invest").filter(|rate| *rate > 0.0).map(|rate| 1.0 / rate);
    same(&format!("{name}: Invest"), amounts["Invest"].filter(|cost| *cost > 0.0), invest);
}

fn check(name: &str, plan: &Plan, scope: &Scope) -> Book {
    let mut book = book(render(plan, scope, 0.1, Form::Xlsx).unwrap());
    let report = serde_json::from_slice(&render(plan, scope, 0.1, Form::Json).unwrap()).unwrap();
    compare(name, &mut book, &report);
    book
}

#[test]
fn the_numbers_that_formulas_carry_are_those_of_the_report() {
    for name in ["demo", "holes", "one", "empty"] {
        for layer in [Layer::Actual, Layer::Planned] {
            check(name, &plan(name), &all(layer));
        }
    }
    let september = Scope { layer: Layer::Actual, span: Span::one(date(2026, 9, 1)) };
    check("September", &plan("demo"), &september);
    check("sixty", &sixty(), &all(Layer::Actual));
}

#[test]
fn so_they_are_for_every_plan_whose_figures_are_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/figures");
    let mut seen = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "ron") {
            let plan =
                read_plan(&fs::read_to_string(&path).unwrap(), "fixture").unwrap_or_else(|bad| panic!("{bad}")).plan;
            check(&path.display().to_string(), &plan, &all(Layer::Actual));
            check(&path.display().to_string(), &plan, &all(Layer::Planned));
            seen += 1;
        }
    }
    assert!(seen > 3, "only {seen} plans were found");
}

#[test]
fn totals_and_rates_are_formulas_and_records_are_not() {
    let mut book = check("demo", &plan("demo"), &all(Layer::Actual));
    let formulas = |book: &mut Book, sheet: &str| {
        let range = book.worksheet_formula(sheet).unwrap();
        range.used_cells().filter(|(_, _, formula)| !formula.is_empty()).count()
    };
    let records = rows(&mut book, "Records").len() - 1;
    assert_eq!(formulas(&mut book, "Records"), records * 4, "money is computed record by record");
    assert_eq!(formulas(&mut book, "Channels"), 8 * 24 - 1, "actions of different units have no total");
    assert_eq!(formulas(&mut book, "Rates"), 8 * 6 * 3);
    assert_eq!(formulas(&mut book, "Summary"), 18 + 9 + 8);
    let all = book.worksheet_formula("Channels").unwrap();
    assert!(all.used_cells().any(|(_, _, formula)| formula.contains("SUMIFS(Records!")));
}

#[test]
fn a_forecast_stands_on_a_sheet_of_its_own() {
    let mut book = check("demo", &plan("demo"), &all(Layer::Planned));
    assert!(book.sheet_names().contains(&"Forecast".to_owned()));
    let (records, forecast) = (rows(&mut book, "Records"), rows(&mut book, "Forecast"));
    let uv = |rows: &[Vec<Data>]| number(&rows[3][7]);
    assert_eq!((uv(&records), uv(&forecast).is_some()), (None, true), "what was left blank is blank in the records");
}

#[test]
fn names_are_texts_whatever_they_begin_with() {
    let mut book = check("holes", &plan("holes"), &all(Layer::Actual));
    let names: Vec<String> = rows(&mut book, "Channels").iter().map(|row| row[1].to_string()).collect();
    assert_eq!(names[2], "=HYPERLINK(\"http://x\",\"微信\")");
    assert_eq!(names[3], "@小红书*");
    let notes: Vec<String> = rows(&mut book, "Records").iter().map(|row| row[14].to_string()).collect();
    assert_eq!(notes[2], "第一行\n第二行, \"引号\"");
    let days: Vec<Data> = rows(&mut book, "Records").iter().skip(1).map(|row| row[3].clone()).collect();
    assert!(days.iter().all(|day| matches!(day, Data::DateTime(_))), "{days:?}");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let bytes = || render(&plan("demo"), &all(Layer::Actual), 0.1, Form::Xlsx).unwrap();
    assert!(bytes() == bytes());
}

/// Run by `tests/real/run`: `FUNNEL_TUI_RECALCULATED` is a folder of `NAME.xlsx`, computed anew by a spreadsheet program,
/// and `NAME.json`, the report for scripts.
#[test]
#[ignore = "needs workbooks that a spreadsheet program wrote: tests/real/run"]
fn a_spreadsheet_program_computes_the_same() {
    let folder = PathBuf::from(std::env::var_os("FUNNEL_TUI_RECALCULATED").unwrap());
    let mut seen = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "json") {
            let report = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            compare(&path.display().to_string(), &mut book(fs::read(path.with_extension("xlsx")).unwrap()), &report);
            seen += 1;
        }
    }
    assert!(seen >= 5, "only {seen} workbooks were found");
}
