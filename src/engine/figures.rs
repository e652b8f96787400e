//! Money and the eight links of one channel, or of all channels together.

use std::sync::OnceLock;

use crate::plan::{Field, Link, Plan};

use super::believed::{Dispersion, Scale};
use super::blocks::{Sum, Totals};
use super::chain::{Per, ratio};
use super::posterior::{self, Interval};
use super::scope::Scope;
use super::sums::Sums;
use super::tally::{Ground, Pair, Tally, is_at_work};

/// The rate of one link, with what it rests on.
#[derive(Debug, Clone)]
pub struct LinkRate {
    /// The link.
    pub link: Link,
    /// What the rate is counted per; the nominal stage where the link has no rate.
    pub per: Per,
    /// The rate as counted, a fraction or a number per one; `None` where an end is unknown or the denominator is 0.
    pub rate: Option<f64>,
    /// Numerator and denominator of a counted link, over the records in which both are known.
    pub counts: Option<(f64, f64)>,
    /// The same sums also where they give no rate, since the denominator is 0; for Value gross profit and orders, over
    /// the records in which both are known. Zeros for Invest and Reach.
    pub sums: (f64, f64),
    /// How much more than coin flips the counts scatter, ≥ 1.
    pub dispersion: f64,
    /// False where there were too few periods to measure the dispersion, so that events are taken as independent.
    pub dispersion_measured: bool,
    /// Share of the cost that the rate rests on, 0..=1 (of the records, where cost is unknown or 0); `None` where
    /// the rate is.
    pub coverage: Option<f64>,
    pub(super) interval: OnceLock<Option<Interval>>,
}

impl LinkRate {
    /// The 80 % interval (10 % and 90 % quantiles of the posterior); `None` for Invest, Reach and Value, and where
    /// there is no rate. Computed when first asked for.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.posterior().map(|interval| (interval.low, interval.high))
    }

    /// True where half the interval is wider than a quarter of the rate (for Depth, of the rate − 1).
    pub fn is_thin(&self) -> bool {
        let solid = |(x, n)| posterior::is_surely_solid(self.link, x / self.dispersion, n / self.dispersion);
        !self.counts.is_some_and(solid) && self.posterior().is_some_and(|interval| interval.thin)
    }

    /// How many more events would make a thin rate solid; `None` where it is not thin.
    pub fn events_missing(&self) -> Option<f64> {
        Some(self.posterior()?.missing? * self.dispersion)
    }

    /// True where a gap is bridged: the rate is counted per a stage further up.
    pub fn is_bridged(&self) -> bool {
        self.counts.is_some() && self.per != Per::nominal(self.link)
    }

    fn new(link: Link, per: Per, rate: Option<f64>, ground: Ground, whole: Ground) -> Self {
        Self {
            link,
            per,
            rate,
            counts: None,
            sums: (0.0, 0.0),
            dispersion: 1.0,
            dispersion_measured: false,
            coverage: rate.and_then(|_| ground.share_of(whole)),
            interval: OnceLock::new(),
        }
    }

    fn counted(link: Link, pair: &Pair, dispersion: Dispersion, whole: Ground) -> Self {
        let rate = pair.rate();
        Self {
            counts: rate.map(|_| (pair.x, pair.n)),
            sums: (pair.x, pair.n),
            dispersion: dispersion.factor,
            dispersion_measured: dispersion.measured,
            ..Self::new(link, pair.per.unwrap_or(Per::nominal(link)), rate, pair.ground, whole)
        }
    }

    pub(super) fn dispersion(&self) -> Dispersion {
        Dispersion { factor: self.dispersion, measured: self.dispersion_measured }
    }

    fn posterior(&self) -> Option<Interval> {
        *self.interval.get_or_init(|| {
            let (numerator, denominator) = self.counts?;
            self.rate?;
            posterior::interval(self.link, numerator / self.dispersion, denominator / self.dispersion)
        })
    }
}

/// Sums, money and rates of one channel or of a whole plan, over the chosen records.
#[derive(Debug, Clone)]
pub struct Figures {
    pub(super) sums: [Option<f64>; 10],
    /// How many records were summed.
    pub records: usize,
    /// Methods at work: channels with a positive cost, actions or visitors. 1 for a single channel.
    pub methods: f64,
    /// Channels with a cost and no known gross profit (0 or 1 for a single channel).
    pub without_result: usize,
    /// Spend and hours, currency.
    pub cost: Option<f64>,
    /// Deals, repeat orders and referrals.
    pub orders: Option<f64>,
    /// Recorded revenue, else orders × order value, record by record; currency.
    pub revenue: Option<f64>,
    /// Margin × revenue, currency.
    pub gross_profit: Option<f64>,
    /// The eight links in the order of the chain.
    pub links: [LinkRate; 8],
    /// True where any of the sums rests on a forecast number.
    pub forecast: bool,
    pub(super) forecast_fields: [bool; 10],
}

impl Figures {
    /// The sum of a field; blanks are skipped, `None` where all are blank. Actions of channels with different
    /// units have no total.
    pub fn get(&self, field: Field) -> Option<f64> {
        self.sums[field as usize]
    }

    /// True where the sum of a field rests on a forecast number. Spend, hours, actions and recorded revenue never do,
    /// and so cost never does.
    pub fn is_forecast(&self, field: Field) -> bool {
        self.forecast_fields[field as usize]
    }

    /// True where orders, and the money that follows from them, rest on a forecast number.
    pub fn orders_are_forecast(&self) -> bool {
        [Field::Deals, Field::Repeats, Field::Referrals].into_iter().any(|field| self.is_forecast(field))
    }

    /// The revenue that was recorded, currency.
    pub fn revenue_recorded(&self) -> Option<f64> {
        self.get(Field::Revenue)
    }

    /// A link's rate.
    pub fn link(&self, link: Link) -> &LinkRate {
        &self.links[link.index()]
    }

    /// True for a method at work: a positive cost, actions or visitors.
    pub fn is_at_work(&self) -> bool {
        is_at_work(self.cost, &self.sums)
    }

    /// Gross profit − cost, currency.
    pub fn profit(&self) -> Option<f64> {
        Some(self.gross_profit? - self.cost?)
    }

    /// Gross profit / cost: "1 in → 1.50 out".
    pub fn multiple(&self) -> Option<f64> {
        ratio(self.gross_profit, self.cost)
    }

    /// Multiple − 1, a fraction.
    pub fn roi(&self) -> Option<f64> {
        self.multiple().map(|multiple| multiple - 1.0)
    }

    /// Revenue / spend.
    pub fn roas(&self) -> Option<f64> {
        ratio(self.revenue, self.get(Field::Spend))
    }

    /// Cost / (deals + referrals), currency per new customer; blank referrals count as 0.
    pub fn cac(&self) -> Option<f64> {
        let customers = self.get(Field::Deals).map(|deals| deals + self.get(Field::Referrals).unwrap_or(0.0));
        ratio(self.cost, customers)
    }

    /// Cost / visitors, currency.
    pub fn cost_per_visitor(&self) -> Option<f64> {
        ratio(self.cost, self.get(Field::Uv))
    }

    /// Cost / consultations, currency.
    pub fn cost_per_consult(&self) -> Option<f64> {
        ratio(self.cost, self.get(Field::Consults))
    }

    /// Cost / deals, currency.
    pub fn cost_per_deal(&self) -> Option<f64> {
        ratio(self.cost, self.get(Field::Deals))
    }

    /// Cost / methods, currency: how Invest is shown.
    pub fn cost_per_method(&self) -> Option<f64> {
        ratio(self.cost, Some(self.methods))
    }

    /// Visitors per unit of cost: Reach of one channel.
    pub fn visitors_per_cost(&self) -> Option<f64> {
        ratio(self.get(Field::Uv), self.cost)
    }

    /// Visitors per action of the method.
    pub fn visitors_per_action(&self) -> Option<f64> {
        ratio(self.get(Field::Uv), self.get(Field::Actions))
    }

    /// Consultations per visitor, shown beside the Consult rate.
    pub fn consults_per_visitor(&self) -> Option<f64> {
        ratio(self.get(Field::Consults), self.get(Field::Uv))
    }

    /// K = referrals / (deals + referrals): "each customer brings K more". `None` if either is blank.
    pub fn k_factor(&self) -> Option<f64> {
        let referrals = self.get(Field::Referrals)?;
        ratio(Some(referrals), Some(self.get(Field::Deals)? + referrals))
    }
}

impl Figures {
    /// Sums and money of all channels of `plan`, without what its channels have in common: for lists of plans. Intervals
    /// take events as independent.
    pub fn of_all(plan: &Plan, scope: &Scope) -> Self {
        let Totals { all, one_unit, .. } = Sums::of(plan, scope, &[], None).blocks.totals();
        Self::of_sum(&all, &all.tally(one_unit), [Dispersion::UNKNOWN; 5])
    }

    /// One channel's figures; `scales` are those on which its counted links are pooled.
    pub(super) fn of_channel(tally: &Tally, scales: [Scale; 5]) -> Self {
        let dispersions: [Dispersion; 5] = std::array::from_fn(|at| Dispersion::of(&tally.pairs[at], scales[at]));
        Self::assemble(tally, dispersions, 1.0, usize::from(tally.is_without_result()))
    }

    /// Several channels together. `dispersions` are theirs: the means of the channels', weighted by events.
    pub(super) fn of_sum(sum: &Sum, total: &Tally, dispersions: [Dispersion; 5]) -> Self {
        Self::assemble(total, dispersions, sum.methods as f64, sum.without_result)
    }

    /// These figures after an edit: the sums anew, the dispersions as they were.
    pub(super) fn after_edit(&self, sum: &Sum, total: &Tally) -> Self {
        Self::of_sum(sum, total, Link::COUNTED.map(|link| self.link(link).dispersion()))
    }

    fn assemble(tally: &Tally, dispersions: [Dispersion; 5], methods: f64, without_result: usize) -> Self {
        let whole = tally.whole;
        let counted = |at: usize| LinkRate::counted(Link::COUNTED[at], &tally.pairs[at], dispersions[at], whole);
        let invest = LinkRate::new(Link::Invest, Per::Cost, ratio(Some(methods), tally.money.cost), whole, whole);
        let visitors = ratio(tally.sums[Field::Uv as usize], Some(methods));
        let reach = LinkRate::new(Link::Reach, Per::Methods, visitors, tally.reach, whole);
        let value = LinkRate {
            sums: (tally.value.0, tally.value.1),
            ..LinkRate::new(Link::Value, Per::Orders, tally.value_per_order(), tally.value.2, whole)
        };
        Self {
            sums: tally.sums,
            records: tally.records,
            methods,
            without_result,
            cost: tally.money.cost,
            orders: tally.money.orders,
            revenue: tally.money.revenue,
            gross_profit: tally.money.gross_profit,
            links: [invest, reach, counted(0), counted(1), counted(2), counted(3), counted(4), value],
            forecast: tally.forecast.contains(&true),
            forecast_fields: tally.forecast,
        }
    }
}
