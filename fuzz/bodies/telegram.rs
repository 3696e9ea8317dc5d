//! The reader of telegrams, with every shipped rule.

use super::chosen;
use super::places::{rules_of, verdict_lies_in};
use super::shipped::rules;
use caveat::checks::Profile;
use caveat::engine::{Options, Verdict, Wording, check};
use caveat::reading::Form;
use caveat::text::Source;

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    let options = Options {
        form: (first & 1 == 0).then_some(Form::Telegram),
        profile: (first & 2 != 0).then_some(Profile::Archive),
        ..Options::default()
    };
    holds("draft.txt", &super::text(bytes), &options);
}

/// That everything read and found lies in the text, is the same when it is read again, and hangs on no line end.
pub(super) fn holds(name: &str, text: &str, options: &Options) {
    let verdict = judged(name, text, options);
    let again = judged(name, text, options);
    assert_eq!(
        verdict.diagnostics, again.diagnostics,
        "read twice, found otherwise"
    );
    if !text.contains('\r') {
        // Elements may differ: how far a reader looks for one is counted in bytes, those of line ends included.
        let crlf = text.replace('\n', "\r\n");
        let other = judged(name, &crlf, options);
        assert_eq!(
            rules_of(&verdict),
            rules_of(&other),
            "CRLF is judged otherwise"
        );
        let demanded = |text: &str, verdict: &Verdict| {
            Wording::of(text, &verdict.reading, rules().scheme()).required
        };
        assert_eq!(
            demanded(text, &verdict),
            demanded(&crlf, &other),
            "CRLF demands otherwise"
        );
    }
}

fn judged(name: &str, text: &str, options: &Options) -> Verdict {
    let source = Source::from_text(name, text);
    let verdict = check(&source, rules(), options);
    let bytes = u32::try_from(text.len()).expect("short");
    verdict_lies_in(&verdict, &source, bytes);
    verdict
}
