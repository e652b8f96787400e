use rand_distr::{Distribution, Poisson};
use rand_pcg::Pcg64;
use serde_json::Value;

use super::*;
use crate::plan::Goals;

fn terms(gross_per_deal: f64, target: f64, confidence: f64) -> Terms {
    Terms::new(gross_per_deal, &Goals { target_multiple: target, confidence, ..Goals::default() }).unwrap()
}

fn worked() -> Terms {
    terms(408.0, 1.5, 0.9)
}

fn near(got: f64, expected: f64, relative: f64, what: &str) {
    assert!((got - expected).abs() <= relative * expected.abs().max(1e-300), "{what}: {got:e} is not {expected:e}");
}

#[test]
fn the_worked_numbers_of_the_model_hold() {
    let cases = [
        (300_000.0, 365.0, 0.497, (0.464, 0.531), 4.662_624_854_8e-52, 1.160_279_010_1e-147, Verdict::Stop),
        (3_000.0, 11.0, 1.564, (1.010, 2.176), 0.904_864_121_117, 0.516_702_965_286, Verdict::KeepTesting),
        (3_000.0, 22.0, 3.060, (2.268, 3.910), 0.999_994_600_455, 0.998_408_916_348, Verdict::Scale),
        (1_224.0, 0.0, 0.167, (0.003, 0.451), 0.014_305_878_435, 0.002_699_796_089, Verdict::Stop),
    ];
    for (cost, deals, mean, (low, high), pays, target, verdict) in cases {
        let found = Judgement::of(&worked(), cost, deals, 0.0);
        for (got, expected) in [(found.mean, mean), (found.low, low), (found.high, high)] {
            assert!((got - expected).abs() < 5e-4, "{got} is not {expected}");
        }
        near(found.p_pays, pays, 1e-8, "pays");
        near(found.p_target, target, 1e-8, "target");
        assert_eq!(worked().likely(cost, deals), verdict);
    }
    near(worked().stop_loss(), 1.352_77 * 408.0, 1e-5, "stop-loss");
    near(terms(408.0, 1.5, 0.95).stop_loss(), 1.920_73 * 408.0, 1e-5, "stop-loss");
}

fn fixture() -> Vec<Value> {
    serde_json::from_str(include_str!("../../../tests/fixtures/trials/trials.json")).unwrap()
}

fn verdict_of(value: &Value) -> Verdict {
    Verdict::ALL.into_iter().find(|each| Some(each.key()) == value.as_str()).unwrap()
}

/// A number and a blank, or twice a blank.
fn same(got: Option<f64>, expected: &Value, relative: f64, scale: f64, what: &str) {
    assert_eq!(got.is_some(), expected.is_number(), "{what}: {got:?} is not {expected}");
    if let (Some(got), Some(expected)) = (got, expected.as_f64()) {
        assert!((got - expected).abs() <= relative * expected.abs().max(scale), "{what}: {got} is not {expected}");
    }
}

#[test]
fn every_number_agrees_with_scipy_and_mpmath() {
    for case in fixture() {
        let number = |key: &str| case[key].as_f64().unwrap();
        let terms = terms(number("gross"), number("target"), number("confidence"));
        let (cost, deals) = (number("cost"), number("deals"));
        near(terms.mean(cost, deals), number("mean"), 1e-12, "mean");
        near(terms.quantile(cost, deals, 0.1), number("low"), 1e-8, "low");
        near(terms.quantile(cost, deals, 0.9), number("high"), 1e-8, "high");
        let ln = |got: f64, key: &str| {
            let expected = case[key].as_f64().unwrap();
            assert!((got - expected).abs() <= 1e-8 * expected.abs().max(1.0), "{key} of {case}: {got}");
        };
        ln(terms.ln_reaches(cost, deals, 1.0).0, "ln_pays");
        ln(terms.ln_reaches(cost, deals, terms.target).0, "ln_target");
        ln(terms.ln_evidence_above(cost, deals, 1.0), "above_1");
        ln(terms.ln_evidence_above(cost, deals, terms.target), "above_T");
        ln(terms.ln_evidence_below(cost, deals, 1.0), "below_1");
        ln(terms.ln_evidence_below(cost, deals, terms.target), "below_T");
        assert_eq!(terms.likely(cost, deals), verdict_of(&case["verdict"]), "{case}");
        let stake = terms.at_stake(cost, deals, 1.0);
        for (got, key) in [(stake.scale, "stake_scale"), (stake.stop, "stake_stop")] {
            assert!((got - number(key)).abs() <= 1e-9 * number(key).max(1e-3), "{key} of {case}: {got}");
        }
    }
}

#[test]
fn what_comes_next_agrees_with_a_search_by_brute_force() {
    for case in fixture().iter().filter(|case| case.get("budget").is_some()) {
        let number = |key: &str| case[key].as_f64().unwrap();
        let terms = terms(number("gross"), number("target"), number("confidence"));
        let (cost, deals) = (number("cost"), number("deals"));
        same(terms.still_to_spend(cost, deals), &case["still"], 1e-8, cost, "still to spend");
        same(terms.still_to_spend_firm(cost, deals), &case["still_firm"], 1e-8, cost, "still to spend, firm");
        let changes = terms.changes(cost, deals);
        let change = &case["change_deals"];
        assert_eq!(changes.deals.map(|change| change.0), change[0].as_u64(), "{case}");
        assert!(changes.deals.is_none_or(|found| found.1 == verdict_of(&change[1])), "{case}");
        let change = &case["change_cost"];
        same(changes.cost.map(|change| change.0), &change[0], 1e-7, cost, "change by cost");
        assert!(changes.cost.is_none_or(|found| found.1 == verdict_of(&change[1])), "{case}");
    }
}

#[test]
fn plans_of_a_trial_agree_with_a_search_by_brute_force() {
    for case in fixture().iter().filter(|case| case.get("budget").is_some()) {
        let number = |key: &str| case[key].as_f64().unwrap();
        let terms = terms(number("gross"), number("target"), number("confidence"));
        let planning = Planning::of(&terms, number("budget"));
        near(planning.stop_loss, number("stop_loss"), 1e-9, "stop-loss");
        same(planning.enough, &case["enough"], 1e-8, 0.0, "enough");
        same(planning.enough_to_scale, &case["enough_to_scale"], 1e-8, 0.0, "enough to scale");
        for (chance, expected) in planning.chances.unwrap().iter().zip(case["chances"].as_array().unwrap()) {
            assert_eq!(chance.multiple, expected[0].as_f64().unwrap());
            for verdict in Verdict::ALL {
                let expected = expected[1].get(verdict.key()).and_then(Value::as_f64).unwrap_or(0.0);
                assert!((chance.of(verdict) - expected).abs() < 1e-9, "{} of {case}", verdict.key());
            }
        }
    }
}

#[test]
fn nothing_ever_overflows() {
    let costs = [f64::MIN_POSITIVE, 1e-300, 1e-9, 0.01, 1.0, 1e6, 1e12, 1e300, f64::MAX];
    for gross in [1e-300, 1e-6, 1.0, 408.0, 1e9, 1e300] {
        for cost in costs {
            for deals in [0.0, 0.5, 1.0, 37.0, 1e4, 1e6] {
                let terms = terms(gross, 1.5, 0.9);
                let verdict = terms.likely(cost, deals);
                let _ = terms.is_firm(cost, deals, verdict);
                let pays = terms.reaches(cost, deals, 1.0);
                assert!((0.0..=1.0).contains(&pays), "{pays} at {gross} {cost} {deals}");
                assert!(!terms.ln_evidence_above(cost, deals, 1.5).is_nan());
                assert!(!terms.ln_evidence_below(cost, deals, 1.5).is_nan());
                let stake = terms.at_stake(cost, deals, 1.0);
                assert!(!stake.scale.is_nan() && !stake.stop.is_nan());
            }
        }
    }
}

#[test]
fn more_deals_never_hurt_and_more_cost_never_helps() {
    let rank = |verdict| match verdict {
        Verdict::Stop => 0,
        Verdict::KeepTesting => 1,
        Verdict::Hold => 2,
        Verdict::Scale => 3,
    };
    for cost in [100.0, 1_000.0, 20_000.0] {
        let pays: Vec<f64> = (0..200).map(|deals| worked().reaches(cost, f64::from(deals), 1.0)).collect();
        assert!(pays.is_sorted());
        for deals in 0..200 {
            let changes = worked().changes(cost, f64::from(deals));
            let now = rank(worked().likely(cost, f64::from(deals)));
            // From "hold" a few deals lead back to "not known", on the way to "scale".
            assert!(changes.deals.is_none_or(|(_, then)| rank(then) > now || now == 2));
            assert!(changes.cost.is_none_or(|(more, then)| more > 0.0 && (rank(then) < now || then == Verdict::Hold)));
        }
    }
}

/// What share of simulated trials was called so at any of their daily looks: scale likely, scale firm, stop likely,
/// stop firm.
fn called(multiple: f64, trials: u32, looks: u32) -> [f64; 4] {
    let terms = terms(1.0, 1.5, 0.9);
    let deals_a_day = Poisson::new(multiple * 0.5).unwrap();
    let mut random = Pcg64::new(20_261_122, (multiple * 1000.0) as u128);
    let mut called = [0u32; 4];
    for _ in 0..trials {
        let mut seen = [false; 4];
        let mut deals = 0.0;
        for look in 1..=looks {
            deals += deals_a_day.sample(&mut random);
            let cost = f64::from(look) * 0.5;
            let verdict = terms.likely(cost, deals);
            let at = match verdict {
                Verdict::Scale => 0,
                Verdict::Stop => 2,
                Verdict::Hold | Verdict::KeepTesting => continue,
            };
            seen[at] = true;
            seen[at + 1] |= !seen[at + 1] && terms.is_firm(cost, deals, verdict);
        }
        called.iter_mut().zip(seen).for_each(|(count, seen)| *count += u32::from(seen));
    }
    called.map(|count| f64::from(count) / f64::from(trials))
}

#[test]
fn operating_characteristics() {
    let found = [0.5, 1.0, 1.5, 2.0, 2.25, 3.0].map(|multiple| (multiple, called(multiple, 4000, 60)));
    let row = |(multiple, shares): &(f64, [f64; 4])| {
        format!("//! | {multiple} | {} |\n", shares.map(|share| format!("{:.1}", share * 100.0)).join(" | "))
    };
    let table: String = found.iter().map(row).collect();
    assert!(include_str!("mod.rs").contains(&table), "the table of the module's doc is to be:\n{table}");
    assert!(found[1].1[1] <= 0.02, "a channel at break-even is firmly scaled");
    assert!(found[2].1[3] <= 0.02, "a channel at the target is firmly stopped");
    assert!(found[5].1[1] >= 0.99, "a channel at multiple 3 is firmly scaled");
}
