//! What a file of a pack holds, read into its shape. Of a file that is compiled in, as much as must be known
//! before it is needed.

use super::file::RuleFile;
use super::pack_file::{Content, PackFile};
use crate::pack::scheme_file::SchemeFile;
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::{PackProblem, TextFile};
use crate::reading::Form;
use crate::toml_file;
use crate::toml_file::tree::{Tree, Unfit};
use serde::Deserialize;

/// A file of a pack, read into the shape of what it holds.
pub(super) struct Read {
    pub(super) pack: String,
    pub(super) file: TextFile,
    pub(super) shape: Shape,
    pub(super) problems: Vec<PackProblem>,
}

pub(super) enum Shape {
    /// A scheme or a part of one; `shipped` where it is compiled in and need not be set up at once.
    OfScheme {
        entries: Box<SchemeFile>,
        shipped: bool,
    },
    Words(Box<VocabularyFile>),
    Rules(RuleFile),
    /// Words of the vocabulary of this name, which are compiled in.
    ShippedWords(String, Tree<'static>),
    /// Rules that are compiled in, each by itself.
    ShippedRules(ShippedRules),
    /// Too little of it could be read.
    Nothing,
}

/// Rules that are compiled in.
pub(super) struct ShippedRules {
    /// Drafts that they judge, where a rule does not say it itself.
    pub(super) forms: Vec<Form>,
    pub(super) rules: Vec<Tree<'static>>,
}

/// What is known of a vocabulary before its words are read.
#[derive(Deserialize)]
struct OfWords {
    vocabulary: Named,
}

#[derive(Deserialize)]
struct Named {
    of: String,
}

/// What is known of rules before they are read.
#[derive(Deserialize)]
struct OfRules {
    #[serde(default)]
    form: Vec<Form>,
}

impl Read {
    /// Reads a file whole, and with every problem where it was not compiled in.
    pub(super) fn whole(file: PackFile) -> Self {
        let parsed = file.tree().map(Shape::parsed);
        Self::or_text(file, parsed)
    }

    /// Reads of a file that is compiled in what must be known of it, and any other whole.
    pub(super) fn as_needed(file: PackFile) -> Self {
        let parsed = file.tree().map(Shape::begun);
        Self::or_text(file, parsed)
    }

    fn or_text(file: PackFile, parsed: Option<Result<Shape, Unfit>>) -> Self {
        let (pack, file) = file.into_source();
        let (shape, problems) = match parsed {
            Some(Ok(shape)) => (shape, Vec::new()),
            _ => Shape::of(&file),
        };
        Self {
            pack,
            file,
            shape,
            problems,
        }
    }
}

impl Shape {
    /// What a file holds that was parsed when caveat was built.
    fn parsed(tree: Tree<'static>) -> Result<Self, Unfit> {
        Ok(match Content::by(|key| tree.has(key)) {
            Some(Content::OfScheme) => Self::OfScheme {
                entries: tree.read()?,
                shipped: false,
            },
            Some(Content::Vocabulary) => Self::Words(tree.read()?),
            Some(Content::Rules) => Self::Rules(tree.read()?),
            None => Self::Nothing,
        })
    }

    /// The same, but words and rules are left to be read when they are needed, and schemes to be set up.
    fn begun(tree: Tree<'static>) -> Result<Self, Unfit> {
        Ok(match Content::by(|key| tree.has(key)) {
            Some(Content::Vocabulary) => {
                let OfWords { vocabulary } = tree.read()?;
                Self::ShippedWords(vocabulary.of, tree)
            }
            Some(Content::Rules) => {
                let OfRules { form: forms } = tree.read()?;
                let rules = tree.list("rule").collect::<Result<_, _>>()?;
                Self::ShippedRules(ShippedRules { forms, rules })
            }
            Some(Content::OfScheme) => Self::OfScheme {
                entries: tree.read()?,
                shipped: true,
            },
            None => Self::Nothing,
        })
    }

    fn of(file: &TextFile) -> (Self, Vec<PackProblem>) {
        let (content, table) = match Content::of(file) {
            Ok(known) => known,
            Err(problems) => return (Self::Nothing, problems),
        };
        match content {
            Content::OfScheme => {
                let (read, problems) = toml_file::read_table(file, table);
                let part = read.map_or(Self::Nothing, |part| Self::OfScheme {
                    entries: Box::new(part),
                    shipped: false,
                });
                (part, problems)
            }
            Content::Vocabulary => {
                let (read, problems) = toml_file::read_table(file, table);
                let words = read.map_or(Self::Nothing, |words| Self::Words(Box::new(words)));
                (words, problems)
            }
            Content::Rules => {
                let (read, problems) = toml_file::read_table(file, table);
                (read.map_or(Self::Nothing, Self::Rules), problems)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PackFile, Read, Shape};

    /// What stands in a file, with every place.
    fn shown(shape: &Shape) -> String {
        match shape {
            Shape::OfScheme { entries, .. } => format!("{entries:?}"),
            Shape::Words(words) => format!("{words:?}"),
            Shape::Rules(rules) => format!("{rules:?}"),
            Shape::ShippedWords(..) | Shape::ShippedRules(_) | Shape::Nothing => String::new(),
        }
    }

    #[test]
    fn every_shipped_file_says_the_same_parsed_before_and_parsed_now() {
        let files = PackFile::shipped();
        assert!(files.len() > 40);
        for file in files {
            let parsed = Shape::parsed(file.tree().expect("it is compiled in"));
            let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.path));
            let now = Read::whole(PackFile::new(
                &*file.pack,
                &*file.path,
                file.text().to_owned(),
            ));
            assert!(now.problems.is_empty(), "{:?}", now.problems);
            assert!(!shown(&parsed).is_empty(), "{}", file.path);
            assert_eq!(shown(&parsed), shown(&now.shape), "{}", file.path);
        }
    }
}
