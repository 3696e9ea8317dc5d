//! Whether two runs judge alike, be they on two days or on two machines: digests of all that decides it.

use super::layer::LayerKind;
use super::project::Project;
use super::tree::{Disk, Tree as _};
use crate::rules::RuleSet;
use sha2::{Digest as _, Sha256};
use std::path::{Component, Path};
use std::sync::Arc;

/// Settings of a run that no draft is judged by.
const OF_THE_RUN: [&str; 5] = [
    "color",
    "output-format",
    "progress",
    "statistics",
    "threads",
];

/// Bytes of a digest that are kept.
const KEPT: usize = 16;

/// What drafts were judged by, in digests: runs that agree in them find the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// Of the configuration files, the baselines, what was typed, and which entries ran out.
    pub settings: String,
    /// Of the packs that are compiled in and those of the house.
    pub packs: String,
}

impl Imprint {
    /// That of some configurations. Paths count as they are seen from the working folder.
    pub fn of(projects: &[Arc<Project>], folder: &Path) -> Self {
        let mut settings: Vec<String> = projects
            .iter()
            .map(|project| settings(project, folder))
            .collect();
        settings.sort();
        let mut packs: Vec<String> = projects
            .iter()
            .map(|project| packs(project, folder))
            .collect();
        packs.sort();
        packs.dedup();
        for file in RuleSet::shipped_files() {
            let text = file.text().to_owned();
            packs.extend([file.path, text]);
        }
        Self {
            settings: digest(settings.iter().map(String::as_bytes)),
            packs: digest(packs.iter().map(String::as_bytes)),
        }
    }
}

/// The digest of some words, as hexadecimal digits. `["ab", "c"]` and `["a", "bc"]` differ.
pub fn digest<'w>(words: impl IntoIterator<Item = &'w [u8]>) -> String {
    let mut digest = Sha256::new();
    for word in words {
        digest.update((word.len() as u64).to_be_bytes());
        digest.update(word);
    }
    let whole = digest.finalize();
    let digits = whole.iter().take(KEPT).map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// A path as it is seen from a folder, with slashes, both from the root of the file system: the same
/// wherever the folder lies.
pub fn seen_from(path: &Path, folder: &Path) -> String {
    let mut above = folder.components();
    let mut below = path.components();
    while let (Some(left), Some(right)) = (above.clone().next(), below.clone().next()) {
        if left != right {
            break;
        }
        above.next();
        below.next();
    }
    let up = above.map(|_| "..".into());
    let down = below.map(|part| match part {
        Component::Normal(name) => name.to_string_lossy(),
        other => other.as_os_str().to_string_lossy(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn settings(project: &Project, folder: &Path) -> String {
    let mut words = Vec::new();
    for layer in project.layers() {
        let text = layer.file.text();
        match &layer.path {
            Some(path) => words.extend([seen_from(path, folder), text.to_owned()]),
            None => words.extend([typed(layer.kind), what_judges(text)]),
        }
    }
    for policy in &project.held.policies {
        words.extend(["policy".to_owned(), policy.layer.file.text().to_owned()]);
    }
    let allows = project.allows.iter();
    words.extend(allows.map(|allow| format!("ran out: {}", allow.expired)));
    if let Some(known) = &project.known {
        let path = seen_from(known.path(), folder);
        words.extend([path, known.layer.file.text().to_owned()]);
    }
    digest(words.iter().map(String::as_bytes))
}

fn typed(kind: LayerKind) -> String {
    format!("typed: {}", kind == LayerKind::CommandLine)
}

/// What was typed, without what only the run goes by.
fn what_judges(text: &str) -> String {
    let Ok(mut table) = text.parse::<toml::Table>() else {
        return text.to_owned();
    };
    for key in OF_THE_RUN {
        table.remove(key);
    }
    table.to_string()
}

fn packs(project: &Project, folder: &Path) -> String {
    let mut words = Vec::new();
    for pack in &project.packs {
        words.push(seen_from(pack, folder).into_bytes());
        for path in Disk.toml_files(pack).unwrap_or_default() {
            words.push(seen_from(&path, folder).into_bytes());
            words.push(Disk.read(&path).unwrap_or_default());
        }
    }
    digest(words.iter().map(Vec::as_slice))
}

#[cfg(test)]
mod tests {
    use super::{Imprint, seen_from};
    use crate::config::{COMMAND_LINE, LayerKind, Resolver, Start};
    use std::fs;
    use std::path::Path;

    /// The imprint of a folder whose configuration is `text`, with what was typed on a day.
    fn imprint(folder: &Path, text: &str, typed: &str, today: &str) -> Imprint {
        fs::write(folder.join("caveat.toml"), text).unwrap();
        let mut start = Start::default();
        start.folder = folder.to_owned();
        start.today = today.parse().unwrap();
        start.add_typed(LayerKind::CommandLine, COMMAND_LINE, typed.to_owned());
        let mut resolver = Resolver::new(start);
        let project = resolver.project(folder).unwrap();
        Imprint::of(&[project], folder)
    }

    const ALLOW: &str =
        "[[allow]]\nrule = \"core/*\"\npath = \"a\"\nreason = \"r\"\nuntil = 2020-01-31\n";

    #[test]
    fn what_decides_counts_and_how_the_run_is_shown_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let of = |text, typed, today| imprint(folder.path(), text, typed, today);
        let known = of(ALLOW, "pedantic = true\n", "2020-01-01");
        let same = "threads = 3\noutput-format = \"json\"\npedantic = true\n";
        assert_eq!(known, of(ALLOW, same, "2020-01-31"));
        let others = [
            of(ALLOW, "pedantic = false\n", "2020-01-01"),
            of("pedantic = false\n", "pedantic = true\n", "2020-01-01"),
            // The entry has run out meanwhile.
            of(ALLOW, "pedantic = true\n", "2020-02-01"),
        ];
        for other in others {
            assert_ne!(known.settings, other.settings);
            assert_eq!(known.packs, other.packs);
        }
    }

    #[test]
    fn another_place_of_the_whole_is_the_same_and_another_pack_is_not() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let of = |folder: &Path, pack: &str| {
            fs::create_dir_all(folder.join("house")).unwrap();
            fs::write(folder.join("house/words.toml"), pack).unwrap();
            imprint(folder, "packs = [\"house\"]\n", "", "2020-01-01")
        };
        let pack = "[vocabulary]\nof = \"caption\"\ntitle = \"words of the house\"\nauthority = \"invented\"\n\n\
            [[term]]\nword = \"LAKE CHANNEL\"\nauthority = \"invented\"\n";
        let known = of(one.path(), pack);
        assert_eq!(known, of(two.path(), pack));
        let other = of(two.path(), &format!("{pack}# another\n"));
        assert_eq!(known.settings, other.settings);
        assert_ne!(known.packs, other.packs);
    }

    #[test]
    fn a_path_is_seen_from_a_folder() {
        let seen = |path: &str| seen_from(Path::new(path), Path::new("/a/b"));
        assert_eq!(seen("/a/b/c/d"), "c/d");
        assert_eq!(seen("/a/x"), "../x");
        assert_eq!(seen("/y"), "../../y");
        assert_eq!(seen("/a/b"), "");
    }
}
