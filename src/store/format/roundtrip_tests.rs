//! What is written is read again the same, by both readers; what is not a plan never brings the program down.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use super::arbitrary::plan;
use super::read::read_ron;
use super::{quick, read_plan, read_plan_bytes, write_plan};
use crate::plan::Plan;

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
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(20_260_901), ..ProptestConfig::default() })]

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

#[test]
fn a_hostile_file_does_not_take_time_by_the_square_of_its_length() {
    use std::fmt::Write as _;

    let mut day = jiff::civil::date(2300, 12, 31);
    let mut descending = "(version: 1, name: \"p\", cadence: Day, channels: [(name: \"c\", actual: {".to_owned();
    for _ in 0..100_000 {
        write!(descending, "\"{day}\":(),").unwrap();
        day = day.yesterday().unwrap();
    }
    let read = read_plan(&format!("{descending}}})])"), "descending.ron").unwrap();
    assert_eq!(read.plan.channels[0].actual.len(), 100_000);
    let twice = format!("{descending}\"2300-01-01\":()}})])");
    assert!(read_plan(&twice, "twice.ron").unwrap_err().reason().ends_with("stands twice: keep one of them"));

    let mut strangers = "(version: 1, name: \"p\", cadence: Day, channels: [".to_owned();
    (0..20_000).for_each(|at| write!(strangers, "(name: \"channel number {at}\"),").unwrap());
    strangers.push_str("], tests: [");
    (0..20_000).for_each(|at| write!(strangers, "Trial(name: \"\", channel: \"chanel {at}\", budget: 1),").unwrap());
    strangers.push_str("])");
    let reason = read_plan(&strangers, "strangers.ron").unwrap_err().reason();
    assert!(reason.ends_with("(at least 999 more problems follow)"), "{reason}");
}
