//! A marking and a roll-up, explained: every part with what it means, and what forced each part.

use super::fault::Expected;
use super::markings::{Marking, ValueOf};
use super::parse::parse;
use super::repair::{Repair, repair};
use super::roll_up::{Demand, RollUp};
use super::scheme::{ControlId, Scheme};
use super::statement::{Statement, Style};
use super::surface::Surface;
use super::words::Word;
use crate::diagnostic::Severity;
use crate::text::Span;

/// One part of a marking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What kind of part it is: `level`, `owner`, or the name of its category.
    pub category: String,
    /// Its canonical name.
    pub name: String,
    /// What it means.
    pub title: String,
    /// Where that is written down.
    pub authority: String,
    /// When it may be used, if not always.
    pub since: Option<jiff::civil::Date>,
    /// The last day on which it may be used.
    pub until: Option<jiff::civil::Date>,
    /// Bytes of the text.
    pub span: Span,
}

/// A marking, explained.
#[derive(Clone)]
pub struct Explained {
    /// As it was read.
    pub marking: Marking,
    /// Whether nothing is wrong with it beyond advice.
    pub is_valid: bool,
    /// Its parts, in the order of the text.
    pub parts: Vec<Part>,
    /// What it says, or what it was meant to say; `None` where that is not known.
    pub statement: Option<Statement>,
    /// What was meant, where it is broken.
    pub repair: Option<Repair>,
}

// It quotes the draft, so `Debug` shows only whether it is right.
impl std::fmt::Debug for Explained {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Explained")
            .field("is_valid", &self.is_valid)
            .finish_non_exhaustive()
    }
}

impl Explained {
    /// The forms in which it is written: banner spelt out, banner, portion; `None` where it is not known.
    pub fn forms(&self, scheme: &Scheme) -> Option<[String; 3]> {
        let says = |own: &&Statement| own.level.is_some() || !own.controls.is_empty();
        let statement = self.statement.as_ref().filter(says)?;
        Some([
            statement.render(scheme, Surface::Banner, Style::Long),
            statement.render(scheme, Surface::Banner, Style::Canonical),
            statement.render(scheme, Surface::Portion, Style::Canonical),
        ])
    }
}

/// Explains the marking that is the whole of a text.
pub fn explain(text: &str, scheme: &Scheme, surface: Surface) -> Explained {
    let marking = parse(text, 0, scheme, surface);
    let weighs = |found: &super::fault::MarkingFault| {
        found.severity(&marking, text, scheme) > Severity::Advice
    };
    let says_something = marking.level.is_some() || !marking.controls.is_empty();
    let is_valid = says_something && !marking.faults.iter().any(weighs);
    let repair = repair(text, scheme, surface);
    let statement = if is_valid {
        Some(marking.statement(text, scheme))
    } else {
        repair.as_ref().map(|repair| repair.statement.clone())
    };
    Explained {
        parts: parts(&marking, text, scheme),
        is_valid,
        statement,
        repair,
        marking,
    }
}

/// Every part of a marking.
fn parts(marking: &Marking, text: &str, scheme: &Scheme) -> Vec<Part> {
    let mut parts = Vec::new();
    let part = |word: Word, category: &str, name: &str, title: &str, span| Part {
        category: category.to_owned(),
        name: name.to_owned(),
        title: title.to_owned(),
        authority: scheme.citation(word).text.to_string(),
        since: None,
        until: None,
        span,
    };
    if let Some(used) = marking.owner {
        let owner = scheme.owner(used.owner);
        let word = Word::Owner(used.owner);
        parts.push(part(word, "owner", &owner.name, &owner.title, used.span));
    }
    if let Some(used) = marking.level {
        let level = scheme.level(used.level);
        let own = part(
            Word::Level(used.level),
            "level",
            &level.name,
            &level.title,
            used.span,
        );
        parts.push(Part {
            since: level.since.map(|day| day.0),
            until: level.until.map(|day| day.0),
            ..own
        });
    }
    for used in &marking.controls {
        let control = scheme.control(used.control);
        let category = &scheme.category(control.category).name;
        let word = Word::Control(used.control);
        let listed = control.open.is_none();
        let written = text.get(used.span.range()).unwrap_or_default();
        let name = if listed {
            control.name.as_str()
        } else {
            written
        };
        let own = part(word, category, name, &control.title, used.span);
        parts.push(Part {
            since: control.since.map(|day| day.0),
            until: control.until.map(|day| day.0),
            ..own
        });
    }
    parts.extend(values(marking, text, scheme));
    parts.sort_by_key(|part| part.span);
    parts
}

/// The values of a marking that are codes, or known by name.
fn values(marking: &Marking, text: &str, scheme: &Scheme) -> Vec<Part> {
    let one = |value: &super::markings::ValueUse| {
        let ValueOf::Control(index) = value.of else {
            return None;
        };
        let used = marking.controls.get(usize::from(index))?;
        let control = scheme.control(used.control);
        let (name, title, own) = if let Some(code) = value.code {
            let code = scheme.code_list(code.list)?.code(code.code)?;
            (code.code.clone(), code.title.clone(), None)
        } else {
            let parameter = control.parameter.as_ref()?;
            let known = parameter.known(text.get(value.span.range())?)?;
            let authority = known.authority.clone();
            (known.name.clone(), known.title.clone(), authority)
        };
        let code = value
            .code
            .map(|code| scheme.citation(Word::Code(code)).text);
        let authority = own.or(code).unwrap_or_default();
        Some(Part {
            category: format!("value of {}", control.name),
            name: name.to_string(),
            title: title.to_string(),
            authority: authority.to_string(),
            since: None,
            until: None,
            span: value.span,
        })
    };
    marking
        .values
        .iter()
        .filter(|value| value.depth == 0)
        .filter_map(one)
        .collect()
}

/// What portions demand, and which of them force each part.
#[derive(Debug, Clone)]
pub struct Rolled {
    /// The demand.
    pub demand: Demand,
    /// Each part of the banner, as it is written there, with the indices of the portions that force it.
    pub because: Vec<(String, Vec<usize>)>,
}

/// Rolls portions up, each the whole of a text.
pub fn roll_up<'t>(portions: impl IntoIterator<Item = &'t str>, scheme: &Scheme) -> Rolled {
    let mut state = RollUp::default();
    let mut statements = Vec::new();
    for text in portions {
        let marking = parse(text, 0, scheme, Surface::Portion);
        let statement = marking.statement(text, scheme);
        state.add_statement(&statement, scheme);
        statements.push(statement);
    }
    let demand = state.demand(scheme);
    let indices = |forces: &dyn Fn(&Statement) -> bool| {
        let all = statements.iter().enumerate().filter(|(_, own)| forces(own));
        all.map(|(index, _)| index).collect::<Vec<_>>()
    };
    let mut because = Vec::new();
    for &level in &demand.highest {
        let forces = |own: &Statement| {
            own.level
                .is_some_and(|own| own == level || scheme.level(own).counts_as == Some(level))
        };
        because.push((scheme.level(level).name.to_string(), indices(&forces)));
    }
    for &control in &demand.controls {
        let own = indices(&|own| states(own, control, scheme));
        let from = if own.is_empty() {
            indices(&|own| leads_to(own, control, scheme))
        } else {
            own
        };
        let written = Expected::Word(Word::Control(control)).text(scheme, Surface::Banner);
        because.push((
            written.unwrap_or(&scheme.control(control).name).to_owned(),
            from,
        ));
    }
    Rolled { demand, because }
}

/// Whether a portion states a control, itself or by what it implies or becomes.
fn states(portion: &Statement, control: ControlId, scheme: &Scheme) -> bool {
    let by_owner = portion
        .owner
        .as_ref()
        .is_some_and(|own| scheme.owner(own.owner).becomes == Some(control));
    let by_level = portion
        .level
        .is_some_and(|level| scheme.level(level).implies.contains(&control));
    let by_control = portion.controls.iter().any(|own| {
        let other = scheme.control(own.control);
        let becomes = other
            .in_banner
            .as_ref()
            .is_some_and(|own| own.becomes == control);
        own.control == control || other.implies.contains(&control) || becomes
    });
    by_owner || by_level || by_control
}

/// Whether a portion counts where releases that do not meet become a control.
fn leads_to(portion: &Statement, control: ControlId, scheme: &Scheme) -> bool {
    let shared = scheme
        .controls()
        .filter(|(_, own)| own.empty_becomes == Some(control));
    let mut silent = shared.filter_map(|(_, own)| {
        let level = portion.level?;
        let speaks = portion.controls.iter().any(|stated| {
            let other = scheme.control(stated.control);
            other.allows_nothing || other.empty_becomes.is_some()
        });
        Some(own.silent_at.contains(&level) && !speaks)
    });
    !silent.any(|silent| silent)
}

#[cfg(test)]
mod tests {
    use super::{explain, roll_up};
    use crate::marking::{Surface, compile};

    const FERRY: &str = r#"
[scheme]
name = "ferry"
title = "Ferry Board of Ruritania markings (fictional)"
authority = ["Board Order 4"]
format = 1
[[level]]
name = "QUAY"
title = "for the harbour"
forms = { banner = ["QUAY"], portion = ["Q"] }
[[category]]
name = "release"
[[category.control]]
name = "HOME ONLY"
title = "for citizens"
forms = { banner = ["HO"], long = "HOME ONLY", portion = ["HO"] }
authority = "Board Order 5"
[[category.control]]
name = "SEND"
title = "for all who asked"
forms = { banner = ["SEND"], portion = ["SD"] }
roll-up = "intersection"
empty-becomes = "HOME ONLY"
"#;

    #[test]
    fn a_marking_is_explained_part_by_part() {
        let scheme = compile("ferry.toml", FERRY).unwrap();
        let found = explain("QUAY//HO", &scheme, Surface::Banner);
        assert!(found.is_valid);
        let parts: Vec<_> = found
            .parts
            .iter()
            .map(|part| (part.name.as_str(), part.authority.as_str()))
            .collect();
        assert_eq!(
            parts,
            [("QUAY", "Board Order 4"), ("HOME ONLY", "Board Order 5")]
        );
        let forms = found.forms(&scheme).unwrap();
        assert_eq!(forms, ["QUAY//HOME ONLY", "QUAY//HO", "Q//HO"]);
        let broken = explain("QUYA/HO", &scheme, Surface::Banner);
        assert!(!broken.is_valid);
        assert_eq!(broken.forms(&scheme).unwrap()[1], "QUAY//HO");
        let unknown = explain("WEATHER", &scheme, Surface::Banner);
        assert!(!unknown.is_valid && unknown.forms(&scheme).is_none());
    }

    #[test]
    fn a_roll_up_says_which_portions_force_each_part() {
        let scheme = compile("ferry.toml", FERRY).unwrap();
        let found = roll_up(["Q//SD", "Q"], &scheme);
        assert_eq!(
            found.because,
            [
                ("QUAY".to_owned(), vec![0, 1]),
                ("HO".to_owned(), vec![0, 1])
            ]
        );
        let found = roll_up(["Q", "Q//HO"], &scheme);
        assert_eq!(found.because[1], ("HO".to_owned(), vec![1]));
    }
}
