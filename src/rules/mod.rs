//! L8: rules, with the schemes and vocabularies they speak of, loaded from TOML.

pub mod file;
mod fingerprint;
mod load;
mod pack_file;
mod raise;
mod repair;
mod rule;
mod template;
mod verdict;

pub use pack_file::PackFile;
pub use raise::{demanded_with, raised_banners};
pub use repair::LabelledField;
pub use rule::{Fired, Rule};

use crate::ceiling::Watch;
use crate::checks::Lexicon;
use crate::marking::{Scheme, Vocabulary};
use crate::problem::PackProblem;
use crate::reading::{ElementKind, Form};
use std::sync::OnceLock;

/// The vocabulary of the labels of a document.
const FIELDS: &str = "field";

/// Everything a draft is judged by.
#[derive(Debug)]
pub struct RuleSet {
    schemes: Vec<Scheme>,
    lexicon: Lexicon,
    rules: Vec<Rule>,
    /// Places of the rules that judge each form of draft, those that others wait for first.
    order: [Vec<usize>; Form::ALL.len()],
    watch: OnceLock<Watch>,
}

impl RuleSet {
    /// The packs that are compiled in.
    ///
    /// # Errors
    /// Every problem of every file; the tests hold that there is none.
    pub fn shipped() -> Result<Self, Vec<PackProblem>> {
        Self::load(Self::shipped_files())
    }

    /// The files that are compiled in, for loading them with others.
    pub fn shipped_files() -> Vec<PackFile> {
        PackFile::shipped()
    }

    /// Packs from their files, each known by what it holds.
    ///
    /// # Errors
    /// Every problem of every file, all at once.
    pub fn load(files: Vec<PackFile>) -> Result<Self, Vec<PackProblem>> {
        load::load(files)
    }

    /// The scheme of drafts for which none is chosen.
    pub fn scheme(&self) -> &Scheme {
        self.schemes
            .first()
            .expect("a rule set is not loaded without a scheme")
    }

    /// Every scheme, in the order of the packs.
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// A scheme by its name.
    pub fn scheme_named(&self, name: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.name() == name)
    }

    /// The vocabularies.
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The words by which markings are seen in any text, made on first use.
    pub fn watch(&self) -> &Watch {
        self.watch
            .get_or_init(|| Watch::new(&self.schemes, self.vocabulary(FIELDS)))
    }

    /// A vocabulary by the kind of element whose words it holds.
    pub fn vocabulary(&self, of: &str) -> Option<&Vocabulary> {
        self.lexicon.get(of)
    }

    /// Every rule, by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The places of the rules for drafts of a form, in the order in which they are asked: those that
    /// others wait for come first.
    pub fn in_order(&self, form: Form) -> impl Iterator<Item = (usize, &Rule)> {
        let order = self.order.get(form as usize);
        order
            .into_iter()
            .flatten()
            .filter_map(|&index| Some((index, self.rules.get(index)?)))
    }

    /// The labelled field of an element, as the fix of a rule fills it.
    pub fn field(&self, element: ElementKind) -> Option<&LabelledField> {
        let mut repairs = self.rules.iter().filter_map(|rule| rule.repair.as_ref());
        repairs.find_map(|own| own.field(element))
    }

    /// A rule by its id, or by one that it had before.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let current = self.rules.iter().find(|rule| &*rule.id == id);
        let had = |rule: &&Rule| {
            rule.entry
                .aliases
                .names()
                .iter()
                .any(|old| old.text() == id)
        };
        current.or_else(|| self.rules.iter().find(had))
    }
}
