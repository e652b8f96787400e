//! How long the text of a plan takes: reading it with all checks, writing it; a small plan and a large one.

mod plans;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use funnel_tui::store::{read_plan, write_plan};

fn files(criterion: &mut Criterion) {
    for (name, channels, periods) in [("24 x 12", 24, 12), ("10000 x 52", 10_000, 52)] {
        let plan = plans::made(channels, periods);
        let text = write_plan(&plan);
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("open", |bench| bench.iter(|| read_plan(black_box(&text), "bench.ron").is_ok()));
        group.bench_function("save", |bench| bench.iter(|| write_plan(black_box(&plan)).len()));
        group.finish();
    }
}

criterion_group!(benches, files);
criterion_main!(benches);
