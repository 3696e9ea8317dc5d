//! The vocabularies of telegrams.

use crate::marking::Vocabulary;
use std::collections::HashMap;

/// Every vocabulary by the kind of element whose words it holds.
#[derive(Debug, Default)]
pub struct Lexicon {
    vocabularies: HashMap<String, Vocabulary>,
}

impl Lexicon {
    /// Takes vocabularies. Kinds that the reader of telegrams does not know are kept for the rules.
    pub const fn new(vocabularies: HashMap<String, Vocabulary>) -> Self {
        Self { vocabularies }
    }

    /// A vocabulary by the kind of element whose words it holds.
    pub fn get(&self, of: &str) -> Option<&Vocabulary> {
        self.vocabularies.get(of)
    }

    /// Every vocabulary, by the kind of element whose words it holds.
    pub const fn vocabularies(&self) -> &HashMap<String, Vocabulary> {
        &self.vocabularies
    }
}
