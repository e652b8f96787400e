//! The forms.

use super::*;

#[test]
fn a_margin_typed_as_a_percentage_moves_the_money_line() {
    let screen = Screen::table().keys("F , Down Down Down Down Down").shows("▸ Gross margin").keys("\"50%\" Enter");
    assert_eq!(screen.plan().brief.economics.margin, Some(0.5));
    screen.shows("gross profit 26,860").keys("u").shows("gross profit 32,232");
}

#[test]
fn a_bad_setting_says_why_under_the_field_and_stays() {
    Screen::table()
        .keys("F , Down Down Down Down Down \"60\" Enter")
        .shows("expected a fraction, 0 to 1")
        .keys("\"%\" Enter")
        .lacks("expected a fraction")
        .shows("60.0%");
}

#[test]
fn the_other_form_is_of_the_channel_under_the_cursor() {
    let screen = Screen::table()
        .keys("j ,")
        .shows("Settings of the channel 百度竞价")
        .shows("the plan's: 680")
        .keys("Down Space")
        .shows("Active              no");
    assert!(!screen.plan().channels[1].active);
}

#[test]
fn words_are_edited_with_a_caret_and_escape_leads_back() {
    let screen = Screen::table().keys("F , Enter Home \"My \" Enter Esc").in_view(View::Funnel);
    assert!(screen.plan().brief.name.starts_with("My 百度"));
}

#[test]
fn a_cadence_is_made_coarser_never_finer() {
    let screen = Screen::table().keys("F , Down Down Down").shows("▸ A period is a").keys("Enter Ctrl-U \"day\" Enter");
    let screen = screen.shows("cannot be split into finer periods").keys("Esc");
    assert_eq!(screen.plan().brief.cadence, Cadence::Month);
}

#[test]
fn a_label_of_ones_own_is_the_heading_in_the_table() {
    Screen::table().keys("F , G k k k k").shows("▸ Consultations").keys("Enter \"leads\" Enter Esc C").shows("leads");
}

#[test]
fn a_name_that_is_taken_is_refused_in_the_form_too() {
    let screen = Screen::table().keys(", Enter Ctrl-U \"Portal ads\" Enter").shows("another channel is named");
    assert_eq!(screen.names()[0], "SEO");
}

#[test]
fn renaming_in_the_form_keeps_the_form() {
    Screen::table().keys("> , Enter Ctrl-U \"Zzz\" Enter").shows("Settings of the channel Zzz");
}

#[test]
fn the_form_is_the_plans_or_the_channels_by_the_view_it_was_asked_from() {
    Screen::table()
        .keys("j ,")
        .shows("Settings of the channel 百度竞价")
        .keys("Esc F ,")
        .shows("Settings of the plan 百度推广计划")
        .keys("Esc C ,")
        .shows("Settings of the channel 百度竞价");
}

#[test]
fn a_reason_is_wrapped_and_never_cut_where_the_bound_stands() {
    Screen::of(sample(), (44, 30))
        .keys(", Down Down Down Down Down \"60\" Enter")
        .shows("fraction, 0 to 1")
        .shows("(0.6 is 60 %): 60%")
        .shows("or 0.6 ");
}

#[test]
fn a_confidence_typed_without_its_sign_is_told_how_it_is_meant() {
    let screen = Screen::of(sample(), (80, 24)).keys(", Down Down Down Down Down Down Down Down");
    let screen = screen.shows("▸ Confidence").shows("95% or 0.95").lacks("…").keys("\"95\" Enter");
    screen.shows("expected between 0.5 and 1: 95% or").keys("\"%\" Enter").shows("95.0%");
}
