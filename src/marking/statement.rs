//! What a marking says, without places, and how that is written.

use super::constraints::sort_key;
use super::fault::Expected;
use super::markings::{Marking, ValueOf};
use super::parameter::Parameter;
use super::scheme::{CategoryId, ControlId, LevelId, OwnerId, Scheme};
use super::surface::{Spellings, Surface};
use super::value_constraints::sort_values;
use super::words::Word;
use crate::pack::control_file::{Position, Side};

/// What a marking says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// Who owns the information.
    pub owner: Option<StatedOwner>,
    /// The level.
    pub level: Option<LevelId>,
    /// The controls, in any order.
    pub controls: Vec<Stated>,
}

/// An owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedOwner {
    /// Which one.
    pub owner: OwnerId,
    /// The sub-owner; empty where there is none.
    pub sub_owner: String,
    /// The codes that are its word, or its values after the level.
    pub values: Vec<StatedValue>,
}

/// A control with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Which one.
    pub control: ControlId,
    /// The word, where the control stands for any.
    pub word: String,
    /// The values; each of a greater depth stands beneath the one before it.
    pub values: Vec<StatedValue>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatedValue {
    /// How many values it stands beneath.
    pub depth: u8,
    /// As it is written.
    pub text: String,
}

/// Whether words are abbreviated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// As the scheme writes them by preference.
    #[default]
    Canonical,
    /// Spelt out, where a surface allows it.
    Long,
}

impl Marking {
    /// What the marking says; `text` is the decoded text that its places refer to.
    pub fn statement(&self, text: &str, scheme: &Scheme) -> Statement {
        let slice = |span: crate::text::Span| text.get(span.range()).unwrap_or_default().to_owned();
        let values = |of| {
            let all = self.values_of(of);
            all.map(|value| StatedValue {
                depth: value.depth,
                text: match value.code {
                    Some(code) => scheme
                        .spelling(Word::Code(code), self.surface)
                        .unwrap_or_default()
                        .to_owned(),
                    None => slice(value.span),
                },
            })
            .collect()
        };
        let owner = self.owner.map(|used| StatedOwner {
            owner: used.owner,
            sub_owner: slice(used.sub_owner),
            values: values(ValueOf::Owner),
        });
        let controls = (0u8..).zip(&self.controls).map(|(index, used)| {
            let open = scheme.control(used.control).open.is_some();
            Stated {
                control: used.control,
                word: if open {
                    slice(used.span)
                } else {
                    String::new()
                },
                values: values(ValueOf::Control(index)),
            }
        });
        Statement {
            owner,
            level: self.level.map(|used| used.level),
            controls: controls.collect(),
        }
    }

    /// The marking in canonical form on a surface.
    pub fn render(&self, text: &str, scheme: &Scheme, surface: Surface) -> String {
        self.statement(text, scheme)
            .render(scheme, surface, Style::Canonical)
    }
}

impl Statement {
    /// The same in words of the scheme alone: what somebody wrote by hand, such as the value of a
    /// control, is left out.
    #[must_use]
    pub fn in_words(&self) -> Self {
        let controls = self.controls.iter().filter(|stated| stated.word.is_empty());
        let owner = self.owner.as_ref();
        Self {
            owner: owner
                .filter(|owner| owner.values.is_empty() && owner.sub_owner.is_empty())
                .cloned(),
            level: self.level,
            controls: controls
                .map(|stated| Stated {
                    values: Vec::new(),
                    ..stated.clone()
                })
                .collect(),
        }
    }

    /// Writes it in canonical form: right words, right order, right separators.
    pub fn render(&self, scheme: &Scheme, surface: Surface, style: Style) -> String {
        let mut writer = Writer {
            scheme,
            surface,
            style,
            text: String::new(),
        };
        let controls = writer.sorted(&self.controls);
        let position = |stated: &Stated| {
            let category = scheme.control(stated.control).category;
            scheme.category(category).position
        };
        let before = controls
            .iter()
            .filter(|stated| position(stated) == Position::BeforeLevel);
        let after = controls
            .iter()
            .filter(|stated| position(stated) == Position::AfterLevel);
        writer.owner_word(self);
        let last = writer.controls(before, None);
        if let Some(category) = last.filter(|_| self.level.is_some()) {
            writer.expected(Expected::Lead(category));
        }
        writer.level(self);
        writer.controls(after, last.filter(|_| self.level.is_none()));
        writer.text
    }
}

struct Writer<'s> {
    scheme: &'s Scheme,
    surface: Surface,
    style: Style,
    text: String,
}

impl<'s> Writer<'s> {
    /// Controls in their order, each once, with the values of all its uses.
    fn sorted(&self, controls: &[Stated]) -> Vec<Stated> {
        let mut sorted: Vec<Stated> = Vec::new();
        for stated in controls {
            let same = |own: &&mut Stated| own.control == stated.control && own.word == stated.word;
            match sorted.iter_mut().find(same) {
                Some(own) => own.values.extend(stated.values.iter().cloned()),
                None => sorted.push(stated.clone()),
            }
        }
        for stated in &mut sorted {
            if let Some(parameter) = &self.scheme.control(stated.control).parameter {
                stated.values = sort_values(self.scheme, parameter, &stated.values, 0);
            }
        }
        sorted.sort_by_cached_key(|stated| {
            let id = self.scheme.control(stated.control).category;
            let category = self.scheme.category(id);
            let words = self.words(stated);
            let (place, text) = sort_key(self.scheme, category, stated.control, &words);
            (
                category.position == Position::AfterLevel,
                id,
                place,
                text.to_owned(),
            )
        });
        sorted
    }

    /// The words of a control, with values that stand before them: what the alphabet goes by.
    fn words(&self, stated: &Stated) -> String {
        let mut writer = Writer {
            text: String::new(),
            ..*self
        };
        let control = self.scheme.control(stated.control);
        match control
            .parameter
            .as_ref()
            .filter(|own| own.side == Side::Before)
        {
            Some(_) => writer.control(stated),
            None => writer.text.push_str(self.control_word(stated)),
        }
        writer.text
    }

    fn spelling(&self, spellings: &'s Spellings) -> &'s str {
        let long = (self.style == Style::Long && self.surface == Surface::Banner)
            .then(|| spellings.long())
            .flatten();
        long.or_else(|| spellings.best(self.surface))
            .unwrap_or_default()
    }

    fn expected(&mut self, expected: Expected) {
        let text = expected.text(self.scheme, self.surface).unwrap_or_default();
        self.text.push_str(text);
    }

    /// The owner's word, where it is not one with the level.
    fn owner_word(&mut self, statement: &Statement) {
        let Some(stated) = &statement.owner else {
            return;
        };
        let owner = self.scheme.owner(stated.owner);
        if owner.leading_separator {
            self.expected(Expected::Leading);
        }
        if self.combined(statement).is_some() {
            return;
        }
        if self.is_fused(statement) {
            let prefix = owner
                .sub_owner
                .as_ref()
                .and_then(|sub| sub.fused.as_deref());
            self.text.push_str(prefix.unwrap_or_default());
            self.text.push_str(&stated.sub_owner);
            return;
        }
        if owner.codes.is_some() {
            let values = self.owner_codes(stated);
            self.text.push_str(&values.join(" "));
        } else {
            self.text.push_str(self.spelling(&owner.spellings));
        }
        if let Some(sub) = owner
            .sub_owner
            .as_ref()
            .filter(|_| !stated.sub_owner.is_empty())
        {
            self.text.push_str(&sub.join);
            self.text.push_str(&stated.sub_owner);
        }
        self.text.push(' ');
    }

    /// Whether owner, sub-owner and level are one word.
    fn is_fused(&self, statement: &Statement) -> bool {
        let stated = statement
            .owner
            .as_ref()
            .filter(|own| !own.sub_owner.is_empty());
        let sub = stated.and_then(|own| self.scheme.owner(own.owner).sub_owner.as_ref());
        self.surface == Surface::Portion && sub.is_some_and(|sub| sub.fused.is_some())
    }

    /// The codes that are an owner's word, in their order.
    fn owner_codes(&self, stated: &StatedOwner) -> Vec<String> {
        let list = self.scheme.owner(stated.owner).codes;
        let list = list.and_then(|list| self.scheme.code_lists.get(usize::from(list)));
        let group = |text: &String| {
            let code = list.and_then(|list| list.code(list.find(text)?));
            code.map(|code| code.group)
        };
        let codes = stated.values.iter().map(|value| value.text.clone());
        let mut codes: Vec<String> = codes.collect();
        codes.sort_by(|left, right| (group(left), left).cmp(&(group(right), right)));
        codes.dedup();
        codes
    }

    /// The word that owner and level are together.
    fn combined(&self, statement: &Statement) -> Option<&'s Spellings> {
        let stated = statement
            .owner
            .as_ref()
            .filter(|own| own.sub_owner.is_empty())?;
        let mut combined = self.scheme.owner(stated.owner).combined.iter();
        let (_, spellings) = combined.find(|(level, _)| Some(*level) == statement.level)?;
        spellings.best(self.surface).map(|_| spellings)
    }

    fn level(&mut self, statement: &Statement) {
        let Some(level) = statement.level else {
            return;
        };
        let combined = self.combined(statement);
        let spellings = combined.unwrap_or(&self.scheme.level(level).spellings);
        self.text.push_str(self.spelling(spellings));
        if let Some(stated) = &statement.owner
            && let Some(parameter) = &self.scheme.owner(stated.owner).parameter
        {
            let values = sort_values(self.scheme, parameter, &stated.values, 0);
            self.values(parameter, &values);
        }
    }

    /// Controls with their separators; gives the category of the last.
    fn controls<'c>(
        &mut self,
        controls: impl Iterator<Item = &'c Stated>,
        last: Option<CategoryId>,
    ) -> Option<CategoryId> {
        let mut last = last;
        let mut fresh = self.text.is_empty() || self.text.ends_with(' ');
        for stated in controls {
            let category = self.scheme.control(stated.control).category;
            if last == Some(category) {
                self.expected(Expected::Inner(category));
            } else if !fresh {
                self.expected(Expected::Lead(category));
            }
            fresh = false;
            self.control(stated);
            last = Some(category);
        }
        last
    }

    fn control_word<'c>(&self, stated: &'c Stated) -> &'c str
    where
        's: 'c,
    {
        let control = self.scheme.control(stated.control);
        if control.open.is_some() {
            return &stated.word;
        }
        let bare = control.bare.canonical(self.surface);
        match bare.filter(|_| stated.values.is_empty()) {
            Some(bare) => bare,
            None => self.spelling(&control.spellings),
        }
    }

    fn control(&mut self, stated: &Stated) {
        let control = self.scheme.control(stated.control);
        let Some(parameter) = &control.parameter else {
            self.text.push_str(self.control_word(stated));
            return;
        };
        if parameter.side == Side::Before {
            for (index, value) in stated.values.iter().enumerate() {
                if index > 0 {
                    self.text.push_str(parameter.separator(0));
                }
                self.text.push_str(&value.text);
            }
            if !stated.values.is_empty() {
                self.text.push_str(&parameter.join);
            }
            self.text.push_str(self.control_word(stated));
            return;
        }
        self.text.push_str(self.control_word(stated));
        self.values(parameter, &stated.values);
        if let Some(suffix) = control
            .suffix
            .as_ref()
            .filter(|_| !stated.values.is_empty())
        {
            self.text.push(' ');
            self.text.push_str(suffix);
        }
    }

    fn values(&mut self, parameter: &'s Parameter, values: &[StatedValue]) {
        for (index, value) in values.iter().enumerate() {
            if index == 0 {
                self.text.push_str(&parameter.join);
            } else {
                self.text
                    .push_str(parameter.separator(usize::from(value.depth)));
            }
            let known = (value.depth == 0)
                .then(|| parameter.known(&value.text))
                .flatten();
            match known {
                Some(known) => self.text.push_str(self.spelling(&known.spellings)),
                None => self.text.push_str(&value.text),
            }
        }
    }
}
