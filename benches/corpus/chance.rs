//! Numbers that look random and are the same on every machine.

/// A stream of numbers that its seed decides.
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    /// The stream of a seed and of a number within it: neighbours have nothing in common.
    pub(crate) const fn new(seed: u64, number: u64) -> Self {
        let state = seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95);
        Self { state }
    }

    // The step known as splitmix64.
    const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is above zero.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        let scaled = ((self.next() >> 32) * u64::from(limit)) >> 32;
        u32::try_from(scaled).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// True this many times in a hundred.
    pub(crate) fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// One of several; the list is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = self.below(u32::try_from(from.len()).unwrap_or(u32::MAX));
        from[at as usize]
    }

    /// A size whose share below each bound is known: `bounds` cut the drafts into equal parts.
    pub(crate) fn size(&mut self, bounds: &[u32]) -> usize {
        let part = self.below(u32::try_from(bounds.len()).unwrap_or(u32::MAX) - 1) as usize;
        self.between(bounds[part], bounds[part + 1]) as usize
    }
}
