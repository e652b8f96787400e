//! The tests of a plan: what the example's portal is told, what is blank and why, what is warned of.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic

use std::sync::Arc;

use funnel_tui::engine::{Analyst, CheckCode, Scope, TestResult, TrialResult, TrialState, Verdict, tests};
use funnel_tui::plan::{Channel, Field, Plan, Record, Test, Trial};
use funnel_tui::store::read_plan;
use jiff::civil::date;

fn demo() -> Plan {
    read_plan(include_str!("../assets/demo.ron"), "demo.ron").unwrap().plan
}

fn trial_of(results: &[Arc<TestResult>]) -> &TrialResult {
    results
        .iter()
        .find_map(|result| match result.as_ref() {
            TestResult::Trial(trial) => Some(trial.as_ref()),
            TestResult::Split(_) => None,
        })
        .unwrap()
}

#[test]
fn the_portal_is_stopped_firmly_and_its_owner_is_warned() {
    let plan = demo();
    let analysis = Analyst::default().analyse(&plan, &Scope::default(), 0.1);
    let results = tests(&plan, &analysis);
    let portal = trial_of(&results);
    assert_eq!((portal.cost, portal.deals), (Some(75_000.0), Some(91.0)));
    assert_eq!((portal.verdict, portal.firm, portal.state), (Verdict::Stop, true, TrialState::Running));
    assert!(portal.is_overspent());
    let judgement = portal.judgement.as_ref().unwrap();
    assert_eq!(judgement.still_to_spend_firm, Some(0.0));
    assert!(judgement.at_stake.scale > 100_000.0 && judgement.at_stake.stop < 1.0);
    let warned = analysis.checks.iter().filter(|check| check.code == CheckCode::UntestedSpend);
    assert_eq!(warned.map(|check| check.channel).collect::<Vec<_>>(), [portal.channel]);
    assert_eq!(results[1].verdict(), "adopt");
}

#[test]
fn what_a_trial_lacks_it_says_and_its_figures_are_blank() {
    let mut plan = demo();
    let Test::Trial(portal) = plan.tests[0].as_ref().clone() else { unreachable!() };
    let mut judge = |trial: Trial| {
        plan.tests.set(0, Arc::new(Test::Trial(trial)));
        let analysis = Analyst::default().analyse(&plan, &Scope::default(), 0.1);
        let result = trial_of(&tests(&plan, &analysis)).clone();
        assert_eq!(result.verdict, Verdict::KeepTesting);
        (result.judgement.unwrap_err().advice(), result.planning)
    };
    let planned = judge(Trial { started: None, ..portal.clone() });
    assert!(planned.0.contains("no cost") && planned.1.is_some());
    let worthless = judge(Trial { gross_per_deal: Some(0.0), ..portal.clone() });
    assert!(worthless.0.contains("what a deal brings") && worthless.1.is_none());
    let spent = Record::default().with(Field::Spend, 100.0);
    assert!(judge(Trial { counts: Some(spent.clone()), ..portal.clone() }).0.contains("deals were not counted"));
    let free = spent.with(Field::Spend, 0.0).with(Field::Deals, 3.0);
    assert!(judge(Trial { counts: Some(free), ..portal }).0.contains("no cost"));
}

#[test]
fn much_spend_without_a_trial_and_a_deal_is_warned_of() {
    let mut plan = demo();
    let mut channel = Channel::new("Billboards");
    let record = Record::default().with(Field::Spend, 9_000.0).with(Field::Deals, 0.0);
    channel.actual.insert(date(2026, 9, 1), record);
    plan.channels.push_back(Arc::new(channel));
    let analysis = Analyst::default().analyse(&plan, &Scope::default(), 0.1);
    let found = analysis.checks.iter().find(|check| check.channel == Some(plan.channels.len() - 1)).unwrap();
    assert_eq!(found.code, CheckCode::UntestedSpend);
    assert!(found.message.starts_with("Billboards: 9000 spent without a deal"), "{}", found.message);
}
