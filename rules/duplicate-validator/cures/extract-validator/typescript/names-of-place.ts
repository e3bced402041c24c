import { calleeText } from '../../../../../core/syntax/fields';
import type { SyntaxNode } from '../../../../../core/syntax/node';
import { TYPESCRIPT_RESERVED } from '../../../../../core/syntax/reserved-words';
import { typeScriptNameOf, typeScriptStringValue } from '../../../../../core/syntax/typescript';
import { singular } from '../../../../../core/text/inflection';
import { lastPart } from '../../../place';
import { CLASS_KIND, VAGUE, withoutListWords, words } from '../noun-words';
import { FUNCTION, type Site, textOf } from './site';

/** Words of names that say nothing about what is checked. */
export const EMPTY =
  /^(?:[a-z]|val|value|values|text|string|str|data|arg|args|input|field|item|element|el|key|obj|object|candidate|raw|new|self|this|given|param|params|req|request|res|response|result|payload|one|each|elem|entry|thing|some|all|any|many|body|content|match|matches|trimmed|normalized|cleaned|current|dto|props|options|opts|event|target|regex|regexp|pattern|re|control|validate|validation|validator|rules|schema|message|output|line|part|parts|source|test|is|check)$/;
const FUNCTION_NAME =
  /^_*(?:validate|check|verify|ensure|assert|is_valid|is|has|valid|require|normalize|parse|looks_like)_+(?:is_|the_|a_|an_|valid_)?(\w+?)(?:_(?:is_valid|valid|format|validity|or_throw|input|value))?$/;

/** Whether a function is called as one that checks or asks. */
export function isNamedAsCheck(name: string): boolean {
  return FUNCTION_NAME.test(words(name).join('_'));
}

const CONSTANT =
  /^_*(?:ALLOWED|VALID|SUPPORTED|KNOWN|ACCEPTED|PERMITTED|IS)?_?(\w*?)_*(?:RE|REGEX|REGEXP|REG_EXP|PATTERN|RX|FORMAT|SET|LIST|VALUES)?$/i;

/** What a place says of what it checks, in snake case, from the most telling to the least. */
export function ownNames(site: Site): string[] {
  const isTelling = (name: string | undefined): name is string =>
    name !== undefined && words(name).some((word) => !EMPTY.test(word));
  const found = [constantName(site), fieldName(site), subjectName(site), resultName(site)].filter(isTelling);
  // What a function is called says less about one of its checks than what is checked.
  const named = functionName(site);
  if (found.length === 0 || !site.check) found.push(...[named].filter(isTelling));
  // `validHostname` of a schema's test: that it is valid, the function says.
  const snake = found.map((one) =>
    words(one)
      .join('_')
      .replace(/^(?:is_)?valid_/, ''),
  );
  return [...new Set(snake)];
}

export function constantName({ check }: Site): string | undefined {
  if (!check?.held) return undefined;
  const stem = CONSTANT.exec(words(check.held.name).join('_'))?.[1];
  // `varRegExp` is named after a keyword that it holds the pattern of.
  if (!stem || TYPESCRIPT_RESERVED.has(stem)) return undefined;
  return check.kind === 'set' ? withoutListWords(singular(stem)) : stem;
}

/** The field whose schema, decorator or form rule declares the pattern, or the variable that holds a schema. */
function fieldName({ check, document }: Site): string | undefined {
  if (check?.method !== 'declared' && !isRefinement(check?.node, document)) return undefined;
  const start = check!.node;
  const given = givenName(start, document);
  if (given !== undefined) return given;
  for (let at = start.parent; at; at = at.parent) {
    if (at.type === 'public_field_definition' || at.type === 'field_definition')
      return withoutSchemaWords(nameOf(at, 'name', document));
    if (at.type === 'class_body') {
      // A decorator stands beside its field.
      const field = at.namedChildren.find(
        (one) => one.startIndex > start.startIndex && /field_definition$|^method_definition$/.test(one.type),
      );
      return field && nameOf(field, 'name', document);
    }
    if (at.type === 'pair') {
      const key = nameOf(at, 'key', document)?.replace(/^['"]|['"]$/g, '');
      if (
        key &&
        !/^(?:pattern|value|rules|validate|validators|formatter|validation|is|not|then|otherwise)$/.test(key) &&
        at.id !== start.id
      )
        return key;
    }
    if (at.type === 'variable_declarator') return withoutSchemaWords(nameOf(at, 'name', document));
    if (at.type === 'call_expression') {
      // What holds a list of them says nothing of one of them.
      if (/(?:^|\.)(?:array|items)$/.test(calleeText(at, document.source))) return undefined;
      const [first] = at.childForFieldName('arguments')?.namedChildren ?? [];
      const name = first?.type === 'string' ? textOf(document, first).slice(1, -1) : '';
      if (/^[\w.-]+$/.test(name) && first!.endIndex < start.startIndex) return lastPart(name);
    }
    if (/^jsx_(?:opening|self_closing)_element$/.test(at.type)) {
      for (const attribute of at.namedChildren) {
        const name = /^name=["'{`]+([\w.-]+)["'}`]+$/.exec(textOf(document, attribute))?.[1];
        if (name) return lastPart(name);
      }
    }
    if (/_statement$|^(?:class_declaration|function_declaration|method_definition)$/.test(at.type)) return undefined;
  }
  return undefined;
}

/** `recordId` of `Joi.string().pattern(/^rec/, 'recordId')`. */
function givenName(start: SyntaxNode, document: Document): string | undefined {
  const call = start.parent?.parent;
  if (call?.type !== 'call_expression' || !/\.pattern$/.test(calleeText(call, document.source))) return undefined;
  const name = call.childForFieldName('arguments')?.namedChild(1);
  const text = name && typeScriptStringValue(name, document.source);
  return text && /^[A-Za-z_]\w*$/.test(text) ? text : undefined;
}

function withoutSchemaWords(name: string | undefined): string | undefined {
  return name?.replace(/^[Zz](?=[A-Z])|(?:Schema|Validator|Rules?|Form|Field)$/g, '');
}

/** A check within a callback that a schema was given. */
function isRefinement(node: SyntaxNode | undefined, document: Document): boolean {
  for (let at = node?.parent; at; at = at.parent) {
    if (at.type !== 'arrow_function' && at.type !== 'function_expression') continue;
    const call = at.parent?.type === 'arguments' ? at.parent.parent : undefined;
    const callee = call?.childForFieldName('function');
    return callee != null && /\.(?:refine|superRefine|test|custom|check)$/.test(textOf(document, callee));
  }
  return false;
}

type Document = Site['document'];

function nameOf(node: SyntaxNode, field: string, document: Document): string | undefined {
  const name = node.childForFieldName(field) ?? node.childForFieldName('property');
  return name ? textOf(document, name) : undefined;
}

/** `account` of `account.type`: of what a vague word is said, where that has a name which says something. */
export function ownerName(site: Site): string | undefined {
  const [noun = '', owner = ''] = subjectPath(site)?.split('.').reverse() ?? [];
  const kinds = words(owner);
  const isTelling = kinds.length > 0 && !kinds.some((one) => EMPTY.test(one) || CLASS_KIND.test(one));
  return VAGUE.test(words(noun).join('_')) && isTelling ? kinds.join('_') : undefined;
}

/** What is checked, without what only trims it: a name, or a path of names. */
function subjectPath({ check, document }: Site): string | undefined {
  if (!check?.subject) return undefined;
  const text = textOf(document, check.subject)
    .replace(/\s+as\s+\w+$/, '')
    .replace(/(?:\??\.(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|toString|normalize)\(\))+$/, '')
    .replace(/\s*(?:\?\?|\|\|)\s*(["'`])\1$/, '')
    .replace(/^String\(([\w.]+)\)$/, '$1')
    .replace(/[?!]/g, '');
  return /^[\w$.#]+$/.test(text) ? text : undefined;
}

function subjectName(site: Site): string | undefined {
  const { check, document, owner } = site;
  if (check) {
    const path = subjectPath(site);
    return path && lastPart(path).replace(/^[#_]+/, '');
  }
  const parameters = owner?.childForFieldName('parameters')?.namedChildren ?? [];
  const [only, other] = parameters;
  const name = only && !other ? (only.childForFieldName('pattern') ?? only) : undefined;
  return name?.type === 'identifier' ? textOf(document, name) : undefined;
}

/** `const isIPv4 = /.../.test(host)` says what is asked. */
function resultName({ check, document }: Site): string | undefined {
  let at = check?.node.parent;
  while (at && /^(?:unary_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  if (at?.type !== 'variable_declarator') return undefined;
  const name = nameOf(at, 'name', document) ?? '';
  return FUNCTION_NAME.exec(words(name).join('_'))?.[1];
}

/** Of a function that asks nothing else. */
function functionName({ document, owner, check }: Site): string | undefined {
  let holder = owner;
  while (holder && FUNCTION.test(holder.type) && !typeScriptNameOf(holder, document.source))
    holder = functionAround(holder);
  const name = holder && typeScriptNameOf(holder, document.source);
  if (!name || !holder || (check && isOneOfSeveral(check.node))) return undefined;
  return FUNCTION_NAME.exec(words(name).join('_'))?.[1];
}

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (FUNCTION.test(at.type)) return at;
  return undefined;
}

/** `a || /b/.test(c)` is one part of what a function asks. */
function isOneOfSeveral(node: SyntaxNode): boolean {
  let at = node.parent;
  while (at && /^(?:unary_expression|parenthesized_expression)$/.test(at.type)) at = at.parent;
  return (
    at?.type === 'binary_expression' &&
    /^(?:return_statement|arrow_function|parenthesized_expression|binary_expression)$/.test(at.parent?.type ?? '')
  );
}
