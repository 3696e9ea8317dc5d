//! Fixes: they settle, never weaken a marking, and change nothing beside their places.

use super::chosen;
use super::settling::hold;
use super::shipped::rules;
use caveat::diagnostic::Edit;
use caveat::fix::apply;
use caveat::text::Span;

pub(super) fn run(bytes: &[u8]) {
    let (first, bytes) = chosen(bytes);
    if first & 1 == 0 {
        hold(&super::text(bytes), rules());
    } else {
        edits_keep_the_rest(bytes);
    }
}

/// Edits from the bytes, six for each: what is made of a text is what a slow count makes of it.
fn edits_keep_the_rest(bytes: &[u8]) {
    let (count, bytes) = chosen(bytes);
    let (raw, text) = bytes.split_at(bytes.len().min(6 * (count % 12)));
    let text = super::text(text);
    let edits: Vec<Edit> = raw
        .chunks_exact(6)
        .map(|own| {
            let start = u32::from(u16::from_le_bytes([own[0], own[1]]));
            let span = Span::new(start, start + u32::from(own[2] % 16));
            let replacement = super::text(&own[3..6]);
            Edit { span, replacement }
        })
        .collect();
    let (fixed, made) = apply(&text, &edits);
    let mut wanted: Vec<&Edit> = edits.iter().collect();
    wanted.sort_by_key(|edit| (edit.span, &edit.replacement));
    wanted.dedup();
    let (mut slow, mut at, mut count) = (String::new(), 0, 0);
    for edit in wanted {
        let place = edit.span.range();
        if place.start >= at && text.get(place.clone()).is_some() {
            slow.push_str(&text[at..place.start]);
            slow.push_str(&edit.replacement);
            (at, count) = (place.end, count + 1);
        }
    }
    slow.push_str(&text[at..]);
    assert_eq!((fixed, made), (slow, count));
}
