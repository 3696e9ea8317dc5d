//! Telegrams are read whole: invented ones element by element, released ones as telegrams at all.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may stop at once"
)]

use caveat::marking::{Scheme, Vocabulary};
use caveat::reading::{ElementKind, Reading, Rendering};
use caveat::rules::RuleSet;
use caveat::telegram::{Lexicon, read};
use std::collections::HashMap;
use std::path::Path;

fn scheme() -> Scheme {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    rules.scheme().clone()
}

fn lexicon() -> Lexicon {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/telegram/vocabulary");
    let mut vocabularies = HashMap::new();
    for entry in std::fs::read_dir(folder)
        .expect("rules are there")
        .flatten()
    {
        let text = String::from_utf8(std::fs::read(entry.path()).unwrap()).unwrap();
        let file: caveat::pack::vocabulary_file::VocabularyFile = toml::from_str(&text).unwrap();
        let words: &mut Vocabulary = vocabularies
            .entry(file.vocabulary.of.text().to_owned())
            .or_default();
        words
            .add(&file, &entry.path().to_string_lossy(), &text)
            .expect("no word stands twice");
    }
    Lexicon::new(vocabularies)
}

fn texts(reading: &Reading, text: &str, kind: ElementKind) -> Vec<String> {
    reading
        .of(kind)
        .map(|element| text[element.span.range()].trim().to_owned())
        .collect()
}

#[test]
fn every_element_of_a_transmission_is_found() {
    let text = include_str!("telegrams/confidential.txt");
    let reading = read(text, &scheme(), &lexicon()).expect("a telegram");
    assert_eq!(reading.rendering, Some(Rendering::Transmission));
    assert_eq!(reading.date, Some(jiff::civil::date(2009, 2, 2)));
    let found = |kind| texts(&reading, text, kind);
    assert_eq!(found(ElementKind::StationSerial), ["0102"]);
    assert_eq!(found(ElementKind::SerialSection), ["01"]);
    assert_eq!(found(ElementKind::FilingTime), ["0331415"]);
    assert_eq!(found(ElementKind::SecurityLetters), ["CCCCC"]);
    assert_eq!(found(ElementKind::Level), ["C O N F I D E N T I A L"]);
    assert_eq!(found(ElementKind::Section), ["01"]);
    assert_eq!(found(ElementKind::Station), ["ZENDA"]);
    assert_eq!(found(ElementKind::Serial), ["000102"]);
    assert_eq!(found(ElementKind::Caption), ["NOFORN", "SIPDIS"]);
    assert_eq!(found(ElementKind::Order), ["12958"]);
    assert_eq!(found(ElementKind::DeclassifyOn), ["02/02/2019"]);
    assert_eq!(found(ElementKind::Tag), ["PREL", "PGOV"]);
    assert_eq!(found(ElementKind::SubjectMark), ["U"]);
    assert_eq!(found(ElementKind::ParagraphNumber), ["1", "2", "3"]);
    assert_eq!(found(ElementKind::Portion), ["U", "C", "C/NF", "U"]);
    assert!(
        reading
            .header
            .is_some_and(|header| header.controls.len() == 1)
    );
}

#[test]
fn a_telegram_of_each_shipped_layout_is_known_as_one() {
    let cases = [
        (
            include_str!("telegrams/sensitive.txt"),
            Rendering::Transmission,
        ),
        (include_str!("telegrams/journal.txt"), Rendering::Journal),
        (
            "UNCLAS ZENDA 000101\n\nE.O. 12958: N/A\nTAGS: EAGR\n\n1. Rain fell.\n",
            Rendering::Extract,
        ),
    ];
    for (text, rendering) in cases {
        let reading = read(text, &scheme(), &lexicon()).expect("a telegram");
        assert_eq!(reading.rendering, Some(rendering));
    }
    assert!(read("# Readme\n\n1. (c) nobody\n", &scheme(), &lexicon()).is_none());
}

#[test]
fn released_telegrams_are_read_as_telegrams() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/telegrams-1970s");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: the corpus of released telegrams is not here");
        return;
    };
    let (scheme, lexicon) = (scheme(), lexicon());
    let mut lost = Vec::new();
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in &paths {
        let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        let reading = read(&text, &scheme, &lexicon);
        if reading.and_then(|reading| reading.header).is_none() {
            lost.push(path.file_name().unwrap().to_owned());
        }
    }
    assert!(
        lost.len() <= LOST,
        "{} of {} not read: {lost:?}",
        lost.len(),
        paths.len()
    );
}

/// Released telegrams without a header marking: a level with no station behind it, a misspelt level,
/// and a page of attributes whose telegram was withdrawn.
const LOST: usize = 3;
