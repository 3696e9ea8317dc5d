//! Fixes made in rounds until there is nothing left to make.

use super::{apply, weakens};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::engine::Verdict;
use crate::marking::Scheme;
use std::collections::BTreeSet;

/// Rounds after which fixes that call for each other are given up.
const ROUNDS: usize = 20;

/// What came of fixing a text.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Settled {
    /// The text with the fixes made.
    pub text: String,
    /// Fixes that were made, over all rounds.
    pub made: usize,
    /// Fixes that would have weakened a marking, or mended nothing, and were left out.
    pub refused: usize,
    /// Fixes that hold a sign which the encoding of the file has not, and were left out.
    pub unwritable: usize,
}

// It holds a draft's text.
impl std::fmt::Debug for Settled {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Settled")
            .field("bytes", &self.text.len())
            .field("made", &self.made)
            .finish_non_exhaustive()
    }
}

/// How a text is to be fixed.
pub struct Fixing<'f> {
    /// Reads and judges a text.
    pub judge: &'f dyn Fn(&str) -> Verdict,
    /// The scheme by which markings are compared.
    pub scheme: &'f Scheme,
    /// Whether fixes are made too that a person has to decide.
    pub with_unsafe: bool,
    /// Whether the file can hold a text.
    pub can_hold: &'f dyn Fn(&str) -> bool,
}

impl std::fmt::Debug for Fixing<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Fixing")
            .field("with_unsafe", &self.with_unsafe)
            .finish_non_exhaustive()
    }
}

impl Fixing<'_> {
    /// Makes the fixes of a text, reads the result again, and goes on until nothing changes. Of fixes
    /// that overlap one waits for the next round; one that weakens a marking or
    /// leaves what was found is not made.
    pub fn settle(&self, text: &str) -> Settled {
        let mut settled = Settled {
            text: text.to_owned(),
            ..Settled::default()
        };
        let mut seen = BTreeSet::from([text.to_owned()]);
        let mut verdict = (self.judge)(text);
        for _ in 0..ROUNDS {
            (settled.refused, settled.unwritable) = (0, 0);
            let Some((next, after, made)) = self.round(&mut settled, &verdict) else {
                break;
            };
            // Fixes that lead back to an earlier text would go round for ever.
            if !seen.insert(next.clone()) {
                break;
            }
            settled.text = next;
            settled.made += made;
            verdict = after;
        }
        settled
    }

    /// One round: the text after it, what was found in that, and how many fixes were made.
    fn round(&self, settled: &mut Settled, before: &Verdict) -> Option<(String, Verdict, usize)> {
        let found = before.diagnostics.iter();
        let wanted = found.filter_map(|found| Some((found, self.wanted(found)?)));
        let (wanted, unwritable): (Vec<Wanted<'_>>, Vec<_>) = wanted.partition(|(_, fix)| {
            let mut edits = fix.edits.iter();
            edits.all(|edit| (self.can_hold)(&edit.replacement))
        });
        settled.unwritable = unwritable.len();
        let chosen = without_overlaps(wanted);
        if let Some(done) = self.attempt(&settled.text, before, &chosen) {
            return Some(done);
        }
        // Some fix weakens a marking or mends nothing: those are made that do not, one after another.
        let mut kept: Vec<Wanted<'_>> = Vec::new();
        let mut last = None;
        for wanted in chosen {
            kept.push(wanted);
            if let Some(done) = self.attempt(&settled.text, before, &kept) {
                last = Some(done);
            } else {
                kept.pop();
                settled.refused += 1;
            }
        }
        last
    }

    /// The text with some fixes made; `None` where that changes nothing, weakens a marking, or leaves what
    /// was found.
    fn attempt(
        &self,
        text: &str,
        before: &Verdict,
        wanted: &[Wanted<'_>],
    ) -> Option<(String, Verdict, usize)> {
        let edits = wanted.iter().flat_map(|(_, fix)| &fix.edits);
        let (next, _) = apply(text, edits);
        if next == text {
            return None;
        }
        let after = (self.judge)(&next);
        let count = |verdict: &Verdict, rule: &str| {
            let found = verdict.diagnostics.iter();
            found.filter(|found| *found.rule == *rule).count()
        };
        let mends = wanted.iter().all(|(found, _)| {
            let of_rule = wanted.iter().filter(|(other, _)| other.rule == found.rule);
            count(&after, &found.rule) + of_rule.count() <= count(before, &found.rule)
        });
        let weaker = weakens(&before.reading, &after.reading, self.scheme);
        (mends && !weaker).then_some((next, after, wanted.len()))
    }

    fn wanted<'d>(&self, found: &'d Diagnostic) -> Option<&'d Fix> {
        let least = if self.with_unsafe {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        let fix = found.fix.as_ref()?;
        (fix.applicability >= least && !fix.edits.is_empty()).then_some(fix)
    }
}

/// A finding with the fix that is to be made.
type Wanted<'d> = (&'d Diagnostic, &'d Fix);

/// The fixes of which none touches the place of an earlier one. A fix is made whole or not at all.
fn without_overlaps(fixes: Vec<Wanted<'_>>) -> Vec<Wanted<'_>> {
    let mut kept: Vec<Wanted<'_>> = Vec::new();
    for wanted in fixes {
        let touches = |left: &Edit, right: &Edit| {
            left.span == right.span
                || left.span.start < right.span.end && right.span.start < left.span.end
        };
        let mut earlier = kept.iter().flat_map(|(_, kept)| &kept.edits);
        let clashes = earlier.any(|earlier| {
            let mut edits = wanted.1.edits.iter();
            edits.any(|edit| touches(earlier, edit))
        });
        if !clashes {
            kept.push(wanted);
        }
    }
    kept
}
