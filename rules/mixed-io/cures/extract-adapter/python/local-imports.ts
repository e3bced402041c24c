import { importAround } from '../../../../../core/edit/python/imports/statement';
import type { NeededImport } from '../../../../../core/edit/python/new-module/import-lines';
import { isStandardLibrary } from '../../../../../core/modules/python/standard-library';
import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import { movedRanges } from './moved-ranges';
import type { Piece } from './piece';
import type { Subject } from './subject';

/** An import inside a function of which moved code uses the name: it is made again in the method, so that it stays a late one. */
export interface LocalImport {
  readonly binding: PythonBinding;
  /** The statement to write. */
  readonly code: string;
  readonly statement: SyntaxNode;
  /**
   * What becomes of the old one: it stays because other code uses it; it goes because it stands directly before its only use; or it is
   * kept for the moment at which it fails, though nothing uses it there.
   */
  readonly fate: 'used' | 'goes' | 'kept';
}

/** The imports inside functions that pieces name, each once. */
export function localImportsOf(pieces: readonly Piece[], subject: Subject, isElsewhere: boolean): LocalImport[] {
  return bindingsOf(pieces).flatMap((binding) => localImport(binding, pieces, subject, isElsewhere) ?? []);
}

/** Those of them that cannot be made again elsewhere. */
export function unrepeatable(
  pieces: readonly Piece[],
  subject: Subject,
  isElsewhere: boolean,
): ReadonlySet<PythonBinding> {
  return new Set(bindingsOf(pieces).filter((binding) => !localImport(binding, pieces, subject, isElsewhere)));
}

/** Those of the standard library, which a new module imports at its head: nothing speaks for a late import there. */
export function importsForHead(pieces: readonly Piece[]): NeededImport[] {
  return bindingsOf(pieces).flatMap(({ writes, imported }) => {
    if (!imported || writes.length > 1 || !isStandardLibrary(imported.module)) return [];
    const { module, member, local } = imported;
    if (local !== (member ?? module)) return [];
    return [{ module, member }];
  });
}

const bindingsOf = (pieces: readonly Piece[]): PythonBinding[] => [
  ...new Set(pieces.flatMap((one) => one.localImports)),
];

function localImport(
  binding: PythonBinding,
  pieces: readonly Piece[],
  subject: Subject,
  isElsewhere: boolean,
): LocalImport | undefined {
  const { document } = subject;
  const [write, second] = binding.writes;
  const imported = write?.imported;
  if (!imported || second || imported.local === '' || (isElsewhere && imported.module.startsWith('.')))
    return undefined;
  const statement = importAround(document.root, imported.start);
  if (!statement) return undefined;
  const { module, member, local } = imported;
  const isDotted = member === undefined && module.startsWith(`${local}.`);
  const alias = (member ?? module) === local || isDotted ? '' : ` as ${local}`;
  const code = member === undefined ? `import ${module}${alias}` : `from ${module} import ${member}${alias}`;
  const ranges = pieces.flatMap((one) => movedRanges(one));
  const isUsed = binding.reads.some(({ start }) => !ranges.some((range) => range.start <= start && start < range.end));
  const isSafe = isStandardLibrary(module) && namesOf(statement) === 1 && !isGuarded(statement);
  const fate = isUsed ? 'used' : isSafe || standsBefore(statement, binding, pieces, subject) ? 'goes' : 'kept';
  if (fate === 'kept' && textOf(document, statement).includes('\n')) return undefined;
  return { binding, code, statement, fate };
}

function namesOf(statement: SyntaxNode): number {
  const items = statement.namedChildren.filter((one) => one.type !== 'comment');
  return statement.type === 'import_statement' ? items.length : items.length - 1;
}

/** `try: import x`: the import is there to be tried. */
function isGuarded(statement: SyntaxNode): boolean {
  const block = statement.parent;
  return block?.parent?.type === 'try_statement' && block.namedChildCount === 1;
}

/** Whether nothing can happen between an import and the first use of its only name, and a failure of it is caught alike. */
function standsBefore(
  statement: SyntaxNode,
  binding: PythonBinding,
  pieces: readonly Piece[],
  { document }: Subject,
): boolean {
  if (
    statement.namedChildren.filter((one) => one.type !== 'comment').length !==
    (statement.type === 'import_statement' ? 1 : 2)
  )
    return false;
  if (/#/.test(document.source.text.slice(statement.endIndex, lineEnd(document.source.text, statement.endIndex))))
    return false;
  const users = pieces.filter((one) => one.localImports.includes(binding));
  if (users.length !== 1) return false;
  const start = users[0]!.start;
  for (let at = statement.nextNamedSibling; at; at = at.nextNamedSibling) {
    if (at.startIndex <= start && start < at.endIndex)
      return /^(?:expression_statement|return_statement|with_statement)$/.test(at.type);
    if (at.type !== 'comment' && !/^import/.test(at.type) && !isHarmless(at, document)) return false;
  }
  return false;
}

/** `size = len(names)`: an assignment that asks nothing but builtins and modules. */
function isHarmless(statement: SyntaxNode, { semantics, source }: Subject['document']): boolean {
  const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : undefined;
  if (assignment?.type !== 'assignment' || assignment.childForFieldName('left')?.type !== 'identifier') return false;
  if (assignment.descendantsOfType(['await', 'yield', 'named_expression']).length > 0) return false;
  return (
    assignment.descendantsOfType('call').every((call) => {
      const path = semantics.qualifiedName(call.childForFieldName('function')!);
      return path !== undefined && /^(?:builtins|os|sys|time|datetime|math|json|re|uuid)\./.test(path.path);
    }) && !source.slice(assignment.startIndex, assignment.endIndex).includes('\n')
  );
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
