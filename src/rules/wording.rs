//! What a rule says of its findings, and how it would put them right.

use super::file::{FixEntry, RuleEntry};
use super::repair::{Action, Insertion, LabelledField, Repair};
use super::template::{Field, Template, TemplateError};
use crate::pack::shared::Name;
use crate::problem::{PackProblem, TextFile};

/// The texts of a rule with their places, ready to be filled in.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) message: Template,
    pub(super) label: Template,
    pub(super) beside: Template,
    pub(super) help: Template,
    pub(super) repair: Option<Repair>,
}

impl Wording {
    /// Reads the texts of an entry, and adds what is wrong with them.
    pub(super) fn of(entry: &RuleEntry, file: &TextFile, problems: &mut Vec<PackProblem>) -> Self {
        let expects = entry.check.expects();
        let mut text = |name: &Name| template(name, expects, (file, problems));
        let message = text(&entry.message);
        let mut optional =
            |name: &Option<Name>| name.as_ref().map_or_else(Template::default, &mut text);
        let (label, beside, help) = (
            optional(&entry.label),
            optional(&entry.beside),
            optional(&entry.help),
        );
        let fix = entry.fix.as_ref();
        Self {
            message,
            label,
            beside,
            help,
            repair: fix.and_then(|fix| repair(fix, expects, (file, problems))),
        }
    }
}

fn template(
    name: &Name,
    expects: bool,
    (file, problems): (&TextFile, &mut Vec<PackProblem>),
) -> Template {
    let at = |word: &str| {
        let place = name.place();
        let written = file.text().get(place.clone()).unwrap_or_default();
        written.find(word).map_or(place.clone(), |at| {
            place.start + at..place.start + at + word.len()
        })
    };
    match Template::parse(name.text()) {
        Ok(template) if template.names(Field::Expected) && !expects => {
            let message = "a check of this kind does not say what it expects";
            problems
                .push(PackProblem::new(file, at("{expected}"), message).label("never filled in"));
            template
        }
        Ok(template) => template,
        Err(TemplateError::Unknown(word)) => {
            let message = format!("no value is called `{word}`");
            let known = Field::ALL.map(Field::word);
            let problem = PackProblem::new(file, at(&format!("{{{word}}}")), message)
                .label("unknown value")
                .help(format!("known here: {}", known.join(", ")))
                .nearest(&word, known);
            problems.push(problem);
            Template::default()
        }
        Err(TemplateError::Unbalanced(bracket)) => {
            let message = format!("`{bracket}` without its partner");
            problems.push(PackProblem::new(file, at(&bracket.to_string()), message));
            Template::default()
        }
    }
}

fn repair(
    fix: &FixEntry,
    expects: bool,
    (file, problems): (&TextFile, &mut Vec<PackProblem>),
) -> Option<Repair> {
    let mut text = |name: &Name| template(name, expects, (file, problems));
    let title = text(&fix.title);
    let action = match (&fix.replace, fix.delete, &fix.insert_below, &fix.line) {
        (None, false, None, None) if fix.raise => Some(Action::Raise),
        _ if fix.raise => None,
        (Some(replace), false, None, None) if fix.in_field.is_none() => {
            Some(Action::Replace(text(replace)))
        }
        (None, true, None, None) if fix.in_field.is_none() => Some(Action::Delete),
        (None, false, Some(kinds), Some(line)) if !kinds.is_empty() => {
            Some(Action::Insert(Insertion {
                below: kinds.clone(),
                line: text(line),
                field: fix.in_field.as_ref().map(|field| LabelledField {
                    element: field.element,
                    separator: field.separator.as_str().into(),
                    label: field.label.text().into(),
                    below: field.below.clone(),
                }),
            }))
        }
        _ => None,
    };
    if action.is_none() {
        let message = "a fix does one thing";
        let problem = PackProblem::new(file, fix.title.place(), message)
            .label("of this fix")
            .help("give `replace`, or `delete = true`, or `raise = true`, or `insert-below` with `line`");
        problems.push(problem);
    }
    Some(Repair {
        title,
        applicability: fix.applicability,
        action: action?,
    })
}
