import type { CodeStyle } from '../style';

/** A string literal in the file's quotes, or in the others where that saves escapes, as Prettier chooses. */
export function typeScriptString(value: string, { quote }: Pick<CodeStyle, 'quote'>): string {
  const other = quote === '"' ? "'" : '"';
  const chosen = value.includes(quote) && !value.includes(other) ? other : quote;
  const escaped = value.replace(/[\\\n\r\t]/g, (one) => ESCAPES[one]!).replaceAll(chosen, `\\${chosen}`);
  return chosen + escaped + chosen;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A piece of a template literal: text, or an expression. */
export type TemplatePart = string | { readonly expression: string };

/** A template literal, or a plain string where there is nothing to fill in. */
export function templateString(parts: readonly TemplatePart[], style: Pick<CodeStyle, 'quote'>): string {
  if (parts.every((part) => typeof part === 'string')) return typeScriptString(parts.join(''), style);
  const inner = parts.map((part) =>
    typeof part === 'string' ? part.replace(/[\\`]|\$(?=\{)/g, '\\$&') : `\${${part.expression}}`,
  );
  return `\`${inner.join('')}\``;
}

/** An argument: an expression, or an object whose members may have lines of their own. */
export type Argument = string | { readonly members: readonly string[] };

export interface CallFormat {
  readonly style: CodeStyle;
  /** The indentation of the call's line, all blanks. */
  readonly indentation: string;
}

/**
 * A call, broken as Prettier breaks one that does not fit its line: a last object keeps the head together, else each argument has a
 * line of its own. The result stands at indentation 0.
 */
export function callExpression(callee: string, args: readonly Argument[], format: CallFormat): string {
  const { style, indentation } = format;
  const flat = args.map(flatArgument);
  const room = style.lineLength - widthOf(indentation, style) - (style.semicolons ? 1 : 0);
  const oneLine = `${callee}(${flat.join(', ')})`;
  if (oneLine.length <= room || args.length === 0) return oneLine;
  const last = args.at(-1)!;
  const head = `${callee}(${flat
    .slice(0, -1)
    .map((one) => `${one}, `)
    .join('')}{`;
  if (typeof last !== 'string' && last.members.length > 0 && head.length <= room)
    return `${head}\n${lines(last.members, style.indent)}${memberComma(style)}\n})`;
  // One argument that cannot be broken gains nothing by a line of its own unless it fits there.
  return `${callee}(\n${lines(flat, style.indent)}${finalComma(style)}\n)`;
}

/** What stands behind the last of several parameters or arguments that have a line each. */
export const finalComma = ({ trailingCommas }: CodeStyle): string => (trailingCommas === 'all' ? ',' : '');

/** What stands behind the last of several members of an object or names of an import that have a line each. */
export const memberComma = ({ trailingCommas }: CodeStyle): string => (trailingCommas === 'none' ? '' : ',');

function lines(items: readonly string[], indent: string): string {
  return items.map((item) => `${indent}${item}`).join(',\n');
}

function flatArgument(argument: Argument): string {
  if (typeof argument === 'string') return argument;
  return argument.members.length === 0 ? '{}' : `{ ${argument.members.join(', ')} }`;
}

/** The columns of a tab, as formatters count them by default. */
export const tabWidthOf = ({ indent }: Pick<CodeStyle, 'indent'>): number => (indent === '\t' ? 2 : indent.length);

/** The columns that code takes on its line; a tab counts as formatters count it by default. */
export function widthOf(code: string, style: Pick<CodeStyle, 'indent'>): number {
  return code.length + (code.length - code.replaceAll('\t', '').length) * (tabWidthOf(style) - 1);
}
