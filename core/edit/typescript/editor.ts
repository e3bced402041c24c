import type { SyntaxNode } from '../../syntax/node';
import type { ChangeBuilder } from '../change-builder';
import { Fragment } from '../fragment';
import { Refusal } from '../refusal';
import type { Document } from '../snapshot';
import { TypeScriptLayout } from './layout';

/** New code: whole statements at indentation 0, lines broken by `\n`, without a final line break. */
export type Code = string | Fragment;

/**
 * Intents on one TypeScript or JavaScript file; every method adds edits to the builder, in terms of the text as it was. Statements are
 * indented to their place, but never within template literals. A block on one line is opened up, once; comments stay where they are.
 *
 * One editor a document: it remembers which blocks it has opened. All methods throw `Refusal` `unparsed-syntax` where the tree is broken.
 */
export class TypeScriptEditor {
  readonly layout: TypeScriptLayout;
  private readonly opened = new Set<number>();

  constructor(
    readonly document: Document,
    private readonly changes: ChangeBuilder,
  ) {
    this.layout = new TypeScriptLayout(document);
  }

  /** A statement as the file ends its statements: `code` has no `;` of its own. */
  statement(code: string): string {
    return this.document.style.semicolons ? `${code};` : code;
  }

  /** The indentation that statements directly in a block have, or will have when it is opened up. */
  indentationIn(block: SyntaxNode): string {
    return this.layout.innerIndentation(block);
  }

  /** Inserts above a statement of a block; comments above the statement stay above the new code. */
  insertBefore(statement: SyntaxNode, code: Code): void {
    const block = this.blockOf(statement);
    const indentation = this.indentationIn(block);
    this.open(block);
    this.changes.insert(
      this.document,
      statement.startIndex,
      Fragment.of(indented(code, indentation), `\n${indentation}`),
    );
  }

  /** Inserts at the start of a block, in front of its comments too. */
  prependToBlock(block: SyntaxNode, code: Code): void {
    this.check(block);
    const indentation = this.indentationIn(block);
    const first = block.namedChildren[0];
    if (!first) {
      this.fill(block, code);
      return;
    }
    // A comment behind the brace belongs to the head.
    if (first.type === 'comment' && !this.isOneLine(block) && !this.layout.isFirstOnLine(first.startIndex)) {
      this.changes.insert(this.document, first.endIndex, Fragment.of(`\n${indentation}`, indented(code, indentation)));
      return;
    }
    this.open(block);
    this.changes.insert(this.document, first.startIndex, Fragment.of(indented(code, indentation), `\n${indentation}`));
  }

  /** Inserts at the end of a block, behind its comments. */
  appendToBlock(block: SyntaxNode, code: Code): void {
    this.check(block);
    const indentation = this.indentationIn(block);
    const last = block.namedChildren.at(-1);
    if (!last) {
      this.fill(block, code);
      return;
    }
    this.open(block);
    this.changes.insert(this.document, last.endIndex, Fragment.of(`\n${indentation}`, indented(code, indentation)));
  }

  /** Replaces a statement of a block; the comments around it stay. */
  replaceStatement(statement: SyntaxNode, code: Code): void {
    const block = this.blockOf(statement);
    const indentation = this.indentationIn(block);
    this.open(block);
    this.changes.replace(this.document, statement.startIndex, statement.endIndex, indented(code, indentation));
  }

  /** Gives a `catch` without a parameter one: `catch {` becomes `catch (error) {`. */
  addCatchParameter(clause: SyntaxNode, name: string): void {
    this.check(clause);
    const keyword = clause.firstChild!;
    this.changes.insert(this.document, keyword.endIndex, ` (${name})`);
  }

  /** Renames the one place of a parameter that nothing reads. */
  renameUnused(identifier: SyntaxNode, name: string): void {
    this.changes.replace(this.document, identifier.startIndex, identifier.endIndex, name);
  }

  /** Gives a function that has no parameters its first one. */
  addFirstParameter(definition: SyntaxNode, name: string): void {
    this.check(definition);
    const list = definition.childForFieldName('parameters');
    const brace = list?.firstChild;
    if (!list || brace?.type !== '(') throw this.unparsed(definition);
    const others = list.namedChildren.some(({ type }) => type !== 'comment');
    this.changes.insert(this.document, brace.endIndex, others ? `${name}, ` : name);
  }

  /**
   * Gives an arrow function whose body is an expression a block: statements, then `return` of the expression.
   * @param keepsValue whether the expression is still handed back
   */
  toBlockBody(arrow: SyntaxNode, code: Code, keepsValue: boolean): void {
    this.check(arrow);
    const body = arrow.childForFieldName('body');
    if (!body || body.type === 'statement_block') throw this.unparsed(arrow);
    const outer = this.layout.indentationAt(body.startIndex);
    const inner = outer + this.document.style.indent;
    // `({})` needs its parentheses only where a block could stand; comments within keep them.
    const only = body.type === 'parenthesized_expression' && body.namedChildCount === 1 ? body.firstNamedChild! : body;
    const value = Fragment.copy(this.document, only.startIndex, only.endIndex);
    const end = this.document.style.semicolons ? ';' : '';
    const rest = keepsValue ? Fragment.of(`\n${inner}return `, value, end) : Fragment.of('');
    const written = Fragment.of(`{\n${inner}`, indented(code, inner), rest, `\n${outer}}`);
    this.changes.replace(this.document, body.startIndex, body.endIndex, written);
  }

  /** Replaces an expression by one that binds as tightly. */
  replaceExpression(node: SyntaxNode, code: Code): void {
    this.check(node);
    this.changes.replace(this.document, node.startIndex, node.endIndex, Fragment.of(code));
  }

  /** A function body in braces at the place of an expression: `{`, the statements, `}`. */
  blockAt(node: SyntaxNode, code: Code): Fragment {
    const outer = this.layout.indentationAt(node.startIndex);
    const inner = outer + this.document.style.indent;
    return Fragment.of(`{\n${inner}`, indented(code, inner), `\n${outer}}`);
  }

  private fill(block: SyntaxNode, code: Code): void {
    const indentation = this.indentationIn(block);
    const written = Fragment.of(
      `\n${indentation}`,
      indented(code, indentation),
      `\n${this.layout.outerIndentation(block)}`,
    );
    this.changes.replace(this.document, block.startIndex + 1, block.endIndex - 1, written);
  }

  /** Puts the braces of a block, and each of its statements, on lines of their own. */
  private open(block: SyntaxNode): void {
    if (this.opened.has(block.startIndex)) return;
    this.opened.add(block.startIndex);
    const inner = this.indentationIn(block);
    let end = block.startIndex + 1;
    for (const child of block.namedChildren) {
      // A comment behind code explains that code.
      const isBehind = child.type === 'comment' && this.layout.areOnOneLine(end, child.startIndex);
      const staysBehind = isBehind && (end > block.startIndex + 1 || !this.isOneLine(block));
      if (!staysBehind && !this.layout.isFirstOnLine(child.startIndex)) this.breakAt(end, child.startIndex, inner);
      end = child.endIndex;
    }
    const brace = block.endIndex - 1;
    if (!this.layout.isFirstOnLine(brace)) this.breakAt(end, brace, this.layout.outerIndentation(block));
  }

  /** Puts a line break in the place of the blanks before an offset; what stands between (a `;`) stays in front of it. */
  private breakAt(from: number, to: number, indentation: string): void {
    const start = Math.max(from, this.layout.codeBefore(to));
    this.changes.replace(this.document, start, to, `\n${indentation}`);
  }

  private isOneLine(block: SyntaxNode): boolean {
    return this.layout.areOnOneLine(block.startIndex, block.endIndex);
  }

  private blockOf(statement: SyntaxNode): SyntaxNode {
    const block = statement.parent;
    if (block?.type !== 'statement_block') throw this.unparsed(statement);
    this.check(block);
    return block;
  }

  private check(node: SyntaxNode): void {
    if (node.hasError) throw this.unparsed(node);
  }

  private unparsed(node: SyntaxNode): Refusal {
    const { file, source } = this.document;
    return new Refusal('unparsed-syntax', { line: source.lineAt(node.startIndex) + 1, file });
  }
}

/** Indents the lines after the first; those within a template literal are part of a value. */
function indented(code: Code, indentation: string): Fragment {
  const whole = Fragment.of(code);
  const text = whole.toString();
  const inLiteral = linesInTemplates(text);
  const parts: (string | Fragment)[] = [];
  let from = 0;
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    line++;
    parts.push(whole.slice(from, at + 1));
    from = at + 1;
    const isBlank = text[from] === '\n' || from === text.length;
    if (!isBlank && !inLiteral.has(line)) parts.push(indentation);
  }
  return Fragment.of(...parts, whole.slice(from));
}

/** The lines (0-based) of some code that begin within a template literal. */
function linesInTemplates(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  // Strings and comments are skipped whole, so that a backtick in them opens nothing.
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;
  for (const match of text.matchAll(pattern)) {
    if (!match[0].startsWith('`')) continue;
    const first = text.slice(0, match.index).split('\n').length;
    for (let at = 0; at < match[0].split('\n').length - 1; at++) found.add(first + at);
  }
  return found;
}
