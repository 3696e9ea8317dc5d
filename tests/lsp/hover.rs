//! What stands under the pointer.

use crate::session::{Session, UNITS, able, scratch};
use crate::texts::{DOCUMENT, TELEGRAM};
use serde_json::Value;

/// What a hover says of some words.
fn said(session: &mut Session, path: &std::path::Path, text: &str, words: &str) -> String {
    let range = session.range_of(text, words);
    let answer = session.at("textDocument/hover", path, &range["start"]);
    if answer.is_null() {
        return String::new();
    }
    answer["contents"]["value"]
        .as_str()
        .expect("a text")
        .to_owned()
}

#[test]
fn a_mark_is_explained_part_by_part() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, DOCUMENT);
        let range = session.range_of(DOCUMENT, "S//NF");
        let answer = session.at("textDocument/hover", &path, &range["end"]);
        assert_eq!(answer["range"], range, "{unit}");
        assert_eq!(answer["contents"]["kind"], "markdown");
        let text = answer["contents"]["value"].as_str().expect("a text");
        assert!(
            text.contains("SECRET//NOT RELEASABLE TO FOREIGN NATIONALS"),
            "{text}"
        );
        assert!(text.contains("- `S`, level: SECRET"), "{text}");
        assert!(text.contains("- `NF`, "), "{text}");
        assert!(text.contains("(E.O. 13526 section 1.2(a)(2)"), "{text}");
        session.end();
    }
}

#[test]
fn a_banner_says_what_the_portions_require_and_which_force_it() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, DOCUMENT);
        let answer = session.at("textDocument/hover", &path, &session.position(DOCUMENT, 0));
        let text = answer["contents"]["value"].as_str().expect("a text");
        assert!(
            text.contains("the portions require **SECRET//NOFORN**"),
            "{text}"
        );
        assert!(text.contains("- `SECRET`: `S//NF` in line 7\n"), "{text}");
        // The rule of the finding there, with its authority.
        assert!(text.contains("`us/banner-control-missing`: "), "{text}");
        assert!(text.contains("**authority**: "), "{text}");
        session.end();
    }
}

#[test]
fn the_header_of_a_telegram_and_its_words_are_explained() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, TELEGRAM);
        let mut of = |words: &str| said(&mut session, &path, TELEGRAM, words);
        let level = of("C O N F I D E N T I A L");
        assert!(
            level.contains("the portions require **SECRET // NOFORN**"),
            "{level}"
        );
        assert!(level.contains("`SECRET`: `S/NF` in line 17"), "{level}");
        let caption = of("SIPDIS");
        assert!(
            caption.contains("**SIPDIS**: ") && caption.contains("authority: "),
            "{caption}"
        );
        // Behind the emoji.
        let tag = of("PGOV");
        assert!(tag.contains("**PGOV**: "), "{tag}");
        let station = of("RUEHC/");
        assert!(station.contains("**RUEHC**: "), "{station}");
        let moment = of("021402Z");
        assert!(
            moment.contains("Monday, 2 February 2009, 14:02 UTC"),
            "{moment}"
        );
        let order = of("12958");
        assert!(order.contains("used until 2010-06-26"), "{order}");
        assert_eq!(of("will travel"), "");
        session.end();
    }
}

#[test]
fn an_editor_without_markdown_gets_none() {
    let folder = scratch();
    let path = folder.path().join("draft.md");
    let mut able = able("utf-16");
    able["textDocument"]["hover"] = Value::Null;
    let mut session = Session::with(&[folder.path()], "utf-16", &able);
    session.open(&path, DOCUMENT);
    let answer = session.at("textDocument/hover", &path, &session.position(DOCUMENT, 0));
    assert_eq!(answer["contents"]["kind"], "plaintext");
    let text = answer["contents"]["value"].as_str().expect("a text");
    assert!(!text.contains("**"), "{text}");
    session.end();
}
