import type { ChangeSet, FileChange, FileCreation } from '../../core/edit/change-set';
import { composeEdits, movedOrigins } from '../../core/edit/compose';
import { layoutEdits, withoutEarlier } from '../../core/edit/compose-layout';
import { applyEdits } from '../../core/edit/text-edit';
import { familyOf, languageOfPath } from '../../core/syntax/language';
import { candidatesFor, isWhole } from '../style/printing';
import type { Workspace } from '../workspace';
import type { FormatFile, Formatted } from './messages';
import type { TypeScriptCompiler } from './service';

/**
 * A file that its formatter left as it is, stays so: the change leads to what the formatter makes of the text after it. A file that no
 * known options leave as it is keeps its change to the byte, and so does one of which the formatter would change more than the layout.
 * Where the project has a formatter that prints a few lines of a file otherwise than the one that is asked, those lines stay.
 * A new file is formatted as the changed ones are; where none of those is formatted, by what the project's configuration says.
 */
export async function formattedChange(
  changeSet: ChangeSet,
  workspace: Workspace,
  typescript: TypeScriptCompiler,
  signal?: AbortSignal,
): Promise<ChangeSet> {
  const changes = changeSet.changes.filter(isTypeScript);
  const creations = changeSet.creations.filter(isTypeScript);
  const [near] = changes;
  if (!near) return changeSet;
  const request = await Promise.all([
    ...changes.map((change) => ofChange(change, workspace)),
    ...creations.map((creation) => ofCreation(creation, near, workspace)),
  ]);
  const answer = await typescript.format(request, signal);
  signal?.throwIfAborted();
  if (answer.kind === 'unavailable') return changeSet;
  const printed = new Map(request.map(({ file }, index) => [file, answer.files[index] ?? undefined]));
  return {
    ...changeSet,
    changes: (
      await Promise.all(changeSet.changes.map((change) => formatted(change, printed.get(change.file), workspace)))
    ).filter(({ edits }) => edits.length > 0),
    creations: changeSet.creations.map((creation) => created(creation, printed.get(creation.file)?.text)),
  };
}

function isTypeScript({ file }: FileChange | FileCreation): boolean {
  const language = languageOfPath(file);
  return language !== undefined && familyOf(language) === 'typescript';
}

async function ofChange({ file, edits }: FileChange, workspace: Workspace): Promise<FormatFile> {
  const { source, style } = await workspace.open(file);
  const before = source.text;
  const told = await workspace.printingsFor(file);
  const candidates = candidatesFor(before, style, told);
  return { file, before, after: applyEdits(before, edits), candidates, isTold: told.some(isWhole) };
}

/** @param near the file whose habits count where nothing is told */
async function ofCreation({ file, text }: FileCreation, near: FileChange, workspace: Workspace): Promise<FormatFile> {
  const { source, style } = await workspace.open(near.file);
  const told = await workspace.printingsFor(file);
  return { file, after: text, candidates: candidatesFor(source.text, style, told), isTold: told.some(isWhole) };
}

async function formatted(
  change: FileChange,
  printed: Formatted | undefined,
  workspace: Workspace,
): Promise<FileChange> {
  if (!printed) return change;
  const before = (await workspace.open(change.file)).source.text;
  const layout = layoutEdits(applyEdits(before, change.edits), printed.text);
  if (!layout) return change;
  const own = withoutEarlier(before, printed.earlier, change.edits, layout);
  return { ...change, edits: composeEdits(before, change.edits, own) };
}

function created(creation: FileCreation, text: string | undefined): FileCreation {
  const layout = text === undefined ? undefined : layoutEdits(creation.text, text);
  if (text === undefined || !layout) return creation;
  const { file, origins = [] } = creation;
  const moved = movedOrigins(origins, layout);
  return { file, text, ...(moved.length > 0 ? { origins: moved } : {}) };
}
