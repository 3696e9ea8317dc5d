//! Writes the tree of a TOML file. The build script does this for the packs that are compiled in.

use super::format::{ARRAY, DATE, FLOAT, INTEGER, TABLE, TEXT, TRUTH};
use std::collections::HashMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words that trees point to, each once, however many trees have it.
#[derive(Default)]
pub(crate) struct Words {
    /// All of them, one after the other.
    pub(crate) text: String,
    known: HashMap<String, [u32; 2]>,
}

/// Writes down the values of a file, and adds its words to those of other files: the same for the same texts.
///
/// # Errors
/// Where the text is no TOML, is too long, or a number in it does not fit into eight bytes.
pub(crate) fn write(text: &str, words: &mut Words) -> Result<Vec<u8>, String> {
    let table = DeTable::parse(text).map_err(|error| error.to_string())?;
    words.table(table.get_ref(), 0..text.len())
}

impl Words {
    /// The bytes of a value.
    fn value(&mut self, value: &Spanned<DeValue<'_>>) -> Result<Vec<u8>, String> {
        let place = value.span();
        let (kind, rest) = match value.get_ref() {
            DeValue::String(text) => (TEXT, self.word(text)?),
            DeValue::Datetime(date) => (DATE, self.word(&date.to_string())?),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                let number = number.map_err(|error| error.to_string())?;
                (INTEGER, halves(number.cast_unsigned()))
            }
            DeValue::Float(number) => {
                let number = number.as_str().parse::<f64>();
                let number = number.map_err(|error| error.to_string())?;
                (FLOAT, halves(number.to_bits()))
            }
            DeValue::Boolean(truth) => (TRUTH, [u32::from(*truth), 0]),
            DeValue::Array(values) => {
                let mut below = Vec::new();
                for value in values {
                    below.append(&mut self.value(value)?);
                }
                return container(ARRAY, place, values.len(), below);
            }
            DeValue::Table(table) => return self.table(table, place),
        };
        head(kind, place, rest)
    }

    fn table(&mut self, table: &DeTable<'_>, place: Range<usize>) -> Result<Vec<u8>, String> {
        let mut below = Vec::new();
        for (key, value) in table {
            for number in self.word(key.get_ref())? {
                below.extend_from_slice(&number.to_le_bytes());
            }
            below.append(&mut self.value(value)?);
        }
        container(TABLE, place, table.len(), below)
    }

    /// Start and length of a word.
    fn word(&mut self, word: &str) -> Result<[u32; 2], String> {
        if let Some(&known) = self.known.get(word) {
            return Ok(known);
        }
        let place = [number(self.text.len())?, number(word.len())?];
        self.text.push_str(word);
        self.known.insert(word.to_owned(), place);
        Ok(place)
    }
}

fn container(
    kind: u8,
    place: Range<usize>,
    count: usize,
    mut below: Vec<u8>,
) -> Result<Vec<u8>, String> {
    let mut bytes = head(kind, place, [number(below.len())?, number(count)?])?;
    bytes.append(&mut below);
    Ok(bytes)
}

fn head(kind: u8, place: Range<usize>, rest: [u32; 2]) -> Result<Vec<u8>, String> {
    let mut bytes = vec![kind];
    for number in [number(place.start)?, number(place.len())?]
        .into_iter()
        .chain(rest)
    {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    Ok(bytes)
}

/// The lower and the higher half of eight bytes.
fn halves(number: u64) -> [u32; 2] {
    let [a, b, c, d, rest @ ..] = number.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes(rest)]
}

fn number(number: usize) -> Result<u32, String> {
    u32::try_from(number).map_err(|_| "a file of a pack is shorter than 4 GiB".to_owned())
}
