//! What changed from one list of a plan to the next: a run of entries that was cut out, and what was put there.

use std::collections::HashMap;
use std::sync::Arc;

use imbl::Vector;
use serde::Deserialize;

use crate::plan::Alike;
use crate::store::format::Ink;

/// One entry of what was put: an old entry of the run, by its place in it, or a new one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Piece<T> {
    #[serde(default = "none")]
    old: Option<u64>,
    #[serde(default = "none")]
    new: Option<Arc<T>>,
}

fn none<T>() -> Option<T> {
    None
}

/// A change of a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Splice<T> {
    /// Where the run begins.
    at: u64,
    /// How many entries were cut out there.
    cut: u64,
    /// What stands there now.
    put: Vec<Piece<T>>,
}

impl<T: Clone> Splice<T> {
    /// The change from `old` to `new`, entries told apart by pointer; `None` where nothing changed.
    pub(super) fn between(old: &Vector<Arc<T>>, new: &Vector<Arc<T>>) -> Option<Self> {
        let Alike { begin: at, end: tail } = Alike::of(old, new);
        if at == old.len() && at == new.len() {
            return None;
        }
        let cut = old.len() - tail - at;
        let places: HashMap<*const T, u64> = old.iter().skip(at).take(cut).map(Arc::as_ptr).zip(0..).collect();
        let put = new.iter().skip(at).take(new.len() - tail - at).map(|entry| match places.get(&Arc::as_ptr(entry)) {
            Some(&place) => Piece { old: Some(place), new: None },
            None => Piece { old: None, new: Some(Arc::clone(entry)) },
        });
        Some(Self { at: at as u64, cut: cut as u64, put: put.collect() })
    }

    /// The list after the change; `None` where the change belongs to another list.
    pub(super) fn apply(&self, old: &Vector<Arc<T>>) -> Option<Vector<Arc<T>>> {
        let (at, cut) = (usize::try_from(self.at).ok()?, usize::try_from(self.cut).ok()?);
        if at.checked_add(cut)? > old.len() {
            return None;
        }
        if let Some(replaced) = self.replaced() {
            // Shares all else with the old list, which a list that was taken apart does not.
            let mut new = old.clone();
            for (at, entry) in replaced {
                new.set(at, Arc::clone(entry));
            }
            return Some(new);
        }
        let (mut new, rest) = old.clone().split_at(at);
        for piece in &self.put {
            new.push_back(match (piece.old, &piece.new) {
                (Some(place), None) if place < self.cut => Arc::clone(old.get(at + usize::try_from(place).ok()?)?),
                (None, Some(entry)) => Arc::clone(entry),
                _ => return None,
            });
        }
        new.append(rest.skip(cut));
        Some(new)
    }

    /// What the list after the change needs of its own, in bytes, at most: without its entries.
    pub(super) fn weight(&self, old: &Vector<Arc<T>>) -> usize {
        const PLACE: usize = 2 * size_of::<usize>();
        if self.replaced().is_some() { 0 } else { PLACE * (old.len() + self.put.len()) }
    }

    /// What is new.
    pub(super) fn added(&self) -> impl Iterator<Item = &Arc<T>> {
        self.put.iter().filter_map(|piece| piece.new.as_ref())
    }

    /// Where the change only puts new entries in place of as many old ones: each place with its new entry.
    pub(super) fn replaced(&self) -> Option<impl Iterator<Item = (usize, &Arc<T>)>> {
        let all_new = self.put.len() as u64 == self.cut
            && self.put.iter().all(|piece| piece.old.is_none() && piece.new.is_some());
        all_new.then(|| (self.at as usize..).zip(self.added()))
    }

    pub(super) fn write(&self, ink: &mut Ink, name: &str, entry: impl Fn(&mut Ink, &T)) {
        ink.field(name);
        ink.block("(", ")", |ink| {
            ink.line("at", |ink| ink.number(self.at as f64));
            ink.line("cut", |ink| ink.number(self.cut as f64));
            ink.field("put");
            ink.block("[", "]", |ink| {
                for piece in &self.put {
                    match (piece.old, &piece.new) {
                        (Some(place), _) => ink.raw(&format!("(old: {place}),\n")),
                        (None, Some(new)) => {
                            ink.raw("(new: ");
                            entry(ink, new);
                            ink.raw("),\n");
                        }
                        (None, None) => {}
                    }
                }
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_a_list_is_repeated() {
        let entries: Vec<Arc<u32>> = (0..8).map(Arc::new).collect();
        let list = |places: &[usize]| places.iter().map(|&at| Arc::clone(&entries[at])).collect::<Vector<_>>();
        let lists = [
            list(&[]),
            list(&[0]),
            list(&[0, 1, 2, 3]),
            list(&[0, 2, 3]),
            list(&[0, 7, 2, 3]),
            list(&[3, 0, 1, 2]),
            list(&[0, 0, 1, 1]),
            list(&[4, 5, 6, 0, 1, 2, 3]),
            list(&[3, 2, 1, 0, 7]),
        ];
        for old in &lists {
            for new in &lists {
                match Splice::between(old, new) {
                    None => assert_eq!(old, new),
                    Some(splice) => assert_eq!(splice.apply(old).as_ref(), Some(new)),
                }
            }
        }
    }

    #[test]
    fn one_changed_entry_is_all_that_is_kept_of_a_long_list() {
        let old: Vector<Arc<u32>> = (0..10_000).map(Arc::new).collect();
        let mut new = old.clone();
        new.set(5000, Arc::new(1));
        let splice = Splice::between(&old, &new).unwrap();
        assert_eq!((splice.at, splice.cut, splice.put.len()), (5000, 1, 1));
        assert_eq!(splice.replaced().unwrap().count(), 1);
    }

    #[test]
    fn a_change_of_another_list_is_refused() {
        let list: Vector<Arc<u32>> = (0..3).map(Arc::new).collect();
        let piece = |old, new: Option<u32>| Piece { old, new: new.map(Arc::new) };
        for (at, cut, put) in [
            (4, 0, vec![]),
            (2, 2, vec![]),
            (u64::MAX, 1, vec![]),
            (0, u64::MAX, vec![]),
            (0, 1, vec![piece(Some(1), None)]),
            (0, 1, vec![piece(None, None)]),
            (0, 1, vec![piece(Some(0), Some(1))]),
        ] {
            assert_eq!(Splice { at, cut, put }.apply(&list), None);
        }
    }
}
