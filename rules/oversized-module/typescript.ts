import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import type { DefinitionKind, RawDefinition, TopLevel } from './facts';

/** The definitions at the top level of a TypeScript or JavaScript module, in document order. */
export function typeScriptTopLevel({ root, source: { text } }: ParsedFile): TopLevel {
  const definitions: RawDefinition[] = [];
  const comments: (readonly [number, number])[] = [];
  const imported: string[] = [];
  const rest: (readonly [number, number])[] = [];
  let defaultName: string | undefined;
  for (const node of root.namedChildren) {
    const { type, startIndex: start } = node;
    const end = node.endIndex;
    if (type === 'comment') comments.push([start, end]);
    else if (type === 'import_statement') imported.push(...clauseWords(text.slice(start, end)));
    else {
      const required = type === 'lexical_declaration' ? requiredNames(text.slice(start, end)) : undefined;
      if (required) imported.push(...required);
      else {
        const found = definitionsOf(node, text, start, end);
        definitions.push(...found);
        if (found.length === 0 && !/^(?:export\b|module\.exports)/.test(text.slice(start, start + 16)))
          rest.push([start, end]);
      }
      defaultName = defaultExport(text, start) ?? defaultName;
    }
  }
  return { definitions, imported, rest, comments, ...(defaultName === undefined ? {} : { defaultName }) };
}

const DECLARATION =
  /^(?:export\s+)?(?:(default)\s+)?(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(function\b\s*\*?|class\b|interface\b|type\b|enum\b|const\s+enum\b|namespace\b|module\b|const\b|let\b|var\b)\s*([\w$]+|\{[^}]*\}|\[[^\]]*\])?/;
/** As much of a statement as tells what it defines. */
const HEAD = 400;
const WHOLE = /^(?:export\s+default\b|module\.exports\s*=|export\s*=)/;
const PIECE = /^([\w$]+)\.(?:prototype\.)?[\w$]+\s*=(?![=>])/;
const COMMONJS = /^(?:module\.)?exports\.([\w$]+)\s*=(?![=>])/;
const ARROW = /=\s*(?:async\s*)?(?:function\b|[\w$]+\s*=>|(?:<[^=]*>\s*)?\([^=]*=>)/;

const KINDS: Readonly<Record<string, DefinitionKind>> = {
  function: 'function',
  class: 'class',
  interface: 'type',
  type: 'type',
  enum: 'class',
  namespace: 'class',
  module: 'class',
};

function definitionsOf(node: SyntaxNode, text: string, start: number, end: number): RawDefinition[] {
  // `@Component({...}) export class X`: the decorators come first.
  const from = text.charCodeAt(start) === 64 ? afterDecorators(node) : start;
  const head = text.slice(from, Math.min(end, from + HEAD));
  const found = declared(head) ?? assigned(head);
  return found ? [{ ...found, start, end }] : [];
}

type Described = Omit<RawDefinition, 'start' | 'end'>;

/** `function f`, `class C`, `const x`, with or without `export` and `default`. */
function declared(head: string): Described | undefined {
  const match = DECLARATION.exec(head);
  if (!match) return undefined;
  const [, isDefault, keyword, bound = ''] = match;
  const names = /^[{[]/.test(bound) ? destructured(bound) : /^(?:extends|implements|)$/.test(bound) ? [] : [bound];
  const name = names[0] ?? (isDefault ? 'default' : undefined);
  if (!name) return undefined;
  return {
    name,
    kind: KINDS[keyword!.replace(/\s*\*$|^const\s+(?=enum)/g, '')] ?? (ARROW.test(head) ? 'function' : 'value'),
    ...(names.length > 1 ? { also: names.slice(1) } : {}),
    ...(isDefault ? { isDefault: true } : {}),
    ...(isLiteral(head) ? { isLiteral: true } : {}),
  };
}

/** `exports.x = ...`, `export default { ... }`, `module.exports = { ... }` that holds more than names, `X.prototype.y = ...`. */
function assigned(head: string): Described | undefined {
  const common = COMMONJS.exec(head)?.[1];
  if (common) return { name: common, kind: ARROW.test(head) ? 'function' : 'value' };
  if (WHOLE.test(head)) {
    // `export default X;` and `module.exports = { a, b }` define nothing.
    if (/=\s*[\w$]+\s*;?\s*$|default\s+[\w$]+\s*;?\s*$|\{[\s\w$,]*\}\s*;?\s*$/.test(head)) return undefined;
    const isObject = /(?:default|=)\s*[{[]/.test(head);
    return { name: 'default', kind: 'value', isDefault: true, ...(isObject ? { isLiteral: true } : {}) };
  }
  const piece = PIECE.exec(head)?.[1];
  return piece ? { name: piece, kind: 'value', isPiece: true } : undefined;
}

function isLiteral(head: string): boolean {
  return /^[{[]/.test(/(?<![=!<>])=(?![=>])\s*(\S)/.exec(head)?.[1] ?? '');
}

function afterDecorators(node: SyntaxNode): number {
  let last = node.startIndex;
  for (const child of node.namedChildren) {
    if (child.type === 'decorator') last = child.endIndex;
    else if (child.type !== 'comment')
      return child.startIndex > last && node.type !== 'export_statement'
        ? keywordBefore(node, child)
        : child.startIndex;
  }
  return last;
}

/** The keyword token (`class`, `abstract`) right before the name of a decorated class. */
function keywordBefore(node: SyntaxNode, name: SyntaxNode): number {
  for (const child of node.children) if (!child.isNamed && child.startIndex < name.startIndex) return child.startIndex;
  return name.startIndex;
}

/** `{ a, b: c, ...d }` and `[a, b]` bind a, c, d. */
function destructured(pattern: string): string[] {
  return pattern
    .slice(1, -1)
    .split(',')
    .map((item) => /([\w$]+)\s*(?:=.*)?$/.exec(item.trim())?.[1])
    .filter((name) => name !== undefined);
}

/** `export default X;`, `export { X as default }`, `module.exports = X`, `export = X`. */
function defaultExport(text: string, start: number): string | undefined {
  if (!text.startsWith('export', start) && !text.startsWith('module', start)) return undefined;
  const head = text.slice(start, start + 200);
  return (
    /^(?:export\s+default|module\.exports\s*=|export\s*=)\s*(?:new\s+)?([\w$]+)\s*(?:[;(\n]|$)/.exec(head)?.[1] ??
    /^export\s*\{[^}]*?([\w$]+)\s+as\s+default\b/.exec(head)?.[1]
  );
}

/** The words of an import clause: what it binds, and the names behind which an alias stands, which does no harm. */
function clauseWords(statement: string): string[] {
  const clause = statement.slice(0, Math.max(0, statement.search(/['"]/)));
  return (clause.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').match(/[\w$]+/g) ?? []).filter(
    (word) => !/^(?:import|from|as|type)$/.test(word),
  );
}

/** What `const x = require(...)` binds. */
function requiredNames(statement: string): string[] | undefined {
  const match = /^(?:const|let|var)\s+(\{[^}]*\}|[\w$]+)\s*=\s*require\s*\([^)]*\)/.exec(statement);
  if (!match) return undefined;
  return match[1]!.startsWith('{') ? destructured(match[1]!) : [match[1]!];
}
