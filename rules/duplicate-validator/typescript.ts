import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { typeScriptStringValue } from '../../core/syntax/typescript';
import { cluesOfNode } from './cures/extract-validator/typescript/clues-of-node';
import type { RegexFact, ValidationFact } from './facts';
import { sortFlags } from './pattern/dialect';
import { normaliseJavaScript } from './pattern/javascript';
import { Assigned, lastPart, placeOf, sliceOf } from './place';
import { validatorName } from './python';
import type { Held } from './python-constant';
import { typeScriptBodies } from './typescript-body';
import { heldBy, unwrap } from './typescript-constant';
import { callAt, decidesRejection, isNoArgument } from './typescript-guard';
import { setGuards } from './typescript-set';

/**
 * Finds validations of one TypeScript or JavaScript file. The text is searched first, the tree is asked only about the few places
 * where something was found.
 */
export function startTypeScript(file: ParsedFile): FactVisitor<readonly ValidationFact[]> {
  return {
    finish() {
      const calls = methodCalls(file.source.text);
      const checks = [
        ...testGuards(file, calls.matches),
        ...declaredPatterns(file, calls.declarations),
        ...setGuards(file, calls.members),
      ];
      const facts = [...checks, ...typeScriptBodies(file, checks)];
      return facts.length > 0 ? facts.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]) : undefined;
    },
  };
}

/** Offsets of the dots in front of methods that validate. */
interface MethodCalls {
  readonly matches: readonly number[];
  readonly members: readonly number[];
  readonly declarations: readonly number[];
}

const METHODS =
  /\.(?:(test|exec|match|search)|(includes|has|indexOf)|(?:regex|matches|pattern)(?=\s*\(\s*[/A-Za-z_$'"`\n]))\s*\(/g;

/** One pass for all of them: a text is read once, not once for each. */
function methodCalls(text: string): MethodCalls {
  const calls = { matches: [] as number[], members: [] as number[], declarations: [] as number[] };
  for (const hit of text.matchAll(METHODS))
    (hit[1] ? calls.matches : hit[2] ? calls.members : calls.declarations).push(hit.index);
  return calls;
}

/** `.test(`, `.exec(` of anything; `.match(`, `.search(` of a literal or a name. */
const TEST_CALL = /\.(?:(test|exec)\s*\(|(match|search)\s*\(\s*(?=(\/|[\w$.]+)))/y;

function testGuards(file: ParsedFile, dots: readonly number[]): RegexFact[] {
  const { text } = file.source;
  const names = patternNames(text);
  const found: RegexFact[] = [];
  for (const dot of dots) {
    TEST_CALL.lastIndex = dot;
    const hit = TEST_CALL.exec(text);
    if (!hit) continue;
    if (hit[1] ? !mayBePattern(text, dot, names) : !(hit[3] === '/' || names.has(lastPart(hit[3] ?? '')))) continue;
    const call = callAt(file, dot + 1);
    if (!call || call.hasError) continue;
    if (!decidesRejection(call, file.source, hit[1] === 'test')) continue;
    const args = call.childForFieldName('arguments')?.namedChildren ?? [];
    const receiver = call.childForFieldName('function')?.childForFieldName('object');
    const [pattern, subject] = hit[1] ? [receiver, args[0]] : [args[0], receiver];
    if (!pattern || (subject && isNoArgument(file, subject))) continue;
    const written = writtenOrHeld(file, pattern, names);
    if (written) found.push(regexFact(file, call, written, { isGuard: true }));
  }
  return found;
}

/** Cheap: in front of the dot stands a literal's end, a bracket, or a name that this file gives a pattern. */
function mayBePattern(text: string, dot: number, names: Assigned): boolean {
  let end = dot;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  const before = text.slice(Math.max(0, end - 60), end);
  if (/(?:\/[a-z]{0,7}|\))$/.test(before)) return true;
  const name = /[\w$]+$/.exec(before)?.[0];
  return name !== undefined && names.has(name);
}

/** Names of this file that may hold a pattern. */
function patternNames(text: string): Assigned {
  return new Assigned(text, String.raw`(?:\(\s*)?(?:\/[^/*\s]|(?:new\s+)?RegExp\()`);
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

function writtenOrHeld(file: ParsedFile, node: SyntaxNode, names: Assigned): WrittenPattern | undefined {
  const written = patternOf(file, node);
  if (written) return written;
  if (!/^(?:identifier|member_expression)$/.test(node.type) || !names.has(lastPart(sliceOf(file, node))))
    return undefined;
  const held = heldBy(file, node);
  const inner = held && patternOf(file, held.value);
  return inner && { ...inner, held };
}

const RULE = /@(?:Matches|Is)\s*\(|\bpattern\s*:\s*(?=[/{A-Za-z_$n])/g;

/** Constraints that a library enforces: zod, yup, Joi, class-validator, Sequelize, Angular, form rules. */
function declaredPatterns(file: ParsedFile, dots: readonly number[]): RegexFact[] {
  const { text } = file.source;
  const hasRules = text.includes('patter') || text.includes('@Matc') || text.includes('@Is');
  const rules = hasRules ? [...text.matchAll(RULE)].map((hit) => hit.index) : [];
  if (dots.length + rules.length === 0) return [];
  const names = patternNames(text);
  const found: RegexFact[] = [];
  for (const offset of [...dots, ...rules].sort((a, b) => a - b)) {
    const declared = text[offset] === 'p' ? rulePattern(file, offset) : calledPattern(file, offset + 1);
    if (!declared || declared.node.hasError) continue;
    const isAngular = /\bValidators$/.test(text.slice(Math.max(0, offset - 12), offset));
    const literal = isAngular ? typeScriptStringValue(declared.value, file.source) : undefined;
    const written =
      literal === undefined ? writtenOrHeld(file, declared.value, names) : { pattern: literal, flags: '' };
    if (written) found.push(regexFact(file, declared.node, written, { isWhole: literal !== undefined }));
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

function regexFact(
  file: ParsedFile,
  node: SyntaxNode,
  written: WrittenPattern,
  { isGuard = false, isWhole = false }: { readonly isGuard?: boolean; readonly isWhole?: boolean },
): RegexFact {
  const normal = normaliseJavaScript(written.pattern, written.flags, isWhole);
  const place = placeOf(file, node, isGuard);
  const name = written.held?.name ?? validatorName(place.symbol);
  return {
    kind: 'regex',
    key: `ts:search:${normal.text}`,
    pattern: written.pattern,
    flags: sortFlags(written.flags),
    mode: isWhole ? 'fullmatch' : 'search',
    atoms: normal.atoms,
    ...place,
    clues: cluesOfNode(file, node, place.symbol ?? ''),
    ...(written.held ? { via: written.held.via } : {}),
    ...(name ? { name } : {}),
  };
}
