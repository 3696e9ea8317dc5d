//! Whether a value in words of its own is a date, a moment or a codeword.

use crate::pack::control_file::ParameterKind;

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// Whether a text is a value of a kind.
pub(super) fn is_of_kind(kind: ParameterKind, text: &str) -> bool {
    match kind {
        ParameterKind::Date => is_date(text),
        ParameterKind::Moment => is_moment(text),
        ParameterKind::Codeword => !text.is_empty() && text.chars().all(char::is_alphanumeric),
        _ => !text.trim().is_empty(),
    }
}

/// `2031-05-01`, `20310501`, `1 May 2031` or `01/05/31`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split([' ', '-', '/']).collect();
    let number = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match parts.as_slice() {
        [whole] => {
            let parts = (whole.get(..4), whole.get(4..6), whole.get(6..));
            matches!(parts, (Some(year), Some(month), Some(day))
                if number(year, 4, 4) && is_month(month) && is_day(day) && day.len() == 2)
        }
        [year, month, day] if number(year, 4, 4) => is_month(month) && is_day(day),
        [day, month, year] => is_day(day) && is_month(month) && number(year, 2, 4),
        _ => false,
    }
}

fn is_day(text: &str) -> bool {
    text.len() <= 2 && text.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

fn is_month(text: &str) -> bool {
    let by_number = text.len() <= 2 && text.parse::<u8>().is_ok_and(|own| (1..=12).contains(&own));
    let begins = |name: &str| {
        text.get(..3)
            .is_some_and(|first| first.eq_ignore_ascii_case(name))
    };
    by_number || MONTHS.iter().any(|name| begins(name))
}

/// A date with a time before or after it, such as `09:00 on 2 May 2031`.
fn is_moment(text: &str) -> bool {
    let is_time = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        digits == 4
            && word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b':')
    };
    let words: Vec<&str> = text.split(' ').collect();
    let (first, last) = (words.first(), words.last());
    let after_time = first
        .filter(|word| is_time(word))
        .and_then(|word| text.get(word.len()..));
    let before_time = last.filter(|word| is_time(word));
    let before_time = before_time.and_then(|word| text.get(..text.len() - word.len()));
    let date = |rest: &str| {
        let rest = rest.trim();
        is_date(
            rest.strip_prefix("on ")
                .or_else(|| rest.strip_prefix("ON "))
                .unwrap_or(rest),
        )
    };
    after_time.is_some_and(date) || before_time.is_some_and(date)
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_moment, is_of_kind};
    use crate::pack::control_file::ParameterKind;

    #[test]
    fn dates_and_moments_are_told_from_other_words() {
        for text in ["2031-05-01", "20310501", "1 May 2031", "01/05/31"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["2031-13-01", "32 May 2031", "soon", "2031"] {
            assert!(!is_date(text), "{text}");
        }
        assert!(is_moment("09:00 on 2 May 2031"));
        assert!(is_moment("2031-05-02 0900"));
        assert!(!is_moment("2 May 2031"));
        assert!(!is_moment("h0900 on 2 May 2031") && !is_moment("123 on 2 May 2031"));
    }

    #[test]
    fn a_codeword_is_one_word_and_other_values_are_some_text() {
        let is_codeword = |text| is_of_kind(ParameterKind::Codeword, text);
        assert!(is_codeword("OTTERTAIL") && is_codeword("OTTER2"));
        assert!(!is_codeword("OTTER TAIL") && !is_codeword("OTTER-TAIL") && !is_codeword(""));
        let is_person = |text| is_of_kind(ParameterKind::Person, text);
        assert!(is_person("A. Otter") && !is_person(" "));
    }
}
