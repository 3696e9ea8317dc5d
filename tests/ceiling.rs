//! The spill guard: what it sees in any text, and what it must not take for a marking.

use caveat::ceiling::{Ceiling, Guarded};
use caveat::engine::{Options, read};
use caveat::rules::RuleSet;
use caveat::text::{Source, decode};
use std::path::{Path, PathBuf};

/// The marking that the guard names first in a text, under a ceiling.
fn seen(rules: &RuleSet, ceiling: &str, name: &str, text: &str) -> Option<String> {
    let schemes = rules.schemes();
    let ceiling = Ceiling::parse(ceiling, schemes).expect("a marking");
    let source = Source::from_text(name, text);
    let options = Options::default();
    let reading = read(&source, rules.scheme(), rules, options.form);
    let guarded = Guarded {
        text,
        name,
        reading: (&reading, rules.scheme()),
    };
    let found = guarded.exceeding(&[ceiling], rules.watch(), schemes)?;
    Some(source.slice(found.primary).to_owned())
}

/// Names and texts of files, each with what the guard must see in it.
const SEEN: &[(&str, &str, &str)] = &[
    (
        "a.rs",
        "fn main() {}\n// SECRET//NOFORN\n",
        "SECRET//NOFORN",
    ),
    (
        "a.py",
        "x = 'TOP SECRET//SI/TK//NOFORN'\n",
        "TOP SECRET//SI/TK//NOFORN",
    ),
    ("a.c", "/* SECRET */\nint x;\n", "SECRET"),
    ("a.html", "<!-- CONFIDENTIAL -->\n", "CONFIDENTIAL"),
    (
        "a.html",
        "<p class=\"banner\">TOP SECRET</p>\n",
        "TOP SECRET",
    ),
    (
        "a.json",
        r#"{"text": "SECRET\n\n1. The king left."}"#,
        "SECRET",
    ),
    (
        "a.json",
        r#"{"text": "x\nS E C R E T ZENDA 000102\n"}"#,
        "S E C R E T",
    ),
    (
        "a.json",
        r#"{"classification": "SECRET"}"#,
        "classification\": \"SECRET",
    ),
    (
        "a.json",
        r#"{"overall_classification":"S"}"#,
        "classification\":\"S",
    ),
    (
        "a.json",
        r#"{"banner": "SECRET\/\/NOFORN"}"#,
        r"SECRET\/\/NOFORN",
    ),
    (
        "a.xml",
        "<doc ism:classification=\"TS\"/>\n",
        "classification=\"TS",
    ),
    (
        "a.yaml",
        "title: x\nclassification: CONFIDENTIAL\n",
        "classification: CONFIDENTIAL",
    ),
    ("a.csv", "id,mark\n7,SECRET\n", "SECRET"),
    (
        "a.csv",
        "id;mark\n7;\"SECRET//NOFORN\";x\n",
        "SECRET//NOFORN",
    ),
    ("a.txt", "We quote: (S//NF) the convoy leaves.\n", "(S//NF)"),
    (
        "a.txt",
        "Marked SECRET NOFORN at the top.\n",
        "SECRET NOFORN",
    ),
    ("a.txt", "as secret//noforn they said\n", "secret//noforn"),
    (
        "a.log",
        "[warn] upload of (TS//SI//REL TO USA, GBR) done\n",
        "(TS//SI//REL TO USA, GBR)",
    ),
    ("a.md", "Notes\n\n//NATO SECRET\n", "SECRET"),
    ("a.txt", "UNCLASSIFIED//FOUO\n", "UNCLASSIFIED//FOUO"),
];

#[test]
fn a_marking_is_seen_in_every_form_of_text() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    for &(name, text, wanted) in SEEN {
        let found = seen(&rules, "UNCLASSIFIED", name, text);
        assert!(found.is_some_and(|found| found.contains(wanted)), "{text}");
    }
}

#[test]
fn ordinary_words_are_no_markings() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let cases = [
        (
            "novel.txt",
            "Top secret, he said. It was a secret.\n\nSecret\n\nThe SECRET of the king.\n",
        ),
        (
            "a.rs",
            "const SECRET: &str = \"SECRET\";\nlet x = env(\"SECRET\") // SECRET key\n",
        ),
        (
            "a.rs",
            "enum Level {\n    PUBLIC,\n    SECRET,\n    CONFIDENTIAL,\n}\n",
        ),
        (
            "a.env",
            "SECRET_KEY=x\nMY_SECRET=y\nSECRET=z\nCLIENT-SECRET: q\n",
        ),
        (
            "a.json",
            r#"{"secret": true, "type": "SECRET", "levels": ["CONFIDENTIAL", "SECRET"]}"#,
        ),
        (
            "a.md",
            "- CONFIDENTIAL\n- SECRET\n\n(S) south (C) copyright (c) 2026 (U)\n",
        ),
        (
            "a.xml",
            "<transport-guarantee>CONFIDENTIAL</transport-guarantee>\n",
        ),
        ("a.html", "<div class=\"s\"></div><p class=\"c\">x</p>\n"),
        ("a.c", "if (a) b = f(S/2); /* (C) 2026 */ g(C//note\n);\n"),
        (
            "LICENSE",
            "THIS SOFTWARE IS CONFIDENTIAL AND PROPRIETARY INFORMATION OF NOBODY.\n",
        ),
        ("a.txt", "UNCLASSIFIED\n\n1. (U) The harvest was good.\n"),
        (
            "a.txt",
            "classification: PUBLIC\nclass: c\nclassification of secrets = hard\n",
        ),
        (
            "a.go",
            "// Secret is a kind.\nkind: Secret\nvar s = S / C // SI units\n",
        ),
    ];
    for (name, text) in cases {
        assert_eq!(seen(&rules, "UNCLASSIFIED", name, text), None, "{text}");
    }
}

#[test]
fn a_ceiling_grants_its_level_and_its_controls() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let above = |ceiling, text| seen(&rules, ceiling, "a.txt", text).is_some();
    for (ceiling, within, beyond) in [
        ("SECRET", "SECRET\n", "SECRET//NOFORN\n"),
        (
            "SECRET//NOFORN",
            "CONFIDENTIAL//NOFORN\n",
            "SECRET//ORCON/NOFORN\n",
        ),
        (
            "SECRET//NOFORN",
            "SECRET//REL TO USA, GBR\n",
            "TOP SECRET//NOFORN\n",
        ),
        (
            "UNCLASSIFIED//FOUO",
            "UNCLASSIFIED//FOUO\n",
            "CONFIDENTIAL\n",
        ),
        (
            "TOP SECRET//SI//NOFORN",
            "TOP SECRET//SI//NOFORN\n",
            "TOP SECRET//TK//NOFORN\n",
        ),
    ] {
        assert!(!above(ceiling, within), "{within} under {ceiling}");
        assert!(above(ceiling, beyond), "{beyond} under {ceiling}");
    }
    assert!(Ceiling::parse("SEKRIT", rules.schemes()).is_none());
    assert!(Ceiling::parse("NOFORN", rules.schemes()).is_none());
}

/// Files below a folder, in order.
fn files_below(root: &Path) -> Vec<PathBuf> {
    let (mut waiting, mut files) = (vec![root.to_owned()], Vec::new());
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn text_of(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    decode(bytes).ok().map(|(text, ..)| text)
}

#[test]
fn every_crate_on_this_machine_is_silent() {
    let home = std::env::home_dir();
    let sources = home
        .map(|home| home.join(".cargo/registry/src"))
        .filter(|path| path.is_dir());
    let Some(sources) = sources else {
        eprintln!("skipped: no sources of crates on this machine");
        return;
    };
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let endings = ["rs", "md", "toml", "json", "txt", "html", "yml"];
    let mut looked = 0;
    let mut alarms = Vec::new();
    for path in files_below(&sources) {
        let ending = path.extension().and_then(|ending| ending.to_str());
        if !ending.is_none_or(|ending| endings.contains(&ending)) {
            continue;
        }
        let Some(text) = text_of(&path).filter(|text| text.len() < 1 << 20) else {
            continue;
        };
        let seen = rules
            .watch()
            .look(&text, &path.to_string_lossy(), rules.schemes());
        looked += 1;
        let scheme = rules.scheme();
        let ceiling = Ceiling::parse(
            &scheme.level(caveat::marking::LevelId(0)).name,
            rules.schemes(),
        );
        let ceiling = ceiling.expect("the lowest level is a marking");
        let above = seen.iter().filter(|one| {
            ceiling.is_exceeded_by(&one.marking, &rules.schemes()[one.scheme], rules.schemes())
        });
        alarms.extend(above.map(|one| format!("{}: {:?}", path.display(), one.span)));
    }
    println!("{looked} files, {} alarms", alarms.len());
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

#[test]
fn every_classified_telegram_of_the_corpus_and_the_examples_is_seen() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let scheme = rules.scheme();
    let mut classified = 0;
    for folder in ["examples/telegrams", "../shared/corpus/telegrams-1970s"] {
        let folder = root.join(folder);
        if !folder.is_dir() {
            eprintln!("skipped: {} is not here", folder.display());
        }
        for path in files_below(&folder) {
            let Some(text) = text_of(&path) else { continue };
            let source = Source::from_text("a.txt", text.as_str());
            let reading = read(&source, scheme, &rules, None);
            let level = reading.header.as_ref().and_then(|header| header.level);
            if level.is_some_and(|used| scheme.level(used.level).classified) {
                classified += 1;
                let found = seen(&rules, "UNCLASSIFIED", "a.txt", &text);
                assert!(found.is_some(), "{}", path.display());
            }
        }
    }
    assert!(classified > 5, "{classified}");
}
