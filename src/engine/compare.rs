//! What differs between two sets of figures of one plan, and what a sum over periods is for one of them.

use crate::plan::Link;

use super::figures::Figures;
use super::improve::Improve;

impl Figures {
    /// How much a link's rate is above that of `before`, in the unit in which it is shown: for Invest cost per
    /// method, in currency. `None` where either is unknown, or where they are counted per different stages.
    pub fn rate_change(&self, before: &Self, link: Link) -> Option<f64> {
        if link == Link::Invest {
            return Some(self.cost_per_method()? - before.cost_per_method()?);
        }
        let (now, then) = (self.link(link), before.link(link));
        if now.per != then.per {
            return None;
        }
        Some(now.rate? - then.rate?)
    }
}

impl Improve {
    /// The part of a gain over the chosen periods that falls to one of them.
    pub fn per_period(&self, gain: f64) -> f64 {
        gain / self.periods as f64
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::{Date, date};

    use super::super::{Analysis, Analyst, Scope, Span};
    use crate::plan::{Brief, Cadence, Channel, Field, Layer, Link, Plan, Record};

    const SEPTEMBER: Date = date(2026, 9, 1);
    const OCTOBER: Date = date(2026, 10, 1);

    fn analysed(span: Span) -> Arc<Analysis> {
        let mut seo = Channel::new("SEO");
        let record = |spend, uv| Record::default().with(Field::Spend, spend).with(Field::Uv, uv);
        seo.actual = [
            (SEPTEMBER, record(100.0, 200.0).with(Field::Consults, 10.0).with(Field::Deals, 2.0)),
            (OCTOBER, record(150.0, 200.0).with(Field::Consults, 10.0).with(Field::Pv, 400.0).with(Field::Deals, 3.0)),
        ]
        .into_iter()
        .collect();
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.brief.economics.order_value = Some(10.0);
        plan.channels.push_back(Arc::new(seo));
        Analyst::default().analyse(&plan, &Scope { layer: Layer::Actual, span }, 0.1)
    }

    #[test]
    fn a_rate_is_compared_only_with_one_counted_alike() {
        let (before, now) = (analysed(Span::one(SEPTEMBER)), analysed(Span::one(OCTOBER)));
        let change = |link| now.total.rate_change(&before.total, link);
        assert_eq!(change(Link::Invest), Some(50.0), "a method costs more");
        assert!((change(Link::Close).unwrap() - 0.1).abs() < 1e-12);
        assert_eq!(change(Link::Depth), None, "there were no page views before");
        assert_eq!(change(Link::Consult), None, "it was counted per visitor before, and is per page view now");
    }

    #[test]
    fn gains_over_two_months_are_halved_for_one() {
        let both = analysed(Span::All);
        assert_eq!(both.improve.per_period(30.0), 15.0);
    }
}
