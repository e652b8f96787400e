//! Sums over many channels, in blocks: after an edit only the block that holds the changed channel is summed anew.
//!
//! Which channels make a block depends on their places alone, and blocks are added up in their order. So the totals are
//! the same to the last bit however a plan was reached: typed, undone, or read from a file.

use std::sync::Arc;

use imbl::Vector;

use crate::plan::{Channel, Field, Link};

use super::chain::Per;
use super::sums::Counted;
use super::tally::{Pair, Tally};

/// So many channels make a block.
const BLOCK: usize = 64;

/// The sums of several channels.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// All but what depends on where links start.
    tally: Tally,
    /// The five counted links, by where they start in the channels.
    pairs: [[Pair; Per::STARTS.len()]; 5],
    /// Channels with a positive cost, actions or visitors.
    pub(super) methods: usize,
    /// Channels with a cost and no known gross profit.
    pub(super) without_result: usize,
}

impl Sum {
    fn empty() -> Self {
        let pairs = [Per::STARTS.map(|per| Pair::empty(Some(per))); 5];
        Self { tally: Tally::empty(), pairs, methods: 0, without_result: 0 }
    }

    fn add(&mut self, tally: &Tally) {
        self.tally.absorb(tally);
        self.methods += usize::from(tally.is_method());
        self.without_result += usize::from(tally.is_without_result());
        for (sums, pair) in self.pairs.iter_mut().zip(&tally.pairs) {
            if let Some(sum) = sums.iter_mut().find(|sum| sum.per == pair.per) {
                sum.absorb(pair);
            }
        }
    }

    fn absorb(&mut self, more: &Self) {
        self.tally.absorb(&more.tally);
        self.methods += more.methods;
        self.without_result += more.without_result;
        for (sum, more) in self.pairs.iter_mut().flatten().zip(more.pairs.iter().flatten()) {
            sum.absorb(more);
        }
    }

    /// The sums as those of one channel. A link starts at the nearest stage above it that any channel has measured;
    /// channels that start further up do not take part in its rate. Actions of different units have no total.
    pub(super) fn tally(&self, one_unit: bool) -> Tally {
        let mut total = self.tally.clone();
        if !one_unit {
            total.sums[Field::Actions as usize] = None;
        }
        let sums = total.sums;
        for (at, link) in Link::COUNTED.into_iter().enumerate() {
            let per = Per::nearest(link, |field| sums[field as usize].is_some());
            let found = self.pairs[at].iter().find(|pair| pair.per == per);
            total.pairs[at] = found.copied().unwrap_or(Pair::empty(per));
        }
        total
    }
}

/// What the actions of several channels are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Unit {
    Unsaid,
    One(String),
    Several,
}

impl Unit {
    fn absorb(&mut self, more: &Self) {
        match (&*self, more) {
            (_, Self::Unsaid) => {}
            (Self::Unsaid, _) => *self = more.clone(),
            (Self::One(unit), Self::One(other)) if unit == other => {}
            _ => *self = Self::Several,
        }
    }
}

/// The sums of one block of channels.
#[derive(Debug, Clone)]
struct Block {
    all: Sum,
    /// Those of the active ones; `None` where all are.
    active: Option<Sum>,
    unit: Unit,
}

impl Block {
    fn of(members: &[(&Channel, &Arc<Counted>)]) -> Self {
        let sum = |counts: &dyn Fn(&Channel) -> bool| {
            let mut sum = Sum::empty();
            members.iter().filter(|(channel, _)| counts(channel)).for_each(|(_, counted)| sum.add(&counted.tally));
            sum
        };
        let some_off = members.iter().any(|(channel, _)| !channel.active);
        let mut unit = Unit::Unsaid;
        for (channel, _) in members {
            unit.absorb(&Unit::One(channel.unit.clone()));
        }
        Self { all: sum(&|_| true), active: some_off.then(|| sum(&|channel| channel.active)), unit }
    }
}

/// The sums of all channels of a plan, block by block.
#[derive(Debug, Clone, Default)]
pub(super) struct Blocks(Vec<Arc<Block>>);

/// What all channels of a plan come to.
pub(super) struct Totals {
    pub(super) all: Sum,
    /// Of the active channels; `None` where all are.
    pub(super) active: Option<Sum>,
    /// True where all channels count their actions in the same unit.
    pub(super) one_unit: bool,
}

impl Blocks {
    /// The blocks of `channels` with what was counted of each. Those of `before` are taken over where they hold the very
    /// same counts.
    pub(super) fn of(
        channels: &Vector<Arc<Channel>>,
        counted: &Vector<Arc<Counted>>,
        before: Option<(&Vector<Arc<Counted>>, &Self)>,
    ) -> Self {
        let (mut members, mut known) = (channels.iter().zip(counted), before.map(|(counted, _)| counted.iter()));
        let blocks = (0..channels.len().div_ceil(BLOCK)).map(|at| {
            let members: Vec<(&Channel, &Arc<Counted>)> =
                members.by_ref().take(BLOCK).map(|(channel, counted)| (channel.as_ref(), counted)).collect();
            let known: Vec<&Arc<Counted>> = known.iter_mut().flatten().take(BLOCK).collect();
            let same = known.len() == members.len()
                && members.iter().zip(known).all(|((_, counted), known)| Arc::ptr_eq(counted, known));
            let block = before.and_then(|(_, blocks)| blocks.0.get(at)).filter(|_| same);
            block.map_or_else(|| Arc::new(Block::of(&members)), Arc::clone)
        });
        Self(blocks.collect())
    }

    /// All blocks together.
    pub(super) fn totals(&self) -> Totals {
        let (mut all, mut active, mut unit) = (Sum::empty(), Sum::empty(), Unit::Unsaid);
        let some_off = self.0.iter().any(|block| block.active.is_some());
        for block in &self.0 {
            all.absorb(&block.all);
            if some_off {
                active.absorb(block.active.as_ref().unwrap_or(&block.all));
            }
            unit.absorb(&block.unit);
        }
        Totals { all, active: some_off.then_some(active), one_unit: unit != Unit::Several }
    }
}
