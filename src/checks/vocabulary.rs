//! `vocabulary`: words must be known. What should stand is the nearest word that is.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::Surface;
use crate::pack::shared::Name;
use crate::pack::text::PackText;
use crate::problem::nearest;
use crate::reading::{Element, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// Words must be known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Known {
    /// Elements that hold such a word.
    pub what: Selector,
    /// The vocabulary that must know it, if not the one of that kind; `levels` for those of the scheme.
    pub words: Option<Name>,
    /// Only words that are near a known one, or only those that are not.
    pub near: Option<bool>,
}

/// Stands for the levels of the scheme in place of a vocabulary.
const LEVELS: &str = "levels";

#[derive(Debug)]
struct Unknown {
    what: Chosen,
    vocabulary: Option<Box<str>>,
    near: Option<bool>,
}

impl Known {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let own = names.vocabulary_of(self.what.kind());
        let vocabulary = match &self.words {
            Some(name) if name.text() == LEVELS => None,
            Some(name) => names.vocabulary(name).map(|_| name.text().into()),
            None => own.map(Into::into),
        };
        Box::new(Unknown {
            what: self.what.compile(names),
            vocabulary,
            near: self.near,
        })
    }
}

impl Unknown {
    /// The word that was probably meant.
    fn meant<'a>(&self, element: &Element, draft: &Draft<'a>) -> Option<&'a str> {
        let text = draft.slice(element.span);
        let Some(name) = self.vocabulary.as_deref() else {
            let known = || {
                let levels = draft.scheme.levels();
                let spellings = levels.flat_map(|(_, level)| level.spellings.on(Surface::Header));
                spellings.map(PackText::as_str)
            };
            // The letters of a level may stand apart.
            let joined: String = text.split(' ').collect();
            return nearest(text, known()).or_else(|| nearest(&joined, known()));
        };
        let words = draft.lexicon.get(name)?;
        match element.term {
            Some(term) => Some(&words.term(term).word),
            None => words.nearest(text),
        }
    }
}

impl Run for Unknown {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for element in self.what.all(draft) {
            if element.term.is_some() && element.value != Value::NearMiss {
                continue;
            }
            let meant = self.meant(element, draft);
            if self.near.is_none_or(|wanted| wanted == meant.is_some()) {
                let finding = Finding::at(element, draft);
                findings.push(finding.expecting(meant.unwrap_or_default()));
            }
        }
    }
}
