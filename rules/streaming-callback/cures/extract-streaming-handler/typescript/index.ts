import { Refusal } from '../../../../../core/edit/refusal';
import type { Document } from '../../../../../core/edit/snapshot';
import { runRecipe } from '../../../../../core/edit/typescript/run-recipe';
import type { CureRequest } from '../../../../../core/rule/cure';
import type { LanguageCure } from '../../../../../core/rule/language-cure';
import { FUNCTION_KINDS } from '../../../../../core/semantics/typescript/frames';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { enclosingTypeScriptFunction } from '../../../../../core/syntax/typescript';
import { wordsOf } from '../../../../../core/text/words';
import { handedOn, nameOf } from '../../../typescript';
import { capturedNames } from '../../../typescript-captured';
import { growing } from '../class-name';
import type { Candidate, HandlerArgs } from './args';
import { methodOf, namesOf, type Subject } from './names';

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
    const { args: planned, node } = planOf(request);
    if (planned.into !== undefined && (await request.snapshot.exists(planned.into)))
      throw new Refusal('file-exists', { file: planned.into });
    const args: HandlerArgs = { ...planned, siblings: siblingsOf(node, request.document) };
    await runRecipe(request, changes, 'extract-streaming-handler', [request.document.file], args);
  },
};

interface Planned {
  readonly node: SyntaxNode;
  readonly args: Omit<HandlerArgs, 'siblings'>;
  readonly subject: Subject;
}

function planOf({ finding, document, choices }: CureRequest): Planned {
  const node = functionAt(document.source.offsetAt(finding.range.start), document);
  if (!node || node.hasError)
    throw new Refusal('unparsed-syntax', { line: finding.range.start.line + 1, file: document.file }, finding);
  const subject = {
    name: textOf(nameOf(node), document),
    to: (finding.data.passedTo as string[] | undefined) ?? [],
    symbol: finding.symbol ?? '',
    file: document.file,
    ...companyOf(node, document),
  };
  const names = namesOf(subject, document, choices.name);
  const main = candidateOf(node, document)!;
  const { into } = choices;
  const other = into === undefined || into === document.file ? {} : { into };
  if (other.into !== undefined && !sharesKind(other.into, document.file))
    throw new Refusal('unreachable-module', { module: other.into, file: document.file });
  const isWanted = choices.name !== undefined || into !== undefined;
  return { node, args: { ...names, file: document.file, ...other, isWanted, main }, subject };
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

function candidateOf(node: SyntaxNode, document: Document): Candidate | undefined {
  const name = nameOf(node);
  const to = handedOn(node, name, document).map((one) => one.to);
  if (to.length === 0) return undefined;
  const { writes, mutates } = capturedNames(node, document);
  return {
    start: node.startIndex,
    end: node.endIndex,
    method: methodOf({ name: textOf(name, document), to }),
    to: to[0]!,
    writes: writes.map((one) => one.name),
    mutates: mutates.map((one) => one.name),
  };
}

/** The other functions that are handed on in the functions around a callback. */
function siblingsOf(node: SyntaxNode, document: Document): Candidate[] {
  let around = enclosingTypeScriptFunction(node);
  for (let next = around; next; next = enclosingTypeScriptFunction(next)) around = next;
  if (!around) return [];
  return around.descendantsOfType([...FUNCTION_KINDS]).flatMap((one) => {
    if (one.id === node.id || one.id === around.id || one.hasError) return [];
    return candidateOf(one, document) ?? [];
  });
}

/** The functions that change what one changes, and what it does with it. */
function companyOf(node: SyntaxNode, document: Document): Pick<Subject, 'events' | 'grows' | 'isMost'> {
  const { writes, mutates } = capturedNames(node, document);
  const names = [...writes, ...mutates].map(({ name }) => name);
  const others = siblingsOf(node, document).filter((one) =>
    [...one.writes, ...one.mutates].some((name) => names.includes(name)),
  );
  const outer = enclosingTypeScriptFunction(node);
  const code = document.source.slice(node.startIndex, node.endIndex);
  const text = outer ? document.source.slice(outer.startIndex, outer.endIndex) : '';
  const first = (name: string): string =>
    new RegExp(`\\b(?:let|var|const)\\s+${name.replaceAll('$', '\\$')}\\b[^=;\\n]*=\\s*([^\\n]*)`).exec(text)?.[1] ??
    '';
  return {
    events: [candidateOf(node, document)?.to ?? '', ...others.map(({ to }) => to)],
    grows: growing(
      names.map((name) => ({ name, words: wordsOf(name), first: first(name) })),
      code,
    ),
    isMost: outer !== undefined && code.length * 2 > text.length,
  };
}

function textOf(node: SyntaxNode | undefined, { source }: Document): string {
  return node ? source.slice(node.startIndex, node.endIndex).replace(/^['"]|['"]$/g, '') : '';
}
