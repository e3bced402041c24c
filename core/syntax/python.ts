import type { SourceFile } from '../text/source-file';
import type { SyntaxNode } from './node';

/** Helpers over Python trees that several rules share. */

/** The nearest `def` or `lambda` around a node, the node itself excluded. */
export function enclosingPythonFunction(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent)
    if (at.type === 'function_definition' || at.type === 'lambda') return at;
  return undefined;
}

/** `Class.method` around a node: the names of the definitions that hold it, outermost first; undefined at module level. */
export function enclosingPythonSymbol(node: SyntaxNode, source: SourceFile): string | undefined {
  const names: string[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.type !== 'function_definition' && at.type !== 'class_definition') continue;
    const name = at.childForFieldName('name');
    if (name) names.unshift(source.slice(name.startIndex, name.endIndex));
  }
  return names.length > 0 ? names.join('.') : undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
  '\r\n': '',
};

/** The value of a string literal or of literals that stand side by side; undefined for f-strings, t-strings and what is no literal. */
export function pythonStringValue(
  node: SyntaxNode,
  source: SourceFile,
): { value: string; isBytes: boolean } | undefined {
  if (node.type === 'parenthesized_expression' && node.namedChildCount === 1)
    return pythonStringValue(node.firstNamedChild!, source);
  if (node.type === 'concatenated_string') {
    const parts = node.namedChildren
      .filter((one) => one.type !== 'comment')
      .map((one) => pythonStringValue(one, source));
    if (parts.some((part) => !part || part.isBytes !== parts[0]?.isBytes)) return undefined;
    return { value: parts.map((part) => part!.value).join(''), isBytes: parts[0]!.isBytes };
  }
  if (node.type !== 'string') return undefined;
  const literal = /^([A-Za-z]*)('''|"""|'|")([\s\S]*)\2$/.exec(source.slice(node.startIndex, node.endIndex));
  if (!literal || /[ft]/i.test(literal[1]!)) return undefined;
  const isBytes = /b/i.test(literal[1]!);
  return { value: /r/i.test(literal[1]!) ? literal[3]! : unescapePython(literal[3]!), isBytes };
}

/** Replaces the escapes of a plain Python string; unknown ones stay as they are, as in Python. */
function unescapePython(text: string): string {
  const sequence = /\\(\r\n|[\\'"abfnrtv\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3})/g;
  return text.replace(sequence, (whole, code: string) => {
    if (code in ESCAPES) return ESCAPES[code]!;
    const value = /^[0-7]/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16);
    return value <= 0x10ffff ? String.fromCodePoint(value) : whole;
  });
}
