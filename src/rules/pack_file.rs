//! The files of packs, known by what they hold.

use crate::problem::PackProblem;
use miette::NamedSource;
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeTable;

/// Path, text, and text without the pages and examples of rules.
const SHIPPED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// A TOML file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Name of the pack: what stands before the slash in the ids of its rules.
    pub pack: String,
    /// Where the file lies, as problems show it.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// What a file holds, and its tables.
pub(super) type Known<'f> = (Content, Spanned<DeTable<'f>>);

/// What a file of a pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A scheme.
    Scheme,
    /// A part of a scheme that stands elsewhere.
    Part,
    /// The words of one kind of element.
    Vocabulary,
    /// Rules.
    Rules,
}

impl PackFile {
    /// The files that are compiled in: each folder of `rules/` is a pack. In brief, they lack the pages and
    /// examples of rules, and load in half the time.
    pub(super) fn shipped(brief: bool) -> Vec<Self> {
        let file = |&(path, whole, bare): &(&str, &str, &str)| Self {
            pack: path.split('/').nth(1).unwrap_or_default().to_owned(),
            path: path.to_owned(),
            text: if brief { bare } else { whole }.to_owned(),
        };
        SHIPPED.iter().map(file).collect()
    }

    /// Its pack, and the file as problems show it.
    pub(super) fn into_source(self) -> (String, Arc<NamedSource<String>>) {
        let source = NamedSource::new(self.path, self.text).with_language("toml");
        (self.pack, Arc::new(source))
    }
}

impl Content {
    /// What a file holds, by its tables, and the tables.
    ///
    /// # Errors
    /// Where it holds none of the tables that packs are made of, or is no TOML at all.
    pub(super) fn of(source: &Arc<NamedSource<String>>) -> Result<Known<'_>, Vec<PackProblem>> {
        let (table, errors) = DeTable::parse_recoverable(source.inner());
        if !errors.is_empty() {
            let problem = |error: &toml::de::Error| {
                PackProblem::new(source, error.span().unwrap_or(0..0), error.message())
            };
            return Err(errors.iter().map(problem).collect());
        }
        let kinds = [
            ("scheme", Content::Scheme),
            ("part", Content::Part),
            ("vocabulary", Content::Vocabulary),
            ("rule", Content::Rules),
        ];
        let found = kinds
            .iter()
            .find(|(key, _)| table.get_ref().contains_key(*key));
        if let Some(&(_, content)) = found {
            return Ok((content, table));
        }
        Err({
            let keys = table.get_ref().iter().map(|(key, _)| key);
            let first = keys.min_by_key(|key| key.span().start);
            let place = first.map_or(0..0, Spanned::span);
            let problem = PackProblem::new(source, place, "no file of a pack");
            let help = "a file of a pack holds `[scheme]`, `[part]`, `[vocabulary]` or `[[rule]]`";
            let problem = problem.help(help);
            let word = first.map_or("", |key| key.get_ref());
            vec![problem.nearest(word, kinds.map(|(key, _)| key))]
        })
    }
}
