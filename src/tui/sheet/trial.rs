//! The fields of a trial.

use super::{Entry, Typed, Value};
use crate::plan::{Field, Record, Trial, TrialDecision};

/// Where a trial's counts come from.
const FROM_RECORDS: &str = "the channel's records since its start";
const TYPED: &str = "typed here";

const NO_DECISION: &str = "none";

/// A field of the counts.
macro_rules! count {
    ($field:expr, $hint:literal) => {
        Entry {
            section: "",
            title: $field.title(),
            hint: $hint,
            when: |trial| trial.counts.is_some(),
            typed: |_| Typed::Number,
            get: |trial| Value::Number(trial.counts.as_ref().and_then(|counts| counts.get($field))),
            set: |trial, value| {
                trial.counts.get_or_insert_with(Record::default).set($field, value.number());
                Ok(())
            },
        }
    };
}

/// Top to bottom.
pub(super) const FIELDS: &[Entry<Trial>] = &[
    words!("The trial", "Name", "", name),
    Entry {
        section: "",
        title: "Channel",
        hint: "the channel that is tried; Space takes the next",
        when: |_| true,
        typed: |_| Typed::Channel { optional: false },
        get: |trial| Value::words(&trial.channel),
        set: |trial, value| {
            trial.channel = value.into_words();
            Ok(())
        },
    },
    Entry {
        section: "What it may cost",
        title: "Budget",
        hint: "what may be spent on it",
        when: |_| true,
        typed: |_| Typed::Number,
        get: |trial| Value::Number(Some(trial.budget)),
        set: |trial, value| {
            trial.budget = value.number().ok_or("a trial needs a budget; 0 leaves it open")?;
            Ok(())
        },
    },
    amount!("", "A day", "what is spent a day; turns money into days", daily_spend),
    amount!("", "Then spend", "what would follow a decision to scale; blank: three times the budget", then_spend),
    amount!(
        "",
        "A deal brings",
        "gross profit of a deal with its repeat and referred orders; fixed at the start",
        gross_per_deal
    ),
    day!("When", "Started", "a day, or today; blank: planned", started),
    day!("", "Ended", "its last day; blank: it goes on", ended),
    Entry {
        section: "What it brought",
        title: "Counts",
        hint: "Space: typed here, or taken from the channel's records",
        when: |_| true,
        typed: |_| Typed::Choice(|| vec![FROM_RECORDS, TYPED]),
        get: |trial| Value::words(if trial.counts.is_some() { TYPED } else { FROM_RECORDS }),
        set: |trial, value| {
            trial.counts = (value.into_words() == TYPED).then(Record::default);
            Ok(())
        },
    },
    count!(Field::Spend, "money paid so far"),
    count!(Field::Hours, "staff time so far"),
    count!(Field::Uv, "unique visitors so far"),
    count!(Field::Consults, "consultations so far"),
    count!(Field::Deals, "first orders so far; 0 where there was none"),
    Entry {
        section: "What was decided",
        title: "Decision",
        hint: "Space: the next; c in the list asks for a note too",
        when: |_| true,
        typed: |_| {
            Typed::Choice(|| std::iter::once(NO_DECISION).chain(TrialDecision::ALL.map(TrialDecision::key)).collect())
        },
        get: |trial| Value::words(trial.decision.map_or(NO_DECISION, TrialDecision::key)),
        set: |trial, value| {
            let word = value.into_words();
            trial.decision = TrialDecision::ALL.into_iter().find(|decision| decision.key() == word);
            Ok(())
        },
    },
    Entry { when: |trial| trial.decision.is_some(), ..day!("", "Decided", "a day, or today", decided) },
    words!("", "Note", "anything worth remembering", note),
];
