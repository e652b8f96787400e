//! Tests for scripts: the contract's names, blanks as `null`.

use serde_json::{Value, json};

use crate::engine::{Analysis, SplitResult, TestResult, TrialResult, tests};
use crate::plan::Plan;

use super::json::number;

/// All tests of `plan`, in its order.
pub(super) fn all(plan: &Plan, analysis: &Analysis) -> Vec<Value> {
    let one = |result: &TestResult| match result {
        TestResult::Trial(trial) => self::trial(trial),
        TestResult::Split(split) => self::split(split),
    };
    tests(plan, analysis).iter().map(|result| one(result)).collect()
}

fn trial(result: &TrialResult) -> Value {
    let judged = result.judgement.as_ref().ok();
    let planning = result.planning.as_ref();
    json!({
        "name": result.name,
        "kind": "trial",
        "state": result.state.key(),
        "mean": number(judged.map(|each| each.mean)),
        "low": number(judged.map(|each| each.low)),
        "high": number(judged.map(|each| each.high)),
        "p_pays": number(judged.map(|each| each.p_pays)),
        "p_target": number(judged.map(|each| each.p_target)),
        "verdict": result.verdict.key(),
        "firm": result.firm,
        "still_to_spend": number(judged.and_then(|each| each.still_to_spend)),
        "still_to_spend_firm": number(judged.and_then(|each| each.still_to_spend_firm)),
        "stop_loss": number(planning.map(|each| each.stop_loss)),
        "enough": number(planning.and_then(|each| each.enough)),
        "enough_to_scale": number(planning.and_then(|each| each.enough_to_scale)),
        "at_stake_scale": number(judged.map(|each| each.at_stake.scale)),
        "at_stake_stop": number(judged.map(|each| each.at_stake.stop)),
    })
}

fn split(result: &SplitResult) -> Value {
    let found = result.comparison.as_ref().ok();
    json!({
        "name": result.name,
        "kind": "split",
        "link": result.link.key(),
        "p_better": number(found.map(|each| each.p_better)),
        "loss_variant": number(found.map(|each| each.loss_variant)),
        "loss_control": number(found.map(|each| each.loss_control)),
        "lift": number(found.and_then(|each| each.lift)),
        "lift_low": number(found.map(|each| each.lift_low)),
        "lift_high": number(found.map(|each| each.lift_high)),
        "p_value": number(found.and_then(|each| each.p_value)),
        "sample_ratio_p": number(result.sample_ratio_p),
        "verdict": result.verdict.key(),
        "firm": result.firm,
    })
}
