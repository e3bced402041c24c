import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import type { Handed } from '../expression';
import type { Input as AnyInput, Piece as AnyPiece } from '../piece';
import type { Site } from './site';

export interface Input extends AnyInput {
  /** A constant in which two pieces differ, or an argument that others leave out: the old place says it with its name. */
  readonly isConstant?: true;
  /** What the method takes where it is left out: the default of the argument that it is for. */
  readonly otherwise?: string;
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

/** An expression or statements that become the body of one method. */
export interface Piece extends AnyPiece {
  readonly site: Site;
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
  /** Imports in the function around that the moved code names. */
  readonly localImports: readonly PythonBinding[];
  /** What is evaluated before the piece now, and was in the midst of it. */
  readonly early: readonly SyntaxNode[];
  /** How much of its arguments an expression is handed. */
  readonly handed?: Handed;
  /** Arguments that other calls of its method say, and which its own call passes on. */
  readonly added?: readonly Added[];
}

export interface Added {
  /** Where it comes. */
  readonly at: number;
  readonly name: string;
  /** No argument stands before it. */
  readonly isFirst: boolean;
}
