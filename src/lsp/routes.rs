//! Which room answers which request.

use super::actions::{self, EXPLAIN};
use super::colours;
use super::completion::completions;
use super::documents::Document;
use super::fixes;
use super::hover::hover;
use super::inlay;
use super::lens;
use super::outline;
use super::server::{Refused, Server};
use super::status::{self, STATUS};
use super::tokens;
use super::uri;
use super::view::View;
use gen_lsp_types::{
    CodeActionParams, CompletionParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, ExecuteCommandParams,
    FullDocumentDiagnosticReport, HoverParams, LspNotificationMethod as Said,
    LspRequestMethod as Asked, MessageType, Range, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, SemanticTokens, ShowMessageNotification,
    ShowMessageParams, TextDocumentIdentifier, UnchangedDocumentDiagnosticReport, Uri,
};
use lsp_server::ErrorCode;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

type Answer = Result<Value, Refused>;

/// What a request is about: a draft, or a stretch of it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    text_document: TextDocumentIdentifier,
    range: Option<Range>,
}

impl Server<'_> {
    /// Answers a request.
    pub(super) fn route(&mut self, method: &str, params: Value) -> Answer {
        match Asked::from(method) {
            Asked::TextDocumentHover => {
                let params: HoverParams = read(params)?;
                let at = params.text_document_position_params;
                let uri = at.text_document.uri;
                write(
                    self.view(&uri, |view, _| hover(view, at.position))
                        .flatten(),
                )
            }
            Asked::TextDocumentCodeAction => {
                let params: CodeActionParams = read(params)?;
                let uri = params.text_document.uri.clone();
                write(self.view(&uri, |view, server| {
                    let open = |uri: &Uri| {
                        let document = server.documents.get(uri)?;
                        Some((document.version, document.text().to_owned()))
                    };
                    let roots = &server.workspace.roots;
                    actions::actions(view, &params, roots, &open)
                }))
            }
            Asked::TextDocumentCompletion => {
                let params: CompletionParams = read(params)?;
                let at = params.text_document_position_params;
                let uri = at.text_document.uri;
                write(self.view(&uri, |view, _| completions(view, at.position)))
            }
            Asked::TextDocumentDiagnostic => write(self.pull(read(params)?)),
            Asked::WorkspaceExecuteCommand => self.execute(read(params)?),
            asked => self.route_of_document(asked, params),
        }
    }

    /// Answers a request about a draft as a whole, or a stretch of it.
    fn route_of_document(&mut self, asked: Asked<'_>, params: Value) -> Answer {
        let nowhere = || {
            let said = "this is not answered here".to_owned();
            Refused(ErrorCode::MethodNotFound, said)
        };
        let room: fn(&View<'_>, Option<Range>) -> Answer = match asked {
            Asked::TextDocumentFormatting => |view, _| write(fixes::safe(view, None)),
            Asked::TextDocumentRangeFormatting => |view, range| {
                let within = range.map(|range| view.places.span(range));
                write(fixes::safe(view, within))
            },
            Asked::TextDocumentDocumentSymbol => |view, _| write(outline::symbols(view)),
            Asked::TextDocumentFoldingRange => |view, _| write(outline::folds(view)),
            Asked::TextDocumentSemanticTokensFull => |view, _| {
                let data = tokens::tokens(view);
                let result_id = None;
                write(SemanticTokens { result_id, data })
            },
            Asked::TextDocumentDocumentColor => |view, _| write(colours::colours(view)),
            // Another colour would be another level, and that is for a person.
            Asked::TextDocumentColorPresentation => |_, _| write([(); 0]),
            Asked::TextDocumentInlayHint => |view, range| {
                let hints = range.map(|range| inlay::hints(view, range));
                write(hints.unwrap_or_default())
            },
            Asked::TextDocumentCodeLens => |view, _| write(lens::lenses(view)),
            Asked::Custom(STATUS) => |view, _| write(status::status(view)),
            _ => return Err(nowhere()),
        };
        let about: About = read(params)?;
        let uri = about.text_document.uri;
        let answer = self.view(&uri, |view, _| room(view, about.range));
        // The answer on colours and marks is a list, if an empty one.
        let lists = asked == Asked::TextDocumentDocumentColor;
        let none = if lists {
            Value::Array(Vec::new())
        } else {
            Value::Null
        };
        answer.unwrap_or(Ok(none))
    }

    /// Takes note of what the editor says.
    pub(super) fn take_note(&mut self, method: &str, params: Value) -> Option<()> {
        match Said::from(method) {
            Said::Initialized => self.watch(),
            Said::TextDocumentDidOpen => {
                let opened = read::<DidOpenTextDocumentParams>(params).ok()?;
                let opened = opened.text_document;
                let document = Document::new(opened.version, opened.text);
                self.documents.open(opened.uri, document);
            }
            Said::TextDocumentDidChange => {
                let changed = read::<DidChangeTextDocumentParams>(params).ok()?;
                let named = changed.text_document;
                let unit = self.client.unit;
                let uri = named.text_document_identifier.uri;
                let document = self.documents.get_mut(&uri)?;
                document.change(named.version, changed.content_changes, unit);
            }
            Said::TextDocumentDidClose => {
                let closed = read::<DidCloseTextDocumentParams>(params).ok()?;
                let uri = closed.text_document.uri;
                self.documents.close(&uri);
                if !self.client.pulls {
                    self.publish(uri, None, Vec::new());
                }
            }
            Said::WorkspaceDidChangeWatchedFiles => {
                let changed = read::<DidChangeWatchedFilesParams>(params).ok()?;
                let mut paths = changed.changes.iter().filter_map(|own| uri::path(&own.uri));
                if paths.any(|path| path.extension().is_some_and(|ending| ending == "toml")) {
                    self.reload();
                }
            }
            Said::WorkspaceDidChangeWorkspaceFolders => {
                let changed = read::<DidChangeWorkspaceFoldersParams>(params).ok()?;
                let gone = changed.event.removed.iter();
                let gone: Vec<_> = gone.filter_map(|own| uri::path(&own.uri)).collect();
                let come = changed.event.added.iter();
                let roots = &mut self.workspace.roots;
                roots.retain(|root| !gone.contains(root));
                roots.extend(come.filter_map(|own| uri::path(&own.uri)));
            }
            _ => {}
        }
        Some(())
    }

    /// The findings of a draft, or that they are those which the editor has.
    fn pull(&mut self, params: DocumentDiagnosticParams) -> DocumentDiagnosticReport {
        let uri = params.text_document.uri;
        let version = self.documents.get(&uri).map(|document| document.version);
        let own = version.map(|version| self.result_id(version));
        if let Some(own) = own.clone().filter(|_| own == params.previous_result_id) {
            return DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
                RelatedUnchangedDocumentDiagnosticReport {
                    related_documents: None,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                        result_id: own,
                    },
                },
            );
        }
        DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(
            RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: own,
                    items: self.findings(&uri),
                },
            },
        )
    }

    fn execute(&mut self, params: ExecuteCommandParams) -> Answer {
        let unknown = |said: &str| Refused(ErrorCode::InvalidParams, said.to_owned());
        if params.command != EXPLAIN {
            return Err(unknown("there is no such command"));
        }
        let words = params.arguments.unwrap_or_default();
        let word = |index: usize| words.get(index).and_then(Value::as_str);
        let id = word(0).ok_or_else(|| unknown("which rule is not said"))?;
        let uri = word(1).map(|uri| Uri(uri.to_owned()));
        let place = uri.map(|uri| self.workspace.place(&uri));
        let folder = place.as_deref().and_then(std::path::Path::parent);
        let root = self.workspace.roots.first().cloned().unwrap_or_default();
        let project = self.workspace.project(folder.unwrap_or(&root));
        let page = project.and_then(|project| (self.host.explain)(id, project.rules()));
        let page = page.ok_or_else(|| unknown("there is no such rule"))?;
        if !self.client.explains {
            self.say::<ShowMessageNotification>(ShowMessageParams {
                kind: MessageType::Info,
                message: page.clone(),
            });
        }
        write(page)
    }
}

/// The parameters of a message. What is wrong with them could quote a draft, and is not said.
fn read<P: DeserializeOwned>(params: Value) -> Result<P, Refused> {
    serde_json::from_value(params).map_err(|_| {
        let said = "the parameters have not the shape of the protocol".to_owned();
        Refused(ErrorCode::InvalidParams, said)
    })
}

fn write(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|_| {
        let said = "the answer could not be written".to_owned();
        Refused(ErrorCode::InternalError, said)
    })
}
