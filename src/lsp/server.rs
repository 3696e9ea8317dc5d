//! The session: messages in, answers and findings out, and nothing that ends it but the editor.

use super::capabilities;
use super::client::Client;
use super::diagnostics;
use super::documents::{Documents, Outcome};
use super::view::View;
use super::workspace::Workspace;
use crate::audit::Panicked;
use crate::config::Resolver;
use crate::rules::RuleSet;
use gen_lsp_types::{
    DiagnosticRefreshRequest, DidChangeWatchedFilesNotification,
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    Notification as IsNotification, PublishDiagnosticsNotification, PublishDiagnosticsParams,
    Registration, RegistrationParams, RegistrationRequest, Request as IsRequest,
    ShowMessageNotification, ShowMessageParams, Uri,
};
use jiff::civil::Date;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// What the server is given by the program around it.
pub struct Host<'h> {
    /// Makes a resolver that has read nothing yet, as that of `check`.
    pub resolver: Box<dyn Fn() -> Resolver + 'h>,
    /// Tells the day.
    pub today: Box<dyn Fn() -> Date + 'h>,
    /// Version of the program.
    pub version: String,
    /// The page that explains a rule.
    pub explain: Box<Explain<'h>>,
}

/// The page of a rule among others; `None` where there is none of that name.
pub type Explain<'h> = dyn Fn(&str, &RuleSet) -> Option<String> + 'h;

impl std::fmt::Debug for Host<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Host")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The editor asked for it, and then said good-bye.
    Orderly,
    /// The editor went away.
    Abandoned,
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Refused(pub(super) ErrorCode, pub(super) String);

/// One session.
pub(super) struct Server<'s> {
    connection: &'s Connection,
    pub(super) host: Host<'s>,
    pub(super) client: Client,
    pub(super) documents: Documents,
    pub(super) workspace: Workspace,
    /// Files of the configuration of which something is told that was wrong.
    told: BTreeSet<PathBuf>,
    /// How often the configuration was read.
    epoch: u32,
    /// Requests that the server made.
    asked: i32,
    /// Whether the editor said that it ends the session.
    ending: bool,
}

/// Serves one editor until it ends the session or goes away.
pub fn serve(connection: &Connection, host: Host<'_>) -> Ended {
    let Some((id, params)) = greeting(connection) else {
        return Ended::Abandoned;
    };
    let client = Client::new(&params);
    let answer = capabilities::announced(&client, &host.version);
    let roots = client.folders.clone();
    let server = Server {
        connection,
        workspace: Workspace::new((host.resolver)(), roots),
        host,
        client,
        documents: Documents::default(),
        told: BTreeSet::new(),
        epoch: 0,
        asked: 0,
        ending: false,
    };
    server.send(Response::new_ok(id, answer).into());
    server.run()
}

/// Waits for the first request; whatever else comes before it is refused.
fn greeting(connection: &Connection) -> Option<(RequestId, serde_json::Value)> {
    loop {
        match connection.receiver.recv().ok()? {
            Message::Request(request) if request.method == "initialize" => {
                return Some((request.id, request.params));
            }
            Message::Request(request) => {
                let said = "the session is not initialized".to_owned();
                let code = ErrorCode::ServerNotInitialized as i32;
                let refusal = Response::new_err(request.id, code, said);
                connection.sender.send(refusal.into()).ok()?;
            }
            Message::Notification(said) if said.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
}

impl Server<'_> {
    fn run(mut self) -> Ended {
        let mut waiting: VecDeque<Message> = VecDeque::new();
        let mut cancelled: HashSet<RequestId> = HashSet::new();
        loop {
            waiting.extend(self.connection.receiver.try_iter());
            if waiting.is_empty() {
                self.settle();
                match self.connection.receiver.recv() {
                    Ok(message) => waiting.push_back(message),
                    Err(_) => return Ended::Abandoned,
                }
                continue;
            }
            cancelled.extend(waiting.iter().filter_map(cancels));
            match waiting.pop_front() {
                Some(Message::Request(request)) => {
                    let is_cancelled = cancelled.contains(&request.id);
                    self.answer(request, is_cancelled);
                }
                Some(Message::Notification(said)) if said.method == "exit" => {
                    return if self.ending {
                        Ended::Orderly
                    } else {
                        Ended::Abandoned
                    };
                }
                Some(Message::Notification(said)) => self.hear(said),
                Some(Message::Response(_)) | None => {}
            }
            if waiting.is_empty() {
                cancelled.clear();
            }
        }
    }

    fn answer(&mut self, request: Request, is_cancelled: bool) {
        let Request { id, method, params } = request;
        let answered = if is_cancelled {
            let said = "cancelled by the editor".to_owned();
            Err(Refused(ErrorCode::RequestCanceled, said))
        } else if self.ending {
            let said = "the session is at its end".to_owned();
            Err(Refused(ErrorCode::InvalidRequest, said))
        } else if method == "shutdown" {
            self.ending = true;
            Ok(serde_json::Value::Null)
        } else {
            let asked = || {
                self.refresh();
                self.route(&method, params)
            };
            catch_unwind(AssertUnwindSafe(asked)).unwrap_or_else(|_| Err(bug()))
        };
        self.send(Message::Response(match answered {
            Ok(answer) => Response::new_ok(id, answer),
            Err(Refused(code, said)) => Response::new_err(id, code as i32, said),
        }));
    }

    fn hear(&mut self, said: Notification) {
        let heard = || self.take_note(&said.method, said.params);
        // A notification has no answer, so that a bug in one is not told either.
        drop(catch_unwind(AssertUnwindSafe(heard)));
    }

    /// Examines what is not examined, tells what is not told.
    fn settle(&mut self) {
        let told = catch_unwind(AssertUnwindSafe(|| {
            self.refresh();
            for uri in self.documents.addresses() {
                self.tell(&uri);
            }
            self.tell_of_configuration();
        }));
        drop(told);
    }

    /// Reads the configuration anew where a file of it changed.
    fn refresh(&mut self) {
        if self.workspace.is_stale() {
            self.reload();
        }
    }

    /// Reads the configuration anew, so that every draft is examined anew.
    pub(super) fn reload(&mut self) {
        self.workspace.reload((self.host.resolver)());
        self.documents.forget();
        self.epoch += 1;
        if self.client.pulls && self.client.refreshes {
            self.ask::<DiagnosticRefreshRequest>(());
        }
    }

    /// What came of examining a draft; `None` where it is not open.
    pub(super) fn outcome(&mut self, uri: &Uri) -> Option<(i32, Outcome)> {
        let document = self.documents.get(uri)?;
        if let Some(outcome) = &document.outcome {
            return Some((document.version, outcome.clone()));
        }
        let (workspace, text) = (&mut self.workspace, document.text());
        let examined = catch_unwind(AssertUnwindSafe(|| workspace.examine(uri, text)));
        let outcome = examined.unwrap_or_else(|_| Outcome::Refused(bug().1));
        let document = self.documents.get_mut(uri)?;
        document.outcome = Some(outcome.clone());
        Some((document.version, outcome))
    }

    /// The draft as a request sees it, handed to `room`; `None` where it is none, or not open.
    pub(super) fn view<A>(
        &mut self,
        uri: &Uri,
        room: impl FnOnce(&View<'_>, &Self) -> A,
    ) -> Option<A> {
        let (version, Outcome::Examined(examined)) = self.outcome(uri)? else {
            return None;
        };
        let source = &examined.source;
        let unit = self.client.unit;
        let view = View {
            uri,
            version,
            examined: &examined,
            places: super::position::Places::new(source.text(), source.line_index(), unit),
            client: &self.client,
            today: (self.host.today)(),
        };
        Some(room(&view, self))
    }

    /// The findings of a draft.
    pub(super) fn findings(&mut self, uri: &Uri) -> Vec<gen_lsp_types::Diagnostic> {
        match self.view(uri, |view, _| diagnostics::all(view)) {
            Some(found) => found,
            None => self
                .outcome(uri)
                .map_or_else(Vec::new, |(_, outcome)| diagnostics::of_outcome(&outcome)),
        }
    }

    /// The name of the findings of a draft as they are now.
    pub(super) fn result_id(&self, version: i32) -> String {
        format!("{}.{version}", self.epoch)
    }

    /// Tells the findings of a draft, where the editor does not ask for them.
    fn tell(&mut self, uri: &Uri) {
        let untold = self.documents.get(uri).is_some_and(|own| own.untold);
        if !untold || self.client.pulls {
            return;
        }
        let found = self.findings(uri);
        let Some(document) = self.documents.get_mut(uri) else {
            return;
        };
        document.untold = false;
        let version = Some(document.version);
        self.publish(uri.clone(), version, found);
    }

    /// Tells what is wrong in the configuration, and what is so no longer.
    fn tell_of_configuration(&mut self) {
        for said in self.workspace.typed_problems() {
            let kind = gen_lsp_types::MessageType::Error;
            self.say::<ShowMessageNotification>(ShowMessageParams {
                kind,
                message: said,
            });
        }
        let problems = self.workspace.problems();
        let unit = self.client.unit;
        let wrong = problems
            .iter()
            .map(|(path, own)| (path.clone(), diagnostics::of_problems(own, unit)));
        let wrong: Vec<_> = wrong.collect();
        let now: BTreeSet<PathBuf> = wrong.iter().map(|(path, _)| path.clone()).collect();
        if now.is_empty() && self.told.is_empty() {
            return;
        }
        for path in self.told.difference(&now) {
            self.publish(super::uri::of_path(path), None, Vec::new());
        }
        for (path, found) in wrong {
            self.publish(super::uri::of_path(&path), None, found);
        }
        self.told = now;
    }

    pub(super) fn publish(
        &self,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<gen_lsp_types::Diagnostic>,
    ) {
        self.say::<PublishDiagnosticsNotification>(PublishDiagnosticsParams {
            uri,
            version,
            diagnostics,
        });
    }

    /// Asks the editor to say when a file of a configuration changes; it may refuse, and then the files
    /// are looked at whenever drafts change.
    pub(super) fn watch(&mut self) {
        if !self.client.watches {
            return;
        }
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: vec![FileSystemWatcher {
                glob_pattern: GlobPattern::Pattern("**/*.toml".to_owned()),
                kind: None,
            }],
        };
        let method = DidChangeWatchedFilesNotification::METHOD;
        self.ask::<RegistrationRequest>(RegistrationParams {
            registrations: vec![Registration {
                id: "configuration".to_owned(),
                method: method.to_string(),
                register_options: serde_json::to_value(options).ok(),
            }],
        });
    }

    pub(super) fn say<N: IsNotification>(&self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_string(), params).into());
    }

    fn ask<R: IsRequest>(&mut self, params: R::Params) {
        self.asked += 1;
        let id = RequestId::from(format!("caveat-{}", self.asked));
        self.send(Request::new(id, R::METHOD.to_string(), params).into());
    }

    fn send(&self, message: Message) {
        // Where nobody listens any more, the next read ends the session.
        drop(self.connection.sender.send(message));
    }
}

/// The request that a message cancels.
fn cancels(message: &Message) -> Option<RequestId> {
    let Message::Notification(said) = message else {
        return None;
    };
    if said.method != "$/cancelRequest" {
        return None;
    }
    serde_json::from_value(said.params.get("id")?.clone()).ok()
}

/// What is said of a panic: its place in the program, and no word of a draft.
fn bug() -> Refused {
    let place = Panicked::here().place;
    let place = place.map_or_else(String::new, |place| format!(" at {place}"));
    Refused(
        ErrorCode::InternalError,
        format!("a bug in caveat{place}; nothing of the draft is said here"),
    )
}
