//! From bytes to text, and the way back to the bytes.

use super::chosen;
use caveat::fix::encoded;
use caveat::input::{Manner, from_bytes};
use caveat::text::{Encoding, LineIndex, Source, Span};

/// Names by which a file is told from mail.
const NAMES: [&str; 3] = ["draft.txt", "draft.eml", "draft"];

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    let encoding = [
        None,
        Some(Encoding::Utf8),
        Some(Encoding::Utf16Le),
        Some(Encoding::Utf16Be),
        Some(Encoding::Windows1252),
    ][first % 5];
    let manner = Manner {
        encoding,
        largest: 1 << 20,
        every_reading: first >= 128,
    };
    let name = NAMES[first / 5 % NAMES.len()].to_owned();
    match from_bytes(bytes.to_vec(), name, manner) {
        Ok(source) => {
            if let Some(asked) = encoding {
                assert_eq!(source.encoding(), asked);
            }
            leads_back(&source, bytes);
            lines_agree_with_a_count(source.text());
        }
        Err(refusal) => assert!(!refusal.detail.is_empty()),
    }
}

/// That each letter leads to its own bytes, all in order, and that the text can be written as it was.
fn leads_back(source: &Source, bytes: &[u8]) {
    let text = source.text();
    let mut last = None;
    for (at, letter) in text.char_indices() {
        let span = span(at, at + letter.len_utf8());
        let file = source.file_span(span);
        if let Some(last) = last {
            assert_eq!(file.start, last, "a gap before byte {at} of the text");
        } else {
            assert!(file.start <= 3, "more than a mark before the text");
        }
        let own = bytes
            .get(file.start as usize..file.end as usize)
            .expect("in the file");
        if source.is_exact(span) {
            assert_eq!(own, text[span.range()].as_bytes());
        }
        last = Some(file.end);
    }
    if let Some(last) = last {
        assert_eq!(last as usize, bytes.len(), "bytes after the text");
    }
    assert_eq!(encoded(source, bytes, text).as_deref(), Ok(bytes));
}

fn lines_agree_with_a_count(text: &str) {
    let index = LineIndex::new(text);
    let (mut line, mut column) = (1, 1);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let offset = u32::try_from(at).expect("short");
        let found = index.line_column(offset, text);
        assert_eq!((found.line, found.column), (line, column), "at byte {at}");
        let next = letters.peek().map(|&(_, next)| next);
        if letter == '\n' || letter == '\r' && next != Some('\n') {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    assert_eq!(index.len(), line as usize);
}

fn span(start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).expect("short");
    Span::new(offset(start), offset(end))
}
