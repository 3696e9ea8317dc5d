//! L8: rules, with the schemes and vocabularies they speak of, loaded from TOML.

pub mod file;
mod fingerprint;
mod listed;
mod load;
mod order;
mod pack_file;
mod raise;
mod read;
mod repair;
mod rule;
mod template;
mod verdict;
mod wording;

pub use pack_file::PackFile;
pub use raise::{demanded_with, raised_banners};
pub use repair::LabelledField;
pub use rule::{Fired, Rule};

use crate::ceiling::Watch;
use crate::checks::{Lexicon, Names};
use crate::marking::{LazyScheme, Scheme, Vocabulary};
use crate::problem::PackProblem;
use crate::reading::{ElementKind, Form, KindSet};
use listed::Listed;
use std::sync::OnceLock;

/// The vocabulary of the labels of a document.
const FIELDS: &str = "field";

/// Everything a draft is judged by.
#[derive(Debug)]
pub struct RuleSet {
    schemes: Vec<LazyScheme>,
    lexicon: Lexicon,
    /// By id.
    rules: Vec<Listed>,
    /// The rules that judge each form of draft.
    judging: [Judging; Form::ALL.len()],
    watch: OnceLock<Watch>,
}

/// The rules that judge drafts of a form.
#[derive(Debug, Default)]
struct Judging {
    /// Their places, those that others wait for first.
    order: Vec<usize>,
    /// What each of them needs and its place, in the same order; filled once all of them are set up.
    ready: OnceLock<Box<[(KindSet, usize)]>>,
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
    pub fn schemes(&self) -> &[LazyScheme] {
        &self.schemes
    }

    /// A scheme by its name.
    pub fn scheme_named(&self, name: &str) -> Option<&Scheme> {
        self.schemes
            .iter()
            .find(|scheme| scheme.name() == name)
            .map(|scheme| &**scheme)
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

    /// The id of every rule, in their order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = &str> {
        self.rules.iter().map(|listed| &*listed.id)
    }

    /// Every id that some rule had before.
    pub fn old_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(Listed::aliases)
    }

    /// The id of the rule that has an id, or had it before.
    pub fn current_id(&self, id: &str) -> Option<&str> {
        self.listed(id).map(|listed| &*listed.id)
    }

    /// Every rule, by id. Those that are compiled in and were not needed yet are set up.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        let mut names = None;
        self.rules.iter().map(move |listed| {
            let ready = listed.ready();
            ready.unwrap_or_else(|| listed.set_up(names.get_or_insert_with(|| self.names())))
        })
    }

    /// The places of the rules for drafts of a form, in the order in which they are asked: those that
    /// others wait for come first. They are set up when the first draft of the form is judged.
    pub fn in_order(&self, form: Form) -> impl Iterator<Item = (usize, &Rule)> {
        self.ready(form)
            .iter()
            .filter_map(|&(_, index)| self.ready_at(index))
    }

    /// Those of them that speak of anything that occurs in a draft of these kinds of element.
    pub fn concerned(&self, form: Form, kinds: KindSet) -> impl Iterator<Item = (usize, &Rule)> {
        let concerned = move |needs: KindSet| needs.is_empty() || needs.intersects(kinds);
        let ready = self.ready(form).iter();
        ready
            .filter(move |&&(needs, _)| concerned(needs))
            .filter_map(|&(_, index)| self.ready_at(index))
    }

    fn ready_at(&self, index: usize) -> Option<(usize, &Rule)> {
        Some((index, self.rules.get(index)?.ready()?))
    }

    /// What the rules for drafts of a form need and their places, once they are set up.
    fn ready(&self, form: Form) -> &[(KindSet, usize)] {
        let judging = self.judging.get(form as usize);
        judging.map_or(&[], |judging| {
            judging.ready.get_or_init(|| {
                let mut names = self.names();
                let listed = |&index: &usize| Some((self.rules.get(index)?, index));
                let listed = judging.order.iter().filter_map(listed);
                let needs = listed.map(|(own, index)| (own.set_up(&mut names).needs(), index));
                needs.collect()
            })
        })
    }

    /// What the names of rules can mean.
    fn names(&self) -> Names<'_> {
        Names::new(&self.schemes, &self.lexicon)
    }

    /// The labelled field of an element, as the fix of a rule fills it.
    pub fn field(&self, element: ElementKind) -> Option<&LabelledField> {
        let mut repairs = self
            .rules()
            .filter_map(|rule| rule.wording().repair.as_ref());
        repairs.find_map(|own| own.field(element))
    }

    /// A rule by its id, or by one that it had before.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let listed = self.listed(id)?;
        let ready = listed.ready();
        Some(ready.unwrap_or_else(|| listed.set_up(&mut self.names())))
    }

    fn listed(&self, id: &str) -> Option<&Listed> {
        let found = self.rules.binary_search_by(|listed| (*listed.id).cmp(id));
        let current = found.ok().and_then(|index| self.rules.get(index));
        current.or_else(|| self.rules.iter().find(|listed| listed.had(id)))
    }
}
