//! The words of a panic, which may hold a plan's: nothing in them steers the terminal.

use std::any::Any;
use std::io::Write as _;

use crate::plan::{printable, steers};

/// What a panic said; `None` where it gave no words.
pub(super) fn words(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied())
}

/// From now on a panic whose words would steer a terminal shows what would. All others speak as before.
pub fn speak_safely() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = words(panic.payload()).unwrap_or_default();
        if !said.contains(|each| steers(each) && each != '\n') {
            return before(panic);
        }
        let place = panic.location().map_or_else(String::new, |place| format!(" at {place}"));
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(std::io::stderr().lock(), "panicked{place}:\n{}", printable(said));
    }));
}
