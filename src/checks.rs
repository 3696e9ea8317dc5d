//! L7: the kinds of check. Each reads the elements of a draft and says where it finds fault.

use crate::marking::{RollUp, Scheme};
use crate::reading::{Element, ElementKind, Reading, Value};
use crate::rules::RuleSet;
use crate::rules::file::{
    Absent, Agree, Check, Condition, Conflict, ControlInHeader, DayRange, Lifetime, NotAbove,
    Present, Sequence,
};
use crate::text::Span;
use std::cmp::Ordering;

/// A place at fault, with what stands there and what should.
#[derive(Clone)]
pub struct Finding {
    /// Bytes of the decoded text.
    pub span: Span,
    /// What stands there.
    pub found: String,
    /// What should; empty where nothing can be said.
    pub expected: String,
    /// Places that explain it.
    pub related: Vec<Span>,
}

// A finding quotes the draft, so `Debug` shows only where.
impl std::fmt::Debug for Finding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Finding")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

/// What a check reads.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The decoded text.
    pub text: &'a str,
    /// The elements of the draft.
    pub reading: &'a Reading,
    /// The scheme of the draft.
    pub scheme: &'a Scheme,
    /// Vocabularies.
    pub rules: &'a RuleSet,
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Context")
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Context<'a> {
    fn slice(self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default().trim()
    }

    const fn scheme(self) -> &'a Scheme {
        self.scheme
    }

    fn finding(self, span: Span, expected: impl Into<String>) -> Finding {
        Finding {
            span,
            found: self.slice(span).to_owned(),
            expected: expected.into(),
            related: Vec::new(),
        }
    }

    fn captions(self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        let vocabulary = self.rules.vocabulary("caption");
        self.reading
            .of(ElementKind::Caption)
            .filter(move |element| {
                let term = element
                    .term
                    .zip(vocabulary)
                    .map(|(id, words)| words.term(id));
                term.is_some_and(|term| term.word == name)
            })
    }
}

/// Whether every fact of a condition holds.
pub fn holds(condition: &Condition, ctx: Context<'_>) -> bool {
    let reading = ctx.reading;
    let has_caption = |name: &crate::pack::shared::Name| ctx.captions(name.text()).next().is_some();
    let classified = reading
        .header
        .as_ref()
        .and_then(|header| header.level)
        .map(|used| ctx.scheme().level(used.level).classified);
    let day_fits = match (condition.since, condition.until, reading.date) {
        (None, None, _) => true,
        (since, until, Some(day)) => crate::pack::shared::holds_on(since, until, day),
        (_, _, None) => false,
    };
    day_fits
        && (condition.form.is_empty() || condition.form.contains(&reading.form))
        && (condition.rendering.is_empty()
            || reading
                .rendering
                .is_some_and(|own| condition.rendering.contains(&own)))
        && condition
            .classified
            .is_none_or(|wanted| classified == Some(wanted))
        && (condition.any_caption.is_empty() || condition.any_caption.iter().any(has_caption))
        && !condition.no_caption.iter().any(has_caption)
        && condition
            .present
            .iter()
            .all(|&kind| reading.first(kind).is_some())
        && condition
            .absent
            .iter()
            .all(|&kind| reading.first(kind).is_none())
}

/// Every place at which a check finds fault.
pub fn run(check: &Check, ctx: Context<'_>) -> Vec<Finding> {
    match check {
        Check::Present(check) => present(check, ctx),
        Check::Absent(check) => absent(check, ctx),
        Check::NotAbove(check) => not_above(check, ctx),
        Check::ControlInHeader(check) => control_in_header(check, ctx),
        Check::Conflict(check) => conflict(check, ctx),
        Check::Lifetime(check) => lifetime(check, ctx),
        Check::Agree(check) => agree(check, ctx),
        Check::Sequence(check) => sequence(check, ctx),
        Check::DayRange(check) => day_range(check, ctx),
    }
}

fn present(check: &Present, ctx: Context<'_>) -> Vec<Finding> {
    if ctx.reading.first(check.element).is_some() {
        return Vec::new();
    }
    ctx.reading
        .first(check.of)
        .map(|of| ctx.finding(of.span, ""))
        .into_iter()
        .collect()
}

fn absent(check: &Absent, ctx: Context<'_>) -> Vec<Finding> {
    let named = |element: &&Element| {
        let text = ctx.slice(element.span);
        check.text.is_empty() || check.text.iter().any(|bad| bad.eq_ignore_ascii_case(text))
    };
    ctx.reading
        .of(check.element)
        .filter(named)
        .map(|found| ctx.finding(found.span, ""))
        .collect()
}

fn not_above(check: &NotAbove, ctx: Context<'_>) -> Vec<Finding> {
    let scheme = ctx.scheme();
    let header = ctx.reading.header.as_ref().and_then(|header| header.level);
    let Some(header) = header else {
        return Vec::new();
    };
    let level = |element: &Element| element.marking().and_then(|marking| marking.level);
    let above = ctx.reading.of(check.element).filter(|element| {
        level(element)
            .is_some_and(|used| scheme.compare(used.level, header.level) == Some(Ordering::Greater))
    });
    above
        .map(|element| {
            let mut finding = ctx.finding(element.span, ctx.slice(header.span));
            finding.related.push(header.span);
            finding
        })
        .collect()
}

fn control_in_header(check: &ControlInHeader, ctx: Context<'_>) -> Vec<Finding> {
    let scheme = ctx.scheme();
    let Some(control) = scheme.control_named(check.control.text()) else {
        return Vec::new();
    };
    let Some(header) = &ctx.reading.header else {
        return Vec::new();
    };
    let mut state = RollUp::default();
    let marked: Vec<&Element> = ctx.reading.of(ElementKind::Portion).collect();
    for marking in marked.iter().filter_map(|element| element.marking()) {
        state.add(marking, ctx.text, scheme);
    }
    let own = header.level.map(|used| used.level);
    let dropped = own.is_some_and(|level| scheme.control(control).dropped_at.contains(&level));
    if dropped || header.has(control) || !state.demand(scheme).controls.contains(&control) {
        return Vec::new();
    }
    let place = header.level.map_or(header.span, |used| used.span);
    let mut finding = ctx.finding(place, scheme.control(control).name.clone());
    let forcing = |element: &&&Element| element.marking().is_some_and(|own| own.has(control));
    finding.related = marked
        .iter()
        .filter(forcing)
        .take(3)
        .map(|element| element.span)
        .collect();
    vec![finding]
}

fn conflict(check: &Conflict, ctx: Context<'_>) -> Vec<Finding> {
    let others: Vec<Span> = check
        .with
        .iter()
        .flat_map(|name| ctx.captions(name.text()))
        .map(|found| found.span)
        .collect();
    let Some(&first) = others.first() else {
        return Vec::new();
    };
    let one = ctx.captions(check.caption.text()).next();
    one.map(|caption| Finding {
        related: others.clone(),
        ..ctx.finding(caption.span, ctx.slice(first))
    })
    .into_iter()
    .collect()
}

fn lifetime(check: &Lifetime, ctx: Context<'_>) -> Vec<Finding> {
    let words = ctx.rules.vocabulary(check.vocabulary.text());
    let (Some(day), Some(words)) = (ctx.reading.date, words) else {
        return Vec::new();
    };
    let shifted = |days: i32| day.saturating_add(jiff::Span::new().days(days));
    let (early, late) = (shifted(check.early), shifted(-check.late));
    let outside = |element: &&Element| {
        element.term.is_some_and(|id| {
            let term = words.term(id);
            !(term.holds_on(day) || term.holds_on(early) || term.holds_on(late))
        })
    };
    let right = words.terms().iter().find(|term| term.holds_on(day));
    let expected = right.map_or("", |term| term.word.as_str());
    let elements = ctx.reading.of(check.element).filter(outside);
    elements
        .map(|element| ctx.finding(element.span, expected))
        .collect()
}

fn agree(check: &Agree, ctx: Context<'_>) -> Vec<Finding> {
    let number = |element: &Element| match element.value {
        Value::Number(number) => Some(
            check
                .last_digits
                .map_or(number, |digits| number % 10u32.saturating_pow(digits)),
        ),
        _ => None,
    };
    let one = ctx.reading.first(check.element);
    let other = ctx.reading.first(check.with);
    let (Some(one), Some(other)) = (one, other) else {
        return Vec::new();
    };
    if number(one) == number(other) {
        return Vec::new();
    }
    let related = vec![other.span];
    vec![Finding {
        related,
        ..ctx.finding(one.span, ctx.slice(other.span))
    }]
}

fn sequence(check: &Sequence, ctx: Context<'_>) -> Vec<Finding> {
    let mut expected = 1;
    let mut findings = Vec::new();
    for element in ctx.reading.of(check.element) {
        let Value::Number(number) = element.value else {
            continue;
        };
        if number != expected {
            findings.push(ctx.finding(element.span, expected.to_string()));
        }
        expected = number + 1;
    }
    findings
}

fn day_range(check: &DayRange, ctx: Context<'_>) -> Vec<Finding> {
    let Some(today) = ctx.reading.date else {
        return Vec::new();
    };
    let last = today.saturating_add(jiff::Span::new().years(check.years));
    let outside = |element: &&Element| match element.value {
        Value::Day(day) => day <= today || day > last,
        _ => false,
    };
    let elements = ctx.reading.of(check.element).filter(outside);
    elements
        .map(|element| ctx.finding(element.span, last.to_string()))
        .collect()
}
