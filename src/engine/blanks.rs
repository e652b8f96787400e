//! Channels without a record all come to the same: it is kept once, so that a plan of a hundred thousand names needs little
//! more memory than the names.

use std::sync::Arc;

/// What was computed of channels without a record, each kind of it once.
pub(super) struct Blanks<T: ?Sized>(Vec<Arc<T>>);

impl<T: ?Sized> Blanks<T> {
    /// More kinds than this are not looked through for each channel.
    const MOST: usize = 8;

    /// None yet.
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// What is known of its kind in place of `fresh`, which else becomes known.
    pub(super) fn one_of(&mut self, fresh: Arc<T>, is_same: impl Fn(&T, &T) -> bool) -> Arc<T> {
        if let Some(known) = self.0.iter().find(|known| is_same(known, &fresh)) {
            return Arc::clone(known);
        }
        if self.0.len() < Self::MOST {
            self.0.push(Arc::clone(&fresh));
        }
        fresh
    }
}
