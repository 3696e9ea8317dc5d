//! L6: the spill guard: no marking above the highest that may lie in a place, wherever it stands.
//!
//! Two eyes look. The reader knows a telegram or a marked document, with its bare portion marks. The
//! [`Watch`] goes through any text at all, also source code and data, and takes for a marking only
//! what can hardly be anything else. `docs/ceiling.md` says what neither sees.

mod evidence;
mod label;
mod watch;

pub use watch::{Seen, Watch};

use crate::diagnostic::{Confidence, Diagnostic, Label, Severity};
use crate::fingerprint::Fingerprint;
use crate::marking::{LazyScheme, Marking, Scheme, Surface, parse};
use crate::reading::Reading;
use crate::text::Span;
use std::sync::Arc;

/// Id of the finding on a marking above the ceiling. No setting turns it off, accepts it, or makes it less.
pub const ID: &str = "core/ceiling";

/// Most places beside the first that a finding shows.
const SHOWN: usize = 3;

/// Most letters of a marking that a message quotes.
const QUOTED: usize = 60;

/// The highest marking that may stand in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ceiling {
    /// As it was written.
    words: String,
    scheme: String,
    marking: Marking,
}

impl Ceiling {
    /// A ceiling from the words of a banner: a level, and the controls that may stand beside it.
    ///
    /// The first scheme that finds nothing wrong with them is meant; `None` where none does.
    pub fn parse(words: &str, schemes: &[LazyScheme]) -> Option<Self> {
        schemes.iter().find_map(|scheme| {
            let marking = parse(words.trim(), 0, scheme, Surface::Banner);
            let right = marking.level.is_some() && marking.is_understood() && marking.is_right();
            right.then(|| Self {
                words: words.trim().to_owned(),
                scheme: scheme.name().to_owned(),
                marking,
            })
        })
    }

    /// As it was written.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether a marking of a scheme lies above it, or cannot be compared with it.
    ///
    /// A level of another scheme counts as the one that it answers to; without one it lies above where
    /// it is a classification. No control of another scheme is granted.
    pub fn is_exceeded_by(
        &self,
        marking: &Marking,
        scheme: &Scheme,
        schemes: &[LazyScheme],
    ) -> bool {
        if scheme.name() == self.scheme {
            return !scheme.is_within(marking, &self.marking);
        }
        let Some(used) = marking.level else {
            return !marking.controls.is_empty();
        };
        let level = scheme.level(used.level);
        let own = schemes.iter().find(|own| own.name() == self.scheme);
        let answer = own.and_then(|own| {
            let mut entries = level.equivalents.iter();
            let entry = entries.find(|entry| entry.scheme == self.scheme)?;
            Some((own, own.level_named(&entry.level)?))
        });
        let above = match (answer, self.marking.level) {
            (Some((own, answer)), Some(most)) => !matches!(
                own.compare(answer, most.level),
                Some(std::cmp::Ordering::Less | std::cmp::Ordering::Equal)
            ),
            _ => level.classified,
        };
        above || !marking.controls.is_empty()
    }
}

/// A text to guard, with what the reader made of it.
#[derive(Clone, Copy)]
pub struct Guarded<'t> {
    /// The decoded text.
    pub text: &'t str,
    /// The name, whose ending tells a table from prose.
    pub name: &'t str,
    /// What the reader recognised, and by which scheme.
    pub reading: (&'t Reading, &'t Scheme),
}

// It holds a draft's text.
impl std::fmt::Debug for Guarded<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Guarded")
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl Guarded<'_> {
    /// The finding on every marking that exceeds one of the ceilings; `None` where none does.
    pub fn exceeding(
        &self,
        ceilings: &[Ceiling],
        watch: &Watch,
        schemes: &[LazyScheme],
    ) -> Option<Diagnostic> {
        let over = |marking: &Marking, scheme: &Scheme| {
            let mut ceilings = ceilings.iter();
            ceilings.find(|ceiling| ceiling.is_exceeded_by(marking, scheme, schemes))
        };
        let mut places: Vec<(Span, String, &Ceiling)> = Vec::new();
        let (reading, scheme) = self.reading;
        for (span, marking) in read_markings(reading) {
            if let Some(ceiling) = over(marking, scheme) {
                places.push((span, level_name(marking, scheme), ceiling));
            }
        }
        for seen in watch.look(self.text, self.name, schemes) {
            if let Some(scheme) = schemes.get(seen.scheme)
                && let Some(ceiling) = over(&seen.marking, scheme)
            {
                places.push((seen.span, level_name(&seen.marking, scheme), ceiling));
            }
        }
        places.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
        places.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        self.finding(&places)
    }

    fn finding(&self, places: &[(Span, String, &Ceiling)]) -> Option<Diagnostic> {
        let ((primary, level, ceiling), others) = places.split_first()?;
        let written = self.text.get(primary.range()).unwrap_or_default().trim();
        let quoted: String = written.chars().take(QUOTED).collect();
        let mut found = Diagnostic::new(Arc::from(ID), *primary);
        found.severity = Severity::Error;
        found.confidence = Confidence::Certain;
        let words = ceiling.words();
        found.message = format!("`{quoted}` is above the ceiling `{words}`");
        found.plain = format!("a marking{level} is above the ceiling `{words}`");
        "above the ceiling".clone_into(&mut found.label);
        found.help =
            Some("take the text to a place where it may lie; a copy in a history stays".to_owned());
        let more = others.len().saturating_sub(SHOWN);
        for (index, (span, ..)) in others.iter().take(SHOWN).enumerate() {
            let message = if more > 0 && index + 1 == SHOWN {
                format!("and {more} more")
            } else {
                String::new()
            };
            found.related.push(Label {
                message,
                span: *span,
            });
        }
        let count = places.len().to_string();
        found.fingerprint = Fingerprint::of([ID, words, level, &count]);
        Some(found)
    }
}

/// The markings that the reader is sure of, each with its place: the header, then every other.
fn read_markings(reading: &Reading) -> impl Iterator<Item = (Span, &Marking)> {
    let header = reading.header.as_ref();
    let header = header.map(|header| {
        let place = header.level.map_or(header.span, |used| used.span);
        (place, header)
    });
    let sure = |found: Confidence| found > Confidence::Possible;
    let header = header.filter(move |_| sure(reading.header_confidence));
    let elements = reading.elements.iter();
    let elements = elements.filter(move |element| sure(element.confidence));
    header
        .into_iter()
        .chain(elements.filter_map(|element| Some((element.span, element.marking()?))))
}

/// The level in a message without words of the draft: ` of level X`.
fn level_name(marking: &Marking, scheme: &Scheme) -> String {
    let name = marking.level.map(|used| &scheme.level(used.level).name);
    name.map_or_else(String::new, |name| format!(" of level {name}"))
}
