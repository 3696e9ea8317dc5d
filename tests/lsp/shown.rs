//! What an editor shows without being asked in words: symbols, folds, colours, hints, lenses.

use crate::session::{Session, UNITS, scratch, uri};
use crate::texts::{DOCUMENT, TELEGRAM};
use serde_json::{Value, json};

fn names(symbols: &Value) -> Vec<&str> {
    let symbols = symbols.as_array().expect("a list").iter();
    let names = symbols.map(|symbol| symbol["name"].as_str().expect("a name"));
    names.collect()
}

#[test]
fn the_parts_of_a_telegram_are_listed_and_folded() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, TELEGRAM);
        let symbols = session.of("textDocument/documentSymbol", &path);
        let listed = names(&symbols);
        assert_eq!(listed[0], "C O N F I D E N T I A L ZENDA 000102");
        let inside = names(&symbols[0]["children"]);
        for wanted in [
            "SIPDIS",
            "E.O. 12958: DECL: 02/02/2019",
            "\u{1f6a2}, PRLE, PGOV",
        ] {
            assert!(inside.contains(&wanted), "{wanted} in {inside:?}");
        }
        let text = ["1. (U)", "2. (S/NF)", "3. (C)"];
        assert!(listed.ends_with(&text), "{listed:?}");
        let second = symbols.as_array().expect("a list").iter();
        let second = second
            .clone()
            .find(|own| own["name"] == "2. (S/NF)")
            .expect("it is listed");
        assert_eq!(
            second["selectionRange"],
            session.range_of(TELEGRAM, "S/NF"),
            "{unit}"
        );
        let folds = session.of("textDocument/foldingRange", &path);
        let folds = folds.as_array().expect("a list");
        assert!(
            folds
                .iter()
                .any(|fold| fold["startLine"] == 0 && fold["endLine"] == 10),
            "{folds:?}"
        );
        session.end();
    }
}

#[test]
fn marks_are_coloured_by_their_level() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, DOCUMENT);
        let colours = session.of("textDocument/documentColor", &path);
        let colours = colours.as_array().expect("a list");
        let of = |session: &Session, words: &str| {
            let range = session.range_of(DOCUMENT, words);
            let found = colours.iter().find(|own| own["range"] == range);
            found.unwrap_or_else(|| panic!("{words} in {colours:?}"))["color"].clone()
        };
        let (low, high) = (of(&session, "CONFIDENTIAL"), of(&session, "S//NF"));
        assert_ne!(low, high, "{unit}");
        assert_eq!(high["alpha"], 1.0);
        let asked = json!({
            "textDocument": { "uri": uri(&path) },
            "color": high,
            "range": session.range_of(DOCUMENT, "S//NF"),
        });
        // No colour is offered in its place: another colour is another level.
        assert_eq!(
            session.ask("textDocument/colorPresentation", asked),
            json!([])
        );
        session.end();
    }
}

#[test]
fn marks_are_pieces_with_a_rank() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        let legend = &session.greeting["capabilities"]["semanticTokensProvider"]["legend"];
        assert_eq!(legend["tokenTypes"][0], "keyword");
        let ranks = legend["tokenModifiers"].as_array().expect("a list").clone();
        session.open(&path, DOCUMENT);
        let tokens = session.of("textDocument/semanticTokens/full", &path);
        let data: Vec<u64> = tokens["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|number| number.as_u64().expect("a number"))
            .collect();
        let (mut line, mut column) = (0, 0);
        let mut found = Vec::new();
        for token in data.chunks(5) {
            column = if token[0] == 0 {
                column + token[1]
            } else {
                token[1]
            };
            line += token[0];
            let start = json!({ "line": line, "character": column });
            let end = json!({ "line": line, "character": column + token[2] });
            found.push((json!({ "start": start, "end": end }), token[4]));
        }
        let rank = |words: &str| {
            let range = session.range_of(DOCUMENT, words);
            let own = found.iter().find(|(own, _)| *own == range);
            own.unwrap_or_else(|| panic!("{words} in {found:?}")).1
        };
        let (low, high) = (rank("CONFIDENTIAL"), rank("S//NF"));
        assert!(
            0 < low && low < high,
            "{unit}: {low} and {high} of {ranks:?}"
        );
        assert!(high.is_power_of_two());
        session.end();
    }
}

#[test]
fn what_is_required_stands_beside_the_banner_only_where_it_differs() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, DOCUMENT);
        let whole = session.range(DOCUMENT, 0..DOCUMENT.len());
        let asked = json!({ "textDocument": { "uri": uri(&path) }, "range": whole });
        let hints = session.ask("textDocument/inlayHint", asked.clone());
        let [hint] = hints.as_array().expect("a list").as_slice() else {
            panic!("one hint: {hints}");
        };
        assert_eq!(hint["label"], "portions require SECRET//NOFORN");
        assert_eq!(
            hint["position"],
            session.position(DOCUMENT, "CONFIDENTIAL".len())
        );
        let below = json!({ "textDocument": { "uri": uri(&path) }, "range": session.range_of(DOCUMENT, "The ferry") });
        assert_eq!(session.ask("textDocument/inlayHint", below), json!([]));
        let lenses = session.of("textDocument/codeLens", &path);
        assert_eq!(
            lenses[0]["command"]["title"],
            "the portions require SECRET//NOFORN (3 marked)"
        );
        let status = session.of("caveat/status", &path);
        assert_eq!(status["level"], "CONFIDENTIAL");
        assert_eq!(status["requiredLevel"], "SECRET");
        assert_eq!(status["differs"], true);
        let mark = status["marks"].as_array().expect("a list").iter();
        let mark = mark
            .clone()
            .find(|own| own["level"] == "SECRET")
            .expect("it is there");
        assert_eq!(mark["range"], session.range_of(DOCUMENT, "S//NF"), "{unit}");

        let right = DOCUMENT.replace("CONFIDENTIAL", "SECRET//NOFORN");
        session.say("textDocument/didChange", json!({
            "textDocument": { "uri": uri(&path), "version": 2 }, "contentChanges": [{ "text": right }],
        }));
        assert_eq!(session.ask("textDocument/inlayHint", asked), json!([]));
        let lenses = session.of("textDocument/codeLens", &path);
        assert_eq!(
            lenses[0]["command"]["title"],
            "as the portions require: SECRET//NOFORN (3 marked)"
        );
        session.end();
    }
}

#[test]
fn the_header_of_a_telegram_is_compared_by_level_and_control() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    let asked = |text: &str| {
        json!({ "textDocument": { "uri": uri(&path) }, "range": {
            "start": { "line": 0, "character": 0 }, "end": { "line": text.lines().count(), "character": 0 },
        } })
    };
    session.open(&path, TELEGRAM);
    let hints = session.ask("textDocument/inlayHint", asked(TELEGRAM));
    assert_eq!(hints[0]["label"], "portions require SECRET // NOFORN");
    // A caption that no portion knows is no difference.
    let right = TELEGRAM
        .replace("C O N F I D E N T I A L", "S E C R E T")
        .replace("SIPDIS", "SIPDIS\nNOFORN");
    session.say("textDocument/didChange", json!({
        "textDocument": { "uri": uri(&path), "version": 2 }, "contentChanges": [{ "text": right }],
    }));
    assert_eq!(
        session.ask("textDocument/inlayHint", asked(&right)),
        json!([])
    );
    session.end();
}
