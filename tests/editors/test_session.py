"""One session of a client that checks every message against the specification."""

import pathlib

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

FOLDER = pathlib.Path.cwd()
DRAFT = FOLDER / "draft.txt"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=["caveat", "lsp"]))
async def client(lsp_client: LanguageClient):
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams) -> None:
        assert params.registrations

    params = types.InitializeParams(
        capabilities=pytest_lsp.client_capabilities("visual_studio_code"),
        workspace_folders=[types.WorkspaceFolder(uri=FOLDER.as_uri(), name="drafts")],
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


async def test_a_session(client: LanguageClient):
    uri, text = DRAFT.as_uri(), DRAFT.read_text(encoding="utf-8")
    lines = text.splitlines()
    document = types.TextDocumentIdentifier(uri=uri)
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=uri, language_id="plaintext", version=1, text=text)
        )
    )
    pulled = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(text_document=document))
    codes = [found.code for found in pulled.items]
    assert "telegram/tag-repeated" in codes
    line = next(index for index, line in enumerate(lines) if "(S/NF)" in line)
    place = types.Position(line=line, character=lines[line].index("S/NF"))
    whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=len(lines), character=0))

    hover = await client.text_document_hover_async(types.HoverParams(text_document=document, position=place))
    assert "NOT RELEASABLE" in hover.contents.value
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(text_document=document, range=whole, context=types.CodeActionContext(diagnostics=pulled.items))
    )
    assert any(action.is_preferred for action in actions)
    completions = await client.text_document_completion_async(
        types.CompletionParams(text_document=document, position=types.Position(line=place.line, character=place.character + 2))
    )
    assert completions
    options = types.FormattingOptions(tab_size=4, insert_spaces=True)
    assert await client.text_document_formatting_async(types.DocumentFormattingParams(text_document=document, options=options))
    assert await client.text_document_range_formatting_async(
        types.DocumentRangeFormattingParams(text_document=document, range=whole, options=options)
    )
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(text_document=document))
    tokens = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(text_document=document))
    assert len(tokens.data) % 5 == 0 and tokens.data
    assert await client.text_document_document_color_async(types.DocumentColorParams(text_document=document))
    assert await client.text_document_inlay_hint_async(types.InlayHintParams(text_document=document, range=whole))
    assert await client.text_document_code_lens_async(types.CodeLensParams(text_document=document))
    page = await client.workspace_execute_command_async(
        types.ExecuteCommandParams(command="caveat.explain", arguments=["telegram/tag-repeated", uri])
    )
    assert "telegram/tag-repeated" in page
    client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=document))
