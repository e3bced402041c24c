import { callExpression, typeScriptString } from '../../../../../core/edit/typescript/format';
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
  draft.take(document, check!.given);
  if (/^(?:match|search)$/.test(check!.method)) draft.strings.push(spanOf(document, subject));
}

/** The place names the shared constant. */
export function writeConstantName(draft: Draft, { document, check }: Site): void {
  const { constant, target } = draft.plan;
  const { given, held } = check!;
  if (held && held.declarator.id === constant!.there?.declarator.id && document.file === target.file) return;
  const uses = document.file === target.file ? [] : [constant!.name];
  draft.edits.push({ ...spanOf(document, given), code: constant!.name, uses });
  draft.take(document, given);
}
