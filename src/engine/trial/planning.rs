//! Before a trial starts: what it may cost, and what it can tell.

use super::super::special::{gamma_quantile, ln_gamma_pq};
use super::outlook::least;
use super::{Terms, Verdict};

/// The probability with which a budget is enough.
const POWER: f64 = 0.8;
/// Trials of more deals than this are no small test any more.
const MOST_DEALS: f64 = 4_194_304.0;

/// The chance of each verdict at the end of the budget, if the true multiple is `multiple`; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The true multiple.
    pub multiple: f64,
    /// Called "scale", 0..=1.
    pub scale: f64,
    /// Called "hold", 0..=1.
    pub hold: f64,
    /// Called "stop", 0..=1.
    pub stop: f64,
    /// Still open, 0..=1.
    pub keep_testing: f64,
}

impl Chance {
    /// The chance of that verdict, 0..=1.
    pub const fn of(&self, verdict: Verdict) -> f64 {
        match verdict {
            Verdict::Scale => self.scale,
            Verdict::Hold => self.hold,
            Verdict::Stop => self.stop,
            Verdict::KeepTesting => self.keep_testing,
        }
    }
}

/// What a trial may cost, and what it can tell, before it starts. Money in currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Planning {
    /// The cost at which, with no deal at all, the verdict is "stop".
    pub stop_loss: f64,
    /// The smallest cost at which a channel of true multiple T is seen to pay with a probability of 80 %; `None` where
    /// no small test can tell (T hardly above 1).
    pub enough: Option<f64>,
    /// The smallest cost at which a channel of true multiple 1.5 T is called "scale" with a probability of 80 %.
    pub enough_to_scale: Option<f64>,
    /// The chances at true multiples 0.5, 1, T and 2 T; `None` without a budget.
    pub chances: Option<[Chance; 4]>,
}

impl Planning {
    /// What `terms` give for a trial of `budget`.
    pub fn of(terms: &Terms, budget: f64) -> Self {
        Self {
            stop_loss: terms.stop_loss(),
            enough: terms.enough_to_see(1.0, terms.target),
            enough_to_scale: terms.enough_to_see(terms.target, 1.5),
            chances: (budget > 0.0)
                .then(|| [0.5, 1.0, terms.target, 2.0 * terms.target].map(|multiple| terms.chance(budget, multiple))),
        }
    }
}

/// How many days a cost takes at a daily spend; `None` without one.
pub fn days_at(cost: f64, daily_spend: Option<f64>) -> Option<f64> {
    daily_spend.filter(|daily| *daily > 0.0).map(|daily| cost / daily).filter(|days| days.is_finite())
}

impl Terms {
    /// The cost at which the verdict is "stop" with no deal at all: P(M ≥ 1) = Q(½, C/g₁) = 1 − q.
    pub fn stop_loss(&self) -> f64 {
        self.cost_of(gamma_quantile(0.5, self.confidence), 1.0)
    }

    /// The smallest cost at which a channel of true multiple `ratio` × `multiple` has P(M ≥ multiple) ≥ q, and a deal,
    /// with a probability of 80 %.
    ///
    /// d deals are enough while C ≤ c(d) = the 1−q quantile of Gamma(d+½), in units of g₁/multiple; a Poisson number
    /// of mean ratio × C reaches d with probability P(d, ratio C). So of each d the largest cost is the best, and the
    /// smallest cost sought is the first at which P reaches 80 % for the first d that reaches it at all.
    fn enough_to_see(&self, multiple: f64, ratio: f64) -> Option<f64> {
        if ratio <= 1.0 {
            return None;
        }
        let most_cost = |deals: f64| gamma_quantile(deals + 0.5, 1.0 - self.confidence);
        let reaches = |deals: u64| {
            let deals = deals as f64;
            deals >= MOST_DEALS || (deals >= 1.0 && ln_gamma_pq(deals, ratio * most_cost(deals)).0.exp() >= POWER)
        };
        let deals = least(reaches)? as f64;
        if deals >= MOST_DEALS {
            return None;
        }
        let units = (gamma_quantile(deals, POWER) / ratio).max(most_cost(deals - 1.0));
        Some(self.cost_of(units, multiple))
    }

    /// The chances of the verdicts at a cost of `budget` above 0, if the true multiple is `multiple`: the number of
    /// deals is then Poisson, and each verdict a range of it.
    pub fn chance(&self, budget: f64, multiple: f64) -> Chance {
        let (sure, hardly) = self.ln_confidence();
        let least_deals = |at: f64, ln_p: f64, strictly: bool| {
            let reaches = |deals: u64| self.ln_reaches(budget, deals as f64, at).0;
            least(|deals| if strictly { reaches(deals) > ln_p } else { reaches(deals) >= ln_p }).unwrap_or(u64::MAX)
        };
        let mean = self.expected(budget, multiple);
        // ln P(D < deals), ln P(D ≥ deals).
        let ln_chances = |deals: u64| match deals {
            0 => (f64::NEG_INFINITY, 0.0),
            u64::MAX => (0.0, f64::NEG_INFINITY),
            deals => {
                let (at_least, fewer) = ln_gamma_pq(deals as f64, mean);
                (fewer, at_least)
            }
        };
        let at_least = |deals: u64| ln_chances(deals).1.exp();
        let not_stopped = least_deals(1.0, hardly, true);
        let pays = least_deals(1.0, sure, false).max(not_stopped).max(1);
        let may_reach = least_deals(self.target, hardly, true).max(pays);
        let scale = at_least(least_deals(self.target, sure, false).max(pays));
        let hold = (at_least(pays) - at_least(may_reach)).max(0.0);
        let stop = ln_chances(not_stopped).0.exp();
        Chance { multiple, scale, hold, stop, keep_testing: (1.0 - scale - hold - stop).max(0.0) }
    }
}
