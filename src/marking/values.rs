//! The values of controls and owners: codes, compartments, and free text.

use super::fault::{Expected, Fault};
use super::markings::{ControlUse, ValueOf, ValueUse};
use super::parameter::{Parameter, fits};
use super::parse::{Last, Parser, token};
use super::scheme::{CodeId, ControlId};
use super::value_kinds::is_of_kind;
use super::words::Word;
use crate::pack::control_file::{Letters, ParameterKind, Side};

impl<'s> Parser<'s, '_> {
    /// Reads the values after a control's words, or after the level of an owner; gives the place behind them.
    pub(super) fn values(&mut self, of: ValueOf, parameter: &'s Parameter, at: usize) -> usize {
        if parameter.side == Side::Before {
            return at;
        }
        let end = if parameter.is_list() {
            self.list(of, parameter, at)
        } else {
            self.free_value(of, parameter, at)
        };
        if end > at {
            self.cover(of, at, end);
        }
        end
    }

    /// Values one after the other, each with what stands before it.
    fn list(&mut self, of: ValueOf, parameter: &'s Parameter, at: usize) -> usize {
        let mut end = at;
        let mut depth = None;
        loop {
            let start = self.word_start(end);
            let gap = self.text.get(end..start).unwrap_or_default();
            let right = next_depth(parameter, depth, gap);
            let word = self.value_at(parameter, start, right.or(depth).unwrap_or(0));
            let joins = right.is_none() && depth.is_some() && self.is_conjunction(parameter, word);
            let start = if joins {
                self.word_start(start + word.len())
            } else {
                start
            };
            let gap = self.text.get(end..start).unwrap_or_default();
            let word = if joins {
                self.value_at(parameter, start, 0)
            } else {
                word
            };
            if word.is_empty() {
                break;
            }
            let code = self.code(parameter, word);
            let under = right.unwrap_or(0) > 0;
            let known = code.is_some() || !under && parameter.known(word).is_some();
            // A word of the scheme ends the values, unless it is one of them.
            if !known && (right.is_none() || self.ends_values(start) || is_prose(word)) {
                break;
            }
            let own = right.unwrap_or(0);
            let span = self.span(start, start + word.len());
            if right.is_none() {
                // The doubled separator of categories does not stand within a list.
                if !joins && !gap.chars().all(|letter| " ,/;:-&".contains(letter))
                    || gap == "//" && depth.is_none()
                {
                    break;
                }
                let expected = between(of, self, depth);
                self.fault(Fault::ValueSeparator, self.span(end, start), expected);
            }
            self.check_value(parameter, own, word, (code, span));
            self.marking.values.push(ValueUse {
                of,
                depth: own,
                span,
                code,
            });
            depth = Some(own);
            end = start + word.len();
        }
        end
    }

    /// Whether a code is a word that joins two others, where no right separator stands before it.
    fn is_conjunction(&self, parameter: &Parameter, word: &str) -> bool {
        let list = parameter.codes.and_then(|list| self.scheme.code_list(list));
        list.is_some_and(|list| list.conjunctions.iter().any(|own| own == word))
    }

    /// Whether a word at a place is one of the scheme rather than a value. A level is none behind a level.
    fn ends_values(&self, at: usize) -> bool {
        let found = self.lookup(at).map(|found| self.meant(found, at));
        found.is_some_and(|found| match found.word {
            Word::Level(_) => self.marking.level.is_none(),
            Word::Control(_) => true,
            _ => false,
        })
    }

    /// The word at a place, as the values at a depth are written.
    fn value_at(&self, parameter: &Parameter, at: usize, depth: u8) -> &'s str {
        let rest = self.rest(at);
        if depth == 0
            && let Some(known) = parameter.known_start(rest)
        {
            return known;
        }
        if depth > 0 || parameter.shape.letters != Letters::Words {
            return token(rest);
        }
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == ' '));
        rest.get(..end.unwrap_or(rest.len()))
            .unwrap_or_default()
            .trim_end()
    }

    fn code(&self, parameter: &Parameter, word: &str) -> Option<CodeId> {
        let list = parameter.codes?;
        let code = self.scheme.code_lists.get(usize::from(list))?.find(word)?;
        Some(CodeId { list, code })
    }

    /// Whether a value is known, or looks as it should.
    fn check_value(
        &mut self,
        parameter: &Parameter,
        depth: u8,
        word: &str,
        (code, span): (Option<CodeId>, crate::text::Span),
    ) {
        if let Some(code) = code {
            if self.scheme.spelling(Word::Code(code), self.surface) != Some(word) {
                self.fault(Fault::Case, span, Expected::Word(Word::Code(code)));
            }
            return;
        }
        if depth == 0 && parameter.known(word).is_some() {
            return;
        }
        let shape = self.shape_at(parameter, depth);
        if depth == 0 && parameter.closed || parameter.codes.is_some() {
            self.fault(Fault::UnknownValue, span, Expected::Nothing);
        } else if shape.is_none_or(|shape| !fits(shape, word)) {
            self.fault(Fault::ValueShape, span, Expected::Nothing);
        }
    }

    /// What a value at a depth looks like: beneath a known value as that says.
    fn shape_at(
        &self,
        parameter: &Parameter,
        depth: u8,
    ) -> Option<crate::pack::control_file::Shape> {
        if depth == 0 {
            return Some(parameter.shape);
        }
        let above = self
            .marking
            .values
            .iter()
            .rev()
            .find(|value| value.depth == 0)?;
        let start = (above.span.start - self.marking.span.start) as usize;
        let end = (above.span.end - self.marking.span.start) as usize;
        match parameter.known(self.text.get(start..end)?) {
            Some(known) => known.beneath.as_ref().map(|beneath| beneath.shape),
            None => Some(crate::pack::control_file::Shape::default()),
        }
    }

    /// A value in words of its own, up to the next separator.
    fn free_value(&mut self, of: ValueOf, parameter: &'s Parameter, at: usize) -> usize {
        let Some(rest) = self.rest(at).strip_prefix(parameter.join.as_str()) else {
            return at;
        };
        let start = at + parameter.join.len();
        let suffix = match of {
            ValueOf::Control(index) => {
                let used = self.marking.controls.get(usize::from(index));
                used.and_then(|used| self.scheme.control(used.control).suffix.as_deref())
            }
            ValueOf::Owner => None,
        };
        let mut word = self.escaped_text(start, parameter.escape);
        if let Some(suffix) = suffix
            && let Some(at) = word.find(suffix)
        {
            word = word.get(..at).unwrap_or_default();
        }
        let word = word.trim_end();
        if word.is_empty() || rest.is_empty() {
            return at;
        }
        self.free_word(of, parameter, start, word);
        start + word.len()
    }

    fn free_word(&mut self, of: ValueOf, parameter: &Parameter, start: usize, word: &str) {
        let span = self.span(start, start + word.len());
        let fits = is_of_kind(parameter.kind, word) && fits(free_shape(parameter), word);
        if !fits {
            self.fault(Fault::ValueShape, span, Expected::Nothing);
        }
        self.marking.values.push(ValueUse {
            of,
            depth: 0,
            span,
            code: None,
        });
    }

    /// Text up to the next separator of the scheme.
    pub(super) fn free_text(&self, at: usize) -> &'s str {
        self.escaped_text(at, None)
    }

    fn escaped_text(&self, at: usize, escape: Option<char>) -> &'s str {
        let rest = self.rest(at);
        let mut escaped = false;
        for (index, letter) in rest.char_indices() {
            let here = rest.get(index..).unwrap_or_default();
            if escaped {
                escaped = false;
            } else if Some(letter) == escape {
                escaped = true;
            } else if self.begins_separator(here) {
                return rest.get(..index).unwrap_or_default();
            }
        }
        rest
    }

    /// Whether a text begins with a separator of the scheme that is more than a blank.
    fn begins_separator(&self, text: &str) -> bool {
        let own = self.scheme.punctuation(self.surface).own.as_ref();
        let all = self.scheme.categories.iter();
        let of_categories = all.flat_map(|category| [&category.lead, &category.inner]);
        let of_categories = of_categories.filter(|_| own.is_none());
        let of_surface = own
            .into_iter()
            .flat_map(|(between, inner)| [between, inner]);
        let mut separators = of_categories.chain(of_surface);
        separators.any(|own| !own.trim().is_empty() && text.starts_with(own.as_str()))
    }

    /// Values that stand before their control's words, such as two codes before `ONLY`.
    pub(super) fn value_before(&mut self, gap: usize, at: usize) -> Option<usize> {
        let scheme = self.scheme;
        for (id, control) in scheme.controls() {
            let Some(parameter) = control
                .parameter
                .as_ref()
                .filter(|own| own.side == Side::Before)
            else {
                continue;
            };
            for spelling in control.spellings.on(self.surface) {
                let joined = self.rest(at).find(spelling.as_str());
                let Some(words) = joined.map(|index| at + index) else {
                    continue;
                };
                let end = words + spelling.len();
                let Some(values) = self.text.get(at..words) else {
                    continue;
                };
                let values = values.strip_suffix(parameter.join.as_str());
                if let Some(values) = values.filter(|values| !values.is_empty())
                    && self.before(id, parameter, (at, values), self.text.get(gap..at))
                {
                    self.finish_before(id, (gap, at), words, end);
                    return Some(end);
                }
            }
        }
        None
    }

    /// Takes the values, if all of them are such; leaves nothing behind if not.
    fn before(
        &mut self,
        id: ControlId,
        parameter: &'s Parameter,
        (at, values): (usize, &'s str),
        gap: Option<&str>,
    ) -> bool {
        let separated = self
            .expected_before(Word::Control(id))
            .text(self.scheme, self.surface);
        if !parameter.is_list() && separated.unwrap_or_default() != gap.unwrap_or_default() {
            return false;
        }
        let index = u8::try_from(self.marking.controls.len()).unwrap_or(u8::MAX);
        let of = ValueOf::Control(index);
        if !parameter.is_list() {
            if (0..values.len()).any(|index| {
                values
                    .get(index..)
                    .is_some_and(|text| self.begins_separator(text))
            }) {
                return false;
            }
            self.free_word(of, parameter, at, values);
            return true;
        }
        let known = self.marking.values.len();
        let mut start = at;
        for word in values.split(parameter.separator(0)) {
            let code = self.code(parameter, word);
            if code.is_none() && (parameter.codes.is_some() || !fits(parameter.shape, word)) {
                self.marking.values.truncate(known);
                return false;
            }
            let span = self.span(start, start + word.len());
            self.marking.values.push(ValueUse {
                of,
                depth: 0,
                span,
                code,
            });
            start += word.len() + parameter.separator(0).len();
        }
        true
    }

    fn finish_before(
        &mut self,
        id: ControlId,
        (gap, at): (usize, usize),
        words: usize,
        end: usize,
    ) {
        self.gap(gap, at, self.expected_before(Word::Control(id)));
        let value = self.span(at, words);
        self.marking.controls.push(ControlUse {
            control: id,
            span: self.span(words, end),
            value,
        });
        self.last = Last::Control(id);
    }

    /// Notes where the values of a control stand.
    fn cover(&mut self, of: ValueOf, at: usize, end: usize) {
        let ValueOf::Control(index) = of else {
            return;
        };
        let first = self
            .marking
            .values_of(of)
            .next()
            .map(|value| value.span.start);
        let last = self.span(at, end);
        if let (Some(start), Some(used)) =
            (first, self.marking.controls.get_mut(usize::from(index)))
        {
            used.value = crate::text::Span::new(start, last.end);
        }
    }
}

/// At which depth a value stands that has `gap` before it, after one at `last`; `None` where the gap is wrong.
fn next_depth(parameter: &Parameter, last: Option<u8>, gap: &str) -> Option<u8> {
    let Some(last) = last else {
        return (gap == parameter.join).then_some(0);
    };
    let deepest = match parameter.kind {
        ParameterKind::Compartments => {
            u8::try_from(parameter.separators.len().saturating_sub(1)).unwrap_or(0)
        }
        _ => 0,
    };
    (0..=deepest.min(last + 1))
        .rev()
        .find(|&depth| parameter.separator(usize::from(depth)) == gap)
}

fn between(of: ValueOf, parser: &Parser<'_, '_>, depth: Option<u8>) -> Expected {
    match (of, parser.marking.owner) {
        (ValueOf::Control(index), _) => {
            let used = parser.marking.controls.get(usize::from(index));
            used.map_or(Expected::Nothing, |used| match depth {
                Some(depth) => Expected::Between(used.control, depth),
                None => Expected::Join(used.control),
            })
        }
        (ValueOf::Owner, Some(owner)) => Expected::OwnerValues(owner.owner),
        (ValueOf::Owner, None) => Expected::Nothing,
    }
}

/// Whether a text is prose rather than a value.
fn is_prose(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The shape of a value in words of its own: anything, where nothing is said.
fn free_shape(parameter: &Parameter) -> crate::pack::control_file::Shape {
    let mut shape = parameter.shape;
    if shape.letters == Letters::Alphanumeric && parameter.kind != ParameterKind::Codeword {
        shape.letters = Letters::Any;
    }
    shape
}
