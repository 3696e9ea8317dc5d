//! Flags of `caveat hook`.

use super::drafts::{Configured, Judging, Output};
use crate::git::Hook;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Subcommand};
use std::ffi::OsString;

/// What to do with hooks.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum HookAction {
    /// Put hooks in: git then asks caveat before it commits or pushes. A hook that is there is called first
    Install(InstallArguments),
    /// Take them out, and put back what was there before
    Uninstall(UninstallArguments),
    /// Examine what git is about to let out: what is staged, what is pushed, a message
    Run(Box<RunArguments>),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct InstallArguments {
    /// Which [default: pre-commit, pre-merge-commit, commit-msg and pre-push; pre-receive in a bare repository]
    #[arg(value_name = "HOOK", value_parser = words().try_map(hook))]
    pub(in crate::cli) hooks: Vec<Hook>,
    /// Put them in although `core.hooksPath` makes them the hooks of every repository
    #[arg(long)]
    pub(in crate::cli) shared: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UninstallArguments {
    /// Which [default: all that are caveat's]
    #[arg(value_name = "HOOK", value_parser = words().try_map(hook))]
    pub(in crate::cli) hooks: Vec<Hook>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RunArguments {
    /// As which hook
    #[arg(value_name = "HOOK", default_value = "pre-commit", value_parser = words().try_map(hook))]
    pub(in crate::cli) hook: Hook,
    /// What git gives the hook
    #[arg(value_name = "ARG")]
    pub(in crate::cli) given: Vec<OsString>,
    #[command(flatten)]
    pub(in crate::cli) judging: Judging,
    #[command(flatten)]
    pub(in crate::cli) configured: Configured,
    #[command(flatten)]
    pub(in crate::cli) output: Output,
}

fn words() -> PossibleValuesParser {
    PossibleValuesParser::new(Hook::ALL.map(Hook::word))
}

fn hook(word: String) -> Result<Hook, String> {
    Hook::named(&word).ok_or(word)
}
