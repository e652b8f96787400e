//! Tests' and Playbook's own state, and the sheet that both open.

use std::sync::Arc;

use super::super::sheet::Subject;
use super::settings::FieldEdit;
use crate::engine::{Analysis, TacticWorth};
use crate::plan::{Lever, Plan, Play, Playbook, Test};
use crate::report::testing::SplitInputs;

/// The open sheet of a test or a tactic.
#[derive(Debug, Clone)]
pub struct SheetState {
    /// What it is of.
    pub subject: Subject,
    /// The row of the cursor among its fields.
    pub row: usize,
    /// The field under the cursor is being edited.
    pub editing: Option<FieldEdit>,
}

/// Tests' own state.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TestsState {
    /// The row of the cursor: trials first, then split tests.
    pub row: usize,
    /// Columns after the name, scrolled out of sight at the left.
    pub column: usize,
    /// Lines of what is told of the test under the cursor, scrolled out of sight at the top.
    pub scroll: usize,
    /// What is asked of split tests.
    pub inputs: SplitInputs,
}

impl TestsState {
    /// The places of the plan's tests in the order shown: trials first, then split tests.
    pub fn order(plan: &Plan) -> Vec<usize> {
        let is_trial = |at: &usize| matches!(plan.tests[*at].as_ref(), Test::Trial(_));
        let (trials, splits): (Vec<usize>, Vec<usize>) = (0..plan.tests.len()).partition(is_trial);
        trials.into_iter().chain(splits).collect()
    }

    /// The place in the plan of the test under the cursor.
    pub fn chosen(&self, plan: &Plan) -> Option<usize> {
        Self::order(plan).get(self.row).copied()
    }
}

/// Which list of Playbook has the arrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlaybookPane {
    /// The plan's own tactics.
    #[default]
    Mine,
    /// What the trade knows.
    Book,
}

/// By what the plan's tactics are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TacticRank {
    /// The plan's own order.
    #[default]
    Own,
    /// Gain per period.
    Gain,
    /// Sureness × gain.
    SureGain,
    /// Payback, the shortest first.
    Payback,
}

impl TacticRank {
    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Own => "the plan's own order",
            Self::Gain => "gain",
            Self::SureGain => "sureness × gain",
            Self::Payback => "payback",
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Own => Self::Gain,
            Self::Gain => Self::SureGain,
            Self::SureGain => Self::Payback,
            Self::Payback => Self::Own,
        }
    }
}

/// Playbook's own state.
#[derive(Debug, Clone, Default)]
pub struct PlaybookState {
    /// Which list has the arrows.
    pub pane: PlaybookPane,
    /// The row of the cursor among the plan's tactics, in the order shown.
    pub row: usize,
    /// The row of the cursor among the plays that are shown.
    pub play: usize,
    /// Columns of the tactics after their lever, scrolled out of sight at the left.
    pub column: usize,
    /// By what tactics are ranked.
    pub rank: TacticRank,
    /// Only plays for this lever are shown; `None`: for all.
    pub lever: Option<Lever>,
    /// Only plays that contain this are shown.
    pub filter: String,
    /// Lines of what is told of the row under the cursor, scrolled out of sight at the top.
    pub scroll: usize,
    /// What the trade knows; read when the view is opened for the first time.
    pub book: Option<Arc<Playbook>>,
}

impl PlaybookState {
    /// The places of the plan's tactics in the order shown.
    pub fn order(&self, plan: &Plan, analysis: &Analysis) -> Vec<usize> {
        let worth = |at: &usize| TacticWorth::of(plan, &plan.tactics[*at], analysis);
        let key = |at: &usize| match self.rank {
            TacticRank::Own => 0.0,
            TacticRank::Gain => -worth(at).gain.unwrap_or(-1.0),
            TacticRank::SureGain => -worth(at).sure_gain().unwrap_or(-1.0),
            TacticRank::Payback => worth(at).payback.unwrap_or(f64::INFINITY),
        };
        let mut ranked: Vec<(usize, f64)> = (0..plan.tactics.len()).map(|at| (at, key(&at))).collect();
        // Stable: what is equal or blank stays in the plan's order.
        ranked.sort_by(|left, right| left.1.total_cmp(&right.1));
        ranked.into_iter().map(|(at, _)| at).collect()
    }

    /// The plays that are shown, in the order of the chain.
    pub fn plays(&self) -> Vec<&Play> {
        let wanted = self.filter.to_lowercase();
        let shown = |play: &&Play| {
            self.lever.is_none_or(|lever| lever == play.link)
                && (wanted.is_empty()
                    || play.title.to_lowercase().contains(&wanted)
                    || play.how.to_lowercase().contains(&wanted))
        };
        self.book.iter().flat_map(|book| &book.plays).filter(shown).collect()
    }
}
