//! Exit codes, and the closing sentences that go with them: one place decides both.

use crate::input::Cause;
use crate::report::Summary;
use crate::walk::Missed;

/// Everything asked for was examined, and nothing weighs as much as `--fail-on`.
pub const CLEAN: u8 = 0;
/// Something weighs at least as much as `--fail-on`.
pub const FINDINGS: u8 = 1;
/// Wrong usage, or a broken configuration or pack: no draft was examined.
pub const USAGE: u8 = 2;
/// Not everything was examined.
pub const INCOMPLETE: u8 = 3;
/// A bug in caveat.
pub const BUG: u8 = 101;

/// The codes, as `--help` shows them.
pub(super) const TABLE: &str = "\
Exit codes:
  0    everything asked for was examined; nothing at or above --fail-on
  1    findings at or above --fail-on
  2    wrong usage, broken configuration or pack; no draft was examined
  3    not everything was examined, or there was nothing to examine (outranks 1)
  101  a bug in caveat";

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// The exit code.
    pub(super) code: u8,
    /// Whether every path that was asked for was examined.
    pub(super) complete: bool,
    /// The closing sentence, and one line for each cause.
    pub(super) sentences: Vec<String>,
}

/// What the caller allows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Leave {
    /// Nothing to examine is as good as clean.
    pub(super) empty: bool,
    /// A named path that is excluded says nothing.
    pub(super) excluded: bool,
}

/// The code and the sentences of a run.
pub(super) fn ending(summary: &Summary, leave: Leave) -> Ending {
    let only_excluded =
        summary.not_examined() > 0 && summary.missed.keys().all(|&cause| cause == Cause::Excluded);
    let nothing = summary.examined == 0 && summary.panics == 0;
    if nothing && leave.excluded && only_excluded {
        return Ending {
            code: CLEAN,
            complete: true,
            sentences: Vec::new(),
        };
    }
    let gap = summary.missed.keys().any(|cause| cause.is_gap());
    let code = if summary.panics > 0 {
        BUG
    } else if gap || (nothing && !leave.empty) {
        INCOMPLETE
    } else if summary.failing > 0 {
        FINDINGS
    } else {
        CLEAN
    };
    let mut sentences = vec![counted(summary)];
    for (&cause, &count) in &summary.missed {
        sentences.push(because(cause, count, summary));
    }
    if nothing && !leave.empty && !gap {
        sentences.push("  nothing was examined; --allow-empty lets that pass".to_owned());
    }
    Ending {
        code,
        complete: !matches!(code, INCOMPLETE | BUG),
        sentences,
    }
}

/// `4 of 5 examined, 2 findings (1 error, 1 warning)`.
fn counted(summary: &Summary) -> String {
    let all = summary.examined + summary.not_examined();
    let findings = summary.findings();
    let sentence = format!(
        "{} of {all} examined, {}",
        summary.examined,
        some(findings, "finding", "findings")
    );
    let kinds = [
        (summary.errors, "error", "errors"),
        (summary.warnings, "warning", "warnings"),
        (summary.advice, "advice", "advice"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|&(count, one, many)| some(count, one, many))
        .collect();
    let mut parts = vec![sentence];
    if !kinds.is_empty() {
        parts.push(format!(" ({})", kinds.join(", ")));
    }
    if summary.suppressed > 0 {
        parts.push(format!(", {} allowed by configuration", summary.suppressed));
    }
    if summary.known > 0 {
        parts.push(format!(", {} known by the baseline", summary.known));
    }
    if summary.guessed > 0 {
        parts.push(format!(", {} read as windows-1252", summary.guessed));
    }
    parts.concat()
}

/// One line for each cause why paths were not examined.
pub(super) fn causes(missed: &[Missed]) -> Vec<String> {
    let mut summary = Summary::default();
    for Missed { path, refusal } in missed {
        summary.miss(&path.to_string_lossy(), refusal.cause, &refusal.detail);
    }
    let causes = summary.missed.iter();
    causes
        .map(|(&cause, &count)| because(cause, count, &summary))
        .collect()
}

/// `  1 unreadable: a.txt (permission denied)`; paths are named where there is a gap.
fn because(cause: Cause, count: usize, summary: &Summary) -> String {
    let word = cause.word();
    if !cause.is_gap() {
        return format!("  {count} {word} (`caveat files` names each)");
    }
    let named = summary.named.get(&cause).into_iter().flatten();
    let mut shown: Vec<String> = named
        .map(|(path, detail)| format!("{} ({detail})", crate::report::one_line(path)))
        .collect();
    if count > shown.len() {
        shown.push(format!("and {} more", count - shown.len()));
    }
    format!("  {count} {word}: {}", shown.join(", "))
}

/// A count with its noun.
pub(super) fn some(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::{BUG, CLEAN, FINDINGS, INCOMPLETE, Leave, ending};
    use crate::input::Cause;
    use crate::report::Summary;

    fn summary(examined: usize, failing: usize, causes: &[(Cause, usize)]) -> Summary {
        Summary {
            examined,
            failing,
            warnings: failing,
            missed: causes.iter().copied().collect(),
            ..Summary::default()
        }
    }

    #[test]
    fn a_gap_outranks_findings_and_a_bug_outranks_all() {
        let leave = Leave::default();
        let code = |summary: &Summary| ending(summary, leave).code;
        assert_eq!(code(&summary(2, 0, &[])), CLEAN);
        assert_eq!(code(&summary(2, 1, &[])), FINDINGS);
        assert_eq!(code(&summary(2, 1, &[(Cause::Ignored, 9)])), FINDINGS);
        assert_eq!(code(&summary(2, 1, &[(Cause::Damaged, 1)])), INCOMPLETE);
        assert_eq!(code(&summary(0, 0, &[(Cause::NotADraft, 1)])), INCOMPLETE);
        let bug = Summary {
            panics: 1,
            ..summary(2, 1, &[(Cause::Unreadable, 1)])
        };
        assert_eq!(code(&bug), BUG);
    }

    #[test]
    fn leave_makes_nothing_to_examine_clean() {
        let empty = Leave {
            empty: true,
            excluded: false,
        };
        assert_eq!(ending(&summary(0, 0, &[]), empty).code, CLEAN);
        let excluded = Leave {
            empty: false,
            excluded: true,
        };
        let only = ending(&summary(0, 0, &[(Cause::Excluded, 2)]), excluded);
        assert_eq!((only.code, only.sentences.len()), (CLEAN, 0));
        assert_eq!(ending(&summary(0, 0, &[]), excluded).code, INCOMPLETE);
    }

    #[test]
    fn the_sum_adds_up_and_gaps_have_names() {
        let mut summary = summary(3, 1, &[(Cause::Ignored, 2)]);
        for number in 0..5 {
            summary.miss(&format!("{number}.txt"), Cause::Unreadable, "gone");
        }
        let sentences = ending(&summary, Leave::default()).sentences;
        let expected = [
            "3 of 10 examined, 1 finding (1 warning)",
            "  2 ignored (`caveat files` names each)",
            "  5 unreadable: 0.txt (gone), 1.txt (gone), 2.txt (gone), and 2 more",
        ];
        assert_eq!(sentences, expected);
    }
}
