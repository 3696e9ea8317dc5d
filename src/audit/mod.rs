//! L9: the engine over many drafts at once, with results in the order of the paths.

mod order;
mod panics;
mod shard;
mod silenced;
mod stamp;
mod unmarked;

pub use order::{Fate, in_order};
pub use panics::{Panicked, remember_panics};
pub use shard::{Census, Counter, PathKey, Shard};
pub use silenced::{Silenced, Silencer, Taken};
pub use stamp::Stamp;

use crate::ceiling::Guarded;
use crate::config::{Project, Settings};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::engine::{Verdict, Wording, check, read};
use crate::input::{self, Refusal};
use crate::marking::Scheme;
use crate::reading::Reading;
use crate::rules::RuleSet;
use crate::text::{Source, Span};
use crate::walk::Missed;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A draft to examine.
#[derive(Debug)]
pub struct Task {
    /// The path, as reports name it.
    pub path: PathBuf,
    /// The path from the root of the file system, by which the configuration goes.
    pub place: PathBuf,
    /// The bytes, where they are not to be read from the path.
    pub held: Option<Bytes>,
    /// The configuration that the draft falls under.
    pub project: Arc<Project>,
    /// What that says of it.
    pub settings: Arc<Settings>,
}

impl Task {
    /// Reads the draft. Bytes that are held are given up by that.
    ///
    /// # Errors
    /// The cause why it is no draft.
    pub fn read(&self) -> Result<Source, Refusal> {
        let name = self.path.to_string_lossy().into_owned();
        let manner = self.settings.manner();
        match &self.held {
            Some(bytes) => input::from_bytes(bytes.take(), name, manner),
            None => input::read(&self.path, name, manner),
        }
    }
}

/// Bytes of a draft, to be taken once; `Debug` shows none of them.
pub struct Bytes(Mutex<Vec<u8>>);

impl Bytes {
    /// Bytes that somebody read already.
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(Mutex::new(bytes))
    }

    /// The bytes; none are left.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Bytes").finish_non_exhaustive()
    }
}

/// A draft that was read and judged.
#[derive(Debug)]
pub struct Examined {
    /// The path, as reports name it.
    pub path: PathBuf,
    /// The draft.
    pub source: Source,
    /// What was read and found, as far as the configuration shows it.
    pub verdict: Verdict,
    /// The configuration that it falls under.
    pub project: Arc<Project>,
    /// What that says of it.
    pub settings: Arc<Settings>,
    /// Findings that the configuration or the baseline took out.
    pub silenced: Silenced,
    /// The same whole.
    pub taken: Vec<Taken>,
    wording: OnceLock<Wording>,
}

impl Examined {
    /// What the draft states and what its portions demand, put into words when it is first asked for.
    pub fn wording(&self) -> &Wording {
        let (text, reading) = (self.source.text(), &self.verdict.reading);
        self.wording
            .get_or_init(|| Wording::of(text, reading, self.scheme()))
    }

    /// The scheme that it was judged by.
    pub fn scheme(&self) -> &Scheme {
        scheme_of(self.project.rules(), &self.settings)
    }
}

/// The scheme that is chosen, or the first one.
fn scheme_of<'r>(rules: &'r RuleSet, settings: &Settings) -> &'r Scheme {
    let chosen = settings.options.scheme.as_deref();
    chosen
        .and_then(|name| rules.scheme_named(name))
        .unwrap_or(rules.scheme())
}

/// Reads and judges one draft, and leaves of the findings what the configuration wants to see.
///
/// # Errors
/// The draft could not be read.
pub fn examine(task: &Task) -> Result<Examined, Missed> {
    let source = task.read().map_err(|refusal| Missed {
        path: task.path.clone(),
        refusal,
    })?;
    let mut examined = judge(source, &task.place, &task.project, &task.settings);
    examined.path.clone_from(&task.path);
    Ok(examined)
}

/// Judges one draft that lies at `place`, and leaves of the findings what the configuration wants to see.
pub fn judge(
    source: Source,
    place: &Path,
    project: &Arc<Project>,
    settings: &Arc<Settings>,
) -> Examined {
    #[cfg(test)]
    panics::on_purpose(&source);
    let rules = project.rules();
    let mut verdict = check(&source, rules, &settings.options);
    if let Some(severity) = settings.must_be_marked {
        let scheme = scheme_of(rules, settings);
        let missing = unmarked::unmarked(&source, &verdict.reading, scheme, severity);
        verdict.diagnostics.extend(missing);
    }
    let found = &mut verdict.diagnostics;
    if !settings.pedantic {
        found.retain(|found| found.confidence > Confidence::Possible);
    }
    let (silenced, mut taken) = Silenced::take_out(project, place, found);
    found.extend(above_ceiling(&source, &verdict.reading, rules, settings));
    let key = |found: &Diagnostic| (found.primary, Arc::clone(&found.rule));
    found.sort_by_cached_key(key);
    if settings.redact {
        let taken = taken.iter_mut().map(|(found, _)| found);
        found.iter_mut().chain(taken).for_each(Diagnostic::redact);
    }
    Examined {
        path: place.to_owned(),
        source,
        verdict,
        project: Arc::clone(project),
        settings: Arc::clone(settings),
        silenced,
        taken,
        wording: OnceLock::new(),
    }
}

/// The finding on every marking in a text that exceeds a ceiling of its settings, whatever else they
/// say; `None` where none does. `reading` is what the engine made of the text.
///
/// It serves for any text: a file, a staged blob, the message of a commit.
pub fn above_ceiling(
    source: &Source,
    reading: &Reading,
    rules: &RuleSet,
    settings: &Settings,
) -> Option<Diagnostic> {
    if settings.ceilings.is_empty() {
        return None;
    }
    let scheme = scheme_of(rules, settings);
    let exceeding = |text: &str, reading: &Reading| {
        let guarded = Guarded {
            text,
            name: source.name(),
            reading: (reading, scheme),
        };
        guarded.exceeding(&settings.ceilings, rules.watch(), rules.schemes())
    };
    // A kind of draft that somebody chose must not hide what stands there.
    let detected = settings
        .options
        .form
        .map(|_| read(source, scheme, rules, None));
    let found = exceeding(source.text(), detected.as_ref().unwrap_or(reading));
    found.or_else(|| {
        // Nor must an encoding, be it chosen or guessed. A place in another text is none in this one.
        source.other_readings().iter().find_map(|(encoding, text)| {
            let other = Source::from_text(source.name(), text.as_str());
            let mut found = exceeding(text, &read(&other, scheme, rules, None))?;
            found.primary = Span::at(0);
            found.related.clear();
            found.plain = format!("read as {}, {}", encoding.word(), found.plain);
            found.message.clone_from(&found.plain);
            Some(found)
        })
    })
}
