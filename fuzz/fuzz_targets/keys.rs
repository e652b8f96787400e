//! Any keys, pasted text and windows: no panic, no nonsense on the screen, and undo leads back to the beginning.
//!
//! `cargo +nightly fuzz run keys -- -max_len=400 -timeout=30`

#![no_main]

use funnel_tui::store::read_plan;
use funnel_tui::tui::key::{Code, Key};
use funnel_tui::tui::message::Message;
use funnel_tui::tui::script::Scripted;
use funnel_tui::tui::theme::ThemeName;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

const CODES: [Code; 14] = [
    Code::Up,
    Code::Down,
    Code::Left,
    Code::Right,
    Code::Home,
    Code::End,
    Code::PageUp,
    Code::PageDown,
    Code::Enter,
    Code::Esc,
    Code::Tab,
    Code::Backspace,
    Code::Delete,
    Code::F(2),
];

fuzz_target!(|bytes: &[u8]| {
    let Ok(example) = read_plan(include_str!("../../assets/demo.ron"), "the example") else { return };
    let Ok(mut screen) = Scripted::open(example.plan.clone(), date(2026, 11, 22), ThemeName::Mono, (80, 24)) else {
        return;
    };
    for &byte in bytes {
        let key = Key::char(char::from(byte & 0x7f));
        match byte {
            b' '..=b'~' => screen.press(&[key]),
            0x80..=0x8d => screen.press(&[Key { code: CODES[usize::from(byte - 0x80)], ..key }]),
            0xe1..=0xfa => screen.press(&[Key { ctrl: true, ..key }]),
            0x90..=0x9f => screen.resize((u16::from(byte & 0xf) * 16, u16::from(byte & 0xf) * 5)),
            0xa0 => screen.tell(Message::Paste("1\t2\n3\t百度\n".to_owned())),
            _ => screen.compute(),
        }
        assert!(!screen.text().contains("NaN"));
    }
    let Some(document) = &mut screen.state.document else { return };
    if document.path().is_none() {
        while document.history.undo().is_some() {}
        assert!(*document.plan() == example.plan);
    }
});
