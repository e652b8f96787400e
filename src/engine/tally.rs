//! The sums of one channel over the chosen records: everything that needs to see each record.

use jiff::civil::Date;

use crate::plan::{Economics, Field, Link, Record};

use super::chain::{Per, add, numerator, ratio};

/// Visitors down to referrals: the stages that believed counts are computed for.
pub(super) const STAGES: [Field; 6] =
    [Field::Uv, Field::Pv, Field::Consults, Field::Deals, Field::Repeats, Field::Referrals];

/// What one record costs and brings, each `None` where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Money {
    /// Spend and hours, currency.
    pub cost: Option<f64>,
    /// Deals, repeat orders and referrals.
    pub orders: Option<f64>,
    /// Recorded revenue, else orders × order value; currency.
    pub revenue: Option<f64>,
    /// Margin × revenue, currency.
    pub gross_profit: Option<f64>,
}

impl Money {
    /// docs/model.md, "Money, for one record or one sum of records".
    pub fn of(record: &Record, economics: Economics) -> Self {
        let (spend, hours) = (record.get(Field::Spend), record.get(Field::Hours));
        let cost = (spend.is_some() || hours.is_some())
            .then(|| spend.unwrap_or(0.0) + hours.unwrap_or(0.0) * economics.hourly_cost.unwrap_or(0.0));
        let orders = record.get(Field::Deals).map(|deals| {
            deals + record.get(Field::Repeats).unwrap_or(0.0) + record.get(Field::Referrals).unwrap_or(0.0)
        });
        let revenue = record.get(Field::Revenue).or_else(|| Some(orders? * economics.order_value?));
        let gross_profit = revenue.map(|revenue| economics.margin.unwrap_or(1.0) * revenue);
        Self { cost, orders, revenue, gross_profit }
    }

    fn absorb(&mut self, more: Self) {
        add(&mut self.cost, more.cost);
        add(&mut self.orders, more.orders);
        add(&mut self.revenue, more.revenue);
        add(&mut self.gross_profit, more.gross_profit);
    }
}

/// Cost and number of the records that a rate rests on: what its coverage is a share of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ground {
    pub(super) cost: f64,
    pub(super) records: usize,
}

impl Ground {
    pub(super) fn add(&mut self, more: Self) {
        self.cost += more.cost;
        self.records += more.records;
    }

    fn add_record(&mut self, money: Money) {
        self.cost += money.cost.unwrap_or(0.0);
        self.records += 1;
    }

    /// This ground as a share of the whole: of its cost, or of its records where there is no cost.
    pub(super) fn share_of(self, whole: Self) -> Option<f64> {
        if whole.cost > 0.0 {
            Some(self.cost / whole.cost)
        } else {
            ratio(Some(self.records as f64), Some(whole.records as f64))
        }
    }
}

/// A counted link: numerator and denominator over the records in which both are known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// Where the link starts; `None` where nothing above it was measured.
    pub(super) per: Option<Per>,
    pub(super) x: f64,
    pub(super) n: f64,
    pub(super) ground: Ground,
    /// Periods with a denominator above 0.
    pub(super) periods: usize,
    /// Σ (xᵢ − nᵢ r)² / nᵢ about the pooled rate r: Pearson's χ² before its variance factor.
    pub(super) scatter: f64,
}

impl Pair {
    pub(super) const fn empty(per: Option<Per>) -> Self {
        Self { per, x: 0.0, n: 0.0, ground: Ground { cost: 0.0, records: 0 }, periods: 0, scatter: 0.0 }
    }

    /// Adds the counts of another channel whose link starts at the same stage.
    pub(super) fn absorb(&mut self, more: &Self) {
        self.x += more.x;
        self.n += more.n;
        self.ground.add(more.ground);
    }

    /// Numerator / denominator; `None` where the denominator is 0 or nothing was measured.
    pub(super) fn rate(&self) -> Option<f64> {
        ratio(Some(self.x), Some(self.n))
    }
}

/// Everything that is summed over the chosen records of one channel.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    pub(super) sums: [Option<f64>; 10],
    pub(super) records: usize,
    pub(super) money: Money,
    pub(super) whole: Ground,
    /// Records with visitors known, for the coverage of Reach.
    pub(super) reach: Ground,
    /// Gross profit and orders over the records in which both are known, for Value.
    pub(super) value: (f64, f64, Ground),
    /// The five counted links, in the order of [`Link::COUNTED`].
    pub(super) pairs: [Pair; 5],
    /// Sums of the [`STAGES`] by which of them a record knows (one bit each): believed counts are linear in them.
    pub(super) patterns: Vec<(u8, [f64; 6])>,
    /// Which of the sums rest on a forecast number.
    pub(super) forecast: [bool; 10],
}

/// One channel's chosen records, as often as they are wanted.
pub(super) trait Chosen<'a>: Iterator<Item = (Date, &'a Record)> + Clone {}
impl<'a, I: Iterator<Item = (Date, &'a Record)> + Clone> Chosen<'a> for I {}

impl Tally {
    /// The sums of no record.
    pub(super) const fn empty() -> Self {
        const NOTHING: Ground = Ground { cost: 0.0, records: 0 };
        Self {
            sums: [None; 10],
            records: 0,
            money: Money { cost: None, orders: None, revenue: None, gross_profit: None },
            whole: NOTHING,
            reach: NOTHING,
            value: (0.0, 0.0, NOTHING),
            pairs: [Pair::empty(None); 5],
            patterns: Vec::new(),
            forecast: [false; 10],
        }
    }

    /// Adds another channel's sums: all but what depends on where its links start.
    pub(super) fn absorb(&mut self, more: &Self) {
        for (sum, more) in self.sums.iter_mut().zip(more.sums) {
            add(sum, more);
        }
        self.records += more.records;
        self.money.absorb(more.money);
        self.whole.add(more.whole);
        self.reach.add(more.reach);
        self.value.0 += more.value.0;
        self.value.1 += more.value.1;
        self.value.2.add(more.value.2);
        self.forecast.iter_mut().zip(more.forecast).for_each(|(mark, more)| *mark |= more);
    }

    pub(super) fn of<'a>(records: &impl Chosen<'a>, economics: Economics, forecast: [bool; 10]) -> Self {
        let mut tally = Self { forecast, ..Self::empty() };
        for (_, record) in records.clone() {
            tally.add_record(record, Money::of(record, economics));
        }
        let sums = tally.sums;
        tally.pairs = Link::COUNTED
            .map(|link| pair(link, Per::nearest(link, |field| sums[field as usize].is_some()), records, economics));
        tally
    }

    fn add_record(&mut self, record: &Record, money: Money) {
        self.records += 1;
        for field in Field::ALL {
            add(&mut self.sums[field as usize], record.get(field));
        }
        self.money.absorb(money);
        self.whole.add_record(money);
        if record.get(Field::Uv).is_some() {
            self.reach.add_record(money);
        }
        if let (Some(gross_profit), Some(orders)) = (money.gross_profit, money.orders) {
            self.value.0 += gross_profit;
            self.value.1 += orders;
            self.value.2.add_record(money);
        }
        self.add_pattern(record);
    }

    fn add_pattern(&mut self, record: &Record) {
        let mut known = 0u8;
        let mut counts = [0.0; 6];
        for (at, field) in STAGES.into_iter().enumerate() {
            if let Some(count) = record.get(field) {
                known |= 1 << at;
                counts[at] = count;
            }
        }
        match self.patterns.iter_mut().find(|pattern| pattern.0 == known) {
            Some(pattern) => pattern.1.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count),
            None => self.patterns.push((known, counts)),
        }
    }

    /// Gross profit per order as observed; `None` where no record knows both.
    pub(super) fn value_per_order(&self) -> Option<f64> {
        ratio(Some(self.value.0), Some(self.value.1))
    }

    /// True where the channel is a method at work: a positive cost, actions or visitors.
    pub(super) fn is_method(&self) -> bool {
        is_at_work(self.money.cost, &self.sums)
    }

    /// True where it has a cost and no known gross profit.
    pub(super) fn is_without_result(&self) -> bool {
        self.money.cost.is_some_and(|cost| cost > 0.0) && self.money.gross_profit.is_none()
    }
}

/// True with a positive cost, actions or visitors.
pub(super) fn is_at_work(cost: Option<f64>, sums: &[Option<f64>; 10]) -> bool {
    let signs = [cost, sums[Field::Actions as usize], sums[Field::Uv as usize]];
    signs.into_iter().flatten().any(|number| number > 0.0)
}

fn pair<'a>(link: Link, per: Option<Per>, records: &impl Chosen<'a>, economics: Economics) -> Pair {
    let mut pair = Pair::empty(per);
    for (x, n, record) in known_pairs(link, per, records.clone()) {
        pair.x += x;
        pair.n += n;
        pair.ground.add_record(Money::of(record, economics));
        pair.periods += usize::from(n > 0.0);
    }
    if let Some(rate) = pair.rate() {
        pair.scatter = known_pairs(link, per, records.clone())
            .filter(|(_, n, _)| *n > 0.0)
            .map(|(x, n, _)| (x - n * rate).powi(2) / n)
            .sum();
    }
    pair
}

/// Numerator, denominator and record, wherever both ends of the link are known.
pub(super) fn known_pairs<'a>(
    link: Link,
    per: Option<Per>,
    records: impl Chosen<'a>,
) -> impl Iterator<Item = (f64, f64, &'a Record)> {
    let ends = numerator(link).zip(per.and_then(Per::field));
    records.filter_map(move |(_, record)| {
        let (above, below) = ends?;
        Some((record.get(above)?, record.get(below)?, record))
    })
}
