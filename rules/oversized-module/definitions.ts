import type { ParsedFile } from '../../core/facts/parsed-file';
import type { DefinitionFact, RawDefinition, TopLevel } from './facts';

/** An outermost function of more than one line. */
export type FunctionRange = readonly [start: number, lines: number];

/** A definition before it is known what it names. */
export interface Outline {
  readonly fact: Omit<DefinitionFact, 'uses'>;
  /** All pieces of its name, the definition itself first. */
  readonly pieces: readonly RawDefinition[];
}

/** The definitions of a module, each name once. */
export function outline(top: TopLevel, extents: Extents): Outline[] {
  const byName = new Map<string, RawDefinition[]>();
  for (const raw of top.definitions) {
    const pieces = byName.get(raw.name);
    if (pieces) pieces.push(raw);
    else if (!raw.isPiece) byName.set(raw.name, [raw]);
  }
  return Array.from(byName.values(), (pieces): Outline => {
    const raw = pieces[0]!;
    const behaves = pieces.some((piece) => extents.holdsFunction(piece));
    const line = extents.firstLine(raw.start);
    let lines = extents.lastLine(raw) - line + 1;
    for (let next = 1; next < pieces.length; next++) lines += extents.lines(pieces[next]!);
    const fact = {
      name: raw.name,
      kind: raw.kind === 'value' && behaves ? (raw.isLiteral ? 'object' : 'function') : raw.kind,
      line,
      lines,
      ...(behaves ? { behaves } : {}),
      ...(raw.also ? { also: raw.also } : {}),
      ...(raw.isDefault || raw.name === top.defaultName ? { isDefault: true as const } : {}),
    } satisfies Outline['fact'];
    return { fact, pieces };
  });
}

/** Lines of definitions, with the comments right above them. */
export class Extents {
  /** From the line below a block of comments to the line on which the block starts. */
  private readonly commentStarts = new Map<number, number>();

  constructor(
    private readonly file: ParsedFile,
    comments: TopLevel['comments'],
    private readonly functions: readonly FunctionRange[],
  ) {
    const { source } = file;
    for (const [start, end] of comments) {
      const line = source.lineAt(start);
      if (isTrailing(source.text, start)) continue;
      this.commentStarts.set(source.lineAt(end) + 1, this.commentStarts.get(line) ?? line);
    }
  }

  firstLine(start: number): number {
    const line = this.file.source.lineAt(start);
    return this.commentStarts.get(line) ?? line;
  }

  lastLine({ start, end }: RawDefinition): number {
    return this.file.source.lineAt(Math.max(start, end - 1));
  }

  lines(piece: RawDefinition): number {
    return this.lastLine(piece) - this.firstLine(piece.start) + 1;
  }

  holdsFunction({ start, end }: RawDefinition): boolean {
    const next = this.functions[firstAt(this.functions, start)];
    return next !== undefined && next[0] < end;
  }
}

/** Whether something stands on the line in front of an offset. */
function isTrailing(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0; at--) {
    const char = text[at]!;
    if (char === '\n' || char === '\r') return false;
    if (char.trim() !== '') return true;
  }
  return false;
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
