import type { Document } from '../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { Input } from './piece';
import { textOf } from './subject';

/** How a language names what is handed over. */
export interface InputLanguage {
  /** A name for the value of an expression. */
  hintOf(node: SyntaxNode, document: Document): string;
  /** A name made of a hint that is not taken. */
  freeHint(hint: string, taken: ReadonlySet<string>): string;
  /** Names and their members, which have no effect: only they may be evaluated once for two places. */
  readonly effectless: RegExp;
  /** Whether such a text still has the value that it had before other inputs were evaluated. */
  isUnchanged(text: string, between: readonly SyntaxNode[], document: Document, node: SyntaxNode): boolean;
}

interface Wanted {
  readonly hint: string;
  readonly text: string;
  readonly places: SyntaxNode[];
}

/** Gathers what must be handed over, in the order in which it is evaluated, and gives it names. */
export class InputList {
  private readonly wanted: Wanted[] = [];

  constructor(
    private readonly document: Document,
    private readonly language: InputLanguage,
  ) {}

  /** @param hint the name that suits it, where the expression itself does not say it best */
  add(node: SyntaxNode, hint?: string): void {
    const { document, language } = this;
    const text = textOf(document, node);
    const at = language.effectless.test(text) ? this.wanted.findLastIndex((one) => one.text === text) : -1;
    const since = at < 0 ? [] : this.wanted.slice(at).map(({ places }) => places[0]!);
    if (at >= 0 && language.isUnchanged(text, since, document, node)) this.wanted[at]!.places.push(node);
    else this.wanted.push({ hint: hint ?? language.hintOf(node, document), text, places: [node] });
  }

  get nodes(): readonly SyntaxNode[] {
    return this.wanted.flatMap(({ places }) => places);
  }

  /** Whether a node is, or is part of, what is handed over. */
  has(node: { readonly startIndex: number; readonly endIndex: number }): boolean {
    return this.nodes.some((one) => one.startIndex <= node.startIndex && node.endIndex <= one.endIndex);
  }

  /** The same for a call. */
  hasCall({ start, end }: { readonly start: number; readonly end: number }): boolean {
    return this.has({ startIndex: start, endIndex: end });
  }

  /** @param taken names that the moved code uses for something else */
  named(taken: ReadonlySet<string>): Input[] {
    const used = new Set(taken);
    return this.wanted.map(({ hint, places }) => {
      const name = this.language.freeHint(hint, used);
      used.add(name);
      return { name, node: places[0]!, places };
    });
  }
}
