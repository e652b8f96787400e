//! Any bytes given as a plan end in a plan or an error; a plan is written and read again the same.
//!
//! `cargo +nightly fuzz run plan ../tests/fixtures/good ../tests/fixtures/bad -- -max_len=65536 -rss_limit_mb=512 -timeout=10`

#![no_main]

use funnel_tui::store::{Settings, read_plan, read_plan_bytes, write_plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match read_plan_bytes(bytes, "fuzz.ron") {
        Ok(found) => {
            let again = read_plan(&write_plan(&found.plan), "again.ron").map(|read| read.plan);
            assert!(again.is_ok_and(|again| again == found.plan));
        }
        Err(diagnosis) => drop(diagnosis.render(false)),
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Settings::read(text, "config.ron");
    }
});
