import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';

/** A value that a name is bound to once and for all. */
export interface Held {
  readonly name: string;
  readonly value: SyntaxNode;
  /** Names the constant within its file, as `NAME@line`. */
  readonly via: string;
}

/**
 * Follows a name to the one assignment in this file that gives it its value: a local, a module constant, or a constant of a class
 * (`self.NAME`, `cls.NAME`, `Class.NAME`). Imported names are not followed: what two modules import is shared already.
 */
export function heldBy(file: ParsedFile, expression: SyntaxNode): Held | undefined {
  const assignment = expression.type === 'identifier' ? byBinding(file, expression) : byClass(file, expression);
  const target = assignment?.childForFieldName('left');
  const value = assignment?.childForFieldName('right');
  if (!target || !value) return undefined;
  const name = file.source.slice(target.startIndex, target.endIndex).replace(/^.*\./, '');
  return { name, value, via: `${name}@${file.source.lineAt(target.startIndex)}` };
}

function byBinding(file: ParsedFile, name: SyntaxNode): SyntaxNode | undefined {
  const known = moduleConstant(file, file.source.slice(name.startIndex, name.endIndex));
  if (known !== undefined) return assignmentOf(file.root.descendantForIndex(known, known));
  const binding = file.semantics.bindingAt(name.startIndex);
  const write = binding?.writes.length === 1 ? binding.writes[0] : undefined;
  return write && assignmentOf(file.root.descendantForIndex(write.start, write.start));
}

/**
 * Offset of `NAME = ...` at the start of a line, where nothing else in the file assigns that name: the usual case, found without the
 * semantic model. Only for names in capitals, which nobody gives to a parameter.
 */
function moduleConstant(file: ParsedFile, name: string): number | undefined {
  if (!/^_*[A-Z][A-Z0-9_]+$/.test(name)) return undefined;
  const hits = [...file.source.text.matchAll(new RegExp(`(^|[^\\w.])${name}[ \\t]*(?::[^=\\n]*)?=(?!=)`, 'gm'))];
  return hits.length === 1 && hits[0]![1] !== undefined && /^\n?$/.test(hits[0]![1])
    ? hits[0]!.index + hits[0]![1].length
    : undefined;
}

function assignmentOf(target: SyntaxNode | null): SyntaxNode | undefined {
  const assignment = target?.parent;
  return assignment?.type === 'assignment' && assignment.childForFieldName('left')?.id === target?.id
    ? assignment
    : undefined;
}

function byClass(file: ParsedFile, expression: SyntaxNode): SyntaxNode | undefined {
  const [, owner, name] = /^(\w+)\.(\w+)$/.exec(file.source.slice(expression.startIndex, expression.endIndex)) ?? [];
  if (!owner || !name) return undefined;
  const holder = /^(?:self|cls)$/.test(owner) ? enclosingClass(expression) : classNamed(file, owner);
  const body = holder?.childForFieldName('body');
  if (!body) return undefined;
  const found: SyntaxNode[] = [];
  for (const statement of body.namedChildren) {
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
    const target = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
    if (target && file.source.slice(target.startIndex, target.endIndex) === name) found.push(assignment!);
  }
  if (found.length === 1) return found[0];
  return found.length === 0 && owner === 'self' ? bySelfAssignment(file, body, name) : undefined;
}

/** `self.name = re.compile(...)`, once in the whole class. */
function bySelfAssignment(file: ParsedFile, body: SyntaxNode, name: string): SyntaxNode | undefined {
  const text = file.source.slice(body.startIndex, body.endIndex);
  const hits = [...text.matchAll(new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]*)?=(?!=)`, 'g'))];
  if (hits.length !== 1) return undefined;
  const target = file.root.descendantForIndex(body.startIndex + hits[0]!.index + 5)?.parent;
  return assignmentOf(target ?? null);
}

function enclosingClass(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return undefined;
}

function classNamed(file: ParsedFile, name: string): SyntaxNode | undefined {
  const hit = new RegExp(`^[ \\t]*class[ \\t]+${name}\\b`, 'm').exec(file.source.text);
  if (!hit) return undefined;
  const at = hit.index + hit[0].length - 1;
  const holder = file.root.descendantForIndex(at, at)?.parent;
  return holder?.type === 'class_definition' ? holder : undefined;
}
