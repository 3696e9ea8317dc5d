//! L1: what is wrong in a TOML file, and where.

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file that people write and problems point into: its name and its text, which is only lent where the
/// file is compiled in.
#[derive(Clone)]
pub struct TextFile(Arc<NamedSource<Cow<'static, str>>>);

impl TextFile {
    /// A TOML file of a name and a text.
    pub fn new(name: impl AsRef<str>, text: impl Into<Cow<'static, str>>) -> Self {
        let source = NamedSource::new(name, text.into());
        Self(Arc::new(source.with_language("toml")))
    }

    /// A JSON file of a name and a text.
    pub fn json(name: impl AsRef<str>, text: impl Into<Cow<'static, str>>) -> Self {
        let source = NamedSource::new(name, text.into());
        Self(Arc::new(source.with_language("json")))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.0.inner()
    }
}

impl fmt::Debug for TextFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// One thing wrong in a scheme, vocabulary, rule or configuration file.
///
/// It renders as a snippet of the file with the culprit underlined. The text is a pack's, never a draft's.
#[derive(Clone)]
pub struct PackProblem {
    message: String,
    label: String,
    place: Range<usize>,
    needed_by: Option<(Range<usize>, String)>,
    help: Option<String>,
    file: TextFile,
}

impl PackProblem {
    /// What is wrong, at which bytes of `file`.
    pub fn new(file: &TextFile, place: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            label: "here".to_owned(),
            place,
            needed_by: None,
            help: None,
            file: file.clone(),
        }
    }

    /// A few words beneath the culprit.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The key that needs the culprit to be right.
    #[must_use]
    pub fn needed_by(mut self, place: Range<usize>, label: impl Into<String>) -> Self {
        self.needed_by = Some((place, label.into()));
        self
    }

    /// Adds `did you mean …?` where one of `known` is near enough.
    #[must_use]
    pub fn nearest<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(word, known) {
            Some(near) => {
                let help = format!("did you mean `{near}`?");
                self.help(help)
            }
            None => self,
        }
    }

    /// Name of the file.
    pub fn file(&self) -> &str {
        self.file.name()
    }

    /// Text of the file.
    pub fn text(&self) -> &str {
        self.file.text()
    }

    /// Bytes of the culprit.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// First byte of the culprit, for sorting.
    pub const fn offset(&self) -> usize {
        self.place.start
    }
}

/// The known word nearest to `word`: at most a third of its letters wrong.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|&(distance, candidate)| (distance, candidate))
        .map(|(_, candidate)| candidate)
}

impl fmt::Display for PackProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl fmt::Debug for PackProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} ({}:{})",
            self.message,
            self.file.name(),
            self.place.start
        )
    }
}

impl std::error::Error for PackProblem {}

impl Diagnostic for PackProblem {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Error)
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help
            .as_ref()
            .map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.file.0.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let primary =
            LabeledSpan::new_primary_with_span(Some(self.label.clone()), self.place.clone());
        let second = self
            .needed_by
            .iter()
            .map(|(place, label)| LabeledSpan::new_with_span(Some(label.clone()), place.clone()));
        Some(Box::new(std::iter::once(primary).chain(second)))
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let known = ["HARBOR", "HARVEST", "SEALED"];
        assert_eq!(nearest("HARBUR", known), Some("HARBOR"));
        assert_eq!(nearest("sealed", known), Some("SEALED"));
        assert_eq!(nearest("MOUNTAIN", known), None);
    }
}
