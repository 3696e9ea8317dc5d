//! Dates and times as messages write them.

use jiff::civil::{Date, DateTime};

/// Twelve month names as messages abbreviate them.
const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// First two-digit year that belongs to the last century; earlier ones belong to this one.
const CENTURY_TURN: i16 = 66;

/// The full year of two digits, as message traffic uses them.
pub const fn full_year(two_digits: i16) -> i16 {
    if two_digits >= CENTURY_TURN {
        1900 + two_digits
    } else {
        2000 + two_digits
    }
}

/// Month of a three-letter or longer name, from 1.
pub fn month(name: &str) -> Option<i8> {
    let head = name.get(..3)?;
    let index = MONTHS
        .iter()
        .position(|month| month.eq_ignore_ascii_case(head))?;
    i8::try_from(index + 1).ok()
}

/// Whether a word is a month, whole or shortened to three letters.
pub fn is_month(word: &str) -> bool {
    let whole = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let known = whole.iter().chain(&MONTHS);
    known
        .into_iter()
        .any(|month| month.eq_ignore_ascii_case(word))
}

/// A date-time group such as `130815Z DEC 07`: day, hour, minute, month and year.
///
/// `None` where it has another shape; `Some(None)` where it has the shape and there is no such moment.
pub fn date_time_group(text: &str) -> Option<Option<DateTime>> {
    let mut words = text.split_whitespace();
    let (clock, name, year) = (words.next()?, words.next()?, words.next()?);
    let digits = clock.strip_suffix(['Z', 'z'])?;
    if digits.len() != 6 || words.next().is_some() || !is_digits(digits) || !is_digits(year) {
        return None;
    }
    let month = month(name)?;
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i8>().ok();
    let year: i16 = match year.len() {
        2 => full_year(year.parse().ok()?),
        4 => year.parse().ok()?,
        _ => return None,
    };
    let (day, hour, minute) = (number(0..2)?, number(2..4)?, number(4..6)?);
    Some(DateTime::new(year, month, day, hour, minute, 0, 0).ok())
}

/// The moment of a day of the year, hour and minute, such as `3470815`, in the year nearest to `near`.
pub fn filing_time(text: &str, near: Date) -> Option<DateTime> {
    if text.len() != 7 || !is_digits(text) {
        return None;
    }
    let day: i32 = text.get(..3)?.parse().ok()?;
    let (hour, minute) = (text.get(3..5)?.parse().ok()?, text.get(5..7)?.parse().ok()?);
    let candidates = (-1..=1).filter_map(|step| {
        let first = Date::new(near.year() + step, 1, 1).ok()?;
        let date = first.checked_add(jiff::Span::new().days(day - 1)).ok()?;
        let in_year = day >= 1 && date.year() == first.year();
        in_year.then(|| {
            DateTime::new(date.year(), date.month(), date.day(), hour, minute, 0, 0).ok()
        })?
    });
    candidates.min_by_key(|moment| (moment.date().duration_since(near)).abs())
}

/// A numeric or spelt date: `12/13/2017`, `1/5/85`, `2017/12/13`, `20171213`, `13 DEC 2017`.
///
/// Years of two digits become the first such year after `after`. `None` where the text is no date;
/// `Some(None)` where it is the shape of one and there is no such day.
pub fn written_date(text: &str, after: Option<Date>) -> Option<Option<Date>> {
    let text = text.trim().trim_end_matches(['.', ',', ';']);
    if text.len() == 8 && is_digits(text) {
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
        return Some(day(part(0..4)?, part(4..6)?, part(6..8)?));
    }
    let parts: Vec<&str> = text
        .split(['/', '-', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    if let Some(month) = month(second).filter(|_| is_digits(first) && is_digits(third)) {
        return Some(day(
            year_of(third, after)?,
            i16::from(month),
            first.parse().ok()?,
        ));
    }
    if ![first, second, third].iter().all(|part| is_digits(part)) {
        return None;
    }
    if first.len() == 4 {
        return Some(day(
            first.parse().ok()?,
            second.parse().ok()?,
            third.parse().ok()?,
        ));
    }
    Some(day(
        year_of(third, after)?,
        first.parse().ok()?,
        second.parse().ok()?,
    ))
}

/// A date with its month spelt first, such as `Sep 25 2017`; `None` where the text is another.
pub fn spelt_date(text: &str) -> Option<Date> {
    let mut words = text.split_whitespace();
    let (name, number, year) = (words.next()?, words.next()?, words.next()?);
    let month = month(name)?;
    day(year.parse().ok()?, i16::from(month), number.parse().ok()?)
}

fn year_of(text: &str, after: Option<Date>) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match (text.len(), after) {
        (4, _) => Some(year),
        (2, Some(date)) => {
            let century = date.year() - date.year().rem_euclid(100);
            let same = century + year;
            Some(if same < date.year() { same + 100 } else { same })
        }
        (2, None) => Some(full_year(year)),
        _ => None,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{date_time_group, filing_time, written_date};
    use jiff::civil::date;

    #[test]
    fn a_date_time_group_is_read_and_an_impossible_one_known_as_such() {
        let moment = date(2007, 12, 13).at(8, 15, 0, 0);
        assert_eq!(date_time_group("130815Z DEC 07"), Some(Some(moment)));
        assert_eq!(date_time_group("310815Z NOV 07"), Some(None));
        assert_eq!(date_time_group("DEC 13 2007"), None);
    }

    #[test]
    fn a_filing_time_takes_the_year_nearest_to_the_message() {
        let near = date(2007, 12, 13);
        assert_eq!(filing_time("3470815", near), Some(near.at(8, 15, 0, 0)));
        let turn = filing_time("0010005", date(2007, 12, 31));
        assert_eq!(turn, Some(date(2008, 1, 1).at(0, 5, 0, 0)));
        assert_eq!(
            filing_time("3660000", date(2007, 6, 1)),
            Some(date(2008, 12, 31).at(0, 0, 0, 0))
        );
        assert_eq!(filing_time("0000000", near), None);
    }

    #[test]
    fn written_dates_of_every_form_are_read() {
        let wanted = Some(Some(date(2017, 12, 13)));
        for form in [
            "12/13/2017",
            "12-13-2017",
            "2017/12/13",
            "20171213",
            "13 DEC 2017",
        ] {
            assert_eq!(written_date(form, None), wanted, "{form}");
        }
        let in_1979 = Some(date(1979, 7, 8));
        assert_eq!(
            written_date("1/5/85", in_1979),
            Some(Some(date(1985, 1, 5)))
        );
        assert_eq!(written_date("02/30/2019", None), Some(None));
        assert_eq!(written_date("UPON COMPLETION", None), None);
    }
}
