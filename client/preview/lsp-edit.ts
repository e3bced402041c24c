import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageclient/node';

/** A document that an edit was made for. */
export interface VersionedUri {
  readonly uri: string;
  readonly version: number;
}

/** The documents for which the server had a version in mind: those that are open. */
export function versionsOf(edit: WorkspaceEdit): VersionedUri[] {
  return textEdits(edit).flatMap(({ textDocument: { uri, version } }) =>
    typeof version === 'number' ? [{ uri, version }] : [],
  );
}

/** The files that an edit creates. */
export function createdFiles(edit: WorkspaceEdit): string[] {
  return (edit.documentChanges ?? []).flatMap((change) =>
    'kind' in change && change.kind === 'create' ? [change.uri] : [],
  );
}

/** Whether two texts differ in more than the kind of their line ends, which the editor unifies when it opens a file. */
export function isSameText(a: string, b: string): boolean {
  return unified(a) === unified(b);
}

function unified(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function textEdits(edit: WorkspaceEdit): TextDocumentEdit[] {
  return (edit.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'textDocument' in change);
}
