//! Improve's own state.

use crate::engine::{Analysis, Improve, soonest_payback, sure_gain};
use crate::plan::{Lever, Link, Plan};

/// By what the levers are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rank {
    /// Gain of the headroom: the engine's own order.
    #[default]
    Gain,
    /// Sureness × gain of the headroom.
    SureGain,
    /// How soon the plan's open tactics on the lever pay back, the soonest first.
    Payback,
}

impl Rank {
    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Gain => "gain",
            Self::SureGain => "sureness × gain",
            Self::Payback => "payback",
        }
    }

    /// The next one, round and round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Gain => Self::SureGain,
            Self::SureGain => Self::Payback,
            Self::Payback => Self::Gain,
        }
    }
}

/// Improve's own state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImproveState {
    /// The chosen lever; `None` is the best one.
    pub lever: Option<Lever>,
    /// The chosen channel's place in the plan; `None` is the plan as a whole.
    pub channel: Option<usize>,
    /// By what the levers are ranked.
    pub rank: Rank,
    /// The heat map has the arrows, not the list of levers.
    pub map: bool,
    /// How many lines of what is told of the chosen lever are scrolled out of sight at the top.
    pub scroll: usize,
}

impl ImproveState {
    /// The nine levers in the order in which they are listed: best first by the chosen rank. Of a channel without
    /// levers (an inactive one) there are none.
    pub fn levers(&self, plan: &Plan, analysis: &Analysis) -> Vec<Lever> {
        let improve = &analysis.improve;
        let levers: Vec<(Lever, Option<f64>)> = match self.channel {
            None => improve.levers.iter().map(|each| (each.lever, sure_gain(each.gain_headroom, each.sure))).collect(),
            Some(channel) => improve.channel(channel).map_or_else(Vec::new, |each| {
                each.levers.iter().map(|each| (each.lever, sure_gain(each.gain_headroom, each.sure))).collect()
            }),
        };
        let mut ranked: Vec<(Lever, f64)> = levers
            .into_iter()
            .map(|(lever, sure_gain)| match self.rank {
                Rank::Gain => (lever, 0.0),
                Rank::SureGain => (lever, -sure_gain.unwrap_or(-1.0)),
                Rank::Payback => (lever, soonest_payback(plan, analysis, self.channel, lever).unwrap_or(f64::INFINITY)),
            })
            .collect();
        // Stable: what is equal or blank stays in the engine's order.
        ranked.sort_by(|left, right| left.1.total_cmp(&right.1));
        ranked.into_iter().map(|(lever, _)| lever).collect()
    }

    /// The links that have a headroom in some channel, in the order of the chain: the columns of the heat map.
    pub fn mapped(improve: &Improve) -> Vec<Link> {
        // The plan's is the sum of the channels': known where one of them is.
        let known = |link: &Link| improve.lever(Lever::Link(*link)).is_some_and(|lever| lever.gain_headroom.is_some());
        Link::ALL.into_iter().filter(known).collect()
    }

    /// The chosen lever, the best one where none was chosen.
    pub fn chosen(&self, plan: &Plan, analysis: &Analysis) -> Option<Lever> {
        self.lever.or_else(|| self.levers(plan, analysis).first().copied())
    }
}
