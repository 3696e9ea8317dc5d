//! Names of rules in the configuration: `pack/name`, `pack/*`, `*`.

use super::file::Placed;
use super::layer::Layer;
use super::remark;
use crate::problem::PackProblem;
use crate::rules::RuleSet;
use std::cell::OnceCell;

/// Stands for every rule.
pub(super) const EVERY: &str = "*";

/// The name as it is now: a rule keeps the names that it had before.
pub(super) fn current<'n>(name: &'n str, rules: &'n RuleSet) -> &'n str {
    rules.current_id(name).unwrap_or(name)
}

/// Whether a name as it is now means a rule.
pub(super) fn means(name: &str, id: &str) -> bool {
    if name == EVERY || name == id {
        return true;
    }
    name.strip_suffix("/*")
        .is_some_and(|pack| id.split_once('/').is_some_and(|(of, _)| of == pack))
}

/// Every name that means something: the rules, the remarks on configuration, and each pack as a whole.
pub(super) struct Known<'r> {
    rules: &'r RuleSet,
    /// Listed when the first is asked for.
    names: OnceCell<Vec<String>>,
}

impl<'r> Known<'r> {
    pub(super) const fn new(rules: &'r RuleSet) -> Self {
        let names = OnceCell::new();
        Self { rules, names }
    }

    fn names(&self) -> &[String] {
        self.names.get_or_init(|| Self::of(self.rules))
    }

    fn of(rules: &RuleSet) -> Vec<String> {
        let ids = rules.ids().map(str::to_owned);
        let mut names: Vec<String> = ids
            .chain(remark::IDS.iter().map(|&id| id.to_owned()))
            .collect();
        let packs = names
            .iter()
            .filter_map(|id| id.split_once('/'))
            .map(|(pack, _)| format!("{pack}/*"));
        let mut packs: Vec<String> = packs.collect();
        packs.dedup();
        names.append(&mut packs);
        names.extend(rules.old_ids().map(str::to_owned));
        names.push(EVERY.to_owned());
        names
    }

    /// A problem where the name means nothing.
    pub(super) fn check(&self, name: &Placed<String>, layer: &Layer) -> Option<PackProblem> {
        let word = name.value();
        if self.names().iter().any(|known| known == word) {
            return None;
        }
        let problem = layer
            .problem(name.place(), format!("no rule is called `{word}`"))
            .label("unknown rule")
            .help("`caveat rules` lists them; `pack/*` means all of a pack");
        Some(problem.nearest(word, self.names().iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn a_name_means_one_rule_a_pack_or_all() {
        assert!(means("a/b", "a/b") && means("a/*", "a/b") && means("*", "a/b"));
        assert!(!means("a/b", "a/c") && !means("a/*", "ab/c") && !means("a", "a/b"));
    }
}
