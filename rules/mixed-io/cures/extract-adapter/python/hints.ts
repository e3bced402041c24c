import type { Document } from '../../../../../core/edit/snapshot';
import { PYTHON_BUILTINS } from '../../../../../core/semantics/python/builtins';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { pythonStringValue } from '../../../../../core/syntax/python';
import { PYTHON_KEYWORDS } from '../../../../../core/syntax/reserved-words';
import type { InputLanguage } from '../inputs';
import { textOf } from '../subject';
import { firstFree, snakeWith } from '../words';

/** Words that say little without the thing that they belong to. */
const VAGUE = /^(?:name|id|path|url|key|value|type|text|data|size|host|port|status|code|file|version|title|args|dir)$/;

const KEYWORDS = new Set([...PYTHON_KEYWORDS, 'match', 'case', 'type', 'self', 'cls']);

/** A name for the value of an expression: that of the variable, attribute, key or function which gives it. */
export function hintOf(node: SyntaxNode, document: Document): string {
  switch (node.type) {
    case 'identifier':
      return plain(textOf(document, node));
    case 'attribute': {
      const name = plain(textOf(document, node.childForFieldName('attribute')!));
      const object = node.childForFieldName('object')!;
      const owner =
        object.type === 'attribute'
          ? textOf(document, object.childForFieldName('attribute')!)
          : object.type === 'identifier'
            ? textOf(document, object)
            : '';
      return VAGUE.test(name) && owner !== '' && !/^(?:self|cls)$/.test(owner) ? `${plain(owner)}_${name}` : name;
    }
    case 'subscript': {
      const key = node.childForFieldName('subscript');
      const value = key && pythonStringValue(key, document.source)?.value;
      return value && /^[A-Za-z_]\w*$/.test(value) ? plain(value) : hintOf(node.childForFieldName('value')!, document);
    }
    case 'call': {
      const callee = node.childForFieldName('function')!;
      const first = node
        .childForFieldName('arguments')
        ?.namedChildren.find((one) => one.type !== 'comment' && one.type !== 'keyword_argument');
      const name = textOf(document, callee).split('.').at(-1)!;
      if (
        /^(?:str|int|float|bool|list|tuple|dict|bytes|Path|fspath|fsdecode|fsencode|sorted|to_\w+|(?!join)\w+path|expanduser|expandvars|quote)$/.test(
          name,
        ) &&
        first
      )
        return hintOf(first, document);
      if (/^(?:join|joinpath)$/.test(name)) return 'path';
      if (/^(?:dumps?|safe_dump|tostring|getvalue|model_dump_json)$/.test(name)) return 'text';
      if (name === 'getenv' && first) return hintOf(first, document);
      if (
        callee.type === 'attribute' &&
        /^(?:replace|strip|lower|upper|rstrip|lstrip|resolve|encode|decode|get|get_secret_value)$/.test(name)
      ) {
        const inner = hintOf(callee.childForFieldName('object')!, document);
        return name === 'get' && first ? hintOf(first, document) : inner;
      }
      const noun = plain(name).replace(/^(?:get|build|make|create|load|read|fetch|resolve|compute|to|as|is)_/, '');
      return noun === '' ? 'value' : noun;
    }
    case 'await':
    case 'parenthesized_expression':
    case 'list_splat':
    case 'dictionary_splat':
      return node.firstNamedChild ? hintOf(node.firstNamedChild, document) : 'value';
    case 'string': {
      const value = pythonStringValue(node, document.source)?.value;
      return value && /^[A-Za-z_]\w*$/.test(value) ? plain(value) : 'text';
    }
    case 'concatenated_string':
      return 'text';
    case 'dictionary':
    case 'dictionary_comprehension':
      return 'mapping';
    case 'list':
    case 'list_comprehension':
    case 'generator_expression':
    case 'tuple':
      return 'items';
    case 'conditional_expression':
    case 'boolean_operator':
      return node.firstNamedChild ? hintOf(node.firstNamedChild, document) : 'value';
    case 'binary_operator':
      return node.childForFieldName('operator')?.type === '/' ? 'path' : 'value';
    default:
      return 'value';
  }
}

/** A file's place says what it is for by its own name, or by that of the variable that it is made of. */
export function pathHint(node: SyntaxNode, document: Document): string {
  const hint = hintOf(node, document);
  return node.type !== 'identifier' && /^(?:value|text|path_of)$/.test(hint) ? 'path' : hint;
}

/** In lower case, without leading underscores, and no word of the language. */
function plain(name: string): string {
  const bare = name.replace(/^_+|_+$/g, '');
  const lower = /^[A-Z\d_]+$/.test(bare)
    ? bare.toLowerCase()
    : bare.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  if (lower === '' || /^\d/.test(lower)) return 'value';
  return KEYWORDS.has(lower) ? `${lower}_value` : lower;
}

/** How inputs get their names: none hides a builtin or the object. */
export const INPUTS: InputLanguage = {
  hintOf,
  freeHint: (hint, taken) =>
    firstFree(hint, snakeWith, (name) => name !== 'self' && !taken.has(name) && !PYTHON_BUILTINS.has(name)),
  // A number that stands twice may mean two things.
  effectless: /^[A-Za-z_][\w.]*$/,
  isUnchanged: () => true,
};
