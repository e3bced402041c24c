import type { ParsedFile } from '../../../../../core/facts/parsed-file';
import { normaliseCode } from '../../../../../core/rule/finding';
import type { Binding } from '../../../../../core/semantics/model';
import { enclosingTypeScriptFunction, enclosingTypeScriptSymbol } from '../../../../../core/syntax/typescript';
import { isVerb, verbOf } from '../../../../../core/text/agent-noun';
import { pascalOf, wordsOf } from '../../../../../core/text/words';
import { nameOf } from '../../../typescript';
import { growing } from '../growing';
import type { Candidate } from './args';
import type { HandedFunction } from './candidates';
import type { Subject } from './names';

type Parsed = Pick<ParsedFile, 'root' | 'source'>;

/**
 * What a class is named after.
 * @param group the functions that may become its methods, the main one among them
 */
export function subjectOf(
  { node, captured: { writes, mutates }, to }: HandedFunction,
  group: readonly HandedFunction[],
  document: Parsed,
): Subject {
  const name = nameOf(node);
  const changed = [...writes, ...mutates];
  const names = changed.map((one) => one.name);
  // What is handed out and only looks at the state names nobody.
  const company = inOrder(node, group).filter(
    (one) =>
      one.start === node.startIndex ||
      one.to !== 'return' ||
      [...one.writes, ...one.mutates].some((each) => names.includes(each)),
  );
  const outer = enclosingTypeScriptFunction(node);
  const code = textOf(node, document);
  const isInside = ({ start }: { readonly start: number }): boolean =>
    node.startIndex <= start && start < node.endIndex;
  return {
    name: name ? textOf(name, document).replace(/^['"]|['"]$/g, '') : '',
    to: [...new Set(to.map(normaliseCode))].sort(),
    symbol: enclosingTypeScriptSymbol(node, document.source) ?? '',
    events: company.map((one) => one.to),
    methods: company.map(({ method }) => (/^handle[A-Z]/.test(method) ? '' : method)),
    grows: growing(
      changed.map((one) => ({
        name: one.name,
        first: firstValue(one, document),
        isSeen: one.reads.some((read) => !isInside(read)),
      })),
      code,
    ),
    isMost:
      outer !== undefined &&
      2 * group.reduce((sum, one) => sum + (isWithin(one.node, outer) ? textOf(one.node, document).length : 0), 0) >
        outer.endIndex - outer.startIndex,
  };
}

const isWithin = (inner: HandedFunction['node'], outer: HandedFunction['node']): boolean =>
  outer.startIndex < inner.startIndex && inner.endIndex <= outer.endIndex;

/** The main callback first, the others in the order of the text. */
function inOrder({ startIndex }: HandedFunction['node'], group: readonly HandedFunction[]): Candidate[] {
  const isMain = ({ start }: Candidate): number => (start === startIndex ? 0 : 1);
  return group.map(({ candidate }) => candidate).sort((a, b) => isMain(a) - isMain(b) || a.start - b.start);
}

/**
 * The main callback, then the others. Listeners of one event of two objects are told apart by these: `handleSaveButtonClick` for
 * `saveButton.addEventListener('click')`.
 */
export function toldApart(
  main: HandedFunction,
  group: readonly HandedFunction[],
  all: readonly HandedFunction[],
): Candidate[] {
  const candidates = [main, ...all.filter((one) => one !== main)].map(({ candidate }) => candidate);
  return candidates.map((one) => {
    const owner = /(\w+)\.\w+\('[\w:.-]+'\)$/.exec(one.to)?.[1];
    const [, event] = /^handle([A-Z]\w*)$/.exec(one.method) ?? [];
    const hasTwin = candidates.some(
      (other) => other.method === one.method && other.start !== one.start && isOf(other, group) === isOf(one, group),
    );
    const isTold = owner === undefined || event === undefined || event.startsWith(pascalOf(owner));
    return hasTwin && !isTold ? { ...one, method: `handle${pascalOf(owner)}${event}` } : one;
  });
}

/** What a `LineReader` does is to read, if nothing else says it. */
export function withVerb(one: Candidate, className: string): Candidate {
  const words = wordsOf(className);
  const verb = verbOf(words.at(-1)!);
  const saysNothing = one.method === 'call' || wordsOf(one.method).join('_') === words.join('_');
  return verb !== undefined && saysNothing ? { ...one, method: verb } : one;
}

/**
 * Whether a method has no name that says anything. `new Ranking(limit).call` says less than a function that is handed out; what is handed
 * out beside listeners takes them off again, unless a `disposer` makes it; methods that an object is given handle nothing, and neither does
 * what is called by a noun (`controller`).
 * @param main with its verb
 */
export function isUnsaid(main: Candidate, group: readonly HandedFunction[], { symbol, name }: Subject): boolean {
  const isMaker = verbOf(wordsOf(symbol.split('.').at(-1)!).at(-1) ?? '') !== undefined;
  return (
    group.every(({ node, candidate }) => isGivenMethod(node, candidate)) ||
    (group.length === 1 && isNoun(name, main)) ||
    (main.to === 'return' && /^(?:call|handle)$/.test(main.method)) ||
    (!isMaker &&
      group.some(
        ({ candidate: { start, to, method } }) => start !== main.start && to === 'return' && method === 'call',
      ))
  );
}

/** A word that is no verb, and no event that the function is handed on for. */
function isNoun(name: string, { to, method }: Candidate): boolean {
  const [word = '', ...others] = wordsOf(name);
  return (
    method === name && others.length === 0 && !/^on/.test(word) && !isVerb(word) && !to.toLowerCase().includes(word)
  );
}

/** `container.load = async (name) => { ... }`: no event has that name, and nobody is asked to call it back. */
function isGivenMethod({ parent, type }: HandedFunction['node'], { to }: Candidate): boolean {
  if (parent?.type !== 'assignment_expression' || type === 'method_definition') return false;
  return !/^on|(?:callback|listener|handler|hook)$/i.test(to.slice(to.lastIndexOf('.') + 1));
}

const isOf = ({ start }: Candidate, group: readonly HandedFunction[]): boolean =>
  group.some(({ node }) => node.startIndex === start);

function firstValue({ writes: [write] }: Binding, document: Parsed): string {
  const name = write && document.root.namedDescendantForIndex(write.start, write.end);
  const declarator = name?.parent?.type === 'variable_declarator' ? name.parent : undefined;
  const value = declarator?.childForFieldName('value');
  return value ? textOf(value, document) : '';
}

const textOf = ({ startIndex, endIndex }: HandedFunction['node'], { source }: Parsed): string =>
  source.slice(startIndex, endIndex);
