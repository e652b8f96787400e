//! Reports for people who open no terminal: the page in its structure and words, the workbook in its formulas and
//! numbers. `tests/real/run` looks at the same plans in a browser and a spreadsheet program.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

mod page;
mod table;
mod workbook;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use funnel_tui::engine::{Scope, Span};
use funnel_tui::plan::{Brief, Cadence, Channel, Field, Layer, Link, Plan, Record};
use funnel_tui::store::read_plan;
use jiff::civil::date;

/// A plan of `fixtures/reports`, or the built-in example.
fn plan(name: &str) -> Plan {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match name {
        "demo" => root.join("assets/demo.ron"),
        _ => root.join(format!("tests/fixtures/reports/{name}.ron")),
    };
    read_plan(&fs::read_to_string(&path).unwrap(), name).unwrap_or_else(|diagnosis| panic!("{diagnosis}")).plan
}

/// Sixty channels, each measured otherwise.
fn sixty() -> Plan {
    let mut plan = Plan::new(Brief::new("Sixty channels", Cadence::Month));
    plan.brief.economics.order_value = Some(90.0);
    plan.brief.targets.insert(Link::Close, 0.2);
    for at in 0..60_u32 {
        let mut channel = Channel::new(format!("渠道 {at}: a channel with a rather long name"));
        let size = f64::from(at % 7 + 1);
        for month in 1..=12 {
            let record = Record::default().with(Field::Spend, 100.0 * size).with(Field::Uv, 310.0 * size);
            let record = if at % 3 == 0 { record } else { record.with(Field::Pv, 700.0 * size + f64::from(at)) };
            let record = record.with(Field::Consults, 20.0 * size).with(Field::Deals, f64::from(at % 5) + 1.0);
            channel.actual.insert(date(2026, month, 1), record);
        }
        plan.channels.push_back(Arc::new(channel));
    }
    plan
}

fn all(layer: Layer) -> Scope {
    Scope { layer, span: Span::All }
}
