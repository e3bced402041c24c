import { bodyWeight, MIN_WEIGHT } from './weight';

const REJECTION = /raise\b|return False\b/y;

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
  if (!text.includes('raise') && !text.includes('return False')) return [];
  const found: number[] = [];
  // What is known of the blocks' heads that were looked at.
  const seen = new Set<number>();
  /** The lines around the current one, each indented more than the one before it. */
  const around: NumberedLine[] = [];
  let number = 0;
  for (let at = 0; at < text.length; number++) {
    const begin = at;
    let code = text.charCodeAt(at);
    while (code === SPACE || code === TAB) code = text.charCodeAt(++at);
    const start = at;
    at = text.indexOf('\n', at) + 1 || text.length;
    if (code === LF || code === CR || start === text.length) continue;
    const indent = start - begin;
    while (around.length > 0 && around[around.length - 1]!.indent >= indent) around.pop();
    if (code === R && around.length > 1 && isRejection(text, start)) {
      const condition = around[around.length - 1]!;
      const header = around[around.length - 2]!;
      if (
        !seen.has(header.start) &&
        number - condition.number <= MAX_LINES &&
        condition.number - header.number <= MAX_LINES
      ) {
        seen.add(header.start);
        const definition = definitionOf(text, header);
        if (definition !== undefined && isPlain(text, definition, header)) found.push(definition.start);
      }
    }
    around.push({ start, indent, number });
  }
  return found;
}

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const R = 114;

function isRejection(text: string, offset: number): boolean {
  REJECTION.lastIndex = offset;
  return REJECTION.test(text);
}

/** A line with something on it. */
interface Line {
  /** Offset of its first character that is no blank. */
  readonly start: number;
  readonly indent: number;
}

interface NumberedLine extends Line {
  /** How many lines stand above it. */
  readonly number: number;
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
