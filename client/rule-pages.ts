import * as vscode from 'vscode';
import { subjectOf } from './subject';

/** The rules' own pages, which the extension carries: `rules/<id>/README.md`. */
export class RulePages implements vscode.UriHandler, vscode.Disposable {
  private readonly registration = vscode.window.registerUriHandler(this);

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** `vscode://seamline.seamline/rules/<id>`: where the code of a diagnostic leads. Any site may open such a link, so nothing else is done. */
  async handleUri({ path }: vscode.Uri): Promise<void> {
    await this.open(/^\/rules\/([^/]+)\/?$/.exec(path)?.[1] ?? path);
  }

  /**
   * Opens a page as rendered Markdown.
   * @param argument the rule's id, a finding, or nothing: then the user picks
   * @returns the page that was opened
   */
  async open(argument?: unknown): Promise<vscode.Uri | undefined> {
    const ids = await this.ids();
    const named = typeof argument === 'string' ? argument : subjectOf(argument)?.rule;
    if (named !== undefined && !ids.includes(named)) {
      void vscode.window.showWarningMessage(vscode.l10n.t('Seamline has no rule "{0}".', named));
      return undefined;
    }
    const id = named ?? (await vscode.window.showQuickPick(ids, { title: vscode.l10n.t('Which rule?') }));
    if (id === undefined) return undefined;
    const page = vscode.Uri.joinPath(this.extensionUri, 'rules', id, 'README.md');
    await showMarkdown(page);
    return page;
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async ids(): Promise<string[]> {
    const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(this.extensionUri, 'rules'));
    return entries.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name);
  }
}

/** Shows Markdown rendered, or as text where the editor's Markdown extension is switched off. */
export async function showMarkdown(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}
