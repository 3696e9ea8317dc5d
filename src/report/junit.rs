//! The XML of `JUnit`: a suite for each draft, a case for each finding.

use super::json::Finding;
use super::{DraftRecord, Ending, Found, MissedRecord, Report, harmless, one_line};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// The report as suites of tests. A finding below `fail-on` is a test that passes and has something to say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Junit;

impl Report for Junit {
    fn open(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new(&mut *out);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let suites = BytesStart::new("testsuites").with_attributes([("name", "caveat")]);
        xml.write_event(Event::Start(suites))?;
        out.write_all(b"\n")
    }

    fn draft(&mut self, draft: &DraftRecord, out: &mut dyn Write) -> io::Result<()> {
        suite(&draft.document.path, &draft.findings, out)
    }

    fn missed(&mut self, missed: &MissedRecord, out: &mut dyn Write) -> io::Result<()> {
        let record = &missed.missed;
        if !record.cause.is_gap() {
            return Ok(());
        }
        let counts = Counts {
            tests: 1,
            failures: 0,
            errors: 1,
        };
        let (path, detail) = (text(&record.path), text(&record.detail));
        let mut xml = Writer::new(&mut *out);
        xml.write_event(Event::Start(counts.suite(&path)))?;
        let case = [("name", "not examined"), ("classname", &path)];
        xml.create_element("testcase")
            .with_attributes(case)
            .write_inner_content(|xml| {
                let error = [("type", record.cause.word()), ("message", &*detail)];
                xml.create_element("error")
                    .with_attributes(error)
                    .write_empty()?;
                Ok(())
            })?;
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
        out.write_all(b"\n")
    }

    fn configuration(&mut self, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = found.first() else {
            return Ok(());
        };
        suite(&first.finding.path, found, out)
    }

    fn close(&mut self, _ending: &Ending<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new(&mut *out);
        xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        out.write_all(b"\n")
    }
}

/// What a suite counts.
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
}

impl Counts {
    fn suite(&self, path: &str) -> BytesStart<'static> {
        let (tests, failures) = (self.tests.to_string(), self.failures.to_string());
        let errors = self.errors.to_string();
        BytesStart::new("testsuite").with_attributes([
            ("name", path),
            ("tests", &tests),
            ("failures", &failures),
            ("errors", &errors),
        ])
    }
}

/// The suite of a file: its findings, or one test that passes.
fn suite(path: &str, found: &[Found], out: &mut dyn Write) -> io::Result<()> {
    let counts = Counts {
        tests: found.len().max(1),
        failures: found.iter().filter(|found| found.fails).count(),
        errors: 0,
    };
    let path = text(path);
    let mut xml = Writer::new(out);
    xml.write_event(Event::Start(counts.suite(&path)))?;
    if found.is_empty() {
        let case = [("name", "markings"), ("classname", &*path)];
        xml.create_element("testcase")
            .with_attributes(case)
            .write_empty()?;
    }
    for found in found {
        case(&path, found, &mut xml)?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    xml.get_mut().write_all(b"\n")
}

fn case(path: &str, found: &Found, xml: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let finding = &found.finding;
    let name = format!(
        "{} {}:{}",
        finding.rule, finding.start.line, finding.start.column
    );
    let line = finding.start.line.to_string();
    let case = [
        ("name", name.as_str()),
        ("classname", path),
        ("file", path),
        ("line", &line),
    ];
    let (message, page) = (text(&finding.message), page(finding));
    xml.create_element("testcase")
        .with_attributes(case)
        .write_inner_content(|xml| {
            if found.fails {
                let failure = [("type", finding.severity.word()), ("message", &*message)];
                xml.create_element("failure")
                    .with_attributes(failure)
                    .write_text_content(BytesText::new(&page))?;
            } else {
                let said = format!("{}: {message}\n{page}", finding.severity.word());
                xml.create_element("system-out")
                    .write_text_content(BytesText::new(&said))?;
            }
            Ok(())
        })?;
    Ok(())
}

/// Place, help and authority of a finding.
fn page(finding: &Finding) -> String {
    let at = &finding.start;
    let mut lines = vec![format!("{}:{}:{}", text(&finding.path), at.line, at.column)];
    lines.extend(finding.help.as_deref().map(text));
    if !finding.authority.is_empty() {
        lines.push(format!(
            "authority: {}",
            text(&finding.authority.join("; "))
        ));
    }
    lines.join("\n")
}

/// Text on one line with no character that XML does not allow.
fn text(text: &str) -> String {
    let harmless = harmless(&one_line(text)).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    harmless.replace('\t', " ")
}
