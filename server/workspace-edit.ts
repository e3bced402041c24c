import type {
  ChangeAnnotation,
  ClientCapabilities,
  CreateFile,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { SourceFile } from '../core/text/source-file';
import type { ChangePart } from '../session/index';
import type { ServerContext } from './context';
import type { Done } from './cures';
import type { Folder } from './folders';

const DOUBTFUL = 'doubtful';

/** Whether a client makes new files when an edit says so. */
export function canCreateFiles({ workspace }: ClientCapabilities): boolean {
  const support = workspace?.workspaceEdit;
  return support?.documentChanges === true && support.resourceOperations?.includes('create') === true;
}

/**
 * An edit in the form that a client takes: versioned, so that it refuses one for a document that has changed meanwhile; by file alone where
 * it knows no versions. New files are for clients that can make them ({@link canCreateFiles}).
 */
export function editFor(
  { workspace }: ClientCapabilities,
  documentChanges: readonly (TextDocumentEdit | CreateFile)[],
): WorkspaceEdit {
  if (workspace?.workspaceEdit?.documentChanges) return { documentChanges: [...documentChanges] };
  const changes: Record<string, TextEdit[]> = {};
  for (const change of documentChanges) {
    if (!('textDocument' in change)) throw new Error(`this client creates no files: ${change.uri}`);
    changes[change.textDocument.uri] = change.edits as TextEdit[];
  }
  return { changes };
}

/** Whether a client is told what of a change it has to confirm. */
export function asksForConfirmation({ client, options }: ServerContext): boolean {
  const support = client.workspace?.workspaceEdit;
  return !options.isSeamlineClient && !!support?.documentChanges && support.changeAnnotationSupport !== undefined;
}

/**
 * A proven change as an edit of LSP. What is doubtful of a change for review asks for confirmation, all of it under one annotation that says
 * why: whoever leaves that out makes what has been proven without it, or nothing. Our own client shows such a change as a whole before it
 * asks for the edit, so nothing of it asks once more.
 */
export function workspaceEditOf(
  context: ServerContext,
  folder: Folder,
  { change, certain, title, doubts }: Done,
): WorkspaceEdit {
  const { client, folders, documents } = context;
  const isMarked = change.applicability === 'review' && asksForConfirmation(context);
  const markOf = (part: ChangePart) => (isMarked && !certain.has(part) ? { annotationId: DOUBTFUL } : {});
  const uriOf = (file: string) => folders.uriOf({ folder, file });
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  for (const creation of change.changeSet.creations) {
    const uri = uriOf(creation.file);
    const mark = markOf(creation);
    documentChanges.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false }, ...mark });
    const start = { line: 0, character: 0 };
    const range = { start, end: start };
    documentChanges.push({
      textDocument: { uri, version: null },
      edits: [{ range, newText: creation.text, ...mark }],
    });
  }
  for (const { file, edits } of change.changeSet.changes) {
    const uri = uriOf(file);
    const source = new SourceFile(change.files.find((one) => one.file === file)!.before!);
    documentChanges.push({
      textDocument: { uri, version: documents.get(uri)?.version ?? null },
      edits: edits.map((edit) => ({
        range: source.rangeOf({ startIndex: edit.start, endIndex: edit.end }),
        newText: edit.newText,
        ...markOf(edit),
      })),
    });
  }
  const edit = editFor(client, documentChanges);
  if (!isMarked) return edit;
  const annotation: ChangeAnnotation = {
    label: title,
    needsConfirmation: true,
    description: doubts.join('; '),
  };
  return { ...edit, changeAnnotations: { [DOUBTFUL]: annotation } };
}
