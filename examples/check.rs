//! Checks drafts with the library: `cargo run --example check -- examples/telegrams/*.txt`.
//!
//! A draft is read, judged by the shipped rules, and its findings are printed, one a line.

use caveat::diagnostic::Diagnostic;
use caveat::engine::{Options, check};
use caveat::rules::RuleSet;
use caveat::text::{Source, decode};
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    // The packs that are compiled in. A broken pack is a list of problems, each with its place in
    // the TOML; the shipped ones have none.
    let rules = RuleSet::shipped().map_err(|problems| format!("{problems:?}"))?;

    // By default a draft says itself what it is, and of which day: `Options` can say otherwise.
    let options = Options::default();

    let mut found = 0;
    for path in env::args().skip(1) {
        // Bytes become text. The map leads from places in the text back to bytes of the file.
        let (text, encoding, map) = decode(fs::read(&path)?)?;
        let source = Source::new(path, text, encoding, map);

        let verdict = check(&source, &rules, &options);
        print(&source, &verdict.diagnostics);
        found += verdict.diagnostics.len();
    }
    Ok(if found == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// One line a finding: where, how much it weighs, which rule, and what is wrong.
#[expect(clippy::print_stdout, reason = "an example shows what it found")]
fn print(source: &Source, findings: &[Diagnostic]) {
    for finding in findings {
        let place = source
            .line_index()
            .line_column(finding.primary.start, source.text());
        println!(
            "{}:{}:{}: {} {}: {}",
            source.name(),
            place.line,
            place.column,
            finding.severity.word(),
            finding.rule,
            finding.message,
        );
    }
}
