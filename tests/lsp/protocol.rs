//! The session itself: it answers everything, and only the editor ends it.

use crate::session::{Session, UNITS, able, scratch, uri};
use crate::texts::{DOCUMENT, TELEGRAM};
use caveat::lsp::Ended;
use lsp_server::Message;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

#[test]
fn the_unit_of_columns_is_agreed_upon() {
    let folder = scratch();
    for unit in UNITS {
        let session = Session::new(folder.path(), unit);
        assert_eq!(session.greeting["capabilities"]["positionEncoding"], unit);
        session.end();
    }
    // An editor that says nothing of it counts in UTF-16.
    let session = Session::with(&[folder.path()], "utf-16", &json!({}));
    assert_eq!(
        session.greeting["capabilities"]["positionEncoding"],
        "utf-16"
    );
    assert_eq!(session.end(), Ended::Orderly);
}

#[test]
fn an_editor_that_cannot_say_how_it_counts_has_it_said_for_it() {
    let folder = scratch();
    let wishes = json!({ "positionEncoding": "utf-8" });
    let path = folder.path().join("draft.txt");
    let mut session = Session::wishing(&[folder.path()], "utf-8", &json!({}), &wishes);
    assert_eq!(
        session.greeting["capabilities"]["positionEncoding"],
        "utf-8"
    );
    session.open(&path, TELEGRAM);
    let told = session.told(&path);
    let place = session.range_of(TELEGRAM, "PRLE");
    let found = told["diagnostics"].as_array().expect("a list");
    assert!(found.iter().any(|found| found["range"] == place), "{told}");
    session.end();
    for wishes in [json!({ "positionEncoding": "morse" }), json!(7)] {
        let session = Session::wishing(&[folder.path()], "utf-16", &json!({}), &wishes);
        let agreed = &session.greeting["capabilities"]["positionEncoding"];
        assert_eq!(agreed, "utf-16", "{wishes}");
        session.end();
    }
}

#[test]
fn what_is_unknown_or_wrong_is_refused_and_the_session_goes_on() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    assert_eq!(session.refusal("textDocument/rename", json!({})), -32601);
    assert_eq!(session.refusal("lake/ferry", Value::Null), -32601);
    assert_eq!(
        session.refusal("textDocument/hover", json!({ "position": 7 })),
        -32602
    );
    assert_eq!(session.refusal("textDocument/hover", Value::Null), -32602);
    session.say("textDocument/didChange", json!({ "lake": 1 }));
    session.say("textDocument/didOpen", Value::Null);
    session.say("lake/frozen", json!([]));
    // A draft that is not open, and places that it has not.
    let nowhere = json!({ "line": 4_000_000, "character": 4_000_000 });
    assert_eq!(
        session.at("textDocument/hover", &path, &nowhere),
        Value::Null
    );
    session.open(&path, TELEGRAM);
    assert_eq!(
        session.at("textDocument/hover", &path, &nowhere),
        Value::Null
    );
    session.say(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri(&path), "version": 2 },
            "contentChanges": [{ "range": { "start": nowhere, "end": { "line": 0, "character": 0 } }, "text": "" }],
        }),
    );
    session.ask("shutdown", Value::Null);
    assert_eq!(session.refusal("textDocument/hover", json!({})), -32600);
    session.say("exit", Value::Null);
}

#[test]
fn an_editor_that_goes_without_a_word_ends_the_session() {
    let folder = scratch();
    let session = Session::new(folder.path(), "utf-16");
    assert_eq!(session.leave(), Ended::Abandoned);
}

#[test]
fn what_is_cancelled_is_not_done() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    // While a long draft is examined, a request and its cancellation come in.
    session.open(&path, &TELEGRAM.repeat(400));
    let first = session.call(
        "textDocument/hover",
        json!({
            "textDocument": { "uri": uri(&path) }, "position": { "line": 0, "character": 0 },
        }),
    );
    let second = session.call("textDocument/formatting", json!({
        "textDocument": { "uri": uri(&path) }, "options": { "tabSize": 4, "insertSpaces": true },
    }));
    session.say("$/cancelRequest", json!({ "id": 3 }));
    session.answer(&first);
    let refused = session.answer(&second).response_result;
    assert_eq!(refused.expect_err("it was cancelled").code, -32800);
    session.end();
}

#[test]
fn of_many_changes_only_the_last_text_need_be_examined() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    session.told(&path);
    for version in 2..200 {
        session.say(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri(&path), "version": version },
                "contentChanges": [{ "text": TELEGRAM.replace("PRLE", &"X".repeat(version)) }],
            }),
        );
    }
    let mut tellings = 1;
    while session.told(&path)["version"] != 199 {
        tellings += 1;
    }
    assert!(tellings < 198, "{tellings} tellings of 198 changes");
    session.end();
}

#[test]
fn files_are_watched_where_the_editor_lets_itself_be_asked() {
    let folder = scratch();
    let path = folder.path().join("draft.txt");
    let asks = |session: Session| {
        session.heard.iter().any(|message| {
            matches!(message, Message::Request(asked)
                if asked.method == "client/registerCapability")
        })
    };
    let mut session = Session::new(folder.path(), "utf-16");
    session.open(&path, TELEGRAM);
    session.told(&path);
    assert!(asks(session));
    let mut able = able("utf-16");
    able["workspace"]["didChangeWatchedFiles"] = Value::Null;
    let mut session = Session::with(&[folder.path()], "utf-16", &able);
    session.open(&path, TELEGRAM);
    session.told(&path);
    assert!(!asks(session));
}

/// A piece of text that may break a mark, a line, or a count of columns.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "(S//NF)",
        "1. ",
        "\r\n",
        "\n",
        "\r",
        "\u{1f6a2}",
        "e\u{301}",
        "//",
        "SECRET",
        "(",
        "",
    ];
    prop_oneof![
        prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

/// Where an edit begins and how long it is, in thousandths of the text, and what it writes.
fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    prop::collection::vec((0usize..1000, 0usize..200, piece()), 1..12)
}

/// A session a unit that all cases share, for a start takes longer than a case.
static SHARED: [Mutex<Option<Session>>; 3] = [const { Mutex::new(None) }; 3];

/// Does something in the shared session of a unit.
fn within<A>(which: usize, work: impl FnOnce(&mut Session) -> A) -> A {
    let mut shared = SHARED[which].lock().unwrap_or_else(PoisonError::into_inner);
    work(shared.get_or_insert_with(|| Session::new(Path::new("/lake"), UNITS[which])))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Findings after edits are those of the whole text at once, whatever the edits.
    #[test]
    fn edits_one_by_one_come_to_the_whole_text(which in 0usize..3, edits in edits()) {
        let (one, other) = (Path::new("/lake/a.md"), Path::new("/lake/b.md"));
        let (left, right) = within(which, |session| {
            let mut text = DOCUMENT.to_owned();
            session.open(one, &text);
            for (version, (start, length, new)) in (2..).zip(&edits) {
                let place = |part: usize| {
                    let mut at = part.min(1000) * text.len() / 1000;
                    // A change within a line end is none that an editor makes.
                    while !text.is_char_boundary(at)
                        || at > 0 && text.as_bytes().get(at - 1) == Some(&b'\r')
                    {
                        at -= 1;
                    }
                    at
                };
                let range = place(*start)..place(start + length);
                let change = json!({ "range": session.range_by_lines(&text, range.clone()), "text": new });
                text.replace_range(range, new);
                session.say("textDocument/didChange", json!({
                    "textDocument": { "uri": uri(one), "version": version },
                    "contentChanges": [change],
                }));
            }
            session.open(other, &text);
            let of = |session: &mut Session, path: &Path| {
                let found = session.of("textDocument/diagnostic", path)["items"].to_string();
                let tokens = session.of("textDocument/semanticTokens/full", path);
                session.say("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
                (found.replace("a.md", "b.md"), tokens)
            };
            (of(session, one), of(session, other))
        });
        prop_assert_eq!(left, right);
    }

    /// No document ends the session, and every question about it is answered.
    #[test]
    fn any_document_is_answered_for(
        which in 0usize..3,
        pieces in prop::collection::vec(piece(), 0..40),
        line in 0u32..9,
        column in 0u32..30,
    ) {
        let path = Path::new("/lake/any.txt");
        within(which, |session| {
            session.open(path, &pieces.concat());
            let place = json!({ "line": line, "character": column });
            let range = json!({ "start": place, "end": place });
            session.every(path, &place, &range);
            session.say("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
        });
    }
}
