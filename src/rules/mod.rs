//! L6: rules, with the schemes and vocabularies they speak of, loaded from TOML.

pub mod file;
mod pack_file;

use crate::marking::{Scheme, Vocabulary, compile_all};
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::PackProblem;
use crate::telegram::Lexicon;
use crate::toml_file;
use file::{RuleEntry, RuleFile};
use miette::NamedSource;
use pack_file::Content;
use std::collections::HashMap;
use std::sync::Arc;

pub use pack_file::PackFile;

/// A rule with its full id.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `pack/name`.
    pub id: Arc<str>,
    /// As the file says it.
    pub entry: RuleEntry,
}

/// Everything a draft is judged by.
#[derive(Debug)]
pub struct RuleSet {
    schemes: Vec<Scheme>,
    lexicon: Lexicon,
    rules: Vec<Rule>,
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
        let mut problems = Vec::new();
        let mut of_schemes = Vec::new();
        let mut words = HashMap::new();
        let mut rules: Vec<Rule> = Vec::new();
        for file in files {
            let (pack, source) = file.into_source();
            let found = match Content::of(&source) {
                Ok(Content::Scheme | Content::Part) => {
                    of_schemes.push(source);
                    Vec::new()
                }
                Ok(Content::Vocabulary) => add_words(&source, &mut words),
                Ok(Content::Rules) => add_rules(&pack, &source, &mut rules),
                Err(found) => found,
            };
            problems.extend(found);
        }
        let (schemes, found) = compile_all(&of_schemes);
        problems.extend(found);
        if schemes.is_empty() && problems.is_empty() {
            let file = Arc::new(NamedSource::new("packs", String::new()));
            problems.push(PackProblem::new(&file, 0..0, "no pack holds a scheme"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(Self {
            schemes,
            lexicon: Lexicon::new(words),
            rules,
        })
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

    /// A vocabulary by the kind of element whose words it holds.
    pub fn vocabulary(&self, of: &str) -> Option<&Vocabulary> {
        self.lexicon.get(of)
    }

    /// Every rule, by id.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule by its id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }
}

fn add_words(
    source: &Arc<NamedSource<String>>,
    vocabularies: &mut HashMap<String, Vocabulary>,
) -> Vec<PackProblem> {
    let (read, mut problems) = toml_file::read::<VocabularyFile>(source);
    if let Some(entries) = read {
        let words = vocabularies
            .entry(entries.vocabulary.of.text().to_owned())
            .or_default();
        let added = words.add(&entries, source.name(), source.inner());
        problems.extend(added.err().unwrap_or_default());
    }
    problems
}

fn add_rules(
    pack: &str,
    source: &Arc<NamedSource<String>>,
    rules: &mut Vec<Rule>,
) -> Vec<PackProblem> {
    let (read, mut problems) = toml_file::read::<RuleFile>(source);
    for entry in read.into_iter().flat_map(|read| read.rules) {
        let id: Arc<str> = format!("{pack}/{}", entry.name.text()).into();
        if rules.iter().any(|rule| rule.id == id) {
            let message = format!("rule `{id}` stands twice");
            let problem = PackProblem::new(source, entry.name.place(), message);
            problems.push(problem.help("give one of them another name"));
        }
        rules.push(Rule { id, entry });
    }
    problems
}
