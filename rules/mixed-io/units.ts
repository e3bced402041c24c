import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import { FLOOR_LINES } from './facts';

/** A class or function that is large enough to be judged. */
export interface Unit {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
  readonly isClass: boolean;
  readonly lines: number;
  readonly outer: Unit | undefined;
}

const TYPES = {
  python: ['class_definition', 'function_definition'],
  typescript: [
    'class_declaration',
    'class',
    'abstract_class_declaration',
    'function_declaration',
    'generator_function_declaration',
    'function_expression',
    'generator_function',
    'arrow_function',
    'method_definition',
  ],
} as const;

/** The classes and functions of more than the floor's lines, outer ones before inner ones. */
export function unitsOf(file: ParsedFile): Unit[] {
  const units: Unit[] = [];
  let outer: Unit | undefined;
  const entries = entryPointsOf(file);
  for (const node of file.root.descendantsOfType([...TYPES[file.family]])) {
    const start = node.startIndex;
    const end = node.endIndex;
    if (end - start < FLOOR_LINES * 2) continue;
    const lines = file.source.lineAt(end) - file.source.lineAt(start) + 1;
    if (lines <= FLOOR_LINES || node.hasError || isImmediatelyCalled(node)) continue;
    while (outer && outer.end <= start) outer = outer.outer;
    if (!outer && isEntryPoint(node, entries, file)) continue;
    outer = { node, start, end, isClass: node.type.includes('class'), lines, outer };
    units.push(outer);
  }
  return units;
}

/** `(async () => { ... })()` is a module's own code in a function's clothes. */
function isImmediatelyCalled(node: SyntaxNode): boolean {
  const parens = node.parent;
  if (parens?.type !== 'parenthesized_expression') return false;
  const call = parens.parent?.type === 'member_expression' ? parens.parent.parent : parens.parent;
  return call?.type === 'call_expression' && call.childForFieldName('function')?.startIndex === parens.startIndex;
}

/**
 * The functions that the module itself calls when it is run as a script: a script's own code, which is free to do all its I/O in one
 * place. What else it defines is judged.
 */
function entryPointsOf({ source: { text }, family }: ParsedFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (family === 'python') {
    const guard = /^if[ \t(]+__name__[ \t]*==/m.exec(text);
    for (const [, name] of guard ? text.slice(guard.index).matchAll(/(\w+)[ \t]*\(/g) : []) names.add(name!);
  } else {
    for (const [, name] of text.matchAll(
      /^(?:void |await )?([\w$]+)\([^\n]*\)[ \t]*(?:$|;|\.(?:catch|then|finally)\b)/gm,
    ))
      names.add(name!);
  }
  return names;
}

function isEntryPoint(node: SyntaxNode, entries: ReadonlySet<string>, { source }: ParsedFile): boolean {
  if (entries.size === 0 || node.type.includes('class') || node.type === 'method_definition') return false;
  const name = nameNode(node);
  return name !== undefined && entries.has(source.slice(name.startIndex, name.endIndex));
}

/** The number of methods that a class defines itself. */
export function methodsOf(unit: Unit): number {
  if (!unit.isClass) return 0;
  let count = 0;
  for (const member of unit.node.childForFieldName('body')?.namedChildren ?? []) {
    if (METHODS.has(member.type)) count++;
    else if (member.type === 'decorated_definition') {
      if (member.childForFieldName('definition')?.type === 'function_definition') count++;
    } else if (FIELDS.has(member.type)) {
      const value = member.childForFieldName('value')?.type;
      if (value === 'arrow_function' || value === 'function_expression') count++;
    }
  }
  return count;
}

const METHODS: ReadonlySet<string> = new Set(['function_definition', 'method_definition']);
const FIELDS: ReadonlySet<string> = new Set(['public_field_definition', 'field_definition']);

/** `Class.method`, through the units around; undefined where the innermost has no name. */
export function symbolOf(unit: Unit, file: ParsedFile): string | undefined {
  const own = nameNode(unit.node);
  if (!own) return undefined;
  const names = [file.source.slice(own.startIndex, own.endIndex)];
  for (let around = unit.outer; around; around = around.outer) {
    const name = nameNode(around.node);
    if (name) names.unshift(file.source.slice(name.startIndex, name.endIndex));
  }
  return names.join('.');
}

/** The part of a definition that is underlined: `class Name`, `async def name`, `const name`, `async (req, res) =>`. */
export function headOf(unit: Unit, file: ParsedFile): { start: number; end: number } {
  const { node } = unit;
  const name = nameNode(node);
  if (!name) {
    const body = node.childForFieldName('body');
    const end = body ? file.source.slice(node.startIndex, body.startIndex).trimEnd().length : 1;
    return { start: node.startIndex, end: node.startIndex + Math.max(end, 1) };
  }
  if (name.startIndex < node.startIndex) return { start: name.startIndex, end: name.endIndex };
  return { start: firstAfterDecorators(node).startIndex, end: name.endIndex };
}

function firstAfterDecorators(node: SyntaxNode): SyntaxNode {
  let first = node.firstChild;
  while (first && (first.type === 'decorator' || first.type === 'comment')) first = first.nextSibling;
  return first ?? node;
}

/** The name of a definition: its own, or that of the variable, property or member that it is bound to. */
export function nameNode(node: SyntaxNode): SyntaxNode | undefined {
  const own = node.childForFieldName('name');
  if (own) return own;
  const parent = node.parent;
  switch (parent?.type) {
    case 'variable_declarator':
    case 'public_field_definition':
      return parent.childForFieldName('name') ?? undefined;
    case 'field_definition':
      return parent.childForFieldName('property') ?? undefined;
    case 'pair':
      return parent.childForFieldName('key') ?? undefined;
    case 'assignment_expression': {
      const left = parent.childForFieldName('left');
      return left?.type === 'member_expression'
        ? (left.childForFieldName('property') ?? undefined)
        : (left ?? undefined);
    }
    default:
      return undefined;
  }
}
