//! How long best bets take: a small plan and a large one, on two threads.

mod plans;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use funnel_tui::engine::{Analyst, Bets, Scope, Span};
use funnel_tui::plan::Layer;

fn best_bets(criterion: &mut Criterion) {
    for (name, channels, periods) in [("24 x 12", 24, 12), ("1000 x 52", 1000, 52)] {
        let plan = plans::made(channels, periods);
        let scope = Scope { layer: Layer::Actual, span: Span::All };
        let analysis = Analyst::default().analyse(&plan, &scope, 0.1);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("snapshot", |bench| bench.iter(|| Bets::of(black_box(&analysis))));
        let bets = Bets::of(&analysis);
        group.bench_function("10,000 joint draws", |bench| bench.iter(|| black_box(&bets).draw()));
        group.finish();
    }
}

criterion_group!(benches, best_bets);
criterion_main!(benches);
