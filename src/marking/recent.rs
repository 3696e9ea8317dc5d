//! Short texts that came lately: nearly every portion of a draft is written like one of a few.

/// How many are remembered at most: one for each byte that a place is told by.
const MOST: usize = 256;

/// A short text with its length behind it, which is not zero.
type Packed = [u8; 32];

/// Short texts that came lately, the last one of each place.
#[derive(Debug)]
pub(super) struct Recent([Packed; MOST]);

impl Default for Recent {
    fn default() -> Self {
        Self([[0; 32]; MOST])
    }
}

impl Recent {
    /// Whether a text came lately; it has from now on. A long one never did.
    pub(super) fn has(&mut self, text: &str) -> bool {
        let Some(packed) = packed(text) else {
            return false;
        };
        let last = self.0.get_mut(place(&packed));
        last.is_some_and(|last| std::mem::replace(last, packed) == packed)
    }
}

fn packed(text: &str) -> Option<Packed> {
    let mut all: Packed = [0; 32];
    let length = u8::try_from(text.len())
        .ok()
        .filter(|&length| length < 32)?;
    all.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    *all.last_mut()? = length + 1;
    Some(all)
}

/// Where a packed text is remembered.
fn place(packed: &Packed) -> usize {
    let (words, _) = packed.as_chunks();
    let mixed = words.iter().fold(0, |mixed: u64, &word| {
        (mixed.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    });
    let [top, ..] = mixed.to_be_bytes();
    usize::from(top)
}

#[cfg(test)]
mod tests {
    use super::Recent;

    #[test]
    fn a_short_text_came_lately_once_it_was_asked_about() {
        let mut recent = Recent::default();
        let (longest, too_long) = ("x".repeat(31), "x".repeat(32));
        for text in ["", "\0", "O", "Q//DOCK", &longest] {
            assert!(!recent.has(text), "{text:?}");
            assert!(recent.has(text), "{text:?}");
        }
        assert!(!recent.has(&too_long) && !recent.has(&too_long));
    }
}
