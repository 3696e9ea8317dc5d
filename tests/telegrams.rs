//! Telegrams are read whole: invented ones element by element, released ones as telegrams at all.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may stop at once"
)]

use caveat::document::Document;
use caveat::marking::{Scheme, Vocabulary};
use caveat::pack::vocabulary_file::VocabularyFile;
use caveat::problem::TextFile;
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
        let entries: VocabularyFile = toml::from_str(&text).unwrap();
        let words: &mut Vocabulary = vocabularies
            .entry(entries.vocabulary.of.text().to_owned())
            .or_default();
        let file = TextFile::new(entry.path().to_string_lossy(), text);
        words.add(entries, &file).expect("no word stands twice");
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
    let reading = read(&Document::of(text), &scheme(), &lexicon()).expect("a telegram");
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
        let reading = read(&Document::of(text), &scheme(), &lexicon()).expect("a telegram");
        assert_eq!(reading.rendering, Some(rendering));
    }
    let readme = Document::of("# Readme\n\n1. (c) nobody\n");
    assert!(read(&readme, &scheme(), &lexicon()).is_none());
}

/// What the record of the archive behind a released telegram says in one of its fields.
fn recorded<'t>(text: &'t str, field: &str) -> Option<&'t str> {
    let mut lines = text.lines().filter_map(|line| line.split_once(": "));
    let (_, value) = lines.find(|(name, _)| *name == field)?;
    Some(value.trim())
}

/// Each released telegram says the same as the record that the archive keeps of it.
#[test]
fn released_telegrams_are_read_as_the_archive_records_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/telegrams-1970s");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: the corpus of released telegrams is not here");
        return;
    };
    let (scheme, lexicon) = (scheme(), lexicon());
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let (mut read_count, mut wrong) = (0, Vec::new());
    for path in &paths {
        let text = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        let Some(reading) = read(&Document::of(&text), &scheme, &lexicon) else {
            wrong.push(format!("{name} is no telegram"));
            continue;
        };
        read_count += 1;
        let level = reading.header.as_ref().and_then(|header| header.level);
        let level = level.map(|used| scheme.level(used.level).name.as_str());
        if level != recorded(&text, "Original Classification") {
            wrong.push(format!("{name}: level {level:?}"));
        }
        // `1974LAPAZ00526`: year, station, serial.
        let number = recorded(&text, "Document Number").expect("each record has one");
        let station: String = texts(&reading, &text, ElementKind::Station).concat();
        let serial = reading
            .first(ElementKind::Serial)
            .map(|serial| &serial.value);
        let year = reading.date.map(|date| date.year().to_string());
        let digits = number.len()
            - number
                .trim_end_matches(|last: char| last.is_ascii_digit())
                .len();
        let wanted = number[number.len() - digits..].parse().unwrap();
        if serial != Some(&caveat::reading::Value::Number(wanted)) {
            wrong.push(format!("{name}: serial {serial:?}"));
        }
        if year.as_deref() != number.get(..4) {
            wrong.push(format!("{name}: year {year:?}"));
        }
        let own = &number[4..number.len() - digits];
        let station = station.replace(' ', "");
        // One line leaves its station out, and the archive shortens one.
        if !station.is_empty() && !station.starts_with(own) {
            wrong.push(format!("{name}: station {station}"));
        }
    }
    // Of one telegram the archive has the record alone.
    assert!(wrong.len() <= 1, "{read_count} read; {}", wrong.join("\n"));
}

/// Other documents with classification words, and law, are no telegrams.
#[test]
fn other_documents_are_not_read_as_telegrams() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let (scheme, lexicon) = (scheme(), lexicon());
    for folder in ["ocr-released", "prose", "portion-marked"] {
        let Ok(entries) = std::fs::read_dir(corpus.join(folder)) else {
            println!("skipped: {folder} is not here");
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let Ok((text, _, _)) = caveat::text::decode(std::fs::read(&path).unwrap()) else {
                continue;
            };
            assert!(
                read(&Document::of(&text), &scheme, &lexicon).is_none(),
                "{}",
                path.display()
            );
        }
    }
}
