use jiff::civil::date;

use super::*;
use crate::plan::validate;
use crate::tui::tests::sample;

fn context(plan: &Plan) -> Context<'_> {
    Context { plan, inputs: SplitInputs::default(), today: date(2026, 11, 22) }
}

fn subjects(plan: &Plan) -> Vec<Subject> {
    (0..plan.tests.len()).map(Subject::Test).chain((0..plan.tactics.len()).map(Subject::Tactic)).collect()
}

fn applied(plan: &Plan, change: Change) -> Plan {
    match change {
        Change::Edit(edit) => edit.apply(plan).unwrap(),
        Change::Inputs(_) => plan.clone(),
    }
}

fn row(plan: &Plan, subject: Subject, title: &str) -> usize {
    context(plan).lines(subject).iter().position(|line| line.title == title).unwrap()
}

fn refused(plan: &Plan, subject: Subject, title: &str, text: &str) -> String {
    match context(plan).change(subject, row(plan, subject, title), text) {
        Err(reason) => reason,
        Ok(Change::Edit(edit)) => edit.apply(plan).unwrap_err().to_string(),
        Ok(Change::Inputs(_)) => panic!("{title} is no field of the plan"),
    }
}

#[test]
fn every_field_takes_back_what_it_shows_as_typed() {
    let plan = sample();
    for subject in subjects(&plan) {
        for (row, line) in context(&plan).lines(subject).iter().enumerate().filter(|(_, line)| line.title != "Counts") {
            let change = context(&plan).change(subject, row, &line.text).unwrap();
            assert_eq!(applied(&plan, change), plan, "{} by {:?}", line.title, line.text);
        }
    }
}

#[test]
fn space_goes_through_all_choices_and_every_one_is_valid() {
    let mut plan = sample();
    for subject in subjects(&plan) {
        for row in 0..context(&plan).lines(subject).len() {
            for _ in 0..12 {
                let lines = context(&plan).lines(subject);
                let Some(next) = lines.get(row).and_then(|line| line.next.clone()) else { continue };
                let change = context(&plan).change(subject, row, &next).unwrap();
                plan = applied(&plan, change);
                assert!(validate(&plan).is_empty());
            }
        }
    }
}

#[test]
fn what_may_not_be_says_what_and_what_to_do() {
    let plan = sample();
    let (trial, split, tactic) = (Subject::Test(0), Subject::Test(1), Subject::Tactic(0));
    for (subject, title, text, expected) in [
        (trial, "Channel", "SOE", "no channel is named \"SOE\": did you mean \"SEO\"?"),
        (trial, "Ended", "2026-08-31", "it ends on 2026-08-31, before its start on 2026-09-01"),
        (trial, "Started", "soon", "\"soon\" is no day: type 2026-11-22 or today"),
        (trial, "Budget", "", "a trial needs a budget"),
        (trial, "Name", "", "give the test a name"),
        (trial, "Name", "Softer pop-up", "another test is named"),
        (split, "B: acted", "1001", "1001 acted of 1000 who saw it"),
        (split, "Share of B", "100%", "expected between 0 and 1"),
        (tactic, "Expected rate", "20", "20 is above 100%: 20% or 0.2?"),
        (tactic, "What to do", " ", "give the tactic a name"),
    ] {
        let reason = refused(&plan, subject, title, text);
        assert!(reason.contains(expected), "{title} {text:?}: {reason}");
    }
}

#[test]
fn a_channel_is_found_however_it_is_written_and_today_is_a_day() {
    let plan = sample();
    let trial = Subject::Test(0);
    let change = context(&plan).change(trial, row(&plan, trial, "Channel"), "seo").unwrap();
    assert_eq!(applied(&plan, change).tests[0].channel(), Some("SEO"));
    let change = context(&plan).change(trial, row(&plan, trial, "Ended"), "today").unwrap();
    let Test::Trial(ended) = applied(&plan, change).tests[0].as_ref().clone() else { panic!() };
    assert_eq!(ended.ended, Some(date(2026, 11, 22)));
}

#[test]
fn what_no_file_keeps_changes_no_plan() {
    let plan = sample();
    let split = Subject::Test(1);
    let change = context(&plan).change(split, row(&plan, split, "Lift to find"), "20%").unwrap();
    assert_eq!(change, Change::Inputs(SplitInputs { lift: 0.2, ..SplitInputs::default() }));
}
