import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { SourceFile } from '../core/text/source-file';
import type { VerifiedChange } from '../core/verify/index';
import type { ServerContext } from './context';
import type { Folder } from './folders';

const REVIEW = 'review';

/**
 * A verified change as an edit of LSP: versioned, so that a client refuses it where a document has changed meanwhile, with its new files.
 * Of a change for review every edit asks for confirmation, all under one annotation: unticking a part would leave broken code.
 */
export function workspaceEditOf(
  context: ServerContext,
  folder: Folder,
  change: VerifiedChange,
  label: string,
): WorkspaceEdit {
  const { client, folders, documents } = context;
  const support = client.workspace?.workspaceEdit;
  const annotates = change.applicability === 'review' && support?.changeAnnotationSupport !== undefined;
  const uriOf = (file: string) => folders.uriOf({ folder, file });
  const annotated = annotates ? { annotationId: REVIEW } : {};
  const documentChanges: (TextDocumentEdit | CreateFile)[] = [];
  for (const { file, text } of change.changeSet.creations) {
    const uri = uriOf(file);
    documentChanges.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false }, ...annotated });
    const start = { line: 0, character: 0 };
    documentChanges.push({
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text, ...annotated }],
    });
  }
  for (const { file, edits } of change.changeSet.changes) {
    const uri = uriOf(file);
    const source = new SourceFile(change.files.find((one) => one.file === file)!.before!);
    documentChanges.push({
      textDocument: { uri, version: documents.get(uri)?.version ?? null },
      edits: edits.map(({ start, end, newText }) => ({
        range: source.rangeOf({ startIndex: start, endIndex: end }),
        newText,
        ...annotated,
      })) as AnnotatedTextEdit[],
    });
  }
  const annotation: ChangeAnnotation = { label, needsConfirmation: true };
  return { documentChanges, ...(annotates ? { changeAnnotations: { [REVIEW]: annotation } } : {}) };
}
