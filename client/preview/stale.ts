import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';
import type { BuildCureResult } from '../../protocol/index';
import { isSameText, versionsOf } from './lsp-edit';

/** The first open document that is not the one for which an edit was made; the library converts edits without looking. */
export function changedVersion(edit: WorkspaceEdit): string | undefined {
  return versionsOf(edit).find(({ uri, version }) => {
    const document = vscode.workspace.textDocuments.find(
      (one) => one.uri.toString() === vscode.Uri.parse(uri).toString(),
    );
    return document !== undefined && document.version !== version;
  })?.uri;
}

/** The first file that is no longer what the preview showed: changed, gone, or there already where it was to be created. */
export async function staleFile({ edit, files = [] }: BuildCureResult): Promise<string | undefined> {
  for (const { uri, before } of files) {
    const now = await textNow(vscode.Uri.parse(uri));
    const isAsShown = before === undefined || now === undefined ? before === now : isSameText(before, now);
    if (!isAsShown) return uri;
  }
  return changedVersion(edit as WorkspaceEdit);
}

async function textNow(uri: vscode.Uri): Promise<string | undefined> {
  try {
    // Documents that are already open answer with what stands in the editor, saved or not.
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}
