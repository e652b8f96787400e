//! The entries of a journal: each one framed by its length and a checksum, so that a file that was cut short or
//! damaged is read as far as it is whole.
//!
//! ```text
//! funnel-tui recovery 1
//! open 75 90ab…        the plan's file and what it held
//! (plan: "/plans/autumn.ron", …)
//! done 210 77e1…       what an edit made of the plan before it
//! (done: "SEO · deals 30 → 33", channels: (at: 0, cut: 1, put: [(new: (name: "SEO", …))]))
//! undone 0 cbf2…
//!
//! ```

use std::sync::Arc;

use serde::Deserialize;

use crate::plan::{Channel, Deed, Plan, Scenario, Tactic, Test, validate, validate_brief, validate_channel};
use crate::store::format::{Ink, as_text, read_own, write};
use crate::store::sum::Sum;

use super::splice::Splice;

/// The first line of a journal.
pub(super) const TITLE: &str = "funnel-tui recovery 1\n";

/// Which journal of which window this is: of two of one window the later one holds all that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    /// The window.
    pub(super) window: String,
    /// How many it had before.
    pub(super) nth: u64,
}

/// What the deeds of a journal began with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) turn: Turn,
    /// The plan's file; `None` where it lies nowhere yet.
    pub(super) plan: Option<String>,
    /// What the file of the first plan holds: the plan's own, or the copy beside the journal.
    pub(super) base: Sum,
    /// When the journal was begun, as `2026-09-01 10:00`.
    pub(super) began: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenedFile {
    window: String,
    nth: u64,
    #[serde(default)]
    plan: Option<String>,
    len: u64,
    // A text, since not every number of a checksum is exact in a reader of floats.
    checksum: String,
    began: String,
}

impl Opened {
    pub(super) fn frame(&self) -> Vec<u8> {
        let mut ink = Ink::with_capacity(256);
        ink.raw("(\n");
        ink.line("window", |ink| ink.text(&self.turn.window));
        ink.line("nth", |ink| ink.raw(&self.turn.nth.to_string()));
        if let Some(plan) = &self.plan {
            ink.line("plan", |ink| ink.text(plan));
        }
        ink.line("len", |ink| ink.raw(&self.base.len.to_string()));
        ink.line("checksum", |ink| ink.text(&format!("{:016x}", self.base.checksum)));
        ink.line("began", |ink| ink.text(&self.began));
        ink.raw(")");
        framed("open", &ink.into_text())
    }

    fn read(text: &str) -> Option<Self> {
        let file: OpenedFile = read_own(text, "").ok()?;
        let base = Sum { len: file.len, checksum: u64::from_str_radix(&file.checksum, 16).ok()? };
        let turn = Turn { window: file.window, nth: file.nth };
        Some(Self { turn, plan: file.plan, base, began: file.began })
    }
}

/// What an edit changed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    /// What was done, in words.
    pub(super) done: String,
    /// A plan without lists, of which only the brief counts.
    #[serde(default)]
    brief: Option<Plan>,
    #[serde(default = "none")]
    channels: Option<Splice<Channel>>,
    #[serde(default = "none")]
    tests: Option<Splice<Test>>,
    #[serde(default = "none")]
    tactics: Option<Splice<Tactic>>,
    #[serde(default = "none")]
    scenarios: Option<Splice<Scenario>>,
}

fn none<T>() -> Option<T> {
    None
}

impl Change {
    fn between(old: &Plan, new: &Plan, done: &str) -> Self {
        Self {
            done: done.to_owned(),
            brief: (old.brief != new.brief).then(|| Plan::new(new.brief.clone())),
            channels: Splice::between(&old.channels, &new.channels),
            tests: Splice::between(&old.tests, &new.tests),
            tactics: Splice::between(&old.tactics, &new.tactics),
            scenarios: Splice::between(&old.scenarios, &new.scenarios),
        }
    }

    /// The plan after the edit, not yet validated; `None` where the change belongs to another plan.
    pub(super) fn apply(&self, old: &Plan) -> Option<Plan> {
        let mut plan = old.clone();
        if let Some(brief) = &self.brief {
            plan.brief = brief.brief.clone();
        }
        if let Some(splice) = &self.channels {
            plan.channels = splice.apply(&old.channels)?;
        }
        if let Some(splice) = &self.tests {
            plan.tests = splice.apply(&old.tests)?;
        }
        if let Some(splice) = &self.tactics {
            plan.tactics = splice.apply(&old.tactics)?;
        }
        if let Some(splice) = &self.scenarios {
            plan.scenarios = splice.apply(&old.scenarios)?;
        }
        Some(plan)
    }

    /// What the lists of the plan after it need of their own, in bytes, at most.
    pub(super) fn weight(&self, old: &Plan) -> usize {
        fn of<T: Clone>(splice: Option<&Splice<T>>, old: &imbl::Vector<Arc<T>>) -> usize {
            splice.map_or(0, |splice| splice.weight(old))
        }
        of(self.channels.as_ref(), &old.channels)
            + of(self.tests.as_ref(), &old.tests)
            + of(self.tactics.as_ref(), &old.tactics)
            + of(self.scenarios.as_ref(), &old.scenarios)
    }

    /// Whether the change leaves the valid plan `old` valid, judged by what changed alone; `None` where only a look at
    /// the whole plan can tell.
    pub(super) fn keeps_valid(&self, old: &Plan) -> Option<bool> {
        if self.brief.is_some() || self.tests.is_some() || self.tactics.is_some() || self.scenarios.is_some() {
            return None;
        }
        let Some(channels) = &self.channels else { return Some(true) };
        let mut replaced = channels.replaced()?;
        let same_name = |at: usize, new: &Arc<Channel>| old.channels.get(at).is_some_and(|old| old.name == new.name);
        let mut valid = true;
        for (at, new) in &mut replaced {
            if !same_name(at, new) {
                return None;
            }
            valid &= validate_channel(new, old.brief.cadence).is_empty();
        }
        Some(valid)
    }

    fn write(&self) -> String {
        let mut ink = Ink::with_capacity(4096);
        ink.raw("(\n");
        ink.line("done", |ink| ink.text(&self.done));
        if let Some(plan) = &self.brief {
            ink.field("brief");
            ink.block("(", ")", |ink| write::brief(ink, &plan.brief));
        }
        if let Some(splice) = &self.channels {
            splice.write(&mut ink, "channels", write::channel);
        }
        if let Some(splice) = &self.tests {
            splice.write(&mut ink, "tests", write::test);
        }
        if let Some(splice) = &self.tactics {
            splice.write(&mut ink, "tactics", write::tactic);
        }
        if let Some(splice) = &self.scenarios {
            splice.write(&mut ink, "scenarios", write::scenario);
        }
        ink.raw(")");
        ink.into_text()
    }
}

/// True where a plan holds nothing that it may not.
pub(super) fn is_valid(plan: &Plan) -> bool {
    validate_brief(&plan.brief).is_empty() && validate(plan).is_empty()
}

/// How far a journal's own deeds can be taken back and done again. A window can undo farther: to before its last save,
/// with which its journal began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reach {
    pub(super) back: usize,
    pub(super) forth: usize,
}

impl Reach {
    /// The entry of a deed, after which the plan is no longer `before`. What goes beyond the journal's own deeds is written
    /// down as a new one.
    pub(super) fn frame(&mut self, deed: &Deed, before: &Plan) -> Vec<u8> {
        match deed {
            Deed::Undone(_) if self.back > 0 => {
                *self = Self { back: self.back - 1, forth: self.forth + 1 };
                framed("undone", "")
            }
            Deed::Redone(_) if self.forth > 0 => {
                *self = Self { back: self.back + 1, forth: self.forth - 1 };
                framed("redone", "")
            }
            Deed::Done(plan, _) | Deed::Undone(plan) | Deed::Redone(plan) => {
                // The journal goes forward where the window goes back: the window's next undo is not the journal's.
                let back = if matches!(deed, Deed::Undone(_)) { 0 } else { self.back + 1 };
                *self = Self { back, forth: 0 };
                let done = match deed {
                    Deed::Done(_, done) => done.as_str(),
                    Deed::Undone(_) => "an undo of what was saved",
                    Deed::Redone(_) => "a redo of what was saved",
                };
                framed("done", &Change::between(before, plan, done).write())
            }
        }
    }
}

fn framed(kind: &str, text: &str) -> Vec<u8> {
    format!("{kind} {} {:016x}\n{text}\n", text.len(), Sum::of(text.as_bytes()).checksum).into_bytes()
}

/// One entry as it was read.
#[derive(Debug, PartialEq)]
pub(super) enum Entry {
    Open(Opened),
    Done(Box<Change>),
    Undone,
    Redone,
}

/// The entries of a journal, as far as they are whole; [`Entries::at`] is then where the rest begins.
pub(super) struct Entries<'a> {
    bytes: &'a [u8],
    /// How far the journal was read.
    pub(super) at: usize,
}

impl<'a> Entries<'a> {
    /// `None` where the bytes are no journal.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        bytes.starts_with(TITLE.as_bytes()).then_some(Self { bytes, at: TITLE.len() })
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let rest = self.bytes.get(self.at..)?;
        // The longest line of a frame has some forty characters.
        let line_end = rest.iter().take(64).position(|&byte| byte == b'\n')?;
        let mut words = std::str::from_utf8(&rest[..line_end]).ok()?.split(' ');
        let (kind, len, sum) = (words.next()?, words.next()?.parse::<usize>().ok()?, words.next()?);
        let payload = rest.get(line_end + 1..)?.get(..len)?;
        let end = line_end + 1 + len;
        let whole = rest.get(end) == Some(&b'\n') && u64::from_str_radix(sum, 16) == Ok(Sum::of(payload).checksum);
        if !whole || words.next().is_some() {
            return None;
        }
        let text = as_text(payload, "").ok()?;
        let entry = match kind {
            "open" => Entry::Open(Opened::read(text)?),
            "done" => Entry::Done(Box::new(read_own(text, "").ok()?)),
            "undone" => Entry::Undone,
            "redone" => Entry::Redone,
            _ => return None,
        };
        self.at += end + 1;
        Some(entry)
    }
}
