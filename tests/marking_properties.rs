//! What holds for every marking that the grammar of a scheme can build, over its whole vocabulary.
#![expect(
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may stop at once"
)]

use caveat::marking::{
    Control, ControlId, Direction, Fault, LevelId, Owner, OwnerId, Parameter, RollUp, Scheme,
    Stated, StatedOwner, StatedValue, Statement, Style, Surface, Word, parse, repair,
};
use caveat::pack::control_file::{Letters, ParameterKind, Shape};
use caveat::rules::RuleSet;
use proptest::prelude::*;
use std::sync::OnceLock;

fn us() -> &'static Scheme {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    let rules = RULES.get_or_init(|| RuleSet::shipped().expect("the shipped packs are valid"));
    rules.scheme()
}

/// Draws from a run of numbers, the same for the same run.
struct Draw(Vec<u16>, usize);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        let number = self.0[self.1 % self.0.len()];
        self.1 += 1;
        usize::from(number) % count.max(1)
    }
}

fn word(shape: Shape, draw: &mut Draw) -> String {
    let letters = match shape.letters {
        Letters::Digits => "0123456789",
        Letters::Alphabetic | Letters::Words | Letters::Any => "ABCDEFGHJKLMNPQRTUVWXYZ",
        Letters::Alphanumeric => "ABCDEFGHJKLMNPQRTUVWXYZ0123456789",
    };
    let shortest = shape.shortest.unwrap_or(1) as usize;
    let longest = shape.longest.unwrap_or(4).min(6) as usize;
    let count = shortest + draw.below(longest + 1 - shortest);
    (0..count)
        .map(|_| letters.as_bytes()[draw.below(letters.len())] as char)
        .collect()
}

/// Values that a control may have at a level, or `None` where it can have none there.
fn values(parameter: &Parameter, level: LevelId, draw: &mut Draw) -> Option<Vec<StatedValue>> {
    let value = |depth, text: &str| StatedValue {
        depth,
        text: text.to_owned(),
    };
    let mut all = Vec::new();
    match parameter.kind {
        ParameterKind::Codes => {
            let list = &us().code_list(parameter.codes?)?.codes;
            all.extend(parameter.first.iter().map(|first| value(0, first)));
            for _ in 0..=draw.below(4) {
                let code = &list[draw.below(list.len())].code;
                if !all.iter().any(|own| own.text == *code) {
                    all.push(value(0, code));
                }
            }
            // A list of its first code alone names nobody.
            let alone = all
                .iter()
                .all(|own| Some(own.text.as_str()) == parameter.first.as_deref());
            if parameter.first.is_some() && alone {
                return None;
            }
        }
        ParameterKind::Compartments
            if !parameter.levels.is_empty() && !parameter.levels.contains(&level) => {}
        ParameterKind::Compartments => {
            let known: Vec<_> = parameter
                .values
                .iter()
                .filter(|own| own.limits.levels.is_empty() || own.limits.levels.contains(&level))
                .collect();
            if !known.is_empty() && draw.below(2) == 0 {
                let chosen = known[draw.below(known.len())];
                all.push(value(0, chosen.spellings.best(Surface::Banner)?));
                let beneath = chosen.beneath.as_ref().filter(|own| {
                    own.limits.levels.is_empty() || own.limits.levels.contains(&level)
                });
                if let Some(beneath) = beneath {
                    let own = match beneath.only.as_slice() {
                        [] => word(beneath.shape, draw),
                        only => only[draw.below(only.len())].to_string(),
                    };
                    all.extend((!is_control(&own)).then(|| value(1, &own)));
                }
            } else if !parameter.closed
                && (parameter.levels.is_empty() || parameter.levels.contains(&level))
            {
                let own = word(parameter.shape, draw);
                let listed =
                    parameter.known(&own).is_some() || us().word(&own, Surface::Banner).is_some();
                let listed = listed || us().word(&own, Surface::Portion).is_some();
                all.extend((!listed).then(|| value(0, &own)));
            }
        }
        _ => return None,
    }
    (parameter.optional[0] || !all.is_empty()).then_some(all)
}

fn is_control(text: &str) -> bool {
    let surfaces = [Surface::Banner, Surface::Portion, Surface::Header];
    surfaces
        .into_iter()
        .any(|surface| matches!(us().word(text, surface), Some(Word::Control(_))))
}

fn limits<'s>(stated: &'s Stated, control: &'s Control) -> Vec<&'s caveat::marking::Limits> {
    let mut all = Vec::new();
    for value in &stated.values {
        let known = control
            .parameter
            .as_ref()
            .and_then(|own| own.known(&value.text));
        if let Some(known) = known.filter(|_| value.depth == 0) {
            all.push(&known.limits);
            let beneath = stated.values.iter().any(|own| own.depth == 1);
            all.extend(
                known
                    .beneath
                    .as_ref()
                    .filter(|_| beneath)
                    .map(|own| &own.limits),
            );
        }
    }
    all
}

/// Adds a control with all that it requires; gives nothing back where that does not go together.
fn with(statement: &Statement, id: ControlId, draw: &mut Draw, depth: u8) -> Option<Statement> {
    let control = us().control(id);
    let level = statement.level?;
    let has = |statement: &Statement, id: ControlId| {
        statement.controls.iter().any(|own| own.control == id)
    };
    if has(statement, id) {
        return Some(statement.clone());
    }
    let fits = control.levels.is_empty() || control.levels.contains(&level);
    if !fits || control.open.is_some() || control.until.is_some() || depth > 3 {
        return None;
    }
    let mut grown = statement.clone();
    let values = match &control.parameter {
        Some(parameter) => values(parameter, level, draw)?,
        None => Vec::new(),
    };
    grown.controls.push(Stated {
        control: id,
        word: String::new(),
        values,
    });
    let own = grown.controls.last()?.clone();
    let mut required = control.requires.clone();
    for limits in limits(&own, control) {
        required.extend(&limits.requires);
    }
    for id in required {
        grown = with(&grown, id, draw, depth + 1)?;
    }
    go_together(&grown).then_some(grown)
}

/// Whether no control of a statement excludes or covers another, or needs an owner that is not there.
fn go_together(statement: &Statement) -> bool {
    let controls = || statement.controls.iter();
    let owner = statement.owner.as_ref().map(|own| us().owner(own.owner));
    let excluded = |own: &Stated| owner.is_some_and(|owner| owner.excludes.contains(&own.control));
    if controls().any(excluded) {
        return false;
    }
    controls().all(|own| {
        let control = us().control(own.control);
        let against = |id: &ControlId| controls().any(|other| other.control == *id);
        let by_values = limits(own, control);
        !control.excludes.iter().any(against)
            && !control.covers.iter().any(against)
            && !by_values.iter().any(|own| own.excludes.iter().any(against))
            && (control.owners.is_empty()
                || statement
                    .owner
                    .as_ref()
                    .is_some_and(|own| control.owners.contains(&own.owner)))
    })
}

/// An owner with a level that it may stand before, and the control that it requires.
fn owned(draw: &mut Draw) -> Option<Statement> {
    let owners: Vec<(OwnerId, &Owner)> = us().owners().collect();
    let (id, owner) = owners[draw.below(owners.len())];
    let levels: Vec<LevelId> = us()
        .levels()
        .filter(|(id, level)| {
            let among = owner.levels.is_empty() || owner.levels.contains(id);
            among && level.until.is_none()
        })
        .map(|(id, _)| id)
        .filter(|&id| {
            let owners = &us().level(id).owners;
            owners.is_empty() || owners.iter().any(|&own| us().owner(own).name == owner.name)
        })
        .collect();
    let value = |text: &str| StatedValue {
        depth: 0,
        text: text.to_owned(),
    };
    let mut values: Vec<StatedValue> = Vec::new();
    let list = owner
        .codes
        .or(owner.parameter.as_ref().and_then(|own| own.codes));
    if let Some(list) = list {
        let always = owner
            .parameter
            .as_ref()
            .and_then(|own| own.always.as_deref());
        values.extend(always.map(value));
        let codes = &us().code_list(list)?.codes;
        for _ in 0..=draw.below(3) {
            let code = &codes[draw.below(codes.len())].code;
            // Letters that are a word of the scheme are no owner.
            let taken = Surface::ALL
                .iter()
                .any(|&surface| us().word(code, surface).is_some());
            let own_word = us().owners().any(|(_, own)| own.name == *code);
            if !taken && !own_word && !values.iter().any(|own| own.text == *code) {
                values.push(value(code));
            }
        }
        if values.iter().all(|own| Some(own.text.as_str()) == always) {
            return None;
        }
    }
    let statement = Statement {
        owner: Some(StatedOwner {
            owner: id,
            sub_owner: String::new(),
            values,
        }),
        level: Some(levels[draw.below(levels.len())]),
        controls: Vec::new(),
    };
    owner
        .requires
        .iter()
        .try_fold(statement, |grown, &wanted| with(&grown, wanted, draw, 0))
}

/// A statement that the grammar of the scheme allows, with an owner in one case of four.
fn statement() -> impl Strategy<Value = Statement> {
    proptest::collection::vec(any::<u16>(), 24..60).prop_map(|numbers| {
        let mut draw = Draw(numbers, 0);
        let levels: Vec<LevelId> = us()
            .levels()
            .filter(|(_, level)| level.owners.is_empty() && level.until.is_none())
            .map(|(id, _)| id)
            .collect();
        let own = Statement {
            level: Some(levels[draw.below(levels.len())]),
            ..Statement::default()
        };
        let other = (draw.below(4) == 0).then(|| owned(&mut draw)).flatten();
        let mut statement = other.unwrap_or(own);
        let count = us().controls().count();
        for _ in 0..draw.below(6) {
            let id = ControlId(u16::try_from(draw.below(count)).expect("few controls"));
            if let Some(grown) = with(&statement, id, &mut draw, 0) {
                statement = grown;
            }
        }
        statement
    })
}

fn faults(text: &str, surface: Surface) -> Vec<(Fault, String)> {
    let marking = parse(text, 0, us(), surface);
    let faults = marking.faults.iter();
    faults
        .map(|found| (found.fault, text[found.span.range()].to_owned()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_grammar_builds_is_right_and_stays_the_same(statement in statement()) {
        for surface in [Surface::Banner, Surface::Portion] {
            let text = statement.render(us(), surface, Style::Canonical);
            let marking = parse(&text, 0, us(), surface);
            prop_assert!(marking.faults.is_empty(), "{text}: {:?}", faults(&text, surface));
            let again = marking.render(&text, us(), surface);
            prop_assert_eq!(&again, &text);
            let other = if surface == Surface::Banner { Surface::Portion } else { Surface::Banner };
            let there = marking.render(&text, us(), other);
            let back = parse(&there, 0, us(), other).render(&there, us(), surface);
            prop_assert_eq!(back, text);
        }
        let long = statement.render(us(), Surface::Banner, Style::Long);
        prop_assert_eq!(faults(&long, Surface::Banner), []);
    }

    #[test]
    fn a_wrong_separator_is_found_there(statement in statement(), which in any::<usize>()) {
        let text = statement.render(us(), Surface::Banner, Style::Canonical);
        let leads: Vec<usize> = text.match_indices("//").map(|(at, _)| at).collect();
        if leads.is_empty() {
            return Ok(()); }
        let at = leads[which % leads.len()];
        for wrong in ["/", " ", "|", " // ", ", ", "-", "///"] {
            let mut broken = text.clone();
            broken.replace_range(at..at + 2, wrong);
            let marking = parse(&broken, 0, us(), Surface::Banner);
            let place = at..at + wrong.len();
            let touches = marking.faults.iter().any(|found| {
                found.span.range().start < place.end && place.start < found.span.range().end
            });
            // A program's name may hold blanks, and a list of programs slashes.
            let joins = text[..at].contains("SAR-") || text[at..].starts_with("//SAR-");
            prop_assert!(touches || joins, "{broken}: {:?}", faults(&broken, Surface::Banner));
        }
    }

    #[test]
    fn a_misspelt_control_is_found_there(statement in statement(), which in any::<usize>(), at in any::<usize>()) {
        if statement.controls.is_empty() {
            return Ok(()); }
        let stated = &statement.controls[which % statement.controls.len()];
        let spelling = us().control(stated.control).spellings.best(Surface::Banner).unwrap_or_default();
        if spelling.len() <= 3 { return Ok(()); }
        let text = statement.render(us(), Surface::Banner, Style::Canonical);
        let place = text.find(spelling).expect("it is written");
        let mut letters: Vec<u8> = spelling.bytes().collect();
        let swap = at % (letters.len() - 1);
        letters.swap(swap, swap + 1);
        let wrong = String::from_utf8(letters).expect("spellings are ASCII");
        if wrong == spelling || us().word(&wrong, Surface::Banner).is_some() { return Ok(()); }
        let mut broken = text;
        broken.replace_range(place..place + spelling.len(), &wrong);
        let marking = parse(&broken, 0, us(), Surface::Banner);
        let touches = marking.faults.iter().any(|found| {
            found.span.range().start < place + wrong.len() && place <= found.span.range().end
        });
        prop_assert!(touches, "{broken}: {:?}", faults(&broken, Surface::Banner));
        // What is mended is the marking that was broken, or nothing.
        if let Some(found) = repair(&broken, us(), Surface::Banner) {
            let before = parse(&broken, 0, us(), Surface::Banner).level;
            prop_assert!(before.is_none() || found.statement.level == statement.level);
        }
    }

    #[test]
    fn a_missing_companion_is_found(statement in statement(), which in any::<usize>()) {
        let needed: Vec<(usize, ControlId)> = statement
            .controls
            .iter()
            .flat_map(|own| us().control(own.control).requires.iter())
            .filter(|id| !statement.controls.iter().any(|own| us().control(own.control).implies.contains(id)))
            .filter_map(|&id| {
                let at = statement.controls.iter().position(|own| own.control == id)?;
                Some((at, id))
            })
            .collect();
        if needed.is_empty() {
            return Ok(()); }
        let (at, _) = needed[which % needed.len()];
        let mut broken = statement;
        broken.controls.remove(at);
        let text = broken.render(us(), Surface::Banner, Style::Canonical);
        let found = faults(&text, Surface::Banner);
        prop_assert!(found.iter().any(|(fault, _)| *fault == Fault::Requires), "{text}: {found:?}");
    }

    #[test]
    fn an_excluded_control_is_found(statement in statement(), which in any::<usize>()) {
        let against: Vec<ControlId> = statement
            .controls
            .iter()
            .flat_map(|own| us().control(own.control).excludes.iter().copied())
            .filter(|&id| us().control(id).parameter.is_none())
            .collect();
        if against.is_empty() {
            return Ok(()); }
        let mut broken = statement;
        let control = against[which % against.len()];
        broken.controls.push(Stated { control, word: String::new(), values: Vec::new() });
        let text = broken.render(us(), Surface::Banner, Style::Canonical);
        let found = faults(&text, Surface::Banner);
        prop_assert!(found.iter().any(|(fault, _)| *fault == Fault::Excludes), "{text}: {found:?}");
    }

    #[test]
    fn two_controls_in_the_wrong_order_are_found(statement in statement(), which in any::<usize>()) {
        let text = statement.render(us(), Surface::Banner, Style::Canonical);
        let mut parts: Vec<&str> = text.split("//").collect();
        // The empty first place before an owner is no control.
        if parts.len() <= 2 || statement.owner.is_some() { return Ok(()); }
        let at = 1 + which % (parts.len() - 2);
        parts.swap(at, at + 1);
        let broken = parts.join("//");
        let found = faults(&broken, Surface::Banner);
        prop_assert!(found.iter().any(|(fault, _)| *fault == Fault::Order), "{broken}: {found:?}");
        let mended = repair(&broken, us(), Surface::Banner).map(|found| found.text);
        prop_assert_eq!(mended, Some(text));
    }

    #[test]
    fn two_controls_of_one_category_in_the_wrong_order_are_found(statement in statement(), which in any::<usize>()) {
        let text = statement.render(us(), Surface::Banner, Style::Canonical);
        let mut parts: Vec<Vec<&str>> = text.split("//").map(|part| part.split('/').collect()).collect();
        let several: Vec<usize> = (1..parts.len()).filter(|&at| parts[at].len() > 1).collect();
        if several.is_empty() { return Ok(()); }
        let part = &mut parts[several[which % several.len()]];
        let at = (which / 7) % (part.len() - 1);
        part.swap(at, at + 1);
        let broken = parts.iter().map(|part| part.join("/")).collect::<Vec<_>>().join("//");
        let found = faults(&broken, Surface::Banner);
        prop_assert!(found.iter().any(|(fault, _)| matches!(fault, Fault::Order | Fault::ValueOrder)), "{broken}: {found:?}");
        let mended = repair(&broken, us(), Surface::Banner).map(|found| found.text);
        prop_assert_eq!(mended, Some(text));
    }

    #[test]
    fn a_repair_is_right_and_never_lower(text in "[A-Z/ ,-]{0,24}|(SECRET|TOP SECRET|CONFIDENTIAL|S|TS)[/ ]{0,3}[A-Z ,/-]{0,16}") {
        let before = parse(&text, 0, us(), Surface::Banner);
        if let Some(found) = repair(&text, us(), Surface::Banner) {
            let after = parse(&found.text, 0, us(), Surface::Banner);
            prop_assert!(after.is_right(), "{text} -> {}", found.text);
            for used in &before.controls {
                prop_assert!(us().control(used.control).open.is_some() || after.has(used.control));
            }
            if let Some(level) = before.level {
                let after = after.level.expect("a level stays").level;
                let order = us().compare(after, level.level);
                prop_assert!(order.is_some_and(std::cmp::Ordering::is_ge));
            }
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,40}", surface in 0usize..6) {
        let surface = Surface::ALL[surface];
        let marking = parse(&text, 7, us(), surface);
        for found in &marking.faults {
            prop_assert!(found.span.start >= 7 && found.span.end as usize <= 7 + text.len());
            let range = (found.span.start as usize - 7)..(found.span.end as usize - 7);
            prop_assert!(text.get(range).is_some());
        }
        let _statement = repair(&text, us(), surface);
    }

    #[test]
    fn the_roll_up_is_a_join(
        portions in proptest::collection::vec(statement(), 1..6),
        order in any::<u64>(),
    ) {
        let state = |portions: &[Statement]| {
            let mut state = RollUp::default();
            for portion in portions {
                state.add_statement(portion, us());
            }
            state
        };
        let whole = state(&portions);
        // The order, repetition and grouping of portions do not matter.
        let mut shuffled = portions.clone();
        shuffled.rotate_left(usize::try_from(order % portions.len() as u64).expect("small"));
        shuffled.reverse();
        shuffled.extend(portions.iter().cloned());
        prop_assert_eq!(&state(&shuffled), &whole);
        let thirds = |from: usize, to: usize| {
            let count = portions.len();
            state(&portions[count * from / 3..count * to / 3])
        };
        // (a b) c is a (b c).
        let mut leftmost = thirds(0, 1);
        leftmost.join(&thirds(1, 2), us());
        leftmost.join(&thirds(2, 3), us());
        let mut rightmost = thirds(1, 2);
        rightmost.join(&thirds(2, 3), us());
        let mut grouped = thirds(0, 1);
        grouped.join(&rightmost, us());
        prop_assert_eq!(&leftmost, &grouped);
        let mut again = leftmost.clone();
        again.join(&leftmost, us());
        prop_assert_eq!(&again, &leftmost);
        let (left, right) = portions.split_at(portions.len() / 2);
        let mut joined = state(left);
        joined.join(&state(right), us());
        prop_assert_eq!(&joined, &whole);
        let mut other = state(right);
        other.join(&state(left), us());
        prop_assert_eq!(&other, &whole);
        // The banner that is demanded lacks nothing, releases nothing more, and keeps nothing back.
        let wanted = whole.demand(us()).statement;
        if wanted.level.is_some() {
            let differences = whole.differences(&wanted, us());
            prop_assert!(differences.is_empty(), "{:?}", differences.iter().map(|own| (own.direction, &own.words)).collect::<Vec<_>>());
        }
        // A part is below the whole: joined to it, it adds nothing.
        let mut absorbed = whole.clone();
        absorbed.join(&state(left), us());
        prop_assert_eq!(&absorbed, &whole);
        // What the whole demands is enough for a part of it: it lacks nothing and releases nothing more.
        if wanted.level.is_some() {
            for own in state(left).differences(&wanted, us()) {
                let enough = matches!(own.direction, Direction::Exceeds | Direction::Withholds);
                prop_assert!(enough, "{:?}: {}", own.direction, own.words);
            }
        }
        // The level only rises.
        let demand = |state: &RollUp| state.demand(us()).level;
        if let (Some(part), Some(all)) = (demand(&state(left)), demand(&whole)) {
            prop_assert!(us().compare(all, part).is_some_and(std::cmp::Ordering::is_ge));
        }
    }
}

/// Otherwise the properties would hold of little.
#[test]
fn what_is_drawn_covers_the_vocabulary() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut controls = std::collections::BTreeSet::new();
    let mut owners = std::collections::BTreeSet::new();
    for _ in 0..20_000 {
        let drawn = statement()
            .new_tree(&mut runner)
            .expect("a statement")
            .current();
        controls.extend(drawn.controls.iter().map(|own| own.control));
        owners.extend(drawn.owner.iter().map(|own| own.owner));
    }
    let wanted = us()
        .controls()
        .filter(|(_, own)| own.open.is_none() && own.until.is_none());
    let missing: Vec<&str> = wanted
        .filter(|(id, _)| !controls.contains(id))
        .map(|(_, own)| own.name.as_str())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let missing: Vec<&str> = us()
        .owners()
        .filter(|(id, _)| !owners.contains(id))
        .map(|(_, own)| own.name.as_str())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
