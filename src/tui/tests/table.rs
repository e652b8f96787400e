//! Rows: adding, deleting, moving, sorting, filtering, copying, pasting, the mouse.

use super::*;

#[test]
fn a_channel_is_named_at_once_and_its_first_number_typed_next() {
    let screen =
        Screen::table().keys("a \"Chat groups\" Enter").cursor(1, 1).keys("\"600\" Enter").shows("Chat groups");
    assert_eq!(screen.names(), ["SEO", "Chat groups", "百度竞价", "Portal ads"]);
    screen.holds(1, Field::Spend, Some(600.0));
}

#[test]
fn a_name_that_is_taken_is_refused_under_the_line() {
    let screen = Screen::table().keys("a \"SEO\" Enter").shows("another channel is named").keys("Esc");
    assert_eq!(screen.names().len(), 3);
}

#[test]
fn a_deleted_channel_comes_back_by_undo() {
    let screen =
        Screen::table().keys("j d").shows("百度竞价 with 1 trial deleted: u brings it back").lacks("9,010").keys("u");
    assert_eq!(screen.names(), ["SEO", "百度竞价", "Portal ads"]);
}

#[test]
fn rows_move_down_and_up_with_the_cursor() {
    let screen = Screen::table().keys("J").cursor(1, 1);
    assert_eq!(screen.names(), ["百度竞价", "SEO", "Portal ads"]);
    let screen = screen.keys("K").cursor(0, 1);
    assert_eq!(screen.names(), ["SEO", "百度竞价", "Portal ads"]);
}

#[test]
fn space_switches_a_channel_off_and_on() {
    let screen = Screen::table().keys("Space").shows("○ SEO").keys("Space").lacks("○ SEO");
    assert!(screen.plan().channels[0].active);
}

#[test]
fn rename_keeps_the_cursor_on_the_channel() {
    Screen::table().keys("j r Ctrl-U \"Baidu\" Enter").shows("▸ Baidu").cursor(1, 1);
}

#[test]
fn sorting_is_of_the_view_only_and_the_cursor_stays_with_its_channel() {
    let screen = Screen::table().keys(">").shows("sorted by Spend").cursor(2, 1);
    assert_eq!(screen.names(), ["SEO", "百度竞价", "Portal ads"]);
    screen.keys("J").shows("the rows are sorted").keys(">").cursor(0, 1);
}

#[test]
fn a_number_that_is_typed_does_not_move_its_row_away() {
    Screen::table().keys("> \"99999\" Enter").cursor(2, 1).keys("k").cursor(1, 1);
}

#[test]
fn the_filter_shows_rows_that_contain_a_word_while_it_is_typed() {
    Screen::table()
        .keys("/ \"por\"")
        .lacks("9,010")
        .shows("Portal ads")
        .keys("Enter")
        .shows("filter \"por\"")
        .keys("\"7\" Enter")
        .holds(2, Field::Spend, Some(7.0))
        .keys("Esc")
        .shows("9,010");
}

#[test]
fn a_filter_that_hides_all_says_so() {
    Screen::table().keys("/ \"zzz\" Enter d").shows("the filter hides all channels");
}

#[test]
fn a_cell_is_copied_to_the_terminal_too_and_pasted() {
    let mut screen = Screen::table().keys("y j p").holds(1, Field::Spend, Some(1210.0));
    assert!(screen.effects().contains(&Effect::Copy("1210".to_owned())));
}

#[test]
fn a_row_is_copied_from_its_name() {
    let mut screen =
        Screen::table().keys("Home y j p").holds(1, Field::Spend, Some(1210.0)).holds(1, Field::Pv, Some(9610.0));
    assert!(
        screen
            .effects()
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with("SEO\t1210\t\t\t3010")))
    );
}

#[test]
fn fill_down_copies_to_the_row_below_and_goes_there() {
    Screen::table()
        .keys("Ctrl-D Ctrl-D")
        .holds(1, Field::Spend, Some(1210.0))
        .holds(2, Field::Spend, Some(1210.0))
        .cursor(2, 1);
}

#[test]
fn a_block_from_a_spreadsheet_fills_the_cells_from_here_as_one_undo() {
    Screen::table()
        .paste("1\t2\r\n3\t\r\n")
        .holds(0, Field::Spend, Some(1.0))
        .holds(0, Field::Hours, Some(2.0))
        .holds(1, Field::Spend, Some(3.0))
        .keys("u")
        .holds(0, Field::Spend, Some(1210.0))
        .holds(1, Field::Spend, Some(9010.0));
}

#[test]
fn a_block_with_a_bad_cell_is_refused_whole_and_the_place_named() {
    Screen::table().paste("1\t2\n3\tx\n").shows("nothing was pasted: row 2, column 2 of the block holds \"x\"").holds(
        0,
        Field::Spend,
        Some(1210.0),
    );
}

#[test]
fn a_block_that_is_too_large_is_cut_with_a_word() {
    Screen::table().paste("1\n2\n3\n4\n").shows("left out").holds(2, Field::Spend, Some(3.0));
}

#[test]
fn pasting_while_typing_goes_into_the_cell() {
    Screen::table().keys("\"1\"").paste("23\n").keys("Enter").holds(0, Field::Spend, Some(123.0));
}

#[test]
fn a_click_moves_and_a_double_click_edits() {
    Screen::table()
        .click(Hit::Cell(1, 4), 0)
        .cursor(1, 4)
        .click(Hit::Cell(1, 4), 200)
        .keys("Ctrl-U \"8\" Enter")
        .holds(1, Field::Uv, Some(8.0));
}

#[test]
fn a_click_elsewhere_takes_what_is_typed() {
    Screen::table().keys("\"77\"").click(Hit::Cell(2, 2), 0).holds(0, Field::Spend, Some(77.0)).cursor(2, 2);
}

#[test]
fn a_click_on_a_view_or_a_key_of_the_footer_does_what_it_says() {
    Screen::table()
        .click(Hit::Tab(View::Improve), 0)
        .in_view(View::Improve)
        .keys("C")
        .click(Hit::Does(super::super::action::Action::Add), 900)
        .shows("New channel");
}

#[test]
fn numbers_stand_under_each_other_beside_wide_names() {
    let screen = Screen::table();
    let area = screen.inner.buffer.area;
    let end_of = |number: &str| {
        (0..area.height).find_map(|y| {
            let cells: Vec<&str> = (0..area.width).map(|x| screen.inner.buffer[(x, y)].symbol()).collect();
            let line = cells.concat();
            line.contains(number).then(|| (0..cells.len()).find(|&x| cells[..x].concat().ends_with(number)).unwrap())
        })
    };
    assert_eq!(end_of("1,210"), end_of("9,010"));
}

#[test]
fn an_empty_plan_says_what_to_press() {
    let plan = Plan::new(Brief::new("new", Cadence::Month));
    Screen::of(plan, (80, 24)).keys("C").shows("a  adds one").keys("a \"SEO\" Enter \"5\" Enter").shows("▸ SEO");
}

#[test]
fn filling_and_moving_say_what_they_did() {
    Screen::table()
        .keys("Ctrl-D")
        .shows("百度竞价 · Oct 2026 · Spend filled down")
        .keys("K")
        .shows("百度竞价 moved up")
        .keys("J")
        .shows("百度竞价 moved down")
        .keys("g K")
        .shows("SEO is the first already");
}

#[test]
fn a_refused_block_says_why_and_a_header_row_is_named() {
    Screen::table().paste("1\t12%\n").shows("holds \"12%\": a percentage is no count or amount");
    Screen::table().paste("Spend\tHours\n1\t2\n").shows("the first row is a header");
}

#[test]
fn a_filter_matches_names_alone() {
    let mut plan = sample();
    Arc::make_mut(&mut plan.channels[0]).owner = "Portia".to_owned();
    Screen::of(plan, (100, 24)).keys("C / \"por\"").lacks("SEO").shows("Portal ads");
}

#[test]
fn under_planned_what_was_typed_bears_no_mark_of_a_forecast_in_totals_and_cost_neither() {
    let screen = Screen::of(sample(), (300, 24)).keys("C v").shows("Planned");
    let total = screen.inner.lines().into_iter().find(|line| line.contains("Total")).unwrap();
    assert!(total.contains(" 3,000 ") && !total.contains("≈3,000 "), "{total}");
    assert!(total.contains('≈'), "{total}");
    let cost = super::super::columns::Column::Computed(crate::report::Computed::Cost);
    let deals = super::super::columns::Column::Field(Field::Deals);
    let figures = &screen.inner.state.analysis().unwrap().total;
    assert!(!cost.is_forecast(figures) && deals.is_forecast(figures));
}

#[test]
fn a_proposal_is_not_left_behind_by_editing_keys() {
    Screen::table().keys("5 Enter Ctrl-S Backspace Backspace").shows("百度推广计划, autu");
}
