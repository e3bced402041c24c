import type { BuildRequest } from '../../rule/cure';
import type { Place } from '../../rule/finding';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import { Refusal } from '../refusal';
import type { Document } from '../snapshot';
import { ensureTypeScriptImports } from './imports';
import type { RecipePlace } from './recipe';
import { refuseUnfitFile } from './unfit-file';

/**
 * Runs a recipe where the compiler is and puts what it wants into the builder.
 * @param files those that the recipe may read as code and change, relative to the root
 * @param args plain data in the recipe's own shape
 * @throws Refusal the recipe's own, those of {@link refuseUnfitFile}, or `not-verifiable` where no compiler could be asked
 */
export async function runRecipe(
  { recipes, snapshot, choices, signal }: BuildRequest,
  changes: ChangeBuilder,
  recipe: string,
  files: readonly string[],
  args: unknown,
): Promise<void> {
  const documents = new Map<string, Document>();
  for (const file of files) documents.set(file, await snapshot.open(file));
  for (const document of documents.values()) refuseUnfitFile(document, choices);
  const answer = await recipes.run(
    {
      recipe,
      files: [...documents.values()].map(({ file, source, style }) => ({ file, text: source.text, style })),
      args,
    },
    signal,
  );
  signal?.throwIfAborted();
  const placeOf = ({ file, start, end }: RecipePlace): Place => ({
    file,
    range: documents.get(file)!.source.rangeOf({ startIndex: start, endIndex: end }),
  });
  if (answer.kind === 'unavailable') throw new Refusal('not-verifiable', { reason: answer.reason });
  if (answer.kind === 'refused') throw new Refusal(answer.code, answer.args, answer.at && placeOf(answer.at));
  for (const { file, start, end, code } of answer.edits)
    changes.replace(documents.get(file)!, start, end, new Fragment(code));
  for (const { file, start, end } of answer.rewritten) changes.rewrite(documents.get(file)!, start, end);
  for (const first of answer.imports) {
    const names = answer.imports.filter(({ file, specifier }) => file === first.file && specifier === first.specifier);
    if (names[0] !== first) continue;
    const removed = answer.edits.filter(({ file, code }) => file === first.file && code.join('') === '');
    ensureTypeScriptImports(documents.get(first.file)!, changes, first.specifier, names, removed);
  }
  for (const { file, code, near } of answer.creations)
    await changes.createFile(file, new Fragment(code), documents.get(near)!);
  for (const { messageId, args: filled, at, isDoubt } of answer.notes) {
    if (isDoubt) changes.doubt(messageId, filled, at && placeOf(at));
    else changes.note(messageId, filled, at && placeOf(at));
  }
}
