//! The classification authority: who classified it, from what, for which reason, and until when.

use super::Reader;
use super::lexicon::Kind;
use super::phrases::Hit;
use crate::pack::text::PackText;
use crate::reading::{Element, ElementKind, Value};
use crate::text::Span;
use smallvec::SmallVec;

/// Most bytes of one field.
const LONGEST: usize = 400;

/// Most bytes behind the section of a reason in which its letters stand.
const LETTERS: usize = 48;

/// Words that may stand between the letters of a reason.
const JOINING: [&str; 6] = ["AND", "OR", "AMP", "SECTION", "SECTIONS", "SEC"];

/// A label of the authority paragraph, with its field up to the next label.
#[derive(Debug, Clone, Copy)]
struct Field {
    kind: ElementKind,
    label: Span,
    value: Span,
}

impl Reader<'_> {
    /// Looks for the labels from the administrative lines up to the second paragraph: the paragraph
    /// is often numbered, split over lines or marked. Where none stands there, a later paragraph that
    /// begins with one is the authority.
    pub(super) fn authority(&mut self) {
        let opening = self.opening_zone();
        let fields = self.authority_fields(opening);
        let fields = if fields.is_empty() {
            self.late_authority()
                .map_or(fields, |zone| self.authority_fields(zone))
        } else {
            fields
        };
        for field in &fields {
            self.authority_field(field);
        }
        self.authority_place(&fields);
    }

    /// The first paragraph behind the opening that begins with the label of who classified it.
    fn late_authority(&self) -> Option<Span> {
        let labels = self.words_of(Kind::Label);
        let hits = self.hits.iter().filter(|hit| hit.kind == Kind::Label);
        let mut named = hits.filter(|hit| {
            let term = labels.term(hit.term);
            let behind = self.text.get(hit.span.end as usize..).unwrap_or_default();
            term.is_some_and(|term| kind_of(&term.groups) == Some(ElementKind::ClassifiedBy))
                && behind.starts_with(':')
        });
        named.find_map(|hit| {
            let later = self.body.paragraphs.get(1..)?;
            let before = later.partition_point(|own| own.span.start <= hit.span.start);
            let paragraph = later.get(before.checked_sub(1)?)?;
            let paragraph = Some(paragraph).filter(|own| own.span.contains(hit.span))?;
            let between = Span::new(paragraph.number.end, hit.span.start);
            let mark = self.slice(between).trim_matches(['.', ' ']);
            let opens =
                mark.is_empty() || mark.starts_with('(') && mark.find(')') == Some(mark.len() - 1);
            opens.then_some(paragraph.span)
        })
    }

    /// The fields of a part of the text.
    fn authority_fields(&self, zone: Span) -> Vec<Field> {
        let labels = self.words_of(Kind::Label);
        let mut fields: Vec<Field> = Vec::new();
        let hits = self
            .hits
            .iter()
            .filter(|hit| hit.kind == Kind::Label && zone.contains(hit.span));
        for hit in hits {
            let kind = labels.term(hit.term).and_then(|term| kind_of(&term.groups));
            let Some(kind) = kind.filter(|&kind| self.is_label(hit, kind, fields.is_empty()))
            else {
                continue;
            };
            if fields
                .last()
                .is_some_and(|last| last.label.end > hit.span.start)
            {
                continue;
            }
            fields.push(Field {
                kind,
                label: hit.span,
                value: Span::at(hit.span.end),
            });
        }
        for index in 0..fields.len() {
            let next = fields.get(index + 1).map(|next| next.label.start);
            if let Some(field) = fields.get_mut(index) {
                field.value =
                    self.field_value(field.label.end, next.unwrap_or(zone.end).min(zone.end));
            }
        }
        fields
    }

    /// Whether a label opens a field: with its colon at the start of a line or a sentence, without one at
    /// the start of a block, or behind another field.
    fn is_label(&self, hit: &Hit, kind: ElementKind, first: bool) -> bool {
        let before = self.text.get(..hit.span.start as usize).unwrap_or_default();
        let after = self.text.get(hit.span.end as usize..).unwrap_or_default();
        let head = before.trim_end_matches([' ', '\t']);
        let colon = after.starts_with(':') || after.starts_with(" :");
        let behind = after.trim_start_matches([':', ' ', '(', 's', 'S', ')', '\r', '\n']);
        // In a field begun before, `for reasons 1.4 (b)` opens the next one.
        let number = behind.starts_with(|next: char| next.is_ascii_digit());
        if kind == ElementKind::Reason && !colon && !number {
            return false;
        }
        let opens_line = head.is_empty() || head.ends_with(['\n', '\r', '.', ')', ';', ',', ':']);
        let opens_block = head.is_empty()
            || head.ends_with(['.', ')'])
            || head.ends_with("\n\n")
            || head.ends_with("\r\n\r\n");
        opens_line && (colon || number) || opens_block || !first && (colon || number)
    }

    /// What stands behind a label, up to the next one or a blank line.
    fn field_value(&self, from: u32, to: u32) -> Span {
        let mut end = (from as usize + LONGEST).min(to as usize);
        while end > from as usize && !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let rest = self.slice(Span::new(from, super::offset(end).max(from)));
        let blank = ["\n\n", "\r\n\r\n"]
            .iter()
            .filter_map(|gap| rest.find(gap))
            .min();
        let rest = rest.get(..blank.unwrap_or(rest.len())).unwrap_or_default();
        let rest = rest.trim_end_matches([' ', '\n', '\r', '\t', ',', ';']);
        let rest = rest
            .strip_suffix(" for")
            .or_else(|| rest.strip_suffix(" FOR"))
            .unwrap_or(rest);
        let lead = rest.len()
            - rest
                .trim_start_matches([':', ' ', '\t', '\n', '\r', '.'])
                .len();
        let end = from + super::offset(rest.len());
        Span::new((from + super::offset(lead)).min(end), end)
    }

    fn authority_field(&mut self, field: &Field) {
        let whole = field.label.join(field.value);
        match field.kind {
            ElementKind::Reason => self.reason(whole, field.value),
            ElementKind::AuthorityDay => {
                self.instruction(field.value, true, ElementKind::AuthorityDay);
            }
            kind => {
                self.push_text(kind, whole);
                if kind == ElementKind::ClassifiedBy {
                    self.classifier(field.value);
                } else {
                    self.sources(field.value);
                }
            }
        }
    }

    /// `Black Michael, DCM`: a name and a position.
    fn classifier(&mut self, value: Span) {
        let text = self.slice(value).trim_end_matches(['.', ' ']);
        let text = text.trim_start_matches('(');
        if text.is_empty() {
            return;
        }
        let start = value.start;
        let name = text.split_once(',').map_or(text, |(name, _)| name);
        let name_span = self.trim(Span::new(start, start + super::offset(name.len())));
        self.push_text(ElementKind::ClassifierName, name_span);
        let behind = name_span.end + super::offset(text.len() - name.len()).min(1);
        let title = self.trim(Span::new(
            behind.min(value.end),
            (start + super::offset(text.len())).max(behind.min(value.end)),
        ));
        let positions = self.words_of(Kind::Position);
        if !title.is_empty() {
            self.push_text(ElementKind::ClassifierTitle, title);
        } else if self
            .split(name_span, |byte| !byte.is_ascii_alphanumeric())
            .iter()
            .any(|&word| positions.word(self.slice(word)).is_some())
        {
            self.push_text(ElementKind::ClassifierTitle, name_span);
        }
    }

    /// A list of several sources: in brackets, or behind a colon or a line end.
    fn sources(&mut self, value: Span) {
        let text = self.slice(value);
        if let Some(at) = text.find(['(', ':', '\n']) {
            let list = self.trim(Span::new(value.start + super::offset(at), value.end));
            if list.len() > 3 {
                self.push_text(ElementKind::SourceList, list);
            }
        }
    }

    /// The section of the order and the letters behind it: `1.4 (b), (d)`, `1.4 (B/D)`, `1.4 b & d`.
    fn reason(&mut self, whole: Span, value: Span) {
        let text = self.slice(value);
        let digit = text.find(|letter: char| letter.is_ascii_digit());
        let section = digit.and_then(|at| {
            let run = text.get(at..)?;
            let len = run
                .bytes()
                .take_while(|byte| byte.is_ascii_digit() || *byte == b'.')
                .count();
            Some((at, run.get(..len)?.trim_end_matches('.')))
        });
        let term = section.and_then(|(_, section)| self.words_of(Kind::Reason).word(section));
        self.push_term(ElementKind::Reason, whole, term);
        let Some((at, section)) = section else { return };
        let first = at + section.len();
        for at in reason_letters(text.get(first..).unwrap_or_default()) {
            let start = value.start + super::offset(first + at);
            self.push_text(ElementKind::ReasonLetter, Span::new(start, start + 1));
        }
    }

    /// Whether the authority stands in a numbered paragraph or behind one.
    fn authority_place(&mut self, fields: &[Field]) {
        let (Some(first), Some(paragraph)) = (fields.first(), self.body.paragraphs.first()) else {
            return;
        };
        let last = fields.last().map_or(first.value, |last| last.value);
        let span = first.label.join(last);
        if first.label.start > paragraph.number.start {
            self.push_text(ElementKind::Authority, span);
            self.push(Element::new(ElementKind::MisplacedAuthority, span).with(Value::Text));
        }
    }
}

/// Places of the letters of a reason in the text behind its section: up to the end of the sentence, to a
/// word that joins no letters, or to an abbreviation such as `i.e.`.
fn reason_letters(text: &str) -> SmallVec<[usize; 4]> {
    let mut letters = SmallVec::new();
    let mut from = 0;
    while from < text.len().min(LETTERS) {
        let rest = text.get(from..).unwrap_or_default();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, behind) = rest.split_at(length);
        let end = matches!(behind.as_bytes(), [b'.', next, ..] if next.is_ascii_whitespace());
        let abbreviated =
            matches!(behind.as_bytes(), [b'.', next, b'.', ..] if next.is_ascii_alphabetic());
        let joins = || JOINING.iter().any(|own| own.eq_ignore_ascii_case(word));
        if length == 1 && abbreviated || length > 1 && !joins() || length == 0 && end {
            break;
        }
        if length == 1 {
            letters.push(from);
        }
        let next = behind.chars().next().map_or(0, char::len_utf8);
        from += length + if end { 0 } else { next };
    }
    letters
}

fn kind_of(groups: &[PackText]) -> Option<ElementKind> {
    groups.iter().find_map(|group| match group.as_str() {
        "classified-by" => Some(ElementKind::ClassifiedBy),
        "derived-from" => Some(ElementKind::DerivedFrom),
        "reason" => Some(ElementKind::Reason),
        "declassify-on" => Some(ElementKind::AuthorityDay),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::reason_letters;

    fn letters(text: &str) -> String {
        let places = reason_letters(text);
        places.iter().filter_map(|&at| text.get(at..=at)).collect()
    }

    #[test]
    fn letters_end_where_words_begin() {
        assert_eq!(letters(" (b), (d)"), "bd");
        assert_eq!(letters(" (B/D)."), "BD");
        assert_eq!(letters(" b & d"), "bd");
        assert_eq!(letters(" (B) AND\n(D). A plan"), "BD");
        assert_eq!(letters(" (b.d)"), "bd");
        assert_eq!(letters(" (d), i.e. relations with a neighbour"), "d");
        assert_eq!(letters(" (d) as a matter of course"), "d");
        assert_eq!(letters(" b. A plan"), "b");
        assert_eq!(letters(" (d) \u{2014} \u{e9}"), "d");
    }
}
