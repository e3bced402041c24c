import type { PythonBinding } from '../../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { textOf } from '../subject';
import type { Subject } from './subject';

/** Functions that have read all they want when they return. */
const EAGER_FUNCTION =
  /^(?:(?:json|pickle|tomllib|tomli|toml|marshal|plistlib)\.loads?|yaml\.(?:safe_|full_)?load|list|tuple|dict|set|sorted|sum|len|str|bytes|int|float|any|all|max|min|bool)$/;

/** Methods of an opened file or client whose results need it no more. */
const EAGER_METHOD =
  /^(?:read|readline|readlines|tell|seek|write|get|post|put|patch|delete|head|options|request|namelist|json|raise_for_status)$/;

/**
 * Follows what a `with` block opens through its statements: a value that may still read from it (`csv.reader(f)`, an answer that streams)
 * counts as opened too.
 *
 * @returns the names that must not be asked once the block is closed; undefined where something else may hold on to what is opened
 */
export function lingering(
  opened: readonly PythonBinding[],
  statements: readonly SyntaxNode[],
  subject: Subject,
): ReadonlySet<PythonBinding> | undefined {
  return new Follower(opened, subject).follow(statements);
}

class Follower {
  private readonly open: Set<PythonBinding>;

  constructor(
    opened: readonly PythonBinding[],
    private readonly subject: Subject,
  ) {
    this.open = new Set(opened);
  }

  follow(statements: readonly SyntaxNode[]): ReadonlySet<PythonBinding> | undefined {
    // Twice, because a name can be set behind the place that reads it in a loop.
    for (let round = 0; round < 2; round++) {
      for (const node of statements.flatMap((one) => one.descendantsOfType([...HOLDERS]))) {
        if (!this.look(node)) return undefined;
      }
    }
    return this.open;
  }

  /** @returns false where something outside may hold on to what is opened */
  private look(node: SyntaxNode): boolean {
    const value = node.childForFieldName('right') ?? node.childForFieldName('value');
    if (node.type === 'expression_statement') return !this.escapes(node.firstNamedChild);
    if (node.type === 'as_pattern') {
      const made = node.firstNamedChild;
      if (made && this.leaks(made)) this.add(node.descendantsOfType('as_pattern_target'));
      return true;
    }
    const left = node.childForFieldName('left') ?? node.childForFieldName('name');
    if (!value || !left || !this.leaks(value)) return true;
    // The lines of a file are texts.
    const isLines = node.type === 'for_statement' && value.type === 'identifier';
    if (!isLines) this.add([left]);
    return left.descendantsOfType(['attribute', 'subscript']).length === 0;
  }

  private add(targets: readonly SyntaxNode[]): void {
    for (const name of targets.flatMap((one) => one.descendantsOfType('identifier'))) {
      const binding = this.subject.model.bindingAt(name.startIndex) as PythonBinding | undefined;
      if (binding) this.open.add(binding);
    }
  }

  /** `found.append(reader)`: a call on something else that is handed what is opened. */
  private escapes(node: SyntaxNode | null): boolean {
    const call = node?.type === 'await' ? node.firstNamedChild : node;
    if (call?.type !== 'call') return false;
    const callee = call.childForFieldName('function')!;
    let root: SyntaxNode | null = callee;
    while (root?.type === 'attribute') root = root.childForFieldName('object');
    if (root?.type === 'identifier') {
      const binding = this.subject.model.bindingAt(root.startIndex) as PythonBinding | undefined;
      if (!binding || binding.imported || this.open.has(binding)) return false;
    }
    return this.leaks(call.childForFieldName('arguments')!);
  }

  private leaks(node: SyntaxNode): boolean {
    if (node.type === 'identifier') {
      const binding = this.subject.model.bindingAt(node.startIndex) as PythonBinding | undefined;
      return binding !== undefined && this.open.has(binding);
    }
    if (node.type === 'call' && this.isEager(node)) return false;
    return node.namedChildren.some((child) => this.leaks(child));
  }

  private isEager(call: SyntaxNode): boolean {
    const callee = call.childForFieldName('function')!;
    const { document } = this.subject;
    if (EAGER_FUNCTION.test(textOf(document, callee))) return true;
    if (callee.type !== 'attribute' || !EAGER_METHOD.test(textOf(document, callee.childForFieldName('attribute')!)))
      return false;
    const object = callee.childForFieldName('object')!;
    const type = this.subject.model.typeOf(object)?.path ?? '';
    // What aiohttp answers is read from the session when it is asked, and so is what streams.
    if (/^aiohttp\b/.test(type) || /\bstream\s*=/.test(textOf(document, call))) return false;
    return true;
  }
}

const HOLDERS = [
  'assignment',
  'augmented_assignment',
  'named_expression',
  'for_statement',
  'for_in_clause',
  'as_pattern',
  'expression_statement',
] as const;
