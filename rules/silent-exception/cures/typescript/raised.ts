import { Refusal } from '../../../../core/edit/refusal';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { type TypeScriptHandler, textOf } from './handler';

/** What guarded code is documented to throw. */
export type Raised =
  | { readonly kind: 'types'; readonly types: readonly string[] }
  /** A single look at one file, which may not be there. */
  | { readonly kind: 'missing-file' };

/** By the path of what is called, or constructed. The language's and the platforms' specifications name these errors. */
const THROWS: Readonly<Record<string, readonly string[]>> = {
  'globalThis.JSON.parse': ['SyntaxError'],
  'globalThis.JSON.stringify': ['TypeError'],
  'globalThis.URL': ['TypeError'],
  'globalThis.decodeURIComponent': ['URIError'],
  'globalThis.decodeURI': ['URIError'],
  'globalThis.encodeURIComponent': ['URIError'],
  'globalThis.encodeURI': ['URIError'],
  'globalThis.RegExp': ['SyntaxError'],
  'globalThis.BigInt': ['SyntaxError', 'RangeError', 'TypeError'],
  'globalThis.atob': ['DOMException'],
  'globalThis.btoa': ['DOMException'],
  'globalThis.Intl.DateTimeFormat': ['RangeError', 'TypeError'],
  'globalThis.Intl.NumberFormat': ['RangeError', 'TypeError'],
};

const STORAGE = /^globalThis\.(?:local|session)Storage\.(?:getItem|setItem|removeItem|clear|key)$/;
const FILES =
  /^fs(?:\/promises|\.promises)?\.(?:readFile|stat|lstat|unlink|access|readdir|readlink|realpath)(?:Sync)?$/;

/** Calls that throw nothing for values of the types that they are for. */
const HARMLESS =
  /^globalThis\.(?:console\.\w+|Math\.\w+|Date\.now|Array\.isArray|Number(?:\.\w+)?|Boolean|String|parseInt|parseFloat|isNaN|isFinite)$|^path\.(?:join|resolve|dirname|basename|extname|relative|normalize)$/;
const TEXT_METHODS =
  /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|slice|substring|startsWith|endsWith|includes|replace|replaceAll|split|indexOf|lastIndexOf|padStart|padEnd)$/;

const FUNCTIONS =
  /^(?:arrow_function|function_expression|function_declaration|generator_function|class|class_declaration)/;
const UNKNOWN = [
  'throw_statement',
  'yield_expression',
  'for_in_statement',
  'spread_element',
  'object_pattern',
  'array_pattern',
  'arrow_function',
  'function_expression',
  'function_declaration',
  'class',
  'tagged_template',
];

/**
 * The types of what the guarded code may throw.
 * @throws Refusal `raised-types-unknown` with the first piece of code that could throw anything, `nothing-raised`
 */
export function raisedBy(handler: TypeScriptHandler): Raised {
  const { guarded } = handler;
  if (guarded?.type !== 'statement_block') throw unknown(handler, handler.statement);
  const [strange] = guarded.descendantsOfType(UNKNOWN);
  if (strange) throw unknown(handler, strange);
  const types = new Set<string>();
  let files = 0;
  for (const node of guarded.descendantsOfType([
    'call_expression',
    'new_expression',
    'member_expression',
    'subscript_expression',
    'await_expression',
  ])) {
    if (node.type === 'await_expression') {
      if (node.firstNamedChild?.type !== 'call_expression') throw unknown(handler, node);
      continue;
    }
    if (node.type === 'member_expression' || node.type === 'subscript_expression') {
      if (!isPlainAccess(node, handler)) throw unknown(handler, node);
      continue;
    }
    const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
    const path = callee ? handler.model.qualifiedName(callee) : undefined;
    if (path && !path.certain) throw unknown(handler, node);
    const known = path && Object.hasOwn(THROWS, path.path) ? THROWS[path.path] : undefined;
    if (known) for (const type of known) types.add(type);
    else if (path && STORAGE.test(path.path)) types.add('DOMException');
    else if (path && FILES.test(path.path)) files++;
    else if (!(path && HARMLESS.test(path.path)) && !isTextMethod(callee, handler)) throw unknown(handler, node);
  }
  if (files > 0) {
    // Of several looks nobody could say which one missed its file.
    if (files > 1 || types.size > 0) throw unknown(handler, guarded.namedChildren[0] ?? guarded);
    return { kind: 'missing-file' };
  }
  if (types.size === 0) throw new Refusal('nothing-raised');
  return { kind: 'types', types: [...types] };
}

function isTextMethod(callee: SyntaxNode | null, handler: TypeScriptHandler): boolean {
  const property = callee?.type === 'member_expression' ? callee.childForFieldName('property') : undefined;
  const object = callee?.childForFieldName('object');
  if (!property || !object || !TEXT_METHODS.test(textOf(handler.document, property))) return false;
  return (
    object.type === 'string' ||
    object.type === 'template_string' ||
    isTextMethod(object.childForFieldName('function'), handler) ||
    isFromOutside(object, handler)
  );
}

/** Reading a member of what was there before the try; of what the try made itself it could throw, because that may be nothing. */
function isPlainAccess(node: SyntaxNode, handler: TypeScriptHandler): boolean {
  if (node.children.some(({ type }) => type === 'optional_chain')) return true;
  const object = node.childForFieldName('object');
  if (!object) return false;
  // A literal and what a constructor makes are never absent.
  if (/^(?:string|template_string|new_expression)$/.test(object.type)) return true;
  // A callee: judged with its call.
  const holder = node.parent;
  if (holder?.childForFieldName('function')?.id === node.id && /^call_/.test(object.type)) return true;
  return isFromOutside(object, handler);
}

function isFromOutside(node: SyntaxNode, handler: TypeScriptHandler): boolean {
  let at: SyntaxNode | null = node;
  while (at && /^(?:member|subscript|non_null)_expression$/.test(at.type))
    at = at.childForFieldName('object') ?? at.firstNamedChild;
  if (at?.type === 'this') return true;
  if (at?.type !== 'identifier') return false;
  const binding = handler.model.bindingAt(at.startIndex);
  const { guarded } = handler;
  return !binding?.writes.some(({ start }) => guarded!.startIndex <= start && start < guarded!.endIndex);
}

function unknown({ document }: TypeScriptHandler, node: SyntaxNode): Refusal {
  const range = document.source.rangeOf(node);
  const code = FUNCTIONS.test(node.type) ? 'a function' : shortened(textOf(document, node));
  return new Refusal('raised-types-unknown', { code, line: range.start.line + 1 }, { file: document.file, range });
}

function shortened(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}
