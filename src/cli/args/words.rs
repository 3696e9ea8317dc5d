//! Words of the command line that stand for values of settings.

use crate::checks::Profile;
use crate::config::{Colour, FailOn, OutputFormat};
use crate::problem::nearest;
use crate::reading::Form;
use crate::text::Encoding;
use clap::ValueEnum;
use std::path::PathBuf;
use std::str::FromStr;

/// A word of the command line that stands for a value of a type that knows nothing of clap.
macro_rules! words {
    ($name:ident for $of:ty: $($word:literal => $value:expr),+ $(,)?) => {
        #[doc = concat!("A word that stands for a `", stringify!($of), "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::cli) struct $name(pub(in crate::cli) $of);

        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self($value)),+]
            }

            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                [$(($value, $word)),+]
                    .into_iter()
                    .find(|(value, _)| *value == self.0)
                    .map(|(_, word)| clap::builder::PossibleValue::new(word))
            }
        }
    };
}

words!(FormatWord for OutputFormat:
    "full" => OutputFormat::Full,
    "concise" => OutputFormat::Concise,
    "grouped" => OutputFormat::Grouped,
    "json" => OutputFormat::Json,
    "json-lines" => OutputFormat::JsonLines,
    "sarif" => OutputFormat::Sarif,
    "github" => OutputFormat::GitHub,
    "gitlab" => OutputFormat::GitLab,
    "junit" => OutputFormat::Junit,
    "html" => OutputFormat::Html,
);
words!(FailOnWord for FailOn:
    "error" => FailOn::Error,
    "warning" => FailOn::Warning,
    "advice" => FailOn::Advice,
    "never" => FailOn::Never,
);
words!(ColourWord for Colour:
    "auto" => Colour::Auto,
    "always" => Colour::Always,
    "never" => Colour::Never,
);
words!(FormWord for Form:
    "telegram" => Form::Telegram,
    "document" => Form::Document,
    "text" => Form::Text,
);
words!(ProfileWord for Profile:
    "draft" => Profile::Draft,
    "archive" => Profile::Archive,
);
words!(EncodingWord for Option<Encoding>:
    "auto" => None,
    "utf-8" => Some(Encoding::Utf8),
    "utf-16le" => Some(Encoding::Utf16Le),
    "utf-16be" => Some(Encoding::Utf16Be),
    "windows-1252" => Some(Encoding::Windows1252),
);

/// A form of report and the file that it goes to: `FORMAT=FILE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct ReportWord {
    pub(in crate::cli) format: OutputFormat,
    pub(in crate::cli) file: PathBuf,
}

impl FromStr for ReportWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let Some((format, file)) = word.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            return Err("no file is named: write `FORMAT=FILE`".to_owned());
        };
        if let Ok(FormatWord(format)) = FormatWord::from_str(format, false) {
            return Ok(Self {
                format,
                file: file.into(),
            });
        }
        let known = FormatWord::value_variants().iter();
        let known = known.map(|known| known.0.word());
        let hint = nearest(format, known.clone()).map_or_else(
            || format!("known are {}", known.collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        Err(format!("no report has the form `{format}`; {hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{ColourWord, EncodingWord, FailOnWord, FormWord, FormatWord, ProfileWord};
    use crate::checks::Profile;
    use crate::config::file::EncodingChoice;
    use crate::config::{Colour, FailOn, OutputFormat};
    use crate::reading::Form;
    use clap::ValueEnum;
    use schemars::{JsonSchema, schema_for};
    use std::collections::BTreeSet;

    /// Words that the configuration file knows for a type.
    fn of_file<T: JsonSchema>() -> BTreeSet<String> {
        let schema = serde_json::to_value(schema_for!(T)).unwrap();
        let single = schema["oneOf"].as_array().into_iter().flatten();
        let consts = single.filter_map(|one| one["const"].as_str());
        let listed = schema["enum"].as_array().into_iter().flatten();
        consts
            .chain(listed.filter_map(serde_json::Value::as_str))
            .map(str::to_owned)
            .collect()
    }

    /// Words that the command line knows for it.
    fn of_flag<W: ValueEnum>() -> BTreeSet<String> {
        let words = W::value_variants().iter();
        let words = words.filter_map(ValueEnum::to_possible_value);
        words.map(|word| word.get_name().to_owned()).collect()
    }

    #[test]
    fn flags_and_configuration_know_the_same_words() {
        assert_eq!(of_flag::<FormatWord>(), of_file::<OutputFormat>());
        assert_eq!(of_flag::<FailOnWord>(), of_file::<FailOn>());
        assert_eq!(of_flag::<ColourWord>(), of_file::<Colour>());
        assert_eq!(of_flag::<FormWord>(), of_file::<Form>());
        assert_eq!(of_flag::<ProfileWord>(), of_file::<Profile>());
        assert_eq!(of_flag::<EncodingWord>(), of_file::<EncodingChoice>());
    }
}
