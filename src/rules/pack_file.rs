//! The files of packs, known by what they hold.

use crate::problem::{PackProblem, TextFile};
use crate::toml_file::tree::{Tree, WORDS};
use std::borrow::Cow;
use toml::Spanned;
use toml::de::DeTable;

/// A file that is compiled in.
struct Shipped {
    path: &'static str,
    text: &'static str,
    /// The values of its tree, made when caveat was built.
    values: &'static [u8],
}

/// Every file below `rules/`, by path.
static SHIPPED: &[Shipped] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// A TOML file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Name of the pack: what stands before the slash in the ids of its rules.
    pub pack: String,
    /// Where the file lies, as problems show it.
    pub path: String,
    /// What stands in it.
    text: Cow<'static, str>,
    /// The same, parsed, where it is compiled in.
    tree: Option<Tree<'static>>,
}

/// What a file of a pack holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// A scheme, or a part of one that stands elsewhere.
    OfScheme,
    /// The words of one kind of element.
    Vocabulary,
    /// Rules.
    Rules,
}

impl PackFile {
    /// A file of a pack, which is parsed when it is loaded.
    pub fn new(
        pack: impl Into<String>,
        path: impl Into<String>,
        text: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            pack: pack.into(),
            path: path.into(),
            text: text.into(),
            tree: None,
        }
    }

    /// The files that are compiled in: each folder of `rules/` is a pack.
    pub(super) fn shipped() -> Vec<Self> {
        let file = |shipped: &Shipped| Self {
            tree: Some(Tree {
                values: shipped.values,
                words: WORDS,
            }),
            ..Self::new(
                shipped.path.split('/').nth(1).unwrap_or_default(),
                shipped.path,
                shipped.text,
            )
        };
        SHIPPED.iter().map(file).collect()
    }

    /// Whether everything that is compiled in is among some files.
    pub(super) fn hold_all_shipped(files: &[Self]) -> bool {
        files.iter().filter(|file| file.tree.is_some()).count() >= SHIPPED.len()
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree that was made of it when caveat was built.
    pub(super) const fn tree(&self) -> Option<Tree<'static>> {
        self.tree
    }

    /// Its pack, and the file as problems show it.
    pub(super) fn into_source(self) -> (String, TextFile) {
        (self.pack, TextFile::new(self.path, self.text))
    }
}

impl Content {
    /// The key by which a file is known, and what it then holds.
    const BY_KEY: [(&'static str, Self); 4] = [
        ("scheme", Self::OfScheme),
        ("part", Self::OfScheme),
        ("vocabulary", Self::Vocabulary),
        ("rule", Self::Rules),
    ];

    /// What a file holds that has these keys and no others.
    pub(super) fn by(has: impl Fn(&str) -> bool) -> Option<Self> {
        let mut known = Self::BY_KEY.iter();
        known.find(|(key, _)| has(key)).map(|&(_, content)| content)
    }

    /// What a file holds, and its tables.
    ///
    /// # Errors
    /// Where it holds none of the tables that packs are made of, or is no TOML at all.
    pub(super) fn of(source: &TextFile) -> Result<(Self, Spanned<DeTable<'_>>), Vec<PackProblem>> {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        if !errors.is_empty() {
            let problem = |error: &toml::de::Error| {
                PackProblem::new(source, error.span().unwrap_or(0..0), error.message())
            };
            return Err(errors.iter().map(problem).collect());
        }
        if let Some(content) = Self::by(|key| table.get_ref().contains_key(key)) {
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
            vec![problem.nearest(word, Self::BY_KEY.map(|(key, _)| key))]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PackFile;
    use crate::toml_file::tree::lent;

    #[test]
    fn the_words_of_what_is_compiled_in_are_lent() {
        for file in PackFile::shipped() {
            let word = file.tree().unwrap().words.get(..1).unwrap();
            assert!(lent(word).is_some(), "{}", file.path);
        }
    }
}
