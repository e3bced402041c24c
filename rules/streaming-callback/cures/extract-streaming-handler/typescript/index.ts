import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { LanguageCure } from '../../../../../core/rule/language-cure';
import type { Binding } from '../../../../../core/semantics/model';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { verbOf } from '../../../../../core/text/agent-noun';
import { pascalOf, wordsOf } from '../../../../../core/text/words';
import { nameOf } from '../../../typescript';
import { capturedNames } from '../../../typescript-captured';
import { growing } from '../growing';
import type { Candidate, HandlerArgs } from './args';
import { candidateOf, candidatesIn, type HandedFunction, outermostFunction } from './candidates';
import { areOfOneObject, joined, type Left, leftBeside, oneOfSeveral } from './joined';
import { type Names, namesOf, type Subject } from './names';
import { isGlobalScript, isOfFlow } from './seen';

/** `extract-streaming-handler` for TypeScript and JavaScript: the class stands in front of the statement that holds the callback. */
export const typeScriptExtractStreamingHandler: LanguageCure = {
  async prepare(request) {
    const { args, subject } = planOf(request);
    const { document, finding } = request;
    const { name, to } = finding.args;
    const messageId = name !== undefined ? 'extract' : to !== undefined ? 'extract-unnamed' : 'extract-returned';
    const into = args.into ?? document.file;
    const file = into.slice(into.lastIndexOf('/') + 1);
    const filled = { name: name ?? subject.name, to: to ?? '', file };
    return {
      title: { messageId, args: { ...filled, className: args.className, method: args.main.method } },
      applicability: 'safe',
      name: args.className,
      into,
    };
  },
  async build(request, changes) {
    const { args } = planOf(request);
    if (args.into !== undefined && (await request.snapshot.exists(args.into)))
      throw new Refusal('file-exists', { file: args.into });
    await runRecipe(request, changes, 'extract-streaming-handler', [request.document.file], args);
  },
};

interface Planned {
  readonly args: HandlerArgs;
  readonly subject: Subject;
}

function planOf({ finding, document, choices }: CureRequest): Planned {
  const node = functionAt(document.source.offsetAt(finding.range.start), document);
  if (!node || node.hasError)
    throw new Refusal('unparsed-syntax', { line: finding.range.start.line + 1, file: document.file }, finding);
  if (isOfFlow(document.source.text)) throw new Refusal('flow-types', { file: document.file });
  const around = outermostFunction(node);
  const all = around ? candidatesIn(around, document) : [];
  const handed = all.find((one) => one.node.id === node.id) ?? candidateOf(node, document)!;
  const isWanted = choices.name !== undefined || choices.into !== undefined;
  if (!isWanted) {
    if (isGlobalScript(document)) throw new Refusal('global-script', { file: document.file });
    refuseLeft('one-of-several', oneOfSeveral(handed, all), document);
    refuseLeft('used-beside', leftBeside(handed, all, document.root), document);
  }
  const { group } = joined(handed, all);
  const found = [handed.candidate, ...all.flatMap((one) => (one === handed ? [] : one.candidate))];
  const subject = {
    name: textOf(nameOf(node), document),
    to: (finding.data.passedTo as string[] | undefined) ?? [],
    symbol: finding.symbol ?? '',
    file: document.file,
    ...companyOf(
      node,
      found.filter((one) => isOf(one, group)),
      document,
    ),
  };
  const names = namesOf(subject, document, choices.name, finding.range.start.line + 1);
  const [main, ...siblings] = toldApart(found, group).map((one) => withVerb(one, names)) as [Candidate, ...Candidate[]];
  // `new Ranking(limit).call` says less than a function that is handed out; what is handed out beside
  // listeners takes them off again, unless a `disposer` makes it.
  const isMaker = verbOf(wordsOf(subject.symbol.split('.').at(-1)!).at(-1) ?? '') !== undefined;
  const isUnsaid =
    (main.to === 'return' && /^(?:call|handle)$/.test(main.method)) ||
    (!isMaker && found.slice(1).some((one) => one.to === 'return' && one.method === 'call' && isOf(one, group)));
  if (!isWanted && isUnsaid) throw new Refusal('no-name', { line: finding.range.start.line + 1, file: document.file });
  const { into } = choices;
  const elsewhere = into === undefined || into === document.file ? {} : { into };
  if (elsewhere.into !== undefined && !sharesKind(elsewhere.into, document.file))
    throw new Refusal('unreachable-module', { module: elsewhere.into, file: document.file });
  const together = group
    .filter((one) => group.some((other) => other !== one && areOfOneObject(other, one)))
    .map(({ node: { startIndex } }) => startIndex);
  return { args: { ...names, file: document.file, ...elsewhere, isWanted, main, together, siblings }, subject };
}

function refuseLeft(code: string, left: Left | undefined, { file, source }: Document): void {
  if (left) throw new Refusal(code, { name: left.name, line: source.lineAt(left.at) + 1, file });
}

const isOf = ({ start }: Candidate, group: readonly HandedFunction[]): boolean =>
  group.some(({ node }) => node.startIndex === start);

/** What a `LineReader` does is to read, if nothing else says it. */
function withVerb(one: Candidate, { className }: Names): Candidate {
  const words = wordsOf(className);
  const verb = verbOf(words.at(-1)!);
  const saysNothing = one.method === 'call' || wordsOf(one.method).join('_') === words.join('_');
  return verb !== undefined && saysNothing ? { ...one, method: verb } : one;
}

/** A class with types is no JavaScript, and one without would be no help to TypeScript. */
function sharesKind(into: string, file: string): boolean {
  const isTyped = (one: string): boolean => /\.[cm]?tsx?$/.test(one);
  return /(?<!\.d)\.[cm]?[jt]sx?$/.test(into) && isTyped(into) === isTyped(file);
}

function functionAt(start: number, { root }: Document): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  for (let at = root.descendantForIndex(start, start); at; at = at.parent)
    if (FUNCTION_KINDS.has(at.type) && at.startIndex === start) found = at;
  return found;
}

/** Listeners of one event of two objects are told apart by these: `handleSaveButtonClick` for `saveButton.addEventListener('click')`. */
function toldApart(candidates: readonly Candidate[], group: readonly HandedFunction[]): Candidate[] {
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

/** What the functions of one class are handed to, and what the first one does with what it changes. */
function companyOf(
  node: SyntaxNode,
  [main, ...siblings]: readonly Candidate[],
  document: Document,
): Pick<Subject, 'events' | 'methods' | 'grows' | 'isMost'> {
  const { writes, mutates } = capturedNames(node, document);
  const changed = [...writes, ...mutates];
  const names = changed.map(({ name }) => name);
  // What is handed out and only looks at the state names nobody.
  const others = siblings.filter(
    (one) => one.to !== 'return' || [...one.writes, ...one.mutates].some((name) => names.includes(name)),
  );
  const outer = enclosingTypeScriptFunction(node);
  const code = document.source.slice(node.startIndex, node.endIndex);
  const isInside = ({ start }: { readonly start: number }): boolean =>
    node.startIndex <= start && start < node.endIndex;
  return {
    events: [main!, ...others].map(({ to }) => to),
    methods: [main!, ...others].map(({ method }) => (/^handle[A-Z]/.test(method) ? '' : method)),
    grows: growing(
      changed.map((one) => ({
        name: one.name,
        first: firstValue(one, document),
        isSeen: one.reads.some((read) => !isInside(read)),
      })),
      code,
    ),
    isMost: outer !== undefined && code.length * 2 > outer.endIndex - outer.startIndex,
  };
}

function firstValue({ writes: [write] }: Binding, document: Document): string {
  const name = write && document.root.namedDescendantForIndex(write.start, write.end);
  const declarator = name?.parent?.type === 'variable_declarator' ? name.parent : undefined;
  const value = declarator?.childForFieldName('value');
  return value ? document.source.slice(value.startIndex, value.endIndex) : '';
}

function textOf(node: SyntaxNode | undefined, { source }: Document): string {
  return node ? source.slice(node.startIndex, node.endIndex).replace(/^['"]|['"]$/g, '') : '';
}
