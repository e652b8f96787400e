//! The figures for scripts: stable names, full precision, blanks as `null`.
//!
//! What is not computed yet is absent, never faked. Names and shape are a contract: see README, "For scripts".

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::engine::{
    Analysis, BestBets, Bets, ChannelLever, ChannelLevers, Check, Fault, Figures, Improve, LinkRate, Per, PlanLever,
};
use crate::plan::{Field, Link, Plan, steers};

use super::computed::Computed;
use super::json_tests;

/// The version of the names and shape below.
const SCHEMA: u32 = 1;

/// All figures of `analysis` as one JSON object.
pub fn report(plan: &Plan, analysis: &Analysis) -> Value {
    let mut total = figures(&analysis.total, plan_link);
    insert_methods(&mut total, &analysis.total);
    let channels: Vec<Value> = plan
        .channels
        .iter()
        .zip(&analysis.channels)
        .map(|(channel, found)| {
            let mut object = Map::new();
            object.insert("name".to_owned(), json!(channel.name));
            object.insert("active".to_owned(), json!(channel.active));
            object.extend(figures(&found.figures, link_rate));
            Value::Object(object)
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "plan": plan.brief.name,
        "currency": plan.brief.currency,
        "cadence": plan.brief.cadence.key(),
        "layer": analysis.scope.layer.key(),
        "periods": analysis.periods.iter().map(Date::to_string).collect::<Vec<_>>(),
        "total": total,
        "channels": channels,
        "improve": improve(plan, &analysis.improve, &Bets::of(analysis).draw()),
        "tests": json_tests::all(plan, analysis),
        "checks": analysis.checks.iter().map(|each| check(plan, each)).collect::<Vec<_>>(),
    })
}

/// [`report`] as text.
pub fn text(plan: &Plan, analysis: &Analysis) -> String {
    write(&report(plan, analysis))
}

/// JSON as text, with a newline at the end. What would steer a terminal is escaped, as JSON allows.
pub fn write(value: &Value) -> String {
    let written = format!("{value:#}\n");
    let hidden = |each: char| steers(each) && each != '\n';
    if !written.contains(hidden) {
        return written;
    }
    let mut out = String::with_capacity(written.len() + 16);
    for character in written.chars() {
        if hidden(character) {
            // Those that JSON itself leaves as they are all lie below U+10000. Writing to a String cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A number as it is, whole ones without a fraction; a blank as `null`.
pub fn number(value: Option<f64>) -> Value {
    /// Up to here every whole number is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Some(whole) if whole.fract() == 0.0 && whole.abs() < EXACT => json!(whole as i64),
        Some(other) => json!(other),
        None => Value::Null,
    }
}

/// Every field of the contract's `total` but `methods`, in its order.
fn figures(all: &Figures, link_value: fn(&LinkRate) -> Value) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<f64>| object.insert(key.to_owned(), number(value));
    for field in Field::ALL.into_iter().filter(|&field| field != Field::Revenue) {
        put(field.key(), all.get(field));
    }
    // It stands here, before what follows from it.
    put(Computed::Revenue.key(), all.revenue);
    put("revenue_recorded", all.revenue_recorded());
    put("without_result", Some(all.without_result as f64));
    for each in Computed::ALL {
        put(each.key(), each.of(all));
    }
    let links: Map<String, Value> =
        Link::ALL.into_iter().map(|link| (link.key().to_owned(), link_value(all.link(link)))).collect();
    object.insert("links".to_owned(), Value::Object(links));
    if all.forecast {
        object.insert("forecast".to_owned(), Value::Bool(true));
    }
    object
}

/// Puts `methods` where the contract has it: before `without_result`.
fn insert_methods(object: &mut Map<String, Value>, total: &Figures) {
    let at = object.keys().position(|key| key == "without_result").unwrap_or(object.len());
    object.shift_insert(at, "methods".to_owned(), number(Some(total.methods)));
}

fn link_rate(rate: &LinkRate) -> Value {
    let interval = rate.interval();
    json!({
        "rate": number(rate.rate),
        "low": number(interval.map(|each| each.0)),
        "high": number(interval.map(|each| each.1)),
        "thin": rate.is_thin(),
        "coverage": number(rate.coverage),
    })
}

/// A rate of the whole plan. One that bridges a gap is another rate than its name says, so it stands apart, with what
/// it is counted per; a channel's lever says that of itself.
fn plan_link(rate: &LinkRate) -> Value {
    if !rate.is_bridged() {
        return link_rate(rate);
    }
    let mut bridged = link_rate(rate);
    bridged["per"] = json!(rate.per.key());
    json!({"rate": null, "low": null, "high": null, "thin": false, "coverage": null, "bridged": bridged})
}

fn improve(plan: &Plan, all: &Improve, bets: &BestBets) -> Value {
    json!({
        "lift": number(Some(all.lift)),
        "regret": number(Some(bets.regret)),
        "unit": all.unit.key(),
        "levers": all.levers.iter().map(|each| plan_lever(each, bets)).collect::<Vec<_>>(),
        "none": number(Some(bets.none)),
        "channels": all.channels.iter().map(|each| channel_levers(plan, each)).collect::<Vec<_>>(),
        "one_more_method": all.one_more.map(|more| json!({
            "median": number(Some(more.median)),
            "best": number(Some(more.best)),
            "worst": number(Some(more.worst)),
        })),
        "faults": all.faults.iter().map(|each| fault(plan, each)).collect::<Vec<_>>(),
    })
}

fn plan_lever(each: &PlanLever, bets: &BestBets) -> Value {
    let unbridged = |value: Option<f64>| number(value.filter(|_| !each.is_bridged()));
    json!({
        "lever": each.lever.key(),
        "rate": unbridged(each.rate),
        "gain_lift": number(each.gain_lift),
        "gain_point": number(each.gain_point),
        "gain_headroom": number(each.gain_headroom),
        "sure": number(each.sure),
        "best_bet": number(each.lever.link().and_then(|link| bets.share(link))),
        "worth_knowing": number(each.lever.link().and_then(|link| bets.worth_knowing(link))),
        "coverage": unbridged(each.coverage),
        "unmeasured": each.unmeasured,
    })
}

fn channel_levers(plan: &Plan, each: &ChannelLevers) -> Value {
    json!({
        "name": name(plan, each.channel),
        "levers": each.levers.iter().map(channel_lever).collect::<Vec<_>>(),
    })
}

fn channel_lever(each: &ChannelLever) -> Value {
    json!({
        "lever": each.lever.key(),
        "per": each.per.map(Per::key),
        "rate": number(each.rate),
        "believed": number(each.believed_rate()),
        "reference": number(each.reference.map(|reference| reference.rate)),
        "reference_uncut": number(each.reference.map(|reference| reference.uncut)),
        "reference_from": each.reference.map(|reference| reference.from.key()),
        "gain_lift": number(each.gain_lift),
        "gain_point": number(each.gain_point),
        "gain_headroom": number(each.gain_headroom),
        "sure": number(each.sure),
    })
}

fn fault(plan: &Plan, each: &Fault) -> Value {
    match each {
        Fault::Offer { link, below, of } => json!({"link": link.key(), "fault": "offer", "below": below, "of": of}),
        Fault::Channel { link, channel } => {
            json!({"link": link.key(), "fault": "channel", "channel": name(plan, *channel)})
        }
    }
}

fn check(plan: &Plan, each: &Check) -> Value {
    json!({
        "severity": each.code.severity().key(),
        "code": each.code.key(),
        "channel": each.channel.and_then(|channel| name(plan, channel)),
        "period": each.period.map(|day| day.to_string()),
        "periods": each.periods,
        "message": each.message,
    })
}

fn name(plan: &Plan, channel: usize) -> Option<&str> {
    plan.channels.get(channel).map(|each| each.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_fraction_and_others_all_their_digits() {
        assert_eq!(number(Some(3000.0)).to_string(), "3000");
        assert_eq!(number(Some(-0.0)).to_string(), "0");
        assert_eq!(number(Some(0.1 + 0.2)).to_string(), "0.30000000000000004");
        assert_eq!(number(Some(1e300)).to_string(), "1e+300");
    }

    #[test]
    fn blanks_and_what_is_no_number_are_null() {
        assert_eq!(number(None), Value::Null);
        assert_eq!(number(Some(f64::NAN)), Value::Null);
        assert_eq!(number(Some(f64::INFINITY)), Value::Null);
    }
}
