//! What may be typed: commands, flags, and their help.

use super::exit::TABLE;
use crate::checks::Profile;
use crate::config::{Colour, FailOn, OutputFormat};
use crate::reading::Form;
use crate::text::Encoding;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Checks classification markings in drafts before they are released
#[derive(Debug, Parser)]
#[command(name = "caveat", version, after_help = "Exit codes: 0 clean, 1 findings, 2 wrong usage or setup, 3 not all examined, 101 a bug", after_long_help = TABLE, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Examine drafts and print findings
    #[command(after_long_help = TABLE)]
    Check(Box<CheckArguments>),
    /// Explain one rule: what it means, on whose authority, with examples
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Explain a marking part by part, say what is wrong with it, and write it in every form
    Marking(MarkingArguments),
    /// Say which banner portion marks require, and why
    RollUp(RollUpArguments),
    /// Show every setting that holds for a draft, and where it was settled
    Config(ConfigArguments),
    /// List what would be examined and, for the rest, why not
    Files(Box<FilesArguments>),
    /// List rule packs, check that they are sound, try rules on their examples
    Packs(PacksArguments),
    /// Write a `caveat.toml` in which every key stands, commented
    Init(InitArguments),
    /// Print the JSON Schema of a kind of file, or of the JSON report
    Schema {
        /// Of which
        kind: SchemaKind,
    },
    /// Print completions for a shell
    Completions {
        /// For which
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man {
        /// Of one command
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) configured: Configured,
    #[command(flatten)]
    pub(super) output: Output,
}

/// Which drafts.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which drafts")]
pub(super) struct Selection {
    /// Drafts or folders; `-` reads one draft from standard input [default: .]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// What a draft from standard input is called: configuration and patterns go by that
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Read paths from a file, one a line or separated by NUL; `-` for standard input
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub(super) files_from: Option<PathBuf>,
    /// Leave out what the pattern covers, beside what the configuration leaves out
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Leave out excluded drafts even if they are named
    #[arg(long, hide_short_help = true)]
    pub(super) force_exclude: bool,
    /// It is no fault if there is nothing to examine
    #[arg(long, hide_short_help = true)]
    pub(super) allow_empty: bool,
    /// How the bytes are read
    #[arg(long, value_name = "ENCODING", hide_short_help = true)]
    pub(super) encoding: Option<EncodingWord>,
}

/// How drafts are judged.
#[derive(Debug, Args)]
#[command(next_help_heading = "How they are judged")]
pub(super) struct Judging {
    /// Judge by the rules of this day, such as 2007-12-13, whatever the draft's own date
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// Take every draft for one of this marking scheme
    #[arg(long, value_name = "NAME")]
    pub(super) scheme: Option<String>,
    /// Take every draft for one of this kind
    #[arg(long, value_name = "FORM", hide_short_help = true)]
    pub(super) form: Option<FormWord>,
    /// Take every draft for one about to be sent, or for one that was sent long ago
    #[arg(long, value_name = "PROFILE", hide_short_help = true)]
    pub(super) profile: Option<ProfileWord>,
    /// Ask these rules alone: `pack/name` or `pack/*`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// Ask these rules too
    #[arg(
        long,
        value_name = "RULE",
        value_delimiter = ',',
        hide_short_help = true
    )]
    pub(super) extend_select: Vec<String>,
    /// Do not ask these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) ignore: Vec<String>,
    /// Show findings of which the reader is not sure, too
    #[arg(long)]
    pub(super) pedantic: bool,
}

/// Where settings come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct Configured {
    /// A configuration file in place of those above the drafts, or one setting
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    pub(super) config: Vec<String>,
    /// Read no configuration file
    #[arg(long, hide_short_help = true)]
    pub(super) isolated: bool,
}

/// How the report is written.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub(super) struct Output {
    /// How findings are written [default: full]
    #[arg(long = "output-format", value_name = "FORMAT")]
    pub(super) format: Option<FormatWord>,
    /// Write the report to a file, replaced whole
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// The least severity that gives exit code 1 [default: warning]
    #[arg(long, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOnWord>,
    /// Leave out all text of the drafts
    #[arg(long, overrides_with = "no_redact")]
    pub(super) redact: bool,
    /// Show text of the drafts though the configuration says otherwise
    #[arg(long, overrides_with = "redact", hide_short_help = true)]
    pub(super) no_redact: bool,
    /// Count findings by rule at the end
    #[arg(long, hide_short_help = true)]
    pub(super) statistics: bool,
    /// Findings only, no closing lines
    #[arg(short, long, conflicts_with_all = ["silent", "verbose"], hide_short_help = true)]
    pub(super) quiet: bool,
    /// Nothing; the exit code says it
    #[arg(short, long, conflicts_with = "verbose", hide_short_help = true)]
    pub(super) silent: bool,
    /// Say on standard error what was read and by which configuration
    #[arg(short, long, hide_short_help = true)]
    pub(super) verbose: bool,
    /// When to colour [default: auto]
    #[arg(long, value_name = "WHEN")]
    pub(super) color: Option<ColourWord>,
    /// Show no progress bar
    #[arg(long, hide_short_help = true)]
    pub(super) no_progress: bool,
    /// How many drafts at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), hide_short_help = true)]
    pub(super) threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Its id, `pack/name`
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct MarkingArguments {
    /// The marking; without it, one a line is read from standard input
    pub(super) marking: Option<String>,
    /// Where it is written [default: as it looks]
    #[arg(long, value_enum)]
    pub(super) kind: Option<MarkingKind>,
    /// The marking scheme [default: that of the configuration]
    #[arg(long, value_name = "NAME")]
    pub(super) scheme: Option<String>,
    /// How the answer is written [default: text; for standard input json-lines]
    #[arg(long = "output-format", value_name = "FORMAT", value_enum)]
    pub(super) format: Option<AnswerFormat>,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct RollUpArguments {
    /// Portion marks; without any, one set a line is read from standard input, with ` | ` between them
    pub(super) portions: Vec<String>,
    /// A file of portion marks, all of them one set: one a line, or with ` | ` between them
    #[arg(long, value_name = "FILE", conflicts_with = "portions")]
    pub(super) file: Option<PathBuf>,
    /// The marking scheme [default: that of the configuration]
    #[arg(long, value_name = "NAME")]
    pub(super) scheme: Option<String>,
    /// How the answer is written [default: text; for standard input json-lines]
    #[arg(long = "output-format", value_name = "FORMAT", value_enum)]
    pub(super) format: Option<AnswerFormat>,
    #[command(flatten)]
    pub(super) configured: Configured,
}

/// Where a marking is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MarkingKind {
    /// On the line at top and bottom
    Banner,
    /// In brackets before a paragraph
    Portion,
}

/// How an answer about markings is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// One JSON object a line
    JsonLines,
}

#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(super) format: ListFormat,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct ConfigArguments {
    /// The draft or folder
    #[arg(default_value = ".")]
    pub(super) path: PathBuf,
    /// Leave out what is built in
    #[arg(long)]
    pub(super) non_default: bool,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct FilesArguments {
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct PacksArguments {
    /// What to do with them
    #[arg(value_enum, default_value_t = PacksAction::List)]
    pub(super) action: PacksAction,
    /// Folders of packs, in place of those that the configuration names
    #[arg(value_name = "FOLDER")]
    pub(super) folders: Vec<String>,
    #[command(flatten)]
    pub(super) configured: Configured,
}

/// What to do with packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PacksAction {
    /// List the shipped packs, those that the configuration names, and the schemes in them
    List,
    /// Load them and show every problem
    Validate,
    /// Try every rule on its own examples
    Test,
}

#[derive(Debug, Args)]
pub(super) struct InitArguments {
    /// Where to write it
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
    /// Print it instead
    #[arg(long)]
    pub(super) stdout: bool,
}

/// Kinds of file that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaKind {
    /// caveat.toml
    Config,
    /// Rules of a pack
    Rules,
    /// A marking scheme
    Scheme,
    /// A vocabulary
    Vocabulary,
    /// The JSON report
    Output,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// One line each
    Text,
    /// A JSON array
    Json,
    /// A Markdown table
    Md,
}

/// A word of the command line that stands for a value of a type that knows nothing of clap.
macro_rules! words {
    ($name:ident for $of:ty: $($word:literal => $value:expr),+ $(,)?) => {
        #[doc = concat!("A word that stands for a `", stringify!($of), "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) struct $name(pub(super) $of);

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
    "json" => OutputFormat::Json,
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

#[cfg(test)]
mod tests {
    use super::{
        Arguments, ColourWord, EncodingWord, FailOnWord, FormWord, FormatWord, ProfileWord,
    };
    use crate::checks::Profile;
    use crate::config::file::EncodingChoice;
    use crate::config::{Colour, FailOn, OutputFormat};
    use crate::reading::Form;
    use clap::{CommandFactory as _, ValueEnum};
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

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
