//! Tests and Playbook by keys.

use super::*;
use crate::plan::{SplitDecision, TacticState, TrialDecision};

fn tests() -> Screen {
    Screen::of(sample(), (80, 24)).keys("T")
}

fn playbook() -> Screen {
    Screen::of(sample(), (80, 24)).keys("P")
}

fn trial(screen: &Screen, at: usize) -> Trial {
    match screen.plan().tests[at].as_ref() {
        Test::Trial(trial) => trial.clone(),
        Test::Split(split) => panic!("{} is a split test", split.name),
    }
}

fn split(screen: &Screen, at: usize) -> Split {
    match screen.plan().tests[at].as_ref() {
        Test::Split(split) => split.clone(),
        Test::Trial(trial) => panic!("{} is a trial", trial.name),
    }
}

#[test]
fn the_lists_tell_how_each_test_is_doing_and_below_why() {
    tests()
        .shows("百度 brand words")
        .shows("scale, firm")
        .shows("stop, firm")
        .shows("keep testing")
        .shows("B better")
        .shows("Why         It reaches the target")
        .keys("Down")
        .shows("Why         It will hardly pay")
        .keys("End")
        .shows("Why         B is better with 92%");
}

#[test]
fn a_trial_is_planned_with_enough_budget_and_starts_with_what_a_deal_brings() {
    let screen = tests().keys("a").shows("What is to be tested?").keys("Enter").shows("Trial of SEO").shows("▸ Name");
    let planned = trial(&screen, 4);
    assert!(planned.budget > 400.0 && planned.started.is_none() && planned.gross_per_deal.is_none());
    let screen = screen.keys("Down Down \"5000\" Enter \"250\" Enter");
    assert_eq!((trial(&screen, 4).budget, trial(&screen, 4).daily_spend), (5000.0, Some(250.0)));
    let screen = screen.shows("at 250 a day").keys("Esc Space").shows("Trial of SEO started today");
    let started = trial(&screen, 4);
    assert_eq!(started.started, Some(date(2026, 11, 22)));
    assert!(started.gross_per_deal.is_some_and(|gross| gross > 400.0), "{started:?}");
    let screen = screen.keys("Space").shows("ended today");
    assert_eq!(trial(&screen, 4).ended, Some(date(2026, 11, 22)));
    let screen = screen.keys("u u u u u");
    assert_eq!(screen.plan(), sample());
}

#[test]
fn a_decision_to_stop_is_written_down_and_the_channel_may_be_switched_off() {
    let mut plan = sample();
    Arc::make_mut(&mut plan.channels[2]).active = true;
    let screen = Screen::of(plan.clone(), (80, 24)).keys("T Down c").shows("▸ Stop: spend no more on it");
    let screen = screen.keys("Enter").shows("A note on the decision").keys("\"one deal in a hundred\" Enter");
    let decided = trial(&screen, 2);
    assert_eq!((decided.decision, decided.decided), (Some(TrialDecision::Stop), Some(date(2026, 11, 22))));
    assert_eq!((decided.ended, decided.note.as_str()), (Some(date(2026, 11, 22)), "one deal in a hundred"));
    let screen = screen.shows("Switch \"Portal ads\" off?").keys("Enter").shows("switched off");
    assert!(!screen.plan().channels[2].active);
    let screen = screen.shows("Decided     stop on 2026-11-22. one deal in a hundred").keys("u u");
    assert_eq!(screen.plan(), plan);
}

#[test]
fn a_decision_to_scale_proposes_what_to_spend_next() {
    let screen = tests().keys("c Enter Enter").shows("Planned spend of 百度竞价 in Nov 2026").keys("\"12k\" Enter");
    let planned = screen.plan().channels[1].planned.get(date(2026, 11, 1)).and_then(|record| record.get(Field::Spend));
    assert_eq!(planned, Some(12_000.0));
    let screen = screen.shows("12,000 planned");
    assert_eq!(trial(&screen, 0).decision, Some(TrialDecision::Scale));
}

#[test]
fn what_follows_may_be_left() {
    let screen = tests().keys("c Enter Enter Esc");
    assert!(screen.plan().channels[1].planned.get(date(2026, 11, 1)).is_none());
    assert_eq!(trial(&screen, 0).decision, Some(TrialDecision::Scale));
}

#[test]
fn without_a_verdict_nothing_is_proposed() {
    tests().keys("Down Down c").shows("▸ Go back").keys("Enter").lacks("A note on the decision");
}

#[test]
fn adopting_a_variant_marks_the_tactics_that_rest_on_it() {
    let screen = tests().keys("End c Home Enter Enter").shows("evidence of 1 tactic: mark as proven?").keys("Enter");
    assert_eq!(split(&screen, 1).decision, Some(SplitDecision::Adopt));
    assert_eq!(screen.plan().tactics[0].state, TacticState::Proven);
    assert_eq!(screen.plan().tactics[0].done, Some(date(2026, 11, 22)));
}

#[test]
fn more_who_acted_than_saw_are_refused_under_the_field_and_stay_to_be_mended() {
    let screen =
        tests().keys("End Enter Down Down Down Down Down Down Down").shows("▸ B: acted").keys("\"1001\" Enter");
    let screen = screen.shows("1001 acted of 1000 who saw it").keys("Backspace Enter").lacks("who saw it: check");
    assert_eq!(split(&screen, 1).variant.acted, 100.0);
}

#[test]
fn counts_are_typed_or_taken_from_the_records() {
    let keys = "T Down Down Enter Down Down Down Down Down Down Enter Ctrl-U \"2026-09-01\" Enter";
    let screen = Screen::of(sample(), (120, 40)).keys(keys);
    assert_eq!(trial(&screen, 3).started, Some(date(2026, 9, 1)));
    let screen = screen.shows("from the channel's records").keys("Down").shows("▸ Counts").keys("Space");
    let counts = trial(&screen, 3).counts.unwrap();
    assert_eq!((counts.get(Field::Spend), counts.get(Field::Deals)), (Some(2410.0), Some(70.0)));
    assert_eq!(trial(&screen.keys("Space"), 3).counts, None);
}

#[test]
fn tests_move_among_their_kind_and_are_renamed_and_deleted() {
    let names = |screen: &Screen| screen.plan().tests.iter().map(|test| test.name().to_owned()).collect::<Vec<_>>();
    let screen = tests().keys("J").shows("moved down");
    assert_eq!(names(&screen), ["Softer pop-up", "Portal, small", "百度 brand words", "Mail to parents"]);
    let screen = screen.keys("K K").shows("is the first already").keys("d").shows("deleted: u brings it back");
    assert_eq!(names(&screen).len(), 3);
    let screen = screen.keys("u End r Ctrl-U \"Later pop-up\" Enter");
    assert_eq!(screen.plan().tactics[0].evidence, ["Later pop-up"]);
}

#[test]
fn a_plan_without_channels_or_tests_says_what_to_do() {
    let empty = Plan::new(Brief::new("new", Cadence::Month));
    let screen = Screen::of(empty, (80, 24)).keys("T").shows("No tests yet").keys("a").shows("a test needs a channel");
    screen.keys("d").shows("there is no test yet").keys("P").shows("none yet").keys("Space").shows("no tactic yet");
}

#[test]
fn a_trial_without_cost_or_worth_is_blank_and_says_why() {
    let mut plan = sample();
    plan.brief.economics = crate::plan::Economics::default();
    let nothing = Record::default().with(Field::Spend, 0.0).with(Field::Deals, 0.0);
    let free = Trial { counts: Some(nothing), started: Some(date(2026, 9, 1)), ..Trial::new("Free", "SEO", 0.0) };
    plan.tests.push_front(Arc::new(Test::Trial(free)));
    let screen = Screen::of(plan, (120, 40)).keys("T").shows("not judged yet").shows("No cost yet").lacks("NaN");
    screen.lacks("inf").shows("What a deal brings is not known");
}

#[test]
fn a_play_is_taken_into_the_plan_and_its_sheet_opened() {
    let screen = playbook().keys("F6 Down Enter").shows("taken into the plan").shows("▸ What to do");
    let taken = screen.plan().tactics[1].clone();
    assert_eq!((taken.state, taken.link), (TacticState::Idea, Lever::Link(Link::Invest)));
    let screen = screen.keys("Esc Space Space").shows("doing → done");
    assert_eq!(screen.plan().tactics[1].done, Some(date(2026, 11, 22)));
    screen.keys("F6").shows("in your plan");
}

#[test]
fn what_a_tactic_should_bring_gives_its_gain_and_payback() {
    let screen =
        playbook().shows("Gain a month").shows("supports it").keys("Enter Down Down Down").shows("▸ Expected rate");
    let screen = screen.keys("\"20\" Enter").shows("20% or 0.2?").keys("\"%\" Enter");
    assert_eq!(screen.plan().tactics[0].expected, Some(0.2));
    screen.shows("pays back");
}

#[test]
fn from_improve_the_playbook_opens_at_the_chosen_lever() {
    let screen = Screen::of(sample(), (80, 24)).keys("I Right End P").shows("◂ Refer ▸").keys("Enter");
    let taken = screen.plan().tactics[1].clone();
    assert_eq!((taken.link, taken.channel.as_deref()), (Lever::Link(Link::Refer), Some("SEO")));
}

#[test]
fn improve_tells_of_the_tactics_on_the_lever() {
    let screen = Screen::of(sample(), (120, 40)).keys("I").compute();
    let consult = screen.click(Hit::Lever(Lever::Link(Link::Consult)), 0);
    consult.shows("Tactics     Pop up later, 百度 style (idea)").keys("G").shows("P opens the playbook for this lever");
}

#[test]
fn the_playbook_is_filtered_by_word_and_lever_and_the_tactics_ranked() {
    let screen = playbook().keys("/ \"gift\" Enter").shows("filter \"gift\"").keys("Esc").lacks("filter \"");
    let screen = screen.keys("Right Right").shows("◂ Reach ▸").keys("Esc").shows("◂ all levers ▸");
    screen
        .keys("s")
        .shows("ranked by gain")
        .keys("s s")
        .shows("ranked by payback")
        .keys("F6 J")
        .shows("are ranked: s until");
}

#[test]
fn a_tactic_of_ones_own_is_named_first() {
    let screen = playbook().keys("a \"Write to the alumni\" Enter").shows("▸ What to do");
    let added = screen.plan().tactics[1].clone();
    assert_eq!((added.title.as_str(), added.state), ("Write to the alumni", TacticState::Idea));
    let screen = screen.keys("Down Space");
    assert_ne!(screen.plan().tactics[1].link, added.link);
}

#[test]
fn letters_do_nothing_in_a_sheet_but_what_they_say() {
    tests().keys("Enter \"7\"").shows("words and days are edited by Enter").keys("Esc \"7\"").shows("Enter opens");
}

#[test]
fn a_read_only_plan_keeps_its_tests() {
    let mut screen = tests();
    screen.inner.state.document.as_mut().unwrap().read_only = Some("another window has it".to_owned());
    let screen = screen.keys("a").shows("read-only").keys("Space").shows("read-only").keys("c").shows("read-only");
    let screen = screen.keys("Enter Enter").shows("read-only").keys("Esc P F6 Enter").shows("read-only");
    assert_eq!(screen.plan(), sample());
}
