//! Where the pages of the rules lie, for links.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;

/// What stands in an address for the id of a rule.
const RULE: &str = "{rule}";

/// The address of the pages of the rules: one with `{rule}` in it, or one that ids are put behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePages(String);

impl RulePages {
    /// The address of the page of a rule.
    pub fn of(&self, rule: &str) -> String {
        if self.0.contains(RULE) {
            return self.0.replace(RULE, rule);
        }
        format!("{}/{rule}", self.0.trim_end_matches('/'))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
        let named = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic());
        let blank = |letter: char| letter.is_whitespace() || letter.is_control();
        let sound = named && scheme.chars().all(plain) && !rest.is_empty() && !rest.contains(blank);
        sound.then(|| Self(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for RulePages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            let wanted = "an address is wanted, such as `https://house.example/rules/{rule}`";
            serde::de::Error::custom(wanted)
        })
    }
}

impl JsonSchema for RulePages {
    fn schema_name() -> Cow<'static, str> {
        "RulePages".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:\\S+$"})
    }
}

#[cfg(test)]
mod tests {
    use super::RulePages;

    #[test]
    fn the_id_of_a_rule_stands_where_it_is_wanted_or_behind() {
        let of = |text: &str| RulePages::parse(text).map(|pages| pages.of("pack/rule"));
        let page = |text: &str| Some(text.to_owned());
        assert_eq!(
            of("file:///srv/rules/"),
            page("file:///srv/rules/pack/rule")
        );
        assert_eq!(
            of("https://h.example/r"),
            page("https://h.example/r/pack/rule")
        );
        assert_eq!(
            of("https://h.example/{rule}.html#top"),
            page("https://h.example/pack/rule.html#top")
        );
        for broken in [
            "",
            "rules",
            "/srv/rules",
            ":x",
            "1a:x",
            "file:",
            "https://h e",
        ] {
            assert_eq!(of(broken), None, "{broken}");
        }
    }
}
