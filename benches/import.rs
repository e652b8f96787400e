//! How long an import takes, beside reading the same file by the `csv` crate alone: at most three times as long.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use csv::ByteRecord;
use funnel_tui::store::import::{ImportOptions, Source, recognise};
use jiff::ToSpan as _;
use jiff::civil::date;

const ROWS: u32 = 1_000_000;

/// An export of a million rows: 300 campaigns, two years of days, three devices.
fn export() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import-bench.csv");
    if path.exists() {
        return path;
    }
    let mut text = String::with_capacity(110 << 20);
    text.push_str(
        "Date,Campaign,Ad group,Device,Currency code,Impressions,Clicks,Cost,Conversions,Conv. value,Avg. CPC\n",
    );
    let devices = ["Computers", "Mobile phones", "Tablets"];
    let mut random = 1_u32;
    for row in 0..ROWS {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let day = date(2024, 1, 1).saturating_add(i64::from(row % 730).days());
        let (campaign, group, device) = (row * 7 % 300, row % 1000, devices[row as usize % 3]);
        let (seen, clicks, cents) = (random >> 15, random >> 22, random >> 17);
        let _ = writeln!(
            text,
            "{day},Campaign number {campaign} of the autumn,Ad group {group},{device},EUR,{seen},{clicks},{}.{:02},{}.5,{}.{:02},0.{}",
            cents / 100,
            cents % 100,
            random >> 29,
            cents / 30,
            cents % 100,
            10 + row % 90
        );
    }
    std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path
}

fn by_csv_alone(path: &Path) -> usize {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path);
    let mut reader = reader.unwrap_or_else(|error| panic!("{error}"));
    let (mut record, mut cells) = (ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record).is_ok_and(|more| more) {
        cells += record.len();
    }
    cells
}

fn import(criterion: &mut Criterion) {
    let path = export();
    let mut group = criterion.benchmark_group("1,000,000 rows");
    group.sample_size(10);
    group.bench_function("the csv crate alone", |bench| bench.iter(|| by_csv_alone(&path)));
    group.bench_function("import", |bench| {
        bench.iter(|| {
            let read = recognise(&Source::file(&path), &ImportOptions::default(), date(2026, 9, 15), &mut |_| true);
            read.map(|read| read.rows).unwrap_or_default()
        });
    });
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
