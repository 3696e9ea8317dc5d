//! Fixes of whole drafts: whatever the draft, no marking is weaker afterwards, and they settle.

#[path = "../benches/corpus/mod.rs"]
#[expect(dead_code, reason = "drafts and faults only")]
mod corpus;
mod settling;

use caveat::marking::Surface;
use caveat::rules::RuleSet;
use caveat::text::decode;
use corpus::faults::FAULTS;
use proptest::prelude::*;
use std::path::Path;
use std::sync::OnceLock;

const SEED: u64 = 20_261_124;

/// Made-up drafts of each kind.
const MADE_UP: u64 = 60;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"))
}

/// Fixes a draft in both ways, and looks at what came of it.
fn hold(text: &str) -> usize {
    settling::hold(text, rules())
}

#[test]
fn no_fix_of_a_made_up_draft_weakens_a_marking_and_all_settle() {
    let mut made = 0;
    for number in 0..MADE_UP {
        made += hold(&corpus::telegram(SEED, number).text);
        made += hold(&corpus::faulty_telegram(SEED, number).text);
        made += hold(&corpus::document(SEED, number).text);
    }
    for fault in FAULTS.iter().copied().flatten() {
        for number in 0..4 {
            let text = corpus::telegram(SEED, number).text;
            if let Some(edit) = (fault.edit)(&text) {
                made += hold(&edit.apply(&text));
            }
        }
    }
    assert!(made > 20, "{made}");
}

#[test]
fn no_fix_of_a_written_draft_weakens_a_marking() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "examples/telegrams",
        "tests/telegrams_irregular",
        "tests/documents",
        "../shared/corpus/telegrams-1970s",
    ];
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else {
            println!("skipped: {folder} is not here");
            continue;
        };
        for entry in entries.flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            if let Ok((text, ..)) = decode(bytes) {
                hold(&text);
            }
        }
    }
}

#[test]
fn every_example_of_every_rule_settles() {
    for rule in rules().rules() {
        for example in &rule.entry.examples {
            for text in [&example.fires, &example.quiet].into_iter().flatten() {
                hold(text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Lines of a sound telegram or document taken out, doubled and swapped, and letters changed.
    #[test]
    fn a_draft_that_was_torn_settles_as_well(
        number in 0u64..40,
        is_document in any::<bool>(),
        changes in prop::collection::vec((0usize..200, 0u8..5), 1..8),
    ) {
        let draft = if is_document {
            corpus::document(SEED, number)
        } else {
            corpus::telegram(SEED, number)
        };
        let mut lines: Vec<String> = draft.text.lines().take(60).map(str::to_owned).collect();
        for (at, change) in changes {
            let at = at % lines.len().max(1);
            match change {
                0 if lines.len() > 3 => drop(lines.remove(at)),
                1 => lines.insert(at, lines[at].clone()),
                2 => lines[at] = lines[at].to_lowercase(),
                3 => lines[at] = lines[at].replace("//", "/").replace(", ", ","),
                _ => lines[at] = lines[at].replace(')', " )").replace("NOFORN", "SIPDIS"),
            }
        }
        hold(&(lines.join("\n") + "\n"));
    }
}

#[test]
fn a_list_that_grows_and_a_compartment_that_goes_are_seen() {
    let read = |text: &str| caveat::marking::parse(text, 0, rules().scheme(), Surface::Banner);
    let holds = |new: &str, old: &str| {
        settling::is_at_least((&read(new), new), (&read(old), old), rules().scheme())
    };
    assert!(holds(
        "SECRET//REL TO USA, GBR",
        "SECRET//REL TO USA, AUS, GBR"
    ));
    assert!(!holds(
        "SECRET//REL TO USA, AUS, GBR",
        "SECRET//REL TO USA, GBR"
    ));
    assert!(!holds(
        "SECRET//DISPLAY ONLY AFG, IRQ",
        "SECRET//DISPLAY ONLY AFG"
    ));
    assert!(holds(
        "TOP SECRET//SI-G/TK//ORCON",
        "TOP SECRET//SI-GAMMA//ORCON"
    ));
    assert!(!holds("TOP SECRET//SI//ORCON", "TOP SECRET//SI-G//ORCON"));
    assert!(!holds("SECRET//SAR-BP", "SECRET//SAR-BP/SAR-CD"));
}

/// Which fixes a person need not decide on: a new one, or one of another class, is to be thought about.
const CLASSES: &str = include_str!("fix_classes.txt");

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test is told through the environment to write"
)]
fn the_class_of_each_fix_is_the_one_that_was_decided() {
    let mut lines = vec![
        "# The fix of each rule that has one: its class, and what it does. `safe` changes form alone; `unsafe` is decided by".to_owned(),
        "# a person. Written by `UPDATE=1 cargo test --test fixes`; each change here is to be one that was decided.".to_owned(),
        String::new(),
    ];
    let mut fixes: Vec<String> = Vec::new();
    for rule in rules().rules() {
        let Some(fix) = &rule.entry.fix else { continue };
        let act = match (&fix.replace, fix.delete, fix.raise) {
            (Some(_), ..) => "replaces",
            (None, true, _) => "deletes",
            (None, _, true) => "raises banners",
            _ => "inserts a line",
        };
        let class = format!("{:?}", fix.applicability).to_lowercase();
        // What puts words in, or raises a marking, says more than form: no program decides on it.
        assert!(
            class == "unsafe" || !matches!(act, "inserts a line" | "raises banners"),
            "{}",
            rule.id
        );
        fixes.push(format!(
            "{class:<7} {:<40} {act}: {}",
            rule.id,
            fix.title.text()
        ));
    }
    fixes.sort();
    lines.append(&mut fixes);
    let text = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fix_classes.txt");
        std::fs::write(path, &text).expect("it is writable");
        return;
    }
    assert_eq!(text, CLASSES, "UPDATE=1 cargo test --test fixes");
}
