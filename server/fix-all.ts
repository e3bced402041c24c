import { type CancellationToken, type CodeAction, CodeActionKind } from 'vscode-languageserver/node';
import type { TextEdit } from '../core/edit/text-edit';
import type { ServerContext } from './context';
import { build, cureOf } from './cures';
import type { FileInFolder } from './folders';

/** The kind of "fix all", which an editor may run at every save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.seamline`;

/** Cures that the author must choose: never part of "fix all". */
const CHOSEN_BY_HAND = new Set(['log-exception', 'explain-exception']);

/** Safe cures of this one file that create nothing, one after the other as long as they do not touch each other. */
export async function fixAll(
  context: ServerContext,
  found: FileInFolder,
  uri: string,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const document = context.documents.get(uri);
  if (!document) return [];
  const { version } = document;
  const edits: TextEdit[] = [];
  for (const finding of found.folder.live.findingsIn(found.file)) {
    const offer = finding.cures.find(({ id, applicability }) => applicability === 'safe' && !CHOSEN_BY_HAND.has(id));
    const cure = offer && cureOf(finding, offer.id);
    if (!cure) continue;
    const built = await build(context, { ...found, finding }, cure, {}, token);
    if ('refusal' in built || built.change.applicability !== 'safe') continue;
    const { changes, creations } = built.change.changeSet;
    const [only, ...others] = changes;
    if (creations.length > 0 || others.length > 0 || only?.file !== found.file) continue;
    const isApart = only.edits.every((a) => edits.every((b) => a.end < b.start || b.end < a.start));
    if (isApart) edits.push(...only.edits);
  }
  // Typed into meanwhile: the next save asks again.
  if (edits.length === 0 || context.documents.get(uri)?.version !== version) return [];
  const changes = edits.map(({ start, end, newText }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    newText,
  }));
  const edit = { documentChanges: [{ textDocument: { uri, version }, edits: changes }] };
  return [{ title: context.texts.say('fix-all'), kind: FIX_ALL, edit }];
}
