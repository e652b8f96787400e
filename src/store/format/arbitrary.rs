//! Any valid plan, for tests of properties.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::plan::{
    Brief, Cadence, Channel, Economics, Field, Goals, Lever, Link, Plan, Record, Records, Scenario, Split,
    SplitDecision, Stage, Tactic, TacticState, Test, Tested, Trial, TrialDecision,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        select(vec![
            "百度推广",
            "say \"now\"",
            "C:\\plans\\",
            "two\nlines\r\n\tend",
            "// no comment",
            "\x1b[31m\u{9b}\u{202e}",
            "r#\"x\"#",
            "{(["
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn name() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("n{text}"))
}

/// A number from 0 up, of every size.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..100_000).prop_map(f64::from),
        0.0..1e6,
        any::<f64>().prop_filter("a finite number", |number| number.is_finite()).prop_map(f64::abs),
    ]
}

/// Between 0 and 1, both excluded.
fn share() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.5), 0.001..0.999]
}

fn day() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn record() -> impl Strategy<Value = Record> {
    (proptest::array::uniform10(option::of(amount())), text()).prop_map(|(values, note)| {
        let mut record = Record::default();
        for (field, value) in Field::ALL.into_iter().zip(values) {
            record.set(field, value);
        }
        record.set_note(&note);
        record
    })
}

fn records(cadence: Cadence) -> impl Strategy<Value = Records> {
    btree_map(day().prop_map(move |day| cadence.start_of(day)), record(), 0..4)
        .prop_map(|map| map.into_iter().collect())
}

fn economics() -> impl Strategy<Value = Economics> {
    (option::of(amount()), option::of(share()), option::of(amount()))
        .prop_map(|(order_value, margin, hourly_cost)| Economics { order_value, margin, hourly_cost })
}

fn targets() -> impl Strategy<Value = BTreeMap<Link, f64>> {
    btree_map(select(Link::ALL.to_vec()), share(), 0..4)
}

fn brief() -> impl Strategy<Value = Brief> {
    let goals = prop_oneof![
        Just(Goals::default()),
        (1.0..9.0, 0.51..0.99, 1.0..9.0).prop_map(|(target_multiple, confidence, stretch)| Goals {
            target_multiple,
            confidence,
            stretch
        }),
    ];
    let words = (name(), text(), text(), btree_map(select(Stage::ALL.to_vec()), text(), 0..3));
    let carry = btree_map(select(Link::CARRIED.to_vec()), share(), 0..3);
    let numbers = (economics(), goals, targets(), carry, option::of(1.0..200.0));
    (words, select(Cadence::ALL.to_vec()), numbers).prop_map(|(words, cadence, numbers)| Brief {
        name: words.0,
        note: words.1,
        currency: words.2,
        cadence,
        economics: numbers.0,
        goals: numbers.1,
        targets: numbers.2,
        carry: numbers.3,
        labels: words.3,
        hours_per_person: numbers.4,
    })
}

fn channel(at: usize, cadence: Cadence) -> impl Strategy<Value = Channel> {
    let words = (text(), text(), text(), text(), text(), text());
    let numbers = (economics(), targets(), option::of(1.01..2.0), option::of(amount()), option::of(0.0..5.0));
    (words, any::<bool>(), numbers, records(cadence), records(cadence)).prop_map(
        move |(words, active, numbers, actual, planned)| Channel {
            name: format!("{at} {}", words.0),
            active,
            kind: words.1,
            audience: words.2,
            unit: words.3,
            owner: words.4,
            note: words.5,
            economics: numbers.0,
            targets: numbers.1,
            doubling: numbers.2,
            max_uv: numbers.3,
            min_spend: numbers.4,
            max_spend: numbers.3.map(|most| most + 5.0),
            actual,
            planned,
        },
    )
}

/// A period with both ends, one or none, in order.
fn span() -> impl Strategy<Value = (Option<Date>, Option<Date>)> {
    (option::of(day()), option::of(day())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        ends => ends,
    })
}

fn trial(channel: String) -> impl Strategy<Value = Test> {
    let numbers = (amount(), option::of(amount()), option::of(amount()), option::of(amount()));
    let decision = option::of(select(vec![TrialDecision::Scale, TrialDecision::Hold, TrialDecision::Stop]));
    (text(), span(), numbers, option::of(record()), decision, option::of(day()), text()).prop_map(
        move |(name, (started, ended), numbers, counts, decision, decided, note)| {
            Test::Trial(Trial {
                name,
                channel: channel.clone(),
                started,
                ended,
                budget: numbers.0,
                daily_spend: numbers.1,
                then_spend: numbers.2,
                gross_per_deal: numbers.3,
                counts,
                decision,
                decided,
                note,
            })
        },
    )
}

fn split(channel: Option<String>) -> impl Strategy<Value = Test> {
    // Of a proportion no more may act than saw it.
    let arm = || (amount(), amount()).prop_map(|(one, other)| Tested { seen: one.max(other), acted: one.min(other) });
    let decision = option::of(select(vec![SplitDecision::Adopt, SplitDecision::Drop]));
    (text(), select(Link::COUNTED.to_vec()), span(), share(), (arm(), arm()), (decision, option::of(day())), text())
        .prop_map(move |(name, link, (started, ended), share, (control, variant), (decision, decided), note)| {
            let channel = channel.clone();
            Test::Split(Split { name, link, channel, started, ended, share, control, variant, decision, decided, note })
        })
}

fn tactic(channel: Option<String>) -> impl Strategy<Value = Tactic> {
    let states = [TacticState::Idea, TacticState::Doing, TacticState::Done, TacticState::Proven, TacticState::Rejected];
    let numbers = (option::of(amount()), option::of(amount()), option::of(amount()));
    let words = (text(), text(), vec(text(), 0..3), text());
    (words, select(Lever::ALL.to_vec()), numbers, select(states.to_vec()), option::of(day()), option::of(day()))
        .prop_map(move |(words, link, numbers, state, due, done)| Tactic {
            title: words.0,
            link,
            channel: channel.clone(),
            owner: words.1,
            spend: numbers.0,
            hours: numbers.1,
            expected: numbers.2,
            state,
            due,
            done,
            evidence: words.2,
            note: words.3,
        })
}

fn scenario(channels: Vec<String>) -> impl Strategy<Value = Scenario> {
    let lifts = || btree_map(select(Lever::ALL.to_vec()), -1.0..9.0, 0..4);
    let one = move || select(channels.clone());
    (text(), lifts(), btree_map(one(), lifts(), 0..3), btree_map(one(), amount(), 0..3))
        .prop_map(|(name, lifts, channel_lifts, spend)| Scenario { name, lifts, channel_lifts, spend })
}

/// Plans of every kind of content, with texts that try the format.
pub(super) fn plan() -> impl Strategy<Value = Plan> {
    brief()
        .prop_flat_map(|brief| {
            let channels = (0..3).map(|at| channel(at, brief.cadence)).collect::<Vec<_>>();
            (Just(brief), channels)
        })
        .prop_flat_map(|(brief, channels)| {
            let names: Vec<_> = channels.iter().map(|channel| channel.name.clone()).collect();
            let tests =
                (vec(trial(names[0].clone()), 0..2), vec(split(None), 0..2), vec(split(Some(names[1].clone())), 0..2));
            let tactics = (vec(tactic(None), 0..2), vec(tactic(Some(names[2].clone())), 0..2));
            (Just(brief), Just(channels), tests, tactics, vec(scenario(names), 0..2))
        })
        .prop_map(|(brief, channels, tests, tactics, scenarios)| Plan {
            brief,
            channels: channels.into_iter().map(Arc::new).collect(),
            tests: tests.0.into_iter().chain(tests.1).chain(tests.2).map(Arc::new).collect(),
            tactics: tactics.0.into_iter().chain(tactics.1).map(Arc::new).collect(),
            scenarios: scenarios.into_iter().map(Arc::new).collect(),
        })
}
