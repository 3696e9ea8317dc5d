//! The Code Quality report of GitLab: a JSON array of issues.

use super::{DraftRecord, Ending, Found, MissedRecord, Report};
use crate::diagnostic::Severity;
use crate::fingerprint::Fingerprint;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, Write};

/// The report as an array of issues.
#[derive(Debug, Default)]
pub struct GitLab {
    begun: bool,
}

#[derive(Serialize)]
struct Issue<'i> {
    r#type: &'static str,
    check_name: &'i str,
    description: &'i str,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: Fingerprint,
    location: Location<'i>,
}

#[derive(Serialize)]
struct Location<'i> {
    path: &'i str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl GitLab {
    fn write(&mut self, issue: &Issue<'_>, out: &mut dyn Write) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.begun, true);
        out.write_all(if begun { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(out, issue)?)
    }
}

impl Report for GitLab {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        self.configuration(&draft.findings, out)
    }

    fn missed(&mut self, missed: &MissedRecord, out: &mut dyn Write) -> io::Result<()> {
        let record = &missed.missed;
        if !record.cause.is_gap() {
            return Ok(());
        }
        let description = format!("not examined: {} ({})", record.cause.word(), record.detail);
        let issue = Issue {
            r#type: "issue",
            check_name: "not-examined",
            description: &description,
            categories: ["Security"],
            severity: "critical",
            fingerprint: Fingerprint::of([record.path.as_str(), "not-examined"]),
            location: Location {
                path: path(&record.path),
                lines: Lines { begin: 1, end: 1 },
            },
        };
        self.write(&issue, out)
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        // All findings of a path come at once, so that one set of them is enough to tell them apart.
        let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
        for Found { finding, .. } in found {
            let known = finding.fingerprint.to_string();
            let times = seen.entry((&finding.rule, &finding.path)).or_default();
            *times += 1;
            let times = times.to_string();
            let words = [&finding.path, &finding.rule, &known, &times];
            let issue = Issue {
                r#type: "issue",
                check_name: &finding.rule,
                description: &finding.message,
                categories: ["Security"],
                severity: severity(finding.severity),
                fingerprint: Fingerprint::of(words.map(String::as_str)),
                location: Location {
                    path: path(&finding.path),
                    lines: Lines {
                        begin: finding.start.line,
                        end: finding.end.line,
                    },
                },
            };
            self.write(&issue, out)?;
        }
        Ok(())
    }

    fn close(&mut self, _ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}

/// GitLab wants paths from the root of the repository.
fn path(path: &str) -> &str {
    path.trim_start_matches('/')
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Advice => "info",
    }
}
