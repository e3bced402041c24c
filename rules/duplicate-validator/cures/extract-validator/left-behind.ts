import type { ChangeBuilder } from '../../../../core/edit/change-builder';
import type { PythonEditor } from '../../../../core/edit/python/editor';
import type { Document, Snapshot } from '../../../../core/edit/snapshot';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isAskedOfClass } from './class-constant';
import type { Site, Sites } from './site';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes out the constants that held what is shared now, where nothing names them any more and no comment is about them.
 * @returns where they stood
 */
export async function removeConstants(
  { chosen, shown }: Sites,
  removed: ReadonlyMap<Document, readonly Range[]>,
  changes: ChangeBuilder,
  editorOf: (document: Document) => PythonEditor,
): Promise<(Range & { readonly document: Document })[]> {
  const found: (Range & { readonly document: Document })[] = [];
  for (const site of chosen) {
    const constant = shown.has(site) ? undefined : constantOf(site);
    if (!constant) continue;
    const { document } = site;
    const { statement } = constant;
    const gone = removed.get(document) ?? [];
    const isGone = (at: number): boolean => gone.some((range) => range.start <= at && at < range.end);
    if (isGone(statement.startIndex)) continue;
    if (found.some((one) => one.document === document && one.start === statement.startIndex)) continue;
    if (!constant.reads.every(isGone) || !(await isForgettable(site, changes.snapshot))) continue;
    found.push({ document, start: statement.startIndex, end: statement.endIndex });
    remove(statement, document, editorOf(document), changes);
  }
  return found;
}

interface Constant {
  readonly statement: SyntaxNode;
  /** Offsets at which its own scope, or one within it, reads it. */
  readonly reads: readonly number[];
}

/** The constant that holds what a place asks, where a statement of its own makes it once and for all. */
export function constantOf(site: Site): Constant | undefined {
  const { document, check } = site;
  const assignment = check?.held?.value.parent;
  const statement = assignment?.parent;
  const target = assignment?.childForFieldName('left');
  if (target?.type !== 'identifier' || statement?.type !== 'expression_statement') return undefined;
  const binding = (document.semantics as PythonModel).bindingAt(target.startIndex);
  const scope = binding?.scope.kind;
  // Nothing but the checks speaks of a constant of the class.
  const isOfClass = scope === 'class' && isAskedOfClass(site);
  const isPlain = (scope === 'module' || scope === 'function' || isOfClass) && binding!.writes.length === 1;
  if (!isPlain || !/^(?:module|block)$/.test(statement.parent?.type ?? '')) return undefined;
  return { statement, reads: binding!.reads.map(({ start }) => start) };
}

/** Whether nobody misses a constant that its own file no longer reads: no comment is about it, and no text or other file names it. */
export async function isForgettable(site: Site, snapshot: Snapshot): Promise<boolean> {
  const constant = constantOf(site);
  return (
    constant !== undefined &&
    !hasComment(site.document, constant.statement) &&
    !(await isNamedElsewhere(site.check!.held!.name, site.document, snapshot))
  );
}

function remove(statement: SyntaxNode, document: Document, editor: PythonEditor, changes: ChangeBuilder): void {
  const { text } = document.source;
  const isFirst = document.root.namedChildren.find((one) => one.type !== 'comment')?.id === statement.id;
  const blank = /^[ \t]*\r?\n(?:[ \t]*\r?\n)?/.exec(text.slice(statement.endIndex));
  // An import will stand here, with a blank line of its own below.
  if (isFirst && blank) changes.remove(document, statement.startIndex, statement.endIndex + blank[0].length);
  else editor.removeStatement(statement);
}

/** A comment above it or in its lines. */
function hasComment(
  { source: { text } }: Document,
  { startIndex, endIndex }: { startIndex: number; endIndex: number },
): boolean {
  const line = text.lastIndexOf('\n', startIndex - 1) + 1;
  const above = text.slice(text.lastIndexOf('\n', line - 2) + 1, line);
  const end = text.indexOf('\n', endIndex);
  return (
    /^[ \t]*#/.test(above) ||
    /#/.test(text.slice(endIndex, end < 0 ? text.length : end)) ||
    /\n[ \t]*#/.test(text.slice(startIndex, endIndex))
  );
}

/** Whether another file, `__all__` or any text of this one speaks of a name. */
async function isNamedElsewhere(name: string, document: Document, snapshot: Snapshot): Promise<boolean> {
  const word = new RegExp(`(["'])${name}\\1`);
  if (word.test(document.source.text)) return true;
  const importers = snapshot.modules.python.importersOf(document.file);
  if (importers.some(({ names }) => names?.some((one) => one === name || one === '*'))) return true;
  for (const { file, names } of importers) {
    if (
      names === undefined &&
      new RegExp(`\\.\\s*${name}\\b|["']${name}["']`).test((await snapshot.open(file)).source.text)
    )
      return true;
  }
  return false;
}
