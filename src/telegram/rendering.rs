//! Tells telegrams from other texts, and one rendering from another.

use super::{Reader, is_digits, labels, mrn, parts, transmission};
use crate::reading::Rendering;

/// Lines with text among which the rendering shows.
const WINDOW: usize = 60;

/// Lines with text within which a transmission shows its first line.
const FIRST_LINES: usize = 4;

/// Lines with text within which a journal copy shows its first page line, and labelled fields their first.
const OPENING: usize = 14;

/// Lines with text within which an extract shows its reference number.
const EXTRACT: usize = 14;

impl<'t> Reader<'t> {
    /// Which rendering it is; `None` where nothing speaks for a telegram.
    pub(super) fn recognise(&mut self) -> Option<()> {
        let all = 0..self.document.lines().len();
        let shown: Vec<&'t str> = all
            .filter_map(|index| self.line(index))
            .map(|(text, _)| text)
            .filter(|text| !text.is_empty())
            .take(WINDOW)
            .collect();
        self.reading.rendering = Some(self.rendering_of(&shown)?);
        Some(())
    }

    fn rendering_of(&self, shown: &[&str]) -> Option<Rendering> {
        let first = |count: usize| shown.iter().take(count).copied();
        if first(FIRST_LINES).any(is_transmission_line) {
            return Some(Rendering::Transmission);
        }
        if first(OPENING).any(is_first_page_line) {
            return Some(Rendering::Journal);
        }
        if first(OPENING).any(|text| self.is_reference_field(text)) {
            return Some(Rendering::Fields);
        }
        let dtg = shown
            .iter()
            .position(|text| transmission::is_dtg_line(text));
        if let Some(dtg) = dtg
            && shown
                .iter()
                .skip(dtg)
                .take(4)
                .any(|text| transmission::originator(text).is_some())
        {
            // What stands before it is a copy's own note, or a header whose first line was cut.
            let header = first(dtg).any(|text| text.starts_with("DE R"));
            return Some(if header {
                Rendering::Transmission
            } else {
                Rendering::FromDtg
            });
        }
        let labels = self.words_of(super::lexicon::Kind::Label);
        let labelled = |text: &&str| {
            labels::label(text, labels).is_some_and(|found| mrn::is_administrative(&found))
        };
        let numbered = first(EXTRACT).position(|text| {
            let parts = parts::split(text, self.scheme, self.lexicon);
            parts.is_some_and(|parts| parts.states_level() && parts.is_whole())
        });
        if let Some(numbered) = numbered {
            return shown
                .iter()
                .skip(numbered)
                .take(20)
                .any(labelled)
                .then_some(Rendering::Extract);
        }
        self.extract_without_level(shown)
            .then_some(Rendering::Extract)
    }

    /// A first line of station and serial, or of level and station, with the line of the order near it and
    /// that of the tags or the subject.
    fn extract_without_level(&self, shown: &[&str]) -> bool {
        let labels = self.words_of(super::lexicon::Kind::Label);
        let has = |which| {
            let near = shown.iter().take(20);
            near.filter_map(|text| labels::label(text, labels))
                .any(|found| found.which == which)
        };
        let first = shown.first().is_some_and(|text| {
            let parts = parts::split(text, self.scheme, self.lexicon);
            parts.is_some_and(|parts| parts.is_whole() || parts.level_before_words(text))
        });
        first
            && has(labels::Which::Order)
            && (has(labels::Which::Tags) || has(labels::Which::Subject))
    }

    fn is_reference_field(&self, text: &str) -> bool {
        let words = self.words_of(super::lexicon::Kind::Label);
        let found = labels::label(text, words);
        found.is_some_and(|found| {
            found.which == labels::Which::Field && words.is_in(found.term, "mrn")
        })
    }
}

/// `VZCZC`, three letters of a channel and its running number, or what is left of it.
fn is_transmission_line(text: &str) -> bool {
    text.starts_with("VZCZC") || text.starts_with("ZCZC")
}

/// `PAGE 01`, a station, and mostly a number and a time.
fn is_first_page_line(text: &str) -> bool {
    let mut words = text.split_ascii_whitespace();
    let is_first = words.next() == Some("PAGE") && matches!(words.next(), Some("01" | "1"));
    let mut rest = words.peekable();
    is_first && rest.peek().is_some() && rest.any(|word| is_digits(word) || word.ends_with('Z'))
}
