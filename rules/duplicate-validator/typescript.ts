import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import {
  enclosingTypeScriptFunction,
  enclosingTypeScriptSymbol,
  typeScriptStringValue,
} from '../../core/syntax/typescript';
import { atOf, type RegexFact, type SetFact, type ValidationFact } from './facts';
import { normaliseJavaScript, sortFlags } from './pattern/javascript';
import { validatorName } from './python';
import type { Held } from './python-constant';
import { isTrivialSet, setKey } from './set';
import { typeScriptBodies } from './typescript-body';
import { heldBy, unwrap } from './typescript-constant';
import { decidesRejection } from './typescript-guard';

/** Files without any of these words hold no validator. */
export const TYPESCRIPT_TRIGGER =
  /\.(?:test|exec|match|search|regex|matches|pattern|includes|has|indexOf)\s*\(|@(?:Matches|Is)\(|\bpattern\s*:|\bthrow\b|\breturn false\b/;

/**
 * Finds validations of one TypeScript or JavaScript file. The text is searched first, the tree is asked only about the few places
 * where something was found.
 */
export function startTypeScript(file: ParsedFile): FactVisitor<readonly ValidationFact[]> {
  return {
    finish() {
      const checks = [...testGuards(file), ...declaredPatterns(file), ...setGuards(file)];
      const facts = [...checks, ...typeScriptBodies(file, checks)];
      return facts.length > 0 ? facts.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]) : undefined;
    },
  };
}

/** `.test(`, `.exec(` of anything; `.match(`, `.search(` of a literal or a name. */
const TEST_CALL = /\.(?:(test|exec)\s*\(|(match|search)\s*\(\s*(?=[/A-Za-z_$]))/g;

function testGuards(file: ParsedFile): RegexFact[] {
  const { text } = file.source;
  const found: RegexFact[] = [];
  for (const hit of text.matchAll(TEST_CALL)) {
    if (hit[1] && !mayBePattern(text, hit.index)) continue;
    const call = callAt(file, hit.index + 1);
    if (!call || call.hasError) continue;
    if (!decidesRejection(call, file.source, hit[1] === 'test')) continue;
    const args = call.childForFieldName('arguments')?.namedChildren ?? [];
    const receiver = call.childForFieldName('function')?.childForFieldName('object');
    const [pattern, subject] = hit[1] ? [receiver, args[0]] : [args[0], receiver];
    if (!pattern || (subject && isEnvironment(file, subject))) continue;
    const written = writtenOrHeld(file, pattern);
    if (written) found.push({ ...regexFact(file, call, written), ...scopeOf(file, call) });
  }
  return found;
}

/** Cheap: in front of the dot stands a literal's end, a bracket, or a name that this file gives a pattern. */
function mayBePattern(text: string, dot: number): boolean {
  const before = text.slice(Math.max(0, dot - 80), dot);
  if (/[/)]\s*$|\/[a-z]{1,7}\s*$/.test(before)) return true;
  const name = /([\w$]+)\s*$/.exec(before)?.[1];
  return name !== undefined && mayHold(text, name, '(?:\\/|new\\s+RegExp\\b|RegExp\\()');
}

/** Cheap: is there `name = <start>` or `name: Type = <start>` in this text? */
function mayHold(text: string, name: string, start: string): boolean {
  return new RegExp(`(?:^|[^\\w$])${name.replace(/\$/g, '\\$')}\\s*(?::[^=\\n]*)?=\\s*\\(?\\s*${start}`).test(text);
}

/** Which browser or machine this is, is no argument that somebody validates. */
function isEnvironment(file: ParsedFile, subject: SyntaxNode): boolean {
  return /\b(?:navigator|userAgent|ua|process\.(?:platform|env|argv)|window\.location|location\.|document\.)/.test(
    sliceOf(file, subject),
  );
}

function callAt(file: ParsedFile, offset: number): SyntaxNode | undefined {
  const member = file.root.descendantForIndex(offset, offset)?.parent;
  const call = member?.type === 'member_expression' ? member.parent : undefined;
  return call?.type === 'call_expression' && call.childForFieldName('function')?.id === member?.id ? call : undefined;
}

interface WrittenPattern {
  readonly pattern: string;
  readonly flags: string;
  readonly held?: Held;
}

/** A regular expression literal, or `new RegExp('...', 'i')` of constants. */
function patternOf(file: ParsedFile, node: SyntaxNode): WrittenPattern | undefined {
  const value = unwrap(node);
  if (value.type === 'regex') {
    const pattern = value.childForFieldName('pattern');
    const flags = value.childForFieldName('flags');
    return pattern ? { pattern: sliceOf(file, pattern), flags: flags ? sliceOf(file, flags) : '' } : undefined;
  }
  if (value.type !== 'new_expression' && value.type !== 'call_expression') return undefined;
  const name = value.childForFieldName('constructor') ?? value.childForFieldName('function');
  if (!name || sliceOf(file, name) !== 'RegExp') return undefined;
  const [first, second] = value.childForFieldName('arguments')?.namedChildren ?? [];
  const flags = second ? typeScriptStringValue(second, file.source) : '';
  if (!first || flags === undefined) return undefined;
  const pattern = first.type === 'regex' ? patternOf(file, first)?.pattern : typeScriptStringValue(first, file.source);
  return pattern === undefined ? undefined : { pattern, flags };
}

function writtenOrHeld(file: ParsedFile, node: SyntaxNode): WrittenPattern | undefined {
  const written = patternOf(file, node);
  if (written) return written;
  const name = /(?:^|\.)(#?[\w$]{1,80})$/.exec(sliceOf(file, node))?.[1];
  if (!name || !/^(?:identifier|member_expression)$/.test(node.type)) return undefined;
  if (!mayHold(file.source.text, name, '(?:\\/|new\\s+RegExp\\b|RegExp\\()')) return undefined;
  const held = heldBy(file, node);
  const inner = held && patternOf(file, held.value);
  return inner && { ...inner, held };
}

const DECLARED =
  /\.(?:regex|matches|pattern)\s*\(\s*(?=[/A-Za-z_$'"`\n])|@(?:Matches|Is)\s*\(|\bpattern\s*:\s*(?=[/{A-Za-z_$n])/g;

/** Constraints that a library enforces: zod, yup, Joi, class-validator, Sequelize, Angular, form rules. */
function declaredPatterns(file: ParsedFile): RegexFact[] {
  const { text } = file.source;
  const found: RegexFact[] = [];
  for (const hit of text.matchAll(DECLARED)) {
    const declared = hit[0].startsWith('pattern') ? rulePattern(file, hit.index) : calledPattern(file, hit.index + 1);
    if (!declared || declared.node.hasError) continue;
    const isAngular = /\bValidators$/.test(text.slice(Math.max(0, hit.index - 12), hit.index));
    const literal = isAngular ? typeScriptStringValue(declared.value, file.source) : undefined;
    const written = literal === undefined ? writtenOrHeld(file, declared.value) : { pattern: literal, flags: '' };
    if (written) found.push(regexFact(file, declared.node, written, literal !== undefined));
  }
  return found;
}

interface Declared {
  /** What is pointed at. */
  readonly node: SyntaxNode;
  readonly value: SyntaxNode;
}

/** The pattern among the arguments of `.regex(...)`, `@Matches(...)`, `@Is('name', ...)`. */
function calledPattern(file: ParsedFile, offset: number): Declared | undefined {
  const name = file.root.descendantForIndex(offset, offset);
  const call = name?.parent?.type === 'member_expression' ? name.parent.parent : name?.parent;
  if (call?.type !== 'call_expression') return undefined;
  const args = call.childForFieldName('arguments');
  const [first, second] = args?.namedChildren ?? [];
  const value = first?.type === 'string' && second ? second : first;
  // From the method's name on: `z.string().min(1)` in front says nothing.
  return value && name && args ? { node: name, value } : undefined;
}

/** `pattern: /.../` or `pattern: { value: /.../, message }` of a form rule, known by its message. */
function rulePattern(file: ParsedFile, offset: number): Declared | undefined {
  const pair = file.root.descendantForIndex(offset, offset)?.parent;
  const value = pair?.type === 'pair' ? pair.childForFieldName('value') : undefined;
  if (!pair || !value) return undefined;
  const rule = value.type === 'object' ? value : pair.parent;
  if (!rule || !memberOf(file, rule, 'message')) return undefined;
  const pattern = value.type === 'object' ? memberOf(file, value, 'value') : value;
  return pattern ? { node: pair, value: pattern } : undefined;
}

function memberOf(file: ParsedFile, object: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const member of object.namedChildren) {
    const key = member.type === 'pair' ? member.childForFieldName('key') : null;
    if (key && sliceOf(file, key) === name) return member.childForFieldName('value') ?? undefined;
  }
  return undefined;
}

function regexFact(file: ParsedFile, node: SyntaxNode, written: WrittenPattern, whole = false): RegexFact {
  const normal = normaliseJavaScript(written.pattern, written.flags, whole);
  const symbol = enclosingTypeScriptSymbol(node, file.source);
  const name = written.held?.name ?? validatorName(symbol);
  return {
    kind: 'regex',
    key: `ts:search:${normal.text}`,
    pattern: written.pattern,
    flags: sortFlags(written.flags),
    mode: whole ? 'fullmatch' : 'search',
    atoms: normal.atoms,
    at: atOf(file, node.startIndex, node.endIndex),
    ...(symbol ? { symbol } : {}),
    ...(written.held ? { via: written.held.via } : {}),
    ...(name ? { name } : {}),
  };
}

/** `[...].includes(`, `NAME.has(`: a display, or a name, right in front of the call. */
const MEMBER_TEST = /(?:(\])|\bas\s+[\w\s[\]<>.|"']{1,40}\)|([\w$]+))\s*\.(?:includes|has|indexOf)\s*\(/g;

/** `![...].includes(x)`, also against a constant. */
function setGuards(file: ParsedFile): SetFact[] {
  const { text } = file.source;
  const found: SetFact[] = [];
  for (const hit of text.matchAll(MEMBER_TEST)) {
    if (hit[2] && !mayHold(text, hit[2], '(?:new\\s+Set\\b|Object\\.freeze\\(|\\[)')) continue;
    const call = callAt(file, hit.index + hit[0].lastIndexOf('.') + 1);
    const receiver = call?.childForFieldName('function')?.childForFieldName('object');
    if (!call || !receiver || call.hasError || !isRefused(call, file)) continue;
    const subject = call.childForFieldName('arguments')?.firstNamedChild;
    if (!subject || isEnvironment(file, subject)) continue;
    const inner = unwrap(receiver);
    const held = /^(?:identifier|member_expression)$/.test(inner.type) ? heldBy(file, inner) : undefined;
    const members = membersOf(file, held?.value ?? inner);
    if (
      !members ||
      isTrivialSet(members) ||
      (members.every((one) => /^[1-5]\d\d$/.test(one)) && /status|code/i.test(sliceOf(file, subject)))
    ) {
      continue;
    }
    const symbol = enclosingTypeScriptSymbol(call, file.source);
    found.push({
      kind: 'set',
      key: setKey('ts', members),
      members: [...new Set(members)].sort(),
      at: atOf(file, call.startIndex, call.endIndex),
      ...(symbol ? { symbol } : {}),
      ...(held ? { via: held.via } : {}),
      ...scopeOf(file, call),
    });
  }
  return found;
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
    const inner =
      name && /^(?:Set|Object\.freeze)$/.test(sliceOf(file, name))
        ? value.childForFieldName('arguments')?.firstNamedChild
        : null;
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

/** Callbacks in a schema are checks of their own; those of `every` and `some` belong to the function around. */
function scopeOf(file: ParsedFile, node: SyntaxNode): { scope?: number } {
  const holder = enclosingTypeScriptFunction(node);
  if (!holder || holder.parent?.type === 'arguments') return {};
  return { scope: file.source.lineAt(holder.startIndex) };
}

function sliceOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
