//! Flags and environment as a source of settings: they are written as TOML and read like a file, so that
//! a name that means nothing is shown in the same way wherever it stands.

use super::args::{Configured, Judging, Output, Selection};
use super::world::Surroundings;
use crate::config::{COMMAND_LINE, ENVIRONMENT, LayerKind, Resolver, Start, Tree};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::Path;
use std::sync::Arc;
use toml::Value;
use toml::de::DeTable;

/// Settings that were typed, as lines of TOML.
#[derive(Default)]
pub(super) struct Typed {
    lines: Vec<String>,
    /// Whether no baseline is read.
    without_baseline: bool,
}

impl Typed {
    /// Settings of `check`.
    pub(super) fn new(selection: &Selection, judging: &Judging, output: Option<&Output>) -> Self {
        let mut typed = Self::default();
        typed.list("extend-exclude", &selection.exclude);
        typed.flag("force-exclude", selection.force_exclude);
        // That nothing changed is no fault.
        let may_be_empty = selection.allow_empty || selection.since.is_some();
        typed.flag("allow-empty", may_be_empty);
        typed.word("encoding", selection.encoding.as_ref());
        typed.judging(judging);
        if let Some(output) = output {
            typed.output(output);
        }
        typed
    }

    /// How drafts are judged, alone.
    pub(super) fn judged(judging: &Judging) -> Self {
        let mut typed = Self::default();
        typed.judging(judging);
        typed
    }

    /// Settings of a hook: what git names may be excluded, and nothing is shown of what may not leave.
    pub(super) fn held(judging: &Judging, output: &Output) -> Self {
        let mut typed = Self::default();
        typed.flag("force-exclude", true);
        typed.flag("allow-empty", true);
        typed.judging(judging);
        typed.output(output);
        if !output.no_redact && !output.redact {
            typed.flag("redact", true);
        }
        typed
    }

    /// Settings of an audit: its reports go further than its drafts may.
    pub(super) fn audited(selection: &Selection, judging: &Judging, output: &Output) -> Self {
        let mut typed = Self::new(selection, judging, Some(output));
        typed.flag("redact", !output.no_redact && !output.redact);
        typed
    }

    /// The same, blind to the baseline.
    pub(super) const fn without_baseline(mut self) -> Self {
        self.without_baseline = true;
        self
    }

    /// How reports are written, alone.
    pub(super) fn reported(output: &Output) -> Self {
        let mut typed = Self::default();
        typed.output(output);
        typed
    }

    /// Packs in place of those that the configuration names.
    pub(super) fn packs(folders: &[String]) -> Self {
        let mut typed = Self::default();
        typed.list("packs", folders);
        typed
    }

    fn judging(&mut self, judging: &Judging) {
        self.text("scheme", judging.scheme.as_deref());
        self.word("form", judging.form.as_ref());
        self.word("profile", judging.profile.as_ref());
        self.list("select", &judging.select);
        self.list("extend-select", &judging.extend_select);
        self.list("ignore", &judging.ignore);
        self.flag("pedantic", judging.pedantic);
        self.text("ceiling", judging.ceiling.as_deref());
        if let Some(day) = judging.as_of {
            self.lines.push(format!("as-of = {day}"));
        }
    }

    fn output(&mut self, output: &Output) {
        self.word("output-format", output.format.as_ref());
        self.word("fail-on", output.fail_on.as_ref());
        self.word("color", output.color.as_ref());
        self.flag("redact", output.redact);
        self.flag("statistics", output.statistics);
        if output.no_redact {
            self.lines.push("redact = false".to_owned());
        }
        if output.no_progress {
            self.lines.push("progress = false".to_owned());
        }
        if let Some(threads) = output.threads {
            self.lines.push(format!("threads = {threads}"));
        }
    }

    fn flag(&mut self, key: &str, set: bool) {
        if set {
            self.lines.push(format!("{key} = true"));
        }
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.lines.push(format!("{key} = {}", quoted(text)));
        }
    }

    fn word(&mut self, key: &str, word: Option<&impl ValueEnum>) {
        let word = word.and_then(ValueEnum::to_possible_value);
        self.text(key, word.as_ref().map(PossibleValue::get_name));
    }

    fn list(&mut self, key: &str, words: &[String]) {
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            self.lines.push(format!("{key} = [{}]", words.join(", ")));
        }
    }

    /// The resolver for a run: named files, environment, single settings, flags.
    pub(super) fn resolver(mut self, configured: &Configured, around: &Surroundings) -> Resolver {
        self.text("baseline", configured.baseline.as_deref());
        self.resolver_over(None, configured, around)
    }

    /// The same, with the files above the drafts looked for in a tree that is not the disk.
    pub(super) fn resolver_over(
        self,
        tree: Option<Arc<dyn Tree>>,
        configured: &Configured,
        around: &Surroundings,
    ) -> Resolver {
        let mut start = Start::default();
        start.tree = tree;
        start.folder.clone_from(&around.folder);
        start.home.clone_from(&around.home);
        start.today = around.today;
        start.isolated = configured.isolated;
        start.policy.clone_from(&around.policy);
        start.policies.clone_from(&configured.policy);
        start.without_baseline = self.without_baseline;
        if let Some(format) = &around.output_format {
            let text = format!("output-format = {}\n", quoted(format));
            start.add_typed(LayerKind::Environment, ENVIRONMENT, text);
        }
        for word in &configured.config {
            match word.split_once('=').filter(|_| !Path::new(word).exists()) {
                Some((key, value)) => {
                    let text = setting(key, value);
                    start.add_typed(LayerKind::CommandLine, COMMAND_LINE, text);
                }
                None => start.files.push(word.into()),
            }
        }
        if start.files.is_empty() && !configured.isolated {
            start.files.extend(around.config.clone());
        }
        let text = self.lines.join("\n") + "\n";
        start.add_typed(LayerKind::CommandLine, COMMAND_LINE, text);
        Resolver::new(start)
    }
}

/// One setting as a line of TOML; a bare word is taken for a string.
fn setting(key: &str, value: &str) -> String {
    let line = format!("{key} = {value}\n");
    if DeTable::parse(&line).is_ok() {
        return line;
    }
    format!("{key} = {}\n", quoted(value))
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::setting;

    #[test]
    fn a_bare_word_is_a_string_and_the_rest_is_toml() {
        assert_eq!(setting("fail-on", "error"), "fail-on = \"error\"\n");
        assert_eq!(setting("redact", "true"), "redact = true\n");
        assert_eq!(setting("as-of", "2007-12-13"), "as-of = 2007-12-13\n");
        assert_eq!(setting("packs", "['a']"), "packs = ['a']\n");
    }
}
