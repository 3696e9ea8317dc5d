//! Text cut into lines, and lines into tokens: nothing is lost, and nothing stands twice.

use super::places::lies_in;
use caveat::document::Document;
use caveat::lexer::{Token, lexemes};

pub(super) fn run(bytes: &[u8]) {
    let text = super::text(bytes);
    let document = Document::of(&text);
    let mut at = 0;
    for line in document.lines() {
        lies_in(line.span, &text, "a line");
        let own = &text[line.span.range()];
        assert!(
            !own.contains(['\n', '\r', '\x0c']),
            "a line end inside a line"
        );
        let between = &text[at..line.span.start as usize];
        assert!(
            between.chars().all(char::is_whitespace),
            "words between two lines"
        );
        at = line.span.end as usize;
        tokens_cover(&text, &document, line);
    }
    let rest = &text[at..];
    assert!(
        rest.chars().all(char::is_whitespace),
        "words after the last line"
    );
}

fn tokens_cover(text: &str, document: &Document<'_>, line: &caveat::document::Line) {
    let tokens: Vec<_> = document.tokens(line).collect();
    let mut end = line.span.start;
    for found in &tokens {
        lies_in(found.span, text, "a token");
        assert_eq!(found.span.start, end, "a gap or an overlap between tokens");
        assert!(!found.span.is_empty(), "a token of nothing");
        end = found.span.end;
        let own = &text[found.span.range()];
        match found.token {
            Token::Capitals => assert!(!own.contains(|letter: char| letter.is_lowercase())),
            Token::Digits => assert!(own.bytes().all(|byte| byte.is_ascii_digit())),
            Token::Open => assert_eq!(own, "("),
            Token::DoubleSlash => assert_eq!(own, "//"),
            _ => {}
        }
    }
    let rest = &text[end as usize..];
    let rest = rest.split(['\n', '\r', '\x0c']).next().unwrap_or_default();
    assert!(rest.trim().is_empty(), "the end of a line has no token");
    // The same line elsewhere has the same tokens.
    let own = &text[line.span.start as usize..end as usize];
    let again = lexemes(own, line.span.start);
    assert!(
        again.eq(tokens.iter().copied()),
        "tokens hang on the place of the line"
    );
}
