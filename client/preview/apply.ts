import * as vscode from 'vscode';
import type { LanguageClient, WorkspaceEdit } from 'vscode-languageclient/node';
import type { BuildCureResult, Created, Location } from '../../protocol/index';
import { createdFiles } from './lsp-edit';

/**
 * Makes a change that the user has accepted, as one step that one undo takes back, the created files too. Then opens what was created
 * and starts a rename on its name.
 */
export async function applyEdit(client: LanguageClient, result: BuildCureResult): Promise<boolean> {
  const edit = result.edit as WorkspaceEdit;
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (!(await vscode.workspace.applyEdit(converted, { isRefactoring: true }))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The editor did not take the change; nothing was written.'));
    return false;
  }
  const [file] = createdFiles(edit);
  await reveal({ ...(file === undefined ? {} : { file }), ...(result.newName ? { newName: result.newName } : {}) });
  return true;
}

/** Opens what a change created and starts a rename on its name. */
export async function reveal({ newName, file }: Created): Promise<void> {
  if (newName) return rename(newName);
  if (file !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(file), { preview: false });
}

async function rename({ uri, range: { start, end } }: Location): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const { document } = await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection, preview: false });
  const name = document.getText(selection);
  // Not awaited: the command ends when the user has typed a name, or left; at once where no extension can rename.
  void vscode.commands.executeCommand('editor.action.rename', [document.uri, selection.start]).then(() => {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document === document && document.getText(selection) === name)
      editor.selection = new vscode.Selection(selection.start, selection.end);
  });
}
