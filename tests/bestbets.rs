//! Best bets: the shares of an independent implementation, the same for the same seed on any number of threads.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::num::NonZeroUsize;

use serde_json::Value;

use funnel_tui::engine::{Analyst, Bets, Scope, Span};
use funnel_tui::plan::{Brief, Cadence, Layer, Link, Plan, parse_day};
use funnel_tui::store::read_plan;

const PLANS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/figures/");

fn read(name: &str) -> Plan {
    let text = std::fs::read_to_string(format!("{PLANS}{name}")).unwrap();
    read_plan(&text, name).unwrap().plan
}

fn bets(plan: &Plan, period: &str, layer: &str) -> Bets {
    let layer = if layer == "planned" { Layer::Planned } else { Layer::Actual };
    let span = match period {
        "all" => Span::All,
        "last" => Span::one(*plan.periods(layer).last().unwrap()),
        range => {
            let (first, last) = range.split_once("..").unwrap_or((range, range));
            Span::Between { first: parse_day(first).unwrap(), last: parse_day(last).unwrap() }
        }
    };
    Bets::of(&Analyst::default().analyse(plan, &Scope { layer, span }, 0.1))
}

#[test]
fn shares_and_regret_agree_with_an_independent_implementation() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("fixtures/trials/bets.json")).unwrap();
    assert!(cases.len() >= 25);
    for case in &cases {
        let plan = read(case["plan"].as_str().unwrap());
        let found = bets(&plan, case["period"].as_str().unwrap(), case["layer"].as_str().unwrap()).draw();
        let number = |value: &Value| value.as_f64().unwrap();
        for (at, link) in Link::COUNTED.into_iter().enumerate() {
            let share = found.share(link).unwrap();
            assert!((share - number(&case["shares"][at])).abs() < 0.02, "{}: {share} of {case}", link.key());
            let (gain, expected) = (found.mean_gain(link).unwrap(), number(&case["gains"][at]));
            assert!((gain - expected).abs() <= 0.05 * expected.max(1.0), "{}: {gain} of {case}", link.key());
        }
        assert!((found.none - number(&case["none"])).abs() < 0.02);
        let apart = (found.regret - number(&case["regret"])).abs();
        assert!(apart <= 6.0 * number(&case["error"]) + 1e-9, "regret {} of {case}", found.regret);
        let total: f64 = Link::COUNTED.iter().filter_map(|&link| found.share(link)).sum();
        assert!((total + found.none - 1.0).abs() < 1e-9);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let bets = bets(&read("overrides.ron"), "all", "actual");
    let alone = bets.draw_on(NonZeroUsize::MIN);
    for threads in 2..7 {
        assert_eq!(bets.draw_on(NonZeroUsize::new(threads).unwrap()), alone);
    }
}

#[test]
fn knowing_one_link_is_worth_no_more_than_knowing_all() {
    for plan in ["overrides.ron", "bridged_pv.ron", "planned_forecast.ron"] {
        let found = bets(&read(plan), "all", "actual").draw();
        for link in Link::COUNTED {
            let worth = found.worth_knowing(link).unwrap();
            assert!(worth >= 0.0 && worth <= found.regret + 0.01 * found.mean_gain(link).unwrap(), "{found:?}");
        }
    }
}

#[test]
fn a_plan_without_channels_has_nothing_to_gain() {
    let plan = Plan::new(Brief::new("empty", Cadence::Month));
    let found = bets(&plan, "all", "actual").draw();
    assert!((found.none - 1.0).abs() < 1e-9);
    assert_eq!((found.regret, found.leader(), found.measure_first()), (0.0, None, None));
}
