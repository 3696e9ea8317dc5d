//! `exceeds`: a year or number may not lie beyond another.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::moment::full_year;
use crate::reading::{Element, KindSet, Value};
use schemars::JsonSchema;
use serde::Deserialize;

/// A year must be that of another, or not lie beyond it. Years of two digits are those of message traffic.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Year {
    /// The years at fault.
    pub what: Selector,
    /// The other, if not the day of the draft.
    pub of: Option<Selector>,
    /// Whether an earlier year will do.
    #[serde(default)]
    pub or_earlier: bool,
}

#[derive(Debug)]
struct Years {
    what: Chosen,
    of: Option<Chosen>,
    or_earlier: bool,
}

impl Year {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Years {
            what: self.what.compile(names),
            of: self.of.as_ref().map(|of| of.compile(names)),
            or_earlier: self.or_earlier,
        })
    }
}

fn year(element: &Element) -> Option<i16> {
    match element.value {
        Value::Number(number) if number < 100 => Some(full_year(i16::try_from(number).ok()?)),
        Value::Number(number) => i16::try_from(number).ok(),
        Value::Day(day) => Some(day.year()),
        Value::Moment(moment) => Some(moment.year()),
        _ => None,
    }
}

impl Run for Years {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let other = self.of.as_ref().and_then(|of| of.first(draft));
        let wanted = match &self.of {
            Some(_) => other.and_then(year),
            None => draft.date().map(jiff::civil::Date::year),
        };
        let Some(wanted) = wanted else { return };
        for element in self.what.all(draft) {
            let fits = |own: i16| own == wanted || self.or_earlier && own < wanted;
            if year(element).is_some_and(|own| !fits(own)) {
                let finding = Finding::at(element, draft).expecting(wanted.to_string());
                findings.push(other.into_iter().fold(finding, Finding::beside));
            }
        }
    }
}
