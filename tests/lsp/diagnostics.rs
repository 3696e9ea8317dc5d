//! Findings, told and asked for.

use crate::session::{Session, UNITS, able, scratch, uri};
use crate::texts::{DOCUMENT, TELEGRAM};
use serde_json::{Value, json};

/// The finding of a rule.
fn of<'f>(found: &'f Value, rule: &str) -> &'f Value {
    let all = found.as_array().expect("findings are a list");
    let mut own = all.iter().filter(|found| found["code"] == rule);
    let one = own.next().unwrap_or_else(|| panic!("{rule} in {found}"));
    assert!(own.next().is_none(), "{rule} stands twice");
    one
}

#[test]
fn findings_are_told_with_the_version_at_their_place() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("lake report.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, TELEGRAM);
        let told = session.told(&path);
        assert_eq!(told["version"], 1);
        let tag = of(&told["diagnostics"], "telegram/tag-unknown");
        assert_eq!(tag["range"], session.range_of(TELEGRAM, "PRLE"), "{unit}");
        assert_eq!(tag["severity"], 2);
        assert_eq!(tag["source"], "caveat");
        let message = tag["message"].as_str().expect("a text");
        assert!(message.starts_with("`PRLE` is no TAG"), "{message}");
        assert!(message.contains("\nhelp: "), "{message}");
        assert!(
            !tag["data"]["authority"]
                .as_array()
                .expect("a list")
                .is_empty()
        );
        let above = of(&told["diagnostics"], "telegram/portion-above-header");
        let related = &above["relatedInformation"][0]["location"];
        assert_eq!(related["uri"], uri(&path).as_str());
        let places = [&above["range"], &related["range"]];
        assert!(
            places.contains(&&session.range_of(TELEGRAM, "S/NF")),
            "{above}"
        );
        session.end();
    }
}

#[test]
fn a_finding_links_to_the_page_of_its_rule_where_the_house_has_pages() {
    let rule = "telegram/tag-unknown";
    let page = "https://palace.example/telegram/tag-unknown.html";
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let links = |session: &mut Session| {
        session.open(&path, TELEGRAM);
        let told = session.told(&path);
        let place = &session.range_of(TELEGRAM, "PRLE")["start"];
        let hover = session.at("textDocument/hover", &path, place);
        let named = hover["contents"]["value"]
            .as_str()
            .expect("a text")
            .contains(page);
        let found = of(&told["diagnostics"], rule);
        (found["codeDescription"]["href"].clone(), named)
    };
    let mut session = Session::new(folder.path(), "utf-16");
    assert_eq!(
        links(&mut session),
        (Value::Null, false),
        "no page is known"
    );
    session.end();
    let settings = "rule-pages = 'https://palace.example/{rule}.html'\n";
    std::fs::write(folder.path().join("caveat.toml"), settings).expect("it is writable");
    let mut session = Session::new(folder.path(), "utf-16");
    assert_eq!(links(&mut session), (page.into(), true));
    session.end();
    let mut bare = able("utf-16");
    bare["textDocument"]["publishDiagnostics"] = json!({});
    let mut session = Session::with(&[folder.path()], "utf-16", &bare);
    assert_eq!(links(&mut session), (Value::Null, true));
    session.end();
}

#[test]
fn a_change_tells_the_findings_of_its_version_and_a_close_takes_them_back() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, TELEGRAM);
        session.told(&path);
        let change = json!({ "range": session.range_of(TELEGRAM, "PRLE"), "text": "PREL" });
        session.say(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri(&path), "version": 7 },
                "contentChanges": [change],
            }),
        );
        let told = session.told(&path);
        assert_eq!(told["version"], 7);
        let codes: Vec<_> = told["diagnostics"]
            .as_array()
            .expect("a list")
            .iter()
            .collect();
        assert!(
            codes
                .iter()
                .all(|found| found["code"] != "telegram/tag-unknown")
        );
        session.say(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": uri(&path) } }),
        );
        assert_eq!(session.told(&path)["diagnostics"], json!([]));
        session.end();
    }
}

#[test]
fn an_editor_that_asks_for_findings_is_not_told_them() {
    let folder = scratch();
    let path = folder.path().join("draft.md");
    let mut able = able("utf-16");
    able["textDocument"]["diagnostic"] = json!({});
    let mut session = Session::with(&[folder.path()], "utf-16", &able);
    session.open(&path, DOCUMENT);
    let ask = |session: &mut Session, previous: Option<&Value>| {
        let mut params = json!({ "textDocument": { "uri": uri(&path) } });
        if let Some(previous) = previous {
            params["previousResultId"] = previous.clone();
        }
        session.ask("textDocument/diagnostic", params)
    };
    let first = ask(&mut session, None);
    assert_eq!(first["kind"], "full");
    let below = of(&first["items"], "us/banner-below-roll-up");
    assert_eq!(below["range"], session.range_of(DOCUMENT, "S//NF"));
    let id = first["resultId"].clone();
    let again = ask(&mut session, Some(&id));
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": id }));
    session.say(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri(&path), "version": 2 },
            "contentChanges": [{ "text": DOCUMENT.replace("(S//NF)", "(C)") }],
        }),
    );
    let later = ask(&mut session, Some(&id));
    assert_eq!(later["kind"], "full");
    assert_eq!(later["items"], json!([]));
    let told = session.heard.iter().any(|message| {
        matches!(message, lsp_server::Message::Notification(said)
            if said.method == "textDocument/publishDiagnostics")
    });
    assert!(!told, "nothing is told to an editor that asks");
    session.end();
}

#[test]
fn a_word_that_has_had_its_day_is_tagged() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    // The order was replaced in 2010.
    let text = TELEGRAM.replace("021402Z FEB 09", "021402Z FEB 11");
    session.open(&path, &text);
    let told = session.told(&path);
    let all = told["diagnostics"].as_array().expect("a list");
    let tagged: Vec<_> = all
        .iter()
        .filter(|found| found["tags"] == json!([2]))
        .map(|found| &found["range"])
        .collect();
    assert_eq!(tagged, [&session.range_of(&text, "12958")], "{told}");
    session.end();
}
