//! What may be written at a place. `^` is the cursor.

use crate::session::{Session, UNITS, scratch};
use crate::texts::FIELDS;
use serde_json::Value;

/// The labels that are offered, and the text with the one that is chosen.
fn offered(
    unit: &'static str,
    name: &str,
    marked: &str,
) -> (Vec<String>, impl Fn(&str) -> String + use<>) {
    let folder = scratch();
    let path = folder.path().join(name);
    let at = marked.find('^').expect("a cursor");
    let text = marked.replace('^', "");
    let mut session = Session::new(folder.path(), unit);
    session.open(&path, &text);
    let answer = session.at(
        "textDocument/completion",
        &path,
        &session.position(&text, at),
    );
    let items: Vec<Value> = answer.as_array().cloned().unwrap_or_default();
    let labels = items
        .iter()
        .map(|item| item["label"].as_str().expect("a label").to_owned());
    let labels = labels.collect();
    let chosen = move |label: &str| {
        let item = items.iter().find(|item| item["label"] == label);
        let item = item.unwrap_or_else(|| panic!("{label} is offered"));
        session.edited(&text, &Value::Array(vec![item["textEdit"].clone()]))
    };
    (labels, chosen)
}

const HEAD: &str = "\
R 021402Z FEB 19
FM AMEMBASSY ZENDA
TO RUEHC/SECSTATE WASHDC
BT
CONFIDENTIAL ZENDA 000102

";

#[test]
fn controls_are_offered_that_may_stand_with_what_stands() {
    for unit in UNITS {
        let table = "SECRET//NOFORN\n\n| \u{1f6a2} | (S//^) x |\n\n(U) Rain.\n\nSECRET//NOFORN\n";
        let (labels, chosen) = offered(unit, "draft.md", table);
        for wanted in ["NF", "SI", "REL TO", "PR"] {
            assert!(
                labels.iter().any(|label| label == wanted),
                "{wanted} in {labels:?}"
            );
        }
        assert_eq!(chosen("NF"), table.replace('^', "NF"), "{unit}");
        assert_eq!(chosen("REL TO"), table.replace('^', "REL TO USA, "));
        let beside = table.replace("S//^", "S//NF/^");
        let (labels, _) = offered(unit, "draft.md", &beside);
        // NOFORN bars releases, and stands already.
        assert!(
            !labels
                .iter()
                .any(|label| label == "REL TO" || label == "NF"),
            "{labels:?}"
        );
        assert!(labels.iter().any(|label| label == "PR"), "{labels:?}");
    }
}

#[test]
fn controls_of_a_banner_are_spelt_as_in_a_banner() {
    let (labels, chosen) = offered(
        "utf-16",
        "draft.md",
        "SECRET//NOF^\n\n(S//NF) Rain.\n\nSECRET//NOFORN\n",
    );
    assert_eq!(labels, ["NOFORN"]);
    assert!(chosen("NOFORN").starts_with("SECRET//NOFORN\n"));
}

#[test]
fn countries_follow_a_release() {
    for unit in UNITS {
        let text = "SECRET\n\n| \u{1f6a2} | (S//REL TO USA, G^) x |\n\n(U) Rain.\n\nSECRET\n";
        let (labels, chosen) = offered(unit, "draft.md", text);
        assert!(labels.iter().any(|label| label == "GBR"), "{labels:?}");
        assert!(
            labels.iter().all(|label| label.starts_with('G')),
            "{labels:?}"
        );
        assert_eq!(chosen("GBR"), text.replace("G^", "GBR"), "{unit}");
        let (labels, _) = offered(unit, "draft.md", &text.replace("G^", "GBR, ^"));
        assert!(!labels.iter().any(|label| label == "GBR" || label == "USA"));
    }
}

#[test]
fn marks_follow_the_number_of_a_paragraph() {
    let body =
        "SIPDIS\n\nE.O. 13526: N/A\nTAGS: PREL\nSUBJECT: (U) FERRY\n\n1. (C//NF) One.\n\n2. ^\n";
    let (labels, chosen) = offered("utf-16", "draft.txt", &format!("{HEAD}{body}"));
    for wanted in ["(C//NF)", "(U)", "(C)", "(S)", "(TS)"] {
        assert!(
            labels.iter().any(|label| label == wanted),
            "{wanted} in {labels:?}"
        );
    }
    assert!(chosen("(C)").ends_with("2. (C)\n"));
    let (labels, chosen) = offered(
        "utf-8",
        "draft.txt",
        &format!("{HEAD}{}", body.replace("2. ^", "2. (^) Two.")),
    );
    assert!(labels.iter().any(|label| label == "(C)"), "{labels:?}");
    assert!(chosen("(C)").ends_with("2. (C) Two.\n"));
    // LIMITED OFFICIAL USE ended in 1995.
    assert!(!labels.iter().any(|label| label == "(LOU)"), "{labels:?}");
}

#[test]
fn captions_and_the_order_of_the_day_follow_the_reference_line() {
    let rest = "\nTAGS: PREL\nSUBJECT: (U) FERRY\n\n1. (C) One.\n";
    let (labels, chosen) = offered("utf-16", "draft.txt", &format!("{HEAD}SIPDIS\nN^\n{rest}"));
    assert!(labels.iter().any(|label| label == "NOFORN"), "{labels:?}");
    assert!(
        labels.iter().all(|label| label.starts_with('N')),
        "{labels:?}"
    );
    assert!(chosen("NOFORN").contains("SIPDIS\nNOFORN\n"));
    let (labels, _) = offered("utf-16", "draft.txt", &format!("{HEAD}SIPDIS\n^\n{rest}"));
    assert!(
        !labels.iter().any(|label| label == "SIPDIS"),
        "it stands already: {labels:?}"
    );
    let (labels, chosen) = offered(
        "utf-16",
        "draft.txt",
        &format!("{HEAD}SIPDIS\n\nE^\n{rest}"),
    );
    let order = "E.O. 13526: DECL: 02/02/2029";
    assert!(labels.iter().any(|label| label == order), "{labels:?}");
    assert!(
        labels.iter().any(|label| label == "E.O. 13526: N/A"),
        "{labels:?}"
    );
    assert!(chosen(order).contains("\n\nE.O. 13526: DECL: 02/02/2029\n"));
}

#[test]
fn captions_follow_their_label_in_a_telegram_of_labelled_fields() {
    for unit in UNITS {
        let text = FIELDS.replace("Captions: EXDIS", "Captions: EXDIS, N^");
        let (labels, chosen) = offered(unit, "draft.txt", &text);
        assert!(
            labels.iter().all(|label| label.starts_with('N')),
            "{labels:?}"
        );
        assert_eq!(chosen("NOFORN"), text.replace("N^", "NOFORN"), "{unit}");
        let (labels, _) = offered(unit, "draft.txt", &text.replace("N^", "E^"));
        assert!(
            !labels.iter().any(|label| label == "EXDIS"),
            "it stands already: {labels:?}"
        );
    }
}

#[test]
fn tags_follow_their_label() {
    for unit in UNITS {
        let rest = "\nSUBJECT: (U) FERRY\n\n1. (C) One.\n";
        let text = format!("{HEAD}E.O. 13526: N/A\nTAGS: \u{1f6a2}, PREL, PG^{rest}");
        let (labels, chosen) = offered(unit, "draft.txt", &text);
        assert!(labels.iter().any(|label| label == "PGOV"), "{labels:?}");
        assert!(
            labels.iter().all(|label| label.starts_with("PG")),
            "{labels:?}"
        );
        assert_eq!(chosen("PGOV"), text.replace("PG^", "PGOV"), "{unit}");
    }
}

#[test]
fn prose_is_left_alone() {
    let body = "SIPDIS\n\nE.O. 13526: N/A\nTAGS: PREL\nSUBJECT: (U) FERRY\n\n1. (C) One is, as he said, ^\n";
    let (labels, _) = offered("utf-16", "draft.txt", &format!("{HEAD}{body}"));
    assert!(labels.is_empty(), "{labels:?}");
}
