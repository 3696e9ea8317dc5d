//! The reports that a run writes, each in its form and at its place.

use super::args::{InventoryWord, Output};
use super::failure::Failure;
use super::place::Files;
use super::world::Surroundings;
use crate::config::{Colour, OutputFormat};
use crate::report::{
    Concise, Cut, GitHub, GitLab, Grouped, Html, Inventory, Json, JsonLines, Junit, Manner, Marked,
    Outputs, Report, Sarif, Terminal,
};
use std::io::{self, Write};
use std::sync::Arc;

/// How excerpts are cut where no terminal is to show them.
pub(super) const ON_PAPER: Cut = Cut {
    width: 100,
    mark: '\u{2026}',
};

/// What was asked for.
pub(super) struct Wanted<'w> {
    pub(super) output: &'w Output,
    pub(super) inventories: &'w [InventoryWord],
    /// The form of the report on standard output, or in the file that `-o` names.
    pub(super) format: OutputFormat,
    pub(super) colour: Colour,
    pub(super) around: &'w Surroundings,
}

impl Wanted<'_> {
    /// Every form that is written.
    fn formats(&self) -> impl Iterator<Item = OutputFormat> {
        let more = self.output.reports.iter().map(|report| report.format);
        let main = (!self.gives_way()).then_some(self.format);
        main.into_iter().chain(more)
    }

    /// Whether an inventory takes the place of the report on standard output.
    fn gives_way(&self) -> bool {
        let mut inventories = self.inventories.iter();
        self.output.file.is_none() && inventories.any(|inventory| inventory.file.is_none())
    }

    /// Standard output holds one report alone.
    fn share_nothing(&self) -> Result<(), Failure> {
        let inventories = self.inventories.iter();
        let mut here = inventories.filter(|word| word.file.is_none()).count();
        here += usize::from(self.output.file.is_none() && self.output.format.is_some());
        if here > 1 {
            let message = "standard output holds one report alone: name a file for the others";
            return Err(Failure::Usage(message.to_owned()));
        }
        Ok(())
    }

    /// The report for people in the place of standard output, or in the first file that has it.
    fn terminal(&self, to_file: bool) -> Arc<Terminal> {
        Arc::new(Terminal::new(self.around.look(self.colour, to_file)))
    }

    /// What is asked of each finding, and who draws it while it is examined.
    pub(super) fn manner(&self) -> (Manner, Option<Arc<Terminal>>) {
        let wants = |wanted| self.formats().any(|format| format == wanted);
        let tells = [
            OutputFormat::Json,
            OutputFormat::JsonLines,
            OutputFormat::Html,
        ];
        let wording = !self.inventories.is_empty() || tells.into_iter().any(wants);
        if wants(OutputFormat::Full) {
            let to_file = self.output.file.is_some() || self.format != OutputFormat::Full;
            let terminal = self.terminal(to_file);
            let excerpts = Some(terminal.cut());
            let manner = Manner { excerpts, wording };
            return (manner, Some(terminal));
        }
        let excerpts = wants(OutputFormat::Html) && self.output.no_redact;
        let excerpts = excerpts.then_some(ON_PAPER);
        (Manner { excerpts, wording }, None)
    }

    /// Opens them all; `out` is standard output.
    pub(super) fn open<'o>(
        &'o self,
        out: &'o mut dyn Write,
        files: &mut Files,
    ) -> Result<Outputs<'o>, Failure> {
        let mut outputs = Outputs::default();
        self.share_nothing()?;
        let silent = self.output.silent;
        let mut standard = Some(out).filter(|_| !silent);
        let mut standard = move || match standard.take() {
            Some(out) => Box::new(out) as Box<dyn Write + 'o>,
            None => Box::new(io::sink()),
        };
        if let Some(path) = &self.output.file {
            outputs.add(self.report(self.format, true), files.open(path)?)?;
        } else if !self.gives_way() {
            outputs.add(self.report(self.format, false), standard())?;
        }
        for word in self.inventories {
            let out = match &word.file {
                Some(path) => files.open(path)?,
                None => standard(),
            };
            outputs.add(Box::new(Inventory(word.format)), out)?;
        }
        for word in &self.output.reports {
            let file = files.open(&word.file)?;
            outputs.add(self.report(word.format, true), file)?;
        }
        Ok(outputs)
    }

    /// A report in a form.
    fn report(&self, format: OutputFormat, to_file: bool) -> Box<dyn Report> {
        let marked = self.output.no_redact;
        match format {
            OutputFormat::Full => text(self.terminal(to_file), marked),
            OutputFormat::Concise => text(Concise, marked),
            OutputFormat::Grouped => text(Grouped, marked),
            OutputFormat::GitHub => text(GitHub, marked),
            OutputFormat::Json => Box::new(Json::default()),
            OutputFormat::JsonLines => Box::new(JsonLines),
            OutputFormat::GitLab => Box::new(GitLab::default()),
            OutputFormat::Junit => Box::new(Junit),
            OutputFormat::Html => Box::new(Html::new(!marked)),
            OutputFormat::Sarif => Box::new(Sarif::new(&self.around.folder)),
        }
    }
}

/// A report for people, with its marking at top and bottom where it is to have one.
fn text(report: impl Report + 'static, marked: bool) -> Box<dyn Report> {
    if marked {
        Box::new(Marked::new(report))
    } else {
        Box::new(report)
    }
}
