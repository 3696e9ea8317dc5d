//! Configurations, with the files they build on: every problem lies in its file, and a sound one answers
//! every question about a draft.

use super::chosen;
use super::places::{lies_in, problems_lie_in_their_files};
use caveat::config::{Project, Resolver, Start, Tree};
use caveat::diagnostic::Diagnostic;
use caveat::text::Span;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What parts the files of an input: a line of this alone.
const BETWEEN: &str = "\n#---\n";

/// Names of the files of an input.
const NAMES: [&str; 4] = [
    "caveat.toml",
    "other.toml",
    "pack/rules.toml",
    "caveat-baseline.json",
];

/// Inputs after which everything that was kept is given up.
const KEPT: usize = 400;

/// Files in memory.
#[derive(Debug, Default)]
struct Files(Mutex<BTreeMap<PathBuf, Vec<u8>>>);

impl Files {
    fn with<A>(&self, room: impl FnOnce(&mut BTreeMap<PathBuf, Vec<u8>>) -> A) -> A {
        room(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Tree for Files {
    fn is_file(&self, path: &Path) -> bool {
        self.with(|files| files.contains_key(path))
    }

    fn is_root(&self, folder: &Path) -> bool {
        folder.parent() == Some(Path::new("/"))
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>> {
        let found = self.with(|files| files.get(path).cloned());
        found.ok_or_else(|| Error::from(ErrorKind::NotFound))
    }

    fn toml_files(&self, folder: &Path) -> std::result::Result<Vec<PathBuf>, (PathBuf, Error)> {
        let is_in = |path: &&PathBuf| path.starts_with(folder) && caveat::config::is_toml(path);
        let found: Vec<PathBuf> = self.with(|files| files.keys().filter(is_in).cloned().collect());
        if found.is_empty() {
            return Err((folder.to_owned(), Error::from(ErrorKind::NotFound)));
        }
        Ok(found)
    }
}

/// A resolver over files in memory. Loading the shipped packs costs more than all else, so that one serves
/// many inputs, each in a folder of its own.
struct Kept {
    files: Arc<Files>,
    resolver: Resolver,
    inputs: usize,
}

impl Kept {
    fn new() -> Self {
        let files = Arc::new(Files::default());
        let mut start = Start::default();
        start.folder = PathBuf::from("/");
        start.today = jiff::civil::date(2019, 6, 1);
        start.tree = Some(Arc::clone(&files) as Arc<dyn Tree>);
        Self {
            files,
            resolver: Resolver::new(start),
            inputs: 0,
        }
    }
}

pub(super) fn run(bytes: &[u8]) {
    thread_local! {
        static KEPT_SO_FAR: RefCell<Kept> = RefCell::new(Kept::new());
    }
    KEPT_SO_FAR.with_borrow_mut(|kept| {
        kept.inputs += 1;
        if kept.inputs > KEPT {
            *kept = Kept::new();
        }
        let folder = PathBuf::from(format!("/{}", kept.inputs));
        let (pick, bytes) = chosen(bytes);
        let text = super::text(bytes);
        for (name, text) in NAMES.into_iter().zip(text.splitn(NAMES.len(), BETWEEN)) {
            kept.files
                .with(|files| files.insert(folder.join(name), text.into()));
        }
        let found = kept.resolver.project(&folder);
        let problems = kept.resolver.problems();
        problems_lie_in_their_files(&problems);
        assert_eq!(
            found.is_none(),
            !problems.is_empty(),
            "refused without a reason, or taken with one"
        );
        if let Some(project) = found {
            answers(&project, &folder, pick);
        }
        kept.files.with(BTreeMap::clear);
    });
}

/// Asks about some drafts whatever can be asked.
fn answers(project: &Arc<Project>, folder: &Path, pick: usize) {
    let paths = [
        "a.txt",
        "archive/2009/b.txt",
        "archive",
        "\u{e9}/c.md",
        "pack/rules.toml",
    ];
    let rules = project.rules().ids();
    let all = rules.len();
    let id: Arc<str> = rules
        .into_iter()
        .nth(pick % all)
        .expect("there are rules")
        .into();
    for path in paths.map(|path| folder.join(path)) {
        let settings = project.settings(&path);
        assert!(settings.options.settings.len() <= all);
        assert!(project.shown(&path).iter().all(|row| !row.key.is_empty()));
        let left_out = project
            .excluded(&path, Some(folder))
            .or(project.not_included(&path));
        assert!(left_out.is_none_or(|why| !why.is_empty()));
        let finding = Diagnostic::new(Arc::clone(&id), Span::at(0));
        let is_allowed = project.allowed(&path, &finding);
        assert_eq!(is_allowed, project.allowed(&path, &finding));
    }
    for remarked in project.remarks(|_| true, |_| false) {
        for found in &remarked.findings {
            lies_in(found.primary, remarked.source.text(), &found.rule);
        }
    }
}
