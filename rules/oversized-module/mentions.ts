import type { ParsedFile } from '../../core/facts/parsed-file';
import { nameTable } from '../../core/syntax/identifiers';
import { findPythonNames } from '../../core/syntax/python-identifiers';
import { findTypeScriptNames } from '../../core/syntax/typescript-identifiers';
import type { Outline } from './definitions';
import type { DefinitionFact, ModuleParts, TopLevel } from './facts';

/** Finds out which definitions of a module name which, and which imported names they share. */
export function connect(file: ParsedFile, top: TopLevel, outlines: readonly Outline[]): ModuleParts {
  const { text } = file.source;
  const count = outlines.length;
  const { meanings, outside } = meaningsOf(outlines, top.imported);
  const table = nameTable(meanings);
  const found = new Set<number>();
  const search = (start: number, end: number, isClass: boolean) => {
    if (file.family === 'python') findPythonNames(text, start, end, table, found);
    else findTypeScriptNames(text, start, end, table, found, isClass);
  };
  // How many definitions use each imported name.
  const users = new Uint32Array(outside.length);
  const named = outlines.map(({ pieces }, index) => {
    found.clear();
    for (const { start, end, kind } of pieces) search(start, end, kind === 'class');
    found.delete(index);
    for (const use of found) if (use >= count) users[use - count]!++;
    return [...found];
  });
  found.clear();
  for (const [start, end] of top.rest) search(start, end, false);
  const rest = [...found].filter((use) => use < count).sort(ascending);
  // Imported names that only one definition uses tie nothing: they are dropped, the others get the next indices.
  const imported: string[] = [];
  const position = new Int32Array(outside.length).fill(-1);
  for (const [index, name] of outside.entries())
    if (users[index]! > 1) position[index] = count + imported.push(name) - 1;
  const definitions = outlines.map(({ fact }, index): DefinitionFact => {
    const uses: number[] = [];
    for (const use of named[index]!) {
      const kept = use < count ? use : position[use - count]!;
      if (kept >= 0) uses.push(kept);
    }
    return { ...fact, uses: uses.sort(ascending) };
  });
  return { definitions, imported, rest };
}

/**
 * What each name stands for: the index of the definition that it names or that binds it, or the number of definitions plus its index
 * among the names from outside.
 */
function meaningsOf(
  outlines: readonly Outline[],
  imported: readonly string[],
): { meanings: ReadonlyMap<string, number>; outside: readonly string[] } {
  const own = new Set(outlines.map(({ fact }) => fact.name));
  const outside = [...new Set(imported)].filter((name) => !own.has(name));
  const meanings = new Map<string, number>();
  for (const [index, { fact }] of outlines.entries()) meanings.set(fact.name, index);
  for (const [index, { fact }] of outlines.entries()) {
    for (const name of fact.also ?? []) if (!own.has(name)) meanings.set(name, index);
  }
  for (const [index, name] of outside.entries()) meanings.set(name, outlines.length + index);
  return { meanings, outside };
}

function ascending(a: number, b: number): number {
  return a - b;
}
