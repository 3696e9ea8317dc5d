// The extension: starts the server, shows the levels of the draft, colours marks, and carries two commands.

import * as vscode from "vscode";
import { LanguageClient, type Executable } from "vscode-languageclient/node";
import { Levels } from "./levels";

let client: LanguageClient | undefined;

/** Starts the server for drafts in the languages of the settings. */
async function start(levels: Levels): Promise<void> {
  const settings = vscode.workspace.getConfiguration("caveat");
  const program: Executable = {
    command: settings.get("path", "caveat"),
    args: ["lsp", ...settings.get<string[]>("arguments", [])],
  };
  const languages = settings.get<string[]>("languages", []);
  client = new LanguageClient("caveat", "caveat", program, {
    documentSelector: languages.flatMap((language) =>
      ["file", "untitled"].map((scheme) => ({ language, scheme })),
    ),
    initializationOptions: { showsExplanation: true },
    middleware: {
      // The page of a rule is shown as a document, wherever the command comes from.
      executeCommand: async (command, words, next) => {
        const answer: unknown = await next(command, words);
        if (command === "caveat.explain" && typeof answer === "string") {
          await show(answer);
        }
        return answer;
      },
    },
  });
  try {
    await client.start();
  } catch {
    const said = `${program.command} could not be started; the setting caveat.path names it`;
    void vscode.window.showErrorMessage(said);
    return;
  }
  levels.follow(client, languages);
}

async function show(page: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: page, language: "plaintext" });
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

/** Asks for the actions of a kind at the selection, or in the whole draft. */
function actions(editor: vscode.TextEditor, kind: string): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    editor.document.uri,
    editor.selection,
    kind,
  );
}

async function fixAll(editor: vscode.TextEditor): Promise<void> {
  for (const action of await actions(editor, "source.fixAll.caveat")) {
    if (action.edit) {
      await vscode.workspace.applyEdit(action.edit);
    }
  }
}

async function explainHere(editor: vscode.TextEditor): Promise<void> {
  const offered = await actions(editor, "quickfix");
  const command = offered.map((action) => action.command).find((own) => own?.command === "caveat.explain");
  if (command) {
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
  } else {
    void vscode.window.showInformationMessage("caveat finds nothing here");
  }
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const levels = new Levels();
  const restart = async (): Promise<void> => {
    await client?.stop();
    await start(levels);
  };
  context.subscriptions.push(
    levels,
    vscode.commands.registerTextEditorCommand("caveat.fixAll", fixAll),
    vscode.commands.registerTextEditorCommand("caveat.explainHere", explainHere),
    vscode.commands.registerCommand("caveat.restart", restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("caveat")) {
        await restart();
      }
    }),
  );
  await start(levels);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
