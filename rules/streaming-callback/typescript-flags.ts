import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Binding } from '../../core/semantics/model';
import { isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../core/syntax/typescript';
import { isCarried, isInLoop, isInside, isReadFirst } from './typescript-captured';
import type { HandedOn } from './typescript-handed-on';
import { type Changed, isOwnPlumbing } from './typescript-own';

/** Events that come again and again, with a part of what is streamed. */
const STREAMED =
  /\('(?:data|message|chunk|line|token|delta|text|partial|progress)'\)$|\bon_?(?:data|message|chunk|line|token|delta|text|content|partial|progress)\w*$|\bsubscribe$|Stream$/i;

/** Events that come once, with a result or an end. */
const ONCE =
  /\bonce\('|\bonce$|\('(?:error|close|end|finish|exit|abort|timeout|spawn|open|ready|listening|load|loadend|DOMContentLoaded)'\)$|\.on(?:load|loadend|abort|close|end|open)$/;

/** What flags are set to, and what is left in the place of what is let go. */
const LET_GO = /^(?:true|false|null|undefined|no+p|\(\) => \{\})$/i;

const SETTLES = /\b(?:resolve|reject|settle|finish)\w*\s*\(|\b(?:res|rej|done)\s*\(/i;

/**
 * Whether a callback keeps no state to speak of: it only sets flags or lets handles go (a promise is settled once, a timer is not entered
 * twice), unless a stream calls it for each of its parts; each call binds what it changes before it reads it; it leaves the result of what
 * happens once, or fills then what nobody else looks at; it only puts one thing into a collection; or what it changes is plumbing of its
 * own: see `typescript-own.ts`.
 */
export function isTrivial(
  node: SyntaxNode,
  name: string,
  to: readonly HandedOn[],
  { writes, mutates }: Changed,
  file: ParsedFile,
): boolean {
  if (isOwnPlumbing(node, { writes, mutates }, file)) return true;
  const isOnce = to.every((one) => ONCE.test(one.to));
  if (writes.length === 0) return isOnePut(node) || (isOnce && mutates.every((one) => isUsedInsideAlone(one, node)));
  if (mutates.length > 0) return false;
  if (!writes.some((one) => isCarried(one, node, file))) return true;
  // Nobody looks at what the end makes of what was gathered but the end.
  if (isOnce && writes.every((one) => isOnlyGathered(one, node))) return true;
  if (isOnce && !writes.some((one) => isReadFirst(one, node, file))) return true;
  if (!writes.every((one) => isFlag(one, node, file))) return false;
  const isStreamed = STREAMED.test(name) || to.some((one) => STREAMED.test(one.to));
  return !isStreamed || SETTLES.test(file.source.slice(node.startIndex, node.endIndex));
}

/** Whether only the function itself looks at a variable, which could as well be its own. */
function isUsedInsideAlone({ reads }: Binding, node: SyntaxNode): boolean {
  return reads.every(isInside(node));
}

/** Whether all that others do with a variable of the function right around is to add to it; a loop would make others of the same kind. */
function isOnlyGathered({ reads, scope }: Binding, node: SyntaxNode): boolean {
  const inside = isInside(node);
  const around = enclosingTypeScriptFunction(node);
  if (!around || scope.start < around.startIndex || isInLoop(node)) return false;
  return reads.every((one) => inside(one) || one.kind === 'read-write');
}

/** Whether a function assigns nothing to a name but what says no more than that something has happened. */
function isFlag({ writes }: Binding, node: SyntaxNode, { root, source }: ParsedFile): boolean {
  return writes.filter(isInside(node)).every((one) => {
    const name = root.namedDescendantForIndex(one.start, one.end);
    const assignment = name?.parent;
    if (assignment?.type !== 'assignment_expression' || !isField(assignment, 'left', name!)) return false;
    const right = assignment.childForFieldName('right');
    return right !== null && LET_GO.test(source.slice(right.startIndex, right.endIndex));
  });
}

/** At most two plain statements: what makes it long is the shape of a value. */
function isOnePut(node: SyntaxNode): boolean {
  const body = node.childForFieldName('body');
  if (body?.type !== 'statement_block') return body?.type === 'call_expression';
  const statements = body.namedChildren.filter((one) => one.type !== 'comment');
  return (
    statements.length <= 2 &&
    statements.every((one) => one.type === 'expression_statement' || one.type === 'lexical_declaration') &&
    body.descendantsOfType(['arrow_function', 'function_expression']).length === 0
  );
}
