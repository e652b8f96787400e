//! Repeats the deeds of a journal. Whatever its bytes are, this ends soon, needs memory in proportion to them, and
//! gives valid plans alone.

use crate::plan::{Brief, History, Plan};
use crate::store::format::read_plan_bytes;
use crate::store::sum::Sum;

use super::entry::{Change, Entries, Entry, Opened, TITLE, is_valid};

/// So many bytes of plans are looked through in full, all deeds together: some two seconds of work.
const LOOKED_THROUGH: usize = 2 << 30;

/// A state of a plan needs no more memory than this, its brief and its lists, beside what it shares with its neighbours.
const STATE: usize = 2 << 10;

/// When edits were made whose journal does not say.
pub(super) const UNKNOWN_TIME: &str = "an unknown time";

/// What a journal leads to.
pub(super) struct Replayed {
    pub(super) opened: Opened,
    pub(super) history: History,
    /// How much of the journal was repeated, in bytes.
    pub(super) whole: u64,
    /// True where something follows that could not be repeated.
    pub(super) damaged: bool,
}

/// Repeats a journal; `None` where nothing was done in it.
///
/// # Errors
/// When it was begun, as far as that can be read, and why it cannot be repeated.
pub(super) fn replay(
    bytes: &[u8],
    base: impl FnOnce(&Opened) -> Option<Vec<u8>>,
    now: Option<Sum>,
) -> Result<Option<Replayed>, (String, &'static str)> {
    // A crash right after it was made.
    if TITLE.as_bytes().starts_with(bytes) {
        return Ok(None);
    }
    let unknown = || UNKNOWN_TIME.to_owned();
    let mut entries = Entries::of(bytes).ok_or((unknown(), "their file is damaged at its beginning"))?;
    let Some(Entry::Open(mut opened)) = entries.next() else {
        return Err((unknown(), "their file is damaged at its beginning"));
    };
    let mut deeds = Vec::new();
    let mut whole = entries.at;
    while let Some(entry) = entries.next() {
        match entry {
            // The last one says which copy of the first plan there is.
            Entry::Open(later) => opened.base = later.base,
            entry => deeds.push((entry, entries.at)),
        }
        whole = entries.at;
    }
    if deeds.is_empty() {
        return Ok(None);
    }
    let text = base(&opened).ok_or((opened.began.clone(), "the plan that they began with is gone"))?;
    let first =
        read_plan_bytes(&text, "").map_err(|_| (opened.began.clone(), "the plan that they began with is bad"))?;
    let size = bytes.len() + text.len();
    let mut repeated = Repeated::from(first.plan, now == Some(opened.base), size);
    for ((entry, end), back) in deeds.iter().zip(back_from(&deeds)) {
        if !repeated.take(entry, back) {
            whole = whole.min(repeated.end);
            break;
        }
        repeated.end = *end;
    }
    let damaged = whole < bytes.len();
    let history = repeated.finish().ok_or((opened.began.clone(), "they lead to a plan that cannot be"))?;
    Ok(Some(Replayed { opened, history, whole: whole as u64, damaged }))
}

/// After each deed, how many deeds those that follow go back at most: states before that are only there to be undone.
fn back_from(deeds: &[(Entry, usize)]) -> Vec<usize> {
    let mut back = 0usize;
    let mut all: Vec<usize> = deeds
        .iter()
        .rev()
        .map(|(entry, _)| {
            let after = back;
            back = match entry {
                Entry::Undone => after + 1,
                Entry::Done(_) | Entry::Redone => after.saturating_sub(1),
                Entry::Open(_) => after,
            };
            after
        })
        .collect();
    all.reverse();
    all
}

/// A history in the making.
struct Repeated {
    history: History,
    /// Where the last deed that was repeated ends.
    end: usize,
    /// The length of all files that are read.
    size: usize,
    /// What each state that can be gone back to needs, and the present one, in bytes.
    past: Vec<usize>,
    /// What each state needs that was undone.
    future: Vec<usize>,
    /// The sum of both.
    needs: usize,
    /// How many bytes of plans were looked through.
    looked_through: usize,
    /// True where some state was not looked through in full.
    unsure: bool,
}

impl Repeated {
    fn from(plan: Plan, is_saved: bool, size: usize) -> Self {
        let history = if is_saved { History::of_saved(plan) } else { History::of_unsaved(plan) };
        Self {
            history,
            end: TITLE.len(),
            size,
            past: Vec::new(),
            future: Vec::new(),
            needs: 0,
            looked_through: 0,
            unsure: false,
        }
    }

    /// False where the deed cannot have happened, or needs more memory than its journal is worth. Those that follow go back
    /// by `back` deeds at most.
    fn take(&mut self, entry: &Entry, back: usize) -> bool {
        match entry {
            Entry::Done(change) => self.done(change, back),
            Entry::Undone => {
                self.future.extend(self.past.pop());
                self.history.undo().is_some()
            }
            Entry::Redone => {
                self.past.extend(self.future.pop());
                self.history.redo().is_some()
            }
            Entry::Open(_) => true,
        }
    }

    fn done(&mut self, change: &Change, back: usize) -> bool {
        let old = self.history.plan();
        let Some(plan) = change.apply(old) else { return false };
        let needs = STATE + weight(&plan.brief) + change.done.len() + change.weight(old);
        if !self.is_valid(change, &plan) {
            return false;
        }
        self.history.replace(plan, change.done.clone());
        // Nobody else keeps this history.
        self.history.take_deeds();
        self.past.push(needs);
        self.needs += needs;
        self.needs -= self.future.drain(..).sum::<usize>();
        let enough = 8 * self.size + (1 << 20);
        if self.needs > enough {
            self.history.keep_last(back);
            self.needs -= self.past.drain(..self.past.len().saturating_sub(back + 1)).sum::<usize>();
        }
        back == 0 || self.needs <= enough
    }

    fn is_valid(&mut self, change: &Change, plan: &Plan) -> bool {
        if let Some(valid) = change.keeps_valid(self.history.plan()) {
            return valid;
        }
        self.looked_through = self.looked_through.saturating_add(self.size);
        if self.looked_through > LOOKED_THROUGH {
            self.unsure = true;
            return true;
        }
        is_valid(plan)
    }

    /// Forgets what could be undone.
    fn begin_here(&mut self) {
        self.history = History::of_unsaved(self.history.plan().clone());
    }

    fn finish(mut self) -> Option<History> {
        self.history.take_deeds();
        if self.unsure {
            self.begin_here();
            return is_valid(self.history.plan()).then_some(self.history);
        }
        Some(self.history)
    }
}

/// Roughly what a brief needs, in bytes: every state of a plan has one of its own.
fn weight(brief: &Brief) -> usize {
    let labels: usize = brief.labels.values().map(|label| 48 + label.len()).sum();
    brief.name.len() + brief.note.len() + brief.currency.len() + labels
}
