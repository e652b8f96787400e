//! The program is killed at random moments while somebody types and saves: the plan's file is always whole, the old one
//! or the new one, and every edit that stood on the screen 200 ms before is in the file or is recovered.
//!
//! `FUNNEL_TUI_KILLS=500` kills more often, `FUNNEL_TUI_SEED=7` at other moments.

#![allow(clippy::unwrap_used)] // helpers of tests, which may panic
#![cfg(unix)]

mod session;

use std::path::Path;
use std::time::{Duration, Instant};

use funnel_tui::plan::{Field, Layer, Plan};
use funnel_tui::store::{Home, Library, read_plan};
use session::Session;

/// So long after an edit is drawn it must survive.
const SAFE_AFTER: Duration = Duration::from_millis(200);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

/// The spend of the first channel in the newest period: what the script types.
fn spend(plan: &Plan) -> f64 {
    let (_, record) = plan.channels[0].records(Layer::Actual).iter().next_back().unwrap();
    record.get(Field::Spend).unwrap()
}

/// What a window left: the plan in its file, and the plan with recovered edits where there are any.
fn left(library: &Library, path: &Path) -> (Plan, Option<Plan>) {
    let text = std::fs::read_to_string(path).unwrap();
    let file =
        read_plan(&text, "the plan").unwrap_or_else(|bad| panic!("the file is whole: {}", bad.render(false))).plan;
    let found = library.unsaved_edits(path, None).map(|found| found.unwrap());
    (file, found.map(|found| found.history.plan().clone()))
}

#[test]
fn killed_at_any_moment_nothing_that_was_on_the_screen_is_lost() {
    let (kills, mut seed) = (number("FUNNEL_TUI_KILLS", 50), number("FUNNEL_TUI_SEED", 1));
    let home = tempfile::tempdir().unwrap();
    let library = Library::new(Home::in_folder(home.path()));
    let path = home.path().join("plan.ron");
    let (mut recovered, mut saved) = (0, 0);
    for kill in 0..kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::fs::write(&path, include_str!("../assets/demo.ron")).unwrap();
        let mut session = Session::start(home.path(), &[path.to_str().unwrap()]);
        session.wait_for("Cost");
        session.send("C");
        session.wait_for("▸ SEO");
        let life = Duration::from_millis(5 + (seed >> 33) % 600);
        let began = Instant::now();
        let mut shown: Vec<(f64, Instant)> = Vec::new();
        let mut value = 10_000 + 100 * u32::try_from(kill % 800).unwrap();
        while began.elapsed() < life {
            value += 1;
            // Enter goes down: the next edit begins where this one did.
            session.send(&format!("{value}\rk"));
            let grouped = format!("{},{:03}", value / 1000, value % 1000);
            session.wait_for(&grouped);
            shown.push((f64::from(value), Instant::now()));
            // Every second window never saves, so that the journal is all there is.
            if kill % 2 == 0 && value % 3 == 0 {
                session.send("\x13");
            }
        }
        let killed = Instant::now();
        session.signal("-KILL");
        session.end();
        let (file, found) = left(&library, &path);
        let known: Vec<f64> = [Some(&file), found.as_ref()].into_iter().flatten().map(spend).collect();
        let best = known.iter().copied().fold(0.0, f64::max);
        let mut safe = shown.iter().filter(|(_, at)| killed.duration_since(*at) >= SAFE_AFTER).map(|(value, _)| *value);
        if let Some(safe) = safe.next_back() {
            assert!(best >= safe, "kill {kill}: {safe} was on the screen, and {known:?} is left");
        }
        saved += usize::from(spend(&file) > 10_000.0);
        if let Some(Ok(found)) = library.unsaved_edits(&path, None) {
            recovered += usize::from(spend(found.history.plan()) > spend(&file));
            library.discard_edits(&found.leftover.journal);
        }
    }
    eprintln!("{kills} kills: {saved} times the file was saved, {recovered} times the journal knew more");
    assert!(saved > 0 && recovered > 0);
}
