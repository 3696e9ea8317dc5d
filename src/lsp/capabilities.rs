//! What the server says that it can do.

use super::actions::{EXPLAIN, FIX_ALL};
use super::client::Client;
use super::completion::TRIGGERS;
use super::tokens::legend;
use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeActionProvider, CodeLensOptions,
    ColorProvider, CompletionOptions, DiagnosticOptions, DiagnosticProvider,
    DocumentFormattingProvider, DocumentRangeFormattingProvider, DocumentSymbolProvider,
    ExecuteCommandOptions, FoldingRangeProvider, Full, HoverProvider, InitializeResult,
    InlayHintProvider, Save, SemanticTokensOptions, SemanticTokensProvider, ServerCapabilities,
    ServerInfo, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};

/// The answer to the first request.
pub(super) fn announced(client: &Client, version: &str) -> InitializeResult {
    InitializeResult {
        capabilities: capabilities(client),
        server_info: Some(ServerInfo {
            name: "caveat".to_owned(),
            version: Some(version.to_owned()),
        }),
    }
}

fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Incremental),
        save: Some(Save::Bool(true)),
        ..TextDocumentSyncOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QuickFix, FIX_ALL]),
        ..CodeActionOptions::default()
    };
    let pulled = DiagnosticOptions {
        identifier: Some(super::diagnostics::SOURCE.to_owned()),
        inter_file_dependencies: false,
        workspace_diagnostics: false,
        ..DiagnosticOptions::default()
    };
    ServerCapabilities {
        position_encoding: Some(client.unit.kind()),
        text_document_sync: Some(TextDocumentSync::Options(sync)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
        folding_range_provider: Some(FoldingRangeProvider::Bool(true)),
        color_provider: Some(ColorProvider::Bool(true)),
        inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
        code_lens_provider: Some(CodeLensOptions::default()),
        semantic_tokens_provider: Some(SemanticTokensProvider::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: legend(),
                full: Some(Full::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        hover_provider: Some(HoverProvider::Bool(true)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(actions)),
        document_formatting_provider: Some(DocumentFormattingProvider::Bool(true)),
        document_range_formatting_provider: Some(DocumentRangeFormattingProvider::Bool(true)),
        diagnostic_provider: Some(DiagnosticProvider::DiagnosticOptions(pulled)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![EXPLAIN.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(folders),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
