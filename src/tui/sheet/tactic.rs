//! The fields of a tactic.

use super::{Entry, Typed, Value, lever};
use crate::plan::{Lever, Link, Tactic, TacticState};

/// Between the names of split tests.
const SEPARATOR: &str = "; ";

/// Top to bottom.
pub(super) const FIELDS: &[Entry<Tactic>] = &[
    words!("The tactic", "What to do", "", title),
    Entry {
        section: "",
        title: "Lever",
        hint: "what it works on; Space takes the next",
        when: |_| true,
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
        when: |_| true,
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
    amount!("", "Spend", "what it costs", spend),
    amount!("", "Hours", "what it takes", hours),
    words!("Who and when", "Owner", "who does it", owner),
    day!("", "Due", "a day", due),
    Entry {
        section: "",
        title: "State",
        hint: "Space takes the next",
        when: |_| true,
        typed: |_| Typed::Choice(|| TacticState::ALL.map(TacticState::key).to_vec()),
        get: |tactic| Value::words(tactic.state.key()),
        set: |tactic, value| {
            let word = value.into_words();
            let state = TacticState::ALL.into_iter().find(|state| state.key() == word);
            tactic.state = state.unwrap_or(tactic.state);
            Ok(())
        },
    },
    day!("", "Done", "the day; the rate before and after it is compared", done),
    Entry {
        section: "",
        title: "Evidence",
        hint: "names of split tests, with ; between them",
        when: |_| true,
        typed: |_| Typed::Words,
        get: |tactic| Value::Words(tactic.evidence.join(SEPARATOR)),
        set: |tactic, value| {
            let words = value.into_words();
            let names = words.split(';').map(str::trim).filter(|name| !name.is_empty());
            tactic.evidence = names.map(str::to_owned).collect();
            Ok(())
        },
    },
    words!("", "Note", "anything worth remembering", note),
];
