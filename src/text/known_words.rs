//! Given words, found in one pass over a text that looks closely at few of its words.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// Bytes of a text that are looked at together.
const BLOCK: usize = 64;

/// Bytes of a word by which nearly all that are not known are told from those that are.
const BEGINNING: usize = 5;

/// Bits of a number that stands for a beginning.
const BITS: u32 = 15;

/// Words of letters and digits, capitals aside.
#[derive(Debug, Clone, Default)]
pub struct KnownWords {
    /// In small letters, each with its place among the words.
    index: FxHashMap<Box<[u8]>, usize>,
    /// One bit for each number of a beginning: whether some word begins so.
    begins: Vec<u64>,
    shortest: usize,
    longest: usize,
}

impl KnownWords {
    /// The words to be found. Those that hold anything but letters of the alphabet and digits never are.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut known = Self {
            begins: vec![0; 1 << (BITS - u64::BITS.ilog2())],
            shortest: usize::MAX,
            ..Self::default()
        };
        for (place, word) in words.into_iter().enumerate() {
            let folded = word.to_ascii_lowercase().into_bytes();
            let (cell, bit) = cell(beginning(&folded), folded.len());
            if let Some(cell) = known.begins.get_mut(cell) {
                *cell |= bit;
            }
            known.shortest = known.shortest.min(folded.len());
            known.longest = known.longest.max(folded.len());
            known.index.insert(folded.into(), place);
        }
        known
    }

    /// Gives every place where one of the words stands alone, in the order of the text: which word, and
    /// its bytes.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, Range<usize>)) {
        if self.index.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let mut masks = blocks.iter().chain([&last]).map(letters);
        let mut here = masks.next().unwrap_or_default();
        let mut before = 0;
        for base in (0..bytes.len()).step_by(BLOCK) {
            let next = masks.next().unwrap_or_default();
            let mut starts = self.starts(here, before, next);
            while starts != 0 {
                let at = starts.trailing_zeros();
                starts &= starts - 1;
                let start = base + at as usize;
                let run = shifted(here, next, at).trailing_ones() as usize;
                let rest = bytes.get(start..).unwrap_or_default();
                let (cell, bit) = cell(beginning(rest), run);
                if self.begins.get(cell).is_some_and(|cell| cell & bit != 0)
                    && let Some((place, len)) = self.word(rest)
                {
                    found(place, start..start + len);
                }
            }
            before = here;
            here = next;
        }
    }

    /// Where words begin in a block that are as long as the shortest of those that are known.
    fn starts(&self, here: u64, before: u64, next: u64) -> u64 {
        let mut starts = here & !shifted_in(here, before);
        for more in 1..self.shortest.min(BEGINNING) {
            starts &= shifted(here, next, u32::try_from(more).unwrap_or_default());
        }
        starts
    }

    /// The known word with which a text begins, and its length.
    fn word(&self, text: &[u8]) -> Option<(usize, usize)> {
        let letters = text.iter().take_while(|byte| byte.is_ascii_alphanumeric());
        let folded: SmallVec<[u8; 32]> = letters
            .take(self.longest + 1)
            .map(u8::to_ascii_lowercase)
            .collect();
        let place = self.index.get(folded.as_slice())?;
        Some((*place, folded.len()))
    }
}

/// One bit for each byte: whether it is a letter of the alphabet or a digit.
fn letters(block: &[u8; BLOCK]) -> u64 {
    // A plain loop, which becomes a few instructions over many bytes at once.
    let mut flags = [0; BLOCK];
    for (flag, byte) in flags.iter_mut().zip(block) {
        let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        let digit = byte.wrapping_sub(b'0') < 10;
        *flag = u8::from(letter | digit);
    }
    let (eights, _) = flags.as_chunks::<8>();
    // The product brings the lowest bits of eight bytes together in its highest byte.
    let gathered = |flags: &[u8; 8]| {
        u64::from_le_bytes(*flags).wrapping_mul(0x0102_0408_1020_4080) >> (u64::BITS - 8)
    };
    let bits = eights.iter().rev();
    bits.fold(0, |mask, flags| mask << 8 | gathered(flags))
}

/// The bits of a block from one on, followed by those of the next block.
const fn shifted(here: u64, next: u64, by: u32) -> u64 {
    if by == 0 {
        here
    } else {
        here >> by | next << (u64::BITS - by)
    }
}

/// The bits of a block, each in the place of the one after it.
const fn shifted_in(here: u64, before: u64) -> u64 {
    here << 1 | before >> (u64::BITS - 1)
}

/// The first bytes of a text as a number.
fn beginning(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    match text.first_chunk::<8>() {
        Some(first) => bytes = *first,
        None => bytes
            .iter_mut()
            .zip(text)
            .for_each(|(to, from)| *to = *from),
    }
    u64::from_le_bytes(bytes)
}

/// Which bit stands for how a word of some length begins.
fn cell(beginning: u64, len: usize) -> (usize, u64) {
    let kept = u32::try_from(len.min(BEGINNING)).unwrap_or_default() * 8;
    let letters = (beginning | 0x2020_2020_2020_2020) & ((1 << kept) - 1);
    let number = letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
    let cell = number >> u64::BITS.ilog2();
    (
        usize::try_from(cell).unwrap_or_default(),
        1 << (number % 64),
    )
}

#[cfg(test)]
mod tests {
    use super::KnownWords;
    use proptest::prelude::*;

    const WORDS: [&str; 5] = ["FERRY", "ferryboat", "QUAYS1DE", "AT", "FERR"];

    /// The same, word by word.
    fn plainly(text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut start = 0;
        for piece in text.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
            let word = piece.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
            let place = WORDS.iter().position(|own| own.eq_ignore_ascii_case(word));
            found.extend(place.map(|place| (place, start)));
            start += piece.len();
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_word_that_stands_alone_is_found(
            pieces in proptest::collection::vec("ferry|FERRYBOAT|Quays1de|at|ferr|FERRY|[a-f1]{1,9}| |\n|,|\u{e9}|/", 0..80),
            spaced in any::<bool>(),
        ) {
            let text = pieces.join(if spaced { " " } else { "" });
            let mut found = Vec::new();
            KnownWords::new(WORDS).each(&text, |place, range| {
                assert!(text.get(range.clone()).unwrap().eq_ignore_ascii_case(WORDS[place]));
                found.push((place, range.start));
            });
            prop_assert_eq!(found, plainly(&text));
        }
    }

    #[test]
    fn no_word_is_found_where_none_is_known() {
        KnownWords::new([]).each("the ferry", |_, _| unreachable!());
    }
}
