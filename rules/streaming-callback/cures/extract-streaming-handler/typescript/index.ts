import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { LanguageCure } from '../../../../../core/rule/language-cure';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Candidate, HandlerArgs } from './args';
import { candidateOf, candidatesIn, outermostFunction } from './candidates';
import { joined, type Left, leftBeside, oneOfSeveral } from './joined';
import { areOfOneObject, namesOf, type Subject } from './names';
import { gatheredForEnd } from './seen';
import { isUnsaid, subjectOf, toldApart, withVerb } from './subject';

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
  const line = finding.range.start.line + 1;
  if (!node || node.hasError) throw new Refusal('unparsed-syntax', { line, file: document.file }, finding);
  const around = outermostFunction(node);
  const all = around ? candidatesIn(around, document) : [];
  const handed = all.find((one) => one.node.id === node.id) ?? candidateOf(node, document)!;
  const isWanted = choices.name !== undefined || choices.into !== undefined;
  const found = joined(handed, all);
  if (!isWanted) {
    refuseLeft('one-of-several', oneOfSeveral(handed, found, all), document);
    refuseLeft('used-beside', leftBeside(found, all, document.root), document);
    const name = gatheredForEnd(found, document.root);
    if (name !== undefined) throw new Refusal('only-filled', { name, line, file: document.file });
  }
  const { group } = found;
  const subject = subjectOf(handed, group, document);
  const names = namesOf(subject, document, choices.name, line);
  const [main, ...siblings] = toldApart(handed, group, all).map((one) => withVerb(one, names.className)) as [
    Candidate,
    ...Candidate[],
  ];
  if (!isWanted && isUnsaid(main, group, subject)) throw new Refusal('no-name', { line, file: document.file });
  const { into } = choices;
  const elsewhere = into === undefined || into === document.file ? {} : { into };
  if (elsewhere.into !== undefined && !sharesKind(elsewhere.into, document.file))
    throw new Refusal('unreachable-module', { module: elsewhere.into, file: document.file });
  const together = group
    .filter((one) => group.some((other) => other !== one && areOfOneObject(other.candidate, one.candidate)))
    .map(({ node: { startIndex } }) => startIndex);
  return { args: { ...names, file: document.file, ...elsewhere, isWanted, main, together, siblings }, subject };
}

function refuseLeft(code: string, left: Left | undefined, { file, source }: Document): void {
  if (left) throw new Refusal(code, { name: left.name, line: source.lineAt(left.at) + 1, file });
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
