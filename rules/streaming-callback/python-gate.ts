import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { enclosingPythonFunction } from '../../core/syntax/python';
import { matchesAt, placesOfName } from '../../core/text/names';
import { PYTHON_CHANGING } from './changing-methods';

/** A nested definition that may be a callback with state, judged by the text alone. */
export interface Candidate {
  /** Offset of `def`, or of `async` before it. */
  readonly start: number;
  readonly name: string;
}

interface Definition {
  readonly start: number;
  readonly indent: number;
  readonly isFunction: boolean;
  readonly name: string;
  readonly index: number;
}

const DEFINITION = /(?:async[ \t]+)?(def|class)[ \t]+([^\W\d]\w*)/uy;

/** What tests do with their callbacks is not judged. */
const TEST = /^test(?:_|[A-Z]|$)|^(?:setUp|tearDown)$/;

/** What changes the value of a name: `x.append(`, `x[key] =`, `x.part |=`, `del x[key]`. */
const CHANGES = new RegExp(
  `(?<![\\w.])([^\\W\\d]\\w*)(?:\\s*\\.\\s*(?:${PYTHON_CHANGING})\\s*\\(|(?:\\[[^\\n=]*\\]|\\.\\w+)\\s*(?:[-+*/|&^%]|\\*\\*|\\/\\/|<<|>>)?=(?!=))|\\bdel\\s+(\\w+)\\s*\\[`,
  'gu',
);

/**
 * Nested definitions that change something of the function around them, and are named without being called or make a generator: cheap,
 * because only the lines at which definitions begin are looked at, and the text of few of them.
 */
export function candidatesIn({ source: { text }, pythonImports: { keywords } }: ParsedFile): Candidate[] {
  const all = definitionsIn(text, keywords);
  const found: Candidate[] = [];
  const open: Definition[] = [];
  for (const one of all) {
    while (open.length > 0 && open.at(-1)!.indent >= one.indent) open.pop();
    const outer = open.at(-1);
    open.push(one);
    if (!one.isFunction || !outer?.isFunction || open.some(({ name }) => TEST.test(name))) continue;
    const end = endOf(one, all, text);
    const body = text.slice(one.start, end);
    const above = text.slice(outer.start, one.start);
    // Where the definition ends is known from the next one only, so its own code counts as what stands below.
    const below = text.slice(one.start + one.name.length + 4, endOf(outer, all, text));
    if (!changesOuter(body, above + below)) continue;
    if (isHandedOn(one.name, above, below)) found.push({ start: one.start, name: one.name });
  }
  return found;
}

function definitionsIn(text: string, keywords: readonly number[]): Definition[] {
  const found: Definition[] = [];
  for (const at of keywords) {
    const code = text.charCodeAt(at);
    // `async`, `class` and `def` alone begin with these.
    if (code !== 97 && code !== 99 && code !== 100) continue;
    DEFINITION.lastIndex = at;
    const match = DEFINITION.exec(text);
    if (!match) continue;
    const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
    found.push({ start: at, indent, isFunction: match[1] === 'def', name: match[2]!, index: found.length });
  }
  return found;
}

/** Where the next definition that is not inside begins: at or behind the end of this one. */
function endOf({ index, indent }: Definition, all: readonly Definition[], text: string): number {
  for (let next = index + 1; next < all.length; next++) if (all[next]!.indent <= indent) return all[next]!.start;
  return text.length;
}

/**
 * Whether a definition in a function may change what a name of that function holds: asked again of the text when the tree tells where
 * the definition ends. What it binds itself is its own.
 */
export function mayChangeOuter(node: SyntaxNode, { source: { text } }: ParsedFile): boolean {
  const outer = enclosingPythonFunction(node);
  if (!outer) return false;
  const body = text.slice(node.startIndex, node.endIndex);
  const around = text.slice(outer.startIndex, node.startIndex) + text.slice(node.endIndex, outer.endIndex);
  const parameters = node.childForFieldName('parameters');
  const head = parameters ? text.slice(parameters.startIndex, parameters.endIndex) : '';
  const isFlat = body.indexOf('def ', body.indexOf('def ') + 4) < 0;
  // With blanks around the sign: without them it is mostly an argument.
  const isOwn = (name: string) =>
    new RegExp(`(?<!\\w)${name}(?!\\w)`, 'u').test(head) ||
    (isFlat && new RegExp(`\\n[ \\t]*${name}(?::[^=\\n]*)?[ \\t]+=[ \\t]`, 'u').test(body));
  return changesOuter(body, around, isOwn);
}

/** `nonlocal`, or a change of what a name of the function around it holds. */
function changesOuter(body: string, around: string, isOwn?: (name: string) => boolean): boolean {
  if (body.includes('nonlocal')) return true;
  const tried = new Set<string>(['self', 'cls']);
  for (const match of body.matchAll(CHANGES)) {
    const name = match[1] ?? match[2]!;
    if (tried.has(name)) continue;
    tried.add(name);
    if (holdsContainer(name, around) && !isOwn?.(name)) return true;
  }
  return false;
}

/** Behind a name: what makes it a container or a namespace, a value or an annotation. */
const CONTAINER = new RegExp(
  String.raw`\s*(?::[^=\n]*)?=\s*(?:[\w.[\]]+\s*=\s*)?(?:[[{(]|(?:\w+\.)*(?:list|dict|set|bytearray|deque|defaultdict|OrderedDict|Counter|ChainMap|StringIO|BytesIO|SimpleNamespace|Namespace|sorted)\b)` +
    String.raw`|\s*:[^=\n,)]*\b(?:[Ll]ist|[Dd]ict|[Ss]et|[Dd]eque|DefaultDict|defaultdict|OrderedDict|Counter|bytearray|StringIO|BytesIO|SimpleNamespace|Namespace)\b`,
  'y',
);

const KEYWORDS_GIVEN = /(?<![\w.])\*\*\s*$/;

/** Whether a text makes a name a container or a namespace, by a value, an annotation or two stars. */
function holdsContainer(name: string, text: string): boolean {
  for (const at of placesOfName(text, name))
    if (matchesAt(text, CONTAINER, at + name.length) || KEYWORDS_GIVEN.test(text.slice(Math.max(0, at - 8), at)))
      return true;
  return false;
}

/** Named somewhere without a call; or decorated by a method, or a generator that is called where its result goes elsewhere. */
function isHandedOn(name: string, above: string, below: string): boolean {
  if (isNamed(name, below) || isNamed(name, above)) return true;
  // The lines of a decorator, its arguments among them, stand directly above.
  if (/@\w+[\w.]*\.\w+[^@]*$/.test(above.slice(-300)) && /\n[ \t]*(?:@|[)\]}])[^\n]*\n[ \t]*$/.test(above)) return true;
  if (!below.includes('yield')) return false;
  return new RegExp(`(?:\\breturn\\b|\\w\\()[^\\n]*(?<![\\w.])${name}[ \\t]*\\(`, 'u').test(below);
}

const CALL = /[ \t]*\(/y;

function isNamed(name: string, text: string): boolean {
  for (const at of placesOfName(text, name))
    if (!matchesAt(text, CALL, at + name.length) && !/\bdef[ \t]$/.test(text.slice(Math.max(0, at - 5), at)))
      return true;
  return false;
}
