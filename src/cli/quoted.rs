//! How high a report is classified by the drafts that it quotes.

use crate::audit::Examined;
use crate::marking::{LevelId, Scheme};
use std::cmp::Ordering;

/// The highest levels of the drafts that a report quotes: more than one where they do not compare.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    levels: Vec<Level>,
}

#[derive(Debug, Clone)]
struct Level {
    scheme: String,
    id: LevelId,
    name: String,
    /// Every level of its scheme that lies below it or is as high.
    not_above: Vec<LevelId>,
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

    /// Adds what another part of the report quotes.
    pub(super) fn join(&mut self, other: &Self) {
        for level in &other.levels {
            let covers = |over: &Level, under: &Level| {
                over.scheme == under.scheme && over.not_above.contains(&under.id)
            };
            if self.levels.iter().any(|known| covers(known, level)) {
                continue;
            }
            self.levels.retain(|known| !covers(level, known));
            self.levels.push(level.clone());
        }
        self.levels
            .sort_by(|left, right| (&left.scheme, left.id).cmp(&(&right.scheme, right.id)));
    }

    /// The line for top and bottom of the report; `None` where it quotes nothing that is marked.
    pub(super) fn banner(&self) -> Option<String> {
        let names: Vec<&str> = self
            .levels
            .iter()
            .map(|level| level.name.as_str())
            .collect();
        (!names.is_empty()).then(|| format!("this report quotes drafts up to {}", names.join(", ")))
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
        id,
        name: scheme.level(id).name.clone(),
        not_above: below.map(|(id, _)| id).collect(),
    }
}
