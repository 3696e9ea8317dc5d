//! Controlled unclassified information: a level between what is unclassified and what is classified.

use caveat::ceiling::{Ceiling, Guarded};
use caveat::engine::{Options, read};
use caveat::marking::{Fault, Scheme, Surface, Word, parse};
use caveat::rules::RuleSet;
use caveat::text::Source;
use std::path::Path;
use std::sync::OnceLock;

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"))
}

fn us() -> &'static Scheme {
    rules().scheme()
}

/// Kinds of fault in a marking.
fn faults(text: &str, surface: Surface) -> Vec<Fault> {
    let marking = parse(text, 0, us(), surface);
    marking.faults.iter().map(|found| found.fault).collect()
}

#[test]
fn a_banner_or_portion_mark_of_the_handbook_is_right() {
    for banner in [
        "CUI",
        "CONTROLLED",
        "CUI//SP-CTI",
        "CUI//SP-CTI/SP-EXPT//NOFORN",
        "CONTROLLED//SP-CTI/PRVCY//FEDCON",
        "CUI//DCNI/EXPT/PROPIN//DL ONLY",
        "CUI//PRIVILEGE//ATTORNEY-CLIENT/ATTORNEY-WP",
        "CUI//REL TO USA, EST, ISR, FVEY, NATO",
        "CUI//FED ONLY/NOFORN",
        "SECRET//CUI",
        "SECRET//CUI//NOFORN",
        "SECRET//HCS-P/TK//FGI GBR//CUI//SP-CTI/PRVCY//NOFORN",
    ] {
        assert_eq!(faults(banner, Surface::Banner), [], "{banner}");
    }
    for portion in [
        "CUI",
        "CUI//PRVCY",
        "CUI//SP-CTI//NF",
        "CUI//SP-EXPT/SP-PROPIN",
        "CUI//PROPIN",
        "S//CUI//SP-CTI//NF",
    ] {
        assert_eq!(faults(portion, Surface::Portion), [], "{portion}");
    }
}

#[test]
fn what_the_handbook_forbids_is_wrong() {
    let banners = [
        ("CUI/SP-CTI", Fault::Separator),
        ("CUI//SP-CTI//SP-EXPT", Fault::Separator),
        ("CUI // SP-CTI", Fault::Blank),
        ("CUI//SP-OTTR", Fault::UnknownWord),
        ("CUI//SP-LEI", Fault::UnknownWord),
        ("CUI//CTI", Fault::Variant),
        ("CUI//PRVCY/SP-CTI", Fault::Order),
        ("CUI//SP-EXPT/SP-CTI", Fault::Order),
        ("CUI//PRVCY/LEI", Fault::Order),
        ("CUI//NOFORN/FED ONLY", Fault::Order),
        ("CUI//NOFORN//SP-CTI", Fault::Order),
        ("SECRET//NOFORN//CUI", Fault::Order),
        ("CUI//FOUO", Fault::Level),
        ("UNCLASSIFIED//CUI", Fault::Level),
        ("UNCLASSIFIED//PRVCY", Fault::Level),
        ("SECRET//CONTROLLED", Fault::Variant),
        ("CUI//FEDCON/NOCON", Fault::Excludes),
        ("CUI//ATTORNEY-CLIENT", Fault::Requires),
        ("CUI//CUI", Fault::SecondLevel),
        ("SECRET//SP-CTI", Fault::Requires),
    ];
    for (banner, wanted) in banners {
        let found = faults(banner, Surface::Banner);
        assert!(found.contains(&wanted), "{banner}: {found:?}");
    }
    assert_eq!(faults("CONTROLLED", Surface::Portion), [Fault::Form]);
    assert_eq!(faults("CUI//NOFORN", Surface::Portion), [Fault::Form]);
    // Beside other levels a shared word keeps its other meaning.
    assert_eq!(faults("UNCLASSIFIED//PROPIN", Surface::Banner), []);
    assert_eq!(faults("U//DCNI", Surface::Portion), []);
}

#[test]
fn every_category_of_the_registry_is_known() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/cui-categories.csv");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: the list of categories is not here");
        return;
    };
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let mut known = 0;
    for line in text.lines().skip(1) {
        let code = line.split(',').next().unwrap_or_default();
        let cells: Vec<&str> = line.rsplitn(3, ',').collect();
        let &[specified, basic, _] = cells.as_slice() else {
            panic!("{line}");
        };
        for (word, is_used) in [(format!("SP-{code}"), specified), (code.to_owned(), basic)] {
            let marking = format!("CUI//{word}");
            let found = faults(&marking, Surface::Banner);
            if !code.is_empty() && is_used != "no" {
                assert_eq!(found, [], "{marking}");
                known += 1;
            } else if !code.is_empty() {
                assert_ne!(found, [], "{marking}");
            }
        }
    }
    assert_eq!(known, 143);
}

/// The marking that the guard names first in a text, under a ceiling.
fn seen(ceiling: &str, name: &str, text: &str) -> Option<String> {
    let schemes = rules().schemes();
    let ceiling = Ceiling::parse(ceiling, schemes).expect("a marking");
    let source = Source::from_text(name, text);
    let reading = read(&source, us(), rules(), Options::default().form);
    let guarded = Guarded {
        text,
        name,
        reading: (&reading, us()),
    };
    let found = guarded.exceeding(&[ceiling], rules().watch(), schemes)?;
    Some(source.slice(found.primary).to_owned())
}

#[test]
fn its_ceiling_lies_between_unclassified_and_classified() {
    for (ceiling, within, beyond) in [
        ("UNCLASSIFIED", "UNCLASSIFIED\n", "CUI\n"),
        ("CUI", "CUI\n", "CONFIDENTIAL\n"),
        ("CUI", "CONTROLLED\n", "CUI//SP-CTI\n"),
        ("CUI//SP-CTI", "CUI//SP-CTI\n", "CUI//SP-CTI/PRVCY\n"),
        ("CUI//NOFORN", "CUI//REL TO USA, GBR\n", "CUI//FEDCON\n"),
        ("CUI", "UNCLASSIFIED\n", "SECRET\n"),
        ("CONFIDENTIAL", "CUI\n", "SECRET//CUI\n"),
        ("SECRET", "SECRET//CUI\n", "SECRET//CUI//SP-CTI\n"),
        ("SECRET//NOFORN", "CUI//NOFORN\n", "CUI//SP-CTI//NOFORN\n"),
        (
            "SECRET//CUI//SP-CTI//NOFORN",
            "CUI//SP-CTI\n",
            "TOP SECRET//CUI\n",
        ),
    ] {
        assert_eq!(seen(ceiling, "a.txt", within), None, "{within}");
        assert!(seen(ceiling, "a.txt", beyond).is_some(), "{beyond}");
    }
}

#[test]
fn its_marking_is_seen_in_every_form_of_text() {
    for (name, text, wanted) in [
        ("a.rs", "fn main() {}\n// CUI//SP-CTI\n", "CUI//SP-CTI"),
        ("a.rs", "// CUI\nfn main() {}\n", "CUI"),
        ("a.txt", "Notes\n\x0c\n  CONTROLLED\n\nMore\n", "CONTROLLED"),
        (
            "a.txt",
            "we quote (CUI//SP-PRVCY) here\n",
            "(CUI//SP-PRVCY)",
        ),
        ("a.txt", "we quote (CUI//SP-PRVCY here\n", "CUI//SP-PRVCY"),
        ("a.txt", "UNCLASSIFIED//CUI\n", "UNCLASSIFIED//CUI"),
        ("a.json", r#"{"classification": "CUI"}"#, "CUI"),
        ("a.csv", "id,mark\n7,CUI//PRVCY\n", "CUI//PRVCY"),
    ] {
        let found = seen("UNCLASSIFIED", name, text);
        assert!(found.is_some_and(|found| found.contains(wanted)), "{text}");
    }
}

#[test]
fn its_words_are_ordinary_ones_elsewhere() {
    let about = "# Controlled Unclassified Information (CUI)\n\nThe program for Controlled Unclassified \
Information (CUI) began in 2016, and the registry\n(CUI) has the list of its categories. Training on CUI is \
due in May.\n\n- CUI\n- CONTROLLED\n\nCUI\n\nThe word CONTROLLED may stand in its place, as the book of \
the house says.\n";
    for (name, text) in [
        ("about.md", about),
        ("concepts.csv", "CUI,LAT,TS,LUI\nC0000005,ENG,P,L0000005\n"),
        ("one.csv", "id,CUI\n1,CONTROLLED\n2,CUI\n"),
        (
            "a.rs",
            "pub enum Kind {\n    CUI,\n    CONTROLLED,\n}\npub const CUI: &str = \"CUI\";\n",
        ),
        ("a.c", "int x;\n/* CUI */\nint y;\n"),
        ("a.html", "<th>CUI</th>\n<td>CONTROLLED</td>\n<p>x</p>\n"),
        (
            "valves.txt",
            "Valves of the mill\n\nCONTROLLED\n\nThe valve is held shut by the miller.\n\nFREE\n",
        ),
        (
            "a.txt",
            "the C U I of\nCONTROLLED SUBSTANCES, CONTROLLED WATER, CUI TAX\nCui bono, controlled//sp-cti\n",
        ),
    ] {
        assert_eq!(seen("UNCLASSIFIED", name, text), None, "{text}");
    }
}

#[test]
fn behind_a_classification_no_portion_demands_it_and_none_contradicts_it() {
    let document = |banner: &str, portion: &str| {
        format!(
            "{banner}\n\nDATE: 14 March 2017\n\nSUBJECT: (U) Grain in the warehouses of Zenda\n\n1. ({portion}) The \
mayor expects two ships in the second week of the month.\n\n2. (S//NF) A clerk of the mill keeps a second book of \
the flour.\n\nClassified By: Rudolf Sapt, Colonel\nDerived From: Ruritania Guide 7, dated 3 May 2015\nDeclassify \
On: 20420314\n\n{banner}\n"
        )
    };
    for (banner, portion) in [
        ("SECRET//NOFORN", "CUI"),
        ("SECRET//NOFORN", "CUI//SP-CTI"),
        ("SECRET//CUI//NOFORN", "CUI"),
        ("SECRET//CUI//SP-CTI//NOFORN", "CUI//SP-CTI//NF"),
    ] {
        let source = Source::from_text("a.txt", document(banner, portion));
        let verdict = caveat::engine::check(&source, rules(), &Options::default());
        let found: Vec<_> = verdict
            .diagnostics
            .iter()
            .map(|found| &found.rule)
            .collect();
        assert!(found.is_empty(), "{banner} over {portion}: {found:?}");
    }
}

#[test]
fn its_word_is_a_level_where_nothing_stands_before_it() {
    assert!(matches!(
        us().word("CUI", Surface::Banner),
        Some(Word::Level(_))
    ));
}
