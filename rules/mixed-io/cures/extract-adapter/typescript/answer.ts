import type { SyntaxNode } from '../../../../../core/syntax/node';
import { InputList } from '../inputs';
import { textOf } from '../subject';
import { ExpressionReader } from './expression';
import { INPUTS } from './hints';
import { NameReader } from './names';
import type { Piece } from './piece';
import type { Site } from './site';
import type { Subject } from './subject';

/**
 * A request with the statements behind it that only judge and unpack its answer:
 *
 *     const response = await fetch(url);
 *     if (!response.ok) throw new Error(`answered ${response.status}`);
 *     const data = await response.json();
 *
 * Undefined where anything of it does more: then the request moves alone.
 */
export function answerPiece(site: Site, subject: Subject): Piece | undefined {
  const awaited = site.node.parent?.type === 'await_expression' ? site.node.parent : undefined;
  const declarator = awaited?.parent?.type === 'variable_declarator' ? awaited.parent : undefined;
  const statement = declarator?.parent;
  const name = declarator?.childForFieldName('name');
  if (statement?.type !== 'lexical_declaration' || statement.namedChildCount !== 1 || name?.type !== 'identifier')
    return undefined;
  if (statement.parent?.type !== 'statement_block' || functionOf(statement) === undefined) return undefined;
  return new AnswerReader(site, subject, statement, name).read();
}

class AnswerReader {
  private readonly statements: readonly SyntaxNode[];
  private readonly first: number;

  constructor(
    private readonly site: Site,
    private readonly subject: Subject,
    statement: SyntaxNode,
    private readonly response: SyntaxNode,
  ) {
    this.statements = statement.parent!.namedChildren.filter(({ type }) => type !== 'comment');
    this.first = this.statements.findIndex((one) => one.id === statement.id);
  }

  read(): Piece | undefined {
    const { statements, first } = this;
    for (let at = first + 1; at < statements.length; at++) {
      const statement = statements[at]!;
      const value = this.unpacked(statement);
      if (value) return this.piece(statement, value);
      if (!this.isCheck(statement)) return undefined;
    }
    return undefined;
  }

  /** `if (!response.ok) throw ...`, with nothing but what the error says in front of the `throw`. */
  private isCheck(statement: SyntaxNode): boolean {
    if (statement.type !== 'if_statement' || statement.childForFieldName('alternative')) return false;
    const condition = statement.childForFieldName('condition')!;
    if (!this.namesAnswer(condition) || hasEffect(condition)) return false;
    const body = statement.childForFieldName('consequence')!;
    const inner =
      body.type === 'statement_block' ? body.namedChildren.filter(({ type }) => type !== 'comment') : [body];
    return (
      inner.at(-1)?.type === 'throw_statement' &&
      inner.slice(0, -1).every(({ type }) => type === 'lexical_declaration') &&
      !inner.some((one) => hasEffect(one))
    );
  }

  /** The value that a statement takes out of the answer as its last word. */
  private unpacked(statement: SyntaxNode): SyntaxNode | undefined {
    let value: SyntaxNode | null | undefined;
    if (statement.type === 'lexical_declaration' && statement.namedChildCount === 1)
      value = statement.firstNamedChild!.childForFieldName('value');
    else if (statement.type === 'return_statement') value = statement.firstNamedChild;
    else if (statement.type === 'expression_statement' && statement.firstNamedChild?.type === 'assignment_expression') {
      const target = statement.firstNamedChild.childForFieldName('left');
      value = target?.type === 'identifier' ? statement.firstNamedChild.childForFieldName('right') : undefined;
    }
    if (
      !value ||
      !this.namesAnswer(value) ||
      !/\.\s*(?:json|text|blob|arrayBuffer|formData|bytes|data)\b/.test(this.text(value))
    )
      return undefined;
    const isWaiting = value.descendantsOfType('await_expression').length > 0;
    // Where nobody waits here, a `catch` around does not see that the answer cannot be read.
    if (statement.type === 'return_statement' && !isWaiting && isInTry(statement)) return undefined;
    if (statement.type !== 'return_statement' && !isWaiting && !/\.\s*data\b/.test(this.text(value))) return undefined;
    return value;
  }

  private piece(last: SyntaxNode, value: SyntaxNode): Piece | undefined {
    const { site, subject, statements, first, response } = this;
    const { document, model } = subject;
    const start = statements[first]!.startIndex;
    const span = statements.slice(first, statements.indexOf(last) + 1);
    const flow = model.flow(start, last.endIndex);
    const isOfLast = last.type !== 'return_statement';
    const target = isOfLast ? targetsOf(last) : undefined;
    const isExpected = (at: number): boolean => target !== undefined && target.startIndex <= at && at < target.endIndex;
    if (flow.readAfter.some(({ writes }) => !writes.some((one) => isExpected(one.start)))) return undefined;
    if (hasEffect(value)) return undefined;
    const names = new NameReader(document, start, value.endIndex);
    const inputs = new InputList(document, INPUTS);
    const request = new ExpressionReader({ site, subject, names, inputs });
    if (request.read() || request.outOfOrder()) return undefined;
    for (const one of span.slice(1)) {
      const read = one === last ? value : one;
      if (!this.visit(read, names, inputs)) return undefined;
    }
    if (span.some((one) => names.localTypeIn(one))) return undefined;
    const moved = [...span.slice(0, -1), value];
    const taken = new Set(moved.flatMap((one) => [...request.namesOfMoved(one)]));
    taken.add(textOf(document, response));
    return {
      site,
      calls: subject.all.filter((call) => call.start >= start && call.end <= value.endIndex && !inputs.hasCall(call)),
      handed: 'parts',
      start,
      end: value.endIndex,
      value,
      last,
      inputs: inputs.named(taken),
      isAsync: true,
      names: taken,
    };
  }

  /** What is said behind the request is asked before it now: nothing that may change meanwhile. */
  private visit(node: SyntaxNode, names: NameReader, inputs: InputList): boolean {
    const { model, document } = this.subject;
    if (node.type === 'this' || node.type === 'super') return false;
    if (/^(?:member|subscript)_expression$/.test(node.type)) {
      const root = names.rootOf(node);
      if (root?.type === 'this') {
        if (!this.isFixed(node)) return false;
        inputs.add(node);
        return true;
      }
    }
    if (node.type === 'call_expression') {
      const callee = node.childForFieldName('function')!;
      const root = names.rootOf(callee);
      if (!root || root.type === 'this' || names.kindOf(root) === 'outside') return false;
    }
    if (node.type === 'identifier' || node.type === 'shorthand_property_identifier') {
      const kind = names.kindOf(node);
      if (kind === 'local-import' || names.isOwnObject(node) || textOf(document, node) === 'arguments') return false;
      if (kind !== 'outside') return true;
      const binding = model.bindingAt(node.startIndex)!;
      if (binding.writes.length > 1) return false;
      inputs.add(node);
      return true;
    }
    return node.namedChildren.every((child) => this.visit(child, names, inputs));
  }

  /** `this.x` that only the constructor or the field itself sets. */
  private isFixed(chain: SyntaxNode): boolean {
    const { document, unit } = this.subject;
    const match = /^this\.(#?[\w$]+)$/.exec(this.text(chain));
    if (!match) return false;
    const name = match[1]!.replace(/[$]/g, '\\$&');
    const text = textOf(document, unit);
    if (new RegExp(`\\breadonly\\s+${name}\\b`).test(text)) return true;
    const writes = [...text.matchAll(new RegExp(`\\bthis\\.${name}\\s*(?:[-+*/%&|^?]{0,3}=(?!=)|\\+\\+|--)`, 'g'))];
    return (
      writes.length > 0 &&
      writes.every(({ index }) => {
        const at = document.root.namedDescendantForIndex(unit.startIndex + index, unit.startIndex + index);
        const holder = at && functionOf(at);
        const definition = holder?.childForFieldName('name');
        return !!definition && textOf(document, definition) === 'constructor';
      })
    );
  }

  private namesAnswer(node: SyntaxNode): boolean {
    const binding = this.subject.model.bindingAt(this.response.startIndex);
    return node
      .descendantsOfType('identifier')
      .some((one) => binding !== undefined && this.subject.model.bindingAt(one.startIndex) === binding);
  }

  private text(node: SyntaxNode): string {
    return textOf(this.subject.document, node);
  }
}

const FUNCTIONS =
  /^(?:arrow_function|function_expression|function_declaration|method_definition|generator_function|generator_function_declaration)$/;

function functionOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (FUNCTIONS.test(at.type)) return at;
  return undefined;
}

/** What the last statement gives a value to. */
function targetsOf(statement: SyntaxNode): SyntaxNode | undefined {
  const inner = statement.firstNamedChild;
  return inner?.childForFieldName('name') ?? inner?.childForFieldName('left') ?? undefined;
}

/** Whether a `try` of the same function is around, with its `catch` or `finally` behind. */
function isInTry(node: SyntaxNode): boolean {
  for (let at = node.parent; at && !FUNCTIONS.test(at.type); at = at.parent)
    if (at.type === 'try_statement') return true;
  return false;
}

/** Whether something is set, handed out or called for its own sake: log calls name their function. */
function hasEffect(node: SyntaxNode): boolean {
  return (
    node.descendantsOfType([
      'assignment_expression',
      'augmented_assignment_expression',
      'update_expression',
      'yield_expression',
      'expression_statement',
      'delete_expression',
    ]).length > 0
  );
}
