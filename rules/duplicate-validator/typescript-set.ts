import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingTypeScriptFunction, typeScriptNameOf, typeScriptStringValue } from '../../core/syntax/typescript';
import { cluesOfNode } from './cures/extract-validator/typescript/clues-of-node';
import type { SetFact } from './facts';
import { Assigned, placeOf, sliceOf } from './place';
import { isTrivialSet, setKey } from './set';
import { parameterNames } from './typescript-body';
import { heldBy, unwrap } from './typescript-constant';
import { callAt, isNoArgument, rejectionWhenFalse } from './typescript-guard';
import { isValidatorName } from './weight';

/** An array or a set of constants: texts, numbers and members of enumerations. */
const DISPLAY = String.raw`(?:\(\s*)*(?:new\s+Set\b[^([\n]*\(\s*|Object\.freeze\(\s*)?\[(?:[\s,]|\/\/[^\n]*(?=\n)|\/\*[^*]*\*\/|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|${'`'}[^${'`'}]*${'`'}|\b(?:\d[\w.]*|true|false|null|undefined|[A-Z]\w*(?:\.\w+)+)(?![\w.]))+\]`;

/**
 * `![...].includes(x)`, also against a constant.
 * @param dots where `.includes(`, `.has(` and `.indexOf(` stand
 */
export function setGuards(file: ParsedFile, dots: readonly number[]): SetFact[] {
  const { text } = file.source;
  const found: SetFact[] = [];
  const names = new Assigned(text, DISPLAY);
  for (const dot of dots) {
    // What stands in front is looked at by hand, from right to left.
    const name = receiverName(text, dot);
    if (name === undefined || (name !== '' && !names.has(name))) continue;
    const call = callAt(file, dot + 1);
    const receiver = call?.childForFieldName('function')?.childForFieldName('object');
    if (!call || !receiver || call.hasError) continue;
    const subject = call.childForFieldName('arguments')?.firstNamedChild;
    const rejection = rejectionWhenFalse(call, file.source);
    if (!rejection || !subject || isNoArgument(file, subject)) continue;
    if (rejection === 'false' && !judgesArgument(file, call, subject)) continue;
    const inner = unwrap(receiver);
    const held = /^(?:identifier|member_expression)$/.test(inner.type) ? heldBy(file, inner) : undefined;
    const members = membersOf(file, held?.value ?? inner);
    if (!members || isTrivialSet(members) || isStatusCheck(file, subject, members)) continue;
    const place = placeOf(file, call, true);
    found.push({
      kind: 'set',
      key: setKey('ts', members),
      members: [...new Set(members)].sort(),
      ...place,
      clues: cluesOfNode(file, call, place.symbol ?? ''),
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

/** With a bare `false` as the answer it must be an argument that is refused: a state that is looked up is a question. */
function judgesArgument(file: ParsedFile, call: SyntaxNode, subject: SyntaxNode): boolean {
  const holder = enclosingTypeScriptFunction(call);
  const name = holder && typeScriptNameOf(holder, file.source);
  const root = /^[\w$]+/.exec(sliceOf(file, subject))?.[0];
  return (
    holder !== undefined &&
    (parameterNames(file, holder).includes(root ?? '') || (name !== undefined && isValidatorName(name)))
  );
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
