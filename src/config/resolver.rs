//! Which configuration a draft falls under: the nearest file above it, and what was typed.

use super::known::KnownFindings;
use super::layer::{Chain, Layer, LayerKind, lexical, shown};
use super::packs::{Loaded, Pack};
use super::policy::Policy;
use super::project::Project;
use super::tree::{Disk, Tree};
use crate::baseline::Baseline;
use crate::problem::{PackProblem, TextFile};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Names of a configuration file, the first of which wins.
pub const FILE_NAMES: [&str; 2] = ["caveat.toml", ".caveat.toml"];

/// Where the user keeps settings for drafts above which no file lies, below the home folder.
const OF_THE_USER: &str = ".config/caveat/caveat.toml";

/// What the search starts from.
#[derive(Debug, Default)]
pub struct Start {
    /// The working folder.
    pub folder: PathBuf,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// Today, by which `[[allow]]` entries run out.
    pub today: Date,
    /// Files in place of those above the drafts.
    pub files: Vec<PathBuf>,
    /// Whether no file is read that is not named.
    pub isolated: bool,
    /// Whether no baseline is read: it is about to be written.
    pub without_baseline: bool,
    /// Where the policy of the machine lies, if it has one.
    pub policy: Option<PathBuf>,
    /// More policies. They add to that of the machine, and take nothing from it.
    pub policies: Vec<PathBuf>,
    /// Where files above the drafts are looked for, if not on the disk. Files that are named, and what they
    /// build on, are always read from the disk.
    pub tree: Option<Arc<dyn Tree>>,
    /// Environment and command line, lowest first.
    typed: Vec<Layer>,
    /// What is wrong in them.
    problems: Vec<PackProblem>,
}

/// Finds and keeps the configuration of each folder, and every problem on the way.
#[derive(Debug)]
pub struct Resolver {
    start: Start,
    tree: Arc<dyn Tree>,
    typed: Vec<Arc<Layer>>,
    by_folder: HashMap<PathBuf, Option<Arc<Project>>>,
    by_file: BTreeMap<Option<PathBuf>, Option<Arc<Project>>>,
    loaded: Loaded,
    baselines: HashMap<PathBuf, Arc<Baseline>>,
    policies: Vec<Arc<Policy>>,
    /// What is wrong with the policies: while something is, nothing is judged.
    broken: Vec<PackProblem>,
    problems: Vec<PackProblem>,
}

impl Resolver {
    /// Nothing is read yet.
    pub fn new(mut start: Start) -> Self {
        let typed = std::mem::take(&mut start.typed);
        let problems = std::mem::take(&mut start.problems);
        let tree = start.tree.take().filter(|_| start.files.is_empty());
        let (policies, broken) = policies(&start);
        Self {
            baselines: HashMap::new(),
            policies,
            broken,
            loaded: Loaded::default(),
            start,
            tree: tree.unwrap_or_else(|| Arc::new(Disk)),
            typed: typed.into_iter().map(Arc::new).collect(),
            by_folder: HashMap::new(),
            by_file: BTreeMap::new(),
            problems,
        }
    }

    /// The path from the root of the file system.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        lexical(&self.start.folder.join(path))
    }

    /// What [`Self::project`] gave for a folder, where it was asked.
    pub fn known(&self, folder: &Path) -> Option<Option<Arc<Project>>> {
        self.by_folder.get(folder).cloned()
    }

    /// The configuration of drafts in a folder, given from the root of the file system; `None` where it
    /// is broken, which is then among the problems.
    pub fn project(&mut self, folder: &Path) -> Option<Arc<Project>> {
        if let Some(project) = self.by_folder.get(folder) {
            return project.clone();
        }
        let project = if self.start.isolated || !self.start.files.is_empty() {
            self.of_file(None)
        } else if let Some(file) = configuration_in(&*self.tree, folder) {
            self.of_file(Some(file))
        } else {
            match folder.parent() {
                Some(above) if !self.tree.is_root(folder) => self.project(above),
                _ => {
                    let home = self.start.home.as_deref();
                    let file = home.map(|home| home.join(OF_THE_USER));
                    self.of_file(file.filter(|file| self.tree.is_file(file)))
                }
            }
        };
        self.by_folder.insert(folder.to_owned(), project.clone());
        project
    }

    /// Every configuration that was needed so far.
    pub fn projects(&self) -> impl Iterator<Item = &Arc<Project>> {
        self.by_file.values().flatten()
    }

    /// Every problem so far, by file and place.
    pub fn problems(&mut self) -> Vec<PackProblem> {
        let key = |problem: &PackProblem| {
            let place = (problem.file().to_owned(), problem.offset());
            (place, problem.to_string())
        };
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by_cached_key(key);
        problems.dedup_by_key(|problem| key(problem));
        problems
    }

    fn of_file(&mut self, file: Option<PathBuf>) -> Option<Arc<Project>> {
        if let Some(project) = self.by_file.get(&file) {
            return project.clone();
        }
        let project = self.read(file.as_deref());
        self.by_file.insert(file, project.clone());
        project
    }

    fn read(&mut self, file: Option<&Path>) -> Option<Arc<Project>> {
        if !self.broken.is_empty() {
            self.problems.extend(self.broken.iter().cloned());
            return None;
        }
        let (tree, folder) = (Arc::clone(&self.tree), self.start.folder.clone());
        let mut chain = Chain::new(&*tree, &folder);
        let named = self.start.files.iter().map(|file| folder.join(file));
        let named: Vec<PathBuf> = named.collect();
        for file in file.into_iter().chain(named.iter().map(PathBuf::as_path)) {
            let asked = asked_for("--config", file, &folder);
            chain.read(file, &asked);
        }
        let before = self.problems.len();
        self.problems.append(&mut chain.problems);
        let mut layers = chain.layers;
        layers.extend(self.typed.iter().cloned());
        let mut packs = Pack::of(&layers);
        for pack in self
            .policies
            .iter()
            .flat_map(|policy| Pack::of_policy(policy))
        {
            if packs.iter().all(|own| own.folder != pack.folder) {
                packs.push(pack);
            }
        }
        let loaded = self
            .loaded
            .rules(&packs, (&*tree, &folder), &mut self.problems)?;
        let folders = packs.into_iter().map(|pack| pack.folder).collect();
        let held = (self.policies.as_slice(), self.start.today);
        let (mut project, problems) = Project::new(layers, loaded, folders, held);
        self.problems.extend(problems);
        if !self.start.without_baseline {
            let read = KnownFindings::read(&project, (&*tree, &folder), &mut self.baselines);
            project.known = read.unwrap_or_else(|problem| {
                self.problems.push(*problem);
                None
            });
        }
        (self.problems.len() == before).then(|| Arc::new(project))
    }
}

/// The policy of the machine and those that were named, and everything that is wrong with them.
fn policies(start: &Start) -> (Vec<Arc<Policy>>, Vec<PackProblem>) {
    let folder = start.folder.as_path();
    let of_the_machine = start
        .policy
        .iter()
        .map(|path| Policy::of_the_machine(path, folder));
    let named = start.policies.iter().map(|path| {
        let path = lexical(&folder.join(path));
        let asked = asked_for("--policy", &path, folder);
        Policy::read(&path, folder, &asked).map(Some)
    });
    let (mut policies, mut broken) = (Vec::new(), Vec::new());
    for read in of_the_machine.chain(named) {
        match read {
            Ok(policy) => policies.extend(policy.map(Arc::new)),
            Err(problems) => broken.extend(problems),
        }
    }
    (policies, broken)
}

/// The configuration file that lies in a folder.
fn configuration_in(tree: &dyn Tree, folder: &Path) -> Option<PathBuf> {
    let mut files = FILE_NAMES.iter().map(|name| folder.join(name));
    files.find(|file| tree.is_file(file))
}

/// The problem of a file that was asked for on the command line and cannot be read.
fn asked_for(flag: &str, file: &Path, folder: &Path) -> impl Fn(String) -> PackProblem {
    let name = shown(file, folder);
    move |message| {
        let text = format!("{flag} {name}\n");
        let place = flag.len() + 1..text.len() - 1;
        PackProblem::new(&TextFile::new(COMMAND_LINE, text), place, message)
    }
}

/// The name of what was typed, in problems.
pub const COMMAND_LINE: &str = "command line";

/// The name of what the environment says, in problems.
pub const ENVIRONMENT: &str = "environment";

impl Start {
    /// Adds what was typed as TOML; it goes before everything that was added earlier.
    pub fn add_typed(&mut self, kind: LayerKind, name: &str, text: String) {
        let (layer, problems) = Layer::typed(kind, name, text, &self.folder);
        self.typed.extend(layer);
        self.problems.extend(problems);
    }
}
