//! SARIF 2.1.0, as code scanning of GitHub and others read it.
//!
//! Results are written as drafts finish; the rules they name stand behind them, and `ruleIndex` is the
//! order in which rules first find something.

mod log;

use super::json::Finding;
use super::spool::Spool;
use super::{DraftRecord, Ending, Found, MissedRecord, Report, one_line};
use crate::audit::Silencer;
use crate::diagnostic::Severity;
use crate::input::Cause;
use log::{
    ArtifactLocation, Descriptor, Driver, Invocation, Location, Notification, Phrase, Region,
    ResultLine, Suppression, Tool,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Bytes that do not stand for themselves in an address.
const ITSELF: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Results that readers of SARIF take; the rest is counted.
const MOST: usize = 25_000;

/// Where relative addresses begin: the folder that caveat ran in.
const HERE: &str = "SRCROOT";

/// Where the addresses of drafts elsewhere begin.
const ROOT: &str = "ROOT";

/// The report as a SARIF log.
#[derive(Debug)]
pub struct Sarif {
    /// The working folder, from which drafts are named.
    folder: PathBuf,
    most: usize,
    results: usize,
    left_out: usize,
    rules: Vec<String>,
    notifications: Spool,
    /// Results that were taken out, one a line: what is new stands before them.
    taken: Spool,
    taken_count: usize,
    /// Whether a baseline was in force for some draft.
    has_baseline: bool,
    /// Paths that were left out without fault.
    passed_over: BTreeMap<Cause, usize>,
    elsewhere: bool,
}

impl Sarif {
    /// A log of a run in a working folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            most: MOST,
            results: 0,
            left_out: 0,
            rules: Vec::new(),
            notifications: Spool::default(),
            taken: Spool::default(),
            taken_count: 0,
            has_baseline: false,
            passed_over: BTreeMap::new(),
            elsewhere: false,
        }
    }

    fn index(&mut self, rule: &str) -> usize {
        if let Some(known) = self.rules.iter().position(|known| known == rule) {
            return known;
        }
        self.rules.push(rule.to_owned());
        self.rules.len() - 1
    }

    /// The address of a path: relative, without a leading slash, percent-encoded.
    fn artifact(&mut self, path: &str) -> ArtifactLocation {
        let given = Path::new(path);
        let below = if given.is_absolute() {
            given.strip_prefix(&self.folder).ok()
        } else {
            let up = given.components().any(|part| part == Component::ParentDir);
            Some(given).filter(|_| !up)
        };
        let (path, base) = match below {
            Some(path) => (path.to_owned(), HERE),
            None => (self.folder.join(given), ROOT),
        };
        self.elsewhere |= base == ROOT;
        ArtifactLocation {
            uri: uri(&path),
            uri_base_id: base,
        }
    }

    fn result(&mut self, finding: &Finding) -> ResultLine {
        let related = finding.related.iter().enumerate().map(|(id, other)| {
            let region = Region::new(&other.start, &other.end, &other.span);
            let message = one_line(&other.message);
            Location::new(self.artifact(&finding.path), Some(region)).related(id, &message)
        });
        let related_locations = related.collect();
        let region = Region::new(&finding.start, &finding.end, &finding.span);
        let mut message = one_line(&finding.message).into_owned();
        if let Some(help) = &finding.help {
            message.push_str(". To put it right: ");
            message.push_str(&one_line(help));
        }
        message.push('.');
        ResultLine {
            rule_id: finding.rule.clone(),
            rule_index: self.index(&finding.rule),
            level: level(finding.severity),
            message: Phrase::new(message),
            locations: [Location::new(self.artifact(&finding.path), Some(region))],
            related_locations,
            partial_fingerprints: BTreeMap::from([("caveat/v1", finding.fingerprint.to_string())]),
            baseline_state: None,
            suppressions: Vec::new(),
        }
    }

    /// Writes results that are reported.
    fn results(
        &mut self,
        found: &[Found],
        baseline_state: Option<&'static str>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for Found { finding, .. } in found {
            if self.results == self.most {
                self.left_out += 1;
                continue;
            }
            if self.results > 0 {
                out.write_all(b",\n")?;
            }
            self.results += 1;
            let mut result = self.result(finding);
            result.baseline_state = baseline_state;
            serde_json::to_writer(&mut *out, &result)?;
        }
        Ok(())
    }

    /// Keeps a result that was taken out for the end.
    fn take(&mut self, found: &Found, silencer: &Silencer, has_baseline: bool) -> io::Result<()> {
        self.taken_count += 1;
        if self.taken_count > self.most {
            return Ok(());
        }
        let mut result = self.result(&found.finding);
        let state = match silencer {
            Silencer::Known => "unchanged",
            Silencer::Allowed(_) => "new",
        };
        result.baseline_state = has_baseline.then_some(state);
        result.suppressions = vec![Suppression::by(silencer)];
        serde_json::to_writer(&mut self.taken, &result)?;
        self.taken.write_all(b"\n")
    }

    fn notify(&mut self, notification: &Notification) -> io::Result<()> {
        if !self.notifications.is_empty() {
            self.notifications.write_all(b",\n")?;
        }
        Ok(serde_json::to_writer(
            &mut self.notifications,
            notification,
        )?)
    }

    /// What is said once of paths that are left out without fault, and of results that are.
    fn notify_counts(&mut self) -> io::Result<()> {
        for (cause, count) in std::mem::take(&mut self.passed_over) {
            let text = format!("{count} paths were left out: {}.", cause.word());
            self.notify(&Notification::new("note", log::because(cause), text, None))?;
        }
        if self.left_out > 0 {
            let text = format!(
                "{} results after the first {} are left out: other forms of report hold them all.",
                self.left_out, self.most
            );
            self.notify(&Notification::new(
                "warning",
                log::TOO_MANY.to_owned(),
                text,
                None,
            ))?;
        }
        Ok(())
    }
}

impl Report for Sarif {
    fn shows_pages(&self) -> bool {
        true
    }

    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{{\"$schema\":\"{}\",\"version\":\"2.1.0\",\"runs\":[{{\"results\":[",
            log::SCHEMA
        )
    }

    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.has_baseline |= draft.has_baseline;
        let state = draft.has_baseline.then_some("new");
        self.results(&draft.findings, state, out)?;
        for (found, silencer) in &draft.taken {
            self.take(found, silencer, draft.has_baseline)?;
        }
        Ok(())
    }

    fn missed(&mut self, missed: &MissedRecord, _out: &mut dyn Write) -> io::Result<()> {
        let record = &missed.missed;
        let cause = record.cause;
        if !cause.is_gap() {
            *self.passed_over.entry(cause).or_default() += 1;
            return Ok(());
        }
        let text = format!("Not examined: {} ({}).", cause.word(), record.detail);
        let location = Location::new(self.artifact(&record.path), None);
        self.notify(&Notification::new(
            "error",
            log::because(cause),
            text,
            Some(location),
        ))
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        self.results(found, self.has_baseline.then_some("new"), out)
    }

    fn close(&mut self, ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        let room = self.most - self.results;
        let poured = self.taken.pour_lines(room, self.results == 0, out)?;
        self.left_out += self.taken_count - poured;
        let known = &ending.tally.rules;
        let rules = self.rules.iter();
        let rules = rules.filter_map(|id| Some(Descriptor::of_rule(id, known.get(id)?)));
        let tool = Tool {
            driver: Driver::new(rules.collect()),
        };
        write!(out, "\n],\n\"tool\":{}", json(&tool)?)?;
        let bases = log::bases(self.elsewhere);
        write!(out, ",\n\"originalUriBaseIds\":{}", json(&bases)?)?;
        self.notify_counts()?;
        let invocation = Invocation {
            execution_successful: ending.complete,
            exit_code: ending.code,
        };
        let invocation = json(&invocation)?;
        let open = invocation.trim_end_matches('}');
        write!(
            out,
            ",\n\"invocations\":[{open},\"toolExecutionNotifications\":[\n"
        )?;
        self.notifications.pour(out)?;
        out.write_all(b"\n]}],\n\"columnKind\":\"unicodeCodePoints\"}]}\n")
    }
}

fn json(value: &impl serde::Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// A path as a relative address.
fn uri(path: &Path) -> String {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => {
                let name = name.to_string_lossy();
                names.push(utf8_percent_encode(&name, ITSELF).to_string());
            }
            Component::ParentDir => drop(names.pop()),
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::{HERE, ROOT, Sarif};
    use crate::diagnostic::{Confidence, Severity};
    use crate::fingerprint::Fingerprint;
    use crate::report::json::{Bytes, Finding, Position};
    use crate::report::{Ending, Found, Report as _, Tally};
    use std::path::Path;

    #[test]
    fn results_beyond_the_most_are_counted_and_never_cut_silently() {
        let mut sarif = Sarif::new(Path::new("/"));
        sarif.most = 2;
        let at = || Position { line: 1, column: 1 };
        let finding = Finding {
            rule: "house/rule".to_owned(),
            severity: Severity::Warning,
            confidence: Confidence::Certain,
            message: "wrong".to_owned(),
            help: None,
            fingerprint: Fingerprint::of(["x"]),
            authority: Vec::new(),
            path: "a.txt".to_owned(),
            part: None,
            span: Bytes { start: 0, end: 0 },
            start: at(),
            end: at(),
            related: Vec::new(),
            fix: None,
        };
        let found = Found {
            finding,
            plain: None,
            fails: true,
            excerpt: None,
            page: None,
        };
        let mut out = Vec::new();
        sarif.open(&mut out).unwrap();
        sarif.configuration(&vec![found; 5], &mut out).unwrap();
        let ending = Ending {
            tally: &Tally::default(),
            sentences: &[],
            statistics: false,
            complete: true,
            code: 1,
        };
        sarif.close(&ending, &mut out).unwrap();
        let log: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), 2);
        let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        let told = told.as_str().unwrap();
        assert!(
            told.starts_with("3 results after the first 2 are left out"),
            "{told}"
        );
    }

    #[test]
    fn addresses_are_relative_and_encoded_wherever_the_draft_lies() {
        let mut sarif = Sarif::new(Path::new("/holdings/drafts"));
        let mut of = |path: &str| {
            let artifact = sarif.artifact(path);
            (artifact.uri, artifact.uri_base_id)
        };
        let expected = |uri: &str, base| (uri.to_owned(), base);
        assert_eq!(of("a b/c#1.txt"), expected("a%20b/c%231.txt", HERE));
        assert_eq!(of("\u{e9}:x"), expected("%C3%A9%3Ax", HERE));
        assert_eq!(of("/holdings/drafts/a"), expected("a", HERE));
        assert_eq!(of("/else/a"), expected("else/a", ROOT));
        assert_eq!(of("../a"), expected("holdings/a", ROOT));
    }
}
