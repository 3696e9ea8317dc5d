//! How long an editor waits: `cargo bench --bench keystrokes`.
//!
//! The server runs as a process of its own, as an editor starts it, and is spoken to over its standard streams. In a
//! draft of 10 KB and in one of 1 MB, the time from its start to the first findings is taken (the median of some
//! starts), and from each of a thousand edits of one letter to its findings.

#![expect(clippy::print_stdout, reason = "figures are what it is for")]

#[path = "corpus/mod.rs"]
#[expect(dead_code, reason = "telegrams alone are typed here")]
mod corpus;

use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};
use std::io::{BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

const SEED: u64 = 1;
const EDITS: usize = 1000;
const STARTS: usize = 15;
const URI: &str = "file:///lake/draft.txt";

fn main() {
    for bytes in [10_000, 1_000_000] {
        let text = draft(bytes);
        let starts = (0..STARTS).map(|_| {
            let started = Instant::now();
            Editor::new().open(&text);
            started.elapsed()
        });
        let starts = sorted(starts);
        let mut editor = Editor::new();
        editor.open(&text);
        let times = sorted((0..EDITS).map(|edit| editor.keystroke(&text, edit)));
        println!(
            "{:>8} bytes: start to first findings {:.1?}; keystroke to findings: median {:.2?}, 90th {:.2?}, 99th {:.2?}, worst {:.2?}",
            text.len(),
            at(&starts, 500),
            at(&times, 500),
            at(&times, 900),
            at(&times, 990),
            at(&times, 1000),
        );
    }
}

fn sorted(times: impl Iterator<Item = Duration>) -> Vec<Duration> {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times
}

/// The time below which so many of a thousand lie.
fn at(times: &[Duration], part: usize) -> Duration {
    times[(times.len() * part / 1000).min(times.len() - 1)]
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

/// A session with a server that was just started.
struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Editor {
    fn new() -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_caveat"))
            .args(["lsp", "--isolated"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let input = server.stdin.take().expect("it is piped");
        let output = server.stdout.take().expect("it is piped");
        let mut editor = Self {
            server,
            input,
            output: BufReader::new(output),
        };
        let request = Request {
            id: 1.into(),
            method: "initialize".to_owned(),
            params: json!({ "processId": null, "rootUri": null, "capabilities": {} }),
        };
        editor.send(&request.into());
        editor.hear();
        editor.say("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.input).expect("the server listens");
        self.input.flush().expect("the server listens");
    }

    fn hear(&mut self) -> Message {
        let heard = Message::read(&mut self.output).expect("the server speaks");
        heard.expect("the server speaks")
    }

    fn say(&mut self, method: &str, params: Value) {
        let said = Notification {
            method: method.to_owned(),
            params,
        };
        self.send(&said.into());
    }

    /// Waits for the findings of a version.
    fn wait(&mut self, version: usize) {
        loop {
            if let Message::Notification(said) = self.hear()
                && said.params["version"] == version
            {
                return;
            }
        }
    }

    fn open(&mut self, text: &str) {
        let document = json!({ "uri": URI, "languageId": "plaintext", "version": 0, "text": text });
        self.say("textDocument/didOpen", json!({ "textDocument": document }));
        self.wait(0);
    }

    /// Types a letter somewhere in the draft, or takes the last one back.
    fn keystroke(&mut self, text: &str, edit: usize) -> Duration {
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

impl Drop for Editor {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
