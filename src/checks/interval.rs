//! `interval`: a day must lie so far from another.

use super::{Chosen, Draft, Finding, Names, Run, Selector};
use crate::reading::{Element, KindSet, Value};
use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// A day or moment must lie so far from another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Interval {
    /// The days or moments at fault.
    pub what: Selector,
    /// The one from which it is counted, if not from the day of the draft.
    pub from: Option<Selector>,
    /// The least distance, such as `1 day`; a negative one lies before.
    pub at_least: Option<Period>,
    /// The greatest distance, such as `25 years`.
    pub at_most: Option<Period>,
}

/// A length of time as rule files write it: `25 years`, `72 hours`, `-5 minutes`.
#[derive(Debug, Clone, Copy)]
pub struct Period(jiff::Span);

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let message = "a length of time is wanted, such as `25 years` or `-5 minutes`";
        written
            .parse()
            .map(Self)
            .map_err(|_| serde::de::Error::custom(message))
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A length of time, such as `25 years` or `-5 minutes`",
            "type": "string"
        })
    }
}

#[derive(Debug)]
struct Distance {
    what: Chosen,
    from: Option<Chosen>,
    least: Option<jiff::Span>,
    most: Option<jiff::Span>,
}

impl Interval {
    pub(super) fn compile(&self, names: &mut Names<'_>) -> Box<dyn Run> {
        Box::new(Distance {
            what: self.what.compile(names),
            from: self.from.as_ref().map(|from| from.compile(names)),
            least: self.at_least.map(|period| period.0),
            most: self.at_most.map(|period| period.0),
        })
    }
}

/// When an element is, and whether it says the time of day.
fn moment(element: &Element) -> Option<(DateTime, bool)> {
    match element.value {
        Value::Day(day) => Some((day.into(), false)),
        Value::Moment(moment) => Some((moment, true)),
        _ => None,
    }
}

impl Run for Distance {
    fn needs(&self) -> KindSet {
        self.what.kinds
    }

    fn run(&self, draft: &Draft<'_>, findings: &mut Vec<Finding>) {
        let from = self.from.as_ref().and_then(|from| from.first(draft));
        let day = || draft.date().map(|day| (DateTime::from(day), false));
        let start = if self.from.is_some() {
            from.and_then(moment)
        } else {
            day()
        };
        let Some((start, start_timed)) = start else {
            return;
        };
        for element in self.what.all(draft) {
            let Some((own, timed)) = moment(element) else {
                continue;
            };
            let start = if timed && start_timed {
                start
            } else {
                start.date().into()
            };
            let own = if timed && start_timed {
                own
            } else {
                own.date().into()
            };
            let bound = |period: Option<jiff::Span>| Some(start.saturating_add(period?));
            let (least, most) = (bound(self.least), bound(self.most));
            let missed = least
                .filter(|&least| own < least)
                .or(most.filter(|&most| own > most));
            let Some(missed) = missed else { continue };
            let finding = Finding::at(element, draft);
            findings.push(match from {
                Some(from) => finding.beside(from).expecting_as_at(from.span, draft),
                None => finding.expecting(missed.date().to_string()),
            });
        }
    }
}
