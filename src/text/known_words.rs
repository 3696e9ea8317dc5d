//! Given words, found in one pass over a text that looks closely at few of its words.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// Bytes of a text that are looked at together.
const BLOCK: usize = 64;

/// Bytes of a word by which nearly all that are not known are told from those that are.
const BEGINNING: usize = 4;

/// Bits of a number that stands for a beginning.
const BITS: u32 = 15;

/// So many bits, each for a number.
type Bits = [u64; 1 << (BITS - u64::BITS.ilog2())];

/// Words of letters and digits, capitals aside.
#[derive(Debug, Clone)]
pub struct KnownWords {
    /// In small letters, each with its place among the words.
    index: FxHashMap<Box<[u8]>, usize>,
    /// One bit for each number of a beginning: whether some word begins so.
    begins: Box<Bits>,
    /// The same of twice as many letters.
    goes_on: Box<Bits>,
    shortest: usize,
}

impl KnownWords {
    /// The words to be found. Those that hold anything but letters of the alphabet and digits never are, nor
    /// those that are as long as a block.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let none = || Box::new([0; _]);
        let mut known = Self {
            begins: none(),
            goes_on: none(),
            shortest: usize::MAX,
            index: FxHashMap::default(),
        };
        let words = words.into_iter().enumerate();
        for (place, word) in words.filter(|(_, word)| !word.is_empty()) {
            let folded = word.to_ascii_lowercase().into_bytes();
            insert(
                &mut known.begins,
                number(&folded, folded.len().min(BEGINNING)),
            );
            insert(
                &mut known.goes_on,
                number(&folded, folded.len().min(2 * BEGINNING)),
            );
            known.shortest = known.shortest.min(folded.len());
            known.index.insert(folded.into(), place);
        }
        known
    }

    /// Gives every place where one of the words stands alone: which word, and its bytes. The order is that of
    /// the text but for words of a few letters.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, Range<usize>)) {
        if self.index.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let mut before = 0;
        let mut here = letters(blocks.first().unwrap_or(&last));
        for block in 0..=blocks.len() {
            let next = blocks.get(block + 1).unwrap_or(&last);
            let next = if block == blocks.len() {
                0
            } else {
                letters(next)
            };
            let window = Window { here, before, next };
            let mut look = |at: u32, len: usize| {
                let start = block * BLOCK + at as usize;
                let known = contains(&self.begins, first(bytes, start, len));
                if known && let Some((place, len)) = self.word(bytes, start, window.run(at)) {
                    found(place, start..start + len);
                }
            };
            let [one, two, three, four] = window.starts();
            places(four).for_each(|at| look(at, BEGINNING));
            for (len, starts) in [(3, three & !four), (2, two & !three), (1, one & !two)] {
                if len >= self.shortest {
                    places(starts).for_each(|at| look(at, len));
                }
            }
            before = here;
            here = next;
        }
    }

    /// The known word at a place of a text where a word so long begins, and its length.
    #[cold]
    fn word(&self, bytes: &[u8], start: usize, run: usize) -> Option<(usize, usize)> {
        let word = bytes.get(start..start + run)?;
        // A run to the end of what is seen may be longer than that.
        if run == BLOCK || !contains(&self.goes_on, number(word, run.min(2 * BEGINNING))) {
            return None;
        }
        let mut folded: SmallVec<[u8; BLOCK]> = SmallVec::from_slice(word);
        folded.make_ascii_lowercase();
        Some((*self.index.get(folded.as_slice())?, run))
    }
}

/// A block of a text and those beside it: one bit for each letter or digit.
#[derive(Clone, Copy)]
struct Window {
    here: u64,
    before: u64,
    next: u64,
}

impl Window {
    /// Where words begin in the block that have a letter or more, two or more, and so on.
    const fn starts(self) -> [u64; BEGINNING] {
        let one = self.here & !(self.here << 1 | self.before >> (u64::BITS - 1));
        let two = one & self.from(1);
        let three = two & self.from(2);
        [one, two, three, three & self.from(3)]
    }

    /// The bits from one of the block on.
    const fn from(self, at: u32) -> u64 {
        self.here >> at | self.next << 1 << (u64::BITS - 1 - at)
    }

    /// How long a word is that begins at a bit of the block, up to as many letters as a block has.
    const fn run(self, at: u32) -> usize {
        self.from(at).trailing_ones() as usize
    }
}

/// The places of the bits that are set.
fn places(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        (bits != 0).then(|| {
            bits &= bits - 1;
            at
        })
    })
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

/// A number of [`BITS`] for so many letters at a place, four at most.
fn first(bytes: &[u8], start: usize, len: usize) -> u64 {
    let four = bytes.get(start..start + BEGINNING);
    match four.and_then(|four| <[u8; BEGINNING]>::try_from(four).ok()) {
        Some(four) => hash(u64::from(u32::from_le_bytes(four)), len),
        None => number(bytes.get(start..).unwrap_or_default(), len),
    }
}

/// A number of [`BITS`] for so many letters with which a text begins, one at least and eight at most.
fn number(text: &[u8], len: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes
        .iter_mut()
        .zip(text)
        .for_each(|(to, from)| *to = *from);
    hash(u64::from_le_bytes(bytes), len)
}

const fn hash(letters: u64, len: usize) -> u64 {
    let letters = (letters | 0x2020_2020_2020_2020) << (u64::BITS as usize - 8 * len);
    letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS)
}

fn insert(bits: &mut Bits, number: u64) {
    let cell = usize::try_from(number >> 6).ok();
    if let Some(cell) = cell.and_then(|cell| bits.get_mut(cell)) {
        *cell |= 1 << (number & 63);
    }
}

fn contains(bits: &Bits, number: u64) -> bool {
    let cell = usize::try_from(number >> 6).ok();
    let cell = cell.and_then(|cell| bits.get(cell));
    cell.is_some_and(|cell| cell >> (number & 63) & 1 == 1)
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
            found.sort_by_key(|(_, start)| *start);
            prop_assert_eq!(found, plainly(&text));
        }
    }

    #[test]
    fn no_word_is_found_where_none_is_known() {
        KnownWords::new([]).each("the ferry", |_, _| unreachable!());
    }
}
