//! Any text typed into a cell is a finite number, zero or more, or is refused with a reason.
//!
//! `cargo +nightly fuzz run cell -- -max_len=200 -timeout=1`

#![no_main]

use funnel_tui::tui::cell::{Kind, Reading, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<f64>, &str)| {
    let (old, text) = input;
    // What stands in a cell is such a number too.
    let old = old.filter(|old| old.is_finite() && *old >= 0.0);
    for kind in [Kind::Amount, Kind::Rate] {
        match read(text, old, kind) {
            Reading::Value(value, _) => assert!(value.is_finite() && value >= 0.0),
            Reading::Refused(reason) => assert!(!reason.is_empty()),
            Reading::Blank => {}
        }
    }
});
