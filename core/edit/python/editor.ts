import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import type { Fragment } from '../fragment';
import type { Document } from '../snapshot';
import { ArgumentEditor } from './arguments';
import { spotOf } from './blocks';
import { copyStatements } from './copy';
import { Eraser } from './eraser';
import { fitExpression } from './expression';
import { PythonLayout } from './layout';
import { ParameterEditor } from './parameters';
import type { Precedence } from './precedence';
import type { Code } from './reindent';
import { StatementRemover } from './removal';
import { SharedLines } from './shared-lines';
import { StatementEditor } from './statements';

export type { Code } from './reindent';

/**
 * Intents on one Python file; every method adds edits to the builder, in terms of the text as it was. Code is given at indentation 0,
 * with `\n`, without final newline: one or more whole statements (or one expression). It is indented to its place, but never within
 * literals. Statements may be given by any node within them; a definition counts with its decorators.
 *
 * One editor a document: it remembers what it has opened up and emptied. Insert before you remove, so that a block that has got new
 * statements needs no `pass`, and replace what you would remove and insert after.
 *
 * All methods throw `Refusal` `shape-error` for code that is no Python, and `unparsed-syntax` where the tree is broken.
 */
export class PythonEditor {
  private readonly layout: PythonLayout;
  private readonly lines: SharedLines;
  private readonly statements: StatementEditor;
  private readonly remover: StatementRemover;
  private readonly parameters: ParameterEditor;
  private readonly args: ArgumentEditor;

  constructor(
    readonly document: Document,
    private readonly changes: ChangeBuilder,
  ) {
    const layout = new PythonLayout(document);
    const eraser = new Eraser(document, changes);
    this.layout = layout;
    this.lines = new SharedLines(layout, changes, eraser);
    this.remover = new StatementRemover(layout, changes, eraser);
    this.statements = new StatementEditor(layout, changes, eraser, this.lines, this.remover);
    this.parameters = new ParameterEditor(layout, changes, eraser);
    this.args = new ArgumentEditor(layout, changes, eraser);
  }

  /** Inserts above a statement and the comments attached to it. Around definitions it sees to the blank lines of PEP 8. */
  insertBefore(statement: SyntaxNode, code: Code): void {
    this.statements.insertBefore(statement, code);
  }

  /** Inserts below a statement, the comment at its end, and the deeper comments that close its block. */
  insertAfter(statement: SyntaxNode, code: Code): void {
    this.statements.insertAfter(statement, code);
  }

  /**
   * Inserts at the start of a block, behind a docstring and imports from `__future__`.
   * @param owner a definition, a compound statement (its first block), one of its clauses, or the module
   */
  prependToBlock(owner: SyntaxNode, code: Code): void {
    this.statements.prependToBlock(owner, code);
  }

  /** Inserts at the end of a block, behind the comments that are indented deeper than its owner. */
  appendToBlock(owner: SyntaxNode, code: Code): void {
    this.statements.appendToBlock(owner, code);
  }

  /** Replaces a statement; the comments above it and at its end stay. */
  replaceStatement(statement: SyntaxNode, code: Code): void {
    this.statements.replace(statement, code);
  }

  /** Removes a statement; a block that would be empty gets `pass`, and the comment at the statement's end a line of its own. */
  removeStatement(statement: SyntaxNode): void {
    this.remover.remove([statement], false);
  }

  /** Removes statements, with the comments attached to them if wished, as {@link copyStatements} copies them. */
  removeStatements(statements: readonly SyntaxNode[], options: { readonly withComments?: boolean } = {}): void {
    this.remover.remove(statements, options.withComments ?? false);
  }

  /** Copies statements to indentation 0, in the given order, for a move; between direct neighbours all that is between them. */
  copyStatements(statements: readonly SyntaxNode[], withComments: boolean): Fragment {
    return copyStatements(statements, withComments, this.layout);
  }

  /**
   * Replaces an expression and puts it in parentheses where its place asks for it.
   * @param precedence how tightly the code binds ({@link PRECEDENCE}); read off its tokens when not given
   * @throws Refusal `not-verifiable` within an f-string that cannot hold the code in every Python
   */
  replaceExpression(node: SyntaxNode, code: Code, precedence?: Precedence): void {
    const written = fitExpression(node, code, this.layout, precedence);
    this.changes.replace(this.document, node.startIndex, node.endIndex, written);
  }

  /**
   * Adds a parameter (`x: int = 0`, `*args`, `**kwargs`) to a `def` or `lambda`.
   * @param position its index among the parameters, `self` included; the nearest legal place is taken. Without it: the last of its kind
   * @throws Refusal `shape-error` when there is no legal place
   */
  addParameter(definition: SyntaxNode, parameter: string, position?: number): void {
    this.parameters.add(definition, parameter, position);
  }

  /**
   * Removes a parameter, and a `*` or `/` that would be left alone. From one list remove before you add to it.
   * @param parameter the node in the list, or the name
   */
  removeParameter(definition: SyntaxNode, parameter: SyntaxNode | string): void {
    this.parameters.remove(definition, parameter);
  }

  /**
   * Adds an argument (`x`, `name=x`, `*x`, `**x`) to a call.
   * @param position its index among the arguments; the nearest legal place is taken. Without it: the last of its kind
   */
  addArgument(call: SyntaxNode, argument: Code, position?: number): void {
    this.args.add(call, argument, position);
  }

  /** Removes an argument. From one list remove before you add to it. */
  removeArgument(call: SyntaxNode, argument: SyntaxNode): void {
    this.args.remove(call, argument);
  }

  /** The indentation of the line where the statement of a node starts, once all edits so far are made. */
  indentationOf(node: SyntaxNode): string {
    return this.lines.indentationOf(spotOf(node, this.layout));
  }
}
