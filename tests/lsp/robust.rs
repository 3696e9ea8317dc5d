//! Whatever an editor says, every request is answered and the session goes on.

use crate::session::{BUG, Session, UNITS, able, scratch, uri};
use crate::texts::{DOCUMENT, TELEGRAM};
use caveat::lsp::Ended;
use serde_json::{Value, json};
use std::path::Path;

/// Every request that is answered for a draft.
const REQUESTS: [&str; 15] = [
    "textDocument/codeAction",
    "textDocument/codeLens",
    "textDocument/colorPresentation",
    "textDocument/completion",
    "textDocument/diagnostic",
    "textDocument/documentColor",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/formatting",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/rangeFormatting",
    "textDocument/semanticTokens/full",
    "workspace/executeCommand",
    "caveat/status",
];

/// Parameters that no editor should send, among them places that no draft has.
fn wrong(path: &Path) -> Vec<Value> {
    let document = json!({ "uri": uri(path) });
    let far = json!({ "line": u32::MAX, "character": u32::MAX });
    let place = json!({ "line": 0, "character": 3 });
    let backwards = json!({ "start": far, "end": place });
    vec![
        Value::Null,
        json!([]),
        json!(7),
        json!("words"),
        json!({}),
        json!({ "textDocument": document }),
        json!({ "textDocument": { "uri": 7 } }),
        json!({ "textDocument": { "uri": "" }, "position": place }),
        json!({ "textDocument": { "uri": "file://%zz/%" }, "position": place, "range": backwards }),
        json!({ "textDocument": document, "position": { "line": -1, "character": 0 } }),
        json!({ "textDocument": document, "position": { "line": 0.5, "character": 1e99 } }),
        json!({ "textDocument": document, "range": { "start": place } }),
        json!({
            "textDocument": document, "position": far, "range": backwards,
            "context": { "diagnostics": [], "only": ["", "source.fixAll.caveat.more"] },
            "options": { "tabSize": 0, "insertSpaces": true },
            "color": { "red": 1, "green": 0, "blue": 0, "alpha": 1 },
            "command": "caveat.explain", "arguments": [7, [], null],
        }),
    ]
}

#[test]
fn every_request_is_answered_whatever_its_parameters() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.txt");
        let mut session = Session::new(folder.path(), unit);
        session.open(&path, TELEGRAM);
        for method in REQUESTS {
            for params in wrong(&path) {
                let id = session.call(method, params.clone());
                if let Err(refused) = session.answer(&id).response_result {
                    let said = &refused.message;
                    assert_eq!(refused.code, -32602, "{method} {params}: {said}");
                }
            }
        }
        // All of it left the draft as it was.
        let findings = session.of("textDocument/diagnostic", &path);
        assert_ne!(findings["items"], json!([]));
        session.end();
    }
}

#[test]
fn what_is_optional_in_the_protocol_is_ignored_or_refused() {
    let folder = scratch();
    let mut session = Session::new(folder.path(), "utf-16");
    for notification in [
        "$/setTrace",
        "$/progress",
        "$/cancelRequest",
        "$/lake",
        "window/workDoneProgress/cancel",
        "workspace/didChangeConfiguration",
        "workspace/didChangeWorkspaceFolders",
        "workspace/didChangeWatchedFiles",
        "textDocument/willSave",
        "textDocument/didSave",
        "textDocument/didClose",
        "notebookDocument/didOpen",
        "initialized",
    ] {
        for params in [
            Value::Null,
            json!({ "value": "verbose" }),
            json!({ "id": {} }),
        ] {
            session.say(notification, params);
        }
    }
    for request in [
        "$/lake",
        "initialize",
        "textDocument/rename",
        "textDocument/definition",
        "workspace/symbol",
        "codeAction/resolve",
    ] {
        assert_eq!(session.refusal(request, json!({})), -32601, "{request}");
    }
    assert_eq!(session.end(), Ended::Orderly);
}

#[test]
fn a_bug_in_an_answer_is_said_without_a_word_of_a_draft_and_ends_nothing() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    let explain =
        |rule: &str| json!({ "command": "caveat.explain", "arguments": [rule, uri(&path)] });
    let id = session.call("workspace/executeCommand", explain(BUG));
    let refused = session
        .answer(&id)
        .response_result
        .expect_err("it panicked");
    assert_eq!(refused.code, -32603);
    assert!(
        !refused.message.contains("word of a draft"),
        "{}",
        refused.message
    );
    let page = session.ask("workspace/executeCommand", explain("telegram/tag-unknown"));
    assert_eq!(page, "telegram/tag-unknown");
    assert_eq!(session.end(), Ended::Orderly);
}

#[test]
fn changes_at_places_that_a_draft_has_not_are_made_at_the_nearest() {
    let place = |line: u32, character: u32| json!({ "line": line, "character": character });
    for unit in UNITS {
        let folder = scratch();
        let (one, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
        let mut session = Session::new(folder.path(), unit);
        session.open(&one, DOCUMENT);
        let far = place(u32::MAX, u32::MAX);
        // Behind the end of a line, behind the last line, backwards, and after a text that is gone.
        let changes = json!([
            { "range": { "start": place(0, 9999), "end": place(0, u32::MAX) }, "text": " " },
            { "range": { "start": far, "end": far }, "text": "(S) \u{1f6a2} Last.\n" },
            { "range": { "start": place(0, 13), "end": place(0, 0) }, "text": "CONFIDENTIAL//SI" },
        ]);
        session.say(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri(&one), "version": 2 }, "contentChanges": changes }),
        );
        let wanted =
            DOCUMENT.replacen("CONFIDENTIAL", "CONFIDENTIAL//SI", 1) + "(S) \u{1f6a2} Last.\n";
        session.open(&other, &wanted);
        let of = |session: &mut Session, path: &Path| {
            let found = session.of("textDocument/diagnostic", path)["items"].to_string();
            (
                found.replace("a.md", "b.md"),
                session.of("textDocument/semanticTokens/full", path),
            )
        };
        assert_eq!(of(&mut session, &one), of(&mut session, &other), "{unit}");
        session.end();
    }
}

#[test]
fn a_line_of_any_length_is_answered_for() {
    for unit in UNITS {
        let folder = scratch();
        let path = folder.path().join("draft.md");
        let mut session = Session::new(folder.path(), unit);
        let line = "(S//NF) \u{1f6a2} Rain fell. ".repeat(20_000);
        let text = format!("CONFIDENTIAL\n\n{line}\n\nCONFIDENTIAL\n");
        session.open(&path, &text);
        let at = text.rfind("S//NF").expect("a mark");
        let (place, range) = (
            session.position(&text, at),
            session.range(&text, at..at + 5),
        );
        session.every(&path, &place, &range);
        let change = json!({ "range": range, "text": "S//NF" });
        session.say(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri(&path), "version": 2 }, "contentChanges": [change] }),
        );
        let mut told = session.told(&path);
        while told["version"] != 2 {
            told = session.told(&path);
        }
        let found = told["diagnostics"].as_array().expect("a list");
        let mut codes = found.iter().map(|found| &found["code"]);
        assert!(
            codes.any(|code| code == "us/banner-control-missing"),
            "{unit}"
        );
        session.end();
    }
}

#[test]
fn a_root_that_is_gone_from_the_disk_takes_nothing_with_it() {
    let (one, other) = (scratch(), scratch());
    let paths = [&one, &other].map(|folder| folder.path().join("draft.txt"));
    let folders = [one.path(), other.path()];
    let mut session = Session::with(&folders, "utf-16", &able("utf-16"));
    for path in &paths {
        session.open(path, TELEGRAM);
        assert_ne!(session.told(path)["diagnostics"], json!([]));
    }
    let gone = uri(one.path());
    drop(one);
    let change = |session: &Session, path: &Path, version: i32| {
        session.say(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri(path), "version": version },
                "contentChanges": [{ "text": TELEGRAM }],
            }),
        );
    };
    for (version, said) in [(2, false), (3, true)] {
        if said {
            session.say(
                "workspace/didChangeWorkspaceFolders",
                json!({ "event": { "added": [], "removed": [{ "uri": gone, "name": "drafts" }] } }),
            );
        }
        for path in &paths {
            change(&session, path, version);
            let told = session.told(path);
            assert_eq!(told["version"], version);
            assert_ne!(told["diagnostics"], json!([]));
        }
    }
    session.end();
}
