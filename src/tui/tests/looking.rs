//! Funnel and Improve by keys and clicks.

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
