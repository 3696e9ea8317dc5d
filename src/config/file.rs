//! The shape of `caveat.toml`.

use super::rule_pages::RulePages;
use super::settings::{Colour, FailOn, OutputFormat};
use crate::checks::Profile;
use crate::diagnostic::Severity;
use crate::fingerprint::Fingerprint;
use crate::pack::shared::Day;
use crate::reading::Form;
use crate::text::Encoding;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// A value with the bytes it stands at.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Placed<T>(toml::Spanned<T>);

impl<T> Placed<T> {
    /// The value.
    pub fn value(&self) -> &T {
        self.0.get_ref()
    }

    /// Bytes of the file.
    pub fn place(&self) -> Range<usize> {
        self.0.span()
    }
}

impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Words, each at its place.
pub type Words = Vec<Placed<String>>;

/// One word, or a list of them.
#[derive(Debug, Clone)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// A list.
    Many(Words),
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string or a list of strings")
            }

            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut words = Vec::new();
                while let Some(word) = items.next_element()? {
                    words.push(word);
                }
                Ok(OneOrMany::Many(words))
            }
        }

        // A string or a list says by itself what it is; `untagged` would lose the places.
        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]})
    }
}

/// A number of bytes: `100000`, `"200 KB"`, `"1.5 MB"`, `"2 GB"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub u64);

impl Size {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(end)?;
        let unit: u64 = match unit.trim().to_ascii_uppercase().as_str() {
            "" | "B" => 1,
            "K" | "KB" => 1 << 10,
            "M" | "MB" => 1 << 20,
            "G" | "GB" => 1 << 30,
            _ => return None,
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let tenths = part.get(..1)?.parse::<u64>().ok()?;
        if part.len() > 1 {
            return None;
        }
        let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
        whole.checked_add(unit * tenths / 10).map(Self)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;

        impl Visitor<'_> for Number {
            type Value = Size;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number of bytes, or a string such as \"20 MB\"")
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Size, E> {
                let number = u64::try_from(number);
                number
                    .map(Size)
                    .map_err(|_| E::custom("a size cannot be negative"))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Size, E> {
                let wanted = "a size is written as `20 MB`, with B, KB, MB or GB";
                Size::parse(text).ok_or_else(|| E::custom(wanted))
            }
        }

        deserializer.deserialize_any(Number)
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": "integer", "minimum": 0},
            {"type": "string", "pattern": "^[0-9]+(\\.[0-9])? ?([KMG]?B?)$"}
        ]})
    }
}

/// How bytes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum EncodingChoice {
    /// By their mark, else as they look.
    #[serde(rename = "auto")]
    Auto,
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, low byte first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl EncodingChoice {
    /// The word of the file.
    pub const fn word(self) -> &'static str {
        match self.encoding() {
            None => "auto",
            Some(encoding) => encoding.word(),
        }
    }

    /// The encoding; `None` where it is to be found out.
    pub const fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Auto => None,
            Self::Utf8 => Some(Encoding::Utf8),
            Self::Utf16Le => Some(Encoding::Utf16Le),
            Self::Utf16Be => Some(Encoding::Utf16Be),
            Self::Windows1252 => Some(Encoding::Windows1252),
        }
    }
}

/// What is said of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// It is not asked.
    Off,
    /// Its findings are advice.
    Advice,
    /// Its findings are warnings.
    Warning,
    /// Its findings are errors.
    Error,
}

impl RuleLevel {
    /// How much its findings weigh; `None` where it is not asked.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Advice => Some(Severity::Advice),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The word of the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What is said of rules: `"pack/name"` or `"pack/*"` and a level, in the order of the names.
#[derive(Debug, Clone)]
pub struct RuleTable<L = RuleLevel>(pub Vec<(Placed<String>, Placed<L>)>);

impl<L> Default for RuleTable<L> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, L: Deserialize<'de>> Deserialize<'de> for RuleTable<L> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<L>(PhantomData<L>);

        impl<'de, L: Deserialize<'de>> Visitor<'de> for Entries<L> {
            type Value = RuleTable<L>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table of rules, such as \"pack/name\" = \"off\"")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries: Vec<(Placed<String>, Placed<L>)> = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                if entries.iter().any(|(name, _)| name.value().is_empty()) {
                    return Err(A::Error::custom("a rule has a name"));
                }
                Ok(RuleTable(entries))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

impl<L: JsonSchema> JsonSchema for RuleTable<L> {
    fn schema_name() -> Cow<'static, str> {
        L::schema_name().replace("Level", "Table").into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<L>();
        json_schema!({
            "type": "object",
            "propertyNames": {"pattern": "^(\\*|[a-z0-9-]+/(\\*|[a-z0-9-]+))$"},
            "additionalProperties": level
        })
    }
}

/// A finding, or many, that the house accepts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AllowEntry {
    /// The rule, `"pack/name"`, or all of a pack, `"pack/*"`.
    pub rule: Placed<String>,
    /// The drafts, as a pattern.
    pub path: Placed<String>,
    /// Why; whoever reads the file later must be able to judge it.
    pub reason: Placed<String>,
    /// Last day on which it holds.
    pub until: Option<Placed<Day>>,
    /// The fingerprint of the finding, where one alone is meant; the JSON report has it.
    #[serde(rename = "match")]
    pub fingerprint: Option<Placed<Fingerprint>>,
}

/// Declares a table that holds keys of its own and those that may hold for single drafts.
///
/// Flattening would lose the places, so the keys are written out in each table.
macro_rules! table_with_draft_keys {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $key:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            $($(#[$doc])* pub $key: $kind,)*
            /// The marking scheme by name, where it is not to be detected.
            pub scheme: Option<Placed<String>>,
            /// The kind of draft, where it is not to be detected.
            pub form: Option<Placed<Form>>,
            /// Whether it is about to be sent or was sent long ago, where that is not to be detected.
            pub profile: Option<Placed<Profile>>,
            /// Judge by the rules of this day, whatever the draft's own date.
            pub as_of: Option<Placed<Day>>,
            /// How the bytes are read.
            pub encoding: Option<Placed<EncodingChoice>>,
            /// The highest marking that may stand in a file: a level, and the controls that may stand beside it.
            pub ceiling: Option<Placed<String>>,
            /// The least severity that gives exit code 1.
            pub fail_on: Option<Placed<FailOn>>,
            /// Whether reports leave out all text of drafts.
            pub redact: Option<Placed<bool>>,
            /// Whether findings of which the reader is not sure are shown.
            pub pedantic: Option<Placed<bool>>,
            /// Most bytes of a file that is examined.
            pub max_file_size: Option<Placed<Size>>,
            /// Ask these rules alone.
            pub select: Option<Placed<Words>>,
            /// Ask these rules too.
            pub extend_select: Option<Placed<Words>>,
            /// Do not ask these rules.
            pub ignore: Option<Placed<Words>>,
            /// What is said of single rules and packs; the longest name wins.
            #[serde(default)]
            pub rules: RuleTable,
        }

        impl $name {
            /// The keys that may hold for single drafts.
            pub(super) fn draft_keys(&self) -> DraftKeys<'_> {
                DraftKeys {
                    scheme: self.scheme.as_ref(),
                    form: self.form.as_ref(),
                    profile: self.profile.as_ref(),
                    as_of: self.as_of.as_ref(),
                    encoding: self.encoding.as_ref(),
                    ceiling: self.ceiling.as_ref(),
                    fail_on: self.fail_on.as_ref(),
                    redact: self.redact.as_ref(),
                    pedantic: self.pedantic.as_ref(),
                    max_file_size: self.max_file_size.as_ref(),
                    select: self.select.as_ref(),
                    extend_select: self.extend_select.as_ref(),
                    ignore: self.ignore.as_ref(),
                    rules: &self.rules,
                }
            }
        }
    };
}

table_with_draft_keys! {
    /// A configuration file, `caveat.toml` or `.caveat.toml`.
    ConfigFile {
        /// Says to readers that the search for a configuration ends here.
        root: Option<Placed<bool>>,
        /// Configuration files that this one builds on, relative to it.
        extend: Option<Placed<OneOrMany>>,
        /// Folders of house packs, relative to this file.
        packs: Option<Placed<Words>>,
        /// Examine only drafts that one of these patterns covers.
        include: Option<Placed<Words>>,
        /// Leave out what one of these patterns covers.
        exclude: Option<Placed<Words>>,
        /// Leave that out too.
        extend_exclude: Option<Placed<Words>>,
        /// Drafts that must carry a marking, as patterns.
        require_marking: Option<Placed<Words>>,
        /// A file of findings that are known, relative to this file.
        baseline: Option<Placed<String>>,
        /// How findings are written.
        output_format: Option<Placed<OutputFormat>>,
        /// Whether it is no fault if there is nothing to examine.
        allow_empty: Option<Placed<bool>>,
        /// Whether excluded drafts are left out even if they are named.
        force_exclude: Option<Placed<bool>>,
        /// Whether findings are counted by rule at the end.
        statistics: Option<Placed<bool>>,
        /// Where the pages of the rules lie, for links: an address that ids are put behind, or into for `{rule}`.
        rule_pages: Option<Placed<RulePages>>,
        /// When output is coloured.
        color: Option<Placed<Colour>>,
        /// Whether a progress bar is shown on a terminal.
        progress: Option<Placed<bool>>,
        /// How many drafts are examined at once.
        threads: Option<Placed<u16>>,
        /// Other settings for some drafts; later ones win.
        #[serde(default, rename = "override")]
        overrides: Vec<OverrideEntry>,
        /// Findings that the house accepts.
        #[serde(default, rename = "allow")]
        allows: Vec<AllowEntry>,
    }
}

table_with_draft_keys! {
    /// Other settings for some drafts.
    OverrideEntry {
        /// The drafts, as patterns.
        files: Placed<Words>,
    }
}

/// Keys that may hold for single drafts, wherever they are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct DraftKeys<'f> {
    pub(super) scheme: Option<&'f Placed<String>>,
    pub(super) form: Option<&'f Placed<Form>>,
    pub(super) profile: Option<&'f Placed<Profile>>,
    pub(super) as_of: Option<&'f Placed<Day>>,
    pub(super) encoding: Option<&'f Placed<EncodingChoice>>,
    pub(super) ceiling: Option<&'f Placed<String>>,
    pub(super) fail_on: Option<&'f Placed<FailOn>>,
    pub(super) redact: Option<&'f Placed<bool>>,
    pub(super) pedantic: Option<&'f Placed<bool>>,
    pub(super) max_file_size: Option<&'f Placed<Size>>,
    pub(super) select: Option<&'f Placed<Words>>,
    pub(super) extend_select: Option<&'f Placed<Words>>,
    pub(super) ignore: Option<&'f Placed<Words>>,
    pub(super) rules: &'f RuleTable,
}

#[cfg(test)]
mod tests {
    use super::{ConfigFile, OneOrMany, Size};

    #[test]
    fn a_string_or_a_list_extends_and_each_word_has_its_place() {
        let text = "extend = 'a.toml'\n";
        let file: ConfigFile = toml::from_str(text).unwrap();
        let extend = file.extend.unwrap();
        assert_eq!(text.get(extend.place()), Some("'a.toml'"));
        let text = "extend = ['a.toml', 'b.toml']\n";
        let file: ConfigFile = toml::from_str(text).unwrap();
        let extend = file.extend.unwrap();
        let OneOrMany::Many(words) = extend.value() else {
            panic!("a list is a list");
        };
        assert_eq!(text.get(words.last().unwrap().place()), Some("'b.toml'"));
    }

    #[test]
    fn names_of_rules_have_places() {
        let text = "[rules]\n'a/*' = 'off'\n'a/b' = 'error'\n";
        let file: ConfigFile = toml::from_str(text).unwrap();
        let (name, level) = file.rules.0.last().unwrap();
        assert_eq!(text.get(name.place()), Some("'a/b'"));
        assert_eq!(text.get(level.place()), Some("'error'"));
    }

    #[test]
    fn sizes_are_numbers_with_units() {
        let size = |text| Size::parse(text).map(|size| size.0);
        assert_eq!(size("20 MB"), Some(20 << 20));
        assert_eq!(size("1.5k"), Some(1536));
        assert_eq!(size("7"), Some(7));
        assert_eq!(
            (size("x"), size("1 XB"), size("1.25 MB")),
            (None, None, None)
        );
    }
}
