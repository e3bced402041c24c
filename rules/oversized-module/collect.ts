import type { FactCollector, ParsedFile } from '../../core/facts/parsed-file';
import { nameTable } from '../../core/syntax/identifiers';
import { findPythonNames } from '../../core/syntax/python-identifiers';
import { findTypeScriptNames } from '../../core/syntax/typescript-identifiers';
import { isMigration, isMostlyData, isVendored, isWaived } from './exempt';
import type { DefinitionFact, ModuleFacts, RawDefinition, TopLevel } from './facts';
import { pythonTopLevel } from './python';
import { typeScriptTopLevel } from './typescript';

/** Files below this many lines are never looked at, whatever the options say: their facts would only cost memory. */
export const LEAST_LINES = 20;

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

/** The top-level definitions of a module and which of them name which. */
export const moduleCollector: FactCollector<ModuleFacts> = {
  id: 'oversized-module',
  version: 1,
  families: ['python', 'typescript'],
  kinds: (family) => FUNCTIONS[family],
  start: (file) => {
    const lines = file.source.physicalLines;
    const { text } = file.source;
    if (lines < LEAST_LINES || isWaived(text, file.family) || isMigration(text, file.family) || isVendored(text)) {
      return { finish: () => undefined };
    }
    const functions: [start: number, end: number, lines: number][] = [];
    let behaviour = 0;
    let outermostEnd = -1;
    return {
      visit: (node) => {
        const start = node.startIndex;
        if (start < outermostEnd) return;
        outermostEnd = node.endIndex;
        const own = file.source.lineAt(outermostEnd - 1) - file.source.lineAt(start) + 1;
        // A function of one line is a declaration (`...`) or part of a table (`(row) => row.name`).
        if (own < 2) return;
        behaviour += own;
        functions.push([start, outermostEnd, own]);
      },
      finish: () => moduleFacts(file, behaviour, functions, lines),
    };
  },
};

type FunctionRange = readonly [start: number, end: number, lines: number];

function moduleFacts(
  file: ParsedFile,
  behaviour: number,
  functions: readonly FunctionRange[],
  lines: number,
): ModuleFacts {
  const firstLine = file.source.lineText(0).length;
  if (isMostlyData(behaviour, lines)) return { firstLine, behaviour, definitions: [], imported: [], rest: [] };
  const top = file.family === 'python' ? pythonTopLevel(file) : typeScriptTopLevel(file);
  return { firstLine, behaviour, ...describe(file, top, functions) };
}

/** One definition on the way: all pieces of one name. */
interface Growing {
  readonly raw: RawDefinition;
  readonly pieces: RawDefinition[];
}

function describe(
  file: ParsedFile,
  top: TopLevel,
  functions: readonly FunctionRange[],
): Pick<ModuleFacts, 'definitions' | 'imported' | 'rest'> {
  const byName = new Map<string, Growing>();
  for (const raw of top.definitions) {
    const known = byName.get(raw.name);
    if (known) known.pieces.push(raw);
    else if (!raw.isPiece) byName.set(raw.name, { raw, pieces: [raw] });
  }
  const growing = [...byName.values()];
  const outside = [...new Set(top.imported)].filter((name) => !byName.has(name));
  // Every name once, with the index of what it stands for: definitions first, then what they bind beside their name, then imports.
  const others = growing.flatMap(({ raw }, index) =>
    (raw.also ?? []).filter((name) => !byName.has(name)).map((name) => [name, index] as const),
  );
  const table = nameTable([...byName.keys(), ...others.map(([name]) => name), ...outside]);
  const meaning = (index: number): number => {
    if (index < growing.length) return index;
    const other = others[index - growing.length];
    return other ? other[1] : index - others.length;
  };
  const named = growing.map(({ pieces }) => {
    const found = new Set<number>();
    for (const { start, end, kind } of pieces) {
      if (file.family === 'python') findPythonNames(file.source.text, start, end, table, found);
      else findTypeScriptNames(file.source.text, start, end, table, found, kind === 'class');
    }
    return new Set([...found].map(meaning));
  });
  const rest = new Set<number>();
  for (const [start, end] of top.rest) {
    if (file.family === 'python') findPythonNames(file.source.text, start, end, table, rest);
    else findTypeScriptNames(file.source.text, start, end, table, rest);
  }
  const { imported, renumber } = sharedImports(named, growing.length, outside);
  const extents = new Extents(file, top, functions);
  const definitions = growing.map(({ raw, pieces }, index): DefinitionFact => {
    const behaviour = pieces.reduce((sum, piece) => sum + extents.behaviour(piece), 0);
    const more = pieces.slice(1).reduce((sum, piece) => sum + extents.lines(piece), 0);
    const uses = [...named[index]!].filter((use) => use !== index).map(renumber);
    return {
      name: raw.name,
      kind: raw.kind === 'value' && behaviour > 0 ? (raw.isLiteral ? 'object' : 'function') : raw.kind,
      ...extents.of(raw),
      ...(more > 0 ? { more } : {}),
      ...(behaviour > 0 ? { behaviour } : {}),
      ...(raw.also ? { also: raw.also } : {}),
      ...(raw.isDefault || raw.name === top.defaultName ? { isDefault: true } : {}),
      uses: uses.filter((use) => use >= 0).sort((a, b) => a - b),
    };
  });
  const byRest = [...rest].map(meaning).filter((use) => use < growing.length);
  return { definitions, imported, rest: [...new Set(byRest)].sort((a, b) => a - b) };
}

/** Imported names that only one definition uses tie nothing: they are dropped, the others get the next indices. */
function sharedImports(
  named: readonly ReadonlySet<number>[],
  own: number,
  outside: readonly string[],
): { imported: string[]; renumber: (use: number) => number } {
  const users = new Map<number, number>();
  for (const uses of named) for (const use of uses) if (use >= own) users.set(use, (users.get(use) ?? 0) + 1);
  const kept = [...users]
    .filter(([, count]) => count > 1)
    .map(([use]) => use)
    .sort((a, b) => a - b);
  const position = new Map(kept.map((use, index) => [use, own + index]));
  return {
    imported: kept.map((use) => outside[use - own]!),
    renumber: (use) => (use < own ? use : (position.get(use) ?? -1)),
  };
}

/** Lines of definitions, with the comments right above them. */
class Extents {
  private readonly commentStarts: ReadonlyMap<number, number>;

  constructor(
    private readonly file: ParsedFile,
    top: TopLevel,
    private readonly functions: readonly FunctionRange[],
  ) {
    // From the line below a block of comments to the line on which the block starts.
    const starts = new Map<number, number>();
    for (const [start, end] of top.comments) {
      const line = file.source.lineAt(start);
      const isTrailing =
        file.source
          .lineText(line)
          .slice(0, start - file.source.offsetAt({ line, character: 0 }))
          .trim() !== '';
      if (!isTrailing) starts.set(file.source.lineAt(end) + 1, starts.get(line) ?? line);
    }
    this.commentStarts = starts;
  }

  of({ start, end }: RawDefinition): { start: number; end: number } {
    const line = this.file.source.lineAt(start);
    return { start: this.commentStarts.get(line) ?? line, end: this.file.source.lineAt(Math.max(start, end - 1)) };
  }

  lines(piece: RawDefinition): number {
    const { start, end } = this.of(piece);
    return end - start + 1;
  }

  behaviour(piece: RawDefinition): number {
    let sum = 0;
    for (let index = firstAt(this.functions, piece.start); index < this.functions.length; index++) {
      const [start, , lines] = this.functions[index]!;
      if (start >= piece.end) break;
      sum += lines;
    }
    return sum;
  }
}

/** Index of the first range that starts at or behind an offset. */
function firstAt(ranges: readonly FunctionRange[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]![0] < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
