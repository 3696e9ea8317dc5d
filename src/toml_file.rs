//! L1: reads a TOML file into its shape, and reports everything that does not fit, not the first thing alone.

use crate::problem::{PackProblem, nearest};
use miette::NamedSource;
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue, Deserializer, Error};

/// Reads a file. What does not fit is left out of the value and reported; `None` where too little is left.
pub fn read<T: DeserializeOwned>(file: &Arc<NamedSource<String>>) -> (Option<T>, Vec<PackProblem>) {
    let (mut table, errors) = DeTable::parse_recoverable(file.inner());
    let mut problems: Vec<PackProblem> = errors
        .iter()
        .map(|error| PackProblem::new(file, place(error, file), error.message()))
        .collect();
    if !problems.is_empty() {
        return (None, problems);
    }
    let mut taken_out: Vec<Range<usize>> = Vec::new();
    loop {
        match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return (Some(value), problems),
            Err(error) => {
                let culprit = place(&error, file);
                // What lacks something that was taken out before is no second problem.
                let holds =
                    |inner: &Range<usize>| culprit.start <= inner.start && inner.end <= culprit.end;
                if !taken_out.iter().any(holds) {
                    problems.push(problem(file, &error, culprit.clone()));
                }
                // What does not fit is taken out, so that the next thing shows.
                taken_out.push(culprit.clone());
                if !remove(table.get_mut(), &culprit) {
                    return (None, problems);
                }
            }
        }
    }
}

fn place(error: &Error, file: &NamedSource<String>) -> Range<usize> {
    let end = file.inner().len();
    let place = error.span().unwrap_or(0..0);
    place.start.min(end)..place.end.min(end)
}

/// Takes out the key or value that stands at the place; `false` where there is none.
fn remove(table: &mut DeTable<'_>, culprit: &Range<usize>) -> bool {
    let found = table
        .iter()
        .find(|(key, value)| key.span() == *culprit || value.span() == *culprit)
        .map(|(key, _)| key.get_ref().to_string());
    match found {
        Some(key) => table.remove(key.as_str()).is_some(),
        None => table
            .iter_mut()
            .any(|(_, value)| remove_below(value.get_mut(), culprit)),
    }
}

fn remove_below(value: &mut DeValue<'_>, culprit: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove(table, culprit),
        DeValue::Array(items) => {
            let before = items.len();
            *items = items
                .iter()
                .filter(|item| item.span() != *culprit)
                .cloned()
                .collect();
            items.len() < before
                || items
                    .iter_mut()
                    .any(|item| remove_below(item.get_mut(), culprit))
        }
        _ => false,
    }
}

/// The words of serde's message, in the words of a person who writes the file.
fn problem(file: &Arc<NamedSource<String>>, error: &Error, culprit: Range<usize>) -> PackProblem {
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
    use miette::NamedSource;
    use serde::Deserialize;
    use std::sync::Arc;

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
        let file = Arc::new(NamedSource::new("ship.toml", text.to_owned()));
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
