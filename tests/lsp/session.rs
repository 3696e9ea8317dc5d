//! One session with the server, in memory: what an editor would say, and what it hears.

use caveat::config::{Resolver, Start};
use caveat::lsp::{Ended, Host, serve};
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use std::time::Duration;

/// The day on which every session takes place.
pub(crate) const TODAY: jiff::civil::Date = jiff::civil::date(2019, 6, 1);

/// Units of columns that an editor may offer, one a session.
pub(crate) const UNITS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// A rule whose explanation panics.
pub(crate) const BUG: &str = "core/bug";

/// How long an answer may take before the test fails.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Session {
    connection: Connection,
    server: Option<JoinHandle<Ended>>,
    next: i32,
    unit: &'static str,
    /// What the server answered first.
    pub(crate) greeting: Value,
    /// What the server said and asked while an answer was waited for.
    pub(crate) heard: Vec<Message>,
}

/// Everything that an editor of today can do, with one unit of columns.
pub(crate) fn able(unit: &str) -> Value {
    json!({
        "general": { "positionEncodings": [unit] },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
            "diagnostics": { "refreshSupport": true },
        },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

impl Session {
    /// A session of an editor that can do everything and is told the findings.
    pub(crate) fn new(folder: &Path, unit: &'static str) -> Self {
        Self::with(&[folder], unit, &able(unit))
    }

    pub(crate) fn with(folders: &[&Path], unit: &'static str, capabilities: &Value) -> Self {
        Self::wishing(folders, unit, capabilities, &Value::Null)
    }

    /// A session of an editor whose user has wishes.
    pub(crate) fn wishing(
        folders: &[&Path],
        unit: &'static str,
        capabilities: &Value,
        wishes: &Value,
    ) -> Self {
        let (near, far) = Connection::memory();
        let home: PathBuf = folders.first().expect("there is a folder").to_path_buf();
        let work = move || {
            let resolver = || {
                let mut start = Start::default();
                start.folder.clone_from(&home);
                start.today = TODAY;
                Resolver::new(start)
            };
            let host = Host {
                resolver: Box::new(resolver),
                today: Box::new(|| TODAY),
                version: "0".to_owned(),
                explain: Box::new(|id, rules| {
                    assert_ne!(id, BUG, "a word of a draft");
                    rules.rule(id).map(|rule| rule.id.to_string())
                }),
            };
            serve(&far, host)
        };
        let mut session = Self {
            connection: near,
            server: Some(std::thread::spawn(work)),
            next: 0,
            unit,
            greeting: Value::Null,
            heard: Vec::new(),
        };
        let folders: Vec<Value> = folders
            .iter()
            .map(|folder| json!({ "uri": uri(folder), "name": "drafts" }))
            .collect();
        session.greeting = session.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": null,
                "workspaceFolders": folders,
                "capabilities": capabilities,
                "initializationOptions": wishes,
            }),
        );
        session.say("initialized", json!({}));
        session
    }

    pub(crate) fn say(&self, method: &str, params: Value) {
        let said = Notification {
            method: method.to_owned(),
            params,
        };
        self.connection
            .sender
            .send(said.into())
            .expect("the server listens");
    }

    /// Asks, without waiting for the answer.
    pub(crate) fn call(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request {
            id: id.clone(),
            method: method.to_owned(),
            params,
        };
        self.connection
            .sender
            .send(request.into())
            .expect("the server listens");
        id
    }

    /// The answer to a request, be it a refusal.
    pub(crate) fn answer(&mut self, id: &RequestId) -> Response {
        loop {
            let message = self.connection.receiver.recv_timeout(PATIENCE);
            match message.expect("the server answers") {
                Message::Response(response) if response.id == *id => return response,
                Message::Response(other) => panic!("an answer to {}", other.id),
                message => self.note(message),
            }
        }
    }

    /// Asks and waits for the answer.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.call(method, params);
        self.answer(&id)
            .response_result
            .unwrap_or_else(|refused| panic!("{method}: {}", refused.message))
    }

    /// The code with which a request is refused.
    pub(crate) fn refusal(&mut self, method: &str, params: Value) -> i32 {
        let id = self.call(method, params);
        let refused = self.answer(&id).response_result;
        refused.expect_err("it is refused").code
    }

    /// Keeps what was heard, and answers what the server asks.
    fn note(&mut self, message: Message) {
        if let Message::Request(request) = &message {
            let answer = Response {
                id: request.id.clone(),
                response_result: Ok(Value::Null),
            };
            drop(self.connection.sender.send(answer.into()));
        }
        self.heard.push(message);
    }

    pub(crate) fn open(&self, path: &Path, text: &str) {
        self.say(
            "textDocument/didOpen",
            json!({ "textDocument": {
                "uri": uri(path), "languageId": "plaintext", "version": 1, "text": text,
            } }),
        );
    }

    /// Waits for the findings of a file, the next that are told.
    pub(crate) fn told(&mut self, path: &Path) -> Value {
        let wanted = uri(path);
        let tells = |message: &Message| {
            matches!(message, Message::Notification(said)
                if said.method == "textDocument/publishDiagnostics"
                    && said.params["uri"] == wanted.as_str())
        };
        let found = loop {
            if let Some(at) = self.heard.iter().position(tells) {
                break self.heard.remove(at);
            }
            let message = self.connection.receiver.recv_timeout(PATIENCE);
            self.note(message.expect("the server tells"));
        };
        match found {
            Message::Notification(said) => said.params,
            _ => Value::Null,
        }
    }

    /// A place in a text, as this session counts.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Value {
        let before = text.get(..offset).expect("a place in the text");
        let line = before.matches('\n').count();
        let piece = before.rsplit('\n').next().unwrap_or_default();
        let character = match self.unit {
            "utf-8" => piece.len(),
            "utf-32" => piece.chars().count(),
            _ => piece.encode_utf16().count(),
        };
        json!({ "line": line, "character": character })
    }

    pub(crate) fn range(&self, text: &str, range: std::ops::Range<usize>) -> Value {
        json!({ "start": self.position(text, range.start), "end": self.position(text, range.end) })
    }

    /// The same in a text in which a lone carriage return ends a line too.
    pub(crate) fn range_by_lines(&self, text: &str, range: std::ops::Range<usize>) -> Value {
        let place = |offset: usize| {
            let before = text.get(..offset).expect("a place in the text");
            let ended = before.replace("\r\n", "\n").replace('\r', "\n");
            let line = ended.matches('\n').count();
            let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let mut position =
                self.position(before.get(start..).unwrap_or_default(), offset - start);
            position["line"] = line.into();
            position
        };
        json!({ "start": place(range.start), "end": place(range.end) })
    }

    /// The place of the first occurrence of some words.
    pub(crate) fn range_of(&self, text: &str, words: &str) -> Value {
        let at = text
            .find(words)
            .unwrap_or_else(|| panic!("{words:?} stands in the text"));
        self.range(text, at..at + words.len())
    }

    /// Asks about a place within a draft.
    pub(crate) fn at(&mut self, method: &str, path: &Path, position: &Value) -> Value {
        self.ask(
            method,
            json!({ "textDocument": { "uri": uri(path) }, "position": position }),
        )
    }

    /// Asks about a draft.
    pub(crate) fn of(&mut self, method: &str, path: &Path) -> Value {
        let options = json!({ "tabSize": 4, "insertSpaces": true });
        self.ask(
            method,
            json!({ "textDocument": { "uri": uri(path) }, "options": options }),
        )
    }

    /// What can be done within a range.
    pub(crate) fn actions(&mut self, path: &Path, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let answer = self.ask(
            "textDocument/codeAction",
            json!({ "textDocument": { "uri": uri(path) }, "range": range, "context": context }),
        );
        answer.as_array().cloned().unwrap_or_default()
    }

    /// A text after edits of the protocol, which are all meant for the text before.
    pub(crate) fn edited(&self, text: &str, edits: &Value) -> String {
        let offset = |position: &Value| {
            (0..=text.len())
                .filter(|&offset| text.is_char_boundary(offset))
                .find(|&offset| self.position(text, offset) == *position)
                .unwrap_or_else(|| panic!("{position} is a place"))
        };
        let edits = edits.as_array().expect("edits are a list");
        let mut edits: Vec<(usize, usize, &str)> = edits
            .iter()
            .map(|edit| {
                let range = &edit["range"];
                let new = edit["newText"].as_str().expect("a text");
                (offset(&range["start"]), offset(&range["end"]), new)
            })
            .collect();
        edits.sort_unstable();
        let mut edited = text.to_owned();
        for (start, end, new) in edits.into_iter().rev() {
            edited.replace_range(start..end, new);
        }
        edited
    }

    /// Asks everything that can be asked of a draft.
    pub(crate) fn every(&mut self, path: &Path, place: &Value, range: &Value) {
        for method in ["textDocument/hover", "textDocument/completion"] {
            self.at(method, path, place);
        }
        let about = json!({ "textDocument": { "uri": uri(path) }, "range": range });
        self.ask("textDocument/inlayHint", about);
        self.actions(path, range, None);
        for method in [
            "textDocument/diagnostic",
            "textDocument/formatting",
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/semanticTokens/full",
            "textDocument/documentColor",
            "textDocument/codeLens",
            "caveat/status",
        ] {
            self.of(method, path);
        }
    }

    /// Goes away without a word.
    pub(crate) fn leave(mut self) -> Ended {
        let server = self.server.take().expect("it runs");
        drop(self.connection);
        server.join().expect("the server ends without a panic")
    }

    /// Ends the session as an editor does.
    pub(crate) fn end(mut self) -> Ended {
        self.ask("shutdown", Value::Null);
        self.say("exit", Value::Null);
        let server = self.server.take().expect("it runs");
        server.join().expect("the server ends without a panic")
    }
}

/// The address of a file.
pub(crate) fn uri(path: &Path) -> String {
    let path = path.to_str().expect("a plain name");
    let letters = path.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    });
    format!("file://{}", letters.collect::<String>())
}

/// A folder that is no part of any repository's configuration.
pub(crate) fn scratch() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    std::fs::create_dir(folder.path().join(".git")).expect("it is writable");
    folder
}
