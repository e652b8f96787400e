use super::super::sample;
use super::*;
use crate::plan::Link;
use crate::tui::state::{Layers, Rank};
use crate::tui::theme::ThemeName;

fn drawn(state: &State, columns: u16, lines: u16) -> Vec<String> {
    sample::drawn(columns, lines, |area, buffer| {
        draw(state, &Theme::of(ThemeName::Mono), area, buffer);
    })
}

#[test]
fn in_a_window_of_eighty_columns_a_sentence_stands_above_the_levers_and_their_story_below() {
    let rows = drawn(&sample::computed(sample::SCHOOL), 78, 19);
    assert_eq!(
        rows,
        [
            " ◂ All active channels ▸  lift +10%  by gain  gains in CNY over 1 month",
            " Improve Close first: it is 10.5% over all channels; bringing it to its",
            " reference in every channel is worth +37,559 a month, >99% sure. Begin with",
            " Paid search, Close: 11.5%, your target is 25.0%: worth +19,130 a month, >99%",
            " sure.",
            " lever          rate    below  sure leads    +10% 1 point headroom",
            "▸Close         10.5%   2 of 2  >99%  >99%  +2,774  +2,603  +37,559 ███████████",
            " Depth          3.45   0 of 2         <1%  +2,774                0",
            " Invest        6,400        —              +2,774                —",
            " Reach         3,150        —              +2,774                —",
            " Consult       2.28%        —              +2,774  +8,160        —",
            " Value           408        —              +2,774                —",
            " Spend                      —                +820                —",
            " Repurchase   ~16.7%        —                +204    +241        —",
            " Refer        ~13.3%        —                +163    +241        —",
            " Best bets   Close leads in >99% of draws: knowing all rates better would be",
            "             worth 0 a month (regret).",
            " As counted  10.5% closing rate (59 of 560), 80% interval 8.97–12.3%.",
            " Most in     Paid search +19,130, Chat groups +18,429.                 ▾ PgDn",
        ]
    );
}

#[test]
fn a_wide_window_has_the_map_beside_the_story() {
    let rows = drawn(&sample::computed(sample::SCHOOL), 118, 30);
    let below: Vec<&str> =
        rows.iter().map(String::as_str).skip_while(|row| !row.contains("What reaching the reference")).collect();
    assert_eq!(
        below[..5],
        [
            " What reaching the reference is worth      Best bets   Close leads in >99% of draws: knowing all rates better would",
            "                       Depth        Close              be worth 0 a month (regret).",
            " ▸All channels             0        37.6k  As counted  10.5% closing rate (59 of 560), 80% interval 8.97–12.3%.",
            "  Paid search       ·      0     █  19.1k  Most in     Paid search +19,130, Chat groups +18,429.",
            "  Chat groups              —     █  18.4k  Headroom    +37,559 a month once the reference is reached.",
        ]
    );
}

#[test]
fn the_map_takes_the_room_of_the_levers_where_it_has_the_arrows() {
    let mut state = sample::state(sample::NO_PAGES);
    state.improve.map = true;
    state.improve.channel = Some(1);
    let rows = drawn(&state, 78, 19);
    assert!(rows.iter().any(|row| row.contains("▸ What reaching the reference is worth")), "{rows:#?}");
    assert!(rows.iter().any(|row| row.starts_with(" ▸B ") && row.contains('▓')), "{rows:#?}");
    assert!(!rows.iter().any(|row| row.contains("1 point")), "{rows:#?}");
}

#[test]
fn without_money_gains_are_counted_in_orders() {
    let state = sample::state(sample::NO_MONEY);
    let rows = drawn(&state, 118, 30);
    assert!(rows[0].contains("gains in orders, as no order value is known"), "{rows:#?}");
    assert!(rows[2].contains("orders a month"), "{rows:#?}");
}

#[test]
fn where_nothing_can_be_compared_it_says_what_to_record() {
    let rows = drawn(&sample::state(sample::SPEND_ALONE), 118, 30);
    assert!(rows[1].contains("Type what it cost, how many came"), "{rows:#?}");
    let rows = drawn(&sample::state(sample::EMPTY), 118, 30);
    assert!(rows[1].contains("Add a channel"), "{rows:#?}");
}

#[test]
fn a_channel_that_is_switched_off_says_so() {
    let mut state = sample::state(sample::NO_MONEY);
    state.improve.channel = Some(2);
    let rows = drawn(&state, 78, 19);
    assert!(rows[1].contains("email is switched off"), "{rows:#?}");
}

#[test]
fn every_lever_has_its_sentence() {
    let state = sample::state(sample::SCHOOL);
    let document = state.document.as_ref().unwrap();
    let said = |channel, lever| sentence(document.plan(), document.analysis(), channel, lever);
    let close = said(Some(0), Lever::Link(Link::Close));
    assert!(close.starts_with("Paid search, Close: 11.5%, your target is 25.0%"), "{close}");
    for lever in Lever::ALL {
        for channel in [None, Some(0), Some(1)] {
            let text = said(channel, lever);
            assert!(text.ends_with('.') && text.contains(lever.title()), "{text}");
        }
    }
}

#[test]
fn the_chosen_lever_and_its_rank_are_seen() {
    let mut state = sample::state(sample::SCHOOL);
    state.improve.rank = Rank::SureGain;
    state.improve.lever = Some(Lever::Link(Link::Reach));
    let rows = drawn(&state, 78, 19);
    assert!(rows[0].contains("by sureness × gain"), "{rows:#?}");
    assert!(rows.iter().any(|row| row.starts_with("▸Reach")), "{rows:#?}");
    for lever in Lever::ALL {
        state.improve.lever = Some(lever);
        let rows = drawn(&state, 60, 8);
        assert!(rows.iter().any(|row| row.starts_with('▸')), "{lever:?}: {rows:#?}");
    }
}

#[test]
fn it_is_drawn_at_any_size_whatever_is_missing() {
    for text in sample::ALL {
        let mut state = sample::state(text);
        for (layers, map, channel) in
            [(Layers::Actual, false, None), (Layers::Planned, true, Some(0)), (Layers::Variance, false, Some(99))]
        {
            state.document.as_mut().unwrap().look.layers = layers;
            state.document.as_mut().unwrap().refresh(false);
            (state.improve.map, state.improve.channel, state.improve.scroll) = (map, channel, 7);
            sample::sweep(|area, buffer| {
                draw(&state, &Theme::of(ThemeName::Sixteen), area, buffer);
            });
        }
    }
}
