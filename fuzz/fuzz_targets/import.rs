//! Any bytes given to the import end in a result or an error.
//!
//! `cargo +nightly fuzz run import ../tests/fixtures/import -- -max_len=65536 -rss_limit_mb=512 -timeout=10`

#![no_main]

use funnel_tui::plan::{Brief, Cadence, Plan};
use funnel_tui::store::import::{ImportOptions, Source, merge, recognise};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ImportOptions::default();
    let plan = Plan::new(Brief::new("p", Cadence::Month));
    if let Ok(file) = recognise(&Source::bytes("x", bytes), &options, date(2026, 9, 15), &mut |_| true) {
        let _ = merge(&plan, &file, &options);
    }
});
