//! Totals by level, rule and folder, each a table with bars.

use crate::diagnostic::Severity;
use crate::report::{DraftRecord, Ending, RuleRecord, Summary, one_line};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// Folders that are told apart; beyond that they are counted by the folder above.
const FOLDERS: usize = 400;

/// Rows of a table of totals that a page shows.
const SHOWN: usize = 25;

/// What is counted of drafts with something in common.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    drafts: usize,
    findings: usize,
    errors: usize,
}

impl Count {
    const fn add(&mut self, other: Self) {
        self.drafts += other.drafts;
        self.findings += other.findings;
        self.errors += other.errors;
    }
}

/// Counts for the head of the page.
#[derive(Debug)]
pub(super) struct Totals {
    levels: BTreeMap<String, Count>,
    folders: BTreeMap<String, Count>,
    /// Names of a folder's path that are told apart.
    depth: usize,
}

impl Default for Totals {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            folders: BTreeMap::new(),
            depth: usize::MAX,
        }
    }
}

impl Totals {
    pub(super) fn draft(&mut self, draft: &DraftRecord) {
        let count = Count {
            drafts: 1,
            findings: draft.findings.len(),
            errors: draft.count(Severity::Error),
        };
        let document = &draft.document;
        let level = document.level.as_deref().unwrap_or("no level");
        self.levels.entry(level.to_owned()).or_default().add(count);
        let folder = folder(&document.path, self.depth);
        self.folders.entry(folder).or_default().add(count);
        while self.folders.len() > FOLDERS && self.depth > 1 {
            self.gather();
        }
    }

    /// Counts by the folders one step higher.
    fn gather(&mut self) {
        let deepest = self
            .folders
            .keys()
            .map(|path| path.split('/').count())
            .max();
        self.depth = deepest.unwrap_or(1).saturating_sub(1).max(1);
        for (path, count) in std::mem::take(&mut self.folders) {
            let names: Vec<&str> = path.split('/').take(self.depth).collect();
            self.folders.entry(names.join("/")).or_default().add(count);
        }
    }

    pub(super) fn markup(&self, rules: &BTreeMap<String, RuleRecord>, summary: &Summary) -> Markup {
        html! {
            section {
                h2 { "Findings by severity" }
                (severities(summary))
                (self::rules(rules, summary))
            }
            div.pair {
                section { h2 { "Drafts by level" } (counts("Level", &self.levels, |count| count.drafts)) }
                section { h2 { "Findings by folder" } (counts("Folder", &self.folders, |count| count.findings)) }
            }
        }
    }
}

/// The folder of a path, as far as folders are told apart.
fn folder(path: &str, depth: usize) -> String {
    let mut names: Vec<&str> = path.split('/').collect();
    names.pop();
    names.truncate(depth);
    if names.is_empty() {
        ".".to_owned()
    } else {
        names.join("/")
    }
}

/// The sentence at the top.
pub(super) fn verdict(ending: &Ending<'_>) -> Markup {
    let bad = ending.code != 0;
    html! {
        @for (index, sentence) in ending.sentences.iter().enumerate() {
            p.lead.bad[bad && index == 0] { (one_line(sentence)) }
        }
    }
}

/// One bar of all findings.
fn severities(summary: &Summary) -> Markup {
    let parts = [
        ("error", summary.errors),
        ("warning", summary.warnings),
        ("advice", summary.advice),
    ];
    let all = summary.findings().max(1);
    let mut start = 0;
    let bars = parts.map(|(class, count)| {
        let from = start;
        start += count;
        (class, share(from, all), share(count, all))
    });
    html! {
        svg.whole viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="Share of errors, warnings and advice" {
            @for (class, x, width) in bars { rect class=(class) x=(x) y="0" width=(width) height="10" {} }
        }
    }
}

/// So many thousandths.
fn share(count: usize, all: usize) -> usize {
    (count * 1000).checked_div(all).unwrap_or(0)
}

fn bar(class: &str, count: usize, most: usize) -> Markup {
    html! {
        svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            rect class=(class) x="0" y="0" width=(share(count, most)) height="10" {}
        }
    }
}

/// Every rule that found something, the heaviest first.
fn rules(known: &BTreeMap<String, RuleRecord>, summary: &Summary) -> Markup {
    let mut rules: Vec<_> = summary.rules.iter().collect();
    rules.sort_by_key(|&(id, &(severity, count))| (std::cmp::Reverse((severity, count)), id));
    let most = rules.iter().map(|(_, entry)| entry.1).max().unwrap_or(0);
    html! {
        table {
            thead { tr { th.n { "Findings" } th.bar { span.soft { "Share" } } th.w3 { "Rule" } th { "What is wrong" } th.w3 { "Authority" } } }
            tbody {
                @for (id, (severity, count)) in rules {
                    @let rule = known.get(id);
                    tr {
                        td.n { (count) }
                        td { (bar(severity.word(), *count, most)) }
                        td { code { (id) } }
                        td { (rule.map_or("", |rule| rule.title.as_str())) }
                        td.soft { (rule.map(|rule| rule.authority.join("; ")).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

fn counts(of: &str, counts: &BTreeMap<String, Count>, key: fn(&Count) -> usize) -> Markup {
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|&(name, count)| (std::cmp::Reverse(key(count)), name));
    let most = rows.iter().map(|(_, count)| key(count)).max().unwrap_or(0);
    let more = rows.len().saturating_sub(SHOWN);
    html! {
        table {
            thead { tr { th { (of) } th.bar { "Share" } th.n { "Drafts" } th.n { "Findings" } th.n { "Errors" } } }
            tbody {
                @for (name, count) in rows.iter().take(SHOWN) {
                    tr {
                        td { (one_line(name)) }
                        td { (bar("bar", key(count), most)) }
                        td.n { (count.drafts) } td.n { (count.findings) } td.n { (count.errors) }
                    }
                }
            }
        }
        @if more > 0 { p.soft { "and " (more) " more" } }
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, FOLDERS, Totals, folder};

    #[test]
    fn a_folder_is_the_path_without_its_last_name() {
        assert_eq!(folder("a/b/c.txt", usize::MAX), "a/b");
        assert_eq!(folder("a/b/c.txt", 1), "a");
        assert_eq!(folder("c.txt", usize::MAX), ".");
    }

    #[test]
    fn many_folders_are_counted_by_those_above_and_none_is_lost() {
        let mut totals = Totals::default();
        for number in 0..FOLDERS * 2 {
            let path = format!("a/{}/{number}", number % 7);
            let one = Count {
                drafts: 1,
                ..Count::default()
            };
            totals.folders.entry(path).or_default().add(one);
        }
        totals.gather();
        assert_eq!(totals.folders.len(), 7);
        let drafts: usize = totals.folders.values().map(|count| count.drafts).sum();
        assert_eq!(drafts, FOLDERS * 2);
    }
}
