//! Messages with places to fill in.

use std::fmt::Write as _;

/// What can be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// What stands at the place.
    Found,
    /// What should.
    Expected,
    /// How many places there are.
    Count,
    /// The day of the draft.
    Date,
    /// The level of the header.
    Level,
}

impl Field {
    /// Every field.
    pub(super) const ALL: [Self; 5] = [
        Self::Found,
        Self::Expected,
        Self::Count,
        Self::Date,
        Self::Level,
    ];

    /// The name between the braces.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Expected => "expected",
            Self::Count => "count",
            Self::Date => "date",
            Self::Level => "level",
        }
    }
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
    /// Left out where a field in it is empty.
    Optional(Vec<Self>),
}

/// A message with places to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

/// What can be wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TemplateError {
    /// No field has this name.
    Unknown(String),
    /// A bracket or brace is not closed, or was never opened.
    Unbalanced(char),
}

/// What stands in the places.
#[derive(Clone, Copy)]
pub(super) struct Filling<'a> {
    /// What stands at the place.
    pub found: &'a str,
    /// What should.
    pub expected: &'a str,
    /// How many places there are.
    pub count: usize,
    /// The day of the draft.
    pub date: Option<jiff::civil::Date>,
    /// The level of the header.
    pub level: &'a str,
}

// It quotes the draft.
impl std::fmt::Debug for Filling<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Filling").finish_non_exhaustive()
    }
}

/// Most characters of a draft that a message quotes.
const LONGEST_QUOTE: usize = 64;

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['[', ']']) {
            let (before, after) = rest.split_at(at);
            parse_fields(before, &mut pieces)?;
            let inner = after
                .strip_prefix('[')
                .ok_or(TemplateError::Unbalanced(']'))?;
            let (inner, next) = inner
                .split_once(']')
                .ok_or(TemplateError::Unbalanced('['))?;
            let mut optional = Vec::new();
            parse_fields(inner, &mut optional)?;
            pieces.push(Piece::Optional(optional));
            rest = next;
        }
        parse_fields(rest, &mut pieces)?;
        Ok(Self(pieces))
    }

    /// Whether a field occurs that is not in an optional piece.
    pub(super) fn wants(&self, field: Field) -> bool {
        self.0.contains(&Piece::Field(field))
    }

    /// Whether a field occurs at all.
    pub(super) fn names(&self, field: Field) -> bool {
        let inside = |piece: &Piece| match piece {
            Piece::Optional(pieces) => pieces.contains(&Piece::Field(field)),
            other => *other == Piece::Field(field),
        };
        self.0.iter().any(inside)
    }

    /// The text without what stands in its places, nor the pieces that may be left out.
    pub(super) fn outline(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(own) => own.clone(),
            Piece::Field(_) => "\u{2026}".to_owned(),
            Piece::Optional(_) => String::new(),
        };
        self.0.iter().map(piece).collect()
    }

    /// The text with its places filled in.
    pub(super) fn fill(&self, filling: &Filling<'_>) -> String {
        let mut text = String::new();
        write(&self.0, filling, &mut text);
        text
    }
}

fn parse_fields(text: &str, pieces: &mut Vec<Piece>) -> Result<(), TemplateError> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        let inner = after
            .strip_prefix('{')
            .ok_or(TemplateError::Unbalanced('}'))?;
        let (name, next) = inner
            .split_once('}')
            .ok_or(TemplateError::Unbalanced('{'))?;
        let field = Field::ALL.into_iter().find(|field| field.word() == name);
        pieces.push(Piece::Field(
            field.ok_or_else(|| TemplateError::Unknown(name.to_owned()))?,
        ));
        rest = next;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(())
}

fn write(pieces: &[Piece], filling: &Filling<'_>, text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(own) => text.push_str(own),
            Piece::Field(field) => write_field(*field, filling, text),
            Piece::Optional(pieces) => {
                let empty = |piece: &Piece| match piece {
                    Piece::Field(Field::Found) => filling.found.is_empty(),
                    Piece::Field(Field::Expected) => filling.expected.is_empty(),
                    Piece::Field(Field::Level) => filling.level.is_empty(),
                    Piece::Field(Field::Date) => filling.date.is_none(),
                    Piece::Field(Field::Count) => filling.count < 2,
                    _ => false,
                };
                if !pieces.iter().any(empty) {
                    write(pieces, filling, text);
                }
            }
        }
    }
}

fn write_field(field: Field, filling: &Filling<'_>, text: &mut String) {
    let written = match field {
        Field::Found => return quote(filling.found, text),
        Field::Expected => return quote(filling.expected, text),
        Field::Level => return quote(filling.level, text),
        Field::Count => write!(text, "{}", filling.count),
        Field::Date => match filling.date {
            Some(date) => write!(text, "{date}"),
            None => write!(text, "an unknown day"),
        },
    };
    written.expect("a String takes text");
}

/// The words of a quotation on one line, and not too many of them.
fn quote(quoted: &str, text: &mut String) {
    let mut left = LONGEST_QUOTE;
    for (index, word) in quoted.split_whitespace().enumerate() {
        let length = word.chars().count() + 1;
        if length > left {
            text.push('\u{2026}');
            return;
        }
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
        left -= length;
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Filling, Template, TemplateError};

    const FILLING: Filling<'_> = Filling {
        found: "HARBUR\n  LIGHT",
        expected: "",
        count: 3,
        date: None,
        level: "SEALED",
    };

    #[test]
    fn places_are_filled_and_empty_pieces_left_out() {
        let template = Template::parse(
            "`{found}` under {level}[; did you mean `{expected}`?][ ({count} places)]",
        );
        let template = template.unwrap();
        let text = template.fill(&FILLING);
        assert_eq!(text, "`HARBUR LIGHT` under SEALED (3 places)");
        let full = Filling {
            expected: "HARBOR",
            ..FILLING
        };
        let text = template.fill(&full);
        assert_eq!(
            text,
            "`HARBUR LIGHT` under SEALED; did you mean `HARBOR`? (3 places)"
        );
        assert!(!template.wants(Field::Expected) && template.names(Field::Expected));
    }

    #[test]
    fn a_long_quotation_is_cut_at_a_word() {
        let long = "word ".repeat(40);
        let text = Template::parse("{found}").unwrap().fill(&Filling {
            found: &long,
            ..FILLING
        });
        assert!(
            text.ends_with("word\u{2026}") && text.chars().count() <= 65,
            "{text}"
        );
    }

    #[test]
    fn unknown_fields_and_open_brackets_are_told() {
        let unknown = TemplateError::Unknown("fuond".to_owned());
        assert_eq!(Template::parse("a {fuond}"), Err(unknown));
        assert_eq!(Template::parse("a [b"), Err(TemplateError::Unbalanced('[')));
        assert_eq!(
            Template::parse("a } b"),
            Err(TemplateError::Unbalanced('}'))
        );
    }
}
