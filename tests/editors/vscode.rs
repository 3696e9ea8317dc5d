//! VS Code, as code-server in a Chromium without a screen.

use crate::scratch::{Scratch, answers, programs};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the script ends with where a package that it wants is not installed.
const LACKS: i32 = 77;

#[test]
fn vs_code_shows_levels_and_findings_and_a_hover_and_applies_a_fix() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode");
    if !folder.join("node_modules").is_dir() {
        eprintln!("skipped: `npm ci` was not run in editors/vscode");
        return;
    }
    let (server, browser) = (programs("code-server"), programs("chromium"));
    let (Some(server), Some(browser)) = (server.first(), browser.first()) else {
        eprintln!("skipped: code-server or chromium is not installed");
        return;
    };
    if !answers(server, &["--version"]) {
        return;
    }
    let packaged = Command::new("npm")
        .args(["run", "--silent", "package"])
        .current_dir(&folder)
        .output()
        .expect("npm is there");
    let said = String::from_utf8_lossy(&packaged.stderr);
    assert!(packaged.status.success(), "{said}");
    opens_no_connection(&folder.join("out/extension.js"));
    let scratch = Scratch::new();
    let text = |path: &Path| path.to_str().expect("a plain name").to_owned();
    let words = [
        text(&folder.join("try.mjs")),
        env!("CARGO_BIN_EXE_caveat").to_owned(),
        text(server),
        text(browser),
        text(&scratch.path("picture.png")),
    ];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let status = scratch.run("node", &words, "");
    let log = scratch.text("log");
    if status.code() == Some(LACKS) {
        eprintln!("skipped: {log}");
        return;
    }
    assert!(status.success(), "{log}");
    for wanted in [
        "CONFIDENTIAL; required: SECRET",
        "colours: shown",
        "hover: shown",
        "explanation: shown",
        "safe fixes: made",
    ] {
        assert!(log.contains(wanted), "{wanted} in {log}");
    }
    assert!(scratch.path("picture.png").is_file());
}

/// Nothing in the bundle asks for what could open a connection.
fn opens_no_connection(bundle: &Path) {
    let bytes = fs::read(bundle).expect("it was built");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let wants = text.split("require(\"").skip(1);
    let wants: BTreeSet<&str> = wants.filter_map(|rest| rest.split('"').next()).collect();
    assert!(wants.contains("child_process"), "{wants:?}");
    for module in ["net", "http", "https", "http2", "tls", "dgram", "dns"] {
        assert!(!wants.contains(module), "{module} in the bundle");
    }
    for word in ["fetch(", "WebSocket(", "XMLHttpRequest("] {
        assert!(!text.contains(word), "{word} in the bundle");
    }
}
