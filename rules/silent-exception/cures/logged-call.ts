import type { Document } from '../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../core/syntax/node';

/** A call on something that looks like a logger, as both languages have them. */
export interface LoggedCall {
  /** What it is called on, as written: `logger`, `self.log`, `console`. */
  readonly receiver: string;
  readonly receiverNode: SyntaxNode;
  readonly method: string;
  /** The name of the error in whose handler it stands: see the languages for handlers without one. */
  readonly caught: string | undefined;
  readonly start: number;
  readonly function: SyntaxNode | undefined;
  readonly owner: SyntaxNode | undefined;
}

/**
 * Makes the list of a file's log calls, in document order and read once.
 * @param methods alternatives of a pattern; a text that calls none of them holds no log call
 * @param callType of the syntax tree
 */
export function logCallReader<T extends LoggedCall>(
  methods: string,
  callType: string,
  read: (document: Document, call: SyntaxNode) => T | undefined,
): (document: Document) => readonly T[] {
  const trigger = new RegExp(`\\.(?:${methods})\\s*\\(`);
  const known = new WeakMap<Document, readonly T[]>();
  return (document) => {
    const isLogging = trigger.test(document.source.text);
    const list =
      known.get(document) ??
      (isLogging ? document.root.descendantsOfType(callType).flatMap((call) => read(document, call) ?? []) : []);
    known.set(document, list);
    return list;
  };
}
