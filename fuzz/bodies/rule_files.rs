//! Rule files and vocabularies, loaded beside a small house: every problem lies in its file, and the rules
//! of a sound one find nothing outside a draft.

use super::places::{problems_lie_in_their_files, verdict_lies_in};
use super::shipped::house;
use caveat::engine::{Options, check};
use caveat::report::{Look, rule_page};
use caveat::rules::{PackFile, RuleSet};
use caveat::text::Source;

/// What parts the files of an input: a line of this alone.
const BETWEEN: &str = "\n#---\n";

/// Drafts of the house; its rules are in force on none, one and the other.
const DRAFTS: [&str; 3] = [
    "R 021130Z FEB 09\nFM HARBORMASTER PORTSIDE\nTO KEEPER LIGHTHOUSE\nBT\nGUARDED PORTSIDE 000118\n\n\
     LAKE DESK\nNO FORWARD\n\nTAGS: BOAT\nSUBJECT: (O) THE CONVOY\n\nREF: PORTSIDE 17\n\n\
     1. (G) The convoy leaves at dawn.\n\n2. (S/HB) Its cargo is s\u{e4}lt.\n\n3. No mark here.\n",
    "GUARDED//HARBOR\n\n(G) A memorandum of 2 February 2009.\n\n(S//HB) The other part.\n\nGUARDED\n",
    "\u{feff}",
];

const LOOK: Look = Look {
    width: 80,
    unicode: true,
    colour: false,
};

pub(super) fn run(bytes: &[u8]) {
    let text = super::text(bytes);
    let mut files = house();
    let own = text.splitn(3, BETWEEN).map(str::to_owned);
    files.extend(own.map(|text| PackFile::new("own", "rules.toml", text)));
    let rules = match RuleSet::load(files) {
        Ok(rules) => rules,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            problems_lie_in_their_files(&problems);
            return;
        }
    };
    for draft in DRAFTS {
        let source = Source::from_text("draft", draft);
        let verdict = check(&source, &rules, &Options::default());
        verdict_lies_in(
            &verdict,
            &source,
            u32::try_from(draft.len()).expect("short"),
        );
    }
    for rule in rules.rules() {
        let page = rule_page(&rule.id, &rules, LOOK);
        assert!(
            page.is_some_and(|page| page.contains(&*rule.id)),
            "no page on {}",
            rule.id
        );
    }
}
