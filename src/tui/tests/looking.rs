//! Funnel and Improve by keys and clicks.

use super::super::compute::Kind;
use super::super::message::Failure;
use super::super::state::Slow;
use super::*;
use crate::plan::Lever;

fn funnel() -> Screen {
    Screen::of(sample(), (80, 24)).keys("F")
}

fn improve() -> Screen {
    Screen::of(sample(), (80, 24)).keys("I")
}

#[test]
fn the_cursor_of_the_funnel_says_what_it_stands_on() {
    funnel().shows("Cost: ").keys("Down Down").shows("Methods: 3").keys("G").shows("▸· note");
}

#[test]
fn a_click_goes_to_a_link_and_x_explains_it() {
    funnel().click(Hit::Row(9), 0).shows("Close: ").keys("x").shows("Close of all channels").shows("Formula");
}

#[test]
fn a_check_below_is_announced_and_scrolled_into_sight() {
    funnel().shows("below ▾").lacks("Checks:").keys("G").shows("Checks:");
}

#[test]
fn levers_go_up_and_down_and_channels_left_and_right() {
    improve()
        .shows("◂ All active channels ▸")
        .keys("Right")
        .shows("◂ SEO ▸")
        .keys("Right Right")
        .shows("◂ All active channels ▸")
        .keys("End")
        .shows("▸Refer");
}

#[test]
fn the_map_takes_the_arrows_and_gives_them_back() {
    improve()
        .keys("F6")
        .shows("▸ What reaching the reference is worth")
        .keys("Down Down")
        .shows("◂ 百度竞价 ▸")
        .keys("F6")
        .lacks("What reaching the reference is worth");
}

#[test]
fn a_turned_lift_is_shown_where_its_gains_are() {
    improve().shows("+10%").keys("}").shows("lift +15%").keys("{ {").shows("lift +5%");
}

#[test]
fn a_click_on_a_lever_tells_of_it() {
    improve().click(Hit::Lever(Lever::Spend), 0).shows("▸Spend").shows("Twice the money brings 1.7 times");
}

#[test]
fn best_bets_are_computed_aside_and_the_old_ones_shown_as_old_meanwhile() {
    let screen = improve().shows("being computed …").shows(" leads").compute().lacks("being computed");
    let screen = screen.shows("lead").keys("A").shows("lead…").shows("As it was before, new draws are on their way");
    screen.compute().lacks("lead…").lacks("As it was before").keys("}").lacks("lead…");
}

#[test]
fn an_answer_of_another_plan_is_not_taken() {
    let mut screen = improve();
    let late = screen.inner.state.last_request;
    screen.inner.state.document.as_mut().unwrap().best_bets = Slow::default();
    let failure = Failure { short: "late".to_owned(), full: Vec::new() };
    let outcome = Outcome::Computed { number: late, kind: Kind::BestBets, answer: Err(failure) };
    screen.outcome(outcome).lacks("late").shows("being computed");
}

#[test]
fn what_could_not_be_computed_says_why_and_the_rest_goes_on() {
    let screen = improve();
    let failure = Failure { short: "a defect in the program: x".to_owned(), full: Vec::new() };
    let number = screen.inner.state.last_request;
    let outcome = Outcome::Computed { number, kind: Kind::BestBets, answer: Err(failure) };
    screen.outcome(outcome).shows("could not be computed: a defect in the program: x").keys("Down").shows("headroom");
}

#[test]
fn levers_are_ranked_by_what_the_tactics_on_them_pay_back() {
    let plan = crate::store::read_plan(include_str!("../../../assets/demo.ron"), "demo.ron").unwrap().plan;
    let screen = Screen::of(plan, (120, 40)).keys("I A s").shows("by sureness × gain").keys("s").shows("by payback");
    let first = screen.inner.lines().into_iter().find(|line| line.contains("▸")).unwrap();
    assert!(!first.is_empty());
    screen.keys("s").shows("by gain");
}
