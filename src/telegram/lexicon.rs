//! The vocabularies of telegrams as the reader uses them: compiled once, when the first
//! word is looked up, and looked up without allocating.

use super::phrases::Phrases;
use super::words::Words;
use crate::marking::Vocabulary;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Which words of a telegram a vocabulary holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Addressee,
    Caption,
    Declassification,
    Heading,
    Label,
    Notice,
    OperatingSignal,
    Order,
    Pointer,
    Position,
    Precedence,
    Reason,
    RoutingIndicator,
    Stamp,
    Station,
    Tag,
    Wording,
}

impl Kind {
    const ALL: [(Self, &'static str); 17] = [
        (Self::Addressee, "addressee"),
        (Self::Caption, "caption"),
        (Self::Declassification, "declassification"),
        (Self::Heading, "heading"),
        (Self::Label, "label"),
        (Self::Notice, "notice"),
        (Self::OperatingSignal, "operating-signal"),
        (Self::Order, "order"),
        (Self::Pointer, "pointer"),
        (Self::Position, "position"),
        (Self::Precedence, "precedence"),
        (Self::Reason, "reason"),
        (Self::RoutingIndicator, "routing-indicator"),
        (Self::Stamp, "stamp"),
        (Self::Station, "station"),
        (Self::Tag, "tag"),
        (Self::Wording, "wording"),
    ];
}

/// Every vocabulary by the kind of element whose words it holds, compiled for reading: each table when a word
/// is first looked up in it.
#[derive(Debug)]
pub struct Lexicon {
    vocabularies: HashMap<String, Vocabulary>,
    /// By kind.
    words: [OnceLock<Words>; Kind::ALL.len()],
    /// Routing indicators of gateways, of which misspellings are known.
    gateways: OnceLock<Words>,
    phrases: OnceLock<Phrases>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new(HashMap::new())
    }
}

impl Lexicon {
    /// Holds vocabularies. Kinds that the reader of telegrams does not know are kept for the rules.
    pub const fn new(vocabularies: HashMap<String, Vocabulary>) -> Self {
        Self {
            vocabularies,
            words: [const { OnceLock::new() }; Kind::ALL.len()],
            gateways: OnceLock::new(),
            phrases: OnceLock::new(),
        }
    }

    /// A vocabulary by the kind of element whose words it holds.
    pub fn get(&self, of: &str) -> Option<&Vocabulary> {
        self.vocabularies.get(of)
    }

    /// Every vocabulary, by the kind of element whose words it holds.
    pub const fn vocabularies(&self) -> &HashMap<String, Vocabulary> {
        &self.vocabularies
    }

    pub(super) fn words(&self, kind: Kind) -> &Words {
        let table = self.words.get(kind as usize);
        table
            .expect("each kind has its table, in the order of the kinds")
            .get_or_init(|| {
                let own = Kind::ALL.get(kind as usize);
                let own = own.and_then(|(_, name)| self.get(name));
                let terms = own.map(Vocabulary::shared_terms).unwrap_or_default();
                Words::new(terms, kind == Kind::Label)
            })
    }

    /// The spellings of gateways, by which alone a misspelling is traced back to one.
    pub(super) fn gateways(&self) -> &Words {
        self.gateways
            .get_or_init(|| self.words(Kind::RoutingIndicator).spellings_in("gateway"))
    }

    pub(super) fn phrases(&self) -> &Phrases {
        self.phrases
            .get_or_init(|| Phrases::new(|kind| self.words(kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn kinds_stand_in_their_order() {
        for (place, (kind, name)) in Kind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, place, "{name}");
        }
    }
}
