//! `form`: an element must be written in one form. What should stand is its text in that form.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::marking::Term;
use crate::pack::shared::Name;
use crate::problem::PackProblem;
use crate::reading::{Element, ElementKind, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// An element must be written in one form.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    /// Elements that must be written so.
    pub what: Selector,
    /// The form. In braces stand kinds of element, for the text of the one that stands inside; `word` and
    /// `phrases` for those of its vocabulary; `capitals` for its text in capitals; `day` for its day in
    /// eight digits. What stands in square brackets is left out where a piece in it is not there; nothing is
    /// found where any other is not.
    #[serde(rename = "as")]
    pub form: Name,
}

/// A piece of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// These very characters.
    Text(Box<str>),
    /// The text of an element that stands inside.
    Inside(ElementKind),
    /// The word of its vocabulary.
    Word,
    /// The phrases of its vocabulary.
    Phrases,
    /// Its text in capitals.
    Capitals,
    /// Its day in eight digits, year first.
    Day,
    /// Pieces that stand there together or not at all.
    Optional(Box<[Piece]>),
}

/// Stands between the phrases of a word.
const BETWEEN: &str = " \u{2026} ";

#[derive(Debug)]
struct Written {
    what: Chosen,
    pieces: Box<[Piece]>,
    vocabulary: Option<Box<str>>,
}

impl Form {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        let pieces = pieces(self.form.text()).unwrap_or_else(|wrong| {
            let message = format!("`{wrong}` is nothing that a form can hold");
            let problem = PackProblem::new(names.file(), self.form.place(), message)
                .label("unknown piece")
                .help("in braces stand a kind of element, word, phrases, capitals or day");
            names.push(problem);
            Vec::new()
        });
        Box::new(Written {
            what: self.what.compile(names),
            pieces: pieces.into(),
            vocabulary: names.vocabulary_of(self.what.kind()).map(Into::into),
        })
    }
}

/// The pieces of a form; else the one that is none.
fn pieces(form: &str) -> Result<Vec<Piece>, String> {
    if let Some((before, rest)) = form.split_once('[') {
        let (inner, after) = rest.split_once(']').ok_or_else(|| rest.to_owned())?;
        let mut all = pieces(before)?;
        all.push(Piece::Optional(pieces(inner)?.into()));
        all.extend(pieces(after)?);
        return Ok(all);
    }
    let mut pieces = Vec::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, next) = after.split_once('}').ok_or_else(|| after.to_owned())?;
        if !before.is_empty() {
            pieces.push(Piece::Text(before.into()));
        }
        pieces.push(match name {
            "word" => Piece::Word,
            "phrases" => Piece::Phrases,
            "capitals" => Piece::Capitals,
            "day" => Piece::Day,
            other => Piece::Inside(ElementKind::named(other).ok_or_else(|| other.to_owned())?),
        });
        rest = next;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.into()));
    }
    Ok(pieces)
}

impl Written {
    /// The text of an element as it should be; `None` where a piece of it is not there.
    fn of(&self, element: &Element, draft: &Draft<'_>) -> Option<String> {
        self.written(&self.pieces, element, draft)
    }

    fn written(&self, pieces: &[Piece], element: &Element, draft: &Draft<'_>) -> Option<String> {
        let mut text = String::new();
        for piece in pieces {
            text.push_str(&self.piece(piece, element, draft)?);
        }
        Some(text)
    }

    fn piece(&self, piece: &Piece, element: &Element, draft: &Draft<'_>) -> Option<String> {
        let term = || -> Option<&Term> {
            let words = draft.lexicon.get(self.vocabulary.as_deref()?)?;
            Some(words.term(element.term?))
        };
        Some(match piece {
            Piece::Text(own) => own.to_string(),
            Piece::Inside(kind) => {
                let mut all = draft.of(*kind);
                let inner = all.find(|inner| element.span.contains(inner.span))?;
                draft.slice(inner.span).to_owned()
            }
            Piece::Word => term()?.word.to_string(),
            Piece::Phrases => term()?.phrases.join(BETWEEN),
            Piece::Capitals => draft.slice(element.span).to_uppercase(),
            Piece::Day => match element.value {
                Value::Day(day) => day.strftime("%Y%m%d").to_string(),
                _ => return None,
            },
            Piece::Optional(pieces) => self.written(pieces, element, draft).unwrap_or_default(),
        })
    }
}

impl Run for Written {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        for element in self.what.all(draft) {
            let form = self.of(element, draft);
            let other = form.filter(|form| *form != draft.slice(element.span));
            findings.extend(other.map(|form| Finding {
                quotes: true,
                ..Finding::at(element, draft).expecting(form)
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};
    use crate::reading::ElementKind;

    #[test]
    fn a_form_is_read_piece_by_piece() {
        let wanted = vec![
            Piece::Text("ORDER ".into()),
            Piece::Inside(ElementKind::Order),
            Piece::Text(":".into()),
        ];
        assert_eq!(pieces("ORDER {order}:"), Ok(wanted));
        assert_eq!(pieces("{day}"), Ok(vec![Piece::Day]));
        let optional = Piece::Optional([Piece::Text(" ".into()), Piece::Word].into());
        assert_eq!(pieces("{day}[ {word}]"), Ok(vec![Piece::Day, optional]));
    }

    #[test]
    fn a_piece_that_means_nothing_is_told() {
        assert_eq!(pieces("{ordre}"), Err("ordre".to_owned()));
        assert_eq!(pieces("{order"), Err("order".to_owned()));
        assert_eq!(pieces("{day}[ {word}"), Err(" {word}".to_owned()));
    }
}
