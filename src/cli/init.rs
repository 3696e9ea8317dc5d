//! `caveat init`: a `caveat.toml` in which every key stands, commented.

use super::args::InitArguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::world::Streams;
use crate::config::FILE_NAMES;
use crate::input::said;
use std::fs::File;
use std::io::{ErrorKind, Write as _};

/// Every key with what it means; what is built in, or an example where nothing is.
pub(super) const TEMPLATE: &str = include_str!("caveat.toml");

pub(super) fn init(arguments: &InitArguments, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    if arguments.stdout {
        streams.out.write_all(TEMPLATE.as_bytes())?;
        return Ok(CLEAN);
    }
    let [name, hidden] = FILE_NAMES;
    let path = arguments.folder.join(name);
    let there = |path: &std::path::Path| {
        let message = format!("`{}` is there already and is left as it is", path.display());
        Failure::Usage(message)
    };
    let other = arguments.folder.join(hidden);
    if other.exists() {
        return Err(there(&other));
    }
    let written = File::create_new(&path).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            writeln!(streams.out, "wrote `{}`", path.display())?;
            Ok(CLEAN)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(there(&path)),
        Err(error) => {
            let message = format!("`{}` cannot be written: {}", path.display(), said(&error));
            Err(Failure::Usage(message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::config::file::ConfigFile;
    use crate::problem::TextFile;

    /// The template with every key in force.
    fn in_force() -> String {
        let lines = TEMPLATE.lines().map(|line| {
            let bare = line.strip_prefix("# ").unwrap_or(line);
            let sets = bare.starts_with('[')
                || bare
                    .split_once(" = ")
                    .is_some_and(|(key, _)| !key.contains(' '));
            if sets { bare } else { "" }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_template_sets_nothing_and_every_line_of_it_is_valid() {
        let empty: toml::Table = toml::from_str(TEMPLATE).unwrap();
        assert!(empty.is_empty());
        let file = TextFile::new("caveat.toml", in_force());
        let (read, problems) = crate::toml_file::read::<ConfigFile>(&file);
        assert!(problems.is_empty(), "{problems:?}");
        assert!(read.is_some());
    }

    #[test]
    fn the_template_names_every_key() {
        let schema = serde_json::to_value(schemars::schema_for!(ConfigFile)).unwrap();
        let keys = schema["properties"].as_object().unwrap();
        let template: toml::Table = toml::from_str(&in_force()).unwrap();
        for key in keys.keys() {
            assert!(template.contains_key(key), "{key} is not in the template");
        }
        let allow = &template["allow"][0];
        for key in ["rule", "path", "reason", "until", "match"] {
            assert!(allow.get(key).is_some(), "allow.{key}");
        }
    }
}
