//! Puts single faults into sound telegrams: each is to be found at its place by the rule that names
//! it, and nothing else appears. `tests/mutations.txt` holds what is found and what is not, exactly.
//!
//! `UPDATE=1 cargo test --test mutations` writes that file anew: read what changed in it.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "sound telegrams and faults only")]
mod corpus;

use caveat::diagnostic::Severity;
use caveat::engine::{Options, Verdict, check};
use caveat::rules::RuleSet;
use caveat::text::{Source, Span, decode};
use corpus::faults::{At, Edit, FAULTS, Fault};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const SEED: u64 = 20_260_101;

/// Made-up telegrams beside the written ones.
const MADE_UP: u64 = 30;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A telegram with which nothing is wrong.
struct Sound {
    text: String,
    /// Rules that advise something about its form all the same.
    advised: Vec<String>,
}

/// Every telegram of the examples and fixtures with which nothing is wrong, and some made-up ones.
fn sound(rules: &RuleSet) -> Vec<Sound> {
    let mut paths = Vec::new();
    for folder in ["examples/telegrams", "tests/telegrams"] {
        let entries = fs::read_dir(root().join(folder)).expect("the drafts are here");
        paths.extend(entries.flatten().map(|entry| entry.path()));
    }
    paths.sort();
    let texts = paths.iter().map(|path| {
        let bytes = fs::read(path).expect("a draft is readable");
        decode(bytes).expect("a draft is text").0
    });
    let made_up = (0..MADE_UP).map(|number| corpus::telegram(SEED, number).text);
    let all = texts.chain(made_up).filter(|text| !names_a_fault(text));
    all.filter_map(|text| {
        let found = judge(&text, rules).diagnostics;
        let sound = found.iter().all(|found| found.severity == Severity::Advice);
        let advised = found.iter().map(|found| found.rule.to_string()).collect();
        sound.then_some(Sound { text, advised })
    })
    .collect()
}

/// Whether a telegram says of itself that something is wrong with it, found or not.
fn names_a_fault(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_ascii_lowercase();
    text.contains("with a fault") || text.contains("with faults")
}

fn judge(text: &str, rules: &RuleSet) -> Verdict {
    check(
        &Source::from_text("mutated", text),
        rules,
        &Options::default(),
    )
}

/// What became of one kind of fault over all telegrams that it fits.
#[derive(Default)]
struct Outcome {
    /// Telegrams that it fits.
    put_in: usize,
    /// Found at its place by its rule.
    found: usize,
    /// Findings of other rules, or at other places.
    beside: BTreeMap<String, usize>,
}

impl Outcome {
    fn of(fault: &Fault, sound: &[Sound], rules: &RuleSet) -> Self {
        let mut outcome = Self::default();
        for Sound { text, advised } in sound {
            if let Some(edit) = (fault.edit)(text) {
                outcome.put_in += 1;
                outcome.add(fault, &edit, (&edit.apply(text), advised), rules);
            }
        }
        outcome
    }

    fn add(
        &mut self,
        fault: &Fault,
        edit: &Edit,
        (text, advised): (&str, &[String]),
        rules: &RuleSet,
    ) {
        let verdict = judge(text, rules);
        let mut found = false;
        for finding in &verdict.diagnostics {
            let named = &*finding.rule == fault.by;
            if named && is_at(fault.at, edit, text, finding.primary, &verdict) {
                found = true;
                continue;
            }
            if !named && advised.iter().any(|rule| **rule == *finding.rule) {
                continue;
            }
            let place = if named { " elsewhere" } else { "" };
            let name = format!("{}{place}", finding.rule);
            *self.beside.entry(name).or_default() += 1;
        }
        self.found += usize::from(found);
    }
}

/// Whether a finding stands where the fault is to be reported.
fn is_at(at: At, edit: &Edit, text: &str, primary: Span, verdict: &Verdict) -> bool {
    let touches =
        |start: usize, end: usize| primary.start as usize <= end && start <= primary.end as usize;
    let (start, end) = (edit.place.start, edit.place.start + edit.with.len());
    match at {
        At::Here => touches(start, end),
        At::Line => {
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(end..).unwrap_or_default();
            let first = before.rfind('\n').map_or(0, |at| at + 1);
            touches(first, end + after.find('\n').unwrap_or(after.len()))
        }
        At::On(kind) => {
            let mut elements = verdict.reading.of(kind);
            elements
                .any(|element| element.span.start < primary.end && primary.start < element.span.end)
        }
    }
}

/// The whole report: how many were found, then each kind of fault.
fn report(texts: &[Sound], rules: &RuleSet) -> String {
    let (mut kinds, mut named, mut put_in, mut found, mut beside) = (0, 0, 0, 0, 0);
    let mut lines = String::new();
    for fault in FAULTS.iter().copied().flatten() {
        let outcome = Outcome::of(fault, texts, rules);
        assert!(outcome.put_in > 0, "`{}` fits no telegram", fault.name);
        kinds += 1;
        named += usize::from(outcome.found == outcome.put_in);
        put_in += outcome.put_in;
        found += outcome.found;
        beside += outcome.beside.values().sum::<usize>();
        let by = if fault.by.is_empty() {
            "no rule"
        } else {
            fault.by
        };
        let (name, some, all) = (fault.name, outcome.found, outcome.put_in);
        write!(lines, "\n{name}: {some} of {all} by {by}").expect("a String takes text");
        for (rule, times) in outcome.beside {
            write!(lines, "; {times} {rule}").expect("a String takes text");
        }
    }
    format!(
        "# Single faults put into sound telegrams; each line: found at its place of put in, by which rule,\n\
         # then findings beside it. Written by `UPDATE=1 cargo test --test mutations`.\n\
         {named} of {kinds} kinds are always found; {found} of {put_in} faults in {} telegrams; {beside} findings beside them\n\
         {lines}\n",
        texts.len()
    )
}

#[expect(clippy::disallowed_methods, reason = "a test reads how it was called")]
fn asked_to_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn single_faults_are_found_as_the_list_says() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let texts = sound(&rules);
    assert!(
        texts.len() as u64 > MADE_UP,
        "the made-up telegrams are sound, and others are"
    );
    let report = report(&texts, &rules);
    println!("{}", report.lines().nth(2).unwrap_or_default());
    let golden: &Path = &root().join("tests/mutations.txt");
    if asked_to_update() {
        fs::write(golden, report).expect("the list is writable");
        return;
    }
    let listed = String::from_utf8(fs::read(golden).unwrap_or_default()).unwrap_or_default();
    let new: Vec<&str> = report
        .lines()
        .filter(|&line| !listed.lines().any(|old| old == line))
        .collect();
    assert_eq!(
        report, listed,
        "new lines: {new:#?}; `UPDATE=1 cargo test --test mutations` accepts them"
    );
}

#[test]
fn rules_that_are_to_find_a_fault_exist() {
    let rules = RuleSet::shipped().expect("the shipped packs are valid");
    let mut names = Vec::new();
    for fault in FAULTS.iter().copied().flatten() {
        assert!(
            fault.by.is_empty() || rules.rule(fault.by).is_some(),
            "{}",
            fault.by
        );
        assert!(
            !names.contains(&fault.name),
            "`{}` stands twice",
            fault.name
        );
        names.push(fault.name);
    }
    assert!(names.len() >= 40, "{} kinds of fault", names.len());
}
