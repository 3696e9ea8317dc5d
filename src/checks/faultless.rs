//! `faultless`: a marking must be written as its scheme wants.

use super::written::Faults;
use super::{Chosen, Draft, Finding, Names, Pattern, Profile, Run, Selector, Words};
use crate::marking::{Fault, Marking, MarkingFault};
use crate::pack::shared::Name;
use crate::reading::{Element, ElementKind, KindSet};
use rustc_hash::FxHashSet;
use schemars::JsonSchema;
use serde::Deserialize;

/// A marking must be written as its scheme wants. What should stand is what the scheme would have there, or
/// the word that the one at fault does not go with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Faultless {
    /// The markings.
    pub what: Selector,
    /// The faults that count.
    pub of: Faults,
    /// The shape that the words at fault must have, as parts of a pattern.
    #[serde(default)]
    pub shape: Words,
    /// The vocabulary that must know the words at fault.
    pub words: Option<Name>,
    /// Only words that are near a known one, or only those that are not.
    pub near: Option<bool>,
}

#[derive(Debug)]
struct Written {
    what: Chosen,
    faults: Box<[Fault]>,
    shape: Option<Pattern>,
    vocabulary: Option<Box<str>>,
    near: Option<bool>,
}

/// Banners stand on every page: what is wrong with one is wrong with all of the same words.
const REPEATED: KindSet = KindSet::of(ElementKind::Banner)
    .with(ElementKind::BottomBanner)
    .with(ElementKind::PageBanner);

impl Faultless {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let known = self.words.as_ref();
        let known = known.filter(|name| names.vocabulary(name).is_some());
        Box::new(Written {
            what: self.what.compile(names),
            faults: self.of.iter().collect(),
            shape: (!self.shape.is_empty()).then(|| Pattern::compile(self.shape.names(), names)),
            vocabulary: known.map(|name| name.text().into()),
            near: self.near,
        })
    }
}

impl Written {
    fn counts(&self, found: &MarkingFault, marking: &Marking, draft: &Draft<'_>) -> bool {
        let text = draft.slice(found.span);
        let known = |name: &str| {
            let words = draft.lexicon.get(name);
            words.is_some_and(|words| words.find(text).is_some())
        };
        self.faults.contains(&found.fault)
            && self.shape.as_ref().is_none_or(|shape| shape.fits(text))
            && self.vocabulary.as_deref().is_none_or(known)
            && self
                .near
                .is_none_or(|wanted| wanted == draft.scheme.near(text, marking.surface).is_some())
            && (found.fault != Fault::Obsolete || is_gone(text, draft))
    }
}

/// Whether a term that is no longer one of the scheme was gone on the day of the draft. Records keep some.
fn is_gone(text: &str, draft: &Draft<'_>) -> bool {
    let Some(term) = draft.scheme.deprecated_named(text) else {
        return true;
    };
    let day = draft.judged_on();
    let in_time = term
        .until
        .zip(day)
        .is_some_and(|(until, day)| day <= until.0);
    let kept = term.kept_in_records && draft.profile == Profile::Archive;
    !(in_time || kept)
}

fn finding(
    found: &MarkingFault,
    marking: &Marking,
    element: &Element,
    draft: &Draft<'_>,
) -> Finding {
    let (scheme, surface) = (draft.scheme, marking.surface);
    // What is missing, or a blank, has no place of its own to be shown at.
    let shown = !draft.slice(found.span).is_empty();
    let place = if shown { found.span } else { marking.span };
    let finding = Finding {
        confidence: element.confidence,
        ..Finding::at_place(place, draft)
    };
    let near = || match found.fault {
        Fault::UnknownWord | Fault::Unlisted => scheme.near(draft.slice(found.span), surface),
        _ => None,
    };
    let expected = found.expected.text(scheme, surface);
    let finding = match (expected, found.other) {
        (Some(expected), _) => finding.expecting(expected),
        (None, Some(other)) => finding.expecting_as_at(other, draft),
        (None, None) => finding.expecting(near().map_or("", |near| near.spelling)),
    };
    found.other.into_iter().fold(finding, Finding::beside_place)
}

impl Run for Written {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        // Nearly all markings are right.
        if !draft.faulty.intersects(self.what.kinds) {
            return;
        }
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for element in self.what.all(draft) {
            let Some(marking) = element.marking().filter(|own| !own.faults.is_empty()) else {
                continue;
            };
            if REPEATED.contains(element.kind) {
                let text = draft.slice(element.span);
                if !seen.insert(text) {
                    continue;
                }
            }
            let faults = marking.faults.iter();
            let faults = faults.filter(|found| self.counts(found, marking, draft));
            findings.extend(faults.map(|found| finding(found, marking, element, draft)));
        }
    }
}
