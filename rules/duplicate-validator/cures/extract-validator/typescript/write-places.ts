import type { Document } from '../../../../../core/edit/snapshot';
import { callExpression, typeScriptString } from '../../../../../core/edit/typescript/format';
import type { HeldConstant } from './check';
import { readsOf } from './constant-reads';
import { type Draft, spanOf } from './draft';
import { type Site, textOf } from './site';
import type { Unit } from './unit';

/** The body of a unit becomes a call; comments that are its own stay above it. */
export function writeCall(draft: Draft, unit: Unit, index: number): void {
  const { document } = unit.site;
  const { file, source, style } = document;
  const { start, end } = draft.comments!.rangeOf(unit);
  const indent = /^[ \t]*/.exec(source.text.slice(source.text.lastIndexOf('\n', start - 1) + 1))![0];
  const name = draft.plan.validator!;
  const args = [...unit.inputs];
  for (const { kind, values } of draft.plan.cluster!.parameters)
    args.push(kind === 'text' ? typeScriptString(values[index]!, style) : values[index]!);
  const lead = unit.returns === 'nothing' ? '' : 'return ';
  const format = { style, indentation: indent };
  const call = callExpression(`${lead}${name}`, args, format).replaceAll('\n', `\n${indent}`);
  const stay = draft.comments!.stayingAt(unit).map((one) => `${textOf(document, one)}\n${indent}`);
  const uses = file === draft.plan.target.file ? [] : [name];
  draft.edits.push({ file, start, end, code: `${stay.join('')}${call}${style.semicolons ? ';' : ''}`, uses });
  draft.take(document, { startIndex: start, endIndex: end });
  const { check } = unit.site;
  const asksText = draft.plan.predicate !== undefined && /^(?:match|search)$/.test(check?.method ?? '');
  if (asksText && check?.subject) draft.strings.push(spanOf(document, check.subject));
}

/** `PATTERN.test(x)` becomes `isValidName(x)`: `x` stays as it is. */
export function writeAsk(
  draft: Draft,
  { document, check }: Site,
  { node, isNegated }: { node: { startIndex: number; endIndex: number }; isNegated: boolean },
): void {
  const { file } = document;
  let subject = check!.subject!;
  while (subject.type === 'parenthesized_expression' && subject.namedChildCount === 1)
    subject = subject.firstNamedChild!;
  const name = draft.plan.predicate!;
  const uses = file === draft.plan.target.file ? [] : [name];
  draft.edits.push({
    file,
    start: node.startIndex,
    end: subject.startIndex,
    code: `${isNegated ? '!' : ''}${name}(`,
    uses,
  });
  draft.edits.push({ file, start: subject.endIndex, end: node.endIndex, code: ')', uses });
  for (const span of brokenAround(draft, node, document)) draft.edits.push({ ...span, code: '', uses });
  draft.take(document, check!.given);
  if (/^(?:match|search)$/.test(check!.method)) draft.strings.push(spanOf(document, subject));
}

/** The blanks between a condition of several lines, of which one will do, and its brackets. */
function brokenAround(
  draft: Draft,
  node: { startIndex: number; endIndex: number },
  document: Document,
): { file: string; start: number; end: number }[] {
  const { file, source, style } = document;
  const { text } = source;
  const before = /\(([ \t]*\r?\n\s*)(!?)$/.exec(text.slice(Math.max(0, node.startIndex - 200), node.startIndex));
  const after = /^(\s*\r?\n[ \t]*)\)/.exec(text.slice(node.endIndex, node.endIndex + 200));
  if (!before || !after || !text.slice(node.startIndex, node.endIndex).includes('\n')) return [];
  const start = node.startIndex - before[2]!.length;
  const open = start - before[1]!.length;
  const head = text.slice(text.lastIndexOf('\n', open - 1) + 1, open);
  const check = draft.plan.predicate!.length + 10;
  if (head.length + check > style.lineLength - 20) return [];
  return [
    { file, start: open, end: start },
    { file, start: node.endIndex, end: node.endIndex + after[1]!.length },
  ];
}

/** The place names the shared constant. */
export function writeConstantName(draft: Draft, site: Site): void {
  const { constant, target, isKept } = draft.plan;
  const { document } = site;
  const { given, held } = site.check!;
  if (held && held.declarator.id === constant!.there?.declarator.id && document.file === target.file) return;
  const uses = document.file === target.file ? [] : [constant!.name];
  if (isKept && held) {
    writeKeptName(draft, held, document);
    return;
  }
  draft.edits.push({ ...spanOf(document, given), code: constant!.name, uses });
  draft.take(document, given);
}

/** Wherever a module names the constant that it has no more, it means the shared one. */
function writeKeptName(draft: Draft, held: HeldConstant, document: Document): void {
  const { file } = document;
  for (const { start, end } of readsOf(held, document)) {
    if (draft.rewritten.some((one) => one.file === file && one.start === start)) continue;
    draft.rewritten.push({ file, start, end });
    draft.take(document, { startIndex: start, endIndex: end });
  }
}
