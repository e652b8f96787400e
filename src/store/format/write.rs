//! Writes a plan in its one canonical form: fields in the documented order, one record a line, blanks and defaults left
//! out. Written by hand, because no RON printer keeps a record on one line, and because half a million of them
//! must be written within a second.

use std::collections::BTreeMap;
use std::io;

use crate::plan::{Brief, Channel, Economics, Goals, Lever, Plan, Records, Scenario, Tactic, Targets, Test};
use crate::plan::{FILE_VERSION, Split, Tested, Trial};
use crate::plan::{Record, TacticState};

use super::super::disk::{PART, Take};
use super::ink::{Ink, decision, split_decision, state};

/// The plan as the text of its file. Reading it gives an equal plan, writing that one the same text.
pub fn write_plan(plan: &Plan) -> String {
    let mut text = Vec::new();
    // A vector takes everything, and what it is handed was text.
    let _ = pour_plan(plan, &mut |part| {
        text.extend_from_slice(part);
        Ok(())
    });
    String::from_utf8(text).unwrap_or_default()
}

/// Hands the text of the plan's file to `take` part by part, so that that of a huge plan is never held as a whole.
///
/// # Errors
/// What `take` says.
pub(in crate::store) fn pour_plan(plan: &Plan, take: &mut Take<'_>) -> io::Result<()> {
    let mut ink = Ink::with_capacity(PART + PART / 4);
    ink.raw("#![enable(implicit_some)]\n(\n");
    brief(&mut ink, &plan.brief);
    if !plan.channels.is_empty() {
        ink.field("channels");
        ink.open("[");
        for each in &plan.channels {
            channel(&mut ink, each);
            if ink.len() >= PART {
                ink.pour(take)?;
            }
        }
        ink.close("]");
    }
    ink.list("tests", plan.tests.iter().map(AsRef::as_ref), test);
    ink.list("tactics", plan.tactics.iter().map(AsRef::as_ref), tactic);
    ink.list("scenarios", plan.scenarios.iter().map(AsRef::as_ref), scenario);
    ink.raw(")\n");
    take(ink.into_text().as_bytes())
}

pub(in crate::store) fn brief(ink: &mut Ink, brief: &Brief) {
    ink.line("version", |ink| ink.number(FILE_VERSION as f64));
    ink.line("name", |ink| ink.text(&brief.name));
    ink.line_of_text("note", &brief.note);
    ink.line_of_text("currency", &brief.currency);
    ink.line("cadence", |ink| ink.raw(brief.cadence.title()));
    economics(ink, &brief.economics);
    goals(ink, &brief.goals);
    targets(ink, &brief.targets);
    if !brief.carry.is_empty() {
        ink.line("carry", |ink| {
            ink.map(&brief.carry, |ink, link| ink.raw(link.title()), |ink, share| ink.number(*share));
        });
    }
    if !brief.labels.is_empty() {
        ink.line("labels", |ink| ink.map(&brief.labels, |ink, stage| ink.raw(stage.key()), |ink, word| ink.text(word)));
    }
    ink.line_of_number("hours_per_person", brief.hours_per_person);
}

fn economics(ink: &mut Ink, economics: &Economics) {
    if *economics != Economics::default() {
        ink.line("economics", |ink| {
            ink.inline(|ink| {
                ink.item_of_number("order_value", economics.order_value);
                ink.item_of_number("margin", economics.margin);
                ink.item_of_number("hourly_cost", economics.hourly_cost);
            });
        });
    }
}

fn goals(ink: &mut Ink, goals: &Goals) {
    let usual = Goals::default();
    let unusual = |value: f64, usual: f64| (value != usual).then_some(value);
    if *goals != usual {
        ink.line("goals", |ink| {
            ink.inline(|ink| {
                ink.item_of_number("target_multiple", unusual(goals.target_multiple, usual.target_multiple));
                ink.item_of_number("confidence", unusual(goals.confidence, usual.confidence));
                ink.item_of_number("stretch", unusual(goals.stretch, usual.stretch));
            });
        });
    }
}

fn targets(ink: &mut Ink, targets: &Targets) {
    if !targets.is_empty() {
        ink.line("targets", |ink| ink.map(targets, |ink, link| ink.raw(link.title()), |ink, rate| ink.number(*rate)));
    }
}

pub(in crate::store) fn channel(ink: &mut Ink, channel: &Channel) {
    ink.block("(", ")", |ink| {
        ink.line("name", |ink| ink.text(&channel.name));
        if !channel.active {
            ink.line("active", |ink| ink.raw("false"));
        }
        ink.line_of_text("kind", &channel.kind);
        ink.line_of_text("audience", &channel.audience);
        ink.line_of_text("unit", &channel.unit);
        ink.line_of_text("owner", &channel.owner);
        ink.line_of_text("note", &channel.note);
        economics(ink, &channel.economics);
        targets(ink, &channel.targets);
        ink.line_of_number("doubling", channel.doubling);
        ink.line_of_number("max_uv", channel.max_uv);
        ink.line_of_number("min_spend", channel.min_spend);
        ink.line_of_number("max_spend", channel.max_spend);
        records(ink, "actual", &channel.actual);
        records(ink, "planned", &channel.planned);
    });
}

fn records(ink: &mut Ink, name: &str, records: &Records) {
    if records.is_empty() {
        return;
    }
    ink.field(name);
    ink.block("{", "}", |ink| {
        for (day, each) in records.iter() {
            ink.indent();
            ink.day(day);
            ink.raw(": ");
            record(ink, each);
            ink.raw(",\n");
        }
    });
}

fn record(ink: &mut Ink, record: &Record) {
    ink.inline(|ink| {
        for field in crate::plan::Field::ALL {
            ink.item_of_number(field.key(), record.get(field));
        }
        if !record.note().is_empty() {
            ink.item("note");
            ink.text(record.note());
        }
    });
}

pub(in crate::store) fn test(ink: &mut Ink, test: &Test) {
    match test {
        Test::Trial(each) => ink.block("Trial(", ")", |ink| trial(ink, each)),
        Test::Split(each) => ink.block("Split(", ")", |ink| split(ink, each)),
    }
}

fn trial(ink: &mut Ink, trial: &Trial) {
    ink.line("name", |ink| ink.text(&trial.name));
    ink.line("channel", |ink| ink.text(&trial.channel));
    ink.line_of_day("started", trial.started);
    ink.line_of_day("ended", trial.ended);
    ink.line("budget", |ink| ink.number(trial.budget));
    ink.line_of_number("daily_spend", trial.daily_spend);
    ink.line_of_number("then_spend", trial.then_spend);
    ink.line_of_number("gross_per_deal", trial.gross_per_deal);
    if let Some(counts) = &trial.counts {
        ink.line("counts", |ink| record(ink, counts));
    }
    if let Some(each) = trial.decision {
        ink.line("decision", |ink| ink.raw(decision(each)));
    }
    ink.line_of_day("decided", trial.decided);
    ink.line_of_text("note", &trial.note);
}

fn split(ink: &mut Ink, split: &Split) {
    ink.line("name", |ink| ink.text(&split.name));
    ink.line("link", |ink| ink.raw(split.link.title()));
    if let Some(channel) = &split.channel {
        ink.line("channel", |ink| ink.text(channel));
    }
    ink.line_of_day("started", split.started);
    ink.line_of_day("ended", split.ended);
    ink.line_of_number("share", (split.share != 0.5).then_some(split.share));
    for (name, Tested { seen, acted }) in [("control", split.control), ("variant", split.variant)] {
        ink.line(name, |ink| {
            ink.inline(|ink| {
                ink.item_of_number("seen", Some(seen));
                ink.item_of_number("acted", Some(acted));
            });
        });
    }
    if let Some(each) = split.decision {
        ink.line("decision", |ink| ink.raw(split_decision(each)));
    }
    ink.line_of_day("decided", split.decided);
    ink.line_of_text("note", &split.note);
}

pub(in crate::store) fn tactic(ink: &mut Ink, tactic: &Tactic) {
    ink.block("(", ")", |ink| {
        ink.line("title", |ink| ink.text(&tactic.title));
        ink.line("link", |ink| ink.raw(tactic.link.title()));
        if let Some(channel) = &tactic.channel {
            ink.line("channel", |ink| ink.text(channel));
        }
        ink.line_of_text("owner", &tactic.owner);
        ink.line_of_number("expected", tactic.expected);
        ink.line_of_number("spend", tactic.spend);
        ink.line_of_number("hours", tactic.hours);
        if tactic.state != TacticState::default() {
            ink.line("state", |ink| ink.raw(state(tactic.state)));
        }
        ink.line_of_day("due", tactic.due);
        ink.line_of_day("done", tactic.done);
        if !tactic.evidence.is_empty() {
            ink.line("evidence", |ink| ink.texts(&tactic.evidence));
        }
        ink.line_of_text("note", &tactic.note);
    });
}

pub(in crate::store) fn scenario(ink: &mut Ink, scenario: &Scenario) {
    let lifts = |ink: &mut Ink, lifts: &BTreeMap<Lever, f64>| {
        ink.map(lifts, |ink, lever| ink.raw(lever.title()), |ink, lift| ink.number(*lift));
    };
    let channel = |ink: &mut Ink, name: &String| ink.text(name);
    ink.indent();
    ink.inline(|ink| {
        ink.item("name");
        ink.text(&scenario.name);
        if !scenario.lifts.is_empty() {
            ink.item("lifts");
            lifts(ink, &scenario.lifts);
        }
        if !scenario.channel_lifts.is_empty() {
            ink.item("channel_lifts");
            ink.map(&scenario.channel_lifts, channel, lifts);
        }
        if !scenario.spend.is_empty() {
            ink.item("spend");
            ink.map(&scenario.spend, channel, |ink, spend| ink.number(*spend));
        }
    });
    ink.raw(",\n");
}
