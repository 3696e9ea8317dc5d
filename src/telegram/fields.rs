//! The rendering in labelled fields: `MRN:`, `From:`, `Action:`, `Captions:`, `Subject:` and the like.

use super::furniture::Role;
use super::labels::{Label, Which};
use super::lexicon::Kind;
use super::{Reader, is_digits};
use crate::diagnostic::Confidence;
use crate::marking::{LevelUse, Marking, Surface};
use crate::pack::text::PackText;
use crate::reading::{Element, ElementKind, Rendering};
use crate::text::Span;

impl Reader<'_> {
    /// Reads the fields, up to the text.
    pub(super) fn fields(&mut self) {
        let mut begun = false;
        while self.at < self.end {
            let Some((text, span)) = self.open_line(self.at) else {
                self.at += 1;
                continue;
            };
            if super::opening::paragraph_number(text).is_some() {
                break;
            }
            if text.is_empty() {
                self.at += 1;
                continue;
            }
            let Some(found) = self
                .any_label(text)
                .filter(|found| found.which != Which::Authority)
            else {
                if begun && !self.field_ahead() {
                    break;
                }
                self.at += 1;
                continue;
            };
            begun = true;
            self.set_role(self.at, Role::Read);
            self.at += 1;
            let start = (span.start + super::offset(found.value)).min(span.end);
            self.field(found, span, self.trim(Span::new(start, span.end)));
        }
        self.signature_field();
    }

    /// Whether another field follows before a blank line.
    fn field_ahead(&self) -> bool {
        let next = (self.at + 1..self.end).filter_map(|index| self.open_line(index));
        let mut lines = next.take_while(|(text, _)| !text.is_empty());
        lines.any(|(text, _)| {
            self.any_label(text)
                .is_some_and(|found| found.which != Which::Authority)
        })
    }

    fn field(&mut self, found: Label, line: Span, value: Span) {
        if found.which != Which::Field {
            let regular = Label {
                regular: true,
                ..found
            };
            if found.which == Which::Order || found.which == Which::Reference {
                self.labelled(regular, line);
            } else {
                if found.which == Which::Tags && !found.regular {
                    let label = Span::new(line.start, line.start + super::offset(found.len));
                    self.push_term(ElementKind::IrregularLabel, label, Some(found.term));
                }
                self.one_field(found.which, value);
            }
            return;
        }
        let labels = self.words_of(Kind::Label);
        let group = labels.term(found.term).and_then(|term| term.groups.get(1));
        match group.map(PackText::as_str) {
            Some("mrn") => self.reference_field(line, value),
            Some("dtg") => self.date_field(value),
            Some("originator") => self.originator(value),
            Some("action") => self.addressee_fields(ElementKind::ActionAddressee, value),
            Some("info") => self.addressee_fields(ElementKind::InfoAddressee, value),
            Some("captions") => self.caption_field(value),
            Some("level") => self.level_field(value),
            Some("attention") => self.attention(value),
            Some("signature") => self.push_text(ElementKind::Signature, value),
            _ => {}
        }
    }

    fn one_field(&mut self, which: Which, value: Span) {
        if which == Which::Tags {
            self.tags(value);
        } else {
            let whole = self.wrapped(value);
            self.subject(whole);
        }
    }

    /// `17 ZENDA 82`: year, station, serial.
    fn reference_field(&mut self, line: Span, value: Span) {
        self.push_text(ElementKind::MrnLine, line);
        let words = self.words(value);
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
            return;
        };
        let mut start = first;
        if is_digits(self.slice(first)) && words.len() > 2 {
            self.push_number(ElementKind::MrnYear, first);
            start = words.get(1).copied().unwrap_or(first);
        }
        if is_digits(self.slice(last)) && start.start < last.start {
            let station = self.trim(Span::new(start.start, last.start));
            let term = self.words_of(Kind::Station).word(self.slice(station));
            self.push_term(ElementKind::Station, station, term);
            self.push_number(ElementKind::Serial, last);
        }
    }

    /// `Sep 25, 2017 / 250150Z SEP 17`.
    fn date_field(&mut self, value: Span) {
        let words = self.words(value);
        let clock = words.iter().position(|&word| {
            let text = self.slice(word);
            text.len() == 7 && text.ends_with('Z') && text.get(..6).is_some_and(is_digits)
        });
        if let Some(at) = clock
            && let (Some(first), Some(last)) = (words.get(at), words.get(at + 2))
        {
            self.date_from(first.join(*last));
            return;
        }
        let text: String = self.slice(value).replace(',', " ");
        let date = crate::reading::moment::spelt_date(&text);
        self.reading.date = date.or(self.reading.date);
    }

    fn addressee_fields(&mut self, kind: ElementKind, value: Span) {
        self.addressee_line(kind, value);
        while let Some(span) = self.continued() {
            self.addressee_line(kind, span);
        }
    }

    /// Captions between commas, with the field as a whole around them.
    fn caption_field(&mut self, value: Span) {
        let mut whole = value;
        self.captions_between_commas(value);
        while let Some(span) = self.continued() {
            self.captions_between_commas(span);
            whole = if whole.is_empty() {
                span
            } else {
                whole.join(span)
            };
        }
        self.push_text(ElementKind::CaptionField, whole);
    }

    fn captions_between_commas(&mut self, value: Span) {
        for piece in self.split(value, |byte| matches!(byte, b',' | b';')) {
            let piece = self.trim(piece);
            if !piece.is_empty() && !self.caption_line(self.slice(piece), piece) {
                self.push_text(ElementKind::UnknownCaption, piece);
            }
        }
    }

    /// The next line, where it is indented and so continues the field above it.
    fn continued(&mut self) -> Option<Span> {
        let (text, span) = self.open_line(self.at)?;
        let line = self.document.lines().get(self.at)?;
        if text.is_empty() || line.indent == 0 || self.any_label(text).is_some() {
            return None;
        }
        self.set_role(self.at, Role::Read);
        self.at += 1;
        Some(span)
    }

    fn level_field(&mut self, value: Span) {
        let text = self.slice(value);
        match super::levels::level_at(text, self.scheme) {
            Some(found) => {
                let end = value.start + super::offset(found.len);
                self.push_level(ElementKind::Level, found.level, Span::new(value.start, end));
                self.behind_level(Span::new(end, value.end));
            }
            None if !value.is_empty() => self.push_text(ElementKind::UnknownLevel, value),
            None => {}
        }
    }

    /// Controls that the field writes behind the level count as captions: `//REL TO USA, GBR`.
    fn behind_level(&mut self, rest: Span) {
        let scheme = self.scheme;
        let separator = scheme.syntax().between_categories.as_str();
        let text = self.slice(rest);
        let mut start = rest.start;
        for segment in text.split(separator) {
            let lead = segment.len() - segment.trim_start().len();
            let from = start + super::offset(lead);
            let place = Span::new(from, from + super::offset(segment.trim().len()));
            let term = self.words_of(Kind::Caption).find(segment.trim());
            if term.is_some() && !place.is_empty() {
                self.push_term(ElementKind::Caption, place, term);
            }
            start += super::offset(segment.len() + separator.len());
        }
    }

    /// The header of a telegram in fields that states no level and names nobody who classified it, nor a day
    /// on which it will be declassified, or of which every mark says that it is not classified: it is not,
    /// and its captions are all that controls it.
    /// It stands where the captions do, or else at the reference number.
    pub(super) fn header_without_level(&mut self) -> Option<Marking> {
        let unread = [ElementKind::UnknownLevel, ElementKind::UnknownCaption];
        let claims = [
            ElementKind::ClassifiedBy,
            ElementKind::DerivedFrom,
            ElementKind::DeclassifyOn,
            ElementKind::AuthorityDay,
        ];
        let any = |kinds: &[ElementKind]| kinds.iter().any(|&kind| self.has(kind));
        if self.reading.rendering != Some(Rendering::Fields)
            || any(&unread)
            || any(&claims) && !self.is_marked_open()
        {
            return None;
        }
        let place = self.first(ElementKind::Caption);
        let span = place.or_else(|| self.first(ElementKind::MrnLine))?.span;
        let (level, _) = self.scheme.levels().find(|(_, level)| !level.classified)?;
        let mut header = Marking::empty(span, Surface::Header);
        header.level = Some(LevelUse { level, span });
        self.reading.header_confidence = Confidence::Likely;
        Some(header)
    }

    /// Whether there are marks of portions, and none states a classification.
    fn is_marked_open(&self) -> bool {
        let mut marks = self.reading.of(ElementKind::Portion).peekable();
        let open = |mark: &Element| {
            let level = mark.marking().and_then(|marking| marking.level);
            level.is_none_or(|used| !self.scheme.level(used.level).classified)
        };
        marks.peek().is_some() && marks.all(open)
    }

    /// `Signature: Sapt`, below the text.
    fn signature_field(&mut self) {
        for index in (self.at..self.end).rev().take(40) {
            let Some((text, span)) = self.open_line(index) else {
                continue;
            };
            let labels = self.words_of(Kind::Label);
            let Some(found) = self.any_label(text) else {
                continue;
            };
            if found.which == Which::Field {
                let is_signature = labels.is_in(found.term, "signature");
                self.set_role(index, Role::Read);
                if is_signature {
                    let start = (span.start + super::offset(found.value)).min(span.end);
                    let value = self.trim(Span::new(start, span.end));
                    self.push_text(ElementKind::Signature, value);
                }
            }
        }
    }
}
