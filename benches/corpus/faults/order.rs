//! The line of the executive order, the declassification and the authority.

use super::At::{Here, Line, On};
use super::{
    Edit, Fault, before_the_text, classified, fault, given, line_from, order_lines, swap, year,
};
use caveat::reading::ElementKind;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "order-of-another-time",
        "telegram/order-not-in-force",
        Here,
        |text| {
            let later = year(text)? > 1990;
            let place = number(text)?;
            Some(Edit::new(place, if later { "11652" } else { "13526" }))
        },
    ),
    fault(
        "order-with-swapped-digits",
        "telegram/order-unknown",
        Here,
        |text| {
            let place = number(text)?;
            let digits = text.get(place.clone())?;
            let (head, tail) = digits.split_at(3);
            let (first, last) = tail.split_at(1);
            Some(Edit::new(place, format!("{head}{last}{first}")))
        },
    ),
    fault(
        "order-without-stops",
        "telegram/order-line-form",
        Line,
        |text| swap(text, "E.O. ", "E.O. ", "EO "),
    ),
    fault(
        "order-line-dropped",
        "telegram/order-missing",
        On(ElementKind::Level),
        |text| {
            let place = order_lines(text)?;
            Some(Edit::new(place.start..place.end + 1, ""))
        },
    ),
    fault(
        "order-after-tags",
        "telegram/lines-out-of-order",
        Line,
        |text| {
            let place = order_lines(text)?;
            let tags = line_from(text, "TAGS: ")?;
            let lines = format!("{}\n{}", text.get(tags.clone())?, text.get(place.clone())?);
            given(
                place.end + 1 == tags.start,
                Some(Edit::new(place.start..tags.end, lines)),
            )
        },
    ),
    fault(
        "nothing-to-declassify-on-classified",
        "telegram/order-na-classified",
        Here,
        |text| declassify(text, "N/A"),
    ),
    fault(
        "declassification-cut",
        "telegram/declassify-missing",
        Line,
        |text| declassify(text, ""),
    ),
    fault(
        "declassification-on-unclassified",
        "telegram/declassify-on-unclassified",
        Here,
        |text| {
            let year = year(text)? + 5;
            swap(text, "E.O. ", "N/A", &format!("DECL: 02/02/{year}"))
        },
    ),
    fault(
        "day-that-does-not-exist",
        "telegram/declassify-impossible",
        Here,
        |text| day(text, |year| format!("02/30/{}", year + 5)),
    ),
    fault(
        "day-that-has-passed",
        "telegram/declassify-not-future",
        Here,
        |text| day(text, |year| format!("02/02/{}", year - 20)),
    ),
    fault(
        "day-too-far-ahead",
        "telegram/declassify-beyond-25-years",
        Here,
        |text| {
            given(
                year(text)? > 2003,
                day(text, |year| format!("02/02/{}", year + 40)),
            )
        },
    ),
    fault(
        "day-beyond-ten-years",
        "telegram/declassify-beyond-ten-years",
        Here,
        |text| {
            given(
                (1996..2003).contains(&year(text)?),
                day(text, |year| format!("02/02/{}", year + 20)),
            )
        },
    ),
    fault(
        "code-after-its-time",
        "telegram/declassify-retired",
        Here,
        |text| given(year(text)? > 2003, day(text, |_| "X1".to_owned())),
    ),
    fault(
        "code-of-1982-after-its-time",
        "telegram/declassify-retired",
        Here,
        |text| day(text, |_| "OADR".to_owned()),
    ),
    fault(
        "event-that-never-comes",
        "telegram/declassify-vague",
        Here,
        |text| day(text, |_| "WHEN NO LONGER SENSITIVE".to_owned()),
    ),
    fault(
        "exemption-without-a-day",
        "telegram/exemption-undated",
        Here,
        |text| {
            let elsewhere = text.contains("Declassify On");
            given(
                year(text)? > 2003 && !elsewhere,
                day(text, |_| "25X6".to_owned()),
            )
        },
    ),
    fault(
        "authority-dropped",
        "telegram/authority-missing",
        On(ElementKind::Level),
        |text| {
            let start = authority(text)?;
            let length = text.get(start..)?.find("\n\n")? + 2;
            Some(Edit::new(start..start + length, ""))
        },
    ),
    fault(
        "classifier-without-position",
        "telegram/classifier-without-position",
        Line,
        |text| {
            let start = authority(text)?;
            let comma = start + text.get(start..)?.find(", ")?;
            let behind = text.get(comma..)?;
            let stop = behind
                .find(" for ")
                .unwrap_or(usize::MAX)
                .min(behind.find('.')?);
            Some(Edit::new(comma..comma + stop, ""))
        },
    ),
    fault(
        "reason-dropped",
        "telegram/reason-missing",
        On(ElementKind::ClassifiedBy),
        |text| {
            let start = reason(text)?;
            let length = text.get(start..)?.find(").")? + 2;
            Some(Edit::new(start - 1..start + length, ""))
        },
    ),
    fault(
        "reason-without-letter",
        "telegram/reason-missing",
        On(ElementKind::ClassifiedBy),
        |text| {
            let start = reason(text)?;
            let bracket = start + text.get(start..)?.find(" (")?;
            let length = text.get(bracket..)?.find(").")? + 2;
            Some(Edit::new(bracket..bracket + length, "."))
        },
    ),
    fault(
        "reason-letter-that-does-not-exist",
        "telegram/reason-letter-unknown",
        Here,
        |text| {
            let start = reason(text)?;
            let at = start + text.get(start..)?.find('(')? + 1;
            Some(Edit::new(at..at + 1, "k"))
        },
    ),
    fault(
        "reason-of-another-order",
        "telegram/reason-of-another-time",
        Here,
        |text| {
            let start = reason(text)?;
            let at = start + text.get(start..)?.find("1.4")?;
            given(year(text)? > 2003, Some(Edit::new(at..at + 3, "1.5")))
        },
    ),
    fault(
        "authority-on-unclassified",
        "telegram/authority-on-unclassified",
        Here,
        |text| {
            let authority = "Classified By: Fritz Tarlenheim, DCM. Reason: 1.4 (d).\n\n";
            given(
                !classified(text) && year(text)? > 2003,
                before_the_text(text, authority),
            )
        },
    ),
];

/// The number of the order.
fn number(text: &str) -> Option<std::ops::Range<usize>> {
    let start = line_from(text, "E.O. ")?.start + 5;
    Some(start..start + 5)
}

/// What stands after the number of the order on a classified telegram becomes another.
fn declassify(text: &str, to: &str) -> Option<Edit> {
    let place = order_lines(text)?;
    let start = place.start + text.get(place.clone())?.find(": ")? + 2;
    given(classified(text), Some(Edit::new(start..place.end, to)))
}

/// The day after `DECL:` becomes what is made of the year of the telegram.
fn day(text: &str, make: impl Fn(u32) -> String) -> Option<Edit> {
    let place = line_from(text, "E.O. ")?;
    let start = place.start + text.get(place.clone())?.find("DECL: ")? + 6;
    let is_day = text.get(start..place.end)?.contains('/');
    given(is_day, Some(Edit::new(start..place.end, make(year(text)?))))
}

fn authority(text: &str) -> Option<usize> {
    text.find("(U) Classified By:")
        .or_else(|| text.find("(U) CLASSIFIED BY:"))
}

fn reason(text: &str) -> Option<usize> {
    text.find("Reason:").or_else(|| text.find("REASON:"))
}
