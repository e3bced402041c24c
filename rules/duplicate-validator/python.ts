import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { pythonStringValue } from '../../core/syntax/python';
import type { MatchMode, RegexFact, ValidationFact } from './facts';
import { normalisePython } from './pattern/python';
import { Assigned, lastPart, placeOf, sliceOf } from './place';
import { pythonBodies } from './python-body';
import { type Held, heldBy } from './python-constant';
import { decidesRejection } from './python-guard';
import { setGuards } from './python-set';

/**
 * Finds validations of one Python file. The text is searched first, the tree is asked only about the few places where something
 * was found.
 */
export function startPython(file: ParsedFile): FactVisitor<readonly ValidationFact[]> {
  return {
    finish() {
      const checks = [...matchGuards(file), ...declaredPatterns(file), ...setGuards(file)];
      const facts = [...checks, ...pythonBodies(file, checks)];
      return facts.length > 0 ? facts.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]) : undefined;
    },
  };
}

/** How the value of a compiled pattern starts. */
const COMPILED = String.raw`\(?\s*\w+\.compile\(`;
/** How that of any pattern starts: as a string, or compiled. */
const PATTERN = String.raw`(?:\(|[A-Za-z]{0,2}["']|\w+\.compile\()`;
const MATCH_CALL = /\.(match|fullmatch|search)\s*\(/g;

/** What an error says is told apart, no argument is validated. */
const ERROR_TEXT =
  /\b(?:str|repr)\((?:e|err|error|ex|exc|exception)\)|\b(?:e|err|error|ex|exc|exception)\.(?:args|message|msg|stderr|stdout)\b/;

/** `re.match(pattern, x)` and `NAME_RE.match(x)`. */
function matchGuards(file: ParsedFile): RegexFact[] {
  const { text } = file.source;
  const found: RegexFact[] = [];
  const modules = moduleNames(file);
  if (modules.size === 0) return found;
  const compiled = new Assigned(text, COMPILED);
  for (const hit of text.matchAll(MATCH_CALL)) {
    const receiver = /[\w.]{1,80}$/.exec(text.slice(Math.max(0, hit.index - 80), hit.index))?.[0];
    if (!receiver || !mayGuard(text, hit.index - receiver.length)) continue;
    if (!modules.has(receiver) && !compiled.has(lastPart(receiver))) continue;
    const call = callAt(file, hit.index + 1);
    if (!call || call.hasError || !decidesRejection(call, file.source)) continue;
    if (ERROR_TEXT.test(sliceOf(file, call.childForFieldName('arguments') ?? call))) continue;
    const held = modules.has(receiver) ? firstArgument(file, call) : heldPattern(file, call);
    if (held) found.push(regexFact(file, call, held, hit[1] as MatchMode, true));
  }
  return found;
}

/** Cheap: what stands in front may be a condition, and no group is taken from a match that gets a name. */
function mayGuard(text: string, offset: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - 200), offset);
  if (!/(?:\b(?:if|elif|not|return|assert|and|or)\s*|[=([]\s*|^\s*)$/.test(line)) return false;
  const name = /^\s*(\w+)\s*=\s*\(?$/.exec(line)?.[1];
  if (!name) return true;
  const rest = text.slice(offset, offset + 4000);
  const end = rest.search(/^[ \t]*(?:async[ \t]+)?def[ \t]/m);
  return !new RegExp(`\\b${name}\\s*[.[]`).test(end < 0 ? rest : rest.slice(0, end));
}

/** The names of the module `re` in this file, also under an alias. */
function moduleNames(file: ParsedFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (!file.pythonImports.roots.has('re')) return names;
  for (const hit of file.source.text.matchAll(/^[ \t]*import re(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?:#|,|;|$)/gm))
    names.add(hit[1] ?? 're');
  return names;
}

function callAt(file: ParsedFile, offset: number): SyntaxNode | undefined {
  const attribute = file.root.descendantForIndex(offset, offset)?.parent;
  const call = attribute?.type === 'attribute' ? attribute.parent : undefined;
  return call?.type === 'call' && call.childForFieldName('function')?.id === attribute?.id ? call : undefined;
}

interface WrittenPattern {
  readonly pattern: string;
  readonly flags: string;
  readonly isBytes: boolean;
  readonly held?: Held;
}

function firstArgument(file: ParsedFile, call: SyntaxNode): WrittenPattern | undefined {
  const args = call.childForFieldName('arguments');
  const first = args?.firstNamedChild;
  if (!args || !first || first.type === 'keyword_argument') return undefined;
  const flags = flagsOf(file, args.namedChildren.slice(2));
  if (flags === undefined) return undefined;
  const literal = pythonStringValue(first, file.source);
  if (literal) return { pattern: literal.value, flags, isBytes: literal.isBytes };
  const written = heldPatternOf(file, first);
  return written && { ...written, flags: written.flags + flags };
}

function heldPattern(file: ParsedFile, call: SyntaxNode): WrittenPattern | undefined {
  const receiver = call.childForFieldName('function')?.childForFieldName('object');
  const held = receiver ? heldBy(file, receiver) : undefined;
  if (held?.value.type !== 'call') return undefined;
  const written = patternOf(file, held.value);
  return written && { ...written, held };
}

/** A string, or `re.compile(string, flags)`. */
function patternOf(file: ParsedFile, value: SyntaxNode): WrittenPattern | undefined {
  const literal = pythonStringValue(value, file.source);
  if (literal) return { pattern: literal.value, flags: '', isBytes: literal.isBytes };
  const name = value.type === 'call' ? value.childForFieldName('function') : null;
  if (!name || !moduleNames(file).has(sliceOf(file, name).replace(/\.compile$/, ''))) return undefined;
  const args = value.childForFieldName('arguments')?.namedChildren.filter((one) => one.type !== 'comment') ?? [];
  const inner = args[0] && pythonStringValue(args[0], file.source);
  const flags = flagsOf(file, args.slice(1));
  return inner && flags !== undefined ? { pattern: inner.value, flags, isBytes: inner.isBytes } : undefined;
}

const FLAG_LETTERS: Readonly<Record<string, string>> = {
  I: 'i',
  IGNORECASE: 'i',
  M: 'm',
  MULTILINE: 'm',
  S: 's',
  DOTALL: 's',
  X: 'x',
  VERBOSE: 'x',
  A: 'a',
  ASCII: 'a',
  U: '',
  UNICODE: '',
  DEBUG: '',
};

/** `re.I | re.M` as letters; undefined where a flag is not known. */
function flagsOf(file: ParsedFile, args: readonly SyntaxNode[]): string | undefined {
  let letters = '';
  for (const arg of args) {
    if (arg.type === 'comment') continue;
    const text = sliceOf(file, arg).replace(/^flags\s*=\s*/, '');
    if (text === '0') continue;
    for (const part of text.split('|')) {
      const letter = FLAG_LETTERS[/^\s*\(?\s*\w+\.(\w+)\s*\)?\s*$/.exec(part)?.[1] ?? ''];
      if (letter === undefined) return undefined;
      letters += letter;
    }
  }
  return letters;
}

const DECLARED = /\b(?:pattern|regex)\s*=(?!=)|\b(?:RegexValidator|Regexp|matches_re)\s*\(/g;
const FIELD_CALLS = new Set([
  'Field',
  'Query',
  'Path',
  'Body',
  'Form',
  'Header',
  'Cookie',
  'constr',
  'StringConstraints',
  'RegexField',
  'RegexValidator',
  'Regexp',
]);

/** Constraints that a library enforces: pydantic, FastAPI, Django, WTForms, marshmallow, attrs. */
function declaredPatterns(file: ParsedFile): RegexFact[] {
  const { text } = file.source;
  const found: RegexFact[] = [];
  // Short words, because they are found faster than any pattern: of `pattern`, `regex` and `Regexp`, `matches_re`.
  if (!text.includes('gex') && !text.includes('patter') && !text.includes('matche')) return found;
  for (const hit of text.matchAll(DECLARED)) {
    const at = file.root.descendantForIndex(hit.index, hit.index);
    if (at?.type !== 'identifier') continue;
    const isKeyword = hit[0].endsWith('=');
    const call = isKeyword ? keywordCall(at) : positionalCall(at);
    if (!call || call.hasError) continue;
    const name = sliceOf(file, call.childForFieldName('function')!).replace(/^.*\./, '');
    if (isKeyword && !FIELD_CALLS.has(name)) continue;
    const value = isKeyword
      ? at.parent!.childForFieldName('value')
      : call.childForFieldName('arguments')?.firstNamedChild;
    if (!value || value.type === 'keyword_argument') continue;
    const written = writtenOrHeld(file, value);
    if (written)
      found.push(regexFact(file, isKeyword ? at.parent! : call, written, declaredMode(hit[0], name, written.pattern)));
  }
  return found;
}

function writtenOrHeld(file: ParsedFile, value: SyntaxNode): WrittenPattern | undefined {
  return patternOf(file, value) ?? heldPatternOf(file, value);
}

/** The pattern that a name stands for. */
function heldPatternOf(file: ParsedFile, name: SyntaxNode): WrittenPattern | undefined {
  if (!/^(?:identifier|attribute)$/.test(name.type)) return undefined;
  if (!new Assigned(file.source.text, PATTERN).has(lastPart(sliceOf(file, name)))) return undefined;
  const held = heldBy(file, name);
  const inner = held && patternOf(file, held.value);
  return inner && { ...inner, held };
}

function keywordCall(name: SyntaxNode): SyntaxNode | undefined {
  const keyword = name.parent;
  if (keyword?.type !== 'keyword_argument' || keyword.childForFieldName('name')?.id !== name.id) return undefined;
  const call = keyword.parent?.parent;
  return call?.type === 'call' ? call : undefined;
}

function positionalCall(name: SyntaxNode): SyntaxNode | undefined {
  const call = name.parent?.type === 'attribute' ? name.parent.parent : name.parent;
  return call?.type === 'call' ? call : undefined;
}

/** How the library applies it. An anchored search is what `re.match` does, and nobody writes the mode of a field. */
function declaredMode(keyword: string, call: string, pattern: string): MatchMode {
  if (keyword.startsWith('matches_re')) return 'fullmatch';
  if (call === 'Regexp' || (keyword.startsWith('regex') && call !== 'RegexValidator' && call !== 'RegexField'))
    return 'match';
  return /^(\^|\\A)/.test(pattern) ? 'match' : 'search';
}

function regexFact(
  file: ParsedFile,
  node: SyntaxNode,
  written: WrittenPattern,
  mode: MatchMode,
  isGuard = false,
): RegexFact {
  const normal = normalisePython(written.pattern, written.flags, mode);
  const place = placeOf(file, node, isGuard);
  const name = written.held?.name ?? validatorName(place.symbol);
  return {
    kind: 'regex',
    key: `py:${mode}:${written.isBytes ? 'b' : ''}${normal.text}`,
    pattern: written.pattern,
    flags: [...new Set(written.flags)].sort().join(''),
    mode,
    atoms: normal.atoms,
    ...place,
    ...(written.held ? { via: written.held.via } : {}),
    ...(name ? { name } : {}),
  };
}

/** The last name of a symbol where it says that it validates. */
export function validatorName(symbol: string | undefined): string | undefined {
  const name = symbol?.slice(symbol.lastIndexOf('.') + 1);
  return name && /valid|check|verify|ensure|^_*is_?[A-Z_]/i.test(name) ? name : undefined;
}
