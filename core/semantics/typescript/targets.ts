import type { SyntaxNode } from '../../syntax/node';
import type { Frame } from './frames';

/** Nodes that leave the target of an assignment what it is: `(x) = 1`, `x! = 1`, `(x as T) = 1`. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  'parenthesized_expression',
  'non_null_expression',
  'as_expression',
  'satisfies_expression',
  'type_assertion',
]);

const ASSIGNED_IN: ReadonlySet<string> = new Set([
  'array_pattern',
  'object_pattern',
  'pair_pattern',
  'rest_pattern',
  'assignment_pattern',
  'object_assignment_pattern',
]);

/** Whether the identifier in a pattern that is assigned to is itself a target, and not the `a` of `[a.b]`. */
export function isAssignedName(identifier: SyntaxNode): boolean {
  let parent = identifier.parent;
  while (parent && TRANSPARENT.has(parent.type)) parent = parent.parent;
  return parent !== null && ASSIGNED_IN.has(parent.type);
}

/**
 * What the first name in an assignment is. The text decides where it can: `x =` and `x.y =` differ in the character behind
 * the name, and most assignments go to members.
 */
export function targetOfLeftSide(text: string, frame: Frame, start: number, end: number): 'name' | 'using' | 'none' {
  if (start === frame.start) {
    const next = skipBlanks(text, end);
    const code = text.charCodeAt(next);
    if (code === 46 /* . */ || code === 91 /* [ */ || code === 40 /* ( */) return 'none';
    if (code === 61 /* = */) return 'name';
  } else if (text.charCodeAt(frame.start) !== 40 /* ( */) {
    return text.startsWith('using', frame.start) && /^using\s+$/.test(text.slice(frame.start, start))
      ? 'using'
      : 'none';
  }
  const left = withoutWrapping(frame.node.childForFieldName('left'));
  return left?.type === 'identifier' && left.startIndex === start ? 'name' : 'none';
}

/** Whether a name in `x++` or `--x` is what is counted up or down. */
export function isUpdatedName(text: string, frame: Frame, identifier: SyntaxNode, start: number, end: number): boolean {
  const operator = text.charCodeAt(frame.start);
  const isPrefix = operator === 43 /* + */ || operator === 45; /* - */
  if (isPrefix ? skipBlanks(text, frame.start + 2) === start && end === frame.end : start === frame.start) {
    const next = text.charCodeAt(skipBlanks(text, end));
    return isPrefix || next === 43 || next === 45;
  }
  const wrapped = withoutWrapping(frame.node.childForFieldName('argument'));
  return wrapped?.id === identifier.id;
}

function withoutWrapping(node: SyntaxNode | null): SyntaxNode | null {
  let inner = node;
  while (inner && TRANSPARENT.has(inner.type)) {
    inner = inner.type === 'type_assertion' ? inner.lastNamedChild : inner.firstNamedChild;
  }
  return inner;
}

function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}
