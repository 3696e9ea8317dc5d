//! Marked documents are read whole, and ordinary prose is not taken for one.
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test may stop at once"
)]

use caveat::document::Document;
use caveat::engine::{Options, Wording, check};
use caveat::prose::read;
use caveat::reading::{ElementKind, Form, Reading};
use caveat::rules::RuleSet;
use caveat::text::Source;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const MEMORANDUM: &str = include_str!("documents/memorandum.txt");
const REPORT: &str = include_str!("documents/report.md");

fn shipped() -> &'static RuleSet {
    static RULES: LazyLock<RuleSet> =
        LazyLock::new(|| RuleSet::shipped().unwrap_or_else(|problems| panic!("{problems:?}")));
    &RULES
}

fn reading(text: &str, name: &str) -> Option<Reading> {
    let rules = shipped();
    read(
        &Document::of(text),
        name,
        rules.scheme(),
        rules.lexicon().vocabularies(),
    )
}

fn texts<'t>(reading: &Reading, text: &'t str, kind: ElementKind) -> Vec<&'t str> {
    reading
        .of(kind)
        .map(|element| text[element.span.range()].trim())
        .collect()
}

/// A released document, from beside the repository or a worktree of it.
fn corpus(name: &str) -> Option<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = ["../shared/corpus", "../../shared/corpus"];
    places
        .iter()
        .find_map(|place| std::fs::read(root.join(place).join(name)).ok())
}

/// Each markup has its own way to say of which day a document is.
#[test]
fn the_day_is_read_in_every_markup() {
    let body =
        "(S//NF) The mill ships flour at night to the other side of the river.\n\nSECRET//NOFORN\n";
    for (name, head) in [
        (
            "a.md",
            "---\ntitle: Grain\ndate: 2017-03-14\n---\nSECRET//NOFORN\n\n",
        ),
        ("a.md", "SECRET//NOFORN\n\n**Date:** 14 March 2017\n\n"),
        (
            "a.rst",
            "SECRET//NOFORN\n\n(U) Grain\n=========\n\n:Date: 14 March 2017\n\n",
        ),
        (
            "a.adoc",
            "SECRET//NOFORN\n\n= (U) Grain\n:revdate: 14 March 2017\n\n",
        ),
        (
            "a.adoc",
            "SECRET//NOFORN\n\n= (U) Grain\nRudolf Sapt <sapt@zenda.example>\nv1.0, 2017-03-14\n\n",
        ),
        (
            "a.txt",
            "SECRET//NOFORN\n\nSent: Tuesday, March 14, 2017 9:12 AM\n\n",
        ),
        (
            "a.txt",
            "Date: Tue, 14 Mar 2017 10:00:00 +0000\n\nSECRET//NOFORN\n\n",
        ),
    ] {
        let text = format!("{head}{body}");
        let reading = reading(&text, name).expect("a document");
        assert_eq!(reading.date, Some(jiff::civil::date(2017, 3, 14)), "{text}");
    }
}

#[test]
fn every_element_of_a_memorandum_is_found() {
    let reading = reading(MEMORANDUM, "memorandum.txt").expect("a document");
    let found = |kind| texts(&reading, MEMORANDUM, kind);
    assert_eq!(reading.date, Some(jiff::civil::date(2017, 3, 14)));
    assert_eq!(found(ElementKind::Banner), ["SECRET//NOFORN"]);
    assert_eq!(found(ElementKind::PageBanner), ["SECRET//NOFORN"]);
    assert_eq!(found(ElementKind::BottomBanner), ["SECRET//NOFORN"]);
    assert_eq!(found(ElementKind::SubjectMark), ["U"]);
    let subject = "Grain in the warehouses of Zenda (an invented text)";
    assert_eq!(found(ElementKind::Subject), [subject]);
    let portions = ["U", "C", "S//NF", "U", "C", "U"];
    assert_eq!(found(ElementKind::Portion), portions);
    assert_eq!(found(ElementKind::ParagraphNumber), ["1", "2", "3"]);
    assert_eq!(found(ElementKind::ListItem).len(), 5);
    let by = "Classified By: Rudolf Sapt, Colonel";
    assert_eq!(found(ElementKind::ClassifiedBy), [by]);
    assert_eq!(found(ElementKind::DerivedFrom).len(), 1);
    assert_eq!(found(ElementKind::DeclassifyOn), ["20420314"]);
    assert!(found(ElementKind::UnmarkedPortion).is_empty());
    assert!(
        reading
            .header
            .is_some_and(|header| header.controls.len() == 1)
    );
}

#[test]
fn marks_stand_in_headings_lists_cells_captions_and_notes() {
    let reading = reading(REPORT, "report.md").expect("a document");
    let found = |kind| texts(&reading, REPORT, kind);
    assert_eq!(reading.date, Some(jiff::civil::date(2019, 6, 2)));
    let title = "The harbour of Zenda (an invented text)";
    assert_eq!(found(ElementKind::Title), [title]);
    let headings = ["What the pilots say", "Ships by month"];
    assert_eq!(found(ElementKind::Heading), headings);
    let portions = [
        "U", "U", "C", "C", "C//NF", "U", "U", "U", "C", "U", "U", "C", "U", "U", "U",
    ];
    assert_eq!(found(ElementKind::Portion), portions);
    assert_eq!(
        found(ElementKind::TableCell),
        ["(U) Ships", "(C) two without papers"]
    );
    assert_eq!(
        found(ElementKind::FigureCaption),
        ["Figure 1: (U) The mole at low water"]
    );
    assert_eq!(
        found(ElementKind::Footnote),
        ["[^1]: (U) He is named on the stone."]
    );
    // Its neighbour is marked, so the mark of the paragraph above does not speak for it.
    let unmarked = ["It is lit again when the mail boat is due."];
    assert_eq!(found(ElementKind::UnmarkedPortion), unmarked);
}

#[test]
fn other_markups_are_read_alike() {
    let asciidoc = "SECRET//NOFORN\n\n= (U) Harbour\n\n(S) The light is out.\n\n----\n(C) code\n----\n\n. (C//NF) One lamp.\n** (U) Oil.\n\nSECRET//NOFORN\n";
    let found = reading(asciidoc, "a.adoc").expect("a document");
    assert_eq!(
        texts(&found, asciidoc, ElementKind::Portion),
        ["U", "S", "C//NF", "U"]
    );
    let restructured = "SECRET\n\n(U) Harbour\n===========\n\n(S) The light is out, as follows::\n\n    (C) code\n\n(C) One lamp.\n\n.. [1] (U) Oil.\n\nSECRET\n";
    let found = reading(restructured, "a.rst").expect("a document");
    assert_eq!(
        texts(&found, restructured, ElementKind::Portion),
        ["U", "S", "C", "U"]
    );
    assert_eq!(texts(&found, restructured, ElementKind::Title), ["Harbour"]);
}

#[test]
fn a_mail_a_page_line_and_a_block_in_one_line_are_read() {
    let text = "From: Sapt\nTo: Tarlenheim\nSent: Monday, March 6, 2017 9:12 AM\nSubject: Ferry (U)\n\nCLASSIFICATION: SECRET\n\n(S) The ferry is late again.\n\nClassified By: Sapt  Reason: 1.4(c), (d)  Declassify On: 25 May 2040\n\npage 2      SECRET\n\n(U) The road is open.\n";
    let reading = reading(text, "mail.txt").expect("a document");
    let found = |kind| texts(&reading, text, kind);
    assert_eq!(found(ElementKind::SubjectMark), ["U"]);
    assert_eq!(found(ElementKind::Subject), ["Ferry"]);
    assert_eq!(found(ElementKind::Banner), ["SECRET"]);
    assert_eq!(found(ElementKind::PageBanner), ["SECRET"]);
    assert_eq!(found(ElementKind::ClassifiedBy), ["Classified By: Sapt"]);
    assert_eq!(found(ElementKind::ReasonLetter), ["c", "d"]);
    assert_eq!(found(ElementKind::DeclassifyOn), ["25 May 2040"]);
    assert_eq!(found(ElementKind::DocumentDate).len(), 1);
}

#[test]
fn what_only_looks_marked_is_no_document() {
    for text in include_str!("documents/quiet.txt").split("%%\n") {
        let taken = reading(text, "quiet.txt");
        assert!(
            taken.is_none(),
            "{text}\n{:?}",
            taken.map(|found| found.elements)
        );
    }
}

#[test]
fn a_bracket_in_a_marked_document_may_still_be_something_else() {
    let text = "SECRET\n\n(S) The mill stands.\n\n(A) The first door is shut.\n\n(B) The second door is open.\n\n(C) The third door is a window.\n\n(C) 2019 Rudolf Rassendyll\n\n(U) The miller said (S) or (U) would do. (S) Then he left.\n\n(SBI) The road is open to all carts.\n\nSECRET\n";
    let reading = reading(text, "a.txt").expect("a document");
    assert_eq!(texts(&reading, text, ElementKind::Portion), ["S", "U", "S"]);
    assert_eq!(texts(&reading, text, ElementKind::UnknownPortion), ["SBI"]);
}

/// Lines of the marked manual that begin with its mark and are no portion: a mark shown as an example.
const EXAMPLES: usize = 1;

#[test]
fn every_portion_of_the_marked_manual_is_found() {
    let Some(bytes) = corpus("portion-marked/ic-markings-manual-2016.md") else {
        println!("skipped: the marked manual is not here");
        return;
    };
    let text = String::from_utf8(bytes).unwrap();
    let reading = reading(&text, "manual.md").expect("a document");
    let starts: Vec<u32> = reading
        .of(ElementKind::Portion)
        .map(|found| found.span.start)
        .collect();
    let mut missed = Vec::new();
    let mut at = 0;
    let mut wanted = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.find('(').unwrap_or(line.len());
        let before = line[..lead].trim_matches(['#', '-', ' ', '.']);
        if line[lead..].starts_with("(U)") && before.len() <= 2 {
            wanted += 1;
            if !starts.contains(&u32::try_from(at + lead + 1).unwrap()) {
                missed.push(line);
            }
        }
        at += line.len();
    }
    assert!(wanted > 1300, "{wanted}");
    assert_eq!(missed.len(), EXAMPLES, "{missed:?}");
    assert_eq!(reading.of(ElementKind::PageBanner).count(), 380);
}

#[test]
fn the_manual_and_the_regulation_raise_no_finding() {
    for (name, form) in [
        ("portion-marked/ic-markings-manual-2016.md", Form::Document),
        ("prose/32-cfr-2001.txt", Form::Text),
    ] {
        let Some(bytes) = corpus(name) else {
            println!("skipped: {name} is not here");
            continue;
        };
        let source = Source::from_text(name, String::from_utf8(bytes).unwrap());
        let verdict = check(&source, shipped(), &Options::default());
        assert_eq!(verdict.reading.form, form, "{name}");
        let found: Vec<_> = verdict
            .diagnostics
            .iter()
            .map(|found| (&found.rule, &found.message))
            .collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn rules_on_telegrams_and_on_documents_keep_apart() {
    for rule in shipped().rules() {
        let form = match rule.id.split_once('/') {
            Some(("telegram", _)) => Form::Telegram,
            Some(("us", _)) => Form::Document,
            _ => continue,
        };
        assert!(
            !rule.entry.when.form.is_empty(),
            "{} names no form",
            rule.id
        );
        assert!(rule.entry.when.form.contains(&form), "{}", rule.id);
    }
    let source = Source::from_text("memorandum.txt", MEMORANDUM);
    let verdict = check(&source, shipped(), &Options::default());
    assert!(verdict.diagnostics.is_empty(), "{:?}", verdict.diagnostics);
    let wording = Wording::of(source.text(), &verdict.reading, shipped().scheme());
    assert_eq!(wording.required.as_deref(), Some("SECRET//NOFORN"));
    let as_text = Options {
        form: Some(Form::Text),
        ..Options::default()
    };
    let verdict = check(&source, shipped(), &as_text);
    assert_eq!(verdict.reading.form, Form::Text);
}

/// Files below a folder whose name says that they are prose.
fn prose_below(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    let own = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| !kind.is_symlink());
    for path in entries.flatten().filter(own).map(|entry| entry.path()) {
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        let endings = [".md", ".txt", ".rst", ".adoc"];
        let starts = [
            "readme",
            "licen",
            "copying",
            "changelog",
            "copyright",
            "notice",
            "news",
        ];
        if path.is_dir() {
            prose_below(&path, into);
        } else if endings.iter().any(|ending| name.ends_with(ending))
            || starts.iter().any(|start| name.starts_with(start))
        {
            into.push(path);
        }
    }
}

#[test]
#[ignore = "reads what lies on this machine"]
fn ordinary_prose_of_this_machine_is_no_document() {
    let rules = shipped();
    let home = PathBuf::from(option_env!("HOME").unwrap_or("/root"));
    let mut paths = Vec::new();
    for folder in [
        home.join(".cargo/registry/src"),
        home.join(".rustup"),
        "/usr/share/doc".into(),
        "/usr/share/perl".into(),
        "/usr/lib/python3".into(),
    ] {
        prose_below(&folder, &mut paths);
    }
    let (mut files, mut bytes, mut taken) = (0, 0, Vec::new());
    let mut spent = std::time::Duration::ZERO;
    for path in &paths {
        let content = std::fs::read(path).unwrap_or_default();
        let Ok(text) = String::from_utf8(content) else {
            continue;
        };
        (files, bytes) = (files + 1, bytes + text.len());
        let start = std::time::Instant::now();
        let name = path.to_string_lossy();
        let reading = read(
            &Document::of(&text),
            &name,
            rules.scheme(),
            rules.lexicon().vocabularies(),
        );
        spent += start.elapsed();
        if let Some(reading) = reading {
            let marked = reading
                .elements
                .iter()
                .filter(|element| element.marking().is_some());
            let marks: Vec<_> = marked
                .take(6)
                .map(|element| &text[element.span.range()])
                .collect();
            taken.push(format!("{name}: {marks:?}"));
        }
    }
    println!("{files} files, {bytes} bytes, {spent:?}");
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pieces of documents in any order, with anything between them.
    #[test]
    fn no_text_panics_and_every_element_lies_in_it(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("SECRET//NOFORN\n".to_owned()), Just("\u{c}S E C R E T\n".to_owned()),
                Just("\n(U) \u{e9}t\u{e9}.\n".to_owned()), Just("| (S) \u{b6} | (C".to_owned()),
                Just("1.2) (S//REL TO USA,\nGBR) x\n\n".to_owned()), Just("# (\u{2028}) y (U)\n".to_owned()),
                Just("Classified By: \u{a0}x  Reason: 1.4(\u{e9}) Declassify On: 2/30/19\n".to_owned()),
                Just("```\n".to_owned()), Just("Figure 1: (U) z\n---\n".to_owned()),
                Just("Subject:\u{3000}(U)\r".to_owned()), Just("page 2  SECRET\n> - **(\\".to_owned()), ".{0,12}\n?",
            ],
            0..14,
        ),
        name in prop_oneof![Just("a.md"), Just("a.adoc"), Just("a.rst"), Just("a")],
    ) {
        let text = parts.concat();
        let rules = shipped();
        if let Some(reading) = read(&Document::of(&text), name, rules.scheme(), rules.lexicon().vocabularies()) {
            for element in &reading.elements {
                prop_assert!(text.get(element.span.range()).is_some());
            }
        }
    }
}

#[test]
fn subjects_of_other_documents_and_levels_in_brackets_above_a_text_are_no_portions() {
    let listed = "SECRET\n\nDATE: 3 May 1968\nSUBJECT: Ferry\n\nDATE: 4 May 1968\nSUBJECT: Mole\n\nDATE: 5 May 1968\nSUBJECT: Mill\n\n(SECRET)\nThe mayor expects two ships in the second week of the month.\n\nSECRET\n";
    let reading = reading(listed, "list.txt").expect("a document");
    assert!(texts(&reading, listed, ElementKind::UnmarkedSubject).is_empty());
    assert!(texts(&reading, listed, ElementKind::Portion).is_empty());
}
