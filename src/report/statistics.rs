//! Counts by rule, by severity and by level, for those who ask for them.

use super::Summary;
use crate::diagnostic::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// What stands in place of the level of drafts that have none.
const UNMARKED: &str = "no level";

/// Counts by rule and by level; by severity the summary has them.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Statistics {
    /// Rules that found something, the heaviest and most frequent first.
    pub rules: Vec<RuleCount>,
    /// Levels of the drafts that were examined, those with most findings first.
    pub levels: Vec<LevelCount>,
}

/// What a rule found.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RuleCount {
    /// Its id.
    pub rule: String,
    /// The highest weight that one of its findings has.
    pub severity: Severity,
    /// Its findings.
    pub count: usize,
}

/// What was found in drafts of a level.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LevelCount {
    /// The level of their marking; null for those without one.
    pub level: Option<String>,
    /// The drafts.
    pub documents: usize,
    /// Their findings.
    pub diagnostics: usize,
}

impl Statistics {
    /// Those of a run.
    pub(super) fn of(summary: &Summary) -> Self {
        let rules = summary.rules.iter();
        let mut rules: Vec<RuleCount> = rules
            .map(|(rule, &(severity, count))| RuleCount {
                rule: rule.clone(),
                severity,
                count,
            })
            .collect();
        // What stands first in the map stays first among equals.
        rules.sort_by_key(|one| Reverse((one.severity, one.count)));
        let levels = summary.levels.iter();
        let mut levels: Vec<LevelCount> = levels
            .map(|(level, &(documents, diagnostics))| LevelCount {
                level: level.clone(),
                documents,
                diagnostics,
            })
            .collect();
        levels.sort_by_key(|one| Reverse((one.diagnostics, one.documents)));
        Self { rules, levels }
    }

    /// A table for people, line by line.
    pub(super) fn lines(&self, summary: &Summary) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.rules.is_empty() {
            lines.push("by rule".to_owned());
        }
        for RuleCount {
            rule,
            severity,
            count,
        } in &self.rules
        {
            lines.push(format!("{count:>7} {:<7} {rule}", severity.word()));
        }
        lines.push("by severity".to_owned());
        for (severity, count) in [
            (Severity::Error, summary.errors),
            (Severity::Warning, summary.warnings),
            (Severity::Advice, summary.advice),
        ] {
            lines.push(format!("{count:>7} {}", severity.word()));
        }
        lines.push("by level of the draft".to_owned());
        for LevelCount {
            level,
            documents,
            diagnostics,
        } in &self.levels
        {
            let level = level.as_deref().unwrap_or(UNMARKED);
            let drafts = if *documents == 1 { "draft" } else { "drafts" };
            lines.push(format!("{diagnostics:>7} in {documents} {drafts}: {level}"));
        }
        lines
    }
}
