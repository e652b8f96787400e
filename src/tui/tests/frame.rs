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
