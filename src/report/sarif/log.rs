//! The objects of a SARIF log, as far as they are written.

use crate::audit::Silencer;
use crate::diagnostic::{Confidence, Severity};
use crate::input::Cause;
use crate::report::json::{Bytes, Position};
use crate::report::{RuleRecord, one_line};
use serde::Serialize;
use std::collections::BTreeMap;

/// Where the shape is laid down.
pub(super) const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Name of the notification on results that are left out.
pub(super) const TOO_MANY: &str = "report/too-many-results";

/// Causes that notifications name.
const CAUSES: [Cause; 9] = [
    Cause::Excluded,
    Cause::Ignored,
    Cause::NotADraft,
    Cause::Unreadable,
    Cause::Undecodable,
    Cause::Encrypted,
    Cause::TooLarge,
    Cause::Unsupported,
    Cause::Damaged,
];

/// Name of the notification on a path that was not examined.
pub(super) fn because(cause: Cause) -> String {
    format!("path/{}", cause.word())
}

/// Text for people.
#[derive(Debug, Serialize)]
pub(super) struct Phrase {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

impl Phrase {
    pub(super) const fn new(text: String) -> Self {
        Self {
            text,
            markdown: None,
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultLine {
    pub(super) rule_id: String,
    pub(super) rule_index: usize,
    pub(super) level: &'static str,
    pub(super) message: Phrase,
    pub(super) locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    pub(super) partial_fingerprints: BTreeMap<&'static str, String>,
    /// How it stands to the baseline, where one was in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) suppressions: Vec<Suppression>,
}

/// Why a result is not reported.
#[derive(Debug, Serialize)]
pub(super) struct Suppression {
    kind: &'static str,
    justification: String,
}

impl Suppression {
    pub(super) fn by(silencer: &Silencer) -> Self {
        let justification = match silencer {
            Silencer::Allowed(reason) => one_line(reason).into_owned(),
            Silencer::Known => "Known by the baseline.".to_owned(),
        };
        Self {
            kind: "external",
            justification,
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    place: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Phrase>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
    pub(super) uri_base_id: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
    byte_offset: u32,
    byte_length: u32,
}

impl Region {
    pub(super) const fn new(start: &Position, end: &Position, span: &Bytes) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_offset: span.start,
            byte_length: span.end.saturating_sub(span.start),
        }
    }
}

impl Location {
    pub(super) const fn new(artifact_location: ArtifactLocation, region: Option<Region>) -> Self {
        Self {
            id: None,
            place: PhysicalLocation {
                artifact_location,
                region,
            },
            message: None,
        }
    }

    /// The same as another place that explains a result.
    pub(super) fn related(mut self, id: usize, message: &str) -> Self {
        self.id = Some(id);
        self.message = (!message.is_empty()).then(|| Phrase::new(format!("{message}.")));
        self
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Tool {
    pub(super) driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    version: &'static str,
    information_uri: &'static str,
    short_description: Phrase,
    rules: Vec<Descriptor>,
    notifications: Vec<Descriptor>,
}

impl Driver {
    pub(super) fn new(rules: Vec<Descriptor>) -> Self {
        let causes = CAUSES.iter().map(|cause| {
            let title = format!("A path was not examined: {}.", cause.word());
            Descriptor::plain(&because(*cause), title)
        });
        let many = "Results beyond those that readers of SARIF take.".to_owned();
        let many = Descriptor::plain(TOO_MANY, many);
        Self {
            name: "caveat",
            semantic_version: env!("CARGO_PKG_VERSION"),
            version: env!("CARGO_PKG_VERSION"),
            information_uri: concat!("https://crates.io/crates/", env!("CARGO_PKG_NAME")),
            short_description: Phrase::new(env!("CARGO_PKG_DESCRIPTION").to_owned() + "."),
            rules,
            notifications: causes.chain([many]).collect(),
        }
    }
}

/// A rule, or a kind of notification.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    id: String,
    name: String,
    short_description: Phrase,
    full_description: Phrase,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Phrase>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Properties {
    tags: Vec<String>,
    precision: &'static str,
}

impl Descriptor {
    fn plain(id: &str, title: String) -> Self {
        Self {
            id: id.to_owned(),
            name: pascal(id),
            short_description: Phrase::new(title.clone()),
            full_description: Phrase::new(title.clone()),
            help: Some(Phrase {
                markdown: Some(title.clone()),
                text: title,
            }),
            default_configuration: None,
            properties: None,
        }
    }

    pub(super) fn of_rule(id: &str, rule: &RuleRecord) -> Self {
        let (pack, _) = id.split_once('/').unwrap_or((id, ""));
        let mut text = vec![sentence(&rule.help)];
        let mut markdown = vec![
            format!("**{}**", sentence(&rule.help)),
            rule.explain.clone(),
        ];
        for authority in &rule.authority {
            text.push(format!("Authority: {authority}."));
            markdown.push(format!("- {authority}"));
        }
        text.retain(|line| !line.is_empty());
        markdown.retain(|part| !part.trim_matches('*').is_empty());
        if text.is_empty() {
            text.push(sentence(&rule.title));
        }
        let explain = rule
            .explain
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let full = if explain.is_empty() {
            sentence(&rule.title)
        } else {
            explain
        };
        Self {
            id: id.to_owned(),
            name: pascal(id),
            short_description: Phrase::new(sentence(&rule.title)),
            full_description: Phrase::new(full),
            help: Some(Phrase {
                text: text.join(" "),
                markdown: Some(markdown.join("\n\n")),
            }),
            default_configuration: Some(Configuration {
                level: super::level(rule.severity),
            }),
            properties: Some(Properties {
                tags: tags(pack, rule.severity),
                precision: precision(rule.confidence),
            }),
        }
    }
}

fn tags(pack: &str, severity: Severity) -> Vec<String> {
    let kind = match severity {
        Severity::Error | Severity::Warning => "security",
        Severity::Advice => "maintainability",
    };
    [kind, "classification-marking", pack]
        .map(str::to_owned)
        .to_vec()
}

const fn precision(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Certain => "very-high",
        Confidence::Likely => "high",
        Confidence::Possible => "medium",
    }
}

/// `telegram/portion-above-header` as `TelegramPortionAboveHeader`.
fn pascal(id: &str) -> String {
    let words = id.split(['/', '-']).map(|word| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    words.collect()
}

/// A line as a sentence.
fn sentence(line: &str) -> String {
    let line = line.trim();
    let mut letters = line.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let first: String = first.to_uppercase().collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

#[derive(Debug, Serialize)]
pub(super) struct Notification {
    level: &'static str,
    descriptor: Reference,
    message: Phrase,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Debug, Serialize)]
struct Reference {
    id: String,
}

impl Notification {
    pub(super) fn new(
        level: &'static str,
        id: String,
        text: String,
        location: Option<Location>,
    ) -> Self {
        Self {
            level,
            descriptor: Reference { id },
            message: Phrase::new(text),
            locations: location.into_iter().collect(),
        }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
    pub(super) exit_code: u8,
}

/// A folder that addresses begin at.
#[derive(Debug, Serialize)]
pub(super) struct Base {
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'static str>,
    description: Phrase,
}

/// The folders that addresses begin at.
pub(super) fn bases(elsewhere: bool) -> BTreeMap<&'static str, Base> {
    let base = |uri, text: &str| Base {
        uri,
        description: Phrase::new(text.to_owned()),
    };
    let here = base(None, "The folder that caveat ran in.");
    let root = elsewhere.then(|| base(Some("file:///"), "The root of the file system."));
    let root = root.map(|root| (super::ROOT, root));
    std::iter::once((super::HERE, here)).chain(root).collect()
}

#[cfg(test)]
mod tests {
    use super::{pascal, sentence};

    #[test]
    fn ids_become_names_and_lines_sentences() {
        assert_eq!(pascal("house/ends-early"), "HouseEndsEarly");
        assert_eq!(sentence("a line ends early"), "A line ends early.");
        assert_eq!(sentence(""), "");
    }
}
