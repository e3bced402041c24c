import type { FactVisitor, ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction, enclosingPythonSymbol, pythonStringValue } from '../../core/syntax/python';
import { atOf, type MatchMode, type RegexFact, type SetFact, type ValidationFact } from './facts';
import { normalisePython } from './pattern/python';
import { pythonBodies } from './python-body';
import { type Held, heldBy } from './python-constant';
import { decidesRejection } from './python-guard';
import { isTrivialSet, setKey } from './set';

/** Files without any of these words hold no validator. */
export const PYTHON_TRIGGER =
  /\.(?:match|fullmatch|search)\s*\(|\b(?:pattern|regex)\s*=|\bnot\s+in\b|\bRegexValidator|\bRegexp\(|matches_re|^[ \t]+(?:raise|return False)\b/m;

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

const MATCH_CALL = /\.(match|fullmatch|search)\s*\(/g;

/** `re.match(pattern, x)` and `NAME_RE.match(x)`. */
function matchGuards(file: ParsedFile): RegexFact[] {
  const { text } = file.source;
  const modules = moduleNames(text);
  const compiled = text.includes('.compile(') ? assignedNames(text, '\\(?\\s*\\w+\\.compile\\(') : undefined;
  const found: RegexFact[] = [];
  for (const hit of text.matchAll(MATCH_CALL)) {
    const receiver = /[\w.]{1,80}$/.exec(text.slice(Math.max(0, hit.index - 80), hit.index))?.[0];
    if (!receiver || !(modules.has(receiver) || compiled?.has(lastPart(receiver)))) continue;
    const call = callAt(file, hit.index + 1);
    if (!call || call.hasError || !decidesRejection(call, file.source)) continue;
    const held = modules.has(receiver) ? firstArgument(file, call) : heldPattern(file, call);
    if (held) found.push({ ...regexFact(file, call, held, hit[1] as MatchMode), ...scopeOf(file, call) });
  }
  return found;
}

/** The names of the module `re` in this file, also under an alias. */
function moduleNames(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^[ \t]*import re(?:[ \t]+as[ \t]+(\w+))?[ \t]*(?:#|,|;|$)/gm)].map((hit) => hit[1] ?? 're'),
  );
}

/** Names that the text assigns something to that starts like this; one pass, so that the tree and the semantics are asked rarely. */
function assignedNames(text: string, start: string): Set<string> {
  const assignment = new RegExp(`(\\w+)[ \\t]*(?::[^=\\n]{0,80})?=[ \\t]*${start}`, 'g');
  return new Set([...text.matchAll(assignment)].map((hit) => hit[1]!));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
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
  const held = heldBy(file, first);
  const written = held && patternOf(file, held.value);
  return written && { ...written, flags: written.flags + flags, held };
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
  if (!name || !moduleNames(file.source.text).has(sliceOf(file, name).replace(/\.compile$/, ''))) return undefined;
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
  const written = patternOf(file, value);
  if (written) return written;
  const held = heldBy(file, value);
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

function regexFact(file: ParsedFile, node: SyntaxNode, written: WrittenPattern, mode: MatchMode): RegexFact {
  const normal = normalisePython(written.pattern, written.flags, mode);
  const symbol = enclosingPythonSymbol(node, file.source);
  const name = written.held?.name ?? validatorName(symbol);
  return {
    kind: 'regex',
    key: `py:${mode}:${written.isBytes ? 'b' : ''}${normal.text}`,
    pattern: written.pattern,
    flags: [...new Set(written.flags)].sort().join(''),
    mode,
    atoms: normal.atoms,
    at: atOf(file, node.startIndex, node.endIndex),
    ...(symbol ? { symbol } : {}),
    ...(written.held ? { via: written.held.via } : {}),
    ...(name ? { name } : {}),
  };
}

/** The last name of a symbol where it says that it validates. */
export function validatorName(symbol: string | undefined): string | undefined {
  const name = symbol?.slice(symbol.lastIndexOf('.') + 1);
  return name && /valid|check|verify|ensure|^_*is_?[A-Z_]/i.test(name) ? name : undefined;
}

const NOT_IN = /\bnot\s+in\b\s*(?=[[({\w])/g;
const SET_CALLS = /^(?:frozenset|set|tuple|list)\(/;

/** `x not in [...]`, also against a constant. */
function setGuards(file: ParsedFile): SetFact[] {
  const { text } = file.source;
  const found: SetFact[] = [];
  for (const hit of text.matchAll(NOT_IN)) {
    const after = hit.index + hit[0].length;
    if (/\w/.test(text[after]!) && !mayHoldSet(text, after)) continue;
    const operator = file.root.descendantForIndex(hit.index, hit.index);
    const comparison =
      operator?.type === 'not in' || operator?.type === 'not' ? enclosingComparison(operator) : undefined;
    if (!comparison || comparison.hasError || comparison.namedChildCount !== 2) continue;
    const right = comparison.lastNamedChild!;
    // `None not in values` asks what the values hold.
    if (
      !/^(?:identifier|attribute|subscript|call|await|parenthesized_expression|named_expression)$/.test(
        comparison.firstNamedChild!.type,
      )
    )
      continue;
    const held = /^(?:identifier|attribute)$/.test(right.type) ? heldBy(file, right) : undefined;
    const members = membersOf(file, held?.value ?? right);
    if (!members || isTrivialSet(members) || isStatusCheck(file, comparison, members)) continue;
    if (!decidesRejection(comparison, file.source)) continue;
    const symbol = enclosingPythonSymbol(comparison, file.source);
    found.push({
      kind: 'set',
      key: setKey('py', members),
      members: [...new Set(members)].sort(),
      at: atOf(file, comparison.startIndex, comparison.endIndex),
      ...(symbol ? { symbol } : {}),
      ...(held ? { via: held.via } : {}),
      ...scopeOf(file, comparison),
    });
  }
  return found;
}

function enclosingComparison(operator: SyntaxNode): SyntaxNode | undefined {
  for (let at = operator.parent; at; at = at.parent) {
    if (at.type === 'comparison_operator') return at;
    if (at.isNamed) return undefined;
  }
  return undefined;
}

/** How a display of constants starts; a dictionary, whose first key has a colon behind it, is none. */
const DISPLAY = '(?:(?:frozenset|set|tuple|list)\\s*\\(\\s*)?[[({](?!\\s*(?:"[^"\\n]*"|\'[^\'\\n]*\')\\s*:)\\s*(?:#[^\\n]*\\s*)?[\\w"\']';

/** The members of a display of constants as text; undefined where one is no constant. */
function membersOf(file: ParsedFile, display: SyntaxNode): string[] | undefined {
  if (display.type === 'parenthesized_expression') return undefined;
  if (display.type === 'call') {
    const inner = SET_CALLS.test(sliceOf(file, display)) ? display.childForFieldName('arguments') : null;
    return inner?.namedChildCount === 1 ? membersOf(file, inner.firstNamedChild!) : undefined;
  }
  if (!/^(?:list|tuple|set)$/.test(display.type) || display.namedChildCount > 200) return undefined;
  const members: string[] = [];
  for (const child of display.namedChildren) {
    if (child.type === 'comment') continue;
    const literal = pythonStringValue(child, file.source);
    const text = sliceOf(file, child);
    if (literal && !literal.isBytes) members.push(JSON.stringify(literal.value));
    else if (/^(?:integer|float|true|false|none)$/.test(child.type)) members.push(text);
    else if (/^(?!self\.|cls\.)[A-Za-z_][\w.]*\.[A-Z][A-Z0-9_]*(?:\.value)?$/.test(text))
      members.push(text.replace(/\.value$/, ''));
    else return undefined;
  }
  return members;
}

/** `response.status_code not in (200, 201)` reads an answer, it validates no argument. */
function isStatusCheck(file: ParsedFile, comparison: SyntaxNode, members: readonly string[]): boolean {
  return (
    members.every((one) => /^[1-5]\d\d$/.test(one)) && /status|code/i.test(sliceOf(file, comparison.firstNamedChild!))
  );
}

function scopeOf(file: ParsedFile, node: SyntaxNode): { scope?: number } {
  const holder = enclosingPythonFunction(node);
  return holder ? { scope: file.source.lineAt(holder.startIndex) } : {};
}

function sliceOf(file: ParsedFile, node: SyntaxNode): string {
  return file.source.slice(node.startIndex, node.endIndex);
}
