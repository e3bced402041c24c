import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { isConstant } from './guards';
import { isInOtherClosure, isInside, nodeAt, type Site, textOf } from './site';

/** The statement that gives a variable its first value, where the constructor can do that as well. */
export interface Initialiser {
  readonly statement: SyntaxNode;
  readonly target: SyntaxNode;
  readonly value: SyntaxNode;
  /** As written, without the colon. */
  readonly annotation: SyntaxNode | undefined;
}

/** Makes an empty container, whenever it is called. */
const EMPTY =
  /^(?:builtins\.(?:list|dict|set|bytearray)|collections\.(?:deque|OrderedDict|Counter|defaultdict)|io\.(?:StringIO|BytesIO))$/;

/**
 * The assignment of a variable of the function around a callback, if it makes no difference whether it runs there or when the object is
 * made: its value is a constant, an empty container, or a variable that the object gets anyway; nothing reads the variable before, and
 * nothing else gives it a value before. A call of a clock is none of these: it stays where it is.
 *
 * @param values variables that the constructor takes as they are
 */
export function initialiserOf(
  binding: PythonBinding,
  values: ReadonlySet<PythonBinding>,
  site: Site,
): Initialiser | undefined {
  const { document, outerScope } = site;
  const definition = site.anchor.statement;
  const before = binding.writes.filter((one) => one.start < definition.startIndex && !isInside(one, site));
  const [only] = before;
  if (!only || before.length > 1 || only.scope !== outerScope || !/^(?:assign|annotated-assign)$/.test(only.role))
    return undefined;
  const isUsed = binding.reads.some(
    (one) =>
      !isInside(one, site) &&
      (one.start < definition.startIndex || (isInOtherClosure(one, site) && one.start < definition.endIndex)),
  );
  if (isUsed) return undefined;
  const target = nodeAt(document, only);
  const assignment = target.parent;
  const statement = assignment?.parent;
  if (
    assignment?.type !== 'assignment' ||
    statement?.type !== 'expression_statement' ||
    statement.namedChildCount !== 1
  )
    return undefined;
  const value = assignment.childForFieldName('right');
  if (!value || assignment.childForFieldName('left')?.id !== target.id || value.type === 'assignment') return undefined;
  if (!holdsAfter(statement, definition) || !isPlain(value, values, site)) return undefined;
  const annotation = assignment.childForFieldName('type') ?? undefined;
  return { statement, target, value, annotation };
}

/** Whether a statement stands in a block around the definition, before it, so that it has run. */
function holdsAfter(statement: SyntaxNode, definition: SyntaxNode): boolean {
  for (let at = definition.parent; at; at = at.parent) {
    if (at.id === statement.parent?.id) return true;
    if (at.type === 'function_definition') return false;
  }
  return false;
}

function isPlain(value: SyntaxNode, values: ReadonlySet<PythonBinding>, site: Site): boolean {
  const { model, document } = site;
  if (isConstant(value)) return true;
  const items = value.namedChildren.filter((one) => one.type !== 'comment');
  switch (value.type) {
    case 'list':
    case 'set':
      return items.every((one) => isConstant(one));
    case 'dictionary':
      return items.every(
        (one) =>
          one.type === 'pair' &&
          one.namedChildren.every((part) => part.type === 'comment' || isPlain(part, values, site)),
      );
    case 'identifier': {
      const binding = model.bindingAt(value.startIndex);
      // Bound once, so that it holds now what it held there.
      return binding !== undefined && values.has(binding) && binding.writes.length === 1;
    }
    case 'call': {
      const callee = value.childForFieldName('function');
      const made = callee ? model.qualifiedName(callee) : undefined;
      const args = value.childForFieldName('arguments')?.namedChildren ?? [];
      if (!made?.certain || !EMPTY.test(made.path)) return false;
      if (made.path === 'collections.defaultdict')
        return args.length < 2 && args.every((one) => /^(?:int|list|dict|set|str|float)$/.test(textOf(document, one)));
      if (made.path === 'collections.deque')
        return args.every((one) => one.type === 'keyword_argument' && isConstant(one.childForFieldName('value')!));
      return args.length === 0;
    }
    default:
      return false;
  }
}
