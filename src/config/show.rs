//! Every setting that holds for a draft, with the place where it was settled.

use super::file::{ConfigFile, DraftKeys, OneOrMany, Placed, Words};
use super::layer::{Layer, LayerKind};
use super::policy::{Held, PolicyFile};
use super::project::Project;
use super::settings::Settings;
use std::ops::Range;
use std::path::Path;

/// A key with its value and where that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The key, as it is written in `caveat.toml`.
    pub key: String,
    /// The value as TOML; `None` where nothing is set and nothing holds.
    pub value: Option<String>,
    /// File and line, or what else settled it; `None` where it is built in.
    pub origin: Option<String>,
}

/// A value as TOML, and the bytes it stands at.
type Written = Option<(String, Range<usize>)>;

/// A key, and what holds where nothing is set.
type Key = (&'static str, Option<&'static str>);

/// A key of a file, and how it is read.
type FileRow = (Key, fn(&ConfigFile) -> Written);

/// A key that may hold for single drafts, and how it is read.
type DraftRow = (Key, fn(&DraftKeys<'_>) -> Written);

/// A key of a policy, and how it is read.
type PolicyRow = (&'static str, fn(&PolicyFile) -> Written);

/// Keys that hold for the run, or for all drafts below the file.
const OF_FILE: [FileRow; 15] = [
    (("root", Some("false")), |file| flag(file.root.as_ref())),
    (("extend", None), |file| extend(file.extend.as_ref())),
    (("packs", Some("[]")), |file| words(file.packs.as_ref())),
    (("include", Some("[]")), |file| words(file.include.as_ref())),
    (("exclude", Some("[]")), |file| words(file.exclude.as_ref())),
    (("require-marking", Some("[]")), |file| {
        words(file.require_marking.as_ref())
    }),
    (("baseline", None), |file| {
        written(file.baseline.as_ref(), |path| quoted(path))
    }),
    (("output-format", Some("\"full\"")), |file| {
        written(file.output_format.as_ref(), |format| quoted(format.word()))
    }),
    (("statistics", Some("false")), |file| {
        flag(file.statistics.as_ref())
    }),
    (("rule-pages", None), |file| {
        written(file.rule_pages.as_ref(), |pages| quoted(pages.as_str()))
    }),
    (("color", Some("\"auto\"")), |file| {
        written(file.color.as_ref(), |colour| quoted(colour.word()))
    }),
    (("progress", Some("true")), |file| {
        flag(file.progress.as_ref())
    }),
    (("threads", None), |file| {
        written(file.threads.as_ref(), u16::to_string)
    }),
    (("allow-empty", Some("false")), |file| {
        flag(file.allow_empty.as_ref())
    }),
    (("force-exclude", Some("false")), |file| {
        flag(file.force_exclude.as_ref())
    }),
];

/// Keys that may hold for single drafts.
const OF_DRAFT: [DraftRow; 12] = [
    (("scheme", None), |keys| {
        written(keys.scheme, |name| quoted(name))
    }),
    (("form", None), |keys| {
        written(keys.form, |form| quoted(form.word()))
    }),
    (("profile", None), |keys| {
        written(keys.profile, |profile| quoted(profile.word()))
    }),
    (("as-of", None), |keys| {
        written(keys.as_of, |day| day.0.to_string())
    }),
    (("encoding", Some("\"auto\"")), |keys| {
        written(keys.encoding, |choice| quoted(choice.word()))
    }),
    (("max-file-size", Some("\"1 GB\"")), |keys| {
        written(keys.max_file_size, |size| size.0.to_string())
    }),
    (("ceiling", None), |keys| {
        written(keys.ceiling, |words| quoted(words))
    }),
    (("pedantic", Some("false")), |keys| flag(keys.pedantic)),
    (("fail-on", Some("\"warning\"")), |keys| {
        written(keys.fail_on, |fail_on| quoted(fail_on.word()))
    }),
    (("redact", Some("false")), |keys| flag(keys.redact)),
    (("select", None), |keys| words(keys.select)),
    (("ignore", Some("[]")), |keys| words(keys.ignore)),
];

fn written<T>(value: Option<&Placed<T>>, text: impl Fn(&T) -> String) -> Written {
    value.map(|value| (text(value.value()), value.place()))
}

fn flag(value: Option<&Placed<bool>>) -> Written {
    written(value, bool::to_string)
}

fn words(value: Option<&Placed<Words>>) -> Written {
    written(value, list)
}

fn extend(value: Option<&Placed<OneOrMany>>) -> Written {
    written(value, |extend| match extend {
        OneOrMany::One(word) => quoted(word),
        OneOrMany::Many(words) => list(words),
    })
}

fn list(words: &Words) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word.value())).collect();
    format!("[{}]", words.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Keys of a policy.
const OF_POLICY: [PolicyRow; 7] = [
    ("policy.ceiling", |file| {
        written(file.ceiling.as_ref(), |words| quoted(words))
    }),
    ("policy.packs", |file| words(file.packs.as_ref())),
    ("policy.fail-on", |file| {
        written(file.fail_on.as_ref(), |fail_on| quoted(fail_on.word()))
    }),
    ("policy.redact", |file| flag(file.redact.as_ref())),
    ("policy.as-detected", |file| flag(file.as_detected.as_ref())),
    ("policy.always-examine", |file| {
        words(file.always_examine.as_ref())
    }),
    ("policy.require-marking", |file| {
        words(file.require_marking.as_ref())
    }),
];

impl Held {
    /// Names of the files that hold whatever a configuration says.
    fn names(&self) -> Vec<&str> {
        let policies = self.policies.iter();
        policies.map(|policy| policy.layer.file.name()).collect()
    }

    /// What the policies say, each key with its place.
    fn shown(&self) -> Vec<Shown> {
        let mut shown = Vec::new();
        for policy in &self.policies {
            for (key, of) in OF_POLICY {
                let found = of(&policy.content);
                shown.extend(
                    found.map(|(value, place)| policy.layer.shown(key.to_owned(), value, &place)),
                );
            }
            shown.extend(policy.content.rules.0.iter().map(|(name, level)| {
                let key = format!("policy.rules.{}", quoted(name.value()));
                let word = quoted(level.value().word());
                policy.layer.shown(key, word, &name.place())
            }));
        }
        shown
    }

    /// Shows what a policy forces in place of what a configuration says.
    fn force(&self, shown: &mut [Shown], settings: &Settings) {
        let redact = self.forcing(|file| file.redact.as_ref(), |on| *on);
        let redact =
            redact.map(|(policy, said)| ("redact", "true".to_owned(), policy, said.place()));
        let fail_on = settings.fail_on;
        let found = self.forcing(|file| file.fail_on.as_ref(), |said| *said == fail_on);
        let fail_on =
            found.map(|(policy, said)| ("fail-on", quoted(fail_on.word()), policy, said.place()));
        for (key, value, policy, place) in redact.into_iter().chain(fail_on) {
            let row = shown.iter_mut().find(|row| row.key == key);
            if let Some(row) = row.filter(|row| row.value.as_ref() != Some(&value)) {
                *row = policy.layer.shown(key.to_owned(), value, &place);
            }
        }
    }
}

impl Layer {
    /// What settled a value: file and line, or the name of what was typed.
    fn origin(&self, place: &Range<usize>) -> String {
        match self.kind {
            LayerKind::Extended | LayerKind::Own => {
                format!("{}:{}", self.file.name(), self.line(place))
            }
            LayerKind::Environment | LayerKind::CommandLine => self.file.name().to_owned(),
        }
    }

    fn shown(&self, key: String, value: String, place: &Range<usize>) -> Shown {
        Shown {
            key,
            value: Some(value),
            origin: Some(self.origin(place)),
        }
    }
}

/// What the last source says of a key, or what holds where none does.
fn row<'p, S: 'p>(
    (key, built_in): Key,
    of: impl Fn(&S) -> Written,
    sources: impl DoubleEndedIterator<Item = (&'p S, &'p Layer)>,
) -> Shown {
    let mut sources = sources.rev();
    let found = sources.find_map(|(source, layer)| of(source).map(|found| (found, layer)));
    match found {
        Some(((value, place), layer)) => layer.shown(key.to_owned(), value, &place),
        None => Shown {
            key: key.to_owned(),
            value: built_in.map(str::to_owned),
            origin: None,
        },
    }
}

impl Project {
    /// Names of the files that settle something, the nearest first.
    pub fn chain(&self) -> Vec<&str> {
        let files = self.layers.iter().rev();
        let files = files.filter(|layer| layer.kind <= LayerKind::Own);
        files.map(|layer| layer.file.name()).collect()
    }

    /// Names of the policies that hold whatever those files say.
    pub fn policies(&self) -> Vec<&str> {
        self.held.names()
    }

    /// Every setting that holds for a draft, given from the root of the file system.
    pub fn shown(&self, path: &Path) -> Vec<Shown> {
        let said = self.keys(&self.overrides_of(path));
        let files = || self.layers.iter().map(|layer| (&layer.content, &**layer));
        let drafts = || said.iter().map(|said| (&said.keys, said.layer));
        let mut shown: Vec<Shown> = OF_FILE
            .iter()
            .map(|&(key, of)| row(key, of, files()))
            .collect();
        shown.extend(OF_DRAFT.iter().map(|&(key, of)| row(key, of, drafts())));
        for (file, layer) in files() {
            let (key, more) = ("extend-exclude", words(file.extend_exclude.as_ref()));
            shown.extend(more.map(|(value, place)| layer.shown(key.to_owned(), value, &place)));
        }
        for (keys, layer) in drafts() {
            let (key, more) = ("extend-select", words(keys.extend_select));
            shown.extend(more.map(|(value, place)| layer.shown(key.to_owned(), value, &place)));
            shown.extend(keys.rules.0.iter().map(|(name, level)| {
                let key = format!("rules.{}", quoted(name.value()));
                layer.shown(key, quoted(level.value().word()), &name.place())
            }));
        }
        for (file, layer) in files() {
            shown.extend(file.allows.iter().map(|entry| {
                let (rule, path) = (quoted(entry.rule.value()), quoted(entry.path.value()));
                let value = format!("{{ rule = {rule}, path = {path} }}");
                layer.shown("allow".to_owned(), value, &entry.rule.place())
            }));
        }
        self.held.force(&mut shown, &self.settings(path));
        shown.extend(self.held.shown());
        shown
    }
}
