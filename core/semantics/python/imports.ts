import type { SyntaxNode } from '../../syntax/node';
import type { SourceFile } from '../../text/source-file';
import type { ImportedName } from '../model';
import { firstPart } from './parts';

/** The module of a `from` clause as written, without the blanks and continuations that Python allows between its parts. */
const compact = (text: string): string => text.replace(/[\s\\]+/g, '');

/**
 * The names that one import statement binds, in the order they stand in.
 * `start` and `end` of each span the identifier that is bound: the alias, else the first part of the name; `*` for a star import.
 */
export function importedNames(statement: SyntaxNode, source: SourceFile, lazy: boolean): ImportedName[] {
  const type = statement.type;
  const typeOnly = isTypeOnly(statement, source);
  const names: ImportedName[] = [];
  let module: string | undefined = type === 'future_import_statement' ? '__future__' : undefined;
  for (const child of statement.namedChildren) {
    const kind = child.type;
    if (kind === 'comment' || kind === 'line_continuation' || kind === 'ERROR') continue;
    const { startIndex: start, endIndex: end } = child;
    if (type === 'import_from_statement' && module === undefined) {
      module = compact(source.slice(start, end));
      continue;
    }
    if (kind === 'wildcard_import') {
      names.push({ module: module ?? '', member: '*', local: '', start, end, typeOnly, lazy });
      continue;
    }
    if (kind !== 'dotted_name' && kind !== 'aliased_import') continue;
    const alias = kind === 'aliased_import' ? child.childForFieldName('alias') : null;
    const path = alias ? child.childForFieldName('name') : child;
    if (!path) continue;
    const dotted = compact(source.slice(path.startIndex, path.endIndex));
    const bound = alias ?? firstPart(path) ?? path;
    const local = source.slice(bound.startIndex, bound.endIndex);
    names.push({
      module: module ?? dotted,
      member: module === undefined ? undefined : dotted,
      local,
      start: bound.startIndex,
      end: bound.endIndex,
      typeOnly,
      lazy,
    });
  }
  return names;
}

/** Is the statement in the body of `if TYPE_CHECKING:`? Its `else` runs, so that does not count. */
function isTypeOnly(statement: SyntaxNode, source: SourceFile): boolean {
  // A statement that begins its line without indent stands in no `if`.
  if (statement.startIndex === 0 || source.text[statement.startIndex - 1] === '\n') return false;
  if (!source.text.includes('TYPE_CHECKING')) return false;
  for (let node = statement, parent = node.parent; parent; node = parent, parent = node.parent) {
    if (parent.type !== 'if_statement') continue;
    const condition = parent.childForFieldName('condition');
    if (!condition || !/^(?:\w+\.)*TYPE_CHECKING$/.test(source.slice(condition.startIndex, condition.endIndex)))
      continue;
    if (parent.childForFieldName('consequence')?.id === node.id) return true;
  }
  return false;
}
