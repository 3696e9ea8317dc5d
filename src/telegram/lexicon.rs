//! The vocabularies of telegrams as the reader uses them: compiled once, when the first
//! telegram is read, and looked up without allocating.

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

/// Every vocabulary by the kind of element whose words it holds, compiled for reading.
#[derive(Debug)]
pub struct Lexicon {
    vocabularies: HashMap<String, Vocabulary>,
    /// Made when a telegram is first read.
    compiled: OnceLock<Compiled>,
}

/// The vocabularies as the reader looks words up.
#[derive(Debug)]
struct Compiled {
    words: Vec<Words>,
    /// Routing indicators of gateways, of which misspellings are known.
    gateways: Words,
    phrases: Phrases,
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
            compiled: OnceLock::new(),
        }
    }

    fn compiled(&self) -> &Compiled {
        self.compiled
            .get_or_init(|| Compiled::of(&self.vocabularies))
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
        self.compiled()
            .words
            .get(kind as usize)
            .expect("each kind has its table, in the order of the kinds")
    }

    /// The spellings of gateways, by which alone a misspelling is traced back to one.
    pub(super) fn gateways(&self) -> &Words {
        &self.compiled().gateways
    }

    pub(super) fn phrases(&self) -> &Phrases {
        &self.compiled().phrases
    }
}

impl Compiled {
    fn of(vocabularies: &HashMap<String, Vocabulary>) -> Self {
        let words = Kind::ALL.iter().map(|(kind, name)| {
            let own = vocabularies.get(*name);
            let terms = own.map(Vocabulary::shared_terms).unwrap_or_default();
            Words::new(terms, *kind == Kind::Label)
        });
        let words: Vec<Words> = words.collect();
        let phrases = Phrases::new(&words);
        let indicators = words.get(Kind::RoutingIndicator as usize);
        let gateways = indicators.map(|words| words.spellings_in("gateway"));
        Self {
            gateways: gateways.unwrap_or_default(),
            words,
            phrases,
        }
    }
}
