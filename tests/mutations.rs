//! Puts single faults into sound telegrams: each is to be found at its place by the rule that names
//! it, and nothing else appears. `tests/mutations.txt` holds what is found and what is not, exactly.
//!
//! `UPDATE=1 cargo test --test mutations` writes that file anew: read what changed in it.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "sound telegrams and faults only")]
mod corpus;
#[path = "mutations/unseen.rs"]
mod unseen;

use caveat::diagnostic::Severity;
use caveat::engine::{Options, Setting, Verdict, check};
use caveat::reading::{Element, ElementKind, Rendering};
use caveat::rules::{Rule, RuleSet};
use caveat::text::{Source, Span, decode};
use corpus::faults::{At, Edit, FAULTS, Fault};
use std::collections::{BTreeMap, BTreeSet};
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
    /// Where it stands: a path, a fixture with the line of its block, or a number.
    name: String,
    text: String,
    /// Rules that advise something about its form all the same.
    advised: Vec<String>,
    rendering: Rendering,
    classified: bool,
    /// The year of its date; `None` where it states none.
    year: Option<i16>,
}

/// Every telegram of the examples and fixtures with which nothing is wrong, and some made-up ones, each
/// text once.
fn sound(rules: &RuleSet) -> Vec<Sound> {
    let written = ["examples/telegrams", "tests/telegrams"].map(written);
    let made_up = (0..MADE_UP).map(|number| {
        let name = format!("made up {number}");
        (name, corpus::telegram(SEED, number).text)
    });
    let mut all: Vec<_> = written
        .into_iter()
        .flatten()
        .chain(made_up)
        .chain(fixtures())
        .collect();
    let mut seen = BTreeSet::new();
    all.retain(|(_, text)| seen.insert(text.trim().to_owned()) && !names_a_fault(text));
    let sound = all.into_iter().filter_map(|(name, text)| {
        let verdict = check(
            &Source::from_text("sound", &*text),
            rules,
            &Options::default(),
        );
        let found = &verdict.diagnostics;
        let sound = found.iter().all(|found| found.severity == Severity::Advice);
        let level = verdict
            .reading
            .first(ElementKind::Level)
            .and_then(Element::marking);
        let level = level.and_then(|marking| marking.level);
        Some(Sound {
            rendering: verdict.reading.rendering.filter(|_| sound)?,
            classified: level.is_some_and(|used| rules.scheme().level(used.level).classified),
            year: verdict.reading.date.map(jiff::civil::Date::year),
            advised: found.iter().map(|found| found.rule.to_string()).collect(),
            name,
            text,
        })
    });
    sound.collect()
}

/// The telegrams of a folder, by path.
fn written(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join(folder)).expect("the drafts are here");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).expect("a draft is readable");
        let text = decode(bytes).expect("a draft is text").0;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        (format!("{folder}/{name}"), text)
    };
    paths.into_iter().map(read).collect()
}

/// The drafts in the fixtures of the rules on telegrams for which no note stands, by file and line.
fn fixtures() -> Vec<(String, String)> {
    let mut drafts = Vec::new();
    for (name, text) in written("tests/rules/telegram") {
        let mut lines = text.lines().enumerate();
        while let Some((number, line)) = lines.next() {
            if line != "```draft us" {
                continue;
            }
            let block: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| *line != "```")
                .collect();
            if block.iter().all(|line| line.starts_with('|')) {
                let own =
                    |line: &&str| line.strip_prefix("| ").unwrap_or_default().to_owned() + "\n";
                drafts.push((
                    format!("{name}:{}", number + 1),
                    block.iter().map(own).collect(),
                ));
            }
        }
    }
    drafts
}

/// Whether a telegram says of itself that something is wrong with it, found or not.
fn names_a_fault(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").to_ascii_lowercase();
    text.contains("with a fault") || text.contains("with faults")
}

/// What became of one kind of fault over all telegrams that it fits.
#[derive(Default)]
struct Outcome {
    /// Telegrams that it fits.
    put_in: usize,
    /// Telegrams whose text cannot show it, by why.
    unseen: BTreeMap<&'static str, usize>,
    /// Telegrams in which it was not found at its place by its rule.
    missed: Vec<String>,
    /// Findings of other rules, or at other places, with the telegrams.
    beside: BTreeMap<String, Vec<String>>,
}

impl Outcome {
    fn of(fault: &Fault, sound: &[Sound], rules: &RuleSet) -> Self {
        let mut outcome = Self::default();
        let options = asking(fault.by, rules);
        for sound in sound {
            let Some(edit) = (fault.edit)(&sound.text) else {
                continue;
            };
            let text = edit.apply(&sound.text);
            let verdict = check(&Source::from_text("mutated", &*text), rules, &options);
            let why = unseen::why(fault, sound);
            if let Some(why) = why {
                *outcome.unseen.entry(why).or_default() += 1;
                continue;
            }
            outcome.put_in += 1;
            if !outcome.add(fault, &edit, (&text, sound), &verdict) {
                outcome.missed.push(sound.name.clone());
            }
        }
        outcome
    }

    /// Notes the findings beside the fault, and says whether it was found.
    fn add(
        &mut self,
        fault: &Fault,
        edit: &Edit,
        (text, sound): (&str, &Sound),
        verdict: &Verdict,
    ) -> bool {
        let mut found = false;
        for finding in &verdict.diagnostics {
            let named = &*finding.rule == fault.by;
            if named && is_at(fault.at, edit, text, finding.primary, verdict) {
                found = true;
                continue;
            }
            if sound.advised.iter().any(|rule| **rule == *finding.rule) {
                continue;
            }
            let place = if named { " elsewhere" } else { "" };
            let name = format!("{}{place}", finding.rule);
            self.beside
                .entry(name)
                .or_default()
                .push(sound.name.clone());
        }
        found
    }
}

/// Options that ask a rule, though it may be one in preview.
fn asking(rule: &str, rules: &RuleSet) -> Options {
    let setting = |own: &Rule| {
        if *own.id == *rule {
            Setting::On
        } else {
            Setting::Own
        }
    };
    Options {
        settings: rules.rules().map(setting).collect(),
        ..Options::default()
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
        At::On(kind) => is_on(kind, primary, verdict),
        At::OnEither(one, other) => [one, other]
            .iter()
            .any(|&kind| is_on(kind, primary, verdict)),
    }
}

fn is_on(kind: ElementKind, primary: Span, verdict: &Verdict) -> bool {
    let mut elements = verdict.reading.of(kind);
    elements.any(|element| element.span.start < primary.end && primary.start < element.span.end)
}

/// The whole report: how many were found, each kind of fault, and what no text can show.
fn report(texts: &[Sound], rules: &RuleSet) -> String {
    let (mut kinds, mut always, mut put_in, mut missed, mut beside) = (0, 0, 0, 0, 0);
    let mut lines = String::new();
    let mut unseen: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for fault in FAULTS.iter().copied().flatten() {
        let outcome = Outcome::of(fault, texts, rules);
        let fits = outcome.put_in > 0 || !outcome.unseen.is_empty();
        assert!(fits, "`{}` fits no telegram", fault.name);
        put_in += outcome.put_in;
        missed += outcome.missed.len();
        beside += outcome.beside.values().map(Vec::len).sum::<usize>();
        for (why, times) in &outcome.unseen {
            let faults = unseen.entry(why).or_default();
            faults.push(format!("{times} {}", fault.name));
        }
        let (name, by, all) = (fault.name, fault.by, outcome.put_in);
        if all == 0 {
            continue;
        }
        kinds += 1;
        always += usize::from(outcome.missed.is_empty());
        let found = all - outcome.missed.len();
        let preview = rules.rule(by).is_some_and(|rule| !rule.is_on());
        let asked = if preview {
            ", which is in preview and was asked"
        } else {
            ""
        };
        write!(lines, "\n{name}: {found} of {all} by {by}{asked}").expect("a String takes text");
        for name in &outcome.missed {
            write!(lines, "\n  not found in {name}").expect("a String takes text");
        }
        for (rule, names) in outcome.beside {
            for name in names {
                write!(lines, "\n  beside it {rule} in {name}").expect("a String takes text");
            }
        }
    }
    let found = put_in - missed;
    let mut reasons = String::new();
    for (why, faults) in unseen {
        write!(reasons, "\n{why}:\n  {}", faults.join("\n  ")).expect("a String takes text");
    }
    format!(
        "# Single faults put into sound telegrams; each line: found at its place of put in, by which rule. What\n\
         # is not found, and findings beside it, stand below. Written by `UPDATE=1 cargo test --test mutations`.\n\
         {always} of {kinds} kinds are always found; {found} of {put_in} faults in {} telegrams; {beside} findings beside them\n\
         {lines}\n\n\
         # Put in and not counted, since the text cannot show them:\n{reasons}\n",
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
        assert!(rules.rule(fault.by).is_some(), "{}", fault.by);
        assert!(
            !names.contains(&fault.name),
            "`{}` stands twice",
            fault.name
        );
        names.push(fault.name);
    }
    assert!(names.len() >= 40, "{} kinds of fault", names.len());
}
