/**
 * The tokens of a file. The type of a keyword, operator or bracket is its own text (`if`, `**=`, `(`); the others are
 * `NAME`, `NUMBER`, `STRING`, `FSTRING_START`, `FSTRING_MIDDLE`, `FSTRING_END`, `NEWLINE`, `INDENT`, `DEDENT` and `END`.
 */
export class Tokens {
  readonly types: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  constructor(readonly text: string) {}

  add(type: string, start: number, end: number): void {
    this.types.push(type);
    this.starts.push(start);
    this.ends.push(end);
  }

  textOf(index: number): string {
    return this.text.slice(this.starts[index], this.ends[index]);
  }
}

/** Reserved words; `match`, `case`, `type`, `_` and so on are names with a meaning in places. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const NOT_ASCII = /[^\0-\x7f]/;

/** Identifiers are compared in normal form NFKC (language reference, 2.3). */
export function normalName(name: string): string {
  return NOT_ASCII.test(name) ? name.normalize('NFKC') : name;
}
