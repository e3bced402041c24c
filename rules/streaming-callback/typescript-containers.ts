import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Binding, Occurrence } from '../../core/semantics/model';
import { isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { TYPESCRIPT_CHANGING } from './changing-methods';

const CHANGING = new RegExp(`^(?:${TYPESCRIPT_CHANGING})$`);

const COLLECTION = /^(?:Array|Map|Set|WeakMap|WeakSet|(?:Big)?(?:Ui|I)nt\d+(?:Clamped)?Array|Float\d+Array)$/;
const COLLECTION_TYPE = /\[\]$|^(?:Array|Map|Set|WeakMap|WeakSet|[A-Z]\w*Array)\b/;
const OBJECT_TYPE = /^(?:\{|Record\b|Partial\b)/;

/**
 * Whether a read of a name is there to change its value: `x.push(1)`, `x[key] = 1`, `x.part = 1`, `delete x[key]`. Only arrays, maps,
 * sets and plain objects count that the declaration makes: what an object with a class of its own does is that class's business, and
 * what comes as an argument belongs to the caller.
 */
export function changedContainer(one: Occurrence, binding: Binding, file: ParsedFile): boolean {
  const name = file.root.namedDescendantForIndex(one.start, one.end);
  if (!name) return false;
  let at = name;
  let depth = 0;
  for (;;) {
    const { parent } = at;
    const isPart = parent?.type === 'member_expression' || parent?.type === 'subscript_expression';
    if (parent?.type === 'non_null_expression') at = parent;
    else if (parent && isPart && isField(parent, 'object', at)) {
      depth++;
      const call = parent.parent;
      if (call?.type === 'call_expression' && isField(call, 'function', parent)) {
        const method = parent.childForFieldName('property');
        if (!method || !CHANGING.test(file.source.slice(method.startIndex, method.endIndex))) return false;
        const kind = containerOf(binding, file);
        return depth === 1 ? kind === 'collection' : kind === 'object' && isCollectionOf(binding, parent, file);
      }
      at = parent;
    } else break;
  }
  if (depth === 0 || !isTarget(at)) return false;
  const kind = containerOf(binding, file);
  return kind === 'object' || (kind === 'collection' && depth === 1);
}

/** Whether something is assigned to an expression, or it is counted or deleted. */
function isTarget(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (parent.type === 'assignment_expression' || parent.type === 'augmented_assignment_expression')
    return isField(parent, 'left', node);
  return (
    parent.type === 'update_expression' || (parent.type === 'unary_expression' && parent.firstChild?.type === 'delete')
  );
}

/** What the declaration of a variable puts in: a collection, a plain object without methods, or something else. */
function containerOf({ writes }: Binding, file: ParsedFile): 'collection' | 'object' | undefined {
  const declarator = file.root.namedDescendantForIndex(writes[0]?.start ?? 0, writes[0]?.end ?? 0)?.parent;
  if (declarator?.type !== 'variable_declarator') return undefined;
  let value = declarator.childForFieldName('value');
  while (value && /^(?:as|satisfies|parenthesized)_expression$/.test(value.type)) value = value.firstNamedChild;
  if (!value) return undefined;
  if (value.type === 'array') return 'collection';
  if (value.type === 'new_expression') {
    const made = value.childForFieldName('constructor');
    return made && COLLECTION.test(textOf(made, file)) ? 'collection' : undefined;
  }
  if (value.type === 'object') return value.namedChildren.some(isBehaviour) ? undefined : 'object';
  if (value.type !== 'call_expression') return undefined;
  const type = declarator.childForFieldName('type')?.firstNamedChild;
  const written = type ? textOf(type, file) : '';
  if (COLLECTION_TYPE.test(written)) return 'collection';
  return OBJECT_TYPE.test(written) ? 'object' : undefined;
}

/** A member that does something: then the object is an interface, and no bag of values. */
function isBehaviour(member: SyntaxNode): boolean {
  if (member.type === 'method_definition') return true;
  return /^(?:arrow_function|function_expression|generator_function)$/.test(
    member.childForFieldName('value')?.type ?? '',
  );
}

/** Whether `state.items` of `state.items.push` is an array that the declaration of `state` puts there. */
function isCollectionOf({ writes }: Binding, method: SyntaxNode, file: ParsedFile): boolean {
  const part = method.childForFieldName('object');
  const key = part?.type === 'member_expression' ? part.childForFieldName('property') : null;
  const declarator = file.root.namedDescendantForIndex(writes[0]!.start, writes[0]!.end)?.parent;
  const pair = declarator
    ?.descendantsOfType('pair')
    .find((one) => key && textOf(one.childForFieldName('key')!, file) === textOf(key, file));
  const value = pair?.childForFieldName('value');
  return (
    value?.type === 'array' ||
    /^new (?:Map|Set)\b/.test(value ? textOf(value, file) : '') ||
    value?.type === 'as_expression'
  );
}

/** The code of a node. */
export function textOf(node: SyntaxNode, { source }: ParsedFile): string {
  return source.slice(node.startIndex, node.endIndex);
}
