import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { familyOf, languageOfPath } from '../core/syntax/language';
import { SourceFile } from '../core/text/source-file';
import type { IgnoreParams, IgnoreResult } from '../protocol/index';
import type { ServerContext } from './context';
import { gone } from './cure-requests';
import { findingOf, type LocatedFinding } from './cures';
import { editFor } from './workspace-edit';

/**
 * The edit that silences a finding by a comment: above its first line, or at the top of the file. Undefined where no comment can stand
 * (inside a string that spans lines).
 */
export function ignoreEdit(
  context: ServerContext,
  { folder, file, finding }: LocatedFinding,
  scope: IgnoreParams['scope'],
  reason: string | undefined,
): WorkspaceEdit | undefined {
  const uri = context.folders.uriOf({ folder, file });
  const document = context.documents.get(uri);
  const language = languageOfPath(file);
  if (!document || !language) return undefined;
  const source = new SourceFile(document.getText());
  const mark = familyOf(language) === 'python' ? '#' : '//';
  const because = reason === undefined || reason.trim() === '' ? '' : ` -- ${reason.trim().replace(/\s+/g, ' ')}`;
  const word = scope === 'line' ? 'ignore' : 'ignore-file';
  const place = [finding, ...finding.related].find((one) => one.file === file) ?? finding;
  const line = scope === 'line' ? place.range.start.line : headOf(source, mark);
  const indent = scope === 'line' ? /^[ \t]*/.exec(source.lineText(line))![0] : '';
  const ending = document.getText().includes('\r\n') ? '\r\n' : '\n';
  const at = { line, character: 0 };
  const newText = `${indent}${mark} seamline: ${word}[${finding.rule}]${because}${ending}`;
  const textDocument = { uri, version: document.version };
  return editFor(context.client, [{ textDocument, edits: [{ range: { start: at, end: at }, newText }] }]);
}

/** Answers `seamline/ignore`. */
export async function ignoreRequest(context: ServerContext, params: IgnoreParams): Promise<IgnoreResult> {
  const located = await findingOf(context, params);
  return located ? { edit: ignoreEdit(context, located, params.scope, params.reason) } : { refusal: gone(context) };
}

/** The first line after a shebang, a coding cookie and the licence comment that opens the file. */
function headOf(source: SourceFile, mark: string): number {
  let line = 0;
  if (source.lineText(0).startsWith('#!')) line++;
  while (line < 2 && mark === '#' && /coding[:=]/.test(source.lineText(line))) line++;
  return line;
}
