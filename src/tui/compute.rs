//! Slow figures, on a thread of their own: the screen never waits for them.
//!
//! ```text
//! update ─▶ Effect::Compute(Request) ─▶ Computer::ask ─▶ its thread ─▶ Outcome::Computed ─▶ update ─▶ Slow
//! ```
//!
//! Of each [`Kind`] of question only the newest counts: older ones that wait are dropped, one that is being computed
//! is given up. The state keeps the last answer, shown as old, until the new one is there.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use jiff::civil::Date;

use super::message::{Failure, Outcome};
use super::state::{Prepared, Shown, Wanted, is_large};
use crate::engine::{Analysis, Analyst, BestBets, Bets};
use crate::plan::Plan;

/// A kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The figures that the screen shows of a large plan.
    Figures,
    /// Which link leads in how many joint draws.
    BestBets,
}

impl Kind {
    const COUNT: usize = 2;
}

/// What is to be computed, from what.
#[derive(Debug, Clone)]
pub enum Question {
    /// The figures that the screen shows of a large plan.
    Figures(Box<Wanted>),
    /// Which link leads in how many joint draws of what these figures believe.
    BestBets(Arc<Analysis>),
}

/// What came of a question.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`Question::Figures`].
    Figures(Box<Shown>),
    /// To [`Question::BestBets`].
    BestBets(Box<BestBets>),
}

/// A question with a number: a later one has a greater number, whatever its kind.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its number.
    pub number: u64,
    /// What is to be computed.
    pub question: Question,
}

impl PartialEq for Request {
    /// A number is given once.
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Request {
    /// The kind of its question.
    pub const fn kind(&self) -> Kind {
        match self.question {
            Question::Figures(_) => Kind::Figures,
            Question::BestBets(_) => Kind::BestBets,
        }
    }

    /// Computes the answer; `None` soon after `stop` says that nobody needs it any more. The analyst remembers what is not
    /// to be computed again.
    pub fn answer(
        &self,
        analyst: &mut Analyst,
        threads: NonZeroUsize,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Outcome> {
        let answer = guarded(|| match &self.question {
            Question::Figures(wanted) => (!stop()).then(|| Answer::Figures(Box::new(wanted.compute(analyst)))),
            Question::BestBets(analysis) => {
                let found = Bets::of(analysis).draw_unless(threads, stop)?;
                Some(Answer::BestBets(Box::new(found)))
            }
        });
        answer.map(|answer| Outcome::Computed { number: self.number, kind: self.kind(), answer })
    }
}

/// A defect in a computation costs this answer alone.
fn guarded(compute: impl FnOnce() -> Option<Answer>) -> Option<Result<Answer, Failure>> {
    match catch_unwind(AssertUnwindSafe(compute)) {
        Ok(answer) => answer.map(Ok),
        Err(panic) => Some(Err(Failure::of_panic(panic.as_ref()))),
    }
}

/// The thread that computes.
pub(super) struct Computer {
    work: Sender<Work>,
    newest: Arc<Newest>,
}

/// What the thread is handed.
enum Work {
    Answer(Request),
    Forget(Box<Shown>),
    Prepare(Box<Plan>, Date, Sender<Prepared>),
}

/// Has the thread that computes prepare large plans, for whoever reads them: it remembers what it computed, and no other
/// thread keeps the memory that was needed for that.
#[derive(Clone)]
pub(super) struct Preparer(Sender<Work>);

impl Preparer {
    /// What of a large plan is computed before it is shown: waits for it. `None` of other plans, and where it could not
    /// be computed.
    pub(super) fn prepare(&self, plan: &Plan, today: Date) -> Option<Prepared> {
        if !is_large(plan) {
            return None;
        }
        let (answer, prepared) = channel();
        self.0.send(Work::Prepare(Box::new(plan.clone()), today, answer)).ok()?;
        prepared.recv().ok()
    }
}

/// The number of the newest request of each kind.
#[derive(Default)]
struct Newest([AtomicU64; Kind::COUNT]);

impl Newest {
    fn of(&self, kind: Kind) -> &AtomicU64 {
        &self.0[kind as usize]
    }

    fn is(&self, request: &Request) -> bool {
        self.of(request.kind()).load(Ordering::Relaxed) == request.number
    }
}

impl Computer {
    /// Starts the thread, which sleeps until it is asked and ends when the computer is dropped. Outcomes go through
    /// `tell`.
    pub(super) fn start(tell: impl Fn(Outcome) + Send + 'static) -> std::io::Result<Self> {
        let (work, receiver) = channel();
        let newest = Arc::new(Newest::default());
        let known = Arc::clone(&newest);
        thread::Builder::new().name("figures".to_owned()).spawn(move || perform(&receiver, &known, tell))?;
        Ok(Self { work, newest })
    }

    /// Asks; what was asked before of the same kind needs no answer any more.
    pub(super) fn ask(&self, request: Request) {
        if request.kind() == Kind::Figures {
            // What was drawn from the figures before would be old.
            self.newest.of(Kind::BestBets).store(0, Ordering::Relaxed);
        }
        self.newest.of(request.kind()).store(request.number, Ordering::Relaxed);
        // The thread lives as long as this sender.
        let _ = self.work.send(Work::Answer(request));
    }

    /// For whoever reads plans.
    pub(super) fn preparer(&self) -> Preparer {
        Preparer(self.work.clone())
    }

    /// Frees figures, which takes a while.
    pub(super) fn forget(&self, figures: Box<Shown>) {
        let _ = self.work.send(Work::Forget(figures));
    }
}

fn perform(work: &Receiver<Work>, newest: &Newest, tell: impl Fn(Outcome)) {
    let threads = spare_cores();
    let mut analyst = Analyst::default();
    for work in work {
        let request = match work {
            Work::Answer(request) => request,
            Work::Forget(figures) => {
                drop(figures);
                continue;
            }
            Work::Prepare(plan, today, answer) => {
                let prepare = AssertUnwindSafe(|| Prepared::by(&mut analyst, &plan, today));
                // Whoever asked hears of a defect by the closed channel, and of nothing where it is gone.
                if let Ok(prepared) = catch_unwind(prepare) {
                    let _ = answer.send(prepared);
                }
                continue;
            }
        };
        if let Some(outcome) = request.answer(&mut analyst, threads, &|| !newest.is(&request)) {
            tell(outcome);
        }
    }
}

/// One core stays free for the screen.
fn spare_cores() -> NonZeroUsize {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    NonZeroUsize::new(cores.saturating_sub(1)).unwrap_or(NonZeroUsize::MIN)
}

#[cfg(test)]
mod tests;
