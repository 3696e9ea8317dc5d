//! L6: rules, with the schemes and vocabularies they speak of, loaded from TOML.

pub mod file;

use crate::marking::{Scheme, Vocabulary, compile};
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::PackProblem;
use crate::telegram::Lexicon;
use file::{RuleEntry, RuleFile};
use miette::NamedSource;
use std::sync::Arc;

const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

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
    scheme: Scheme,
    lexicon: Lexicon,
    rules: Vec<Rule>,
}

impl RuleSet {
    /// The packs that are compiled in.
    ///
    /// # Errors
    /// Every problem of every file; the tests hold that there is none.
    pub fn shipped() -> Result<Self, Vec<PackProblem>> {
        Self::load(SHIPPED)
    }

    /// Files by name, `rules/<pack>/…`, and text.
    ///
    /// # Errors
    /// Every problem of every file, all at once.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, Vec<PackProblem>> {
        let mut problems = Vec::new();
        let mut scheme = None;
        let mut lexicon = Lexicon::new();
        let mut rules: Vec<Rule> = Vec::new();
        for &(name, text) in files {
            if name.ends_with("/scheme.toml") {
                match compile(name, text) {
                    Ok(compiled) => scheme = Some(compiled),
                    Err(found) => problems.extend(found),
                }
            } else if name.contains("/vocabulary/") {
                problems.extend(add_words(name, text, &mut lexicon));
            } else {
                problems.extend(add_rules(name, text, &mut rules));
            }
        }
        let Some(scheme) = scheme.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(Self {
            scheme,
            lexicon,
            rules,
        })
    }

    /// The marking scheme.
    pub const fn scheme(&self) -> &Scheme {
        &self.scheme
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

fn source(name: &str, text: &str) -> Arc<NamedSource<String>> {
    Arc::new(NamedSource::new(name, text.to_owned()).with_language("toml"))
}

fn shape_problem(name: &str, text: &str, error: &toml::de::Error) -> Vec<PackProblem> {
    vec![PackProblem::new(
        &source(name, text),
        error.span().unwrap_or(0..0),
        error.message(),
    )]
}

fn add_words(name: &str, text: &str, lexicon: &mut Lexicon) -> Vec<PackProblem> {
    match toml::from_str::<VocabularyFile>(text) {
        Ok(file) => {
            let words = lexicon
                .entry(file.vocabulary.of.text().to_owned())
                .or_default();
            words.add(&file, name, text).err().unwrap_or_default()
        }
        Err(error) => shape_problem(name, text, &error),
    }
}

fn add_rules(name: &str, text: &str, rules: &mut Vec<Rule>) -> Vec<PackProblem> {
    let file: RuleFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => return shape_problem(name, text, &error),
    };
    let pack = name.split('/').nth(1).unwrap_or("house");
    let mut problems = Vec::new();
    for entry in file.rules {
        let id: Arc<str> = format!("{pack}/{}", entry.name.text()).into();
        if rules.iter().any(|rule| rule.id == id) {
            let place = entry.name.place();
            let problem = PackProblem::new(
                &source(name, text),
                place,
                format!("rule `{id}` stands twice"),
            );
            problems.push(problem.help("give one of them another name"));
        }
        rules.push(Rule { id, entry });
    }
    problems
}
