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

const NOT_ASCII = /[^\0-\x7f]/;

/** Identifiers are compared in normal form NFKC (language reference, 2.3). */
export function normalName(name: string): string {
  return NOT_ASCII.test(name) ? name.normalize('NFKC') : name;
}
