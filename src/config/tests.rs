//! What files say of a draft, resolved from a folder on disk.

use super::{LayerKind, Project, Resolver, Start};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Setting;
use crate::fingerprint::Fingerprint;
use crate::text::Span;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Files below a scratch folder, and the configuration of its root with what was typed.
fn resolved(files: &[(&str, &str)], typed: &str) -> (tempfile::TempDir, Arc<Project>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut start = Start::default();
    folder.path().clone_into(&mut start.folder);
    start.add_typed(LayerKind::CommandLine, "command line", typed.to_owned());
    let mut resolver = Resolver::new(start);
    let project = resolver.project(folder.path());
    let problems = resolver.problems();
    assert!(problems.is_empty(), "{problems:?}");
    (folder, project.unwrap())
}

/// What is said of a rule in a draft.
fn setting(project: &Project, draft: &Path, rule: usize) -> Setting {
    let settings = project.settings(draft);
    let setting = settings.options.settings.get(rule);
    setting.copied().unwrap_or_default()
}

/// Two rules of one pack, by their places and ids.
fn two_rules() -> [(usize, String); 2] {
    let rules = crate::rules::RuleSet::shipped().unwrap();
    let ids: Vec<String> = rules.ids().map(str::to_owned).collect();
    let pack = |id: &str| id.split_once('/').unwrap().0.to_owned();
    let second = (1..ids.len())
        .find(|&at| pack(&ids[at]) == pack(&ids[at - 1]))
        .unwrap();
    [second - 1, second].map(|at| (at, ids[at].clone()))
}

#[test]
fn the_longest_name_wins_and_a_later_source_wins_for_the_same_name() {
    let [(first, one), (second, _)] = two_rules();
    let pack = one.split_once('/').unwrap().0;
    let base = format!("[rules]\n'{one}' = 'error'\n'{pack}/*' = 'off'\n");
    let own = format!("extend = 'base.toml'\n[rules]\n'{pack}/*' = 'advice'\n'*' = 'off'\n");
    let (folder, project) = resolved(&[("base.toml", &base), ("caveat.toml", &own)], "");
    let draft = folder.path().join("a.txt");
    assert_eq!(
        setting(&project, &draft, first),
        Setting::Fixed(Severity::Error)
    );
    assert_eq!(
        setting(&project, &draft, second),
        Setting::Fixed(Severity::Advice)
    );
}

#[test]
fn an_override_goes_before_the_file_and_what_was_typed_before_both() {
    let [(first, one), (second, two)] = two_rules();
    let pack = one.split_once('/').unwrap().0;
    let own = format!(
        "redact = true\nas-of = 1990-01-01\n[rules]\n'{one}' = 'error'\n\n\
         [[override]]\nfiles = ['old/**']\nas-of = 1980-01-01\n[override.rules]\n'{pack}/*' = 'advice'\n\n\
         [[override]]\nfiles = ['old/oldest/**']\nas-of = 1970-01-01\n"
    );
    let typed = format!("redact = false\n[rules]\n'{two}' = 'off'\n");
    let (folder, project) = resolved(&[("caveat.toml", &own)], &typed);
    let at = |path: &str| folder.path().join(path);
    let day = |path: &str| {
        project
            .settings(&at(path))
            .options
            .as_of
            .unwrap()
            .to_string()
    };
    assert_eq!(day("a.txt"), "1990-01-01");
    assert_eq!(day("old/a.txt"), "1980-01-01");
    assert_eq!(day("old/oldest/a.txt"), "1970-01-01");
    assert!(!project.settings(&at("a.txt")).redact);
    assert_eq!(
        setting(&project, &at("a.txt"), first),
        Setting::Fixed(Severity::Error)
    );
    assert_eq!(
        setting(&project, &at("old/a.txt"), first),
        Setting::Fixed(Severity::Advice)
    );
    assert_eq!(setting(&project, &at("old/a.txt"), second), Setting::Off);
}

#[test]
fn selection_has_the_last_word() {
    let [(first, one), (second, two)] = two_rules();
    let own = format!("[rules]\n'*' = 'off'\n'{two}' = 'advice'\n");
    let files = [("caveat.toml", own.as_str())];
    let (folder, project) = resolved(&files, &format!("select = ['{one}']\n"));
    let draft = folder.path().join("a.txt");
    assert_eq!(setting(&project, &draft, first), Setting::On);
    assert_eq!(setting(&project, &draft, second), Setting::Off);
    let (folder, project) = resolved(
        &files,
        &format!("extend-select = ['{one}']\nignore = ['{two}']\n"),
    );
    let draft = folder.path().join("a.txt");
    assert_eq!(setting(&project, &draft, first), Setting::On);
    assert_eq!(setting(&project, &draft, second), Setting::Off);
}

#[test]
fn lists_are_replaced_and_extend_lists_add_up() {
    let base = "exclude = ['*.old']\nextend-exclude = ['*.tmp']\n";
    let own = "extend = ['base.toml']\nexclude = ['*.bak']\nextend-exclude = ['*.log']\n";
    let (folder, project) = resolved(&[("base.toml", base), ("caveat.toml", own)], "");
    let excluded = |name: &str| project.excluded(&folder.path().join(name), None).is_some();
    assert!(excluded("a.bak") && excluded("a.tmp") && excluded("a.log"));
    assert!(!excluded("a.old") && !excluded("a.txt"));
}

#[test]
fn what_excludes_a_named_folder_does_not_count_below_it() {
    let own = "exclude = ['archive', '*.bak']\n";
    let (folder, project) = resolved(&[("caveat.toml", own)], "");
    let root = folder.path().join("archive");
    assert!(project.excluded(&root.join("a.txt"), None).is_some());
    assert!(project.excluded(&root.join("a.txt"), Some(&root)).is_none());
    assert!(project.excluded(&root.join("a.bak"), Some(&root)).is_some());
}

#[test]
fn an_unused_entry_is_told_only_where_everything_was_gone_through() {
    let own = "[[allow]]\nrule = '*'\npath = 'a.txt'\nreason = 'x'\n";
    let (folder, project) = resolved(&[("caveat.toml", own)], "");
    assert!(project.remarks(|_| false, |_| true).is_empty());
    let remarks = project.remarks(|base| base == folder.path(), |_| true);
    let found = &remarks.first().unwrap().findings;
    assert_eq!(found.len(), 1);
    assert_eq!(&*found.first().unwrap().rule, "config/unused-allow");
    let finding = Diagnostic::new("any/rule".into(), Span::at(0));
    assert!(
        project
            .allowed(&folder.path().join("a.txt"), &finding)
            .is_some()
    );
    assert!(project.remarks(|_| true, |_| true).is_empty());
}

#[test]
fn an_entry_with_a_fingerprint_takes_out_that_finding_alone() {
    let known = Fingerprint::of(["one"]);
    let own = format!("[[allow]]\nrule = '*'\npath = '**'\nreason = 'x'\nmatch = '{known}'\n");
    let (folder, project) = resolved(&[("caveat.toml", &own)], "");
    let draft = folder.path().join("a.txt");
    let mut finding = Diagnostic::new("any/rule".into(), Span::at(0));
    assert!(project.allowed(&draft, &finding).is_none());
    let unused = project.remarks(|_| true, |_| true);
    assert_eq!(&*unused[0].findings[0].rule, "config/unused-allow");
    finding.fingerprint = known;
    assert!(project.allowed(&draft, &finding).is_some());
    assert!(project.remarks(|_| true, |_| true).is_empty());
}
