//! Tactics: what they gain, when they pay back, what they did.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::sync::Arc;

use jiff::civil::date;

use funnel_tui::engine::{Analysis, Analyst, BeforeAfter, Evidence, Scope, TacticWorth};
use funnel_tui::plan::{Field, Lever, Link, Plan, Record, Tactic, TacticState};
use funnel_tui::store::read_plan;

fn demo() -> Plan {
    read_plan(include_str!("../assets/demo.ron"), "demo.ron").unwrap().plan
}

fn analyse(plan: &Plan) -> Arc<Analysis> {
    Analyst::default().analyse(plan, &Scope::default(), 0.1)
}

fn tactic(plan: &Plan, link: Link, channel: Option<&str>) -> Tactic {
    let mut tactic = plan.tactics[0].as_ref().clone();
    tactic.link = Lever::Link(link);
    tactic.channel = channel.map(str::to_owned);
    tactic
}

#[test]
fn reaching_the_reference_is_worth_the_headroom() {
    let plan = demo();
    let analysis = analyse(&plan);
    let mut compared = 0;
    for levers in &analysis.improve.channels {
        for lever in levers.levers.iter() {
            let (Some(link), Some(reference)) = (lever.lever.link(), lever.reference) else { continue };
            let mut tactic = tactic(&plan, link, Some(&plan.channels[levers.channel].name));
            tactic.expected = Some(reference.rate);
            tactic.hours = Some(10.0);
            tactic.spend = Some(100.0);
            let worth = TacticWorth::of(&plan, &tactic, &analysis);
            let expected = lever.gain_headroom.map(|gain| gain / analysis.improve.periods as f64);
            assert!((worth.gain.unwrap() - expected.unwrap()).abs() < 1e-9 * expected.unwrap().max(1.0));
            assert_eq!(worth.cost, Some(500.0));
            if let Some(gain) = worth.gain.filter(|gain| *gain > 0.0) {
                assert_eq!(worth.payback, Some(500.0 / gain));
                assert!((worth.sure.unwrap_or(0.0) - lever.sure.unwrap_or(0.0)).abs() < 1e-12);
            } else {
                assert_eq!(worth.payback, None);
            }
            compared += 1;
        }
    }
    assert!(compared >= 15, "{compared}");
}

#[test]
fn a_tactic_for_all_channels_is_worth_the_sum_of_them() {
    let plan = demo();
    let analysis = analyse(&plan);
    let gain = |channel: Option<&str>| {
        let mut tactic = tactic(&plan, Link::Refer, channel);
        tactic.expected = Some(0.4);
        TacticWorth::of(&plan, &tactic, &analysis).gain
    };
    let sum: f64 = plan.channels.iter().filter_map(|channel| gain(Some(&channel.name))).sum();
    assert!((gain(None).unwrap() - sum).abs() < 1e-9 * sum);
    let nothing = tactic(&plan, Link::Reach, None);
    assert_eq!(TacticWorth::of(&plan, &Tactic { expected: None, ..nothing }, &analysis).gain, None);
}

#[test]
fn the_rate_before_and_after_leaves_out_the_period_in_between() {
    let mut plan = demo();
    let mut channel = plan.channels[0].as_ref().clone();
    channel.actual = [(5, 100.0, 10.0), (6, 100.0, 10.0), (7, 100.0, 10.0), (8, 100.0, 9.0), (9, 900.0, 500.0)]
        .into_iter()
        .chain([(10, 100.0, 25.0), (11, 100.0, 27.0)])
        .map(|(month, consults, deals)| {
            let record = Record::default().with(Field::Consults, consults).with(Field::Deals, deals);
            (date(2026, month, 1), record)
        })
        .collect();
    plan.channels.set(0, Arc::new(channel));
    let mut tactic = tactic(&plan, Link::Close, Some("SEO"));
    (tactic.done, tactic.state) = (Some(date(2026, 9, 14)), TacticState::Done);
    let found = BeforeAfter::of(&plan, &tactic, &analyse(&plan)).unwrap();
    assert_eq!((found.before.periods, found.before.counts), (3, (29.0, 300.0)));
    assert_eq!((found.after.periods, found.after.counts), (2, (52.0, 200.0)));
    assert!(found.before.high < found.after.low || found.p_rose < 0.999, "{found:?}");
    assert!((found.lift.unwrap() - (0.26 / (29.0 / 300.0) - 1.0)).abs() < 1e-9);
    assert!(found.lift_interval.0 < found.lift.unwrap() && found.lift.unwrap() < found.lift_interval.1);
    tactic.done = None;
    assert_eq!(BeforeAfter::of(&plan, &tactic, &analyse(&plan)), None);
}

#[test]
fn a_split_test_supports_or_is_open_or_is_missing() {
    let plan = demo();
    assert!(matches!(Evidence::of(&plan, "Softer chat pop-up"), Evidence::Supports { .. } | Evidence::Open));
    assert_eq!(Evidence::of(&plan, "no such test"), Evidence::Missing);
}
