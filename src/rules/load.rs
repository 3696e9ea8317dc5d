//! From the files of packs to a rule set: schemes and vocabularies first, then the rules that name them.

use super::file::{RuleEntry, RuleFile};
use super::listed::Listed;
use super::order::{find_closer, order};
use super::read::{Read, Shape, ShippedRules};
use super::{Judging, PackFile, RuleSet};
use crate::checks::{Lexicon, Names};
use crate::marking::{LazyScheme, SchemePart, Vocabulary, compile_all};
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::{PackProblem, TextFile};
use crate::reading::Form;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// What was read so far.
#[derive(Default)]
struct Loaded {
    of_schemes: Vec<SchemePart>,
    schemes: Vec<LazyScheme>,
    words: HashMap<String, Vocabulary>,
    lexicon: Lexicon,
    files: Vec<FileOfRules>,
    problems: Vec<PackProblem>,
}

/// A file with rules.
struct FileOfRules {
    pack: String,
    file: TextFile,
    rules: Rules,
}

enum Rules {
    /// Their entries are known.
    Read(Vec<RuleEntry>),
    /// They are read when they are first needed.
    Shipped(ShippedRules),
}

impl Rules {
    fn len(&self) -> usize {
        match self {
            Self::Read(entries) => entries.len(),
            Self::Shipped(shipped) => shipped.rules.len(),
        }
    }
}

/// Loads packs. Where everything that is compiled in is among the files, and so known to be without a
/// problem, it is read and set up when it is first needed.
pub(super) fn load(files: Vec<PackFile>) -> Result<RuleSet, Vec<PackProblem>> {
    let read = if PackFile::hold_all_shipped(&files) {
        Read::as_needed
    } else {
        Read::whole
    };
    load_by(files, read)
}

fn load_by(
    files: Vec<PackFile>,
    read: impl Fn(PackFile) -> Read,
) -> Result<RuleSet, Vec<PackProblem>> {
    let mut loaded = Loaded::default();
    for file in files {
        loaded.add(read(file));
    }
    let (schemes, problems) = compile_all(std::mem::take(&mut loaded.of_schemes));
    loaded.schemes = schemes;
    loaded.problems.extend(problems);
    loaded.lexicon = Lexicon::new(std::mem::take(&mut loaded.words));
    if loaded.schemes.is_empty() && loaded.problems.is_empty() {
        let file = TextFile::new("packs", "");
        let problem = PackProblem::new(&file, 0..0, "no pack holds a scheme");
        loaded.problems.push(problem);
    }
    let mut rules = loaded.list_rules();
    find_closer(&mut rules, &mut loaded.problems);
    let order = order(&rules, &mut loaded.problems);
    if !loaded.problems.is_empty() {
        return Err(loaded.problems);
    }
    let judging = |form: Form| {
        let judges = |index: &usize| rules.get(*index).is_some_and(|rule| rule.judges(form));
        Judging {
            order: order.iter().copied().filter(judges).collect(),
            ready: OnceLock::new(),
        }
    };
    Ok(RuleSet {
        judging: Form::ALL.map(judging),
        schemes: loaded.schemes,
        lexicon: loaded.lexicon,
        rules,
        watch: OnceLock::new(),
    })
}

impl Loaded {
    fn add(&mut self, read: Read) {
        let whole = read.problems.is_empty();
        self.problems.extend(read.problems);
        match read.shape {
            Shape::OfScheme { entries, shipped } => self.of_schemes.push(SchemePart {
                file: read.file,
                entries: *entries,
                whole,
                shipped,
            }),
            Shape::Words(entries) => self.add_words(*entries, &read.file),
            Shape::ShippedWords(of, tree) => {
                let words = self.words.entry(of).or_default();
                let added = words.add_shipped(tree, &read.file);
                self.problems.extend(added.err().unwrap_or_default());
            }
            Shape::Rules(rules) => self.add_rules(read.pack, read.file, rules),
            Shape::ShippedRules(rules) => self.files.push(FileOfRules {
                pack: read.pack,
                file: read.file,
                rules: Rules::Shipped(rules),
            }),
            Shape::Nothing => {}
        }
    }

    fn add_words(&mut self, entries: VocabularyFile, file: &TextFile) {
        let name = entries.vocabulary.of.text().to_owned();
        let words = self.words.entry(name).or_default();
        let added = words.add(entries, file);
        self.problems.extend(added.err().unwrap_or_default());
    }

    fn add_rules(&mut self, pack: String, file: TextFile, mut read: RuleFile) {
        for entry in &mut read.rules {
            if entry.when.form.is_empty() {
                entry.when.form.clone_from(&read.form);
            }
        }
        let rules = Rules::Read(read.rules);
        self.files.push(FileOfRules { pack, file, rules });
    }

    /// The rules by id.
    fn list_rules(&mut self) -> Vec<Listed> {
        let count = self.files.iter().map(|file| file.rules.len()).sum();
        let mut rules = Vec::with_capacity(count);
        let mut known = HashSet::new();
        let mut names = Names::new(&self.schemes, &self.lexicon);
        for of in std::mem::take(&mut self.files) {
            let FileOfRules {
                pack,
                file,
                rules: own,
            } = of;
            names.begin(&file);
            let from = rules.len();
            match own {
                Rules::Read(entries) => {
                    let entries = entries.into_iter();
                    rules.extend(entries.map(|own| Listed::read(&pack, own, &mut names, &file)));
                }
                Rules::Shipped(ShippedRules { forms, rules: own }) => {
                    let own = own.into_iter();
                    let own = own.map(|tree| Listed::shipped(&pack, (&file, &forms), tree));
                    rules.extend(own.filter_map(|listed| {
                        let unfit = |unfit| PackProblem::new(&file, 0..0, format!("{unfit}"));
                        listed.map_err(|own| names.push(unfit(own))).ok()
                    }));
                }
            }
            for listed in rules.iter().skip(from) {
                if !known.insert(Arc::clone(&listed.id)) {
                    let message = format!("rule `{}` stands twice", listed.id);
                    let problem = PackProblem::new(&file, listed.name().place(), message);
                    names.push(problem.help("give one of them another name"));
                }
            }
            let mut problems = names.take_problems();
            problems.sort_by_key(PackProblem::offset);
            self.problems.extend(problems);
        }
        rules.sort_by_cached_key(|listed| Arc::clone(&listed.id));
        rules
    }
}

#[cfg(test)]
mod tests {
    use super::load_by;
    use crate::reading::Form;
    use crate::rules::read::Read;
    use crate::rules::{PackFile, Rule, RuleSet};

    /// Every rule, vocabulary and scheme as it is shown, after everything was asked for.
    fn shown(rules: &RuleSet) -> Vec<String> {
        let mut words: Vec<String> = rules
            .lexicon()
            .vocabularies()
            .iter()
            .map(|(name, words)| format!("{name} {} {:?}", words.is_closed(), words.terms()))
            .collect();
        words.sort_unstable();
        let own = rules.rules().map(|rule| {
            rule.wording();
            format!("{rule:?}")
        });
        let schemes = rules
            .schemes()
            .iter()
            .map(|scheme| format!("{:?}", **scheme));
        own.chain(words).chain(schemes).collect()
    }

    fn loaded(read: impl Fn(PackFile) -> Read) -> RuleSet {
        load_by(PackFile::shipped(), read).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// What is compiled in is set up without being looked at for problems: here it is, and found the same.
    #[test]
    fn what_is_compiled_in_has_no_problem_and_is_the_same_whenever_it_is_set_up() {
        let (late, whole) = (loaded(Read::as_needed), loaded(Read::whole));
        assert!(late.rules.iter().all(|listed| listed.ready().is_none()));
        assert!(whole.rules.iter().all(|listed| listed.ready().is_some()));
        for form in Form::ALL {
            let asked = |rules: &RuleSet| -> Vec<String> {
                let asked = rules.in_order(form);
                asked
                    .map(|(place, Rule { id, .. })| format!("{place} {id}"))
                    .collect()
            };
            assert_eq!(asked(&late), asked(&whole));
        }
        for (late, whole) in shown(&late).iter().zip(shown(&whole)) {
            assert_eq!(*late, whole);
        }
    }

    #[test]
    fn only_the_rules_of_the_form_at_hand_are_set_up() {
        let rules = RuleSet::shipped().unwrap();
        let asked = rules.in_order(Form::Telegram).count();
        let ready = rules.rules.iter().filter(|listed| listed.ready().is_some());
        assert_eq!(ready.count(), asked);
        assert!(asked > 0 && asked < rules.rules.len());
    }
}
