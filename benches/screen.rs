//! How long a key takes from the key to the drawn buffer: the edit, the recomputation and the drawing together, in
//! each view, for a small plan and a large one.

mod plans;

use criterion::{Criterion, criterion_group, criterion_main};
use funnel_tui::tui::key::parse_script;
use funnel_tui::tui::script::Scripted;
use funnel_tui::tui::theme::ThemeName;
use jiff::civil::date;

/// Keys that are pressed once, and keys that are pressed in turn while the time is taken.
const SCRIPTS: [(&str, &str, [&str; 2]); 12] = [
    ("typing a digit, Channels", "C 3", ["4", "Backspace"]),
    ("typing a digit and taking it, Channels", "C", ["3 Enter k", "4 Enter k"]),
    ("moving, Channels", "C", ["j", "k"]),
    ("to the end and back, Channels", "C", ["G", "g"]),
    ("undo and redo, Channels", "C 5 Enter", ["u", "Ctrl-R"]),
    ("deleting a channel and undoing it, Channels", "C", ["d", "u"]),
    ("sorting, Channels", "C", [">", "<"]),
    ("period back and forth, Channels", "C", ["[", "]"]),
    ("moving, Funnel", "F", ["j", "k"]),
    ("moving, Improve", "I", ["j", "k"]),
    ("to Funnel and to Channels", "C", ["F", "C"]),
    ("explaining, Channels", "C", ["x", "Esc"]),
];

fn screen(criterion: &mut Criterion) {
    for (size, channels, periods) in [("24 x 12", 24, 12), ("10000 x 52", 10_000, 52)] {
        let mut group = criterion.benchmark_group(size);
        group.sample_size(10);
        for (name, before, turns) in SCRIPTS {
            let plan = plans::made(channels, periods);
            let Ok(mut screen) = Scripted::open(plan, date(2025, 3, 24), ThemeName::Sixteen, (120, 40)) else { return };
            let keys = |script: &str| parse_script(script).unwrap_or_default();
            screen.press(&keys(before));
            let turns = turns.map(keys);
            let mut at = 0;
            group.bench_function(name, |bench| {
                bench.iter(|| {
                    at = 1 - at;
                    screen.press(&turns[at]);
                    screen.effects.clear();
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, screen);
criterion_main!(benches);
