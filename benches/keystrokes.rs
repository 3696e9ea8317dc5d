//! How long an editor waits: `cargo bench --bench keystrokes`.
//!
//! A thousand edits of one letter are made in a draft of 10 KB and in one of 1 MB, each as an editor sends it,
//! and the time from the edit to its findings is taken. The session runs in memory, with messages as values.

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

#[path = "corpus/mod.rs"]
#[expect(dead_code, reason = "telegrams alone are typed here")]
mod corpus;

use caveat::config::{Resolver, Start};
use caveat::lsp::{Host, serve};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

const SEED: u64 = 1;
const EDITS: usize = 1000;
const URI: &str = "file:///lake/draft.txt";

fn main() {
    for bytes in [10_000, 1_000_000] {
        let text = draft(bytes);
        let started = Instant::now();
        let editor = session();
        editor.open(&text);
        let first = started.elapsed();
        let mut times: Vec<Duration> = (0..EDITS)
            .map(|edit| editor.keystroke(&text, edit))
            .collect();
        times.sort_unstable();
        let at = |part: usize| times[(times.len() * part / 1000).min(times.len() - 1)];
        println!(
            "{:>8} bytes: start to first findings {first:.1?}; keystroke to findings: median {:.2?}, 90th {:.2?}, 99th {:.2?}, worst {:.2?}",
            text.len(),
            at(500),
            at(900),
            at(990),
            at(1000),
        );
    }
}

/// A telegram of at least so many bytes: one with the paragraphs of as many others as that takes.
fn draft(bytes: usize) -> String {
    let mut text = corpus::telegram(SEED, 0).text;
    let (mut other, mut paragraph) = (1, 100);
    while text.len() < bytes {
        let body = corpus::telegram(SEED, other).text;
        let lines = body.lines().skip_while(|line| !line.starts_with("1. "));
        for line in lines {
            // Paragraphs go on being counted.
            let numbered = line.split_once(". ");
            let numbered = numbered.filter(|(number, _)| number.parse::<u16>().is_ok());
            if let Some((_, rest)) = numbered {
                paragraph += 1;
                text.push_str(&paragraph.to_string());
                text.push_str(". ");
                text.push_str(rest);
            } else {
                text.push_str(line);
            }
            text.push('\n');
        }
        other += 1;
    }
    text
}

struct Editor(Connection);

/// A session whose server runs on a thread of its own.
fn session() -> Editor {
    let (near, far) = Connection::memory();
    thread::spawn(move || {
        let host = Host {
            resolver: Box::new(|| Resolver::new(Start::default())),
            today: Box::new(|| jiff::civil::date(2026, 1, 1)),
            version: String::new(),
            explain: Box::new(|_, _| None),
        };
        serve(&far, host)
    });
    let request = Request {
        id: 1.into(),
        method: "initialize".to_owned(),
        params: json!({ "processId": null, "rootUri": null, "capabilities": {} }),
    };
    near.sender
        .send(request.into())
        .expect("the server listens");
    near.receiver.recv().expect("the server answers");
    let editor = Editor(near);
    editor.say("initialized", json!({}));
    editor
}

impl Editor {
    fn say(&self, method: &str, params: Value) {
        let said = Notification {
            method: method.to_owned(),
            params,
        };
        self.0.sender.send(said.into()).expect("the server listens");
    }

    /// Waits for the findings of a version.
    fn wait(&self, version: usize) {
        loop {
            let message = self.0.receiver.recv().expect("the server tells");
            if let Message::Notification(said) = message
                && said.params["version"] == version
            {
                return;
            }
        }
    }

    fn open(&self, text: &str) {
        let document = json!({ "uri": URI, "languageId": "plaintext", "version": 0, "text": text });
        self.say("textDocument/didOpen", json!({ "textDocument": document }));
        self.wait(0);
    }

    /// Types a letter somewhere in the draft, or takes the last one back.
    fn keystroke(&self, text: &str, edit: usize) -> Duration {
        let lines = text.lines().count();
        let line = (edit / 2) * 7919 % lines;
        let place = |column: usize| json!({ "line": line, "character": column });
        let (end, letter) = if edit.is_multiple_of(2) {
            (0, "X")
        } else {
            (1, "")
        };
        let range = json!({ "start": place(0), "end": place(end) });
        let changed = json!({
            "textDocument": { "uri": URI, "version": edit + 1 },
            "contentChanges": [{ "range": range, "text": letter }],
        });
        let started = Instant::now();
        self.say("textDocument/didChange", changed);
        self.wait(edit + 1);
        started.elapsed()
    }
}
