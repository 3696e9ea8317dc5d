//! Literate fixtures: `tests/rules/<pack>/<rule>.md`, each block of a draft a test of its own.
//!
//! In a block, `| ` begins a line of the draft and `> ` an annotation for the line above it: carets under the
//! place, then severity and rule. `> @document` stands for a finding without a place. Every finding must be
//! annotated and every annotation met. A `fixed` block says what the fix of the rule makes of the draft above it.

use caveat::checks::Profile;
use caveat::diagnostic::Diagnostic;
use caveat::engine::{Options, Setting, check};
use caveat::fix::{apply, weakens};
use caveat::rules::RuleSet;
use caveat::text::Source;
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// A block of a fixture.
#[derive(Debug, Default)]
struct Block {
    /// Line of the file, from 1.
    line: usize,
    /// What stands behind the fence: `draft`, the scheme, and settings such as `as-of=2020-01-01`.
    info: Vec<String>,
    /// Lines of the draft, each with its annotations.
    lines: Vec<(String, Vec<String>)>,
    /// What the fix makes of it.
    fixed: Option<String>,
}

impl Block {
    fn text(&self) -> String {
        self.lines
            .iter()
            .fold(String::new(), |text, (line, _)| text + line + "\n")
    }

    fn options(&self, rule: &str, rules: &RuleSet) -> Result<Options, Failed> {
        let setting = |other: &str| {
            if other == rule {
                Setting::On
            } else {
                Setting::Own
            }
        };
        let mut options = Options {
            scheme: self.info.get(1).cloned(),
            settings: rules.rules().map(|own| setting(&own.id)).collect(),
            ..Options::default()
        };
        for word in self.info.iter().skip(2) {
            match word.split_once('=') {
                Some(("as-of", day)) => {
                    options.as_of = Some(day.parse().map_err(|_| failed("no such day"))?);
                }
                Some(("profile", "draft")) => options.profile = Some(Profile::Draft),
                Some(("profile", "archive")) => options.profile = Some(Profile::Archive),
                _ => return Err(failed(format!("`{word}` is no setting of a block"))),
            }
        }
        Ok(options)
    }
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).expect("a fixture is readable");
    String::from_utf8(bytes).expect("a fixture is UTF-8")
}

fn failed(error: impl Into<String>) -> Failed {
    Failed::from(error.into())
}

fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let info: Vec<String> = info.split_whitespace().map(str::to_owned).collect();
        let mut block = Block {
            line: number + 1,
            info,
            ..Block::default()
        };
        loop {
            let (number, line) = lines.next().ok_or("a block without its end")?;
            let number = number + 1;
            if line == "```" {
                break;
            }
            if let Some(note) = line.strip_prefix('>') {
                let last = block.lines.last_mut();
                let last = last.ok_or(format!("line {number}: an annotation before any line"))?;
                last.1
                    .push(note.strip_prefix(' ').unwrap_or(note).to_owned());
            } else {
                let own = line
                    .strip_prefix('|')
                    .ok_or(format!("line {number}: neither | nor >"))?;
                let own = own.strip_prefix(' ').unwrap_or(own).to_owned();
                block.lines.push((own, Vec::new()));
            }
        }
        match block.info.first().map(String::as_str) {
            Some("draft") => blocks.push(block),
            Some("fixed") => {
                let above = blocks
                    .last_mut()
                    .ok_or("a fixed block without a draft above it")?;
                above.fixed = Some(block.text());
            }
            _ => {
                return Err(format!(
                    "line {}: a block is `draft` or `fixed`",
                    block.line
                ));
            }
        }
    }
    Ok(blocks)
}

/// An annotation as a finding would be written: line, columns, severity and rule.
fn annotated(block: &Block) -> Vec<String> {
    let mut all = Vec::new();
    for (number, (_, notes)) in block.lines.iter().enumerate() {
        for note in notes {
            let words = note.trim_start();
            if let Some(rest) = words.strip_prefix("@document") {
                all.push(format!("document{rest}"));
                continue;
            }
            let start = note.chars().count() - words.chars().count();
            let carets = words.chars().take_while(|&own| own == '^').count();
            let rest = words.trim_start_matches('^').trim_start();
            all.push(format!(
                "{}:{}-{} {rest}",
                number + 1,
                start,
                start + carets
            ));
        }
    }
    all.sort();
    all
}

/// A finding as an annotation says it: to the end of its first line where it is longer.
fn told(found: &Diagnostic, source: &Source) -> String {
    let words = format!("{} {}", found.severity.word(), found.rule);
    if found.primary.is_empty() {
        return format!("document {words}");
    }
    let place = source
        .line_index()
        .line_column(found.primary.start, source.text());
    let first_line = source
        .slice(found.primary)
        .lines()
        .next()
        .unwrap_or_default();
    let start = place.column as usize - 1;
    let end = start + first_line.trim_end().chars().count();
    format!("{}:{start}-{end} {words}", place.line)
}

fn run(block: &Block, rule: &str, rules: &RuleSet) -> Result<(), Failed> {
    let source = Source::from_text("fixture", block.text());
    let options = block.options(rule, rules)?;
    let verdict = check(&source, rules, &options);
    let mut found: Vec<String> = verdict
        .diagnostics
        .iter()
        .map(|found| told(found, &source))
        .collect();
    found.sort();
    let wanted = annotated(block);
    if found != wanted {
        let mut message = String::new();
        for own in found.iter().filter(|own| !wanted.contains(own)) {
            writeln!(message, "not annotated: {own}").expect("a String takes text");
        }
        for own in wanted.iter().filter(|own| !found.contains(own)) {
            writeln!(message, "not found: {own}").expect("a String takes text");
        }
        return Err(failed(message));
    }
    let Some(fixed) = &block.fixed else {
        return Ok(());
    };
    let own = verdict
        .diagnostics
        .iter()
        .filter(|found| &*found.rule == rule);
    let edits: Vec<_> = own
        .filter_map(|found| found.fix.as_ref())
        .flat_map(|fix| fix.edits.clone())
        .collect();
    let (text, _) = apply(source.text(), &edits);
    if text != *fixed {
        return Err(failed(format!("the fix gives\n{text}")));
    }
    let after = check(&Source::from_text("fixed", text), rules, &options);
    if after.diagnostics.iter().any(|found| &*found.rule == rule) {
        return Err(failed("the fix does not settle"));
    }
    let scheme = rules.scheme();
    if weakens(&verdict.reading, &after.reading, scheme) {
        return Err(failed("the fix weakens the marking"));
    }
    Ok(())
}

/// Every fixture below a folder with the id of its rule.
fn fixtures(root: &Path) -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    let packs = fs::read_dir(root).expect("the fixtures are here").flatten();
    for pack in packs.map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let name = |path: &Path| {
            path.file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let files = fs::read_dir(&pack).expect("a folder is readable").flatten();
        for path in files.map(|entry| entry.path()) {
            all.push((format!("{}/{}", name(&pack), name(&path)), path));
        }
    }
    all.sort();
    all
}

/// Every stable rule has a fixture, and every fixture a rule that fires in it.
fn fixtures_and_rules(all: &[(String, PathBuf)], rules: &RuleSet) -> Result<(), Failed> {
    let mut wrong = String::new();
    for rule in rules.rules().filter(|rule| rule.is_on()) {
        if !all.iter().any(|(id, _)| *id == *rule.id) {
            writeln!(wrong, "no fixture for {}", rule.id).expect("a String takes text");
        }
    }
    for (id, path) in all {
        let text = read(path);
        if rules.rule(id).is_none() {
            writeln!(wrong, "{id} is no rule").expect("a String takes text");
        }
        if !text.contains(&format!(" {id}\n")) {
            writeln!(wrong, "{id} never fires in its fixture").expect("a String takes text");
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(failed(wrong))
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let rules = Arc::new(RuleSet::shipped().expect("the shipped packs are valid"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let all = fixtures(&root);
    let mut trials = Vec::new();
    for (id, path) in &all {
        match blocks(&read(path)) {
            Ok(blocks) => trials.extend(blocks.into_iter().map(|block| {
                let (id, rules) = (id.clone(), Arc::clone(&rules));
                let name = format!("{id}:{}", block.line);
                Trial::test(name, move || run(&block, &id, &rules))
            })),
            Err(problem) => trials.push(Trial::test(id, move || Err(failed(problem)))),
        }
    }
    let shared = Arc::clone(&rules);
    let whole = move || fixtures_and_rules(&all, &shared);
    trials.push(Trial::test(
        "every_stable_rule_has_a_fixture_in_which_it_fires",
        whole,
    ));
    libtest_mimic::run(&arguments, trials).exit_code()
}
