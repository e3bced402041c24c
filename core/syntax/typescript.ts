import type { SourceFile } from '../text/source-file';
import type { SyntaxNode } from './node';

/** Helpers over TypeScript, TSX and JavaScript trees that several rules share. */

const FUNCTIONS = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
]);

const NAMED = new Set([
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
  'class_declaration',
  'abstract_class_declaration',
  'class',
]);

/** Nodes that give their name to a function or class expression which they hold directly. */
const NAMING = new Map([
  ['variable_declarator', 'name'],
  ['public_field_definition', 'name'],
  ['field_definition', 'property'],
  ['pair', 'key'],
  ['assignment_expression', 'left'],
]);

/** The nearest function, method or arrow function around a node, the node itself excluded. */
export function enclosingTypeScriptFunction(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (FUNCTIONS.has(at.type)) return at;
  return undefined;
}

/** The name of a function or class: its own, or that of the variable, field or property which it is assigned to. */
export function typeScriptNameOf(node: SyntaxNode, source: SourceFile): string | undefined {
  const own = NAMED.has(node.type) ? node.childForFieldName('name') : null;
  if (own) return source.slice(own.startIndex, own.endIndex);
  let holder = node.parent;
  while (holder && (holder.type === 'parenthesized_expression' || holder.type === 'as_expression'))
    holder = holder.parent;
  const field = holder ? NAMING.get(holder.type) : undefined;
  const name = field ? holder?.childForFieldName(field) : undefined;
  return name ? source.slice(name.startIndex, name.endIndex).replace(/^this\.|^.*\./, '') : undefined;
}

/** `Class.method` around a node: the names of the functions and classes that hold it, outermost first; undefined at module level. */
export function enclosingTypeScriptSymbol(node: SyntaxNode, source: SourceFile): string | undefined {
  const names: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (!FUNCTIONS.has(at.type) && !NAMED.has(at.type)) continue;
    const name = typeScriptNameOf(at, source);
    if (name) names.unshift(name);
  }
  return names.length > 0 ? names.join('.') : undefined;
}

/** The value of a string literal, or of a template without substitutions; undefined for everything else. */
export function typeScriptStringValue(node: SyntaxNode, source: SourceFile): string | undefined {
  if (node.type !== 'string' && node.type !== 'template_string') return undefined;
  const inner = source.slice(node.startIndex + 1, node.endIndex - 1);
  if (node.type === 'template_string' && inner.includes('${')) return undefined;
  const simple: Readonly<Record<string, string>> = {
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\n': '',
    '\r\n': '',
    '0': '\0',
  };
  return inner.replace(/\\(\r\n|u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])/g, (_, code: string) => {
    const hex = /^(?:u\{?|x)([0-9a-fA-F]+)\}?$/.exec(code)?.[1];
    if (hex) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    return simple[code] ?? code;
  });
}
