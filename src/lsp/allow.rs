//! An `[[allow]]` entry for one rule in one draft, to be written into the configuration with a reason.

use super::position::Places;
use super::uri;
use super::view::View;
use crate::config::{FILE_NAMES, LayerKind};
use crate::text::LineIndex;
use gen_lsp_types::{
    CreateFile, CreateFileOptions, DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier,
    Range, TextDocumentEdit, TextDocumentIdentifier, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What the editor has of the file of the configuration, where it is open.
pub(super) type Open<'o> = &'o dyn Fn(&Uri) -> Option<(i32, String)>;

/// The file of the configuration that holds for a draft, or the one to make: beside the draft, or in the
/// open folder that it lies in.
fn file(view: &View<'_>, roots: &[PathBuf]) -> (PathBuf, bool) {
    let layers = view.examined.project.layers().iter().rev();
    let mut own = layers.filter(|layer| layer.kind == LayerKind::Own);
    if let Some(path) = own.find_map(|layer| layer.path.clone()) {
        return (path, true);
    }
    let place = &view.examined.path;
    let root = roots.iter().filter(|root| place.starts_with(root));
    let root = root.max_by_key(|root| root.components().count());
    let folder = root.map_or_else(|| place.parent().unwrap_or(place), PathBuf::as_path);
    let [name, _] = FILE_NAMES;
    (folder.join(name), false)
}

/// The change that allows a rule in the draft; `None` where the editor cannot make a file that is wanted.
pub(super) fn edit(
    rule: &str,
    view: &View<'_>,
    roots: &[PathBuf],
    open: Open<'_>,
) -> Option<WorkspaceEdit> {
    let (path, exists) = file(view, roots);
    if !exists && !view.client.creates {
        return None;
    }
    let uri = uri::of_path(&path);
    let held = open(&uri);
    let version = held.as_ref().map(|(version, _)| *version);
    let text = match held {
        Some((_, text)) => text,
        None if exists => String::from_utf8(std::fs::read(&path).ok()?).ok()?,
        None => String::new(),
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let entry = entry(rule, &pattern(&view.examined.path, base)?, &text);
    let lines = LineIndex::new(&text);
    let places = Places::new(&text, &lines, view.places.unit());
    let end = places.position(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let insertion = TextEdit {
        range: Range { start: end, end },
        new_text: entry,
    };
    if !view.client.versioned {
        return exists.then(|| WorkspaceEdit {
            changes: Some(HashMap::from([(uri, vec![insertion])])),
            ..WorkspaceEdit::default()
        });
    }
    let make = DocumentChange::CreateFile(CreateFile {
        uri: uri.clone(),
        options: Some(CreateFileOptions {
            overwrite: Some(false),
            ignore_if_exists: Some(true),
        }),
        annotation_id: None,
    });
    let write = DocumentChange::TextDocumentEdit(TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version,
            text_document_identifier: TextDocumentIdentifier { uri },
        },
        edits: vec![Edit::TextEdit(insertion)],
    });
    let make = (!exists).then_some(make);
    Some(WorkspaceEdit {
        document_changes: Some(make.into_iter().chain([write]).collect()),
        ..WorkspaceEdit::default()
    })
}

/// The entry, with what belongs before it at the end of the file. Its reason is empty, which is no sound
/// configuration: somebody has to fill it in.
fn entry(rule: &str, pattern: &str, text: &str) -> String {
    let before = match text {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let quoted = |word: &str| toml::Value::String(word.to_owned()).to_string();
    let (rule, pattern) = (quoted(rule), quoted(pattern));
    format!("{before}[[allow]]\nrule = {rule}\npath = {pattern}\nreason = \"\"\n")
}

/// A pattern that covers the draft alone, from the folder of the configuration; `None` where the draft
/// does not lie below that.
fn pattern(draft: &Path, base: &Path) -> Option<String> {
    let near = draft.strip_prefix(base).ok()?;
    let parts = near.components().map(|part| {
        let part = part.as_os_str().to_string_lossy();
        let mut written = String::from("/");
        for letter in part.chars() {
            if matches!(letter, '*' | '?' | '[' | ']' | '{' | '}') {
                written.extend(['[', letter, ']']);
            } else {
                written.push(letter);
            }
        }
        written
    });
    Some(parts.collect())
}

#[cfg(test)]
mod tests {
    use super::{entry, pattern};
    use std::path::Path;

    #[test]
    fn an_entry_stands_apart_and_wants_a_reason() {
        let wanted = "[[allow]]\nrule = \"p/r\"\npath = \"a.txt\"\nreason = \"\"\n";
        assert_eq!(entry("p/r", "a.txt", ""), wanted);
        assert_eq!(entry("p/r", "a.txt", "x = 1\n"), format!("\n{wanted}"));
        assert_eq!(entry("p/r", "a.txt", "x = 1"), format!("\n\n{wanted}"));
    }

    #[test]
    fn a_pattern_covers_one_draft_whatever_its_name() {
        let (draft, base) = (Path::new("/h/d/a[1].txt"), Path::new("/h"));
        let written = pattern(draft, base).unwrap();
        assert_eq!(written, "/d/a[[]1[]].txt");
        assert_eq!(pattern(draft, Path::new("/elsewhere")), None);
        let patterns = crate::config::Patterns::new([written.as_str()], base).unwrap();
        assert!(patterns.covers(draft));
        assert!(!patterns.covers(Path::new("/h/d/a1.txt")));
    }
}
