import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { typeScriptStringValue } from '../../core/syntax/typescript';
import type { SetFact } from './facts';
import { assignedNames, placeOf, sliceOf } from './place';
import { isTrivialSet, setKey } from './set';
import { heldBy, unwrap } from './typescript-constant';
import { callAt, decidesRejection, isEnvironment } from './typescript-guard';

/** The method of a membership test; what stands in front of it is looked at by hand, from right to left. */
const MEMBER_TEST = /\.(?:includes|has|indexOf)\s*\(/g;

/** How an array or a set of constants starts. */
const DISPLAY = /=\s*(?:\(\s*)?(?:new\s+Set\b[^([\n]*\(\s*|Object\.freeze\(\s*)?\[\s*(?:\/\/[^\n]*\s*)?[\w"'`]/g;

/** `![...].includes(x)`, also against a constant. */
export function setGuards(file: ParsedFile): SetFact[] {
  const { text } = file.source;
  const found: SetFact[] = [];
  let names: Set<string> | undefined;
  for (const hit of text.matchAll(MEMBER_TEST)) {
    const name = receiverName(text, hit.index);
    if (name === undefined) continue;
    if (name !== '') {
      names ??= assignedNames(text, DISPLAY);
      if (!names.has(name)) continue;
    }
    const call = callAt(file, hit.index + 1);
    const receiver = call?.childForFieldName('function')?.childForFieldName('object');
    if (!call || !receiver || call.hasError || !isRefused(call, file)) continue;
    const subject = call.childForFieldName('arguments')?.firstNamedChild;
    if (!subject || isEnvironment(file, subject)) continue;
    const inner = unwrap(receiver);
    const held = /^(?:identifier|member_expression)$/.test(inner.type) ? heldBy(file, inner) : undefined;
    const members = membersOf(file, held?.value ?? inner);
    if (!members || isTrivialSet(members) || isStatusCheck(file, subject, members)) continue;
    found.push({
      kind: 'set',
      key: setKey('ts', members),
      members: [...new Set(members)].sort(),
      ...placeOf(file, call, true),
      ...(held ? { via: held.via } : {}),
    });
  }
  return found;
}

/** The last part of the name in front of a dot; empty behind a bracket, where a display may end; undefined for the rest. */
function receiverName(text: string, dot: number): string | undefined {
  let end = dot;
  if (text[end - 1] === '?') end--;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  const last = text[end - 1];
  if (last === ']') return /["'`\w\s,]/.test(text[end - 2] ?? '') ? '' : undefined;
  if (last === ')') return /\bas\s[^()]{1,60}\)$/.test(text.slice(Math.max(0, end - 70), end)) ? '' : undefined;
  return /[\w$]+$/.exec(text.slice(Math.max(0, end - 80), end))?.[0];
}

/** The membership is negated (`!`, `=== -1`, `=== false`) and that decides a rejection. */
function isRefused(call: SyntaxNode, file: ParsedFile): boolean {
  let at = call;
  while (at.parent?.type === 'parenthesized_expression') at = at.parent;
  const parent = at.parent;
  const isNegated =
    (parent?.type === 'unary_expression' && file.source.text[parent.startIndex] === '!') ||
    (parent?.type === 'binary_expression' &&
      /^\s*(?:===?\s*(?:-1|false)|<\s*0)\s*$/.test(file.source.slice(at.endIndex, parent.endIndex)));
  return isNegated && decidesRejection(call, file.source, true);
}

/** The members of an array or `new Set([...])` of constants as text; undefined where one is no constant. */
function membersOf(file: ParsedFile, display: SyntaxNode): string[] | undefined {
  const value = unwrap(display);
  if (value.type === 'new_expression' || value.type === 'call_expression') {
    const name = value.childForFieldName('constructor') ?? value.childForFieldName('function');
    const isSet = name !== null && /^(?:Set|Object\.freeze)$/.test(sliceOf(file, name));
    const inner = isSet ? value.childForFieldName('arguments')?.firstNamedChild : null;
    return inner ? membersOf(file, inner) : undefined;
  }
  if (value.type !== 'array' || value.namedChildCount > 200) return undefined;
  const members: string[] = [];
  for (const child of value.namedChildren) {
    if (child.type === 'comment') continue;
    const literal = typeScriptStringValue(child, file.source);
    const text = sliceOf(file, child);
    if (literal !== undefined) members.push(JSON.stringify(literal));
    else if (/^(?:number|true|false|null|undefined)$/.test(child.type)) members.push(text);
    else if (child.type === 'member_expression' && /^(?:[A-Z]\w*\.)+[A-Z]\w*$/.test(text)) members.push(text);
    else return undefined;
  }
  return members;
}

/** `[200, 204].includes(response.status)` reads an answer, it validates no argument. */
function isStatusCheck(file: ParsedFile, subject: SyntaxNode, members: readonly string[]): boolean {
  return members.every((one) => /^[1-5]\d\d$/.test(one)) && /status|code/i.test(sliceOf(file, subject));
}
