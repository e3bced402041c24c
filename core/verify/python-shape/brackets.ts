import { reject } from './rejection';
import type { Tokens } from './tokens';

const MAX_BRACKETS = 200;
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** An f- or t-string whose end has not come yet. */
export interface OpenFString {
  readonly start: number;
  readonly quote: string;
  readonly isRaw: boolean;
  /** `f-string` or `t-string`, for messages. */
  readonly kind: string;
  /** Brackets that are open inside it. */
  depth: number;
  /** For each open replacement field, the depth at its `{`. */
  readonly fields: number[];
  /** The next characters are text (also a format specifier), not code. */
  isText: boolean;
  inSpecifier: boolean;
}

/** The stack of open brackets. */
export class Brackets {
  private readonly open: { readonly character: string; readonly at: number }[] = [];

  get isEmpty(): boolean {
    return this.open.length === 0;
  }

  push(character: string, at: number, inside: OpenFString | undefined): void {
    if (this.open.length >= MAX_BRACKETS) reject('too-deep', 'too many nested parentheses', at, at + 1);
    this.open.push({ character, at });
    if (inside) inside.depth++;
  }

  pop(character: string, at: number, inside: OpenFString | undefined): void {
    const fail = (message: string): never => reject('unbalanced-bracket', message, at, at + 1);
    if (inside && inside.depth === 0 && character === '}') fail(`${inside.kind}: single '}' is not allowed`);
    const opening = this.open.pop();
    if (!opening) fail(`unmatched '${character}'`);
    else if (CLOSING[opening.character] !== character) {
      const isField = inside && opening.character === '{' && inside.depth - 1 === inside.fields.at(-1);
      if (isField) fail(`${inside.kind}: unmatched '${character}'`);
      fail(`closing parenthesis '${character}' does not match opening parenthesis '${opening.character}'`);
    }
    if (!inside) return;
    inside.depth--;
    if (inside.depth < 0) fail(`${inside.kind}: unmatched '${character}'`);
    if (character === '}' && inside.depth === inside.fields.at(-1)) {
      inside.fields.pop();
      inside.isText = true;
      inside.inSpecifier = false;
    }
  }

  /** Rejects a file that ends inside brackets. */
  end(tokens: Tokens): void {
    const last = this.open.at(-1);
    if (last) reject('unbalanced-bracket', `'${last.character}' was never closed`, last.at, tokens.text.length);
  }
}
