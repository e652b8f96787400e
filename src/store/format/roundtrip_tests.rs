//! What is written is read again the same, by both readers; what is not a plan never brings the program down.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::read::read_ron;
use super::{quick, read_plan, read_plan_bytes, write_plan};
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
    let arm = || (amount(), amount()).prop_map(|(seen, acted)| Tested { seen, acted });
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

fn plan() -> impl Strategy<Value = Plan> {
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

/// Other bytes for a few places of a text: pieces of RON, controls, cuts.
fn changed(text: &str, changes: &[(Index, Index, Index)]) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "\\",
        "//",
        "/*",
        "Some(",
        "-",
        "NaN",
        "1e999",
        "0x",
        "r#\"",
        "\n",
        "\u{9b}",
        "'",
        "name: \"x\", ",
        " ",
    ];
    let mut bytes = text.as_bytes().to_vec();
    for (place, length, piece) in changes {
        let start = place.index(bytes.len() + 1);
        let end = (start + length.index(4)).min(bytes.len());
        let piece = if length.index(9) == 8 { &[0xff][..] } else { PIECES[piece.index(PIECES.len())].as_bytes() };
        bytes.splice(start..end, piece.iter().copied());
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_read_as_it_was_written_and_written_as_it_was_read(plan in plan()) {
        let written = write_plan(&plan);
        let read = read_plan(&written, "plan.ron").map_err(|error| TestCaseError::fail(format!("{error}\n{written}")))?;
        prop_assert_eq!(&read.plan, &plan);
        prop_assert!(!read.has_comments);
        prop_assert_eq!(write_plan(&read.plan), &*written);
        prop_assert!(written.lines().all(|line| !line.contains(crate::plan::steers)));
        let (quickly, _) = quick::read::<Plan>(&written).ok_or_else(|| TestCaseError::fail("beyond the quick reader"))?;
        prop_assert_eq!(quickly, plan);
        prop_assert_eq!(read_ron::<Plan>(&written, "plan.ron").unwrap(), read.plan);
    }

    #[test]
    fn whatever_the_quick_reader_reads_the_full_one_reads_the_same(
        plan in plan(),
        changes in vec(any::<(Index, Index, Index)>(), 1..3),
    ) {
        let bytes = changed(&write_plan(&plan), &changes);
        if let Ok(text) = std::str::from_utf8(&bytes)
            && let Some((quickly, comments)) = quick::read::<Plan>(text)
        {
            let fully = read_ron::<Plan>(text, "plan.ron").map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert!(same(&quickly, &fully), "{}", text);
            prop_assert_eq!(comments, super::has_comments(text));
        }
    }

    #[test]
    fn no_bytes_bring_the_reader_down(plan in plan(), changes in vec(any::<(Index, Index, Index)>(), 1..9)) {
        let bytes = changed(&write_plan(&plan), &changes);
        match read_plan_bytes(&bytes, "plan.ron") {
            Ok(read) => prop_assert_eq!(read_plan(&write_plan(&read.plan), "plan.ron").unwrap().plan, read.plan),
            Err(diagnosis) => {
                let told = format!("{diagnosis}{}", diagnosis.summary());
                prop_assert!(!told.replace('\n', "").contains(crate::plan::steers), "{:?}", told);
                prop_assert!(diagnosis.place.is_some());
            }
        }
    }

    #[test]
    fn no_soup_of_bytes_brings_the_reader_down(bytes in vec(any::<u8>(), 0..300), pieces in vec(any::<(Index, Index, Index)>(), 0..40)) {
        let _ = read_plan_bytes(&bytes, "plan.ron").map_err(|diagnosis| diagnosis.to_string());
        let _ = read_plan_bytes(&changed("(version: 1,", &pieces), "plan.ron").map_err(|diagnosis| diagnosis.to_string());
    }
}

/// Equal, or both with the same invalid NaN, which equals nothing.
fn same(left: &Plan, right: &Plan) -> bool {
    left == right || format!("{left:?}") == format!("{right:?}")
}

#[test]
fn half_a_file_is_an_error_wherever_it_is_cut() {
    let whole = include_str!("../../../tests/fixtures/good/example.ron").trim_end();
    for (end, _) in whole.char_indices() {
        let diagnosis = read_plan(&whole[..end], "cut.ron").expect_err("half a file is no plan");
        assert!(diagnosis.place.is_some());
    }
}
