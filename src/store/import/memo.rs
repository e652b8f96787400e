//! What was just looked up, found again without hashing it well: most cells of a column repeat.

use std::collections::HashMap;

/// Slots; a power of two.
const SLOTS: usize = 1 << 13;

/// Keys that are remembered in all.
const REMEMBERED: usize = 50_000;

/// Values by keys. The last key of each slot is found without a good hash; one that shares its slot with another costs
/// the long way, so that no file can make it slow on purpose.
#[derive(Debug)]
pub(super) struct Memo<V> {
    recent: Vec<Option<(Box<[u8]>, V)>>,
    all: HashMap<Box<[u8]>, V>,
}

impl<V: Copy> Memo<V> {
    pub(super) fn new() -> Self {
        let mut recent = Vec::new();
        recent.resize_with(SLOTS, || None);
        Self { recent, all: HashMap::new() }
    }

    /// What was put in for `key`, if it is remembered.
    #[inline]
    pub(super) fn get(&mut self, key: &[u8]) -> Option<V> {
        match &self.recent[slot(key)] {
            Some((known, value)) if **known == *key => Some(*value),
            _ => self.again(key),
        }
    }

    #[inline(never)]
    fn again(&mut self, key: &[u8]) -> Option<V> {
        let value = *self.all.get(key)?;
        self.recent[slot(key)] = Some((key.into(), value));
        Some(value)
    }

    /// Remembers `value`; very long keys are not worth it.
    pub(super) fn put(&mut self, key: &[u8], value: V) {
        if key.len() <= 256 {
            if self.all.len() < REMEMBERED {
                self.all.insert(key.into(), value);
            }
            self.recent[slot(key)] = Some((key.into(), value));
        }
    }
}

#[inline]
fn slot(key: &[u8]) -> usize {
    let mut words = key.chunks_exact(8);
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
    let mut sum = key.len() as u64;
    for word in &mut words {
        sum = mix(sum, word.try_into().map_or(0, u64::from_le_bytes));
    }
    for &byte in words.remainder() {
        sum = mix(sum, u64::from(byte));
    }
    (sum >> 40) as usize & (SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_also_where_another_took_its_slot() {
        let mut memo = Memo::new();
        assert_eq!(memo.get(b"a"), None);
        for number in 0..20_000_u32 {
            let key = number.to_string();
            memo.put(key.as_bytes(), number);
            assert_eq!(memo.get(key.as_bytes()), Some(number));
        }
        for number in 0..20_000_u32 {
            assert_eq!(memo.get(number.to_string().as_bytes()), Some(number));
        }
    }
}
