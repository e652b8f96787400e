//! The fields of a split test, and what is asked of it that no file keeps.

use super::{Entry, Typed, Value};
use crate::plan::{Link, Split, SplitDecision};
use crate::report::testing::SplitInputs;

/// A split test with what is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SplitSheet {
    pub(super) split: Split,
    pub(super) inputs: SplitInputs,
}

const NO_DECISION: &str = "none";

/// A count of one of the two.
macro_rules! count {
    ($section:literal, $title:literal, $hint:literal, $arm:ident, $count:ident) => {
        Entry {
            section: $section,
            title: $title,
            hint: $hint,
            when: |_| true,
            typed: |_| Typed::Number,
            get: |sheet| Value::Number(Some(sheet.split.$arm.$count)),
            set: |sheet, value| {
                sheet.split.$arm.$count = value.number().unwrap_or(0.0);
                Ok(())
            },
        }
    };
}

/// A wish; blank leaves it to the records.
macro_rules! wish {
    ($title:literal, $hint:literal, $typed:expr, $wish:ident) => {
        Entry {
            section: "",
            title: $title,
            hint: $hint,
            when: |_| true,
            typed: |_| $typed,
            get: |sheet| Value::Number(sheet.inputs.$wish),
            set: |sheet, value| {
                sheet.inputs.$wish = value.number().filter(|number| *number > 0.0);
                Ok(())
            },
        }
    };
}

/// Top to bottom.
pub(super) const FIELDS: &[Entry<SplitSheet>] = &[
    words!("The split test", "Name", "tactics name it as their evidence", split.name),
    Entry {
        section: "",
        title: "Link",
        hint: "the link that it tests; Space takes the next",
        when: |_| true,
        typed: |_| Typed::Choice(|| Link::COUNTED.map(Link::title).to_vec()),
        get: |sheet| Value::words(sheet.split.link.title()),
        set: |sheet, value| {
            let title = value.into_words();
            let link = Link::COUNTED.into_iter().find(|link| link.title() == title);
            sheet.split.link = link.unwrap_or(sheet.split.link);
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Channel",
        hint: "all, or the one it runs in; Space takes the next",
        when: |_| true,
        typed: |_| Typed::Channel { optional: true },
        get: |sheet| Value::words(sheet.split.channel.as_deref().unwrap_or_default()),
        set: |sheet, value| {
            sheet.split.channel = Some(value.into_words()).filter(|name| !name.is_empty());
            Ok(())
        },
    },
    Entry {
        section: "",
        title: "Share of B",
        hint: "the share of people who are shown the variant: 50%",
        when: |_| true,
        typed: |_| Typed::Share,
        get: |sheet| Value::Number(Some(sheet.split.share)),
        set: |sheet, value| {
            sheet.split.share = value.number().unwrap_or(0.5);
            Ok(())
        },
    },
    count!("A, as it was", "A: seen by", "people who saw it", control, seen),
    count!("", "A: acted", "of them, those who did what the link counts", control, acted),
    count!("B, the variant", "B: seen by", "people who saw it", variant, seen),
    count!("", "B: acted", "of them, those who did what the link counts", variant, acted),
    Entry {
        section: "How many must see it (kept while the program runs)",
        title: "Lift to find",
        hint: "the smallest lift that is worth finding: 10%",
        when: |_| true,
        typed: |_| Typed::Share,
        get: |sheet| Value::Number(Some(sheet.inputs.lift)),
        set: |sheet, value| {
            let lift = value.number().filter(|lift| *lift > 0.0);
            sheet.inputs.lift = lift.unwrap_or(SplitInputs::default().lift);
            Ok(())
        },
    },
    wish!("People a day", "both variants together; blank: as the records say", Typed::Number, a_day),
    wish!("Still to come", "how many in all; blank: a year at that pace", Typed::Number, audience),
    wish!("They differ by", "two such variants' rates, usually; blank: as past tests say", Typed::Share, deviation),
    day!("When", "Started", "a day, or today; blank: planned", split.started),
    day!("", "Ended", "its last day; blank: it goes on", split.ended),
    Entry {
        section: "What was decided",
        title: "Decision",
        hint: "Space: the next; c in the list asks for a note too",
        when: |_| true,
        typed: |_| {
            Typed::Choice(|| std::iter::once(NO_DECISION).chain(SplitDecision::ALL.map(SplitDecision::key)).collect())
        },
        get: |sheet| Value::words(sheet.split.decision.map_or(NO_DECISION, SplitDecision::key)),
        set: |sheet, value| {
            let word = value.into_words();
            sheet.split.decision = SplitDecision::ALL.into_iter().find(|decision| decision.key() == word);
            Ok(())
        },
    },
    Entry { when: |sheet| sheet.split.decision.is_some(), ..day!("", "Decided", "a day, or today", split.decided) },
    words!("", "Note", "anything worth remembering", split.note),
];
