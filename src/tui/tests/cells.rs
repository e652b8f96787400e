//! Typing into cells.

use super::*;

#[test]
fn typing_replaces_and_arrows_take_and_move() {
    Screen::table().cursor(0, 1).keys("\"15\" Right").holds(0, Field::Spend, Some(15.0)).cursor(0, 2);
}

#[test]
fn enter_keeps_what_stands_there_and_arrows_move_the_caret() {
    Screen::table().keys("Enter Left \"5\" Enter").holds(0, Field::Spend, Some(12150.0)).cursor(1, 1);
}

#[test]
fn the_money_line_moves_while_one_types_and_escape_puts_it_back() {
    Screen::table()
        .shows("Cost 35,230")
        .keys("\"15k\"")
        .shows("Cost 49,020")
        .shows("loss −13,790")
        .keys("Esc")
        .shows("Cost 35,230")
        .holds(0, Field::Spend, Some(1210.0));
}

#[test]
fn a_change_shows_its_outcome_while_it_is_typed() {
    Screen::table().keys("\"-50\"").shows("1,210 − 50 = 1,160").keys("Enter").holds(0, Field::Spend, Some(1160.0));
}

#[test]
fn what_is_refused_says_why_and_stays_to_be_mended() {
    Screen::table()
        .keys("\"0,5\" Enter")
        .shows("a comma stands only before three digits")
        .shows("0,5")
        .holds(0, Field::Spend, Some(1210.0))
        .keys("Backspace Backspace \".5\" Enter")
        .holds(0, Field::Spend, Some(0.5));
}

#[test]
fn enter_after_a_run_of_tabs_goes_to_its_first_column() {
    Screen::table()
        .keys("Right \"1\" Tab \"2\" Tab \"3\" Enter")
        .cursor(1, 2)
        .holds(0, Field::Hours, Some(1.0))
        .holds(0, Field::Actions, Some(2.0))
        .holds(0, Field::Uv, Some(3.0));
}

#[test]
fn delete_blanks_a_cell_and_undo_brings_it_back_from_another_view() {
    Screen::table()
        .keys("Delete")
        .holds(0, Field::Spend, None)
        .keys("F u")
        .shows("undone: SEO · Oct 2026 · Spend blanked")
        .holds(0, Field::Spend, Some(1210.0))
        .keys("Ctrl-R")
        .holds(0, Field::Spend, None);
}

#[test]
fn full_width_digits_of_an_input_method_begin_an_edit() {
    Screen::table().keys("１ ２ ３ Enter").holds(0, Field::Spend, Some(123.0));
}

#[test]
fn cells_are_read_only_under_all_periods_and_variance() {
    Screen::table()
        .keys("A 5")
        .shows("all periods together are read-only: press [ or ]")
        .keys("A v v 5")
        .shows("Variance is computed: press v")
        .holds(0, Field::Spend, Some(1210.0));
}

#[test]
fn computed_columns_are_not_typed_into() {
    Screen::table().keys("End Left 5").shows("this is computed");
}

#[test]
fn a_note_of_a_record_is_kept_beside_its_numbers() {
    let screen = Screen::table().keys("End Enter \"late start\" Enter").keys("k").shows("late start");
    assert_eq!(screen.plan().channels[0].actual.get(date(2026, 10, 1)).unwrap().note(), "late start");
}

#[test]
fn a_spend_typed_for_next_month_shows_what_it_should_bring() {
    Screen::table()
        .keys("v ]")
        .shows("Nov 2026 (new)")
        .shows("Planned")
        .keys("\"2000\" Enter k")
        .shows("Nov 2026")
        .lacks("(new)")
        .shows("≈");
}

#[test]
fn a_new_period_is_offered_past_the_newest_and_no_second_one() {
    Screen::table()
        .keys("]")
        .shows("Nov 2026 is new: type its first number, or [ to go back")
        .keys("]")
        .shows("Nov 2026 is still empty")
        .keys("[")
        .shows("◂ Oct 2026 ▸");
}

#[test]
fn ctrl_s_takes_what_is_typed_and_saves_it() {
    let mut screen = Screen::table().keys("\"7\" Ctrl-S").holds(0, Field::Spend, Some(7.0)).shows("Save as");
    assert!(screen.effects().iter().all(|effect| !matches!(effect, Effect::Save { .. })));
}

#[test]
fn letters_are_text_while_typing() {
    Screen::table().keys("\"5q\" Enter").in_view(View::Channels).shows("no number").shows("5q");
}

#[test]
fn a_run_of_tabs_begins_at_its_first_typed_cell_and_not_at_the_name() {
    Screen::table()
        .keys("Home Tab \"20\" Tab \"3\" Tab Tab \"4\" Enter")
        .cursor(1, 1)
        .holds(0, Field::Spend, Some(20.0))
        .holds(0, Field::Hours, Some(3.0))
        .holds(0, Field::Uv, Some(4.0));
}

#[test]
fn the_outcome_hides_no_half_number_and_columns_stay_as_wide_as_they_were() {
    let screen = Screen::table();
    let (heading, below) = (screen.inner.lines()[3].clone(), screen.inner.lines()[5].clone());
    let screen = screen.keys("Right Right Right Right \"*1000000\"").shows("= 9,610,000,000");
    assert_eq!(screen.inner.lines()[3], heading);
    let numbers = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (before, now) = (numbers(&below), numbers(&screen.inner.lines()[5]));
    let whole = |word: &String| {
        before.contains(word) || ["9,610", "×", "1,000,000", "=", "9,610,000,000"].contains(&word.as_str())
    };
    assert!(now.iter().all(whole), "{}", screen.inner.text());
}

#[test]
fn a_sign_of_a_currency_may_stand_before_an_amount_typed_or_pasted() {
    Screen::table().keys("\"$1,500\" Enter").holds(0, Field::Spend, Some(1500.0));
    Screen::table().keys("¥ 7 Enter").holds(0, Field::Spend, Some(7.0));
    Screen::table().paste("£12\n€13\n").holds(0, Field::Spend, Some(12.0)).holds(1, Field::Spend, Some(13.0));
}

#[test]
fn a_rate_counted_per_an_earlier_stage_is_marked_and_the_status_says_per_what() {
    let to_consult = "j Home Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right \
                      Right Right Right Right Right Right Right";
    Screen::of(sample(), (120, 24)).keys("C").keys(to_consult).shows("4.92%*").shows("* per visitor");
    Screen::of(sample(), (120, 24)).keys("C ? G").shows("counted per an earlier stage");
}

#[test]
fn reach_says_that_it_is_per_unit_of_cost() {
    let to_reach = "Home Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right Right \
                    Right Right Right Right";
    Screen::table().keys(to_reach).shows("Reach here: visitors per unit of cost");
}
