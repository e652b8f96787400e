//! How long the figures take: one edit's recomputation and a full one, for a small plan and a large one.

mod plans;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use funnel_tui::engine::{Analyst, Scope, Span};
use funnel_tui::plan::{CellChange, CellValue, Edit, Field, Layer, Plan};

fn typed(plan: &Plan, value: f64) -> Plan {
    let day = plan.channels[0].actual.iter().last().map(|(day, _)| day);
    let change = day.map(|day| CellChange {
        channel: 0,
        layer: Layer::Actual,
        day,
        value: CellValue::Number(Field::Deals, Some(value)),
    });
    Edit::Cells(change.into_iter().collect()).apply(plan).unwrap_or_else(|_| plan.clone())
}

fn figures(criterion: &mut Criterion) {
    for (name, channels, periods) in [("24 x 12", 24, 12), ("10000 x 52", 10_000, 52)] {
        let plan = plans::made(channels, periods);
        let edited = typed(&plan, 31.0);
        let scope = Scope { layer: Layer::Actual, span: Span::All };
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("everything anew", |bench| {
            bench.iter(|| Analyst::default().analyse(black_box(&plan), &scope, 0.1));
        });
        group.bench_function("after one edit", |bench| {
            let mut analyst = Analyst::default();
            let mut turn = false;
            bench.iter(|| {
                turn = !turn;
                analyst.analyse(black_box(if turn { &edited } else { &plan }), &scope, 0.1)
            });
        });
        group.bench_function("the sums of one edit", |bench| {
            let known = Analyst::default().analyse(&plan, &scope, 0.1);
            bench.iter(|| known.after(black_box(&edited)));
        });
        group.finish();
    }
}

criterion_group!(benches, figures);
criterion_main!(benches);
