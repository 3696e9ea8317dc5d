//! The configuration of each open draft: found as `check` finds it, read anew when a file of it changes.

use super::documents::Outcome;
use super::uri;
use crate::audit::judge;
use crate::config::{COMMAND_LINE, ENVIRONMENT, FILE_NAMES, Project, Resolver, Settings};
use crate::problem::PackProblem;
use crate::text::Source;
use gen_lsp_types::Uri;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

/// When a file was last written, and its length; `None` where there is none.
type Stamp = Option<(SystemTime, u64)>;

/// Every configuration that holds for an open draft.
pub(super) struct Workspace {
    resolver: Resolver,
    /// Folders that are open in the editor.
    pub(super) roots: Vec<PathBuf>,
    /// The last sound configuration of each folder: it holds while a file of it is broken.
    good: HashMap<PathBuf, Arc<Project>>,
    /// What is wrong in files of the configuration, by file.
    problems: BTreeMap<PathBuf, Vec<PackProblem>>,
    /// What is wrong in what was typed.
    typed: Vec<String>,
    /// Every file that a configuration was read from or would be, as it was then.
    stamps: BTreeMap<PathBuf, Stamp>,
    /// Folders whose files are among the stamps.
    known: BTreeSet<PathBuf>,
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Workspace")
            .field("roots", &self.roots)
            .finish_non_exhaustive()
    }
}

impl Workspace {
    pub(super) fn new(resolver: Resolver, roots: Vec<PathBuf>) -> Self {
        Self {
            resolver,
            roots,
            good: HashMap::new(),
            problems: BTreeMap::new(),
            typed: Vec::new(),
            stamps: BTreeMap::new(),
            known: BTreeSet::new(),
        }
    }

    /// Where a draft lies: its file, or the first open folder for a buffer that is none.
    pub(super) fn place(&self, uri: &Uri) -> PathBuf {
        let path = uri::path(uri).unwrap_or_else(|| {
            let root = self.roots.first().cloned().unwrap_or_default();
            root.join(uri::name(uri))
        });
        self.resolver.absolute(&path)
    }

    /// Reads and judges a draft, with the findings that `check` has.
    pub(super) fn examine(&mut self, uri: &Uri, text: &str) -> Outcome {
        let place = self.place(uri);
        let Some(project) = self.project(place.parent().unwrap_or(&place)) else {
            return Outcome::Refused("not examined: the configuration is broken".to_owned());
        };
        let is_configuration = place.file_name().is_some_and(|name| {
            FILE_NAMES.iter().any(|known| name == *known) || project.is_read_from(&place)
        });
        let left_out = project.excluded(&place, None).is_some()
            || project.not_included(&place).is_some()
            || project.is_of_a_pack(&place);
        if is_configuration || left_out {
            return Outcome::NoDraft;
        }
        // The editor has the whole text: what is shown beside it gives nothing away.
        let settings = Settings {
            redact: false,
            ..Settings::clone(&project.settings(&place))
        };
        if text.len() as u64 > settings.largest {
            let most = settings.largest;
            let why = format!("not examined: more than the {most} bytes of `max-file-size`");
            return Outcome::Refused(why);
        }
        let name = place.to_string_lossy().into_owned();
        let source = Source::from_text(name, text);
        let examined = judge(source, &place, &project, &Arc::new(settings));
        Outcome::Examined(Rc::new(examined))
    }

    /// The configuration of drafts in a folder: while it is broken, the last sound one.
    pub(super) fn project(&mut self, folder: &Path) -> Option<Arc<Project>> {
        let project = self.resolver.project(folder);
        if self.known.insert(folder.to_owned()) {
            self.note(folder, project.as_deref());
        }
        match project {
            Some(project) => {
                self.good.insert(folder.to_owned(), Arc::clone(&project));
                Some(project)
            }
            None => self.good.get(folder).cloned(),
        }
    }

    /// What is wrong in each file of a configuration.
    pub(super) const fn problems(&self) -> &BTreeMap<PathBuf, Vec<PackProblem>> {
        &self.problems
    }

    /// What is wrong in what was typed, to be told once.
    pub(super) fn typed_problems(&mut self) -> Vec<String> {
        std::mem::take(&mut self.typed)
    }

    /// Whether a file of a configuration is not as it was read.
    pub(super) fn is_stale(&self) -> bool {
        self.stamps.iter().any(|(path, old)| stamp(path) != *old)
    }

    /// Forgets what was read, so that it is read anew.
    pub(super) fn reload(&mut self, resolver: Resolver) {
        self.resolver = resolver;
        self.problems.clear();
        self.typed.clear();
        self.stamps.clear();
        self.known.clear();
    }

    /// Remembers what the configuration of a folder rests on, and what is wrong in it.
    fn note(&mut self, folder: &Path, project: Option<&Project>) {
        let mut files = Vec::new();
        for above in folder.ancestors() {
            files.extend(FILE_NAMES.iter().map(|name| above.join(name)));
            if above.join(".git").exists() {
                break;
            }
        }
        if let Some(project) = project {
            let layers = project.layers().iter();
            files.extend(layers.filter_map(|layer| layer.path.clone()));
            for file in project.pack_files().iter().filter(|file| file.house) {
                let path = self.resolver.absolute(Path::new(&file.path));
                // A folder is written when a file comes or goes.
                files.extend(path.parent().map(Path::to_owned));
                files.push(path);
            }
        }
        for problem in self.resolver.problems() {
            if matches!(problem.file(), COMMAND_LINE | ENVIRONMENT) {
                self.typed.push(problem.to_string());
                continue;
            }
            let path = self.resolver.absolute(Path::new(problem.file()));
            files.push(path.clone());
            self.problems.entry(path).or_default().push(problem);
        }
        for path in files {
            let now = stamp(&path);
            self.stamps.entry(path).or_insert(now);
        }
    }
}

fn stamp(path: &Path) -> Stamp {
    let facts = std::fs::metadata(path).ok()?;
    Some((facts.modified().ok()?, facts.len()))
}
