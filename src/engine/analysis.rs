//! All figures of one plan for one choice of records.

use std::sync::Arc;

use imbl::Vector;
use jiff::civil::Date;

use crate::plan::{Link, Places, Plan};

use super::believed::{Dispersion, Pool, Scale, scale_for};
use super::blocks::{Sum, Totals};
use super::checks::Check;
use super::figures::Figures;
use super::forecast::Forecast;
use super::improve::Improve;
use super::scope::Scope;
use super::sums::{Counted, Sums};
use super::tally::Tally;

/// No more channels than this are counted anew by [`Analysis::after`]: more would take longer than a keystroke may.
const MOST_COUNTED_ANEW: usize = 256;

/// One channel's figures.
#[derive(Debug, Clone)]
pub struct ChannelAnalysis {
    /// Sums, money and rates over the chosen records.
    pub figures: Figures,
    pub(super) counted: Arc<Counted>,
    /// On which the figures' counted links were pooled.
    scales: [Scale; 5],
}

impl ChannelAnalysis {
    /// The figures of a channel beside the others of its plan; `known` where nothing changed since.
    pub(super) fn of(counted: &Arc<Counted>, active: bool, pools: &[Pool], known: Option<&Arc<Self>>) -> Arc<Self> {
        let scales: [Scale; 5] =
            std::array::from_fn(|at| scale_for(Link::COUNTED[at], &counted.tally.pairs[at], pools, active));
        let same = |known: &&Arc<Self>| Arc::ptr_eq(&known.counted, counted) && known.scales == scales;
        known.filter(same).map_or_else(
            || {
                Arc::new(Self {
                    figures: Figures::of_channel(&counted.tally, scales),
                    counted: Arc::clone(counted),
                    scales,
                })
            },
            Arc::clone,
        )
    }

    /// True where both are the figures of the same counts.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.counted, &other.counted) && self.scales == other.scales
    }

    /// The forecast of the Planned layer (all its periods); `None` in the Actual layer and for inactive channels.
    pub fn forecast(&self) -> Option<&Forecast> {
        self.counted.forecast.as_deref()
    }

    /// The sums that the figures were computed from.
    pub(super) fn tally(&self) -> &Tally {
        &self.counted.tally
    }
}

/// All figures of one plan for one choice of records.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The records looked at.
    pub scope: Scope,
    /// The chosen periods in which any channel has a record, ascending.
    pub periods: Vec<Date>,
    /// All channels together, inactive ones included.
    pub total: Figures,
    /// The active channels together: the rates that Improve speaks of.
    pub active: Figures,
    /// Each channel in the plan's order, inactive ones included.
    pub channels: Vector<Arc<ChannelAnalysis>>,
    /// What the active channels have in common, one entry a link and start.
    pub pools: Arc<[Pool]>,
    /// Which link to improve.
    pub improve: Arc<Improve>,
    /// What the plan tells its owner unasked.
    pub checks: Arc<[Check]>,
    /// True where pools, believed rates, forecasts, Improve and checks are those of a plan before some edits.
    pub is_old: bool,
    pub(super) sums: Arc<Sums>,
}

impl Analysis {
    /// The figures of `plan`, which came out of this analysis's plan by an edit or its undoing: sums, money, rates and
    /// totals are its own, to the last bit as if computed from nothing. What many channels have in common stays as it was,
    /// see [`Analysis::is_old`]. The effort does not grow with the number of records.
    ///
    /// `None` where too much changed for that: many channels, or what all of them are counted by.
    pub fn after(&self, plan: &Plan) -> Option<Self> {
        let places = Places::between(&self.sums.channels, &plan.channels);
        let sums = self.sums.after(plan, &places, MOST_COUNTED_ANEW)?;
        let keeps_places = places.keeps_places();
        let channels = places.carry(&self.channels, |at| {
            let active = plan.channels.get(at).is_some_and(|channel| channel.active);
            ChannelAnalysis::of(&sums.counted[at], active, &self.pools, None)
        });
        let Totals { all, active, one_unit } = sums.blocks.totals();
        let total = self.total.after_edit(&all, &all.tally(one_unit));
        let active = active.map_or_else(|| total.clone(), |sum| self.active.after_edit(&sum, &sum.tally(one_unit)));
        Some(Self {
            scope: self.scope.clone(),
            periods: sums.days(),
            total,
            active,
            channels,
            pools: Arc::clone(&self.pools),
            // What speaks of channels by their places would speak of others.
            improve: if keeps_places { Arc::clone(&self.improve) } else { Arc::new(self.improve.without_channels()) },
            checks: if keeps_places { Arc::clone(&self.checks) } else { Arc::default() },
            is_old: true,
            sums: Arc::new(sums),
        })
    }

    /// The same figures, of which something is old.
    #[must_use]
    pub fn as_old(&self) -> Self {
        Self { is_old: true, ..self.clone() }
    }

    /// True where these are the figures of `plan`'s records, pooled or not.
    pub fn counts(&self, plan: &Plan) -> bool {
        self.sums.are_of(plan)
    }
}

/// The channels for which `counts` holds, together.
pub(super) fn figures_of(
    sum: &Sum,
    one_unit: bool,
    channels: &Vector<Arc<ChannelAnalysis>>,
    counts: impl Fn(usize) -> bool,
) -> Figures {
    let total = sum.tally(one_unit);
    let dispersions = std::array::from_fn(|at| {
        let start = total.pairs[at].per;
        let same = channels
            .iter()
            .enumerate()
            .filter(|(channel, each)| counts(*channel) && each.tally().pairs[at].per == start);
        Dispersion::pooled(same.map(|(_, each)| {
            let rate = each.figures.link(Link::COUNTED[at]);
            (rate.dispersion(), each.tally().pairs[at].x)
        }))
    });
    Figures::of_sum(sum, &total, dispersions)
}
