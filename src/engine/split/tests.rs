use rand_distr::{Binomial, Distribution, Poisson};
use rand_pcg::Pcg64;
use serde_json::Value;

use super::*;
use crate::plan::{Link, Tested};

fn compare(link: Link, control: (f64, f64), variant: (f64, f64)) -> Comparison {
    let tested = |(acted, seen): (f64, f64)| Tested { seen, acted };
    Comparison::of(link, tested(control), tested(variant)).unwrap()
}

fn near(got: f64, expected: f64, tolerance: f64) {
    assert!((got - expected).abs() <= tolerance, "{got} is not {expected}");
}

#[test]
fn closed_forms_and_worked_numbers_hold() {
    near(compare(Link::Close, (49.0, 100.0), (51.0, 100.0)).p_better, 0.610_770_5, 1e-7);
    near(compare(Link::Close, (20.0, 1000.0), (60.0, 2000.0)).p_better, 0.942_579_3, 1e-7);
    let worked = compare(Link::Consult, (50.0, 1000.0), (65.0, 1000.0));
    near(worked.p_better, 0.92448, 5e-6);
    near(worked.loss_variant, 0.000_355, 5e-7);
    near(worked.loss_control, 0.015_325, 5e-7);
    near(worked.p_value.unwrap(), 0.149_64, 5e-6);
}

#[test]
fn sizes_are_those_that_were_published() {
    assert_eq!(sample_size(0.2, 0.25, true), Some(1030.0));
    assert_eq!(sample_size(0.03, 0.036, true), Some(13_050.0));
    assert_eq!(sample_size(0.01, 0.011, true), Some(157_697.0));
    assert_eq!(test_and_roll(100_000.0, 0.68, 0.03).map(f64::round), Some(2284.0));
    assert_eq!(sample_size(0.2, 0.2, true), None);
    assert_eq!(sample_size(0.9, 1.1, true), None);
}

#[test]
fn every_number_agrees_with_independent_ones() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/trials/splits.json")).unwrap();
    assert!(cases.len() > 200);
    let mut wrong = Vec::new();
    for case in &cases {
        let link = Link::COUNTED.into_iter().find(|link| case["link"] == link.title()).unwrap();
        let pair = |key: &str| (case[key][0].as_f64().unwrap(), case[key][1].as_f64().unwrap());
        let found = compare(link, pair("control"), pair("variant"));
        let mut check = |key: &str, got: f64, tolerance: f64| {
            let expected = case[key].as_f64().unwrap();
            if (got - expected).abs() > tolerance * expected.abs().max(1.0) {
                wrong.push(format!("{key}: {got:e} is not {expected:e} of {case}"));
            }
        };
        // Logarithms to 1e-7 are probabilities to seven digits, however small.
        check("ln_better", found.ln_p_better, 1e-7);
        check("ln_worse", found.ln_p_worse, 1e-7);
        check("loss_variant", found.loss_variant, 1e-9);
        check("loss_control", found.loss_control, 1e-9);
        check("low", found.lift_low, 1e-6);
        check("high", found.lift_high, 1e-6);
        if !case["p"].is_null() {
            check("p", found.p_value.unwrap(), 1e-9);
        }
        if !case["lift"].is_null() {
            check("lift", found.lift.unwrap(), 1e-9);
        }
        let arm = |key: &str| super::evidence::Arm { seen: pair(key).1, acted: pair(key).0 };
        let share = case["share"].as_f64().unwrap();
        check("ratio_p", super::size::sample_ratio(arm("control"), arm("variant"), share).unwrap(), 1e-9);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn arms_that_change_places_change_sides() {
    for (control, variant) in [((3.0, 10.0), (700.0, 1000.0)), ((0.0, 5.0), (5.0, 5.0)), ((1e5, 1e6), (1.01e5, 1e6))] {
        for link in [Link::Close, Link::Refer] {
            let there = compare(link, control, variant);
            let back = compare(link, variant, control);
            near(there.ln_p_better, back.ln_p_worse, 1e-9 * there.ln_p_better.abs().max(1.0));
            near(there.ln_p_better.exp() + there.ln_p_worse.exp(), 1.0, 1e-9);
            near(there.loss_variant, back.loss_control, 1e-12);
            // E[B] − E[A] is what is lost by A less what is lost by B.
            near(there.variant - there.control, there.loss_control - there.loss_variant, 1e-9);
            near((1.0 + there.lift_low) * (1.0 + back.lift_high), 1.0, 1e-6);
        }
    }
}

#[test]
fn any_counts_give_numbers_and_impossible_ones_a_reason() {
    for seen in [1.0, 2.5, 1e3, 1e6f64] {
        for share in [0.0, 1e-6, 0.3, 1.0] {
            for other in [1.0, 1e4, 1e6] {
                let found = compare(Link::Close, ((seen * share).floor(), seen), (other, other));
                let numbers = [found.p_better, found.loss_variant, found.loss_control, found.lift_low, found.lift_high];
                assert!(numbers.iter().all(|number| number.is_finite()), "{found:?}");
                assert!((0.0..=1.0).contains(&found.p_better));
                assert!(found.lift_low <= found.lift_high && found.lift_low >= -1.0);
                assert!(!found.ln_evidence_better.is_nan() && !found.ln_evidence_worse.is_nan());
            }
        }
    }
    let tested = |acted, seen| Tested { seen, acted };
    let nobody = Comparison::of(Link::Close, tested(0.0, 0.0), tested(1.0, 2.0));
    assert_eq!(nobody, Err(SplitBlank::NobodySaw));
    let too_many = Comparison::of(Link::Close, tested(3.0, 2.0), tested(1.0, 2.0));
    assert_eq!(too_many, Err(SplitBlank::MoreActedThanSaw));
    assert_eq!(Comparison::of(Link::Value, tested(1.0, 2.0), tested(1.0, 2.0)), Err(SplitBlank::NotCounted));
}

#[test]
fn cookie_cats_gate_at_level_40_is_dropped() {
    let found = compare(Link::Close, (8502.0, 44_700.0), (8279.0, 45_489.0));
    near(found.p_value.unwrap(), 0.001_554, 1e-6);
    assert_eq!(found.likely(0.9), SplitVerdict::Drop);
    assert!(found.is_firm(0.9, SplitVerdict::Drop), "{}", found.ln_evidence_worse.exp());
}

/// Shares of simulated tests in which the variant was ever called so: adopt likely, adopt firm, drop firm.
fn called(rates: (f64, f64), a_day: f64, share: f64, tests: u32) -> [f64; 3] {
    let mut random = Pcg64::new(20_261_123, (rates.0 * 1e6 + a_day) as u128);
    let visitors = Poisson::new(a_day).unwrap();
    let mut called = [0u32; 3];
    for _ in 0..tests {
        let mut arms = [Tested::default(); 2];
        let mut seen = [false; 3];
        for _ in 0..60 {
            let today: f64 = visitors.sample(&mut random);
            let of_variant = Binomial::new(today as u64, share).unwrap().sample(&mut random) as f64;
            for (arm, (rate, more)) in arms.iter_mut().zip([(rates.0, today - of_variant), (rates.1, of_variant)]) {
                arm.seen += more;
                arm.acted += Binomial::new(more as u64, rate).unwrap().sample(&mut random) as f64;
            }
            let [control, variant] = arms.map(|arm| super::evidence::Arm { seen: arm.seen, acted: arm.acted });
            // The classical bound stands for the likely verdict here: nearly the same, and far faster.
            if super::size::z_test(control, variant, true).is_none_or(|p| p >= 0.2) {
                continue;
            }
            let enough = 10f64.ln();
            if variant.acted * control.seen > control.acted * variant.seen {
                seen[0] = true;
                seen[1] |= super::evidence::ln_evidence(variant, control, true) >= enough;
            } else {
                seen[2] |= super::evidence::ln_evidence(control, variant, true) >= enough;
            }
        }
        called.iter_mut().zip(seen).for_each(|(count, seen)| *count += u32::from(seen));
    }
    called.map(|count| f64::from(count) / f64::from(tests))
}

#[test]
fn daily_looks_at_equal_arms_rarely_adopt_firmly() {
    for (rate, a_day, share) in
        [(0.05, 200.0, 0.5), (0.5, 20.0, 0.5), (0.002, 400.0, 0.5), (0.9, 30.0, 0.2), (0.2, 5.0, 0.8)]
    {
        let [likely, adopt, drop] = called((rate, rate), a_day, share, 4000);
        println!("{rate} {a_day} {share}: likely {likely:.3}, firm {adopt:.4}, drop {drop:.4}");
        assert!(adopt <= 0.1 && drop <= 0.1, "at {rate}: {adopt}, {drop}");
        assert!(likely > 0.3, "looking daily fools: {likely}");
    }
}

#[test]
fn a_better_variant_is_adopted_firmly_in_time() {
    let [_, adopt, drop] = called((0.05, 0.07), 400.0, 0.5, 400);
    println!("better: {adopt} {drop}");
    assert!(adopt > 0.9 && drop < 0.01, "{adopt}, {drop}");
}
