//! L2: reads a TOML file into its shape, and reports everything that does not fit, not the first thing alone.

pub mod tree;

use crate::problem::{PackProblem, TextFile, nearest};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

/// Reads a file. What does not fit is left out of the value and reported; `None` where too little is left.
pub fn read<T: DeserializeOwned>(file: &TextFile) -> (Option<T>, Vec<PackProblem>) {
    // A file without a fault, as nearly all are, is read once and nothing of it is kept.
    if let Ok(value) = toml::from_str(file.text()) {
        return (Some(value), Vec::new());
    }
    let (table, errors) = DeTable::parse_recoverable(file.text());
    if errors.is_empty() {
        return read_piecemeal(file, table);
    }
    let problem = |error: &Error| PackProblem::new(file, place(error, file), error.message());
    (None, errors.iter().map(problem).collect())
}

/// Reads a file whose tables are known already, as [`read`] does.
pub fn read_table<T: DeserializeOwned>(
    file: &TextFile,
    table: Spanned<DeTable<'_>>,
) -> (Option<T>, Vec<PackProblem>) {
    match T::deserialize(Deserializer::from(table)) {
        Ok(value) => (Some(value), Vec::new()),
        Err(_) => read(file),
    }
}

/// What fits of a file that does not fit as a whole, and every reason.
fn read_piecemeal<T: DeserializeOwned>(
    file: &TextFile,
    mut table: Spanned<DeTable<'_>>,
) -> (Option<T>, Vec<PackProblem>) {
    let mut problems = Vec::new();
    let mut taken_out: Vec<Taken> = Vec::new();
    loop {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return (Some(value), problems),
            Err(error) => {
                let culprit = place(&error, file);
                if !follows(&error, &culprit, &taken_out, file) {
                    problems.push(problem(file, &error, culprit.clone()));
                }
                // What does not fit is taken out, so that the next thing shows.
                match remove(table.get_mut(), &culprit) {
                    Some(taken) => taken_out.push(taken),
                    None => return (None, problems),
                }
            }
        }
    }
}

/// Something that was taken out: its key, empty for a part of a list, and where it stood.
struct Taken {
    key: String,
    place: Range<usize>,
}

/// Whether a problem is there only because something was taken out before.
fn follows(error: &Error, culprit: &Range<usize>, taken_out: &[Taken], file: &TextFile) -> bool {
    let missing = error
        .message()
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let lacks = |taken: &Taken| {
        // A table with a header of its own is placed at that header.
        let between = file.text().get(culprit.end..taken.place.start);
        let below = between.is_some_and(|between| !between.contains("\n["));
        below && missing == Some(&taken.key)
    };
    let holds =
        |taken: &Taken| culprit.start <= taken.place.start && taken.place.end <= culprit.end;
    taken_out.iter().any(|taken| holds(taken) || lacks(taken))
}

fn place(error: &Error, file: &TextFile) -> Range<usize> {
    let end = file.text().len();
    let place = error.span().unwrap_or(0..0);
    place.start.min(end)..place.end.min(end)
}

/// Takes out the key or value that stands at the place; the innermost, where several begin there.
fn remove(table: &mut DeTable<'_>, culprit: &Range<usize>) -> Option<Taken> {
    let mut values = table.iter_mut();
    if let Some(taken) = values.find_map(|(key, value)| {
        let taken = remove_below(value.get_mut(), culprit)?;
        let own = taken.key.is_empty().then(|| key.get_ref().to_string());
        Some(Taken {
            key: own.unwrap_or(taken.key),
            place: taken.place,
        })
    }) {
        return Some(taken);
    }
    let (key, place) = table
        .iter()
        .find(|(key, value)| key.span() == *culprit || value.span() == *culprit)
        .map(|(key, _)| (key.get_ref().to_string(), key.span()))?;
    table.remove(key.as_str())?;
    Some(Taken { key, place })
}

fn remove_below(value: &mut DeValue<'_>, culprit: &Range<usize>) -> Option<Taken> {
    match value {
        DeValue::Table(table) => remove(table, culprit),
        DeValue::Array(items) => {
            if let Some(taken) = items
                .iter_mut()
                .find_map(|item| remove_below(item.get_mut(), culprit))
            {
                return Some(taken);
            }
            let before = items.len();
            *items = items
                .iter()
                .filter(|item| item.span() != *culprit)
                .cloned()
                .collect();
            (items.len() < before).then(|| Taken {
                key: String::new(),
                place: culprit.clone(),
            })
        }
        _ => None,
    }
}

/// The words of serde's message, in the words of a person who writes the file.
fn problem(file: &TextFile, error: &Error, culprit: Range<usize>) -> PackProblem {
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2);
    let word = quoted.next().unwrap_or_default();
    let known: Vec<&str> = quoted.collect();
    let of = |text: String| PackProblem::new(file, culprit.clone(), text);
    if message.starts_with("unknown field") {
        hinted(of(format!("no key is called `{word}` here")), word, &known).label("unknown key")
    } else if message.starts_with("unknown variant") {
        hinted(
            of(format!("`{word}` is no value of this key")),
            word,
            &known,
        )
        .label("unknown word")
    } else if message.starts_with("missing field") {
        of(format!("the key `{word}` is missing")).label("in this table")
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        of(format!("wrong type: {rest}"))
    } else {
        of(message.to_owned())
    }
}

/// The nearest known word, or all of them.
fn hinted(problem: PackProblem, word: &str, known: &[&str]) -> PackProblem {
    match nearest(word, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => problem,
        None => problem.help(format!("known here: {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::problem::TextFile;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct File {
        ship: Option<bool>,
        #[serde(default)]
        crew: Vec<Sailor>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Sailor {
        name: String,
        rank: Option<Rank>,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Rank {
        Mate,
        Captain,
    }

    fn problems(text: &str) -> (Option<File>, Vec<(usize, String)>) {
        let file = TextFile::new("ship.toml", text.to_owned());
        let (value, problems) = read(&file);
        let told = problems
            .iter()
            .map(|problem| (problem.offset(), problem.to_string()));
        (value, told.collect())
    }

    #[test]
    fn every_problem_is_reported_at_its_word_and_the_rest_is_read() {
        let text = "shipp = true\nship = 3\n\n[[crew]]\nname = 'Ann'\nrank = 'mat'\n\n[[crew]]\nrank = 'captain'\n";
        let (value, mut told) = problems(text);
        told.sort();
        let at = |word: &str| text.find(word).unwrap();
        let expected = [
            (0, "no key is called `shipp` here".to_owned()),
            (
                at("3"),
                "wrong type: integer `3`, expected a boolean".to_owned(),
            ),
            (at("'mat'"), "`mat` is no value of this key".to_owned()),
            (
                text.rfind("[[crew]]").unwrap(),
                "the key `name` is missing".to_owned(),
            ),
        ];
        assert_eq!(told, expected);
        let crew = value.unwrap().crew;
        assert_eq!(crew.len(), 1);
        assert_eq!(crew.first().unwrap().name, "Ann");
        assert_eq!(crew.first().unwrap().rank, None);
    }

    #[test]
    fn broken_syntax_is_reported_and_nothing_is_read() {
        let (value, told) = problems("ship = \n[[crew]\n");
        assert!(value.is_none());
        assert!(told.len() >= 2, "{told:?}");
    }

    #[test]
    fn a_good_file_has_no_problem() {
        let (value, told) = problems("ship = true\n");
        assert_eq!((value.unwrap().ship, told.len()), (Some(true), 0));
    }
}
