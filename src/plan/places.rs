//! Where the channels of a plan stood in another plan, of which it came by an edit.

use std::collections::HashMap;
use std::sync::Arc;

use imbl::Vector;

use super::alike::Alike;
use super::channel::Channel;

/// Where the channels of a list stood in another list. A channel is recognised by its pointer, so that ten thousand of
/// them are compared within the time of a keystroke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// So many channels at the beginning stand where they stood.
    begin: usize,
    /// Where each of those that follow stood; `None` for a new one. Behind these, both lists are the same.
    from: Vec<Option<usize>>,
    /// So many channels of the list before stood between what is the same.
    before: usize,
}

impl Places {
    /// How `now` came out of `before`.
    pub fn between(before: &Vector<Arc<Channel>>, now: &Vector<Arc<Channel>>) -> Self {
        let Alike { begin, end } = Alike::of(before, now);
        let old: HashMap<*const Channel, usize> =
            (begin..before.len() - end).map(|at| (Arc::as_ptr(&before[at]), at)).collect();
        let from = (begin..now.len() - end).map(|at| old.get(&Arc::as_ptr(&now[at])).copied()).collect();
        Self { begin, from, before: before.len() - end - begin }
    }

    /// Where the channel in place `at` of the new list stood before; `None` where it is new.
    pub fn old_place(&self, at: usize) -> Option<usize> {
        match at.checked_sub(self.begin) {
            None => Some(at),
            Some(within) if within < self.from.len() => self.from[within],
            Some(within) => Some(self.begin + self.before + within - self.from.len()),
        }
    }

    /// The places of the channels that were not in the list before, ascending.
    pub fn fresh(&self) -> impl Iterator<Item = usize> {
        self.from.iter().zip(self.begin..).filter(|(from, _)| from.is_none()).map(|(_, at)| at)
    }

    /// The places in the list before of the channels that are gone, ascending.
    pub fn gone(&self) -> impl Iterator<Item = usize> {
        let mut kept = vec![false; self.before];
        self.from.iter().flatten().for_each(|at| kept[at - self.begin] = true);
        let begin = self.begin;
        kept.into_iter().enumerate().filter(|(_, kept)| !kept).map(move |(at, _)| begin + at)
    }

    /// What belongs to the channels of the new list: what `before` holds for those of the list before, and `fresh` of the
    /// place of each new one. Shares with `before` all that did not change.
    pub fn carry<T: Clone>(&self, before: &Vector<T>, mut fresh: impl FnMut(usize) -> T) -> Vector<T> {
        if self.keeps_places() {
            let mut now = before.clone();
            self.fresh().for_each(|at| _ = now.set(at, fresh(at)));
            return now;
        }
        let mut now = before.take(self.begin);
        for (from, at) in self.from.iter().zip(self.begin..) {
            now.push_back(from.and_then(|from| before.get(from).cloned()).unwrap_or_else(|| fresh(at)));
        }
        now.append(before.skip(self.begin + self.before));
        now
    }

    /// True where every channel that stayed stands where it stood, and none came or went: what differs are channels
    /// that took the place of another.
    pub fn keeps_places(&self) -> bool {
        self.from.len() == self.before
            && self.from.iter().zip(self.begin..).all(|(from, at)| from.is_none_or(|from| from == at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &str) -> Vector<Arc<Channel>> {
        names.chars().map(|name| Arc::new(Channel::new(name))).collect()
    }

    /// Compares two lists; of the second a letter stands for the channel in that place of the first, `?` for a new one.
    fn compare(before: &str, now: &str) -> (Places, Vec<Option<usize>>) {
        let old = list(before);
        let new = now
            .chars()
            .map(|name| before.find(name).map_or_else(|| Arc::new(Channel::new(name)), |at| Arc::clone(&old[at])))
            .collect();
        let found = Places::between(&old, &new);
        let places = (0..now.len()).map(|at| found.old_place(at)).collect();
        (found, places)
    }

    #[test]
    fn every_channel_is_found_where_it_stood() {
        let pairs =
            [("", ""), ("abc", "abc"), ("abc", "a?c"), ("abc", ""), ("", "??"), ("abcd", "bcd"), ("abcd", "abc")];
        let more = [("abcd", "acbd"), ("abcd", "dabc"), ("abcd", "a?bcd"), ("abcdef", "a?cfe")];
        for (before, now) in pairs.into_iter().chain(more) {
            let (found, places) = compare(before, now);
            let meant: Vec<Option<usize>> = now.chars().map(|name| before.find(name)).collect();
            assert_eq!(places, meant, "{before} → {now}");
            let fresh: Vec<usize> = meant.iter().enumerate().filter(|(_, at)| at.is_none()).map(|(at, _)| at).collect();
            assert_eq!(found.fresh().collect::<Vec<_>>(), fresh, "{before} → {now}");
            let gone: Vec<usize> =
                before.chars().enumerate().filter(|(_, name)| !now.contains(*name)).map(|(at, _)| at).collect();
            assert_eq!(found.gone().collect::<Vec<_>>(), gone, "{before} → {now}");
            let carried = found.carry(&before.chars().collect(), |_| '?');
            assert_eq!(carried.iter().collect::<String>(), now, "{before} → {now}");
        }
    }

    #[test]
    fn what_took_a_place_keeps_all_places_and_a_move_does_not() {
        assert!(compare("abc", "a?c").0.keeps_places());
        assert!(compare("abc", "abc").0.keeps_places());
        assert!(!compare("abc", "acb").0.keeps_places());
        assert!(!compare("abc", "ac").0.keeps_places());
        assert!(!compare("abc", "abc?").0.keeps_places());
    }
}
