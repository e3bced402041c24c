import fc from 'fast-check';
import { blockOf, statementOf, statementsOf } from '../../core/edit/python/blocks';
import type { PythonEditor } from '../../core/edit/python/editor';
import { Refusal } from '../../core/edit/refusal';
import { OverlappingEdits, type TextEdit } from '../../core/edit/text-edit';
import type { SyntaxEngine } from '../../core/syntax/engine';
import type { SyntaxNode } from '../../core/syntax/node';
import { editsOf, pythonDocument } from './python-cases';
import { PYTHON_PROGRAMS } from './python-programs';

const STATEMENTS: readonly string[] = [
  'fresh = 1',
  'fresh()  # new',
  '# new',
  'if fresh:\n    call()\nelse:\n    # new\n    other()',
  'def fresh(a, b=1):\n    """Says.\n\n  uneven\n    """\n    return a',
  'fresh = [\n    1,\n    """\nraw\n""",\n]',
  'one(); two()',
  '@decorate\nclass Fresh:\n    pass',
];

const EXPRESSIONS: readonly string[] = [
  ...[
    'fresh',
    '1',
    '-1',
    "'s'",
    'a + b',
    'a * b',
    'a ** b',
    'not a',
    'a and b',
    'a or b',
    'a < b',
    'a if b else c',
    'lambda: 0',
    '1, 2',
  ],
  ...[
    '(1, 2)',
    '[i for i in r]',
    '{1: 2}',
    '{1}',
    'call(1)',
    'a.b',
    'a\n+ b',
    'call(\n    1,\n)',
    'a | b',
    'a not in b',
    '"""\nraw\n"""',
    'a  # new',
  ],
];

const PARAMETERS: readonly string[] = ['fresh', 'fresh=1', '*fresh', '**fresh'];
const ARGUMENTS: readonly string[] = ['fresh', 'fresh=1', '*fresh', '**fresh', 'call(\n    1,\n)'];

const KINDS = [
  ...([
    'insertBefore',
    'insertAfter',
    'prependToBlock',
    'appendToBlock',
    'replaceStatement',
    'removeStatement',
    'move',
  ] as const),
  ...(['removeAll', 'replaceExpression', 'addParameter', 'removeParameter', 'addArgument', 'removeArgument'] as const),
];

/** Chooses an operation and its places by numbers, which are taken modulo what there is. */
export interface Choice {
  readonly kind: (typeof KINDS)[number];
  readonly place: number;
  readonly other: number;
  readonly code: number;
}

export interface RandomEdit {
  readonly program: number;
  readonly choices: readonly Choice[];
}

export const randomEdits: fc.Arbitrary<RandomEdit> = fc.record({
  program: fc.nat(PYTHON_PROGRAMS.length - 1),
  choices: fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), place: fc.nat(500), other: fc.nat(500), code: fc.nat(50) }),
    { minLength: 1, maxLength: 3 },
  ),
});

/**
 * The edits; undefined where several operations want the same text, which is their caller's defect, or where there is no legal place.
 * `removed` are the ranges of code that the operations take away, with the comments in it.
 */
export function editsOfChoice(
  { program, choices }: RandomEdit,
  engine: SyntaxEngine,
): { before: string; edits: readonly TextEdit[]; removed: readonly (readonly [number, number])[] } | undefined {
  const before = PYTHON_PROGRAMS[program]!;
  const document = pythonDocument(before, engine);
  const removed: (readonly [number, number])[] = [];
  const places: Place[] = [];
  try {
    const edits = editsOf(document, (editor) => {
      for (const [at, choice] of choices.entries()) removed.push(...apply(editor, choice, `fresh_${at}`, places));
    });
    // Nobody changes what he takes away: the verification would find it, the editor does not always.
    const isNested = places.some((one, at) =>
      places.some((other, index) => at !== index && one.takes && one.start < other.end && other.start < one.end),
    );
    return isNested ? undefined : { before, edits, removed };
  } catch (error) {
    const isClash =
      error instanceof OverlappingEdits || (error instanceof Error && /^remove from a list/.test(error.message));
    if (isClash && choices.length > 1) return undefined;
    if (error instanceof Refusal && /^(?:shape-error|not-verifiable)$/.test(error.code)) return undefined;
    throw error;
  } finally {
    document.free();
  }
}

/** What an operation is about, and whether it takes that away. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly takes: boolean;
}

/** @param name is new, so that no parameter comes twice */
function apply(
  editor: PythonEditor,
  { kind, place, other, code }: Choice,
  name: string,
  places: Place[],
): (readonly [number, number])[] {
  const { root } = editor.document;
  const pick = <T>(list: readonly T[], at: number): T => list[at % list.length]!;
  const blocks = root
    .descendantsOfType(['block', 'module'])
    .filter((one) => statementsOf(one)[0]?.type !== 'case_clause');
  const statements = blocks.flatMap(statementsOf);
  const statement = pick(statements, place);
  const range = ({ startIndex, endIndex }: SyntaxNode) => [startIndex, tailOf(editor, endIndex)] as const;
  const touch = ({ startIndex, endIndex }: SyntaxNode, takes = false) =>
    places.push({ start: startIndex, end: endIndex, takes });
  switch (kind) {
    case 'insertBefore':
    case 'insertAfter':
      touch(statement);
      editor[kind](statement, pick(STATEMENTS, code));
      return [];
    case 'prependToBlock':
    case 'appendToBlock': {
      const block = pick(blocks, place);
      touch(block.parent ?? block);
      editor[kind](block.parent ?? block, pick(STATEMENTS, code));
      return [];
    }
    case 'replaceStatement':
      touch(statement, true);
      editor.replaceStatement(statement, pick(STATEMENTS, code));
      return [range(statement)];
    case 'removeStatement':
      touch(statement, true);
      editor.removeStatement(statement);
      return [range(statement)];
    case 'removeAll': {
      const block = pick(blocks, place);
      touch(block, true);
      editor.removeStatements(statementsOf(block).slice(other % 3), { withComments: code % 2 === 0 });
      return [[0, editor.document.source.text.length]];
    }
    case 'move': {
      const siblings = statementsOf(statement.parent!);
      const target = pick(siblings, other);
      if (target.id === statement.id) return [];
      touch(statement, true);
      editor.insertBefore(target, editor.copyStatements([statement], true));
      editor.removeStatements([statement], { withComments: true });
      return [];
    }
    case 'replaceExpression': {
      const node = pick(expressionsOf(root), place);
      touch(node, true);
      editor.replaceExpression(node, pick(EXPRESSIONS, code));
      return [[node.startIndex, node.endIndex]];
    }
    case 'addParameter': {
      const definition = pick(
        root.descendantsOfType(['function_definition', 'lambda']).filter(({ isNamed }) => isNamed),
        place,
      );
      touch(definition);
      editor.addParameter(definition, pick(PARAMETERS, code).replace('fresh', name), positionOf(other));
      return [];
    }
    case 'addArgument': {
      const call = pick(root.descendantsOfType('call'), place);
      touch(call);
      editor.addArgument(call, pick(ARGUMENTS, code).replace('fresh', name), positionOf(other));
      return [];
    }
    case 'removeParameter': {
      const lists = root
        .descendantsOfType(['parameters', 'lambda_parameters'])
        .filter((one) => valuesOf(one).length > 0);
      const list = pick(lists, place);
      touch(list);
      editor.removeParameter(list.parent!, pick(valuesOf(list), other));
      return [];
    }
    case 'removeArgument': {
      const lists = root
        .descendantsOfType('argument_list')
        .filter((one) => one.parent?.type === 'call' && valuesOf(one).length > 0);
      const list = pick(lists, place);
      touch(list);
      editor.removeArgument(list.parent!, pick(valuesOf(list), other));
      return [];
    }
    default:
      return kind satisfies never;
  }
}

/** Comments below a block may count as its own. */
function tailOf(editor: PythonEditor, end: number): number {
  const text = editor.document.source.text.slice(end);
  return end + /^[^\n]*(?:\n[ \t\f]*(?:#[^\n]*|\r)?(?=\n|$))*/.exec(text)![0].length;
}

const positionOf = (other: number): number | undefined => (other % 4 === 0 ? undefined : other % 5);

function valuesOf(list: SyntaxNode): SyntaxNode[] {
  return list.namedChildren.filter(
    ({ type }) => !/^(?:comment|line_continuation|keyword_separator|positional_separator)$/.test(type),
  );
}

const OPERANDS: ReadonlySet<string> = new Set([
  ...[
    'argument_list',
    'binary_operator',
    'boolean_operator',
    'comparison_operator',
    'not_operator',
    'unary_operator',
    'return_statement',
  ],
  ...[
    'conditional_expression',
    'if_statement',
    'elif_clause',
    'while_statement',
    'list',
    'set',
    'tuple',
    'parenthesized_expression',
    'await',
  ],
  ...['interpolation', 'expression_list', 'list_splat'],
]);
const VALUES: ReadonlySet<string> = new Set([
  'identifier',
  'integer',
  'call',
  'attribute',
  'string',
  'binary_operator',
  'parenthesized_expression',
  'list',
]);

/** Expressions that are read where they stand. */
function expressionsOf(root: SyntaxNode): SyntaxNode[] {
  return root.descendantsOfType([...VALUES]).filter((node) => {
    const { parent } = node;
    if (!parent || statementOf(node).type === 'delete_statement') return false;
    const isField = (name: string) => parent.childForFieldName(name)?.id === node.id;
    if (/^(?:assignment|augmented_assignment)$/.test(parent.type)) return isField('right');
    if (parent.type === 'attribute') return isField('object') && isRead(parent);
    if (parent.type === 'subscript') return isRead(parent);
    if (parent.type === 'call') return isField('function');
    if (/^(?:keyword_argument|pair|default_parameter)$/.test(parent.type)) return isField('value');
    return OPERANDS.has(parent.type) && isRead(parent);
  });
}

/** Whether what holds an expression is no target of an assignment or a loop. */
function isRead(node: SyntaxNode): boolean {
  for (let at: SyntaxNode = node; at.parent && !blockOf(at.parent); at = at.parent) {
    const { parent } = at;
    if (parent.childForFieldName('left')?.id === at.id && !/operator/.test(parent.type)) return false;
    if (/pattern/.test(parent.type)) return false;
  }
  return true;
}
