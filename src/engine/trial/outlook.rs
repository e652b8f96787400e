//! What comes next in a trial: still to spend, what would change the verdict, what is at stake.

use super::super::special::{gamma_quantile, ln_gamma_density, ln_gamma_pq};
use super::{Terms, Verdict};

/// Nobody looks further ahead than this many times the cost so far.
const HORIZON: f64 = 100.0;
/// Places looked at on the way there before the exact one is sought between two of them.
const STEPS: u32 = 64;
/// More further deals than this change nothing that anybody plans for.
const MOST_DEALS: u64 = 1 << 40;

/// What would change the likely verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Changes {
    /// The fewest further deals, at no further cost, that change it, and what it is then.
    pub deals: Option<(u64, Verdict)>,
    /// The least further cost, without a further deal, that changes it (currency), and what it is then.
    pub cost: Option<(f64, Verdict)>,
}

/// What a decision taken now may lose, currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AtStake {
    /// Scaling a loser: S · E[max(0, 1 − M)].
    pub scale: f64,
    /// Stopping a winner: S · E[max(0, M − 1)].
    pub stop: f64,
}

impl Terms {
    /// The smallest further cost (currency) after which the likely verdict is no longer "keep testing" if deals go on
    /// at their posterior mean rate; 0 where it is not now; `None` beyond 100 times the cost so far: it may never settle.
    pub fn still_to_spend(&self, cost: f64, deals: f64) -> Option<f64> {
        first(cost, deals, |cost, deals| self.likely(cost, deals) != Verdict::KeepTesting)
    }

    /// The same until a verdict is firm.
    pub fn still_to_spend_firm(&self, cost: f64, deals: f64) -> Option<f64> {
        first(cost, deals, |cost, deals| self.is_firm(cost, deals, self.likely(cost, deals)))
    }

    /// What would change the likely verdict; cost > 0.
    pub fn changes(&self, cost: f64, deals: f64) -> Changes {
        Changes { deals: self.change_by_deals(cost, deals), cost: self.change_by_cost(cost, deals) }
    }

    /// A verdict changes only where P(M ≥ 1) or P(M ≥ T) passes q or 1 − q, or with the first deal.
    fn change_by_deals(&self, cost: f64, deals: f64) -> Option<(u64, Verdict)> {
        let now = self.likely(cost, deals);
        let passes =
            |more: u64, (multiple, ln_p): (f64, f64)| self.ln_reaches(cost, deals + more as f64, multiple).0 > ln_p;
        let first_deal = (1.0 - deals).ceil().max(1.0) as u64;
        let mut turns: Vec<u64> =
            self.turns().into_iter().filter_map(|turn| least(|more| passes(more, turn))).chain([first_deal]).collect();
        turns.sort_unstable();
        turns
            .into_iter()
            .filter(|&more| more > 0)
            .map(|more| (more, self.likely(cost, deals + more as f64)))
            .find(|(_, then)| *then != now)
    }

    /// P(M ≥ x) = p where C x / g₁ is the 1 − p quantile of Gamma(D + ½).
    fn change_by_cost(&self, cost: f64, deals: f64) -> Option<(f64, Verdict)> {
        /// Just past the turn, where rounding cannot hold it back.
        const PAST: f64 = 1.0 + 1e-12;
        let now = self.likely(cost, deals);
        let mut turns = self
            .turns()
            .map(|(multiple, ln_p)| PAST * self.cost_of(gamma_quantile(deals + 0.5, -ln_p.exp_m1()), multiple));
        turns.sort_by(f64::total_cmp);
        turns
            .into_iter()
            .filter(|&then| then > cost)
            .map(|then| (then - cost, self.likely(then, deals)))
            .find(|(_, then)| *then != now)
    }

    /// The multiples and the logarithms of the probabilities at which verdicts turn.
    fn turns(&self) -> [(f64, f64); 4] {
        let (sure, hardly) = self.ln_confidence();
        [(1.0, sure), (1.0, hardly), (self.target, sure), (self.target, hardly)]
    }

    /// What a decision taken now may lose, if `then_spend` follows a decision to scale; cost > 0.
    ///
    /// With k = D + ½ and c = C / g₁: E[max(0, 1−M)] = (1 − k/c) P(k, c) + cᵏe⁻ᶜ/(Γ(k) c), and E[max(0, M−1)] with
    /// Q(k, c) and the sign of the first term turned.
    pub fn at_stake(&self, cost: f64, deals: f64, then_spend: f64) -> AtStake {
        let (k, c) = (deals + 0.5, self.expected(cost, 1.0));
        let (below, above) = ln_gamma_pq(k, c);
        let short = 1.0 - k / c;
        let edge = ln_gamma_density(k, c).exp() / c;
        let lost = |mean: f64| then_spend * mean.max(0.0);
        AtStake { scale: lost(short * below.exp() + edge), stop: lost(edge - short * above.exp()) }
    }
}

/// The smallest further cost at which `settled(cost, deals)` holds. The mean stays what it is when deals go on at the
/// mean rate, and the posterior's shape grows with the cost.
fn first(cost: f64, deals: f64, settled: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let at = |times: f64| settled(cost * times, (deals + 0.5) * times - 0.5);
    if settled(cost, deals) {
        return Some(0.0);
    }
    let mut low = 1.0;
    for step in 1..=STEPS {
        let mut high = (1.0 + HORIZON).powf(f64::from(step) / f64::from(STEPS));
        if at(high) {
            while high - low > 1e-13 * high {
                let middle = f64::midpoint(low, high);
                if middle <= low || middle >= high {
                    break;
                }
                if at(middle) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return Some(cost * (high - 1.0));
        }
        low = high;
    }
    None
}

/// The least number from 0 for which `holds` is true, which it then is for all greater ones.
pub(super) fn least(holds: impl Fn(u64) -> bool) -> Option<u64> {
    if holds(0) {
        return Some(0);
    }
    let mut high = 1;
    while !holds(high) {
        high *= 2;
        if high > MOST_DEALS {
            return None;
        }
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}
