import type { Document } from '../../../../../core/edit/snapshot';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { TYPESCRIPT_RESERVED } from '../../../../../core/syntax/reserved-words';
import { typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { camelOf } from '../../../../../core/text/words';
import type { InputLanguage } from '../inputs';
import { textOf } from '../subject';
import { camelWith, firstFree } from '../words';

/** Words that say little without the thing that they belong to. */
const VAGUE =
  /^(?:name|id|path|url|key|value|type|text|data|size|host|port|status|code|file|version|title|args|dir|length|stdout|stderr)$/;

/** A name for the value of an expression: that of the variable, property, key or function which gives it. */
export function hintOf(node: SyntaxNode, document: Document): string {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return plain(textOf(document, node));
    case 'member_expression': {
      const name = plain(textOf(document, node.childForFieldName('property')!));
      const object = node.childForFieldName('object')!;
      const owner = object.childForFieldName('property') ?? (object.type === 'identifier' ? object : undefined);
      return VAGUE.test(name) && owner ? joined(plain(textOf(document, owner)), name) : name;
    }
    case 'subscript_expression': {
      const key = node.childForFieldName('index');
      const value = key && typeScriptStringValue(key, document.source);
      return value && /^[A-Za-z_]\w*$/.test(value)
        ? plain(value)
        : singular(hintOf(node.childForFieldName('object')!, document));
    }
    case 'call_expression':
    case 'new_expression':
      return hintOfCall(node, document);
    case 'await_expression':
    case 'parenthesized_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'spread_element':
      return node.firstNamedChild ? hintOf(node.firstNamedChild, document) : 'value';
    case 'ternary_expression': {
      const [first, second] = ['consequence', 'alternative'].map((part) =>
        hintOf(node.childForFieldName(part)!, document),
      );
      return /^(?:items|value|text|undefinedValue|nullValue)$/.test(first!) ? second! : first!;
    }
    case 'binary_expression': {
      const hint = hintOf(node.childForFieldName('left')!, document);
      return hint === 'value' || hint === 'text' || node.childForFieldName('operator')?.type === '+' ? 'text' : hint;
    }
    case 'string':
      return hintOfFile(typeScriptStringValue(node, document.source) ?? '');
    case 'template_string':
      return 'text';
    case 'object':
      return 'options';
    case 'array':
      return hintOfList(node, document);
    case 'arrow_function':
    case 'function_expression':
      return 'callback';
    default:
      return 'value';
  }
}

/** Functions that hand back what they are given in another form. */
const SAME =
  /^(?:String|Number|Boolean|resolve|normalize|encodeURIComponent|encodeURI|toString|trim|toLowerCase|toUpperCase|replace|replaceAll|slice|fileURLToPath|from|quote|basename|dirname)$/;

function hintOfCall(node: SyntaxNode, document: Document): string {
  const callee = (node.childForFieldName('function') ?? node.childForFieldName('constructor'))!;
  const first = node.childForFieldName('arguments')?.namedChildren.find((one) => one.type !== 'comment');
  const name = textOf(document, callee.childForFieldName('property') ?? callee);
  const object = callee.childForFieldName('object');
  const count = node.childForFieldName('arguments')?.namedChildCount ?? 0;
  const isPath = /^(?:join|joinPath)$/.test(name) || (name === 'resolve' && count > 1);
  if (isPath && object?.type !== 'array') return 'path';
  if (name === 'stringify') return 'content';
  const isOfValue =
    object && !/^(?:path|posix|Buffer|Array|Object|url|encodeURIComponent)$/.test(textOf(document, object));
  if (SAME.test(name)) {
    const inner = isOfValue ? object : first;
    return inner ? hintOf(inner, document) : 'value';
  }
  const noun = plain(name.replace(/(?:Sync|Async)$/, '')).replace(
    /^(?:get|build|make|create|load|read|fetch|resolve|compute|to|as|is|format|parse)(?=[A-Z])/,
    '',
  );
  const hint = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
  return /^[A-Za-z_$][\w$]*$/.test(hint) ? hint : 'value';
}

/** `rcUserArgs` of `['--rc-user', user]`, `branchArgs` of `['-b', branch]`. */
function hintOfList(node: SyntaxNode, document: Document): string {
  const [first, second] = node.namedChildren.filter(({ type }) => type !== 'comment');
  const flag = first && /^--?([A-Za-z][\w-]*)$/.exec(typeScriptStringValue(first, document.source) ?? '')?.[1];
  if (flag === undefined) return 'items';
  return `${flag.length > 1 || !second ? camelOf(flag) : hintOf(second, document)}Args`;
}

/** `packageJson` of `./config/package.json`. */
function hintOfFile(path: string): string {
  const words = /(?:^|[\\/])([\w-]+(?:\.[\w-]+)*)$/.exec(path)?.[1]?.match(/[A-Za-z\d]+/g) ?? [];
  const name = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return plain(name === '' ? 'text' : name);
}

/** `modelName` of `model` and `name`. */
function joined(owner: string, name: string): string {
  return owner.toLowerCase().endsWith(name) ? owner : `${owner}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function singular(name: string): string {
  return /[^s]s$/.test(name) ? name.slice(0, -1) : `${name}Value`;
}

/** In camel case, without leading underscores, and no word of the language. */
function plain(name: string): string {
  const bare = name.replace(/^[_#$]+|_+$/g, '');
  const camel =
    /^[A-Z\d_]+$/.test(bare) || bare.includes('_')
      ? (/[a-z]/.test(bare) ? bare : bare.toLowerCase()).replace(/_+([a-zA-Z\d])/g, (_, one: string) =>
          one.toUpperCase(),
        )
      : /^[A-Z]/.test(bare)
        ? bare.charAt(0).toLowerCase() + bare.slice(1)
        : bare;
  if (camel === '' || /^\d/.test(camel) || !/^[\w$]+$/.test(camel)) return 'value';
  return TYPESCRIPT_RESERVED.has(camel) ? `${camel}Value` : camel;
}

/** How inputs get their names. What may have been changed by an input in between is asked once more. */
export const INPUTS: InputLanguage = {
  hintOf,
  freeHint: (hint, taken) => firstFree(hint, camelWith, (name) => !taken.has(name)),
  effectless: /^[A-Za-z_$][\w$.#]*$/,
  isUnchanged: (text, between, document, node) =>
    isNeverSet(node, document) || (!between.some(isImpure) && !isGetter(text, document)),
};

/** Whether a node is a parameter or variable that has one value for good. */
function isNeverSet({ type, startIndex }: SyntaxNode, { semantics }: Document): boolean {
  const binding = type === 'identifier' ? semantics.bindingAt(startIndex) : undefined;
  if (binding === undefined || binding.imported) return false;
  return binding.kind === 'constant' || (binding.kind === 'parameter' && binding.writes.length <= 1);
}

/** Whether the last name of `this.a` may run code of its own. */
function isGetter(text: string, { source }: Document): boolean {
  const name = text.slice(text.lastIndexOf('.') + 1).replace(/[$]/g, '\\$&');
  return text.includes('.') && new RegExp(`\\bget\\s+${name}\\s*\\(`).test(source.text);
}

/** Whether an expression may do something. */
export function isImpure(node: SyntaxNode): boolean {
  return (
    node.descendantsOfType([
      'call_expression',
      'new_expression',
      'await_expression',
      'yield_expression',
      'assignment_expression',
      'augmented_assignment_expression',
      'update_expression',
    ]).length > 0
  );
}
