//! From the files of packs to a rule set: schemes and vocabularies first, then the rules that name them.

use super::file::{RuleEntry, RuleFile};
use super::pack_file::Content;
use super::{PackFile, Rule, RuleSet};
use crate::checks::{Lexicon, Names, Words};
use crate::marking::{Scheme, SchemePart, Vocabulary, compile_all};
use crate::pack::scheme_file::SchemeFile;
use crate::pack::shared::Name;
use crate::pack::vocabulary_file::VocabularyFile;
use crate::problem::{PackProblem, TextFile, nearest};
use crate::reading::Form;
use crate::toml_file;
use crate::toml_file::tree::{Tree, Unfit};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// What was read so far.
#[derive(Default)]
struct Loaded {
    of_schemes: Vec<SchemePart>,
    schemes: Vec<Scheme>,
    words: HashMap<String, Vocabulary>,
    lexicon: Lexicon,
    entries: Vec<(String, TextFile, Vec<RuleEntry>)>,
    problems: Vec<PackProblem>,
}

pub(super) fn load(files: Vec<PackFile>) -> Result<RuleSet, Vec<PackProblem>> {
    let mut loaded = Loaded::default();
    for file in files {
        loaded.add(Read::of(file));
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
    let rules = loaded.compile_rules();
    let order = order(&rules, &mut loaded.problems);
    if !loaded.problems.is_empty() {
        return Err(loaded.problems);
    }
    let of = |form: Form| {
        let judging = order.iter().copied().filter(|&index| {
            let rule = rules.get(index);
            rule.is_some_and(|(rule, _)| rule.judges(form))
        });
        judging.collect()
    };
    let order = Form::ALL.map(of);
    Ok(RuleSet {
        schemes: loaded.schemes,
        lexicon: loaded.lexicon,
        rules: rules.into_iter().map(|(rule, _)| rule).collect(),
        order,
        watch: OnceLock::new(),
    })
}

/// A file of a pack, read into the shape of what it holds.
struct Read {
    pack: String,
    file: TextFile,
    shape: Shape,
    problems: Vec<PackProblem>,
}

enum Shape {
    /// A scheme or a part of one.
    OfScheme(Box<SchemeFile>),
    Words(Box<VocabularyFile>),
    Rules(RuleFile),
    /// Too little of it could be read.
    Nothing,
}

impl Read {
    fn of(file: PackFile) -> Self {
        let parsed = file.tree().map(Shape::parsed);
        let (pack, file) = file.into_source();
        let (shape, problems) = match parsed {
            Some(Ok(shape)) => (shape, Vec::new()),
            _ => Shape::of(&file),
        };
        Self {
            pack,
            file,
            shape,
            problems,
        }
    }
}

impl Shape {
    /// What a file holds that was parsed when caveat was built.
    fn parsed(tree: Tree<'static>) -> Result<Self, Unfit> {
        Ok(match Content::by(|key| tree.has(key)) {
            Some(Content::OfScheme) => Self::OfScheme(tree.read()?),
            Some(Content::Vocabulary) => Self::Words(tree.read()?),
            Some(Content::Rules) => Self::Rules(tree.read()?),
            None => Self::Nothing,
        })
    }

    fn of(file: &TextFile) -> (Self, Vec<PackProblem>) {
        let (content, table) = match Content::of(file) {
            Ok(known) => known,
            Err(problems) => return (Self::Nothing, problems),
        };
        match content {
            Content::OfScheme => {
                let (read, problems) = toml_file::read_table(file, table);
                let part = read.map_or(Self::Nothing, |part| Self::OfScheme(Box::new(part)));
                (part, problems)
            }
            Content::Vocabulary => {
                let (read, problems) = toml_file::read_table(file, table);
                let words = read.map_or(Self::Nothing, |words| Self::Words(Box::new(words)));
                (words, problems)
            }
            Content::Rules => {
                let (read, problems) = toml_file::read_table(file, table);
                (read.map_or(Self::Nothing, Self::Rules), problems)
            }
        }
    }
}

impl Loaded {
    fn add(&mut self, read: Read) {
        let whole = read.problems.is_empty();
        self.problems.extend(read.problems);
        match read.shape {
            Shape::OfScheme(entries) => self.of_schemes.push(SchemePart {
                file: read.file,
                entries: *entries,
                whole,
            }),
            Shape::Words(entries) => self.add_words(*entries, &read.file),
            Shape::Rules(rules) => self.add_rules(read.pack, read.file, rules),
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
        self.entries.push((pack, file, read.rules));
    }

    /// The rules by id, each with its file.
    fn compile_rules(&mut self) -> Vec<(Rule, TextFile)> {
        let all = std::mem::take(&mut self.entries);
        let mut rules: Vec<(Rule, TextFile)> =
            Vec::with_capacity(all.iter().map(|(.., entries)| entries.len()).sum());
        let mut known = HashSet::new();
        let mut names = Names::new(&self.schemes, &self.lexicon);
        for (pack, file, entries) in all {
            names.begin(&file);
            for entry in entries {
                let rule = Rule::compile(&pack, entry, &mut names, &file);
                if !known.insert(Arc::clone(&rule.id)) {
                    let message = format!("rule `{}` stands twice", rule.id);
                    let problem = PackProblem::new(&file, rule.entry.name.place(), message);
                    names.push(problem.help("give one of them another name"));
                }
                rules.push((rule, file.clone()));
            }
            let mut problems = names.take_problems();
            problems.sort_by_key(PackProblem::offset);
            self.problems.extend(problems);
        }
        rules.sort_by_cached_key(|(rule, _)| Arc::clone(&rule.id));
        let ids: HashMap<Arc<str>, usize> = rules
            .iter()
            .enumerate()
            .map(|(index, (rule, _))| (Arc::clone(&rule.id), index))
            .collect();
        for (rule, file) in &mut rules {
            let (whole, here) = (
                rule.entry.unless_found.clone(),
                rule.entry.unless_found_here.clone(),
            );
            rule.unless_found = self.closer_rules(&rule.id, &whole, file, &ids);
            rule.unless_found_here = self.closer_rules(&rule.id, &here, file, &ids);
        }
        rules
    }

    /// Looks up rules that name the same cause as `id` more closely.
    fn closer_rules(
        &mut self,
        id: &str,
        names: &Words,
        file: &TextFile,
        ids: &HashMap<Arc<str>, usize>,
    ) -> Vec<usize> {
        let pack = id.split_once('/').map_or("", |(pack, _)| pack);
        let mut found = Vec::new();
        for name in names.names() {
            let word = name.text();
            let own = format!("{pack}/{word}");
            if let Some(&index) = ids.get(word).or_else(|| ids.get(own.as_str())) {
                found.push(index);
                continue;
            }
            let message = format!("no rule is called `{word}`");
            let mut known: Vec<&str> = ids.keys().map(|id| &**id).collect();
            known.sort_unstable();
            let bare = |id: &'_ str| id.split_once('/').map_or(id, |(_, name)| name).to_owned();
            let names: Vec<String> = known.iter().copied().map(bare).collect();
            let near = nearest(&bare(word), names.iter().map(String::as_str));
            let meant = near.and_then(|near| known.iter().find(|id| bare(id) == near));
            let mut problem = PackProblem::new(file, name.place(), message).label("unknown rule");
            if let Some(meant) = meant {
                problem = problem.help(format!("did you mean `{meant}`?"));
            }
            self.problems.push(problem);
        }
        found
    }
}

/// The order in which rules are asked: those that others wait for come first.
fn order(rules: &[(Rule, TextFile)], problems: &mut Vec<PackProblem>) -> Vec<usize> {
    let mut waiting: Vec<usize> = rules
        .iter()
        .map(|(rule, _)| rule.closer().count())
        .collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); rules.len()];
    for (index, (rule, _)) in rules.iter().enumerate() {
        for &other in rule.closer() {
            if let Some(own) = followers.get_mut(other) {
                own.push(index);
            }
        }
    }
    let ready = |(index, &count): (usize, &usize)| (count == 0).then_some(index);
    let mut order: Vec<usize> = waiting.iter().enumerate().filter_map(ready).collect();
    let mut at = 0;
    while let Some(&next) = order.get(at) {
        at += 1;
        for follower in followers
            .get_mut(next)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            if let Some(count) = waiting.get_mut(follower) {
                *count -= 1;
                order.extend((*count == 0).then_some(follower));
            }
        }
    }
    let mut stuck = rules.iter().zip(&waiting).filter(|(_, count)| **count > 0);
    if let Some(((rule, file), _)) = stuck.next() {
        let words = [&rule.entry.unless_found, &rule.entry.unless_found_here];
        let mut names = words.into_iter().flat_map(Words::names);
        let place = names.next().map_or(0..0, Name::place);
        let message = format!("`{}` waits for a rule that waits for it", rule.id);
        problems.push(PackProblem::new(file, place, message));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{PackFile, Read, Shape};

    /// What stands in a file, with every place.
    fn shown(shape: &Shape) -> String {
        match shape {
            Shape::OfScheme(part) => format!("{part:?}"),
            Shape::Words(words) => format!("{words:?}"),
            Shape::Rules(rules) => format!("{rules:?}"),
            Shape::Nothing => String::new(),
        }
    }

    #[test]
    fn every_shipped_file_says_the_same_parsed_before_and_parsed_now() {
        let files = PackFile::shipped();
        assert!(files.len() > 40);
        for file in files {
            let parsed = Shape::parsed(file.tree().expect("it is compiled in"));
            let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}", file.path));
            let now = Read::of(PackFile::new(
                &*file.pack,
                &*file.path,
                file.text().to_owned(),
            ));
            assert!(now.problems.is_empty(), "{:?}", now.problems);
            assert!(!shown(&parsed).is_empty(), "{}", file.path);
            assert_eq!(shown(&parsed), shown(&now.shape), "{}", file.path);
        }
    }
}
