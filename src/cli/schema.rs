//! `caveat schema`: the shapes of files and of the JSON report, for editors and programs.

use super::args::SchemaKind;
use super::exit::CLEAN;
use super::failure::Failure;
use super::world::Streams;
use crate::baseline::BaselineFile;
use crate::config::PolicyFile;
use crate::config::file::ConfigFile;
use crate::pack::scheme_file::SchemeFile;
use crate::pack::vocabulary_file::VocabularyFile;
use crate::report::{InventoryRow, Line, json};
use crate::rules::file::RuleFile;
use schemars::schema_for;

pub(super) fn schema(kind: SchemaKind, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let schema = match kind {
        SchemaKind::Config => schema_for!(ConfigFile),
        SchemaKind::Rules => schema_for!(RuleFile),
        SchemaKind::Scheme => schema_for!(SchemeFile),
        SchemaKind::Vocabulary => schema_for!(VocabularyFile),
        SchemaKind::Policy => schema_for!(PolicyFile),
        SchemaKind::Baseline => schema_for!(BaselineFile),
        SchemaKind::Output => schema_for!(json::Output),
        SchemaKind::OutputLines => schema_for!(Line<'_>),
        SchemaKind::Inventory => schema_for!(InventoryRow<'_>),
    };
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    writeln!(streams.out, "{text}")?;
    Ok(CLEAN)
}
