//! Chooses elements of a draft: by kind, and by what they say.

use super::names::{ControlSet, LevelSet, Names, TermSet};
use super::written::{Kinds, Words};
use super::{Draft, Pattern};
use crate::marking::{Marking, TermId};
use crate::reading::{Element, ElementKind, KindSet, Value};
use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// What an element says, by its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Nothing beyond its text.
    Text,
    /// A number.
    Number,
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// The shape of a value of which there is no such one.
    Impossible,
    /// A word that is misspelt.
    NearMiss,
    /// A marking.
    Marking,
}

impl ValueKind {
    const fn of(value: &Value) -> Self {
        match value {
            Value::Text => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Day(_) => Self::Day,
            Value::Moment(_) => Self::Moment,
            Value::Impossible => Self::Impossible,
            Value::NearMiss => Self::NearMiss,
            Value::Marking(_) => Self::Marking,
        }
    }
}

/// Elements of a draft: the name of a kind, or a table that narrows it.
#[derive(Debug, Clone)]
pub struct Selector(Box<Choice>);

/// A kind of element, narrowed by what it says; everything given must hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Choice {
    /// The kind, or several.
    pub element: Kinds,
    /// Words of its vocabulary, of which it must be one.
    pub term: Words,
    /// Groups of its vocabulary, of which it must be in one.
    pub group: Words,
    /// Words that it must not be.
    pub except_term: Words,
    /// Groups that it must not be in.
    pub except_group: Words,
    /// Texts, of which it must be one; neither capitals nor how it is wrapped matter.
    pub text: Words,
    /// The shape that its text must have, as parts of a pattern: `letters:4`, `digits`, `space`, `text:/`.
    pub shape: Words,
    /// Controls, of which its marking must state one.
    pub control: Words,
    /// Controls, of which its marking must state none.
    pub except_control: Words,
    /// Values of controls, as they are written, of which its marking must state one.
    pub stating: Words,
    /// Owners, of which its marking must state one.
    pub owner: Words,
    /// Levels, of which its marking must state one.
    pub level: Words,
    /// Whether its marking must state a classification.
    pub classified: Option<bool>,
    /// Whether its marking must state any control.
    pub controlled: Option<bool>,
    /// Whether a vocabulary must know it.
    pub known: Option<bool>,
    /// What it must say.
    pub value: Option<ValueKind>,
    /// The kind of element that must enclose it.
    #[serde(rename = "in")]
    pub inside: Option<ElementKind>,
    /// The mark of the portion in which it must stand.
    pub under: Option<Selector>,
}

impl<'de> Deserialize<'de> for Selector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KindOrTable;
        impl<'de> Visitor<'de> for KindOrTable {
            type Value = Selector;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a kind of element, several in brackets, or a table such as { element = \"…\" }")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Selector, E> {
                let kind = ElementKind::deserialize(StrDeserializer::new(word))?;
                let element = Kinds::one(kind);
                Ok(Selector(Box::new(Choice {
                    element,
                    ..Choice::default()
                })))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, kinds: A) -> Result<Selector, A::Error> {
                let element = Kinds::deserialize(SeqAccessDeserializer::new(kinds))?;
                if element.is_empty() {
                    return Err(A::Error::invalid_length(0, &self));
                }
                Ok(Selector(Box::new(Choice {
                    element,
                    ..Choice::default()
                })))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Selector, A::Error> {
                let choice = Choice::deserialize(MapAccessDeserializer::new(map))?;
                if choice.element.is_empty() {
                    return Err(A::Error::missing_field("element"));
                }
                Ok(Selector(Box::new(choice)))
            }
        }
        deserializer.deserialize_any(KindOrTable)
    }
}

impl JsonSchema for Selector {
    fn schema_name() -> Cow<'static, str> {
        "Selector".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (kind, table) = (
            generator.subschema_for::<ElementKind>(),
            generator.subschema_for::<Choice>(),
        );
        schemars::json_schema!({
            "description": "Elements of a draft: the name of a kind, or a table that narrows it",
            "anyOf": [kind.clone(), {"type": "array", "items": kind}, table]
        })
    }
}

/// A selector with its names looked up.
#[derive(Debug)]
pub struct Chosen {
    /// The kinds.
    pub kinds: KindSet,
    /// Where nothing narrows it.
    plain: bool,
    terms: Option<TermSet>,
    /// Bits of the terms, as [`TermSet::bits`] gives them, where it must be one of them.
    bits: Option<u64>,
    except: Option<TermSet>,
    texts: Box<[Box<str>]>,
    shape: Option<Pattern>,
    controls: Option<ControlSet>,
    except_controls: Option<ControlSet>,
    stating: Box<[Box<str>]>,
    owners: Box<[Box<str>]>,
    levels: Option<LevelSet>,
    classified: Option<bool>,
    controlled: Option<bool>,
    known: Option<bool>,
    value: Option<ValueKind>,
    inside: Option<ElementKind>,
    under: Option<Box<Self>>,
}

impl Selector {
    /// Every element of a kind.
    pub fn of(kind: ElementKind) -> Self {
        let element = Kinds::one(kind);
        Self(Box::new(Choice {
            element,
            ..Choice::default()
        }))
    }

    /// The first kind that it names.
    pub fn kind(&self) -> ElementKind {
        self.0.element.first()
    }

    /// Every kind that it names.
    pub fn kinds(&self) -> impl Iterator<Item = ElementKind> {
        self.0.element.iter()
    }

    /// Looks up its names.
    pub fn compile(&self, names: &mut Names<'_>) -> Chosen {
        let choice = &*self.0;
        let kind = self.kind();
        let mut terms = |words: &Words, groups: &Words| {
            let given = !words.is_empty() || !groups.is_empty();
            given.then(|| names.terms(kind, words.names(), groups.names()))
        };
        let except = terms(&choice.except_term, &choice.except_group);
        let terms = terms(&choice.term, &choice.group);
        let given = |words: &Words| !words.is_empty();
        let mut chosen = Chosen {
            kinds: choice.element.set(),
            plain: false,
            bits: terms.as_ref().map(TermSet::bits),
            terms,
            except,
            texts: texts(&choice.text),
            stating: texts(&choice.stating),
            owners: names.owners(choice.owner.names()),
            shape: given(&choice.shape).then(|| Pattern::compile(choice.shape.names(), names)),
            controls: given(&choice.control).then(|| names.controls(choice.control.names())),
            except_controls: given(&choice.except_control)
                .then(|| names.controls(choice.except_control.names())),
            levels: given(&choice.level).then(|| names.levels(choice.level.names())),
            classified: choice.classified,
            controlled: choice.controlled,
            known: choice.known,
            value: choice.value,
            inside: choice.inside,
            under: choice
                .under
                .as_ref()
                .map(|under| Box::new(under.compile(names))),
        };
        chosen.plain = chosen.is_plain();
        chosen
    }
}

fn texts(words: &Words) -> Box<[Box<str>]> {
    let names = words.names().iter();
    names.map(|name| name.text().into()).collect()
}

impl Chosen {
    fn is_plain(&self) -> bool {
        let by_word = self.terms.is_some()
            || self.except.is_some()
            || !self.texts.is_empty()
            || self.shape.is_some();
        let by_marking = self.controls.is_some()
            || self.except_controls.is_some()
            || !(self.stating.is_empty() && self.owners.is_empty())
            || self.levels.is_some()
            || self.classified.is_some()
            || self.controlled.is_some();
        let by_place = self.inside.is_some() || self.under.is_some();
        !(by_word || by_marking || by_place || self.known.is_some() || self.value.is_some())
    }

    /// Whether an element that is this word of its vocabulary could be chosen.
    pub fn admits(&self, term: TermId) -> bool {
        self.terms.as_ref().is_none_or(|set| set.contains(term))
            && !self.except.as_ref().is_some_and(|set| set.contains(term))
    }

    /// Whether an element is among the chosen.
    pub fn matches(&self, element: &Element, draft: &Draft<'_>) -> bool {
        self.kinds.contains(element.kind) && (self.plain || self.narrows(element, draft))
    }

    fn narrows(&self, element: &Element, draft: &Draft<'_>) -> bool {
        let term = element.term;
        self.terms
            .as_ref()
            .is_none_or(|set| term.is_some_and(|term| set.contains(term)))
            && self
                .except
                .as_ref()
                .is_none_or(|set| !term.is_some_and(|term| set.contains(term)))
            && self.known.is_none_or(|wanted| wanted == term.is_some())
            && self
                .value
                .is_none_or(|wanted| wanted == ValueKind::of(&element.value))
            && self.fits_text(element, draft)
            && self.fits_marking(element, draft)
            && self.fits_place(element, draft)
    }

    fn fits_text(&self, element: &Element, draft: &Draft<'_>) -> bool {
        if self.texts.is_empty() && self.shape.is_none() {
            return true;
        }
        let text = draft.slice(element.span);
        let is_one = self.texts.is_empty() || self.texts.iter().any(|own| is_same(own, text));
        is_one && self.shape.as_ref().is_none_or(|shape| shape.fits(text))
    }

    fn fits_marking(&self, element: &Element, draft: &Draft<'_>) -> bool {
        let scheme = draft.scheme_index;
        let marking = element.marking();
        let level = marking.and_then(|marking| marking.level);
        let states = |set: &ControlSet| {
            marking.is_some_and(|own| set.of(scheme).iter().any(|&control| own.has(control)))
        };
        self.controls.as_ref().is_none_or(states)
            && !self.except_controls.as_ref().is_some_and(states)
            && (self.stating.is_empty() || marking.is_some_and(|own| self.fits_value(own, draft)))
            && (self.owners.is_empty() || marking.is_some_and(|own| self.fits_owner(own, draft)))
            && self
                .levels
                .as_ref()
                .is_none_or(|set| level.is_some_and(|used| set.contains(scheme, used.level)))
            && self.classified.is_none_or(|wanted| {
                let classified =
                    level.is_some_and(|used| draft.scheme.level(used.level).classified);
                wanted == classified
            })
            && self
                .controlled
                .is_none_or(|wanted| wanted == marking.is_some_and(|own| !own.controls.is_empty()))
    }

    fn fits_value(&self, marking: &Marking, draft: &Draft<'_>) -> bool {
        let own = |text: &str| self.stating.iter().any(|wanted| is_same(wanted, text));
        let mut values = marking.values.iter();
        values.any(|value| own(draft.slice(value.span)))
    }

    fn fits_owner(&self, marking: &Marking, draft: &Draft<'_>) -> bool {
        let owner = marking.owner.map(|used| draft.scheme.owner(used.owner));
        owner.is_some_and(|owner| self.owners.iter().any(|wanted| **wanted == *owner.name))
    }

    fn fits_place(&self, element: &Element, draft: &Draft<'_>) -> bool {
        let encloses = |kind| draft.enclosing(kind, element.span).is_some();
        self.inside.is_none_or(encloses)
            && self.under.as_ref().is_none_or(|under| {
                draft
                    .mark_above(element.span)
                    .is_some_and(|mark| under.matches(mark, draft))
            })
    }

    /// Whether any element may be chosen, as far as the kinds and the words of the draft tell at once.
    pub(super) fn may_be_in(&self, draft: &Draft<'_>) -> bool {
        draft.kinds.intersects(self.kinds)
            && self
                .bits
                .is_none_or(|bits| draft.may_hold(self.kinds, bits))
    }

    /// Every chosen element, in the order of the text.
    pub fn all<'d, 'a>(
        &'d self,
        draft: &'d Draft<'a>,
    ) -> impl Iterator<Item = &'a Element> + use<'d, 'a> {
        let may_be = self.may_be_in(draft);
        let kinds = if may_be { self.kinds } else { KindSet::EMPTY };
        let elements = draft.of_any(kinds);
        elements.filter(|element| self.plain || self.narrows(element, draft))
    }

    /// The first chosen element.
    pub fn first<'a>(&self, draft: &Draft<'a>) -> Option<&'a Element> {
        if !self.may_be_in(draft) {
            return None;
        }
        let first = |kind| {
            let mut elements = draft.numbered(kind);
            elements.find(|element| self.plain || self.narrows(element, draft))
        };
        let kinds = self.kinds.both(draft.kinds);
        let firsts = kinds.numbers().filter_map(first);
        firsts.min_by_key(|element| (element.span, element.kind))
    }

    /// Whether any element is chosen.
    pub fn any(&self, draft: &Draft<'_>) -> bool {
        self.first(draft).is_some()
    }
}

/// Whether two texts are the same words, whatever their capitals and blanks.
fn is_same(one: &str, other: &str) -> bool {
    let (mut ones, mut others) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
            _ => return false,
        }
    }
}
