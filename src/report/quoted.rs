//! How high a report is classified by the drafts that it quotes.

use crate::audit::Examined;
use crate::marking::{LevelId, Scheme};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The highest levels of the drafts that a report quotes: more than one where they do not compare.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quoted {
    levels: Vec<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Level {
    scheme: String,
    name: String,
    /// Every level of its scheme that lies below it or is as high.
    not_above: Vec<String>,
}

impl Quoted {
    /// What a report quotes of a draft: nothing where there is no finding, or no text may be shown.
    pub(super) fn of(draft: &Examined) -> Self {
        let quotes = !draft.verdict.diagnostics.is_empty() && !draft.settings.redact;
        let header = draft.verdict.reading.header.as_ref();
        let used = header.and_then(|header| header.level);
        let level = used
            .filter(|_| quotes)
            .map(|used| level(draft.scheme(), used.level));
        Self {
            levels: level.into_iter().collect(),
        }
    }

    /// Whether nothing that is marked is quoted.
    pub(super) const fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Adds what another part of the report quotes.
    pub(super) fn join(&mut self, other: &Self) {
        for level in &other.levels {
            let covers = |over: &Level, under: &Level| {
                over.scheme == under.scheme && over.not_above.contains(&under.name)
            };
            if self.levels.iter().any(|known| covers(known, level)) {
                continue;
            }
            self.levels.retain(|known| !covers(level, known));
            self.levels.push(level.clone());
        }
        let key = |level: &Level| (level.scheme.clone(), level.name.clone());
        self.levels.sort_by_cached_key(key);
    }

    /// The levels in a line; `None` where nothing is quoted that is marked.
    pub(super) fn levels(&self) -> Option<String> {
        let names: Vec<&str> = self
            .levels
            .iter()
            .map(|level| level.name.as_str())
            .collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The line for top and bottom of the report; `None` where it quotes nothing that is marked.
    pub fn banner(&self) -> Option<String> {
        let levels = self.levels()?;
        Some(format!("this report quotes drafts up to {levels}"))
    }
}

fn level(scheme: &Scheme, id: LevelId) -> Level {
    let below = scheme.levels().filter(|&(other, _)| {
        matches!(
            scheme.compare(other, id),
            Some(Ordering::Less | Ordering::Equal)
        )
    });
    Level {
        scheme: scheme.name().to_owned(),
        name: scheme.level(id).name.to_string(),
        not_above: below.map(|(_, level)| level.name.to_string()).collect(),
    }
}
