//! `caveat marking`: one marking, explained part by part.

use super::args::{AnswerFormat, MarkingArguments, MarkingKind};
use super::exit::{CLEAN, FINDINGS};
use super::failure::Failure;
use super::scope::here;
use super::world::{Streams, Surroundings};
use crate::diagnostic::{Applicability, Confidence, Severity};
use crate::fingerprint::Fingerprint;
use crate::marking::{Explained, Fault, LazyScheme, MarkingFault, Scheme, Surface, explain, parse};
use crate::problem::nearest;
use crate::report::json::{Bytes, Finding, Position, Related, Repair, Replacement};
use crate::rules::RuleSet;
use crate::text::Span;
use serde::Serialize;
use std::io::{BufRead as _, BufReader};

/// Version of the JSON objects of this command.
const VERSION: u32 = 1;

/// The answer as programs read it.
#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    input: &'a str,
    kind: &'static str,
    valid: bool,
    level: Option<&'a str>,
    banner: Option<&'a str>,
    banner_abbreviated: Option<&'a str>,
    portion: Option<&'a str>,
    parts: Vec<Part<'a>>,
    diagnostics: Vec<Finding>,
}

/// A part of a marking as programs read it.
#[derive(Serialize)]
struct Part<'a> {
    category: &'a str,
    control: &'a str,
    title: &'a str,
    authority: &'a str,
    since: Option<String>,
    until: Option<String>,
    span: Bytes,
}

pub(super) fn marking(
    arguments: &MarkingArguments,
    streams: &mut Streams<'_>,
    around: &Surroundings,
) -> Result<u8, Failure> {
    let project = here(&arguments.configured, around)?;
    let scheme = scheme(project.rules(), arguments.scheme.as_deref())?;
    let mut code = CLEAN;
    if let Some(text) = &arguments.marking {
        let asked = Asked::new(text, arguments.kind, scheme);
        if !asked.explained.is_valid {
            code = FINDINGS;
        }
        let answer = match arguments.format.unwrap_or(AnswerFormat::Text) {
            AnswerFormat::Text => asked.text(scheme),
            AnswerFormat::Json | AnswerFormat::JsonLines => asked.json(scheme),
        };
        writeln!(streams.out, "{}", answer.trim_end())?;
        return Ok(code);
    }
    answer_lines(streams, |line| {
        let asked = Asked::new(line, arguments.kind, scheme);
        if !asked.explained.is_valid {
            code = FINDINGS;
        }
        match arguments.format.unwrap_or(AnswerFormat::JsonLines) {
            AnswerFormat::Text => asked.text(scheme),
            AnswerFormat::Json | AnswerFormat::JsonLines => asked.json(scheme),
        }
    })?;
    Ok(code)
}

/// The scheme of a name, or the first.
pub(super) fn scheme<'r>(rules: &'r RuleSet, name: Option<&str>) -> Result<&'r Scheme, Failure> {
    let Some(name) = name else {
        return Ok(rules.scheme());
    };
    rules.scheme_named(name).ok_or_else(|| {
        let known = rules.schemes().iter().map(LazyScheme::name);
        let hint = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
        Failure::Usage(format!(
            "no scheme is called `{name}`{}",
            hint.unwrap_or_default()
        ))
    })
}

/// Answers each line of standard input that holds something as soon as it is there.
pub(super) fn answer_lines(
    streams: &mut Streams<'_>,
    mut answer: impl FnMut(&str) -> String,
) -> Result<(), Failure> {
    let mut input = BufReader::new(&mut *streams.input);
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end_matches(['\n', '\r']);
        if !line.trim().is_empty() {
            writeln!(streams.out, "{}", answer(line).trim_end())?;
        }
        // Whoever asks line by line waits for the answer before the next question.
        if input.buffer().is_empty() {
            streams.out.flush()?;
        }
        bytes.clear();
    }
    Ok(())
}

/// A marking that was asked about.
struct Asked<'t> {
    /// As it was typed, without brackets and outer blanks.
    text: &'t str,
    /// Bytes before it in what was typed.
    offset: usize,
    input: &'t str,
    surface: Surface,
    explained: Explained,
}

impl<'t> Asked<'t> {
    fn new(input: &'t str, kind: Option<MarkingKind>, scheme: &Scheme) -> Self {
        let (text, bracketed) = bare(input, scheme);
        let offset = input.find(text).unwrap_or(0);
        let surface = match kind {
            Some(MarkingKind::Banner) => Surface::Banner,
            Some(MarkingKind::Portion) => Surface::Portion,
            None if bracketed => Surface::Portion,
            None => looks_like(text, scheme),
        };
        Self {
            explained: explain(text, scheme, surface),
            text,
            offset,
            input,
            surface,
        }
    }

    const fn kind(&self) -> &'static str {
        match self.surface {
            Surface::Portion => "portion",
            _ => "banner",
        }
    }

    fn json(&self, scheme: &Scheme) -> String {
        let forms = self.explained.forms(scheme);
        let form = |index: usize| {
            let forms = forms.as_ref();
            forms.and_then(|forms| forms.get(index)).map(String::as_str)
        };
        let level = self.explained.statement.as_ref().and_then(|own| own.level);
        let level = level.or(self.explained.marking.level.map(|used| used.level));
        let parts = self.explained.parts.iter().map(|part| Part {
            category: &part.category,
            control: &part.name,
            title: &part.title,
            authority: &part.authority,
            since: part.since.map(|day| day.to_string()),
            until: part.until.map(|day| day.to_string()),
            span: self.bytes(part.span),
        });
        let answer = Answer {
            version: VERSION,
            input: self.input,
            kind: self.kind(),
            valid: self.explained.is_valid,
            level: level.map(|level| scheme.level(level).name.as_str()),
            banner: form(0),
            banner_abbreviated: form(1),
            portion: form(2),
            parts: parts.collect(),
            diagnostics: self.findings(scheme),
        };
        serde_json::to_string(&answer).expect("strings and numbers are always JSON")
    }

    fn findings(&self, scheme: &Scheme) -> Vec<Finding> {
        findings(self.text, self.input, self.offset, &self.explained, scheme)
    }

    fn bytes(&self, span: Span) -> Bytes {
        bytes(span, self.offset)
    }

    fn text(&self, scheme: &Scheme) -> String {
        let right = if self.explained.is_valid {
            "right"
        } else {
            "not right"
        };
        let mut lines = vec![format!("{}: {} {right}", self.text, self.kind())];
        // The parts of what was meant tell more than those of a slip of the pen.
        let meant = self.explained.repair.as_ref();
        let meant = meant.map(|repair| explain(&repair.text, scheme, self.surface));
        for part in &meant.as_ref().unwrap_or(&self.explained).parts {
            let authority = match part.authority.as_str() {
                "" => String::new(),
                authority => format!(" ({authority})"),
            };
            lines.push(format!(
                "  {}  {}: {}{authority}",
                part.name, part.category, part.title
            ));
            if let Some(until) = part.until {
                lines.push(format!("    in use until {until}"));
            }
        }
        for found in self.findings(scheme) {
            let (severity, rule) = (found.severity.word(), found.rule);
            lines.push(format!("{severity}[{rule}] {}", found.message));
        }
        if let Some(repair) = &self.explained.repair {
            lines.push(format!(
                "meant ({}): {}",
                repair.confidence.word(),
                repair.text
            ));
        }
        if let Some([long, banner, portion]) = self.explained.forms(scheme) {
            lines.push(format!("banner       {long}"));
            lines.push(format!("abbreviated  {banner}"));
            lines.push(format!("portion      ({portion})"));
        }
        lines.join("\n")
    }
}

/// A marking without its brackets, and whether it had some.
pub(super) fn bare<'t>(input: &'t str, scheme: &Scheme) -> (&'t str, bool) {
    let text = input.trim();
    let inner = scheme.brackets(Surface::Portion).and_then(|[open, close]| {
        text.strip_prefix(open.as_str())?
            .strip_suffix(close.as_str())
    });
    inner.map_or((text, false), |inner| (inner, true))
}

/// Where a marking stands that says not where: in a banner, unless its words are those of portions. The
/// level, which is nearly always written right, counts before the rest.
fn looks_like(text: &str, scheme: &Scheme) -> Surface {
    let wrong = |surface| {
        let marking = parse(text, 0, scheme, surface);
        let level = marking.level.map(|used| used.span);
        let at_level = |own: &MarkingFault| Some(own.span) == level && own.fault == Fault::Form;
        (
            marking.faults.iter().filter(|own| at_level(own)).count(),
            marking.faults.len(),
        )
    };
    if wrong(Surface::Portion) < wrong(Surface::Banner) {
        Surface::Portion
    } else {
        Surface::Banner
    }
}

fn bytes(span: Span, offset: usize) -> Bytes {
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    Bytes {
        start: span.start + offset,
        end: span.end + offset,
    }
}

/// Everything that is wrong with a marking, as `check` reports it; `offset` bytes of `input` stand before it.
pub(super) fn findings(
    text: &str,
    input: &str,
    offset: usize,
    explained: &Explained,
    scheme: &Scheme,
) -> Vec<Finding> {
    let position = |at: u32| {
        let before = input.get(..offset + at as usize).unwrap_or(input);
        let columns = before.chars().count() + 1;
        Position {
            line: 1,
            column: u32::try_from(columns).unwrap_or(u32::MAX),
        }
    };
    let marking = &explained.marking;
    let one = |found: &MarkingFault| {
        let related = found.other.map(|other| Related {
            message: "compare".to_owned(),
            span: bytes(other, offset),
            start: position(other.start),
            end: position(other.end),
        });
        let severity = found.severity(marking, text, scheme);
        let rule = format!("marking/{}", found.fault.name());
        Finding {
            fingerprint: Fingerprint::of([rule.as_str(), text]),
            rule,
            severity,
            confidence: Confidence::Certain,
            message: found.message(marking, text, scheme),
            help: None,
            authority: found.authority(marking, scheme),
            path: String::new(),
            part: None,
            span: bytes(found.span, offset),
            start: position(found.span.start),
            end: position(found.span.end),
            related: related.into_iter().collect(),
            fix: fix(text, offset, explained).filter(|_| severity > Severity::Advice),
        }
    };
    marking.faults.iter().map(one).collect()
}

/// The whole marking as it was meant.
fn fix(text: &str, offset: usize, explained: &Explained) -> Option<Repair> {
    let meant = explained.repair.as_ref()?;
    let applicability = match meant.confidence {
        Confidence::Certain => Applicability::Safe,
        Confidence::Likely | Confidence::Possible => Applicability::Unsafe,
    };
    let whole = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    Some(Repair {
        title: format!("write `{}`", meant.text),
        applicability,
        edits: vec![Replacement {
            span: bytes(whole, offset),
            replacement: meant.text.clone(),
        }],
    })
}
