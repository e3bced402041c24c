import type { Binding, Occurrence, Scope } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { HandedFunction } from './candidates';
import { areOfOneObject, areOfOneSource } from './names';

/** Functions that may become methods of one class, and the variables that they change. */
export interface Joined {
  readonly group: readonly HandedFunction[];
  readonly state: ReadonlySet<Binding>;
}

/**
 * All functions that may become methods of one class with a callback: those that change what it uses, those that use what it changes and
 * need little else, what these change in turn, and so on.
 */
export function joined(main: HandedFunction, all: readonly HandedFunction[]): Joined {
  const group = [main];
  const state = new Set(changedBy(main));
  const known = new Set(usedBy(main));
  for (let before = 0; before !== group.length; ) {
    before = group.length;
    for (const one of all) {
      if (overlapsAny(one, group)) continue;
      const isWriter = changedBy(one).some((each) => known.has(each));
      const isReader = usedBy(one).some((each) => state.has(each)) && needsLittle(one, known, group);
      if (!isWriter && !isReader) continue;
      group.push(one);
      for (const each of changedBy(one)) state.add(each);
      for (const each of usedBy(one)) known.add(each);
    }
  }
  return { group, state };
}

/** Whether a callback would bring the class hardly anything that it is not given anyway. */
function needsLittle(one: HandedFunction, known: ReadonlySet<Binding>, group: readonly HandedFunction[]): boolean {
  const news = usedBy(one).filter((each) => !known.has(each) && !changedBy(one).includes(each));
  const body = one.node.childForFieldName('body');
  if (news.length > 1 || body?.type !== 'statement_block') return false;
  const statements = body.namedChildren.filter(({ type }) => type !== 'comment');
  return statements.length > 1 || group.some((other) => areOfOneObject(other.candidate, one.candidate));
}

/** A callback that would stay outside: what it keeps or uses, and where it begins. */
export interface Left {
  readonly name: string;
  readonly at: number;
}

/**
 * A callback of the same kind that keeps state of its own and would stay outside: one of the same event or of the same source. A class of
 * one of them would tear them apart.
 */
export function oneOfSeveral(
  main: HandedFunction,
  { group, state }: Joined,
  all: readonly HandedFunction[],
): Left | undefined {
  const homes = new Set([...state].map((one) => functionScopeOf(one.scope)));
  const event = eventOf(main);
  for (const other of all) {
    if (overlapsAny(other, group)) continue;
    const isTwin = event !== undefined && event === eventOf(other);
    if (!isTwin && (isEnd(other) || !areOfOneSource([main.candidate.to, other.candidate.to]))) continue;
    const found = changedBy(other).find((one) => homes.has(functionScopeOf(one.scope)));
    if (found) return { name: found.name, at: other.node.startIndex };
  }
  return undefined;
}

/**
 * A callback of the same object that uses what the class would keep, and would stay outside, or one of several functions that do so
 * wherever they are: the class would have half of what is done with it. What happens at the end of a stream may look at what was gathered.
 */
export function leftBeside(
  { group, state }: Joined,
  all: readonly HandedFunction[],
  root: SyntaxNode,
): Left | undefined {
  for (const other of all) {
    if (overlapsAny(other, group)) continue;
    const used = usedBy(other).find((one) => state.has(one));
    const isBeside = group.some((one) => areOfOneObject(one.candidate, other.candidate));
    if (used && isBeside && !(isEnd(other) && other.candidate.literal === undefined))
      return { name: used.name, at: other.node.startIndex };
  }
  const ends = new Set(all.filter(isEnd).map(({ node }) => node.startIndex));
  const found = new Map<number, string>();
  for (const one of state)
    for (const use of [...one.reads, ...one.writes]) {
      if (group.some(({ node }) => isIn(use, node))) continue;
      const fn = closureAround(use, functionScopeOf(one.scope), root);
      if (fn && !ends.has(fn.startIndex)) found.set(fn.startIndex, one.name);
    }
  const [first, second] = found;
  return first && second ? { name: first[1], at: first[0] } : undefined;
}

/** The function in which a name is used that is declared in a function around; undefined where it is the same one. */
function closureAround({ start, end }: Occurrence, home: Scope, root: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at = root.namedDescendantForIndex(start, end); at && at.startIndex > home.start; at = at.parent)
    if (FUNCTION_KINDS.has(at.type) && at.endIndex < home.end) found = at;
  return found;
}

/** Called once, at the end of what it listens to. Nothing but its name tells that an event comes once. */
export const isEnd = ({ candidate }: HandedFunction): boolean =>
  /(?:\('|\.on)(?:end|close|closed|finish|finished|exit|error|complete|completed|done|abort|aborted|disconnect|timeout)(?:'\))?$/.test(
    candidate.to,
  );

/** What is handed out, or runs once: `start` of a stream. */
export const isOwnFrame = ({ to, method }: { readonly to: string; readonly method: string }): boolean =>
  to === 'return' || (to.startsWith('new ') && method === 'start');

/** What an array does with a function for each of its items, at once. Only types tell an array from what has such methods of its own. */
export const FOR_EACH = /^(?:forEach|map|flatMap)$/;

/** Whether a place lies in a function. */
export const isIn = ({ start }: Occurrence, { startIndex, endIndex }: SyntaxNode): boolean =>
  startIndex <= start && start < endIndex;

export function functionScopeOf(scope: Scope): Scope {
  let at = scope;
  while (at.kind !== 'function' && at.parent) at = at.parent;
  return at;
}

export const changedBy = ({ captured }: HandedFunction): readonly Binding[] => [
  ...captured.writes,
  ...captured.mutates,
];

const usedBy = (one: HandedFunction): readonly Binding[] => [...one.captured.reads, ...changedBy(one)];

const overlapsAny = ({ node }: HandedFunction, group: readonly HandedFunction[]): boolean =>
  group.some((one) => one.node.startIndex < node.endIndex && node.startIndex < one.node.endIndex);

/** `.on('data')`, whatever it is called on. */
const eventOf = ({ candidate }: HandedFunction): string | undefined => /\.\w+\('[\w:.-]+'\)$/.exec(candidate.to)?.[0];
