//! The frame, the commands by name, help, themes.

use super::*;

#[test]
fn names_of_views_are_written_out_where_there_is_room() {
    Screen::of(sample(), (140, 30)).shows("[Funnel] Channels Improve").keys("I").shows("Funnel Channels [Improve]");
    Screen::of(sample(), (100, 30)).shows("[Funnel] C I");
}

#[test]
fn the_money_line_never_drops_cost_gross_profit_and_multiple() {
    for width in 40..150 {
        let screen = Screen::of(sample(), (width, 12));
        let line = screen.inner.lines()[1].clone();
        let gross = line.contains("32,232") || line.contains("32.2k");
        assert!(line.contains("35") && gross && line.contains("1 in → 0.91"), "{width}: {line}");
    }
}

#[test]
fn the_money_line_drops_roi_first() {
    Screen::of(sample(), (140, 12)).shows("ROI −8.51%").shows("UV");
    Screen::of(sample(), (100, 12)).lacks("ROI");
}

#[test]
fn below_forty_by_ten_it_asks_for_more() {
    Screen::of(sample(), (39, 20)).shows("make the window");
    Screen::of(sample(), (80, 9)).shows("larger");
}

#[test]
fn the_commands_are_found_loosely_and_show_their_keys() {
    Screen::table().keys(": \"fil blw\"").shows("fill the cell below").shows("Ctrl-D").keys("Enter").cursor(1, 1);
}

#[test]
fn w_and_q_are_commands() {
    Screen::table().keys("5 Enter : \"w\" Enter").shows("Save as");
    assert!(Screen::table().keys(": \"q\" Enter").inner.state.quitting);
}

#[test]
fn a_theme_is_switched_and_kept() {
    let mut screen = Screen::table().keys(": \"theme light\" Enter");
    assert_eq!(screen.effects(), [Effect::KeepTheme(ThemeName::Light)]);
}

#[test]
fn help_speaks_of_the_view_it_was_asked_in() {
    Screen::table()
        .keys("?")
        .shows("Keys of Channels")
        .keys("Esc I ?")
        .shows("Keys of Improve")
        .keys("Esc")
        .lacks("Keys of");
}

fn way_to(view: View) -> &'static str {
    match view {
        View::Plans => "o",
        View::Funnel => "F",
        View::Channels => "C",
        View::Improve => "I",
        View::Settings => ",",
        View::Import => "i \"x.csv\" Enter",
    }
}

#[test]
fn every_key_of_every_footer_does_something() {
    use super::super::keymap::Keymap;
    let keymap = Keymap::built_in().unwrap();
    for view in View::ALL {
        for (key, word, action) in keymap.footer(view.keys(), view) {
            let mut screen = Screen::of(sample(), (120, 30)).keys(way_to(view)).keys(&key.to_string());
            let text = screen.inner.text();
            assert!(
                !text.contains("nothing to do with") && !text.contains("does nothing"),
                "{word} {action:?}:\n{text}"
            );
            screen.effects();
        }
    }
}

#[test]
fn an_unknown_key_names_the_way_out() {
    Screen::table().keys("Z").shows("Z does nothing here: ? shows the keys");
}

#[test]
fn control_characters_in_names_are_shown_and_not_sent() {
    let mut plan = sample();
    plan.brief.name = "a\u{1b}[31mred".to_owned();
    Arc::make_mut(&mut plan.channels[0]).name = "x\u{1b}]0;title\u{7}".to_owned();
    let screen = Screen::of(plan, (120, 30)).keys("C").shows("␛");
    for cell in screen.inner.buffer.content() {
        assert!(!cell.symbol().chars().any(char::is_control));
    }
}

#[test]
fn without_colours_the_cursor_is_still_seen() {
    let screen = Screen::table();
    let reversed =
        screen.inner.buffer.content().iter().any(|cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED));
    assert!(reversed);
    screen.shows("▸ SEO");
}

#[test]
fn the_footer_speaks_of_what_is_open() {
    Screen::table().keys("x").shows("scroll").shows("Esc close").lacks("Enter choose");
    Screen::table().keys("?").shows("scroll").lacks("Enter choose");
    Screen::table().keys("a").shows("Esc cancel").lacks("take, right");
    Screen::table().keys("5").shows("take, right");
    Screen::table().keys("5 Enter q").shows("Enter choose");
}

#[test]
fn no_color_keeps_it_monochrome_and_the_theme_for_later() {
    let mut screen = Screen::table();
    screen.inner.state.no_color = true;
    let mut screen = screen.keys(": \"theme light\" Enter").shows("NO_COLOR keeps this monochrome");
    assert_eq!(screen.inner.state.theme, ThemeName::Mono);
    assert_eq!(screen.effects(), [Effect::KeepTheme(ThemeName::Light)]);
}

#[test]
fn a_key_that_means_nothing_in_a_view_is_passed_over() {
    for script in ["F h l F6 Tab", "o h l F6 Tab", "C F6"] {
        Screen::of(sample(), (80, 24)).keys(script).lacks("! ");
    }
}

#[test]
fn long_news_takes_a_second_line_rather_than_being_cut() {
    let screen = Screen::of(sample(), (80, 24)).keys("o u").shows("nothing to undo in the list").shows("its edits");
    assert!(!screen.inner.lines()[22..].concat().contains('…'), "{}", screen.inner.text());
}

#[test]
fn the_title_never_touches_the_period() {
    for script in ["C", "C ]", "C v v", "F", "I A", "C 5 Enter"] {
        for width in 40..60 {
            let screen = Screen::of(sample(), (width, 10)).keys(script);
            let title = screen.inner.lines()[0].clone();
            assert!(title.contains(" ◂ "), "{width} {script}: {title}");
        }
    }
}

#[test]
fn where_no_order_value_is_known_the_money_line_counts_orders() {
    let mut plan = sample();
    plan.brief.economics = crate::plan::Economics::default();
    for width in [40, 80, 140] {
        let screen = Screen::of(plan.clone(), (width, 12));
        let line = screen.inner.lines()[1].clone();
        assert!(line.contains("79 orders · ") && !line.contains("out"), "{line}");
    }
    Screen::of(plan, (80, 12)).shows("79 orders · no order value yet: ,");
}
