//! What each rule says of its own example, word for word: the message, the places beside it, how sure it is, and the fix.
//!
//! `UPDATE=1 cargo test --test findings` writes it anew: read what changed as somebody would who gets to see it.

use caveat::diagnostic::Diagnostic;
use caveat::engine::check;
use caveat::rules::RuleSet;
use caveat::text::Source;
use caveat::trial::asking_for;
use std::fmt::Write as _;
use std::path::Path;

const KNOWN: &str = include_str!("findings.txt");

const HEAD: &str = "\
# What each rule says of its own examples: the words at fault, what is wrong with them, where else to look, and the fix.
# Written by `UPDATE=1 cargo test --test findings`; every line is to be read by a person.
";

/// A text on one line, shortened in the middle.
fn short(text: &str) -> String {
    let words: Vec<char> = text.replace('\n', "\\n").chars().collect();
    if words.len() <= 60 {
        return words.into_iter().collect();
    }
    let (head, tail) = (&words[..40], &words[words.len() - 16..]);
    format!("{} … {}", String::from_iter(head), String::from_iter(tail))
}

/// A finding in a few lines.
fn told(found: &Diagnostic, source: &Source, into: &mut String) {
    let (severity, sure) = (found.severity.word(), found.confidence.word());
    let at = short(source.slice(found.primary));
    let said = &found.message;
    writeln!(into, "  {severity}, {sure}, at `{at}`: {said}").expect("a String takes text");
    let place = |start| source.line_index().line_column(start, source.text());
    for label in &found.related {
        let (place, at) = (place(label.span.start), short(source.slice(label.span)));
        let (line, column) = (place.line, place.column);
        let said = &label.message;
        let colon = if said.is_empty() { "" } else { ": " };
        writeln!(into, "    {line}:{column} `{at}`{colon}{said}").expect("a String takes text");
    }
    if let Some(fix) = &found.fix {
        let edits = fix.edits.iter().map(|edit| {
            let (old, new) = (short(source.slice(edit.span)), short(&edit.replacement));
            format!("`{old}` to `{new}`")
        });
        let edits = edits.collect::<Vec<_>>().join(", ");
        writeln!(into, "    {}: {edits}", fix.title).expect("a String takes text");
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told through the environment to write"
)]
fn each_rule_says_of_its_own_examples_what_was_read() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let mut text = HEAD.to_owned();
    for rule in rules.rules() {
        writeln!(text, "\n{}", rule.id).expect("a String takes text");
        for example in &rule.entry.examples {
            let Some(draft) = &example.fires else {
                continue;
            };
            let source = Source::from_text("example", draft.as_str());
            let verdict = check(&source, &rules, &asking_for(rule, &rules, example));
            for found in verdict.diagnostics.iter().filter(|own| own.rule == rule.id) {
                told(found, &source, &mut text);
            }
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings.txt");
        std::fs::write(path, &text).expect("it is writable");
        return;
    }
    let differs = text
        .lines()
        .zip(KNOWN.lines())
        .find(|(now, was)| now != was);
    assert!(
        text == KNOWN,
        "{differs:#?} differs: UPDATE=1 cargo test --test findings"
    );
}
