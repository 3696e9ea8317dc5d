//! The language server: each request has one answer, no message ends a session, and a text that came in
//! pieces is judged as one that came whole.

use super::chosen;
use caveat::config::{Resolver, Start};
use caveat::lsp::{Ended, Host, serve};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Most messages of a session.
const MOST: usize = 32;

/// Units of columns.
const UNITS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// Requests that need a place at most.
const ASKED: [&str; 12] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/diagnostic",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/documentColor",
    "textDocument/inlayHint",
    "textDocument/codeLens",
];

const DRAFT: &str = "file:///drafts/zenda.txt";
const WHOLE: &str = "file:///drafts/whole.txt";

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    let unit = first % UNITS.len();
    if first & 64 == 0 {
        pieces(unit, bytes);
    } else {
        raw(unit, bytes);
    }
}

/// A session with these messages between greeting and good-bye; gives the answers by the number of the request.
fn session(unit: usize, messages: Vec<Message>) -> BTreeMap<RequestId, Result<Value, i32>> {
    let (near, far) = Connection::memory();
    let say = |message: Message| near.sender.send(message).expect("nobody hung up");
    let capabilities = json!({
        "general": { "positionEncodings": [UNITS[unit]] },
        "textDocument": { "diagnostic": {}, "hover": { "contentFormat": ["markdown"] } },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    });
    let greeting = json!({
        "processId": null,
        "rootUri": null,
        "workspaceFolders": [{ "uri": "file:///drafts", "name": "drafts" }],
        "capabilities": capabilities,
    });
    say(request(-1, "initialize", greeting));
    say(notification("initialized", json!({})));
    messages.into_iter().for_each(say);
    say(request(-2, "shutdown", Value::Null));
    say(notification("exit", Value::Null));
    let resolver = || {
        let mut start = Start::default();
        start.folder = PathBuf::from("/drafts");
        start.today = jiff::civil::date(2019, 6, 1);
        start.isolated = true;
        Resolver::new(start)
    };
    let host = Host {
        resolver: Box::new(resolver),
        today: Box::new(|| jiff::civil::date(2019, 6, 1)),
        version: "0".to_owned(),
        explain: Box::new(|id, rules| rules.rule(id).map(|rule| rule.id.to_string())),
    };
    let ended = serve(&far, host);
    assert_eq!(ended, Ended::Orderly, "a message ended the session");
    drop(far);
    let mut answers = BTreeMap::new();
    for message in &near.receiver {
        let Message::Response(response) = message else {
            continue;
        };
        let answer = response.response_result.map_err(|error| error.code);
        // A panic is caught there, and answered so.
        assert_ne!(
            answer.as_ref().err(),
            Some(&(ErrorCode::InternalError as i32)),
            "a bug"
        );
        let earlier = answers.insert(response.id, answer);
        assert!(earlier.is_none(), "a request was answered twice");
    }
    answers
}

fn request(id: i32, method: &str, params: Value) -> Message {
    Message::Request(Request {
        id: RequestId::from(id),
        method: method.to_owned(),
        params,
    })
}

fn notification(method: &str, params: Value) -> Message {
    Message::Notification(Notification {
        method: method.to_owned(),
        params,
    })
}

/// Messages as they come, one a line; the ids of requests are made anew, so that none stands twice.
fn raw(unit: usize, bytes: &[u8]) {
    let text = super::text(bytes);
    let mut asked = Vec::new();
    let mut messages = Vec::new();
    for (id, line) in (0..).zip(text.lines().take(MOST)) {
        match serde_json::from_str(line) {
            Ok(Message::Request(own)) => {
                messages.push(request(id, &own.method, own.params));
                asked.push((id, own.method));
            }
            Ok(Message::Notification(own)) if own.method == "exit" => {}
            Ok(message) => messages.push(message),
            Err(_) => {}
        }
    }
    let answers = session(unit, messages);
    for (id, method) in asked {
        let id = RequestId::from(id);
        assert!(answers.contains_key(&id), "`{method}` was not answered");
    }
}

/// A draft and its changes: what stands before the first zero byte is the draft, what follows are changes.
fn pieces(unit: usize, bytes: &[u8]) {
    let (text, script) = match bytes.iter().position(|&byte| byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[][..]),
    };
    let mut text = super::text(text);
    let mut messages = vec![opened(DRAFT, &text)];
    let mut rest = script;
    let mut version = 1;
    while let [start, length, new, more @ ..] = rest {
        if messages.len() >= MOST {
            break;
        }
        let (word, more) = more.split_at(more.len().min(usize::from(new % 8)));
        rest = more;
        if *new >= 200 {
            messages.push(asking(
                version,
                usize::from(*new),
                &text,
                usize::from(*start),
                unit,
            ));
            version += 1;
            continue;
        }
        let from = border(&text, usize::from(*start) * text.len() / 256);
        let to = border(&text, from + usize::from(length % 32));
        let word = super::text(word);
        let range =
            json!({ "start": position(&text, from, unit), "end": position(&text, to, unit) });
        let change = json!([{ "range": range, "text": word }]);
        messages.push(changed(version, &change));
        text.replace_range(from..to, &word);
        version += 1;
    }
    messages.push(opened(WHOLE, &text));
    let pull = |id, uri| {
        let params = json!({ "textDocument": { "uri": uri } });
        request(id, "textDocument/diagnostic", params)
    };
    messages.push(pull(-3, DRAFT));
    messages.push(pull(-4, WHOLE));
    let answers = session(unit, messages);
    let items = |id: i32| {
        let answer = answers.get(&RequestId::from(id)).expect("it is answered");
        answer.as_ref().expect("it is no refusal")["items"].clone()
    };
    let named = items(-3).to_string().replace(DRAFT, WHOLE);
    assert_eq!(
        named,
        items(-4).to_string(),
        "pieces are judged otherwise than the whole"
    );
}

fn opened(uri: &str, text: &str) -> Message {
    let document = json!({ "uri": uri, "languageId": "plaintext", "version": 0, "text": text });
    notification("textDocument/didOpen", json!({ "textDocument": document }))
}

fn changed(version: i32, changes: &Value) -> Message {
    let params = json!({
        "textDocument": { "uri": DRAFT, "version": version },
        "contentChanges": changes,
    });
    notification("textDocument/didChange", params)
}

/// A request about a place of the draft, or about all of it.
fn asking(id: i32, which: usize, text: &str, at: usize, unit: usize) -> Message {
    let at = border(text, at * text.len() / 256);
    let (start, end) = (position(text, at, unit), position(text, text.len(), unit));
    let params = json!({
        "textDocument": { "uri": DRAFT },
        "position": start,
        "range": { "start": start, "end": end },
        "context": { "diagnostics": [] },
        "options": { "tabSize": 4, "insertSpaces": true },
    });
    request(id, ASKED[which % ASKED.len()], params)
}

/// The border of a character at an offset or before it.
fn border(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// A place as editors say it, counted apart from the code that it tests.
fn position(text: &str, at: usize, unit: usize) -> Value {
    let before = &text[..at];
    let mut line = 0;
    let mut start = 0;
    let bytes = before.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        // Between CR and LF there is no line.
        let is_end =
            *byte == b'\n' || *byte == b'\r' && text.as_bytes().get(index + 1) != Some(&b'\n');
        if is_end {
            (line, start) = (line + 1, index + 1);
        }
    }
    let own = &before[start..];
    let character = match unit {
        0 => own.len(),
        1 => own.encode_utf16().count(),
        _ => own.chars().count(),
    };
    json!({ "line": line, "character": character })
}
