//! Figures that take long: the newest answer, and what it is about.

/// Figures `T` that take long, computed for `B`: the records they rest on.
#[derive(Debug, Clone)]
pub struct Slow<B, T> {
    /// What was asked for and is not answered yet, with the request's number.
    asked: Option<(u64, B)>,
    found: Option<(B, T)>,
    /// What could not be computed, and why.
    failed: Option<(B, String)>,
}

/// The newest answer.
#[derive(Debug, PartialEq)]
pub struct Newest<'a, T> {
    /// What was found.
    pub found: &'a T,
    /// It is of other records than those looked at; the new answer is being computed.
    pub old: bool,
}

impl<T> Clone for Newest<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Newest<'_, T> {}

impl<B, T> Default for Slow<B, T> {
    fn default() -> Self {
        Self { asked: None, found: None, failed: None }
    }
}

impl<B: Copy + PartialEq, T> Slow<B, T> {
    /// Notes that figures for `basis` are wanted. Gives the number of a new request where one is to be made, the one
    /// after `last`.
    pub fn want(&mut self, basis: B, last: &mut u64) -> Option<u64> {
        let is_here = |known: Option<B>| known == Some(basis);
        if is_here(self.found.as_ref().map(|found| found.0)) || is_here(self.failed.as_ref().map(|failed| failed.0)) {
            self.asked = None;
            return None;
        }
        if is_here(self.asked.map(|asked| asked.1)) {
            return None;
        }
        *last += 1;
        self.asked = Some((*last, basis));
        Some(*last)
    }

    /// Takes what was computed before it was asked for.
    pub fn know(&mut self, basis: B, found: T) {
        self.found = Some((basis, found));
    }

    /// Takes the answer to the request of that number, and gives the one before where a new one took its place; an answer
    /// that nobody waits for any more is dropped.
    pub fn answered(&mut self, number: u64, answer: Result<T, String>) -> Option<T> {
        let (_, basis) = self.asked.take_if(|asked| asked.0 == number)?;
        match answer {
            Ok(found) => {
                self.failed = None;
                self.found.replace((basis, found)).map(|(_, before)| before)
            }
            Err(reason) => {
                self.failed = Some((basis, reason));
                None
            }
        }
    }

    /// The newest answer; `None` while the first one is being computed.
    pub fn newest(&self, basis: B) -> Option<Newest<'_, T>> {
        self.found.as_ref().map(|(of, found)| Newest { found, old: *of != basis })
    }

    /// Why there is no answer for `basis`; `None` where there is one, or it is being computed.
    pub fn failure(&self, basis: B) -> Option<&str> {
        self.failed.as_ref().filter(|(of, _)| *of == basis).map(|(_, reason)| reason.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_wish_counts_and_the_last_answer_is_shown_as_old_meanwhile() {
        let mut slow: Slow<u8, &str> = Slow::default();
        let mut last = 0;
        assert_eq!((slow.want(1, &mut last), slow.want(1, &mut last)), (Some(1), None));
        assert_eq!(slow.want(2, &mut last), Some(2));
        slow.answered(1, Ok("of one"));
        assert_eq!(slow.newest(2), None, "an answer to an old question is dropped");
        slow.answered(2, Ok("of two"));
        assert_eq!(slow.newest(2), Some(Newest { found: &"of two", old: false }));
        assert_eq!(slow.want(3, &mut last), Some(3));
        assert_eq!(slow.newest(3), Some(Newest { found: &"of two", old: true }));
        assert_eq!(slow.want(2, &mut last), None, "undo leads back to what is known");
        slow.answered(3, Ok("of three"));
        assert_eq!(slow.newest(2), Some(Newest { found: &"of two", old: false }));
    }

    #[test]
    fn what_failed_says_why_and_is_not_asked_again() {
        let mut slow: Slow<u8, &str> = Slow::default();
        let mut last = 7;
        assert_eq!(slow.want(1, &mut last), Some(8));
        slow.answered(8, Err("a defect".to_owned()));
        assert_eq!((slow.want(1, &mut last), slow.failure(1)), (None, Some("a defect")));
        assert_eq!((slow.want(2, &mut last), slow.failure(2)), (Some(9), None));
    }
}
