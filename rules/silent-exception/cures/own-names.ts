/**
 * The names that a file defines, or has under another one by an import. They are read off its text, once and on first use: scopes are
 * not told apart, which a semantic model would do for the price of a second parse.
 */
export class OwnNames {
  private names: ReadonlySet<string> | undefined;

  constructor(private readonly text: string) {}

  has(name: string): boolean {
    this.names ??= new Set([...this.text.matchAll(DEFINED)].map(([, defined]) => defined!));
    return this.names.has(name);
  }
}

const DEFINED = /\b(?:def|class|function|as|const|let|var|enum|namespace)\b\s*\*?\s*([\p{L}_$][\w$]*)/gu;
