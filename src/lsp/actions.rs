//! What can be done about a finding: fix it, allow it here, explain it, raise the banner.

use super::allow::{self, Open};
use super::banner;
use super::diagnostics;
use super::fixes;
use super::hover::is_of_the_whole;
use super::view::{View, touch};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::reading::ElementKind;
use crate::text::Span;
use gen_lsp_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Command, DocumentChange,
    Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, WorkspaceEdit,
};
use std::collections::HashMap;
use std::path::PathBuf;

/// Every safe fix of the draft at once.
pub(super) const FIX_ALL: CodeActionKind =
    CodeActionKind::Custom(std::borrow::Cow::Borrowed("source.fixAll.caveat"));

/// The command that explains a rule.
pub(super) const EXPLAIN: &str = "caveat.explain";

/// Everything that can be done within the range that is asked about.
pub(super) fn actions(
    view: &View<'_>,
    params: &CodeActionParams,
    roots: &[PathBuf],
    open: Open<'_>,
) -> Vec<CodeActionResponse> {
    let span = view.places.span(params.range);
    let only = params.context.only.as_deref();
    let wanted = |kind: &CodeActionKind| {
        only.is_none_or(|only| only.iter().any(|asked| is_within(kind, asked)))
    };
    let mut actions = Vec::new();
    if wanted(&CodeActionKind::QuickFix) {
        let here = |found: &&Diagnostic| touch(found.primary, span);
        let found: Vec<&Diagnostic> = view
            .examined
            .verdict
            .diagnostics
            .iter()
            .filter(here)
            .collect();
        actions.extend(found.iter().filter_map(|found| fix(found, view)));
        actions.extend(raise(view, span));
        let allowed = found.iter().filter_map(|found| {
            let edit = allow::edit(&found.rule, view, roots, open)?;
            let title = format!("allow `{}` here, with a reason to fill in", found.rule);
            Some(action(title, found, view, Some(edit)))
        });
        actions.extend(allowed);
        actions.extend(found.iter().map(|found| explain(found, view)));
    }
    if wanted(&FIX_ALL) {
        actions.extend(fix_all(view));
    }
    actions
        .into_iter()
        .map(CodeActionResponse::CodeAction)
        .collect()
}

/// Whether a kind is the one that is asked for, or stands below it.
fn is_within(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let (kind, asked) = (kind.to_string(), asked.to_string());
    let rest = kind.strip_prefix(asked.as_str());
    rest.is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

/// Applies the fix of a finding, where it may be applied at all.
fn fix(found: &Diagnostic, view: &View<'_>) -> Option<CodeAction> {
    let fix = found.fix.as_ref()?;
    if fix.applicability == Applicability::Display {
        return None;
    }
    let edits = diagnostics::edits(&fix.edits, view);
    let mut action = action(fix.title.clone(), found, view, Some(change(view, edits)));
    let safe = fix.applicability == Applicability::Safe;
    action.is_preferred = safe.then_some(true);
    Some(action)
}

/// Raises the marking of the whole, from that marking itself or from a portion.
fn raise(view: &View<'_>, span: Span) -> Option<CodeAction> {
    let elements = view.reading().elements.iter();
    let mut marks = elements.filter(|element| {
        is_of_the_whole(element.kind)
            || matches!(element.kind, ElementKind::Portion | ElementKind::MrnLine)
    });
    marks.find(|element| touch(element.span, span))?;
    let raise = banner::raise(view)?;
    let edits = diagnostics::edits(&raise.edits, view);
    Some(CodeAction {
        title: format!("raise the marking of the whole to `{}`", raise.marking),
        kind: Some(CodeActionKind::QuickFix),
        edit: Some(change(view, edits)),
        ..CodeAction::default()
    })
}

fn fix_all(view: &View<'_>) -> Option<CodeAction> {
    let edits = fixes::safe(view, None);
    (!edits.is_empty()).then(|| CodeAction {
        title: "make every safe fix".to_owned(),
        kind: Some(FIX_ALL),
        edit: Some(change(view, edits)),
        ..CodeAction::default()
    })
}

fn explain(found: &Diagnostic, view: &View<'_>) -> CodeAction {
    let title = format!("explain `{}`", found.rule);
    let mut action = action(title.clone(), found, view, None);
    action.command = Some(Command {
        title,
        tooltip: None,
        command: EXPLAIN.to_owned(),
        arguments: Some(vec![
            found.rule.to_string().into(),
            view.uri.0.clone().into(),
        ]),
    });
    action
}

fn action(
    title: String,
    found: &Diagnostic,
    view: &View<'_>,
    edit: Option<WorkspaceEdit>,
) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![diagnostics::one(found, view)]),
        edit,
        ..CodeAction::default()
    }
}

/// Edits of the draft as a change, for the version that was examined where the editor counts them.
fn change(view: &View<'_>, edits: Vec<TextEdit>) -> WorkspaceEdit {
    let uri = view.uri.clone();
    if !view.client.versioned {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(uri, edits)])),
            ..WorkspaceEdit::default()
        };
    }
    let edit = TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier {
            version: Some(view.version),
            text_document_identifier: TextDocumentIdentifier { uri },
        },
        edits: edits.into_iter().map(Edit::TextEdit).collect(),
    };
    WorkspaceEdit {
        document_changes: Some(vec![DocumentChange::TextDocumentEdit(edit)]),
        ..WorkspaceEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{FIX_ALL, is_within};
    use gen_lsp_types::CodeActionKind as Kind;

    #[test]
    fn a_kind_stands_below_those_that_it_begins_with() {
        assert!(is_within(&FIX_ALL, &Kind::Source));
        assert!(is_within(&FIX_ALL, &Kind::SourceFixAll));
        assert!(is_within(&FIX_ALL, &Kind::Empty));
        assert!(!is_within(&FIX_ALL, &Kind::QuickFix));
        assert!(!is_within(&FIX_ALL, &Kind::Custom("sour".into())));
    }
}
