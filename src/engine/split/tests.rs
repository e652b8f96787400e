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
