//! The table of records: what the program wrote it reads back the same, whatever names and notes hold.

use std::sync::Arc;

use funnel_tui::plan::{Brief, Cadence, Channel, Field, Layer, Plan, Record};
use funnel_tui::report::{Form, render};
use funnel_tui::store::import::{ImportOptions, Source, merge, plan_for, recognise};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{all, plan, sixty};

const TODAY: Date = date(2026, 11, 22);

/// The plan as it comes back from its tables of both layers.
fn there_and_back(plan: &Plan) -> Plan {
    let mut back = Plan::new(Brief::new("back", plan.brief.cadence));
    for layer in [Layer::Actual, Layer::Planned] {
        let written = render(plan, &all(layer), 0.1, Form::Csv).unwrap();
        let source = Source::bytes("records.csv", written);
        let options = ImportOptions::default();
        let found = recognise(&source, &options, TODAY, &mut |_| true).unwrap();
        assert!(found.warnings.is_empty(), "{:?}", found.warnings);
        back = merge(&back, &found, &options).unwrap().plan;
    }
    back
}

/// Records with their days.
type Dated = Vec<(Date, Record)>;

/// Names and records of the channels that have any.
fn records(plan: &Plan) -> Vec<(String, Dated, Dated)> {
    let of = |channel: &Channel, layer| {
        channel.records(layer).iter().map(|(day, record)| (day, record.clone())).collect::<Vec<_>>()
    };
    let mut all: Vec<(String, Vec<_>, Vec<_>)> = plan
        .channels
        .iter()
        .map(|channel| (channel.name.clone(), of(channel, Layer::Actual), of(channel, Layer::Planned)))
        .filter(|(_, actual, planned)| !actual.is_empty() || !planned.is_empty())
        .collect();
    all.sort_by(|left, right| left.0.cmp(&right.0));
    all
}

#[test]
fn the_example_and_plans_with_holes_come_back_the_same() {
    for plan in [plan("demo"), plan("holes"), plan("one"), plan("empty"), sixty()] {
        assert_eq!(records(&there_and_back(&plan)), records(&plan), "{}", plan.brief.name);
    }
}

#[test]
fn the_cadence_of_a_new_plan_is_that_of_the_table() {
    let source = Source::bytes("records.csv", render(&plan("demo"), &all(Layer::Actual), 0.1, Form::Csv).unwrap());
    let found = recognise(&source, &ImportOptions::default(), TODAY, &mut |_| true).unwrap();
    assert_eq!(plan_for("new", &[&found], None).brief.cadence, Cadence::Month);
}

#[test]
fn a_second_import_changes_nothing() {
    let plan = plan("holes");
    let source = Source::bytes("records.csv", render(&plan, &all(Layer::Actual), 0.1, Form::Csv).unwrap());
    let options = ImportOptions::default();
    let found = recognise(&source, &options, TODAY, &mut |_| true).unwrap();
    let merged = merge(&plan, &found, &options).unwrap();
    assert_eq!((merged.summary.numbers_set, merged.plan == plan), (0, true));
}

#[test]
fn a_table_that_a_person_changed_is_read_like_any_other() {
    let table = "channel,layer,period,spend,hours,actions,uv,pv,consults,deals,repeats,referrals,revenue,note\n\
                 SEO,actual,2026-09-01,\"1,250.50\",,,,,,,,,,\n";
    let found =
        recognise(&Source::bytes("records.csv", table.as_bytes()), &ImportOptions::default(), TODAY, &mut |_| true)
            .unwrap();
    assert_eq!(found.sums.get(Field::Spend), Some(1250.5));
}

/// What a reader of tables could take for something else.
const HOSTILE: [&str; 23] = [
    "Total",
    "合計",
    "--",
    "a@b.example",
    "SEO",
    "seo",
    "1,5",
    "'",
    "''=x",
    "（＝",
    "sep=;",
    "channel",
    "period",
    "actual",
    "2026-09-01",
    "1e5",
    "-5%",
    "NULL",
    "(blank)",
    "TRUE",
    "#REF!",
    "a\u{a0}b",
    "+86 139 1234 5678",
];

/// What people and pranksters write: formulas, quotes, line ends, words of totals, blanks at the ends.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\"-][A-Za-z0-9()'\", ]{0,12}",
        "[ ,;\"'百度é😀|~*?A-Za-z0-9-]{1,16}",
        prop::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
    ]
}

fn number() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        Just(Some(0.0)),
        (0.0..1e6_f64).prop_map(Some),
        (0_u32..100_000).prop_map(|whole| Some(f64::from(whole))),
        (0.0..1.0_f64).prop_map(|small| Some(small * 1e-300)),
        (1.0..9.0_f64).prop_map(|large| Some(large * 1e300)),
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let note = prop_oneof![
        Just(String::new()),
        words(),
        prop::sample::select(vec!["two\nlines", "\n", "a\tb", "\"", "x\r\ny\rz"]).prop_map(str::to_owned)
    ];
    (prop::collection::vec(number(), 10), note).prop_map(|(numbers, note)| {
        let mut record = Record::default();
        for (field, number) in Field::ALL.into_iter().zip(numbers) {
            record.set(field, number);
        }
        record.set_note(&note);
        record
    })
}

fn channel() -> impl Strategy<Value = (String, Vec<Record>, Vec<Record>)> {
    (words(), prop::collection::vec(record(), 0..4), prop::collection::vec(record(), 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_comes_back_to_the_last_digit(
        channels in prop::collection::vec(channel(), 0..5),
        cadence in prop::sample::select(vec![Cadence::Day, Cadence::Week, Cadence::Month]),
        year in 1990_i16..2080,
    ) {
        let mut plan = Plan::new(Brief::new("there", cadence));
        for (name, actual, planned) in channels {
            let mut channel = Channel::new(name);
            // Over the end of a year.
            let days = std::iter::successors(Some(cadence.start_of(date(year, 12, 20))), |day| cadence.next(*day));
            channel.actual = days.clone().zip(actual).collect();
            channel.planned = days.zip(planned).collect();
            if plan.channel_index(&channel.name).is_none() {
                plan.channels.push_back(Arc::new(channel));
            }
        }
        // Names that are blank, or that a plan could not hold twice, are no plan's.
        prop_assume!(funnel_tui::plan::validate(&plan).is_empty());
        prop_assert_eq!(records(&there_and_back(&plan)), records(&plan));
    }
}
