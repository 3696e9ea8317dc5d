//! What can be done about a finding.

use crate::session::{Session, UNITS, able, scratch, uri};
use crate::texts::{
    DOCUMENT, FIELDS, MISFORMED, SECOND_TAG, TELEGRAM, well_formed, without_second_tag,
};
use serde_json::{Value, json};
use std::path::Path;

fn titled<'a>(actions: &'a [Value], begins: &str) -> Option<&'a Value> {
    let mut all = actions.iter();
    all.find(|action| {
        action["title"]
            .as_str()
            .is_some_and(|own| own.starts_with(begins))
    })
}

/// The text after the first change of an action, which must be for the file and its version.
fn after(session: &Session, action: &Value, path: &Path, text: &str) -> String {
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], uri(path).as_str());
    assert_eq!(change["textDocument"]["version"], 1);
    session.edited(text, &change["edits"])
}

#[test]
fn the_fix_of_a_finding_is_offered_at_it_and_only_there() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, MISFORMED);
        let range = session.range_of(MISFORMED, SECOND_TAG);
        let actions = session.actions(&path, &range, None);
        let fix = actions
            .iter()
            .find(|action| action["isPreferred"] == true)
            .unwrap_or_else(|| panic!("a safe fix in {actions:?}"));
        assert_eq!(fix["kind"], "quickfix");
        assert!(fix["diagnostics"][0]["code"].is_string());
        let fixed = after(&session, fix, &path, MISFORMED);
        assert_eq!(fixed, without_second_tag(), "{unit}");
        let elsewhere = session.range_of(MISFORMED, "the Princess");
        assert!(
            session
                .actions(&path, &elsewhere, Some("quickfix"))
                .is_empty()
        );
        session.end();
    }
}

#[test]
fn every_safe_fix_is_made_at_once_and_by_formatting() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, MISFORMED);
        let whole = session.range(MISFORMED, 0..0);
        let wanted = well_formed();
        for asked in ["source.fixAll.caveat", "source.fixAll", "source"] {
            let actions = session.actions(&path, &whole, Some(asked));
            let [all] = actions.as_slice() else {
                panic!("one action for {asked}: {actions:?}");
            };
            assert_eq!(all["kind"], "source.fixAll.caveat");
            assert_eq!(after(&session, all, &path, MISFORMED), wanted, "{unit}");
        }
        let edits = session.of("textDocument/formatting", &path);
        assert_eq!(session.edited(MISFORMED, &edits), wanted);
        let edits = session.ask(
            "textDocument/rangeFormatting",
            json!({
                "textDocument": { "uri": uri(&path) },
                "range": session.range_of(MISFORMED, SECOND_TAG),
                "options": { "tabSize": 4, "insertSpaces": true },
            }),
        );
        assert_eq!(session.edited(MISFORMED, &edits), without_second_tag());
        session.end();
    }
}

#[test]
fn the_banner_is_raised_to_what_the_portions_require() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, DOCUMENT);
        // From the banner, and from the portion that forces it.
        let places = [
            session.range(DOCUMENT, 0..0),
            session.range_of(DOCUMENT, "S//NF"),
        ];
        for range in places {
            let actions = session.actions(&path, &range, None);
            let raise = titled(&actions, "raise the marking of the whole").expect("it is offered");
            let raised = after(&session, raise, &path, DOCUMENT);
            assert_eq!(raised, DOCUMENT.replace("CONFIDENTIAL", "SECRET//NOFORN"));
        }
        session.end();
    }
}

#[test]
fn the_header_of_a_telegram_is_raised_with_its_captions() {
    for (unit, end) in UNITS.into_iter().zip(["\n", "\r\n", "\n"]) {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        let text = TELEGRAM.replace('\n', end);
        session.open(&path, &text);
        let range = session.range_of(&text, "S/NF");
        let actions = session.actions(&path, &range, None);
        let raise = titled(&actions, "raise the marking of the whole").expect("it is offered");
        let raised = after(&session, raise, &path, &text);
        let wanted = text
            .replace("C O N F I D E N T I A L", "S E C R E T")
            .replace("SIPDIS", &format!("SIPDIS{end}NOFORN"));
        assert_eq!(raised, wanted);
        session.end();
    }
}

#[test]
fn captions_go_into_the_field_that_a_telegram_has_for_them() {
    let without = FIELDS.replace("Captions: EXDIS\n", "");
    let cases = [
        (FIELDS, ("Captions: EXDIS", "Captions: EXDIS, NOFORN")),
        (&without, ("PREL\n", "PREL\nCaptions: NOFORN\n")),
    ];
    for (unit, (text, (old, new))) in UNITS.into_iter().zip(cases.into_iter().cycle()) {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, text);
        let range = session.range_of(text, "S/NF");
        let actions = session.actions(&path, &range, None);
        let raise = titled(&actions, "raise the marking of the whole").expect("it is offered");
        let wanted = text.replace("CONFIDENTIAL", "SECRET").replace(old, new);
        assert_eq!(after(&session, raise, &path, text), wanted);
        session.end();
    }
}

#[test]
fn nothing_is_raised_where_the_banner_says_enough() {
    let folder = scratch();
    let path = folder.path().join("draft.md");
    let mut session = Session::new(folder.path(), "utf-16");
    // The banner says more than the portions: lowering it is for a person.
    let text = DOCUMENT.replace("CONFIDENTIAL", "TOP SECRET//NOFORN");
    session.open(&path, &text);
    let range = session.range(&text, 0..0);
    let actions = session.actions(&path, &range, None);
    assert!(titled(&actions, "raise").is_none(), "{actions:?}");
    session.end();
}

#[test]
fn a_rule_is_allowed_in_the_configuration_with_a_reason_to_fill_in() {
    let folder = scratch();
    let path = folder.path().join("drafts").join("draft.txt");
    let configuration = folder.path().join("caveat.toml");
    let entry =
        "[[allow]]\nrule = \"telegram/tag-unknown\"\npath = \"/drafts/draft.txt\"\nreason = \"\"\n";
    let mut session = Session::new(folder.path(), "utf-8");
    session.open(&path, TELEGRAM);
    let range = session.range_of(TELEGRAM, "PRLE");
    let actions = session.actions(&path, &range, None);
    let allow = titled(&actions, "allow `telegram/tag-unknown` here").expect("it is offered");
    let [make, write] = allow["edit"]["documentChanges"]
        .as_array()
        .expect("a list")
        .as_slice()
    else {
        panic!("a file is made, and written: {allow}");
    };
    assert_eq!(make["kind"], "create", "{make}");
    assert_eq!(make["uri"], uri(&configuration).as_str());
    assert_eq!(write["textDocument"]["version"], Value::Null);
    assert_eq!(write["edits"][0]["newText"], entry);

    // With the file there, the entry goes to its end; once the reason is filled in, it holds.
    let before = "[rules]\n\"telegram/portion-above-header\" = \"off\"\n";
    std::fs::write(&configuration, before).expect("it is writable");
    let actions = session.actions(&path, &range, None);
    let allow = titled(&actions, "allow `telegram/tag-unknown` here").expect("it is offered");
    let change = &allow["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], uri(&configuration).as_str());
    assert_eq!(
        change["edits"][0]["range"]["start"],
        json!({ "line": 2, "character": 0 })
    );
    let reason = entry.replace("\"\"", "\"the lake has a TAG of its own\"");
    std::fs::write(&configuration, format!("{before}\n{reason}")).expect("it is writable");
    session.say(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": uri(&path) } }),
    );
    let actions = session.actions(&path, &range, None);
    assert!(actions.is_empty(), "{actions:?}");
    session.end();
}

#[test]
fn a_rule_is_explained_by_a_command() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    let range = session.range_of(TELEGRAM, "PRLE");
    let actions = session.actions(&path, &range, None);
    let explain = titled(&actions, "explain `telegram/tag-unknown`").expect("it is offered");
    let page = session.ask("workspace/executeCommand", explain["command"].clone());
    assert_eq!(page, "telegram/tag-unknown");
    let shown = session.heard.iter().any(|message| {
        matches!(message, lsp_server::Message::Notification(said)
            if said.method == "window/showMessage")
    });
    assert!(shown, "an editor that does not show the answer is told it");
    let unknown = json!({ "command": "caveat.explain", "arguments": ["lake/none"] });
    assert_eq!(session.refusal("workspace/executeCommand", unknown), -32602);
    let unknown = json!({ "command": "rm", "arguments": ["-rf"] });
    assert_eq!(session.refusal("workspace/executeCommand", unknown), -32602);
    session.end();
}

#[test]
fn an_older_editor_gets_changes_without_versions_and_makes_no_file() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut able = able("utf-16");
    able["workspace"]["workspaceEdit"] = json!({});
    let mut session = Session::with(&[folder.path()], "utf-16", &able);
    session.open(&path, MISFORMED);
    let range = session.range_of(MISFORMED, SECOND_TAG);
    let actions = session.actions(&path, &range, None);
    assert!(titled(&actions, "allow").is_none(), "{actions:?}");
    let fix = actions
        .iter()
        .find(|action| action["isPreferred"] == true)
        .expect("a safe fix");
    let edits = &fix["edit"]["changes"][uri(&path).as_str()];
    assert_eq!(session.edited(MISFORMED, edits), without_second_tag());
    session.end();
}
