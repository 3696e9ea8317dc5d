//! A configuration, resolved: what drafts are judged by that fall under one file.

use super::allow::Allow;
use super::file::{DraftKeys, OverrideEntry, Placed, RuleLevel, Words};
use super::keys::{check_keys, not_to_be_silenced, problems_of_name};
use super::known::KnownFindings;
use super::layer::{Layer, LayerKind};
use super::names::Known;
use super::packs::{LoadedFile, Packs};
use super::pattern_list::PatternList;
use super::policy::{Held, Policy};
use super::remark::{
    MARKING_MISSING, OVERRULED, RemarkKind, Remarked, STALE_BASELINE, UNMATCHED_PATTERN,
};
use super::settings::{LARGEST, Settings};
use super::severities::{marking_missing, severities};
use crate::ceiling::Ceiling;
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Options;
use crate::problem::PackProblem;
use crate::rules::RuleSet;
use crate::text::Source;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Keys that hold for a draft, and who says them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'p> {
    pub(super) keys: DraftKeys<'p>,
    pub(super) layer: &'p Layer,
    /// Whether a file says them of every draft.
    pub(super) of_file: bool,
}

/// What is said last of a key.
fn last<'p, T>(
    said: &[Said<'p>],
    key: impl Fn(&DraftKeys<'p>) -> Option<&'p Placed<T>>,
) -> Option<&'p T> {
    let mut said = said.iter().rev();
    said.find_map(|said| key(&said.keys)).map(Placed::value)
}

/// An `[[override]]` table.
#[derive(Debug)]
struct Override {
    files: PatternList,
    /// Which one of its layer.
    index: usize,
}

impl Override {
    fn entry(&self) -> Option<&OverrideEntry> {
        self.files.layer.content.overrides.get(self.index)
    }
}

/// What the settings of a draft hang on: the overrides that cover it, and whether a configuration and a
/// policy want it to be marked.
type Conditions = (Vec<usize>, [bool; 2]);

/// A configuration, resolved: what drafts are judged by that fall under one file.
#[derive(Debug)]
pub struct Project {
    pub(super) layers: Vec<Arc<Layer>>,
    loaded: Packs,
    pub(super) packs: Vec<PathBuf>,
    include: Option<PatternList>,
    excludes: Vec<PatternList>,
    require_marking: Option<PatternList>,
    overrides: Vec<Override>,
    pub(super) allows: Vec<Allow>,
    pub(super) known: Option<KnownFindings>,
    pub(super) held: Arc<Held>,
    settled: Mutex<HashMap<Conditions, Arc<Settings>>>,
}

impl Project {
    /// The sources, the last of which wins, over a rule set; and every problem in them.
    pub(super) fn new(
        layers: Vec<Arc<Layer>>,
        loaded: Packs,
        packs: Vec<PathBuf>,
        (policies, today): (&[Arc<Policy>], Date),
    ) -> (Self, Vec<PackProblem>) {
        let mut problems = Vec::new();
        let rules = Arc::clone(&loaded.rules);
        let (known, acc) = (Known::new(&rules), &mut problems);
        let held = Arc::new(Held::new(policies, &rules, &known, acc));
        for layer in &layers {
            check_keys(layer.content.draft_keys(), layer, &rules, &known, acc);
            for entry in &layer.content.overrides {
                check_keys(entry.draft_keys(), layer, &rules, &known, acc);
            }
        }
        let last = |key: fn(&Layer) -> Option<&Placed<Words>>| {
            let mut layers = layers.iter().rev();
            layers.find_map(|layer| key(layer).map(|words| (layer, words.value())))
        };
        let compiled = |found: Option<(&Arc<Layer>, &Words)>, acc: &mut Vec<PackProblem>| {
            found.and_then(|(layer, words)| PatternList::new(layer, words, acc))
        };
        let include = compiled(last(|layer| layer.content.include.as_ref()), acc);
        let require_marking = compiled(last(|layer| layer.content.require_marking.as_ref()), acc);
        let exclude = compiled(last(|layer| layer.content.exclude.as_ref()), acc);
        let mut excludes: Vec<PatternList> = exclude.into_iter().collect();
        let (mut overrides, mut allows) = (Vec::new(), Vec::new());
        for layer in &layers {
            let more = layer.content.extend_exclude.as_ref();
            excludes.extend(more.and_then(|more| PatternList::new(layer, more.value(), acc)));
            for (index, entry) in layer.content.overrides.iter().enumerate() {
                let files = PatternList::new(layer, entry.files.value(), acc);
                overrides.extend(files.map(|files| Override { files, index }));
            }
            for entry in &layer.content.allows {
                problems_of_name(&entry.rule, layer, &known, acc);
                acc.extend(not_to_be_silenced(&entry.rule, layer));
                allows.extend(Allow::new((layer, &rules), entry, today, acc));
            }
        }
        let project = Self {
            layers,
            loaded,
            packs,
            include,
            excludes,
            require_marking,
            overrides,
            allows,
            known: None,
            held,
            settled: Mutex::default(),
        };
        (project, problems)
    }

    /// The rules of the shipped packs and those of the house.
    pub fn rules(&self) -> &RuleSet {
        &self.loaded.rules
    }

    /// The files of every pack that is loaded.
    pub fn pack_files(&self) -> &[LoadedFile] {
        &self.loaded.files
    }

    /// The sources of settings, the last of which wins.
    pub fn layers(&self) -> &[Arc<Layer>] {
        &self.layers
    }

    /// What the last source that says something of a key says.
    pub fn last<'p, T>(
        &'p self,
        key: impl Fn(&'p Layer) -> Option<&'p Placed<T>>,
    ) -> Option<(&'p Layer, &'p Placed<T>)> {
        let mut layers = self.layers.iter().rev();
        layers.find_map(|layer| key(layer).map(|found| (&**layer, found)))
    }

    /// The address of the page of a rule, where the configuration says where pages lie.
    pub fn page_of(&self, rule: &str) -> Option<String> {
        let (_, pages) = self.last(|layer| layer.content.rule_pages.as_ref())?;
        Some(pages.value().of(rule))
    }

    /// Whether some pattern leaves paths out.
    pub fn excludes_some(&self) -> bool {
        !self.excludes.is_empty()
    }

    /// Why a path below the folder `root` is left out, both given from the root of the file system.
    ///
    /// What leaves out the root itself does not count: somebody named it.
    pub fn excluded(&self, path: &Path, root: Option<&Path>) -> Option<String> {
        if self.held.examines(path) {
            return None;
        }
        self.excludes.iter().find_map(|list| {
            let (word, name) = list.covering(path, root)?;
            Some(format!("by `{word}` of {name}"))
        })
    }

    /// Whether a policy wants drafts examined that lie in folders which are left out.
    pub fn looks_everywhere(&self) -> bool {
        self.held.looks_everywhere()
    }

    /// Why a file is left out though nothing excludes it.
    pub fn not_included(&self, path: &Path) -> Option<String> {
        let include = self
            .include
            .as_ref()
            .filter(|_| !self.held.examines(path))?;
        let name = include.layer.file.name();
        (!include.patterns.covers(path))
            .then(|| format!("no pattern of `include` in {name} covers it"))
    }

    /// Whether a file is one of those that this configuration is read from.
    pub fn is_read_from(&self, path: &Path) -> bool {
        let policies = self.held.policies.iter().map(|policy| &policy.layer);
        let mut layers = self.layers.iter().chain(policies);
        layers.any(|layer| layer.path.as_deref() == Some(path))
    }

    /// Whether a file belongs to the packs that drafts are judged by.
    pub fn is_of_a_pack(&self, path: &Path) -> bool {
        self.packs.iter().any(|pack| path.starts_with(pack))
    }

    /// What holds for a draft, given from the root of the file system.
    pub fn settings(&self, path: &Path) -> Arc<Settings> {
        let of = self.overrides_of(path);
        let must = self.require_marking.as_ref();
        let must = must.is_some_and(|list| list.patterns.covers(path));
        let must = [must, self.held.wants_marked(path)];
        let mut settled = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = settled
            .entry((of.clone(), must))
            .or_insert_with(|| Arc::new(self.settle(&of, must)));
        Arc::clone(settings)
    }

    /// The keys that hold for a draft, lowest first: files, overrides, then what was typed.
    pub(super) fn keys<'p>(&'p self, overrides: &[usize]) -> Vec<Said<'p>> {
        let of = |kinds: fn(LayerKind) -> bool| {
            let layers = self.layers.iter().filter(move |layer| kinds(layer.kind));
            layers.map(|layer| Said {
                keys: layer.content.draft_keys(),
                layer,
                of_file: layer.kind <= LayerKind::Own,
            })
        };
        let overrides = overrides.iter().filter_map(|&index| {
            let found = self.overrides.get(index)?;
            Some(Said {
                keys: found.entry()?.draft_keys(),
                layer: &found.files.layer,
                of_file: false,
            })
        });
        of(|kind| kind <= LayerKind::Own)
            .chain(overrides)
            .chain(of(|kind| kind > LayerKind::Own))
            .collect()
    }

    /// The overrides that cover a draft, given from the root of the file system.
    pub(super) fn overrides_of(&self, path: &Path) -> Vec<usize> {
        let covers = |entry: &Override| entry.files.patterns.covers(path);
        let overrides = self.overrides.iter().enumerate();
        overrides
            .filter(|(_, entry)| covers(entry))
            .map(|(index, _)| index)
            .collect()
    }

    fn settle(&self, overrides: &[usize], [must_be_marked, wants_marked]: [bool; 2]) -> Settings {
        let keys = self.keys(overrides);
        let mut settings = Settings {
            options: Options {
                as_of: last(&keys, |keys| keys.as_of).map(|day| day.0),
                form: last(&keys, |keys| keys.form).copied(),
                scheme: last(&keys, |keys| keys.scheme).cloned(),
                profile: last(&keys, |keys| keys.profile).copied(),
                settings: severities(&keys, self.rules()),
            },
            encoding: last(&keys, |keys| keys.encoding).and_then(|choice| choice.encoding()),
            fail_on: last(&keys, |keys| keys.fail_on)
                .copied()
                .unwrap_or_default(),
            redact: last(&keys, |keys| keys.redact).copied().unwrap_or_default(),
            pedantic: last(&keys, |keys| keys.pedantic)
                .copied()
                .unwrap_or_default(),
            largest: last(&keys, |keys| keys.max_file_size).map_or(LARGEST, |size| size.0),
            must_be_marked: marking_missing(&keys, self.rules()).filter(|_| must_be_marked),
            ceilings: last(&keys, |keys| keys.ceiling)
                .and_then(|words| Ceiling::parse(words, self.rules().schemes()))
                .into_iter()
                .collect(),
        };
        let is_held = self.held.least(MARKING_MISSING.id).is_some();
        let wants_marked = wants_marked || must_be_marked && is_held;
        self.held.tighten(&mut settings, self.rules(), wants_marked);
        settings
    }

    /// Whether a policy holds a rule: nothing turns it off or takes out what it finds.
    pub fn is_held(&self, rule: &str) -> bool {
        self.held.least(rule).is_some()
    }

    /// The reason of the `[[allow]]` entry that takes out this finding in this draft, if one does.
    pub fn allowed(&self, path: &Path, finding: &Diagnostic) -> Option<&str> {
        if self.is_held(&finding.rule) {
            return None;
        }
        // Each that would take it out is of use, so that none of two is called unused by chance.
        let takes = |allow: &&Allow| allow.takes_out(path, finding);
        let taking: Vec<&Allow> = self.allows.iter().filter(takes).collect();
        taking.first().map(|allow| allow.reason())
    }

    /// The baseline that is in force, if there is one.
    pub const fn known(&self) -> Option<&KnownFindings> {
        self.known.as_ref()
    }

    /// What is to be said of the configuration after a run; `walked` says whether a run went through
    /// everything below a folder, and `owns` whether a draft would be the run's own.
    pub fn remarks(
        &self,
        walked: impl Fn(&Path) -> bool,
        owns: impl Fn(&Path) -> bool,
    ) -> Vec<Remarked> {
        let mut found: BTreeMap<String, (Arc<Layer>, Vec<_>)> = BTreeMap::new();
        let mut say = |layer: &Arc<Layer>, kind: &RemarkKind, place: &_, message: String| {
            if let Some(severity) = self.weight(kind) {
                let name = layer.file.name().to_owned();
                let (_, list) = found
                    .entry(name)
                    .or_insert_with(|| (Arc::clone(layer), Vec::new()));
                list.push(kind.at(place, severity, message));
            }
        };
        for allow in &self.allows {
            let whole = allow.layer.kind == LayerKind::Own && walked(&allow.layer.base);
            if let Some((kind, place, message)) = allow.remark(whole) {
                say(&allow.layer, kind, &place, message);
            }
        }
        let overrides = self.overrides.iter().map(|entry| &entry.files);
        for (layer, place, message) in self.held.overruled(&self.layers, self.rules()) {
            say(&layer, &OVERRULED, &place, message);
        }
        let lists = self.excludes.iter().chain(&self.include).chain(overrides);
        for list in lists.chain(&self.require_marking) {
            if list.layer.kind != LayerKind::Own || !walked(&list.layer.base) {
                continue;
            }
            for word in list
                .patterns
                .unused()
                .filter_map(|index| list.words.get(index))
            {
                let message = format!("the pattern `{}` covers no path", word.value());
                say(&list.layer, &UNMATCHED_PATTERN, &word.place(), message);
            }
        }
        if let Some(known) = &self.known {
            for (place, message) in known.stale(|draft| walked(draft) && owns(draft)) {
                say(&known.layer, &STALE_BASELINE, &place, message);
            }
        }
        let remarked = found.into_values().map(|(layer, mut findings)| {
            findings.sort_by_key(|found| found.primary);
            let text = layer.file.text().to_owned();
            let source = Source::from_text(layer.file.name(), text);
            Remarked { source, findings }
        });
        remarked.collect()
    }

    /// How much a remark weighs here; `None` where it is off.
    fn weight(&self, kind: &RemarkKind) -> Option<Severity> {
        let tables = self.layers.iter().map(|layer| &layer.content.rules);
        let said = super::severities::said_of(kind.id, self.rules(), tables);
        let said = said.map_or(Some(kind.severity), RuleLevel::severity);
        let least = self.held.least(kind.id);
        said.max(least)
    }
}
