//! The fields of a tactic.

use super::{Entry, Typed, Value, lever};
use crate::plan::{Lever, Link, Tactic, TacticState};

/// Between the names of split tests.
const SEPARATOR: &str = "; ";

const fn always(_: &Tactic) -> bool {
    true
}

/// Top to bottom.
pub(super) const FIELDS: &[Entry<Tactic>] = &[
    Entry {
        section: "The tactic",
        title: "What to do",
        hint: "",
        when: always,
        typed: |_| Typed::Words,
        get: |tactic| Value::words(&tactic.title),
        set: |tactic, value| {
            tactic.title = value.into_words();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Lever",
        hint: "what it works on; Space takes the next",
        when: always,
        typed: |_| Typed::Choice(|| Lever::ALL.map(Lever::title).to_vec()),
        get: |tactic| Value::words(tactic.link.title()),
        set: |tactic, value| {
            tactic.link = lever(&value.into_words()).unwrap_or(tactic.link);
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Channel",
        hint: "all, or one; Space takes the next",
        when: always,
        typed: |_| Typed::Channel { optional: true },
        get: |tactic| Value::words(tactic.channel.as_deref().unwrap_or_default()),
        set: |tactic, value| {
            tactic.channel = Some(value.into_words()).filter(|name| !name.is_empty());
            Ok(())
        },
    },
    Entry {
        section: "What it takes and brings",
        title: "Expected rate",
        hint: "the rate that it should bring; its gain and payback follow",
        when: |tactic| tactic.link != Lever::Spend,
        typed: |tactic| match tactic.link {
            Lever::Link(Link::Consult | Link::Close | Link::Repurchase | Link::Refer) => Typed::Share,
            _ => Typed::Number,
        },
        get: |tactic| Value::Number(tactic.expected),
        set: |tactic, value| {
            let number = value.number();
            let proportion = tactic.link.link().is_some_and(Link::is_proportion);
            if let Some(over) = number.filter(|rate| proportion && *rate > 1.0) {
                return Err(format!("{over} is above 100%: {over}% or {}?", over / 100.0));
            }
            tactic.expected = number;
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Spend",
        hint: "what it costs",
        when: always,
        typed: |_| Typed::Number,
        get: |tactic| Value::Number(tactic.spend),
        set: |tactic, value| {
            tactic.spend = value.number();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Hours",
        hint: "what it takes",
        when: always,
        typed: |_| Typed::Number,
        get: |tactic| Value::Number(tactic.hours),
        set: |tactic, value| {
            tactic.hours = value.number();
            Ok(())
        },
    },
    Entry {
        section: "Who and when",
        title: "Owner",
        hint: "who does it",
        when: always,
        typed: |_| Typed::Words,
        get: |tactic| Value::words(&tactic.owner),
        set: |tactic, value| {
            tactic.owner = value.into_words();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Due",
        hint: "a day",
        when: always,
        typed: |_| Typed::Day,
        get: |tactic| Value::Day(tactic.due),
        set: |tactic, value| {
            tactic.due = value.day();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "State",
        hint: "Space takes the next",
        when: always,
        typed: |_| Typed::Choice(|| TacticState::ALL.map(TacticState::key).to_vec()),
        get: |tactic| Value::words(tactic.state.key()),
        set: |tactic, value| {
            let word = value.into_words();
            let state = TacticState::ALL.into_iter().find(|state| state.key() == word);
            tactic.state = state.unwrap_or(tactic.state);
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Done",
        hint: "the day; the rate before and after it is compared",
        when: always,
        typed: |_| Typed::Day,
        get: |tactic| Value::Day(tactic.done),
        set: |tactic, value| {
            tactic.done = value.day();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Evidence",
        hint: "names of split tests, with ; between them",
        when: always,
        typed: |_| Typed::Words,
        get: |tactic| Value::Words(tactic.evidence.join(SEPARATOR)),
        set: |tactic, value| {
            let words = value.into_words();
            let names = words.split(';').map(str::trim).filter(|name| !name.is_empty());
            tactic.evidence = names.map(str::to_owned).collect();
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Note",
        hint: "anything worth remembering",
        when: always,
        typed: |_| Typed::Words,
        get: |tactic| Value::words(&tactic.note),
        set: |tactic, value| {
            tactic.note = value.into_words();
            Ok(())
        },
    },
];
