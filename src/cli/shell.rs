//! `caveat completions` and `caveat man`: what shells and readers of manuals want, from the same definition.

use super::args::Arguments;
use super::exit::CLEAN;
use super::failure::Failure;
use super::world::Streams;
use clap::{Command, CommandFactory as _};
use clap_complete::{Shell, generate};
use clap_mangen::Man;

const NAME: &str = "caveat";

pub(super) fn completions(shell: Shell, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut text = Vec::new();
    generate(shell, &mut Arguments::command(), NAME, &mut text);
    streams.out.write_all(&text)?;
    Ok(CLEAN)
}

pub(super) fn man(command: Option<&str>, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut whole = Arguments::command();
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => {
            let mut known = whole.get_subcommands().map(Command::get_name);
            let Some(found) = whole.find_subcommand(name) else {
                let near = crate::problem::nearest(name, known.by_ref());
                let hint = near.map(|near| format!("; did you mean `{near}`?"));
                let hint = hint.unwrap_or_default();
                return Err(Failure::Usage(format!(
                    "no command is called `{name}`{hint}"
                )));
            };
            found.clone()
        }
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text)?;
    streams.out.write_all(&text)?;
    Ok(CLEAN)
}
