//! One telegram in every encoding and with every line end: the text read is the same, and each finding and
//! each element lies at its own bytes of the file.

use caveat::engine::{Options, check};
use caveat::reading::ElementKind;
use caveat::rules::RuleSet;
use caveat::text::{Encoding, Source, decode};

/// A portion above the header, behind the sign of a paragraph.
const TELEGRAM: &str = "R 021130Z FEB 09
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC 0812
BT
C O N F I D E N T I A L ZENDA 000101

E.O. 12958: DECL: 02/02/2019
TAGS: PREL
SUBJECT: (U) COUNT HENTZAU

(U) Classified By: Black Michael, DCM.
Reason: 1.4 (d).

\u{b6}1. (C) The caf\u{e9} closed.

\u{b6}2. (S) A plan exists.
SAPT
";

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn latin(text: &str) -> Vec<u8> {
    let letters = text.chars().map(|letter| u8::try_from(u32::from(letter)));
    letters.map(|byte| byte.expect("Latin-1 alone")).collect()
}

/// The bytes of the file that a span came from, as text again.
fn back(bytes: &[u8], encoding: Encoding) -> String {
    let pairs = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&pair| unit(pair))
            .collect();
        String::from_utf16(&units).expect("whole letters")
    };
    match encoding {
        Encoding::Utf8 => String::from_utf8(bytes.to_vec()).expect("whole letters"),
        Encoding::Utf16Le => pairs(u16::from_le_bytes),
        Encoding::Utf16Be => pairs(u16::from_be_bytes),
        Encoding::Windows1252 => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn written(text: &str) -> Vec<(&'static str, Vec<u8>, Encoding)> {
    let marked = format!("\u{feff}{text}");
    vec![
        ("UTF-8", text.as_bytes().to_vec(), Encoding::Utf8),
        (
            "UTF-8 with a mark",
            marked.as_bytes().to_vec(),
            Encoding::Utf8,
        ),
        (
            "UTF-16LE with a mark",
            wide(&marked, u16::to_le_bytes),
            Encoding::Utf16Le,
        ),
        (
            "UTF-16BE with a mark",
            wide(&marked, u16::to_be_bytes),
            Encoding::Utf16Be,
        ),
        ("UTF-16LE", wide(text, u16::to_le_bytes), Encoding::Utf16Le),
        ("UTF-16BE", wide(text, u16::to_be_bytes), Encoding::Utf16Be),
        ("Windows-1252", latin(text), Encoding::Windows1252),
    ]
}

#[test]
fn every_encoding_and_line_end_reads_alike_and_leads_back() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for (ends, end) in [
        ("LF", "\n"),
        ("CRLF", "\r\n"),
        ("CR", "\r"),
        ("FF before LF", "\x0c\n"),
    ] {
        // A form feed ends pages, not each line.
        let text = match ends {
            "FF before LF" => TELEGRAM.replace("\n\n\u{b6}2", "\n\x0c\u{b6}2"),
            _ => TELEGRAM.replace('\n', end),
        };
        for (name, bytes, encoding) in written(&text) {
            let (read, found, map) = decode(bytes.clone()).expect("it is text");
            assert_eq!(
                (read.as_str(), found),
                (text.as_str(), encoding),
                "{name}, {ends}"
            );
            let source = Source::new("draft", read, found, map);
            let verdict = check(&source, &rules, &Options::default());
            let places = verdict.diagnostics.iter().map(|found| found.primary);
            let rules_found: Vec<&str> = verdict
                .diagnostics
                .iter()
                .map(|found| &*found.rule)
                .collect();
            assert_eq!(
                rules_found,
                ["telegram/portion-above-header"],
                "{name}, {ends}"
            );
            let elements = verdict.reading.elements.iter().map(|element| element.span);
            for span in places.chain(elements) {
                let file = source.file_span(span);
                let raw = bytes
                    .get(file.start as usize..file.end as usize)
                    .expect("in the file");
                assert_eq!(back(raw, encoding), source.slice(span), "{name}, {ends}");
            }
            assert_eq!(
                verdict.reading.of(ElementKind::Paragraph).count(),
                2,
                "{name}, {ends}"
            );
        }
    }
}

/// The sign of a paragraph is one byte in Windows-1252 and two in UTF-8; lines and columns count letters.
#[test]
fn a_finding_stands_at_the_same_line_and_column_in_every_encoding() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for (name, bytes, _) in written(TELEGRAM) {
        let (text, encoding, map) = decode(bytes).expect("it is text");
        let source = Source::new("draft", text, encoding, map);
        let verdict = check(&source, &rules, &Options::default());
        let place = verdict.diagnostics.first().expect("one finding").primary;
        let at = source.line_index().line_column(place.start, source.text());
        assert_eq!((at.line, at.column), (16, 6), "{name}");
    }
}
