//! How much of two lists is the same, told by pointer.

use std::sync::Arc;

use imbl::Vector;

/// How much of two lists is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// So many entries at the beginning.
    pub begin: usize,
    /// So many at the end, of those that are left.
    pub end: usize,
}

impl Alike {
    /// Compares two lists entry by entry. What one list took over from the other lies in the same leaves, which are
    /// passed over as a whole: ten thousand entries of which one was edited cost as much as a few hundred.
    pub fn of<T>(left: &Vector<Arc<T>>, right: &Vector<Arc<T>>) -> Self {
        if left.ptr_eq(right) {
            return Self { begin: left.len(), end: 0 };
        }
        let begin = same_from_begin(left.leaves(), right.leaves());
        let room = left.len().min(right.len()) - begin;
        let end = same_from_end(left.leaves().rev(), right.leaves().rev());
        Self { begin, end: end.min(room) }
    }
}

fn same_from_begin<'a, T: 'a>(
    mut lefts: impl Iterator<Item = &'a [Arc<T>]>,
    mut rights: impl Iterator<Item = &'a [Arc<T>]>,
) -> usize {
    let (mut left, mut right): (&[Arc<T>], &[Arc<T>]) = (&[], &[]);
    let mut same = 0;
    while let (Some(some), Some(other)) = (or_next(left, &mut lefts), or_next(right, &mut rights)) {
        let len = some.len().min(other.len());
        let (some, other) = (some.split_at(len), other.split_at(len));
        let alike = if some.0.as_ptr() == other.0.as_ptr() {
            len
        } else {
            some.0.iter().zip(other.0).take_while(|(some, other)| Arc::ptr_eq(some, other)).count()
        };
        same += alike;
        if alike < len {
            break;
        }
        (left, right) = (some.1, other.1);
    }
    same
}

/// The same, of leaves that come the last one first.
fn same_from_end<'a, T: 'a>(
    mut lefts: impl Iterator<Item = &'a [Arc<T>]>,
    mut rights: impl Iterator<Item = &'a [Arc<T>]>,
) -> usize {
    let (mut left, mut right): (&[Arc<T>], &[Arc<T>]) = (&[], &[]);
    let mut same = 0;
    while let (Some(some), Some(other)) = (or_next(left, &mut lefts), or_next(right, &mut rights)) {
        let len = some.len().min(other.len());
        let (some, other) = (some.split_at(some.len() - len), other.split_at(other.len() - len));
        let alike = if some.1.as_ptr() == other.1.as_ptr() {
            len
        } else {
            some.1.iter().rev().zip(other.1.iter().rev()).take_while(|(some, other)| Arc::ptr_eq(some, other)).count()
        };
        same += alike;
        if alike < len {
            break;
        }
        (left, right) = (some.0, other.0);
    }
    same
}

/// What is left of a leaf, or the next one that holds something.
fn or_next<'a, T>(rest: &'a [T], leaves: &mut impl Iterator<Item = &'a [T]>) -> Option<&'a [T]> {
    if rest.is_empty() { leaves.find(|leaf| !leaf.is_empty()) } else { Some(rest) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    /// The same, entry by entry.
    fn plainly(left: &Vector<Arc<usize>>, right: &Vector<Arc<usize>>) -> Alike {
        let same = |(left, right): &(&Arc<usize>, &Arc<usize>)| Arc::ptr_eq(left, right);
        let begin = left.iter().zip(right).take_while(same).count();
        let room = left.len().min(right.len()) - begin;
        Alike { begin, end: left.iter().rev().zip(right.iter().rev()).take(room).take_while(same).count() }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(21), failure_persistence: None, ..ProptestConfig::default() })]

        /// Lists of all lengths that came out of each other by edits, so that they share leaves, moved or not.
        #[test]
        fn leaves_and_entries_say_the_same(len in 0usize..700, edits in prop::collection::vec((0..4u8, any::<prop::sample::Index>()), 0..6)) {
            let list: Vector<Arc<usize>> = (0..len).map(Arc::new).collect();
            let mut edited = list.clone();
            for (edit, at) in edits {
                let at = at.index(edited.len() + 1);
                match edit {
                    0 => edited.insert(at, Arc::new(0)),
                    _ if at == edited.len() => {}
                    1 => drop(edited.remove(at)),
                    2 => drop(edited.set(at, Arc::new(1))),
                    _ => {
                        let moved = edited.remove(at);
                        edited.push_back(moved);
                    }
                }
            }
            prop_assert_eq!(Alike::of(&list, &edited), plainly(&list, &edited));
            let apart: Vector<Arc<usize>> = edited.iter().cloned().collect();
            prop_assert_eq!(Alike::of(&apart, &edited), Alike { begin: edited.len(), end: 0 });
        }
    }
}
