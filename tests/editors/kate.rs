//! Kate, without a screen.

use crate::scratch::{Scratch, answers};
use crate::snippets::snippet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

/// What starts the server in its place, so that it is seen what it says.
const OVERHEARD: &str = "#!/bin/sh\nexec \"$SERVER\" \"$@\" | tee -a heard\n";

#[test]
fn kate_asks_for_the_findings_and_the_parts_of_a_draft() {
    if !answers("kate", &["--version"]) {
        return;
    }
    let scratch = Scratch::new();
    let overheard = OVERHEARD.replace("$SERVER", env!("CARGO_BIN_EXE_caveat"));
    scratch.write("bin/caveat", &overheard);
    let server = scratch.path("bin/caveat");
    fs::set_permissions(&server, fs::Permissions::from_mode(0o755)).expect("it is ours");
    scratch.write("config/kate/lspclient/settings.json", snippet("json kate"));
    // Kate asks a person whether it may start a server that it does not know.
    let settings = format!(
        "[Kate Plugins]\nlspclientplugin=true\n[lspclient]\nAllowedServerCommandLines={} lsp\n",
        server.display()
    );
    scratch.write("config/katerc", &settings);
    let mut running = scratch.start("kate", &["-n", "draft.txt"], "");
    running.wait(|_| {
        let heard = scratch.text("heard");
        let parts = heard.contains("\"selectionRange\"");
        parts && heard.contains("\"code\":\"telegram/portion-above-header\"")
    });
}
