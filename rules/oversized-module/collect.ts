import type { FactCollector, ParsedFile } from '../../core/facts/parsed-file';
import { Extents, type FunctionRange, outline } from './definitions';
import { isExempt, isMostlyData } from './exempt';
import type { ModuleFacts } from './facts';
import { connect } from './mentions';
import { pythonTopLevel } from './python';
import { findSeams, LEAST_DEFINITIONS } from './seams';
import { typeScriptTopLevel } from './typescript';

/** Files below this many lines are never looked at, whatever the options say: their facts would only cost memory. */
export const LEAST_LINES = 20;

/**
 * From this many lines on the seams themselves are remembered, so that no later audit has to find them again. They are computed from
 * the text alone; below, nobody asks for them unless the limits are lowered.
 */
export const LONG = 700;

const FUNCTIONS = {
  python: ['function_definition'],
  typescript: [
    'function_declaration',
    'generator_function_declaration',
    'function_expression',
    'generator_function',
    'arrow_function',
    'method_definition',
  ],
} as const;

/** The seams of a module, or for a short one its top-level definitions and which of them name which. */
export const moduleCollector: FactCollector<ModuleFacts> = {
  id: 'oversized-module',
  version: 5,
  families: ['python', 'typescript'],
  kinds: (family) => FUNCTIONS[family],
  start: (file) => {
    const { source } = file;
    // Never fewer than the physical lines, and known to others already.
    if (source.editorLines < LEAST_LINES) return { finish: () => undefined };
    const functions: FunctionRange[] = [];
    let behaviour = 0;
    let outermostEnd = -1;
    return {
      visit: (node) => {
        const start = node.startIndex;
        if (start < outermostEnd) return;
        outermostEnd = node.endIndex;
        const own = source.lineAt(outermostEnd - 1) - source.lineAt(start) + 1;
        // A function of one line is a declaration (`...`) or part of a table (`(row) => row.name`).
        if (own < 2) return;
        behaviour += own;
        functions.push([start, own]);
      },
      finish: () => {
        const lines = source.physicalLines;
        if (lines < LEAST_LINES || isMostlyData(behaviour, lines) || isExempt(source.text, file.family))
          return undefined;
        if (lines >= LONG && isMostlyData(behaviour - tableLines(file, functions, behaviour, lines), lines))
          return undefined;
        return moduleFacts(file, functions, lines);
      },
    };
  },
};

const TABLES = {
  python: ['dictionary', 'list', 'set', 'tuple'],
  typescript: ['object', 'array'],
};
const LEAST_TABLE = 10;

/**
 * Lines of tables without a function in them that stand in functions: `(function () { const icons = { ... } })()` where one function is most
 * of a module, and the settings that properties answer with where functions are less than half of it.
 */
function tableLines(
  { root, source, family }: ParsedFile,
  functions: readonly FunctionRange[],
  behaviour: number,
  lines: number,
): number {
  const whole = functions.find(([, own]) => own > lines / 2);
  const holders = whole ? [whole] : family === 'python' && behaviour < lines / 2 ? functions : [];
  const tables = holders.length > 0 ? root.descendantsOfType([...TABLES[family]]) : [];
  let sum = 0;
  let next = 0;
  for (const [start, length] of holders) {
    const last = source.lineAt(start) + length;
    for (let end = start; next < tables.length; next++) {
      const table = tables[next]!;
      const from = source.lineAt(table.startIndex);
      if (from >= last) break;
      const own = source.lineAt(table.endIndex) - from + 1;
      if (table.startIndex < end || own < LEAST_TABLE || holdsFunction(source.slice(table.startIndex, table.endIndex)))
        continue;
      end = table.endIndex;
      sum += own;
    }
  }
  return sum;
}

function holdsFunction(text: string): boolean {
  return /\bfunction\b|=>|\blambda\b/.test(text);
}

function moduleFacts(file: ParsedFile, functions: readonly FunctionRange[], lines: number): ModuleFacts {
  const top = file.family === 'python' ? pythonTopLevel(file) : typeScriptTopLevel(file);
  const outlines = outline(top, new Extents(file, top.comments, functions));
  const members = outlines.map((one) => one.fact).filter((one) => one.kind !== 'value');
  const dominant = members.find((one) => one.lines >= 0.5 * lines);
  const facts: ModuleFacts = {
    head: file.source.lineText(0).length,
    ...(members[0] ? { first: members[0].name } : {}),
    ...(dominant ? { dominant: { name: dominant.name, kind: dominant.kind, lines: dominant.lines } } : {}),
  };
  if (members.length < LEAST_DEFINITIONS) return facts;
  const parts = connect(file, top, outlines);
  return lines < LONG ? { ...facts, parts } : { ...facts, seams: findSeams(parts) };
}
