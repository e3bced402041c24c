/**
 * The one view of a syntax tree that the rest of Seamline knows. Both engines (WebAssembly and native tree-sitter) satisfy it;
 * `test/engine-contract.test.ts` demands that they answer alike.
 *
 * Offsets are UTF-16 code units into the text that was parsed. A node's text is `source.slice(node.startIndex, node.endIndex)`:
 * engines offer `.text` too, but slicing is cheaper and needs no live tree. Every access crosses into the engine, so rules
 * look at the text first and at the tree second.
 */
export interface SyntaxNode {
  /** Equal for two wrappers of the same node of one tree. */
  readonly id: number;
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  /** True if this node or a descendant is an ERROR or MISSING node. */
  readonly hasError: boolean;
  readonly parent: SyntaxNode | null;
  readonly children: readonly SyntaxNode[];
  readonly namedChildren: readonly SyntaxNode[];
  readonly childCount: number;
  readonly namedChildCount: number;
  readonly firstChild: SyntaxNode | null;
  readonly lastChild: SyntaxNode | null;
  readonly firstNamedChild: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  readonly nextSibling: SyntaxNode | null;
  readonly previousSibling: SyntaxNode | null;
  readonly nextNamedSibling: SyntaxNode | null;
  readonly previousNamedSibling: SyntaxNode | null;
  child(index: number): SyntaxNode | null;
  namedChild(index: number): SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
  childrenForFieldName(name: string): readonly SyntaxNode[];
  fieldNameForChild(index: number): string | null;
  /** All descendants of the given types in document order, this node included; one pass inside the engine. */
  descendantsOfType(types: string | string[]): readonly SyntaxNode[];
  /** The smallest node that spans the range `[start, end]`. */
  descendantForIndex(start: number, end?: number): SyntaxNode | null;
  namedDescendantForIndex(start: number, end?: number): SyntaxNode | null;
}

/** A parsed file. `delete()` must be called once when it is no longer needed; the native engine ignores it. */
export interface SyntaxTree {
  readonly rootNode: SyntaxNode;
  /** Tells the tree that its text changed, so that it can be handed to `parse` as the old tree. */
  edit(edit: TreeEdit): void;
  delete(): void;
}

export interface Point {
  readonly row: number;
  readonly column: number;
}

/** An edit in tree-sitter's terms; offsets and columns are UTF-16 code units, rows are counted by `\n`. */
export interface TreeEdit {
  readonly startIndex: number;
  readonly oldEndIndex: number;
  readonly newEndIndex: number;
  readonly startPosition: Point;
  readonly oldEndPosition: Point;
  readonly newEndPosition: Point;
}
