//! The fields of a trial.

use super::{Entry, Typed, Value};
use crate::plan::{Field, Record, Trial, TrialDecision};

/// Where a trial's counts come from.
const FROM_RECORDS: &str = "the channel's records since its start";
const TYPED: &str = "typed here";

const NO_DECISION: &str = "none";

const fn always(_: &Trial) -> bool {
    true
}

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
    Entry {
        section: "The trial",
        title: "Name",
        hint: "",
        when: always,
        typed: |_| Typed::Words,
        get: |trial| Value::words(&trial.name),
        set: |trial, value| {
            trial.name = value.into_words();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Channel",
        hint: "the channel that is tried; Space takes the next",
        when: always,
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
        when: always,
        typed: |_| Typed::Number,
        get: |trial| Value::Number(Some(trial.budget)),
        set: |trial, value| {
            trial.budget = value.number().ok_or("a trial needs a budget; 0 leaves it open")?;
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "A day",
        hint: "what is spent a day; turns money into days",
        when: always,
        typed: |_| Typed::Number,
        get: |trial| Value::Number(trial.daily_spend),
        set: |trial, value| {
            trial.daily_spend = value.number();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Then spend",
        hint: "what would follow a decision to scale; blank: three times the budget",
        when: always,
        typed: |_| Typed::Number,
        get: |trial| Value::Number(trial.then_spend),
        set: |trial, value| {
            trial.then_spend = value.number();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "A deal brings",
        hint: "gross profit of a deal with its repeat and referred orders; fixed at the start",
        when: always,
        typed: |_| Typed::Number,
        get: |trial| Value::Number(trial.gross_per_deal),
        set: |trial, value| {
            trial.gross_per_deal = value.number();
            Ok(())
        },
    },
    Entry {
        section: "When",
        title: "Started",
        hint: "a day, or today; blank: planned",
        when: always,
        typed: |_| Typed::Day,
        get: |trial| Value::Day(trial.started),
        set: |trial, value| {
            trial.started = value.day();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Ended",
        hint: "its last day; blank: it goes on",
        when: always,
        typed: |_| Typed::Day,
        get: |trial| Value::Day(trial.ended),
        set: |trial, value| {
            trial.ended = value.day();
            Ok(())
        },
    },
    Entry {
        section: "What it brought",
        title: "Counts",
        hint: "Space: typed here, or taken from the channel's records",
        when: always,
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
        when: always,
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
    Entry {
        section: "",
        title: "Decided",
        hint: "a day, or today",
        when: |trial| trial.decision.is_some(),
        typed: |_| Typed::Day,
        get: |trial| Value::Day(trial.decided),
        set: |trial, value| {
            trial.decided = value.day();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Note",
        hint: "anything worth remembering",
        when: always,
        typed: |_| Typed::Words,
        get: |trial| Value::words(&trial.note),
        set: |trial, value| {
            trial.note = value.into_words();
            Ok(())
        },
    },
];
