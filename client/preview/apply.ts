import * as vscode from 'vscode';
import type { LanguageClient, WorkspaceEdit } from 'vscode-languageclient/node';
import type { BuildCureResult } from '../../protocol/index';
import { confirmed, createdFiles } from './lsp-edit';

/**
 * Makes a change that the user has accepted, as one step that one undo takes back, the created files too. Then opens what was created
 * and starts a rename on its name.
 */
export async function applyEdit(client: LanguageClient, result: BuildCureResult): Promise<boolean> {
  const edit = confirmed(result.edit as WorkspaceEdit);
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (!(await vscode.workspace.applyEdit(converted, { isRefactoring: true }))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The editor did not take the change; nothing was written.'));
    return false;
  }
  if (result.newName) await rename(result.newName);
  else await openFirst(createdFiles(edit));
  return true;
}

async function rename({ uri, range: { start, end } }: NonNullable<BuildCureResult['newName']>): Promise<void> {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const { document } = await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection, preview: false });
  // Not awaited: the command ends when the user has typed a name, or left.
  void vscode.commands.executeCommand('editor.action.rename', [document.uri, selection.start]);
}

async function openFirst([uri]: readonly string[]): Promise<void> {
  if (uri !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false });
}
