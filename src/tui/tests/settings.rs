//! The forms.

use super::*;

#[test]
fn a_margin_typed_as_a_percentage_moves_the_money_line() {
    let screen = Screen::table().keys(", Down Down Down Down Down").shows("▸ Gross margin").keys("\"50%\" Enter");
    assert_eq!(screen.plan().brief.economics.margin, Some(0.5));
    screen.shows("gross profit 26,860").keys("u").shows("gross profit 32,232");
}

#[test]
fn a_bad_setting_says_why_under_the_field_and_stays() {
    Screen::table()
        .keys(", Down Down Down Down Down \"60\" Enter")
        .shows("expected a fraction, 0 to 1")
        .keys("\"%\" Enter")
        .lacks("expected a fraction")
        .shows("60.0%");
}

#[test]
fn the_other_form_is_of_the_channel_under_the_cursor() {
    let screen = Screen::table()
        .keys("j , F6")
        .shows("Settings of 百度竞价")
        .shows("the plan's: 680")
        .keys("Down Space")
        .shows("Active              no");
    assert!(!screen.plan().channels[1].active);
}

#[test]
fn words_are_edited_with_a_caret_and_escape_leads_back() {
    let screen = Screen::table().keys(", Enter Home \"My \" Enter Esc").in_view(View::Channels);
    assert!(screen.plan().brief.name.starts_with("My 百度"));
}

#[test]
fn a_cadence_is_made_coarser_never_finer() {
    let screen = Screen::table().keys(", Down Down Down").shows("▸ A period is a").keys("Enter Ctrl-U \"day\" Enter");
    let screen = screen.shows("cannot be split into finer periods").keys("Esc");
    assert_eq!(screen.plan().brief.cadence, Cadence::Month);
}

#[test]
fn a_label_of_ones_own_is_the_heading_in_the_table() {
    Screen::table().keys(", G k k k k").shows("▸ Consultations").keys("Enter \"leads\" Enter Esc").shows("leads");
}

#[test]
fn a_name_that_is_taken_is_refused_in_the_form_too() {
    let screen = Screen::table().keys(", F6 Enter Ctrl-U \"Portal ads\" Enter").shows("another channel is named");
    assert_eq!(screen.names()[0], "SEO");
}

#[test]
fn renaming_in_the_form_keeps_the_form() {
    Screen::table().keys("> , F6 Enter Ctrl-U \"Zzz\" Enter").shows("Settings of Zzz");
}
