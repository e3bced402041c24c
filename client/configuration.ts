import * as vscode from 'vscode';
import { CONFIGURATION, type ConfigurationResult } from '../protocol/index';
import type { Services } from './extension';

/**
 * Shows what holds for the active file, or for a folder where none is open, each value with its origin.
 * @returns the document that shows it
 */
export async function showConfiguration({ server, texts }: Services): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const about = active && ['file', 'untitled'].includes(active.scheme) ? active : await folder();
  if (!about) return undefined;
  const { text } = await server.request<ConfigurationResult>(CONFIGURATION, { uri: about.toString() });
  const name = about.path.split('/').at(-1);
  const uri = texts.set(`/${vscode.l10n.t('Configuration of {0}', name ?? '')}.jsonc`, text);
  await vscode.window.showTextDocument(uri, { preview: true });
  return uri;
}

async function folder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (!folders[0]) void vscode.window.showInformationMessage(vscode.l10n.t('Open a file or a folder first.'));
  return folders[0]?.uri;
}
