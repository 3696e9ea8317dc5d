//! A rule as the set lists it. Its id, the drafts that it judges and the rules that go before it are known at
//! once; the rest of a rule that is compiled in is read and set up when it is first asked for.

use super::Rule;
use super::file::RuleEntry;
use crate::checks::{Names, Words};
use crate::pack::shared::Name;
use crate::problem::TextFile;
use crate::reading::Form;
use crate::toml_file::tree::{Tree, Unfit};
use serde::Deserialize;
use std::sync::{Arc, OnceLock};

/// What the set must know of each rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Head {
    name: Name,
    #[serde(default)]
    aliases: Words,
    #[serde(default)]
    when: Drafts,
    #[serde(default)]
    unless_found: Words,
    #[serde(default)]
    unless_found_here: Words,
}

/// The drafts that a rule judges.
#[derive(Debug, Clone, Default, Deserialize)]
struct Drafts {
    #[serde(default)]
    form: Vec<Form>,
}

/// Places of the rules that name the cause of a rule more closely.
#[derive(Debug, Clone, Default)]
pub(super) struct Closer {
    /// Those that silence it.
    pub(super) whole: Vec<usize>,
    /// Those that silence it at the places of their findings.
    pub(super) here: Vec<usize>,
}

impl Closer {
    /// Every one of them.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.whole.iter().chain(&self.here).copied()
    }
}

/// A rule of the set.
#[derive(Debug)]
pub(super) struct Listed {
    /// `pack/name`.
    pub(super) id: Arc<str>,
    /// The file that it stands in.
    pub(super) file: TextFile,
    head: Head,
    closer: Closer,
    rule: OnceLock<Box<Rule>>,
    /// What is read when it is first asked for, where it is compiled in.
    tree: Option<Tree<'static>>,
}

impl Listed {
    /// A rule that was read, set up at once: what is wrong with it lies in `names`.
    pub(super) fn read(
        pack: &str,
        entry: RuleEntry,
        names: &mut Names<'_>,
        file: &TextFile,
    ) -> Self {
        let head = Head {
            name: entry.name.clone(),
            aliases: entry.aliases.clone(),
            when: Drafts {
                form: entry.when.form.clone(),
            },
            unless_found: entry.unless_found.clone(),
            unless_found_here: entry.unless_found_here.clone(),
        };
        let listed = Self::new(pack, file, head);
        let rule = Rule::compile(Arc::clone(&listed.id), entry, names, file);
        rule.check_wording(names);
        Self {
            rule: OnceLock::from(Box::new(rule)),
            ..listed
        }
    }

    /// A rule that is compiled in and stands in a file whose rules judge drafts of these forms, unless they
    /// say otherwise.
    ///
    /// # Errors
    /// Where the tree is none of a rule.
    pub(super) fn shipped(
        pack: &str,
        (file, forms): (&TextFile, &[Form]),
        tree: Tree<'static>,
    ) -> Result<Self, Unfit> {
        let mut head: Head = tree.read()?;
        if head.when.form.is_empty() {
            head.when.form.extend_from_slice(forms);
        }
        Ok(Self {
            tree: Some(tree),
            ..Self::new(pack, file, head)
        })
    }

    fn new(pack: &str, file: &TextFile, head: Head) -> Self {
        Self {
            id: [pack, "/", head.name.text()].concat().into(),
            file: file.clone(),
            head,
            closer: Closer::default(),
            rule: OnceLock::new(),
            tree: None,
        }
    }

    /// Its name in the file.
    pub(super) const fn name(&self) -> &Name {
        &self.head.name
    }

    /// Whether it had an id before.
    pub(super) fn had(&self, id: &str) -> bool {
        self.aliases().any(|old| old == id)
    }

    /// The ids that it had before.
    pub(super) fn aliases(&self) -> impl Iterator<Item = &str> {
        self.head.aliases.names().iter().map(Name::text)
    }

    /// The names of rules that silence it everywhere, and of those that do so at the places of their findings.
    pub(super) const fn named_closer(&self) -> [&Words; 2] {
        [&self.head.unless_found, &self.head.unless_found_here]
    }

    /// The places of these rules.
    pub(super) const fn closer(&self) -> &Closer {
        &self.closer
    }

    /// Says where these rules stand.
    pub(super) fn set_closer(&mut self, closer: Closer) {
        if let Some(rule) = self.rule.get_mut() {
            rule.closer = closer.clone();
        }
        self.closer = closer;
    }

    /// Whether it judges drafts of a form.
    pub(super) fn judges(&self, form: Form) -> bool {
        let forms = &self.head.when.form;
        forms.is_empty() || forms.contains(&form)
    }

    /// The rule, where it is set up.
    pub(super) fn ready(&self) -> Option<&Rule> {
        self.rule.get().map(|rule| &**rule)
    }

    /// The rule, which is set up now if it was not.
    pub(super) fn set_up(&self, names: &mut Names<'_>) -> &Rule {
        self.rule.get_or_init(|| {
            let tree = self.tree.expect("a rule that was read is set up");
            let entry = tree.read::<RuleEntry>();
            let mut entry = entry.expect("the tests read every rule that is compiled in");
            entry.when.form.clone_from(&self.head.when.form);
            names.begin(&self.file);
            let mut rule = Rule::compile(Arc::clone(&self.id), entry, names, &self.file);
            rule.closer = self.closer.clone();
            let problems = names.take_problems();
            debug_assert!(problems.is_empty(), "{problems:?}");
            Box::new(rule)
        })
    }
}
