//! What bytes come to, to tell later whether they are the same.

/// How many bytes, and a checksum of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) len: u64,
    pub(super) checksum: u64,
}

impl Sum {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut summing = Summing::default();
        summing.add(bytes);
        summing.sum()
    }
}

/// A [`Sum`] of bytes that come part by part.
///
/// The checksum is FNV-1a over words of eight bytes: quick enough for a hundred megabytes, the same on every machine and
/// in every version of the program. It guards against accidents, not against forgers.
pub(super) struct Summing {
    len: u64,
    checksum: u64,
    /// Bytes that do not make a word yet, with zeros behind them.
    rest: [u8; 8],
}

impl Default for Summing {
    fn default() -> Self {
        Self { len: 0, checksum: 0xcbf2_9ce4_8422_2325, rest: [0; 8] }
    }
}

impl Summing {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let waiting = (self.len % 8) as usize;
        self.len += bytes.len() as u64;
        let (fills, bytes) = bytes.split_at(if waiting == 0 { 0 } else { bytes.len().min(8 - waiting) });
        self.rest[waiting..waiting + fills.len()].copy_from_slice(fills);
        if waiting + fills.len() == 8 {
            self.checksum = mix(self.checksum, std::mem::take(&mut self.rest));
        }
        let (words, rest) = bytes.as_chunks::<8>();
        self.checksum = words.iter().fold(self.checksum, |sum, &word| mix(sum, word));
        if !rest.is_empty() {
            self.rest[..rest.len()].copy_from_slice(rest);
        }
    }

    pub(super) fn sum(&self) -> Sum {
        let checksum = mix(mix(self.checksum, self.rest), self.len.to_le_bytes());
        Sum { len: self.len, checksum }
    }
}

fn mix(sum: u64, word: [u8; 8]) -> u64 {
    (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_checksum_is_that_of_every_version() {
        // Computed by the words of the doc alone, in Python.
        for (bytes, checksum) in [
            ("", 0x5c19_ea85_7c62_a2e4),
            ("funnel", 0xb6b3_0ed3_4c20_b4ac),
            ("百度 and sixteen more", 0x95ed_bef4_fbff_23dd),
        ] {
            assert_eq!(Sum::of(bytes.as_bytes()), Sum { len: bytes.len() as u64, checksum });
        }
    }

    proptest! {
        #[test]
        fn in_parts_it_is_the_same(bytes: Vec<u8>, cuts: Vec<prop::sample::Index>) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut summing = Summing::default();
            let mut from = 0;
            for cut in cuts.into_iter().chain([bytes.len()]) {
                summing.add(&bytes[from..cut]);
                from = cut;
            }
            prop_assert_eq!(summing.sum(), Sum::of(&bytes));
        }
    }
}
