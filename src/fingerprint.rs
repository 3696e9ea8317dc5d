//! L0: what a finding is known by from one run to the next, whatever line it stands on.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// What goes before everything else; another number makes every fingerprint another.
const SERIES: &str = "caveat fingerprint 1";

/// What a finding is known by: 64 bits, written as sixteen hexadecimal digits.
///
/// It is the same on every platform, and in every version as long as its series is. Baselines,
/// `match` in `[[allow]]`, SARIF and GitLab reports name findings by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of some words. `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut digest = Sha256::new();
        for word in std::iter::once(SERIES).chain(words) {
            digest.update((word.len() as u64).to_be_bytes());
            digest.update(word.as_bytes());
        }
        let whole = digest.finalize();
        let head = whole.iter().take(size_of::<u64>());
        Self(head.fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint is sixteen digits from 0 to f")]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let is_digit = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
        if text.len() != 16 || !text.bytes().all(is_digit) {
            return Err(NoFingerprint);
        }
        let number = u64::from_str_radix(text, 16).map_err(|_| NoFingerprint)?;
        Ok(Self(number))
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Fingerprint {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Fingerprint".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9a-f]{16}$"})
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, NoFingerprint};

    #[test]
    fn it_is_the_same_in_every_version_and_on_every_platform() {
        // A change here makes every baseline stale: it needs another series, and a line in the changelog.
        let known = Fingerprint::of(["house/rule", "Portion"]).to_string();
        assert_eq!(known, "0a7d3c16887dbbfd");
        assert_ne!(Fingerprint::of(["ab", "c"]), Fingerprint::of(["a", "bc"]));
        assert_ne!(Fingerprint::of(["a"]), Fingerprint::of(["a", ""]));
    }

    #[test]
    fn its_digits_lead_back_to_it_and_nothing_else_does() {
        let known = Fingerprint::of(["x"]);
        assert_eq!(known.to_string().parse(), Ok(known));
        for wrong in ["", "0a7d", "0A7D3C16887DBBFD", "+a7d3c16887dbbfd"] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NoFingerprint), "{wrong}");
        }
    }
}
