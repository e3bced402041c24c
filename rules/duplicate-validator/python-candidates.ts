import { bodyWeight, MIN_WEIGHT } from './weight';

const REJECTION = /^[ \t]+(?:raise\b|return False\b)/gm;

/** A validator fits on a screen. */
const MAX_LINES = 60;

/** Statements that a validator may hold, by how their line starts; comments, docstrings and continued lines pass. */
const PLAIN =
  /^(?:if\b|elif\b|else\b|for\b|return\b|raise\b|assert\b|try\b|except\b|[\])}#"']|[rR]?"""|\w+[ \t]*(?::[^=]*)?=)/;

/**
 * Offsets of the `def` of functions that may do nothing but validate. Reads lines and indentation alone: most functions are ruled out
 * without a look at the tree, which costs far more.
 */
export function guardedDefinitions(text: string): number[] {
  const found = new Set<number>();
  for (const hit of text.matchAll(REJECTION)) {
    const condition = outerLine(text, hit.index, hit[0].length - hit[0].trimStart().length);
    const header = condition && outerLine(text, condition.start, condition.indent);
    if (!header) continue;
    const definition = definitionOf(text, header);
    if (definition !== undefined && !found.has(definition.start) && isPlain(text, definition, header))
      found.add(definition.start);
  }
  return [...found];
}

interface Line {
  /** Offset of its first character that is no blank. */
  readonly start: number;
  readonly indent: number;
}

/** The nearest line above that is indented less. */
function outerLine(text: string, from: number, indent: number): Line | undefined {
  let end = text.lastIndexOf('\n', from - 1);
  for (let count = 0; count < MAX_LINES && end >= 0; count++) {
    const line = lineBefore(text, end);
    if (line && line.indent < indent) return line;
    end = text.lastIndexOf('\n', end - 1);
    if (end <= 0) return undefined;
  }
  return undefined;
}

/** The line that ends at this newline; undefined for a blank one. */
function lineBefore(text: string, newline: number): Line | undefined {
  const begin = text.lastIndexOf('\n', newline - 1) + 1;
  let start = begin;
  while (start < newline && (text[start] === ' ' || text[start] === '\t')) start++;
  return start >= newline || text[start] === '\r' ? undefined : { start, indent: start - begin };
}

/** The `def` that a line opens, or that `) -> bool:` closes. */
function definitionOf(text: string, header: Line): Line | undefined {
  if (isDefinition(text, header.start)) return header;
  if (text[header.start] !== ')') return undefined;
  let end = text.lastIndexOf('\n', header.start);
  for (let count = 0; count < MAX_LINES && end > 0; count++) {
    const line = lineBefore(text, end);
    if (line && line.indent <= header.indent)
      return line.indent === header.indent && isDefinition(text, line.start) ? line : undefined;
    end = text.lastIndexOf('\n', end - 1);
  }
  return undefined;
}

function isDefinition(text: string, start: number): boolean {
  return text.startsWith('def ', start) || text.startsWith('async def ', start);
}

/** Every line at the indentation of the body starts as a validator's may, the body is short, and its conditions say enough. */
function isPlain(text: string, definition: Line, header: Line): boolean {
  let body = -1;
  let lines = 0;
  let end = header.start;
  for (let at = text.indexOf('\n', header.start) + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) {
    let start = at;
    while (text[start] === ' ' || text[start] === '\t') start++;
    const first = text[start];
    if (first === undefined || first === '\n' || first === '\r' || first === '#') continue;
    const indent = start - at;
    if (indent <= definition.indent) break;
    if (body < 0) body = indent;
    end = start;
    if (++lines > MAX_LINES || (indent === body && !PLAIN.test(text.slice(start, start + 120)))) return false;
  }
  return body > 0 && bodyWeight(text.slice(header.start, text.indexOf('\n', end) + 1 || text.length)) >= MIN_WEIGHT;
}
