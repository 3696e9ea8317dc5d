// The level of the draft in the status bar, and each mark in the colour of its level.

import * as vscode from "vscode";
import type { LanguageClient, Range } from "vscode-languageclient/node";

/** What the server says of a draft as a whole. */
interface Status {
  form: string;
  level?: string;
  required?: string;
  requiredLevel?: string;
  differs: boolean;
  marks: { range: Range; level: string; rank: number; color?: string }[];
}

/** Milliseconds after the last keystroke: the bar need not flicker. */
const REST = 150;

export class Levels implements vscode.Disposable {
  private readonly bar = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left, 10);
  private readonly colours = new Map<string, vscode.TextEditorDecorationType>();
  private readonly listeners: vscode.Disposable[];
  private client: LanguageClient | undefined;
  private languages: string[] = [];
  private waiting: NodeJS.Timeout | undefined;

  constructor() {
    this.bar.name = "caveat";
    this.bar.command = "editor.action.quickFix";
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      vscode.workspace.onDidChangeTextDocument(() => this.soon()),
      vscode.languages.onDidChangeDiagnostics(() => this.soon()),
    ];
  }

  /** From now on the server of this client is asked. */
  follow(client: LanguageClient, languages: string[]): void {
    this.client = client;
    this.languages = languages;
    this.soon();
  }

  private soon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.refresh(), REST);
  }

  private async refresh(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const status = editor && (await this.status(editor.document));
    if (!editor || !status) {
      this.bar.hide();
      return;
    }
    this.tell(status);
    this.paint(editor, status);
  }

  private async status(document: vscode.TextDocument): Promise<Status | undefined> {
    if (!this.client?.isRunning() || !this.languages.includes(document.languageId)) {
      return undefined;
    }
    const uri = this.client.code2ProtocolConverter.asUri(document.uri);
    try {
      const status = await this.client.sendRequest<Status | null>("caveat/status", { textDocument: { uri } });
      return status ?? undefined;
    } catch {
      return undefined;
    }
  }

  private tell(status: Status): void {
    if (!status.level) {
      this.bar.hide();
      return;
    }
    const raised = status.differs && status.requiredLevel !== undefined;
    this.bar.text = raised ? `$(warning) ${status.level}; required: ${status.required}` : `$(shield) ${status.level}`;
    this.bar.tooltip = status.required
      ? `The portions of this ${status.form} require ${status.required}`
      : `Not every portion of this ${status.form} is marked`;
    this.bar.backgroundColor = raised ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.bar.show();
  }

  private paint(editor: vscode.TextEditor, status: Status): void {
    const wanted = vscode.workspace.getConfiguration("caveat").get("colours", true);
    const places = new Map<string, vscode.Range[]>();
    for (const { range, color } of wanted ? status.marks : []) {
      if (color) {
        const place = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
        places.set(color, [...(places.get(color) ?? []), place]);
      }
    }
    for (const color of places.keys()) {
      if (!this.colours.has(color)) {
        this.colours.set(color, decoration(color));
      }
    }
    for (const [color, own] of this.colours) {
      editor.setDecorations(own, places.get(color) ?? []);
    }
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.bar.dispose();
    this.listeners.forEach((listener) => void listener.dispose());
    this.colours.forEach((colour) => colour.dispose());
  }
}

/** A mark as it stands on a cover sheet: light letters on the colour, dark ones where that is light. */
function decoration(color: string): vscode.TextEditorDecorationType {
  const part = (at: number): number => parseInt(color.slice(at, at + 2), 16);
  const light = 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) > 140;
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: color,
    color: light ? "#000000" : "#FFFFFF",
    borderRadius: "2px",
  });
}
