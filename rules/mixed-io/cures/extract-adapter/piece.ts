import type { PythonBinding } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import type { IoCall } from '../../collect';
import type { Site } from './site';

/** A value that the old place hands over. */
export interface Input {
  /** The parameter's name. */
  readonly name: string;
  /** The expression, as it stands at its first place. */
  readonly node: SyntaxNode;
  /** Every place within the code that moves; a starred one keeps its stars. */
  readonly places: readonly SyntaxNode[];
  /** A constant in which two pieces differ, which the old place says with its name. */
  readonly isConstant?: true;
}

/** A value that the old place gets back under its own name. */
export interface Output {
  readonly binding: PythonBinding;
  readonly name: string;
  /** Where the moved code writes it last. */
  readonly write: { readonly start: number; readonly end: number };
}

/** What a piece gives back: the value of its expression, names, what it returns, or nothing. */
export type Result = 'value' | 'outputs' | 'return' | 'nothing';

/** Code that becomes the body of one method. */
export interface Piece {
  readonly site: Site;
  /** The calls that move with it. */
  readonly calls: readonly IoCall[];
  /** `[start, end)` moves. */
  readonly start: number;
  readonly end: number;
  /** The expression that is replaced; undefined where statements are. */
  readonly expression: SyntaxNode | undefined;
  /** The statements that hold what moves: the first one is replaced. */
  readonly statements: readonly SyntaxNode[];
  /** Statements of a `with` block that stay behind it, one level further out. */
  readonly rest: readonly SyntaxNode[];
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly result: Result;
  /** The last assignment, whose value can be returned as it is. */
  readonly lastAssignment: SyntaxNode | undefined;
  readonly isAsync: boolean;
  /** Imports in the function around that the moved code names. */
  readonly localImports: readonly PythonBinding[];
  /** Names that the moved code says itself, which no parameter may have. */
  readonly names: ReadonlySet<string>;
  /** What is evaluated before the piece now, and was in the midst of it. */
  readonly early: readonly SyntaxNode[];
}
