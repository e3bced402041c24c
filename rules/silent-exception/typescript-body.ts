import type { ParsedFile } from '../../core/facts/parsed-file';
import type { SyntaxNode } from '../../core/syntax/node';
import type { Body, Form } from './handler';
import { textOf } from './typescript-syntax';

export const SILENT_BLOCK = /^\{\s*(?:\}|\/[/*]|;|return\b|continue\b|break\b)/;

/** The form of a block that does nothing but swallow, with its comments; undefined for any other. */
export function readBlock(file: ParsedFile, block: SyntaxNode): Body | undefined {
  const comments: string[] = [];
  let form: Form = 'empty';
  let value: string | undefined;
  for (const statement of block.namedChildren) {
    if (statement.type === 'comment') comments.push(textOf(file, statement));
    else if (statement.type === 'continue_statement') form = 'continue';
    else if (statement.type === 'break_statement') form = 'break';
    else if (statement.type === 'return_statement') {
      const returned = statement.namedChildren.find((child) => child.type !== 'comment');
      if (returned && !isConstant(file, returned)) return undefined;
      comments.push(
        ...statement.namedChildren.filter((child) => child.type === 'comment').map((child) => textOf(file, child)),
      );
      form = 'return-constant';
      value = returned ? bareValue(textOf(file, returned)) : 'undefined';
    } else if (statement.type !== 'empty_statement') return undefined;
  }
  return value === undefined ? { form, comments } : { form, value, comments };
}

const NOOP = /^(?:[\w$]+\.)?(?:noop|NOOP|emptyFunction|doNothing|ignore)$/;

/** The form of a function handed to `.catch` or `catchError` that ignores its argument and does nothing. */
export function readHandler(file: ParsedFile, handler: SyntaxNode, isOperator: boolean): Body | undefined {
  if (handler.type === 'identifier' || handler.type === 'member_expression')
    return NOOP.test(textOf(file, handler)) && !isOperator ? { form: 'empty', comments: [] } : undefined;
  if (handler.type !== 'arrow_function' && handler.type !== 'function_expression') return undefined;
  const body = handler.childForFieldName('body');
  if (!body) return undefined;
  if (body.type === 'statement_block') {
    if (!SILENT_BLOCK.test(file.source.slice(body.startIndex, body.startIndex + 200))) return undefined;
    if (!isOperator) return readBlock(file, body);
    const only = body.namedChildren.filter((child) => child.type !== 'comment');
    const returned = only.length === 1 && only[0]!.type === 'return_statement' ? only[0]!.firstNamedChild : null;
    if (!returned || !isEmptyStream(file, returned)) return undefined;
    const comments = body.namedChildren.filter((child) => child.type === 'comment').map((child) => textOf(file, child));
    return { form: 'catch-error', value: textOf(file, returned), comments };
  }
  if (isOperator ? !isEmptyStream(file, body) : !isConstant(file, body)) return undefined;
  return { form: isOperator ? 'catch-error' : 'return-constant', value: bareValue(textOf(file, body)), comments: [] };
}

const ATOMS = new Set(['null', 'undefined', 'true', 'false', 'number', 'string']);

const CONTAINERS = new Set(['array', 'object', 'pair', 'parenthesized_expression', 'unary_expression']);

function isConstant(file: ParsedFile, node: SyntaxNode): boolean {
  if (ATOMS.has(node.type)) return true;
  const text = textOf(file, node);
  if (text.length > 200) return false;
  if (node.type === 'identifier') return /^(?:undefined|NaN|Infinity)$/.test(text);
  if (node.type === 'template_string') return !text.includes('${');
  if (node.type === 'new_expression')
    return /^new\s+(?:Map|Set|WeakMap|WeakSet|Array|Object)\s*(?:<[^()]*>)?(?:\(\))?$/.test(text);
  if (node.type === 'call_expression')
    return /^Promise\.resolve\(\s*(?:|null|undefined|true|false|\[\]|\{\}|"[^"]*"|'[^']*'|\d+)\s*\)$/.test(text);
  if (/^(?:as|satisfies|non_null)_expression$/.test(node.type))
    return node.firstNamedChild ? isConstant(file, node.firstNamedChild) : false;
  if (node.type === 'property_identifier' || node.type === 'comment') return true;
  return CONTAINERS.has(node.type) && node.namedChildren.every((child) => isConstant(file, child));
}

/** `of(null)`, `EMPTY`, `[]`: a stream that says nothing of the error. */
function isEmptyStream(file: ParsedFile, node: SyntaxNode): boolean {
  const text = textOf(file, node);
  if (/^(?:rxjs\.)?(?:EMPTY|NEVER)$|^(?:empty|never)\(\)$/.test(text)) return true;
  if (node.type === 'array') return isConstant(file, node);
  if (node.type === 'as_expression' || node.type === 'parenthesized_expression')
    return node.firstNamedChild ? isEmptyStream(file, node.firstNamedChild) : false;
  if (node.type !== 'call_expression' || !/^(?:of|from|scheduled)(?:<[^()]*>)?\(/.test(text)) return false;
  return (node.childForFieldName('arguments')?.namedChildren ?? []).every((child) => isConstant(file, child));
}

function bareValue(text: string): string {
  return text
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/\s+(?:as|satisfies)\s.*$/s, '')
    .replace(/^void\s.*$/, 'undefined')
    .trim();
}
