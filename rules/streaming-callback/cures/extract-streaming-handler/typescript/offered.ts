import { unfitFor } from '../../../../../core/edit/typescript/unfit-file';
import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import type { Binding, Occurrence } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { textOf } from '../../../typescript-containers';
import { codeLines, type Kept, unclearField, worthless } from '../worth';
import { candidatesIn, type HandedFunction, outermostFunction } from './candidates';
import { hasSharedComment } from './comments-seen';
import { changedBy, FOR_EACH, isIn, isOwnFrame, joined, leftBeside, oneOfSeveral } from './joined';
import { classNameIn } from './names';
import {
  gatheredForEnd,
  hasCallersThis,
  isAlias,
  isConstant,
  isInOtherHands,
  isNoMethod,
  isPutInto,
  isSaidAny,
  isSettling,
  objectOf,
  PrivateMembers,
} from './seen';
import { isUnsaid, subjectOf, toldApart, withVerb } from './subject';

/**
 * Tells of the callbacks of one file whether the cure would refuse them, as far as scopes tell. It is asked for the best that may come of
 * one: all functions that may join it, none of the values that only types show. What can be built is never said to be refused.
 */
export function refusedInTypeScript(): (node: SyntaxNode, file: ParsedFile) => boolean {
  // Many callbacks stand in one function, and many functions in one class; what is known of the others is kept.
  const known = new Map<number, readonly HandedFunction[]>();
  const members = new PrivateMembers();
  return (node, file) => {
    const around = outermostFunction(node);
    if (!around || unfitFor(file)) return true;
    const all = known.get(around.startIndex) ?? candidatesIn(around, file);
    known.set(around.startIndex, all);
    const main = all.find((one) => one.node.id === node.id);
    return main !== undefined && isRefused(main, all, members, file);
  };
}

function isRefused(
  main: HandedFunction,
  all: readonly HandedFunction[],
  members: PrivateMembers,
  file: ParsedFile,
): boolean {
  if (isNoMethod(main, members, file) || isHandedValues(main, file)) return true;
  const found = joined(main, all);
  if (oneOfSeveral(main, found, all) || leftBeside(found, all, file.root)) return true;
  if (gatheredForEnd(found, file.root) !== undefined) return true;
  const { group, state } = found;
  const isInGroup = (one: Occurrence): boolean => group.some(({ node }) => isIn(one, node));
  const kept = [...state].map((one) => keptOf(one, main, group, all, file.root));
  const writers = group.filter(({ captured }) =>
    [...captured.writes, ...captured.mutates].some((one) => state.has(one)),
  );
  // A writer that stays outside would share the state, so that what writers need is needed.
  const reads = new Set(writers.flatMap(({ captured }) => captured.reads).filter((one) => !state.has(one)));
  const values = [...reads].filter(
    (one) => isHanded(one, main, group, file) && !(isConstant(one, file.root) && one.reads.every(isInGroup)),
  );
  const bodies = group.map(({ node }) => textOf(node.childForFieldName('body') ?? node, file));
  // A function that may join it need not.
  const own = [...changedBy(main), ...values.filter((one) => main.captured.reads.includes(one))];
  if (
    values.some((one) => isAlias(one, file.root)) ||
    own.some((one) => isSaidAny(one, file)) ||
    hasSharedComment(main, found, file)
  )
    return true;
  const little = worthless({
    language: 'typescript',
    values: values.length,
    functions: values.filter((one) => isSettling(one, file)).length,
    later: values
      .filter((one) => isLater(one, main, file.root))
      .map(({ name, reads: uses }) => ({
        name,
        uses: uses.filter(isInGroup).length,
        isFunction: false,
      })),
    callbacks: group.length,
    lines: codeLines(bodies.join('\n')),
    kept,
    own: [...state].flatMap(({ reads, writes }) => [...reads, ...writes]).filter(isInGroup).length,
    ...objectOf(main.node),
    callersThis: hasCallersThis(main.node),
    unclear: unclearField(own.map(({ name }) => name)),
    isHandedOut: group.length === 1 && isOwnFrame(main.candidate),
    keepsParameters:
      group.length === 1 && main.candidate.to === 'return' && [...state].every(({ kind }) => kind === 'parameter'),
  });
  if (little || [...state].some((one) => isBegunElsewhere(one, all, file) || isInOtherHands(one, group, file.root)))
    return true;
  return goesRound(values, state, group, file) || isUnnamed(main, group, all, file);
}

/**
 * Whether each call would have to be handed a value that is declared beside the callback, further in than what it keeps, although nothing
 * goes round: that is the half of what it does.
 */
function isHandedValues({ node, captured }: HandedFunction, { source }: ParsedFile): boolean {
  const homes = [...captured.writes, ...captured.mutates].map(({ scope }) => scope);
  const home = homes.reduce((inner, one) => (one.start > inner.start ? one : inner));
  if (!captured.reads.some(({ scope, kind }) => scope.start > home.start && kind !== 'function')) return false;
  let isGivenLater = false;
  for (let at = node.parent; at && at.startIndex > home.start; at = at.parent) {
    if (/^(?:for|for_in|while|do)_statement$/.test(at.type)) return false;
    if (!FUNCTION_KINDS.has(at.type)) continue;
    // What runs at once is a part of the function around.
    if (
      /^(?:parenthesized|new)_expression$/.test(at.parent?.type ?? '') ||
      at.parent?.parent?.type === 'new_expression'
    ) {
      if (isGivenLater) break;
      return false;
    }
    isGivenLater ||= captured.reads.some(({ scope, kind }) => scope.start >= at!.startIndex && kind !== 'function');
    const call = at.parent?.type === 'arguments' ? at.parent.parent : null;
    const callee = call?.childForFieldName('function');
    const name = callee?.childForFieldName('property');
    if (name && FOR_EACH.test(source.slice(name.startIndex, name.endIndex))) return false;
  }
  return true;
}

/** Whether nothing says what the class is, or two of its methods would have one name. */
function isUnnamed(
  main: HandedFunction,
  group: readonly HandedFunction[],
  all: readonly HandedFunction[],
  file: ParsedFile,
) {
  const subject = subjectOf(main, group, file);
  const className = classNameIn(subject, file.source.text);
  if (className === undefined) return true;
  const named = toldApart(main, group, all).map((one) => withVerb(one, className));
  const methods = named
    .filter(({ start }) => group.some(({ node }) => node.startIndex === start))
    .map(({ method }) => method);
  return isUnsaid(named[0]!, group, subject) || new Set(methods).size < methods.length;
}

/** Whether a value is set after a callback was made, or by another function at any time: it would be asked for each time. */
function isLater({ kind, writes: [first, ...others] }: Binding, { node }: HandedFunction, root: SyntaxNode): boolean {
  const home = first && functionAt(first, root)?.id;
  return kind !== 'function' && others.some((one) => one.start >= node.endIndex || functionAt(one, root)?.id !== home);
}

/** Whether a function that the class is handed uses what the class keeps, itself or by functions that it calls. */
function goesRound(
  values: readonly Binding[],
  state: ReadonlySet<Binding>,
  group: readonly HandedFunction[],
  { root, semantics }: ParsedFile,
): boolean {
  const seen = new Set<number>();
  const called = (one: Binding): SyntaxNode[] => [functionOf(one, root)].filter((fn) => fn !== undefined);
  const open = values.flatMap(called);
  for (let fn = open.pop(); fn; fn = open.pop()) {
    if (seen.has(fn.id) || group.some(({ node }) => node.id === fn!.id)) continue;
    seen.add(fn.id);
    const isInFunction = (one: Occurrence): boolean => isIn(one, fn!);
    if ([...state].some(({ reads, writes }) => reads.some(isInFunction) || writes.some(isInFunction))) return true;
    for (let scope = semantics.scopeAt(fn.startIndex).parent; scope?.parent; scope = scope.parent)
      for (const one of scope.bindings.values()) if (one.reads.some(isInFunction)) open.push(...called(one));
  }
  return false;
}

/** The function that a name holds for good. */
function functionOf({ writes }: Binding, root: SyntaxNode): SyntaxNode | undefined {
  const [only, other] = writes;
  const holder = only && !other ? root.namedDescendantForIndex(only.start, only.end)?.parent : undefined;
  if (!holder) return undefined;
  if (FUNCTION_KINDS.has(holder.type))
    return holder.childForFieldName('name')?.startIndex === only?.start ? holder : undefined;
  const value = holder.type === 'variable_declarator' ? holder.childForFieldName('value') : null;
  return value && FUNCTION_KINDS.has(value.type) ? value : undefined;
}

function keptOf(
  { name, reads, writes }: Binding,
  { node }: HandedFunction,
  group: readonly HandedFunction[],
  all: readonly HandedFunction[],
  root: SyntaxNode,
): Kept {
  return {
    name,
    isFilled: writes.length === 1 && reads.every((one) => !isIn(one, node) || isPutInto(one, root)),
    isSeen: reads.some((one) => !isIn(one, node)),
    writesInside: writes.filter((one) => group.some((other) => isIn(one, other.node))).length,
    writesOutside: writes.filter((one) => one.start > node.endIndex && !all.some((other) => isIn(one, other.node)))
      .length,
  };
}

/** Whether a value is certainly handed to the constructor: it is there for the whole function that has the state, and no method itself. */
function isHanded(
  { scope, name }: Binding,
  { node, captured }: HandedFunction,
  group: readonly HandedFunction[],
  file: ParsedFile,
): boolean {
  const isMethod = group.some((one) => nameTextOf(one, file) === name);
  const home = [...captured.writes, ...captured.mutates].map((one) => one.scope);
  return !isMethod && scope.start < node.startIndex && home.every((one) => scope === one || scope.start < one.start);
}

function nameTextOf({ node }: HandedFunction, file: ParsedFile): string {
  const named = node.childForFieldName('name') ?? node.parent?.childForFieldName('name');
  return named ? textOf(named, file) : '';
}

/** Whether functions that are not handed on, and so stay outside, begin the state anew: a class would have half of it. */
function isBegunElsewhere(binding: Binding, all: readonly HandedFunction[], { root, source }: ParsedFile): boolean {
  const [first] = binding.writes;
  const home = first && functionAt(first, root);
  if (!home || binding.kind === 'parameter') return false;
  return binding.writes.some((one) => {
    if (all.some(({ node }) => isIn(one, node)) || functionAt(one, root)?.id === home.id) return false;
    return /^\s*=(?!=)/.test(source.slice(one.end, one.end + 20));
  });
}

function functionAt({ start, end }: Occurrence, root: SyntaxNode): SyntaxNode | undefined {
  const node = root.namedDescendantForIndex(start, end);
  return node ? enclosingTypeScriptFunction(node) : undefined;
}
