import type { ParsedFile } from '../../core/facts/parsed-file';
import type { Binding, Occurrence } from '../../core/semantics/model';
import { isField } from '../../core/syntax/fields';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../core/syntax/typescript';
import { type CapturedNames, isInside, isReadFirst } from './typescript-captured';

export type Changed = Pick<CapturedNames, 'writes' | 'mutates'>;

/**
 * Whether all that a callback changes is plumbing of its own: the handle of a call that it puts off, what it makes when it first needs it,
 * the counter of a loop, the tally of a short timer, the flag with which it leaves out its first call; or the result of a promise that it settles in any case, and of which no other callback knows.
 */
export function isOwnPlumbing(node: SyntaxNode, { writes, mutates }: Changed, file: ParsedFile): boolean {
  const { text } = file.source;
  const code = text.slice(node.startIndex, node.endIndex);
  if (alwaysSettles(node, file) && [...writes, ...mutates].every((one) => isUnshared(one, node, file))) return true;
  if (mutates.length > 0 || !PLUMBING.test(code)) return false;
  return writes.every(
    (one) =>
      isOwnTimer(one, node, file) ||
      isMadeOnce(one, node, file) ||
      isCounter(one, node, file) ||
      isTally(one, node, file) ||
      isFirstCall(one, node, file),
  );
}

/** What the text of a callback shows where one of its changes may be plumbing. */
const PLUMBING = /\b(?:set(?:Timeout|Interval|Immediate)|request\w+)\(|\bif\s*\(|[?|]{2}=|\bfor\s*\(|\+\+|[-+]=/;

const PUT_OFF =
  /^(?:(?:window|globalThis|self)\.)?(?:set(?:Timeout|Interval|Immediate)|request(?:AnimationFrame|IdleCallback))\(/;
const NOTHING = /^(?:null|undefined|false|0)$/;

/** The handle of a call that is put off, which only this callback asks for and clears. */
function isOwnTimer(binding: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  const inside = isInside(node);
  const values = valuesOf(binding, inside, file);
  if (!values) return false;
  return (
    values.some(({ text }) => PUT_OFF.test(text)) &&
    values.every(({ text }) => PUT_OFF.test(text) || NOTHING.test(text)) &&
    binding.reads.every(inside) &&
    binding.reads.every((one) => asksOrClears(one, file))
  );
}

/** `clearTimeout(timer)`, `if (timer)`, `timer !== null`. */
function asksOrClears({ start, end }: Occurrence, { root, source }: ParsedFile): boolean {
  const around = root.namedDescendantForIndex(start, end)?.parent;
  if (around?.type === 'arguments')
    return /\b(?:clear|cancel)\w+$/.test(source.slice(around.parent?.startIndex ?? 0, around.startIndex));
  return /^(?:parenthesized|binary|unary)_expression$/.test(around?.type ?? '');
}

const MAKES =
  /^(?:await\s+)?(?:new\s+(?!Date\b)|(?:[\w$]+\.)*(?:create|make|load|open|compile|require|import|init|connect)\w*\()/;

/** What is made where it is first needed, and kept for good: `if (!decoder) decoder = new TextDecoder()`. */
function isMadeOnce(binding: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  const inside = isInside(node);
  const values = valuesOf(binding, inside, file);
  if (!values || binding.writes.filter((one) => !inside(one)).length > 1) return false;
  const name = binding.name.replaceAll('$', '\\$');
  const isMissing = new RegExp(`^\\(\\s*(?:!\\s*${name}|${name}\\s*={2,3}\\s*(?:null|undefined))\\s*\\)$`);
  return values.every(({ text, assignment }) => {
    if (!MAKES.test(text)) return false;
    if (assignment.type === 'augmented_assignment_expression') return true;
    for (let at = assignment.parent; at && at.id !== node.id; at = at.parent) {
      const condition = at.type === 'if_statement' ? at.childForFieldName('condition') : null;
      if (condition) return isMissing.test(file.source.slice(condition.startIndex, condition.endIndex));
    }
    return false;
  });
}

/** A counter of loops that lacks a declaration of its own. */
function isCounter(binding: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  if (isReadFirst(binding, node, file)) return false;
  return binding.writes.filter(isInside(node)).every(({ start, end }) => {
    for (let at = file.root.namedDescendantForIndex(start, end); at && at.id !== node.id; at = at.parent) {
      const loop = at.parent;
      if (loop?.type !== 'for_statement') continue;
      return isField(loop, 'initializer', at) || isField(loop, 'increment', at);
    }
    return false;
  });
}

/** A short timer counts its own turns, until it gives up or to show a picture after another. */
const SHORT_TIMER = 16;

function isTally(binding: Binding, node: SyntaxNode, { root, source }: ParsedFile): boolean {
  const inside = isInside(node);
  const call = node.parent?.type === 'arguments' ? node.parent.parent : null;
  return (
    call !== null &&
    /^(?:(?:window|globalThis|self)\.)?setInterval\(/.test(source.slice(call.startIndex, call.startIndex + 24)) &&
    source.lineAt(node.endIndex) - source.lineAt(node.startIndex) < SHORT_TIMER &&
    binding.reads.every(inside) &&
    binding.writes.filter(inside).every(({ start, end }) => {
      const change = root.namedDescendantForIndex(start, end)?.parent;
      return change?.type === 'update_expression' || change?.type === 'augmented_assignment_expression';
    })
  );
}

/** `if (isFirst) { isFirst = false; return; }`: who is told at once of what is there already leaves that out. */
function isFirstCall(binding: Binding, node: SyntaxNode, { source }: ParsedFile): boolean {
  const first = node.childForFieldName('body')?.namedChildren.find((one) => one.type !== 'comment');
  if (first?.type !== 'if_statement' || binding.writes.filter(isInside(node)).length !== 1) return false;
  const name = binding.name.replaceAll('$', '\\$');
  const skip = new RegExp(
    `^if\\s*\\(\\s*!?${name}\\s*\\)\\s*\\{\\s*${name}\\s*=\\s*(?:true|false);?\\s*return;?\\s*\\}`,
  );
  return skip.test(source.slice(first.startIndex, first.endIndex));
}

interface Assigned {
  readonly text: string;
  readonly assignment: SyntaxNode;
}

/** What a callback assigns to a name; undefined where it changes it in another way. */
function valuesOf(
  { writes }: Binding,
  inside: (place: Occurrence) => boolean,
  { root, source }: ParsedFile,
): readonly Assigned[] | undefined {
  const values: Assigned[] = [];
  for (const { start, end } of writes.filter(inside)) {
    const name = root.namedDescendantForIndex(start, end);
    const assignment = name?.parent;
    if (!name || !assignment || !isField(assignment, 'left', name)) return undefined;
    const right = assignment.childForFieldName('right');
    const operator = source.slice(name.endIndex, right?.startIndex ?? name.endIndex).trim();
    if (!right || !/^(?:=|\?\?=|\|\|=)$/.test(operator)) return undefined;
    values.push({ text: source.slice(right.startIndex, right.endIndex), assignment });
  }
  return values;
}

/** Whether no other function than the one that owns a name, and the callback, has to do with it. */
function isUnshared({ scope, reads, writes }: Binding, node: SyntaxNode, file: ParsedFile): boolean {
  const inside = isInside(node);
  const owner = functionAt(scope.start, node);
  return [...reads, ...writes].every((one) => {
    if (inside(one)) return true;
    const name = file.root.namedDescendantForIndex(one.start, one.end);
    return name !== null && enclosingTypeScriptFunction(name)?.id === owner?.id;
  });
}

function functionAt(offset: number, node: SyntaxNode): SyntaxNode | undefined {
  let at = enclosingTypeScriptFunction(node);
  while (at && at.startIndex > offset) at = enclosingTypeScriptFunction(at);
  return at;
}

/** Whether a callback within the executor of a promise settles it, whatever happens: all that waits for it sees its only call. */
function alwaysSettles(node: SyntaxNode, { source }: ParsedFile): boolean {
  const executor = enclosingTypeScriptFunction(node);
  const made = executor?.parent?.type === 'arguments' ? executor.parent.parent : undefined;
  if (!executor || made?.type !== 'new_expression') return false;
  if (!/^new\s+Promise\b/.test(source.slice(made.startIndex, made.startIndex + 20))) return false;
  const given = executor.childForFieldName('parameters') ?? executor.childForFieldName('parameter');
  const names = new Set(given ? source.slice(given.startIndex, given.endIndex).match(/[\w$]+/g) : []);
  let statements = node.childForFieldName('body')?.namedChildren ?? [];
  const attempt = statements.find((one) => one.type === 'try_statement');
  if (attempt) statements = [...statements, ...(attempt.childForFieldName('body')?.namedChildren ?? [])];
  return statements.some((one) => {
    const called = /^(?:return\s+|void\s+)?([\w$]+)\(/.exec(source.slice(one.startIndex, one.startIndex + 80))?.[1];
    return called !== undefined && names.has(called);
  });
}
