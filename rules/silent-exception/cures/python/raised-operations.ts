import type { ParsedFile } from '../../../../core/facts/parsed-file';
import type { PythonModel } from '../../../../core/semantics/python/index';
import type { SyntaxNode } from '../../../../core/syntax/node';
import { textOf } from './handler';
import { PLAIN_DATA, PLAIN_MEMBERS } from './raised-table';
import { UnknownRaise } from './unknown-raise';
import type { ValueTypes } from './value-types';

interface Around {
  readonly file: ParsedFile;
  readonly model: PythonModel;
  readonly values: ValueTypes;
  /** What an operand raises. */
  readonly within: (operand: SyntaxNode) => readonly string[];
}

/**
 * What an operation raises with its operands, which depends on their types.
 * @throws UnknownRaise
 */
type Operation = (node: SyntaxNode, around: Around) => readonly string[];

const PLAIN = /^builtins\.(?:str|int|float|bool|bytes)$/;

const attribute: Operation = (node, { model, values, within }) => {
  const path = model.qualifiedName(node);
  if (path?.certain && /^(?:os|sys|subprocess|socket|json|time|datetime|logging|pathlib|ssl|signal)\./.test(path.path))
    return [];
  if (values.isPlainMember(node)) return [];
  const object = node.childForFieldName('object');
  const member = object ? values.memberPath(node) : undefined;
  if (object && member !== undefined && PLAIN_MEMBERS.test(member)) return within(object);
  throw new UnknownRaise(node);
};

const subscript: Operation = (node, { model, values, within }) => {
  const value = node.childForFieldName('value');
  const keys = node.childrenForFieldName('subscript');
  const isSlice = keys.some(({ type }) => type === 'slice');
  const inner = [
    ...(value && value.type !== 'attribute' ? within(value) : []),
    ...keys.flatMap((key) => (key.type === 'slice' ? key.namedChildren : [key]).flatMap((one) => within(one))),
  ];
  const path = value ? model.qualifiedName(value) : undefined;
  if (path?.certain && path.path === 'os.environ') return [...inner, 'builtins.KeyError'];
  const type = values.typeOf(value);
  if (value?.type === 'attribute') inner.push(...within(value));
  if (type === 'builtins.dict') return [...inner, 'builtins.KeyError'];
  if (type === PLAIN_DATA && !isSlice) return [...inner, ...dataErrors(keys)];
  if (type !== undefined && /^builtins\.(?:list|tuple|str|bytes)$/.test(type))
    return isSlice ? inner : [...inner, 'builtins.IndexError'];
  throw new UnknownRaise(node);
};

/** What looking into parsed data raises: it may be of another shape. */
function dataErrors(keys: readonly SyntaxNode[]): string[] {
  const isText = keys.every(({ type }) => type === 'string');
  const isNumber = keys.every(({ type }) => type === 'integer');
  const missing = isText
    ? ['builtins.KeyError']
    : isNumber
      ? ['builtins.IndexError', 'builtins.KeyError']
      : ['builtins.LookupError'];
  return [...missing, 'builtins.TypeError'];
}

const comparison: Operation = (node, { file, values, within }) => {
  const operators = node.children
    .filter(({ isNamed }) => !isNamed)
    .map((one) => textOf(file, one).replace(/\s+/g, ' '));
  const operands = node.namedChildren;
  const raised = operands.flatMap((one) => within(one));
  const isIdentity = operators.every((operator) => operator === 'is' || operator === 'is not');
  const types = operands.map((one) => values.typeOf(one));
  const [, last] = types;
  if (operators.length === 1 && /^(?:not )?in$/.test(operators[0]!) && last !== undefined) {
    if (/^builtins\.(?:dict|list|tuple|set|str)$/.test(last)) return raised;
    if (last === PLAIN_DATA) return [...raised, 'builtins.TypeError'];
  }
  const isEqual = operators.every((operator) => operator === '==' || operator === '!=');
  // Parsed data compares with anything.
  if (isEqual && types.every((type) => type !== undefined && (PLAIN.test(type) || type === PLAIN_DATA))) return raised;
  const isPlain = types.every((type) => type !== undefined && PLAIN.test(type) && (isEqual || type === types[0]));
  if (isIdentity || isPlain) return raised;
  throw new UnknownRaise(node);
};

const binary: Operation = (node, { file, values, within }) => {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const operator = node.childForFieldName('operator');
  const [a, b] = [values.typeOf(left), values.typeOf(right)];
  const sign = operator ? textOf(file, operator) : '';
  const isPath =
    sign === '/' && a !== undefined && /^pathlib\./.test(a) && (b === 'builtins.str' || right?.type === 'string');
  const isText = sign === '+' && a === 'builtins.str' && b === 'builtins.str';
  const isNumber = /^[-+*]$/.test(sign) && a === 'builtins.int' && b === 'builtins.int';
  if (left && right && (isPath || isText || isNumber)) return [...within(left), ...within(right)];
  throw new UnknownRaise(node);
};

const interpolation: Operation = (node, { values, within }) => {
  const value = node.firstNamedChild;
  const type = values.typeOf(value);
  if (value && type !== undefined && (PLAIN.test(type) || /^pathlib\./.test(type))) return within(value);
  throw new UnknownRaise(value ?? node);
};

/** The operations whose exceptions are known for some types, by the type of their node. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['attribute', attribute],
  ['subscript', subscript],
  ['comparison_operator', comparison],
  ['binary_operator', binary],
  ['interpolation', interpolation],
]);
