import * as vscode from 'vscode';

/** Scheme of reports and effective configurations. */
export const TEXT_SCHEME = 'seamline-text';

/** Read-only documents that exist in memory alone; the editor drops what is closed, and so do we. */
export class VirtualTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly scheme: string) {
    this.disposables = [this.changed, vscode.workspace.registerTextDocumentContentProvider(scheme, this)];
  }

  /**
   * Puts a text under a path, in place of the one that was there.
   * @param path begins with `/`; its end tells the editor the language
   * @param query tells texts of the same path apart
   */
  set(path: string, text: string, query = ''): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: this.scheme, path, query });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  clear(): void {
    this.texts.clear();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    for (const one of this.disposables) one.dispose();
    this.clear();
  }
}
