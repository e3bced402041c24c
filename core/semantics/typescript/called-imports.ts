import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName } from '../model';
import type { BoundFile } from './name-table';
import { calledModule, isTransparent, patternPath } from './patterns';
import { type OccurrenceNode, occurrenceAt } from './scope-tree';

const DYNAMIC_IMPORT = /\bimport\s*\(/g;
const TYPE_POSITION = /_type$|^type_|_annotation$|^constraint$|_clause$/;

/**
 * Adds the imports that are calls: `const a = require('m')`, `const { b: c } = await import('m')`, and with an empty `local`
 * those that bind nothing. Looks at the tree only where the text holds such a call.
 */
export function addCalledImports(root: SyntaxNode, source: SourceFile, bound: BoundFile): void {
  const before = bound.imports.length;
  for (const at of bound.occurrences) {
    if (at.name === 'require' && !at.binding && at.kind === 'read') {
      addCall(root.namedDescendantForIndex(at.start, at.end)?.parent ?? null, source, bound);
    }
  }
  for (const match of source.text.matchAll(DYNAMIC_IMPORT)) {
    const keyword = root.namedDescendantForIndex(match.index, match.index + 6);
    if (keyword?.type === 'import') addCall(keyword.parent, source, bound);
  }
  if (bound.imports.length > before) bound.imports.sort((a, b) => a.start - b.start);
}

function addCall(call: SyntaxNode | null, source: SourceFile, bound: BoundFile): void {
  if (!call) return;
  const module = calledModule(call, source);
  if (module === undefined) return;
  const isDynamic = call.firstChild?.type === 'import';
  let value = call;
  const members: string[] = [];
  let isAwaited = false;
  for (let parent = value.parent; parent; parent = value.parent) {
    if (parent.type === 'member_expression' && parent.firstChild?.id === value.id) {
      const property = parent.childForFieldName('property');
      if (property) members.push(source.slice(property.startIndex, property.endIndex));
    } else if (parent.type === 'await_expression') isAwaited = true;
    else if (!isTransparent(parent)) break;
    value = parent;
  }
  const around = value.parent;
  const typeOnly = isDynamic && around !== null && TYPE_POSITION.test(around.type);
  const lazy = isDynamic ? !typeOnly : occurrenceScopeIsFunction(bound, call.startIndex);
  const add = (local: string, path: readonly string[], at: SyntaxNode): ImportedName => {
    const member = path.length > 0 ? path.join('.') : undefined;
    const imported = { module, member, local, start: at.startIndex, end: at.endIndex, typeOnly, lazy };
    bound.imports.push(imported);
    return imported;
  };

  // Members of a promise (`import('m').then`) are none of the module's.
  const bindsPromise = isDynamic && !isAwaited;
  if (bindsPromise && !typeOnly) members.length = 0;
  const target = around?.type === 'variable_declarator' && !bindsPromise ? around.childForFieldName('name') : null;
  const names =
    target?.type === 'identifier'
      ? [target]
      : (target?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']) ?? []);
  let binds = false;
  for (const name of names) {
    const at = occurrenceAt(bound.occurrences, name.startIndex);
    const path = patternPath(name, source);
    if (at?.kind !== 'write' || !path || path.owner.id !== around?.id) continue;
    binds = true;
    const imported = add(at.name, [...members, ...path.properties], name);
    markImported(at, imported);
  }
  if (!binds) add('', members, call);
}

/** Only a name that is never written again is as good as imported. */
function markImported(at: OccurrenceNode, imported: ImportedName): void {
  const { binding } = at;
  if (!binding || binding.imported) return;
  binding.imported = imported;
  if (binding.writes.length === 1) binding.kind = 'import';
}

function occurrenceScopeIsFunction(bound: BoundFile, offset: number): boolean {
  return occurrenceAt(bound.occurrences, offset)?.scope.hoistTarget().kind === 'function';
}
