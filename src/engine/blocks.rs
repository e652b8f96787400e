//! Sums over many channels, in blocks: after an edit only the block that holds the changed channel is summed anew.
//!
//! Which channels make a block depends on their names and order alone, and blocks are added up in their order. So the
//! totals are the same to the last bit however a plan was reached: typed, undone, or read from a file. And since names say
//! where blocks end, a channel that comes or goes moves the blocks behind it as they are.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use imbl::Vector;

use crate::plan::{Alike, Channel, Field, Link};

use super::chain::Per;
use super::sums::Counted;
use super::tally::{Pair, Tally};

/// A block has so many channels at least, but for the last one, so that few channels are summed as they stand.
const LEAST: usize = 64;
/// So many channels are a block whatever their names.
const MOST: usize = 256;
/// Of so many names one ends a block that is long enough.
const ONE_IN: u64 = 32;

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

/// True where a block that is long enough ends with a channel of that name.
pub(super) fn may_end_block(name: &str) -> bool {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish().is_multiple_of(ONE_IN)
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
    fn of(members: &[(&Arc<Channel>, &Arc<Counted>)]) -> Self {
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
pub(super) struct Blocks {
    blocks: Vec<Arc<Block>>,
    /// Where each block ends: the place behind its last channel.
    ends: Vec<usize>,
}

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
        let none = Self::default();
        let (known, before) = before.map_or((None, &none), |(known, before)| (Some(known), before));
        let same = known.map_or(Alike { begin: 0, end: 0 }, |known| Alike::of(known, counted));
        // A block that ends where the lists begin to differ may go on now.
        let head = before.ends.partition_point(|end| *end < same.begin);
        let mut blocks = Self { blocks: before.blocks[..head].to_vec(), ends: before.ends[..head].to_vec() };
        let was = |at: usize| (at + known.map_or(0, Vector::len)).checked_sub(channels.len());
        while blocks.len() < channels.len() {
            let begin = blocks.len();
            // From where a block began before on, with nothing but the same counts behind it, all is as it was.
            let tail = was(begin)
                .filter(|_| begin >= channels.len() - same.end)
                .and_then(|was| Some((was, before.ends.binary_search(&was).ok()? + 1)));
            if let Some((was, tail)) = tail {
                blocks.blocks.extend_from_slice(&before.blocks[tail..]);
                blocks.ends.extend(before.ends[tail..].iter().map(|end| end - was + begin));
                break;
            }
            let members = members_from(begin, channels, counted);
            blocks.ends.push(begin + members.len());
            blocks.blocks.push(Arc::new(Block::of(&members)));
        }
        blocks
    }

    /// How many channels they hold.
    fn len(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// All blocks together.
    pub(super) fn totals(&self) -> Totals {
        let (mut all, mut active, mut unit) = (Sum::empty(), Sum::empty(), Unit::Unsaid);
        let some_off = self.blocks.iter().any(|block| block.active.is_some());
        for block in &self.blocks {
            all.absorb(&block.all);
            if some_off {
                active.absorb(block.active.as_ref().unwrap_or(&block.all));
            }
            unit.absorb(&block.unit);
        }
        Totals { all, active: some_off.then_some(active), one_unit: unit != Unit::Several }
    }
}

/// The channels of the block that begins there, with what was counted of each.
fn members_from<'a>(
    begin: usize,
    channels: &'a Vector<Arc<Channel>>,
    counted: &'a Vector<Arc<Counted>>,
) -> Vec<(&'a Arc<Channel>, &'a Arc<Counted>)> {
    let mut members = Vec::with_capacity(LEAST);
    for at in begin..channels.len().min(begin + MOST) {
        members.push((&channels[at], &counted[at]));
        if members.len() >= LEAST && counted[at].may_end_block {
            break;
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::sums::Sums;
    use crate::engine::{Scope, Span};
    use crate::plan::{Brief, Cadence, Layer, Plan};

    fn sums(plan: &Plan, before: Option<&Sums>) -> Arc<Sums> {
        Sums::of(plan, &Scope { layer: Layer::Actual, span: Span::All }, &[], before)
    }

    fn named(at: usize) -> Arc<Channel> {
        Arc::new(Channel::new(format!("channel {at}")))
    }

    #[test]
    fn blocks_end_where_they_would_from_nothing_and_few_are_summed_anew() {
        let mut plan = Plan::new(Brief::new("p", Cadence::Month));
        plan.channels = (0..3000).map(named).collect();
        let first = sums(&plan, None);
        for (at, what) in [(0, 0), (0, 1), (1500, 0), (1500, 1), (2999, 0), (2999, 1), (3000, 1), (700, 2), (0, 2)] {
            let mut edited = plan.clone();
            match what {
                0 => drop(edited.channels.remove(at)),
                1 => edited.channels.insert(at, named(at + 5000)),
                _ => drop(edited.channels.set(at, named(at + 5000))),
            }
            let (after, anew) = (sums(&edited, Some(&first)), sums(&edited, None));
            assert_eq!(after.blocks.ends, anew.blocks.ends, "{what} at {at}");
            assert_eq!(after.blocks.len(), edited.channels.len());
            let is_new = |block: &&Arc<Block>| !first.blocks.blocks.iter().any(|known| Arc::ptr_eq(known, block));
            let summed = after.blocks.blocks.iter().filter(is_new).count();
            assert!((1..=4).contains(&summed), "{summed} blocks for {what} at {at}");
        }
        let (_, ends) = first.blocks.ends.split_last().unwrap();
        let long: Vec<usize> = ends.windows(2).map(|ends| ends[1] - ends[0]).collect();
        assert!(long.len() > 15 && long.iter().all(|len| (LEAST..=MOST).contains(len)), "{long:?}");
    }
}
