import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { Binding, Occurrence, Scope } from '../../../../../core/semantics/model';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { HandedFunction } from './candidates';
import { areOfOneSource } from './names';

/** Functions that may become methods of one class, and the variables that they change. */
export interface Joined {
  readonly group: readonly HandedFunction[];
  readonly state: ReadonlySet<Binding>;
}

/** All functions that may become methods of one class with a callback: those that use what it changes, what these change in turn, and so on. */
export function joined(main: HandedFunction, all: readonly HandedFunction[]): Joined {
  const group = [main];
  const state = new Set(changedBy(main));
  for (let before = 0; before !== group.length; ) {
    before = group.length;
    for (const one of all) {
      if (overlapsAny(one, group)) continue;
      if (![...one.captured.reads, ...changedBy(one)].some((each) => state.has(each))) continue;
      group.push(one);
      for (const each of changedBy(one)) state.add(each);
    }
  }
  return { group, state };
}

/**
 * A callback of the same kind that keeps state of its own and would stay outside: one of the same event, or one of the same source
 * whose state a statement uses together with that of the callback. A class of one of them would tear them apart.
 * @returns what it keeps, and where it begins
 */
export function oneOfSeveral(
  main: HandedFunction,
  all: readonly HandedFunction[],
  { root }: ParsedFile,
): { readonly name: string; readonly at: number } | undefined {
  const { group, state } = joined(main, all);
  const homes = new Set([...state].map((one) => functionScopeOf(one.scope)));
  const used = new Set([...state].flatMap((one) => statementsOf(one, main.node, root)));
  for (const other of all) {
    if (overlapsAny(other, group)) continue;
    const event = eventOf(main);
    const isTwin = event !== undefined && event === eventOf(other);
    if (!isTwin && !areOfOneSource([main.candidate.to, other.candidate.to])) continue;
    const found = changedBy(other).find(
      (one) =>
        homes.has(functionScopeOf(one.scope)) &&
        (isTwin || statementsOf(one, other.node, root).some((at) => used.has(at))),
    );
    if (found) return { name: found.name, at: other.node.startIndex };
  }
  return undefined;
}

/** Whether a place lies in a function. */
export const isIn = ({ start }: Occurrence, { startIndex, endIndex }: SyntaxNode): boolean =>
  startIndex <= start && start < endIndex;

export function functionScopeOf(scope: Scope): Scope {
  let at = scope;
  while (at.kind !== 'function' && at.parent) at = at.parent;
  return at;
}

const changedBy = ({ captured }: HandedFunction): readonly Binding[] => [...captured.writes, ...captured.mutates];

const overlapsAny = ({ node }: HandedFunction, group: readonly HandedFunction[]): boolean =>
  group.some((one) => one.node.startIndex < node.endIndex && node.startIndex < one.node.endIndex);

/** `.on('data')`, whatever it is called on. */
const eventOf = ({ candidate }: HandedFunction): string | undefined => /\.\w+\('[\w:.-]+'\)$/.exec(candidate.to)?.[0];

/** The statements around the places where a name is read outside of a callback, by where they begin. */
function statementsOf({ reads }: Binding, callback: SyntaxNode, root: SyntaxNode): number[] {
  return reads.flatMap((one) => {
    if (isIn(one, callback)) return [];
    let at = root.namedDescendantForIndex(one.start, one.end);
    while (at && !/_(?:statement|declaration)$/.test(at.type)) at = at.parent;
    return at ? [at.startIndex] : [];
  });
}
