//! What CONTRIBUTING.md shows works as it stands there: each TOML block is put into the file that it
//! names, and does what the text says.

use caveat::engine::{Options, Verdict, check};
use caveat::marking::{Surface, parse};
use caveat::reading::ElementKind;
use caveat::rules::{PackFile, RuleSet};
use caveat::text::Source;

const GUIDE: &str = include_str!("../CONTRIBUTING.md");

/// The TOML block that begins with a table.
fn block(table: &str) -> &'static str {
    let start = format!("```toml\n{table}\n");
    let (_, rest) = GUIDE.split_once(&start).expect("the guide shows one");
    let (block, _) = rest.split_once("```").expect("a block ends");
    block
}

/// The shipped packs with a table more in one file.
fn with(path: &str, table: &str) -> RuleSet {
    let shipped = RuleSet::shipped_files().into_iter().map(|file| {
        if file.path != path {
            return file;
        }
        let text = format!("{}\n{table}\n{}", file.text(), block(table));
        PackFile::new(file.pack, file.path, text)
    });
    let files: Vec<PackFile> = shipped.collect();
    assert!(
        files.iter().any(|file| file.path == path),
        "{path} is a file"
    );
    RuleSet::load(files).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn judge(text: &str, rules: &RuleSet) -> Verdict {
    check(
        &Source::from_text("shown", text),
        rules,
        &Options::default(),
    )
}

#[test]
fn a_caption_is_one_table() {
    let rules = with("rules/telegram/vocabulary/captions.toml", "[[term]]");
    let text = "R 021130Z FEB 10\nFM AMEMBASSY ZENDA\nTO RUEHC/SECSTATE WASHDC\n\nUNCLAS ZENDA 000101\n\n\
        LAKE CHANNEL\n\nE.O. 12958: N/A\nTAGS: SENV\nSUBJECT: THE LAKE\n\n1. It fell.\n\n2. It rose.\n";
    let known = |rules: &RuleSet| {
        let verdict = judge(text, rules);
        verdict.reading.of(ElementKind::Caption).count()
    };
    let shipped = RuleSet::shipped().expect("the shipped packs are valid");
    assert_eq!((known(&rules), known(&shipped)), (1, 0));
}

#[test]
fn a_control_is_one_table() {
    let rules = with("rules/us/dissemination.toml", "[[control]]");
    let mark =
        |rules: &RuleSet| parse("S//LK", 0, rules.scheme(), Surface::Portion).is_understood();
    let shipped = RuleSet::shipped().expect("the shipped packs are valid");
    assert!(mark(&rules) && !mark(&shipped));
}

#[test]
fn a_rule_is_one_table_with_its_examples() {
    let rules = with("rules/telegram/rules/captions.toml", "[[rule]]");
    let name = "telegram/sipdis-beside-official-informal";
    let rule = rules.rule(name).expect("the rule is loaded");
    assert_eq!(rule.entry.examples.len(), 2);
    for example in &rule.entry.examples {
        let text = example
            .fires
            .as_deref()
            .or(example.quiet.as_deref())
            .unwrap_or_default();
        let source = Source::from_text("shown", text);
        let verdict = check(&source, &rules, &Options::default());
        let found: Vec<_> = verdict
            .diagnostics
            .iter()
            .map(|found| (&*found.rule, source.slice(found.primary)))
            .collect();
        let wanted: Vec<_> = example.at.iter().map(|at| (name, at.as_str())).collect();
        assert_eq!(found, wanted);
    }
}

/// As tests/rules.rs reads it: `| ` begins a line of the draft, carets stand under the place.
#[test]
fn a_fixture_notes_what_the_rule_finds() {
    let (_, rest) = GUIDE
        .split_once("```draft us\n")
        .expect("the guide shows one");
    let (block, _) = rest.split_once("```").expect("a block ends");
    let (mut text, mut notes) = (String::new(), Vec::new());
    for line in block.lines() {
        if let Some(note) = line.strip_prefix("> ") {
            let (carets, words) = note.split_once(' ').expect("a note has carets and words");
            let above = text.lines().count();
            notes.push(format!("{above} {} {words}", carets.len()));
        } else {
            text.push_str(line.strip_prefix("| ").unwrap_or_default());
            text.push('\n');
        }
    }
    let rules = with("rules/telegram/rules/captions.toml", "[[rule]]");
    let source = Source::from_text("shown", text);
    let verdict = check(&source, &rules, &Options::default());
    let found = verdict.diagnostics.iter().map(|found| {
        let line = source
            .line_index()
            .line_column(found.primary.start, source.text())
            .line;
        let severity = found.severity.word();
        format!("{line} {} {severity} {}", found.primary.len(), found.rule)
    });
    assert_eq!(found.collect::<Vec<_>>(), notes);
    assert_eq!(notes.len(), 1);
}
