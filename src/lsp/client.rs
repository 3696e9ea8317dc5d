//! What the editor can do, as far as answers depend on it.

use super::position::Unit;
use gen_lsp_types::{
    ClientCapabilities, InitializeParams, MarkupKind, PositionEncodingKind, ResourceOperationKind,
    WorkspaceFolders,
};
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// What may be said when the server is started.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wishes {
    /// The editor shows the answer to the command that explains a rule itself.
    shows_explanation: bool,
    /// What columns count, for an editor that has its own way and cannot say so: some count bytes.
    position_encoding: Option<PositionEncodingKind>,
}

/// The editor.
#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    /// What columns count.
    pub(super) unit: Unit,
    /// Folders that are open, from the root of the file system.
    pub(super) folders: Vec<PathBuf>,
    /// It asks for findings, so that they are not told unasked.
    pub(super) pulls: bool,
    /// It can be asked to ask anew.
    pub(super) refreshes: bool,
    /// It shows the places that explain a finding.
    pub(super) related: bool,
    /// It shows links to the pages of rules.
    pub(super) links: bool,
    /// It shows Markdown.
    pub(super) markdown: bool,
    /// It takes changes with the version of the text that they are for.
    pub(super) versioned: bool,
    /// It can make a file.
    pub(super) creates: bool,
    /// It watches files when it is asked to.
    pub(super) watches: bool,
    /// It shows the explanation of a rule itself.
    pub(super) explains: bool,
}

impl Client {
    /// The editor from what it says; what it says wrongly, it cannot do.
    pub(super) fn new(params: &Value) -> Self {
        let whole: Option<InitializeParams> = Deserialize::deserialize(params).ok();
        let Some(params) = whole else {
            return Self::default();
        };
        let wishes = params.initialization_options.as_ref();
        let wishes: Wishes = wishes
            .and_then(|wishes| Deserialize::deserialize(wishes).ok())
            .unwrap_or_default();
        let known = Self::of(&params.capabilities);
        let unit = wishes.position_encoding.map(|own| Unit::agreed(&[own]));
        Self {
            folders: folders(&params),
            explains: wishes.shows_explanation,
            unit: unit.unwrap_or(known.unit),
            ..known
        }
    }

    fn of(can: &ClientCapabilities) -> Self {
        let general = can.general.as_ref();
        let offered = general.and_then(|general| general.position_encodings.as_deref());
        let text = can.text_document.clone().unwrap_or_default();
        let workspace = can.workspace.clone().unwrap_or_default();
        let edit = workspace.workspace_edit.unwrap_or_default();
        let operations = edit.resource_operations.unwrap_or_default();
        let hover = text.hover.and_then(|hover| hover.content_format);
        let published = text.publish_diagnostics.unwrap_or_default();
        Self {
            unit: Unit::agreed(offered.unwrap_or_default()),
            pulls: text.diagnostic.is_some(),
            refreshes: workspace
                .diagnostics
                .is_some_and(|own| own.refresh_support == Some(true)),
            related: published.diagnostics_capabilities.related_information == Some(true),
            links: published.diagnostics_capabilities.code_description_support == Some(true),
            markdown: hover.is_some_and(|kinds| kinds.first() == Some(&MarkupKind::Markdown)),
            versioned: edit.document_changes == Some(true),
            creates: operations.contains(&ResourceOperationKind::Create),
            watches: workspace
                .did_change_watched_files
                .is_some_and(|own| own.dynamic_registration == Some(true)),
            ..Self::default()
        }
    }
}

/// The folders that are open: those of the workspace, or the one of older editors.
#[expect(
    deprecated,
    reason = "editors of before 2018 name one folder, some of today still do"
)]
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let named = &params.workspace_folders_initialize_params.workspace_folders;
    if let Some(WorkspaceFolders::WorkspaceFolderList(named)) = named {
        let paths = named.iter().map(|folder| super::uri::path(&folder.uri));
        return paths.flatten().collect();
    }
    let one = params.root_uri.as_ref().and_then(super::uri::path);
    one.into_iter().collect()
}
