//! What may be typed: commands, flags, and their help.

mod audit;
mod drafts;
mod hook;
mod marking;
mod words;

pub(super) use audit::{AuditArguments, Course, InventoryWord, MergeArguments};
pub(super) use drafts::{Configured, Judging, Output, Selection};
pub(super) use hook::{HookAction, InstallArguments, RunArguments, UninstallArguments};
pub(super) use marking::{AnswerFormat, MarkingArguments, MarkingKind, RollUpArguments};

use super::exit::TABLE;
use clap::{Args, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// Names of commands as they are typed.
const CHECK: &str = "check";
const HOOK: &str = "hook";

/// Checks classification markings in drafts before they are released
#[derive(Debug, Parser)]
#[command(name = "caveat", version, after_help = "Exit codes: 0 clean, 1 findings, 2 wrong usage or setup, 3 not all examined, 101 a bug", after_long_help = TABLE, max_term_width = 100, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

impl Arguments {
    /// What was typed.
    ///
    /// Of the two commands for which somebody waits only the one that is named is set up. Where its words do not
    /// fit, or help is wanted, all commands answer.
    ///
    /// # Errors
    /// What is wrong with it, or the help or version that was asked for.
    pub(super) fn typed(words: &[OsString]) -> Result<Self, clap::Error> {
        match Command::alone(words.get(1..).unwrap_or_default()) {
            Some(command) => Ok(Self { command }),
            None => Self::try_parse_from(words),
        }
    }
}

impl Command {
    fn alone(words: &[OsString]) -> Option<Self> {
        let name = words.first()?.to_str()?;
        let command = clap::Command::new("caveat").disable_help_subcommand(true);
        if name == CHECK {
            let command = CheckArguments::augment_args(command);
            let typed = command.try_get_matches_from(words).ok()?;
            let arguments = CheckArguments::from_arg_matches(&typed).ok()?;
            return Some(Self::Check(Box::new(arguments)));
        }
        if name == HOOK {
            let command = HookAction::augment_subcommands(command);
            let typed = command.try_get_matches_from(words).ok()?;
            let action = HookAction::from_arg_matches(&typed).ok()?;
            return Some(Self::Hook { action });
        }
        None
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Examine drafts and print findings
    #[command(after_long_help = TABLE)]
    Check(Box<CheckArguments>),
    /// Make the fixes of drafts, or show them as a diff
    #[command(after_long_help = TABLE)]
    Fix(Box<FixArguments>),
    /// Examine whole holdings, whatever an ignore file says, and take stock of them
    #[command(after_long_help = TABLE)]
    Audit(Box<AuditArguments>),
    /// Write the reports of one audit from the journals of its parts
    #[command(after_long_help = TABLE)]
    Merge(Box<MergeArguments>),
    /// Write down the findings that are there, so that new ones show; keep that file true
    Baseline(Box<BaselineArguments>),
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
    /// Serve an editor over standard streams
    Lsp(Box<LspArguments>),
    /// Hooks of git: examine what is staged, what is pushed, and messages
    Hook {
        #[command(subcommand)]
        action: HookAction,
    },
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

#[derive(Debug, Args)]
pub(super) struct FixArguments {
    /// Make fixes too that change what a draft says; a person has to decide
    #[arg(long = "unsafe")]
    pub(super) with_unsafe: bool,
    /// Show the changes as a unified diff and write nothing; exit code 1 if there is one
    #[arg(long)]
    pub(super) diff: bool,
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) configured: Configured,
}

#[derive(Debug, Args)]
pub(super) struct BaselineArguments {
    /// What to do with it
    #[arg(value_enum)]
    pub(super) action: BaselineAction,
    /// Let findings of severity error into it, too
    #[arg(long)]
    pub(super) include_errors: bool,
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) judging: Judging,
    #[command(flatten)]
    pub(super) configured: Configured,
}

/// What to do with a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BaselineAction {
    /// Write it anew from what is found
    Write,
    /// Add what is new, take out what is gone
    Update,
    /// Take out what is gone, add nothing
    Prune,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Its id, `pack/name`
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) configured: Configured,
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

#[derive(Debug, Args)]
pub(super) struct LspArguments {
    /// Accepted because editors give it; there is no other way
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
    #[command(flatten)]
    pub(super) judging: Judging,
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
    /// A baseline
    Baseline,
    /// The policy of a machine
    Policy,
    /// The JSON report
    Output,
    /// A line of the JSON report in lines
    OutputLines,
    /// A line of the inventory
    Inventory,
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

#[cfg(test)]
mod tests {
    use super::{Arguments, Command};
    use clap::{CommandFactory as _, Parser as _};
    use std::ffi::OsString;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_command_alone_is_understood_as_it_is_among_all() {
        let lines = [
            "caveat check",
            "caveat check - --stdin-filename a.txt",
            "caveat check a.txt b --as-of 2009-02-03 --select a/b,c/* --output-format json --isolated",
            "caveat check --config x.toml -- --odd",
            "caveat hook run",
            "caveat hook run pre-commit",
            "caveat hook install",
            "caveat hook uninstall",
        ];
        for line in lines {
            let words = words(line);
            let alone = Command::alone(&words[1..]).unwrap_or_else(|| panic!("{line}"));
            let among = Arguments::try_parse_from(&words).unwrap();
            assert_eq!(format!("{alone:?}"), format!("{:?}", among.command));
        }
    }

    #[test]
    fn words_that_do_not_fit_and_help_are_answered_among_all_commands() {
        let lines = [
            "caveat check --help",
            "caveat check --as-of never",
            "caveat check --nonsense",
            "caveat hook",
            "caveat hook help",
            "caveat chek",
            "caveat",
        ];
        for line in lines {
            let words = words(line);
            let typed = Arguments::typed(&words).unwrap_err();
            let among = Arguments::try_parse_from(&words).unwrap_err();
            assert_eq!(typed.render().to_string(), among.render().to_string());
        }
    }

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
